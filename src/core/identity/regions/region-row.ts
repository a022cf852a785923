// One region of the file: the kernel's region with its level and whether it counts.
// Always holds: the level of an administrative or statistical region follows from its code alone
// (GB/T 2260 to the county, the statistical division codes of 9 and 12 digits below).

import type { CivilDate, Region } from '../../../kernel/index.ts'

export const LEVELS = ['province', 'prefecture', 'county', 'township', 'village'] as const
export type RegionLevel = (typeof LEVELS)[number]

export interface RegionRow extends Region {
  /** Absent for basins, parks, functional areas and units: they stand beside the levels. */
  readonly level?: RegionLevel
  /** Statistical zones are listed beside counties, towns and villages but are not counted among them. */
  readonly counted: boolean
  readonly note?: string
}

export function levelOfCode(code: string): RegionLevel | undefined {
  if (!/^(\d{6}|\d{9}|\d{12})$/.test(code)) return undefined
  if (code.length === 12) return 'village'
  if (code.length === 9) return 'township'
  return code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county'
}

/** The code above by position: village, township, county, prefecture, province. */
export function parentByCode(code: string): string | undefined {
  const level = levelOfCode(code)
  if (level === 'village') return code.slice(0, 9)
  if (level === 'township') return code.slice(0, 6)
  if (level === 'county') return `${code.slice(0, 4)}00`
  return level === 'prefecture' ? `${code.slice(0, 2)}0000` : undefined
}

/** The regions of one level below a province that are counted on a date. */
export const countedOn = (
  rows: readonly RegionRow[],
  { level, province, date }: { level: RegionLevel; province: string; date: CivilDate },
): readonly RegionRow[] =>
  rows.filter(
    (r) =>
      r.counted &&
      r.level === level &&
      r.code.slice(0, 2) === province.slice(0, 2) &&
      (r.valid === undefined || (date >= r.valid.from && (r.valid.to === undefined || date <= r.valid.to))),
  )
