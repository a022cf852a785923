// The places whose accounts a role sees, each with its years: one account a year, the latest version, the official one where there is
// one. What the pages that compare years choose from. Pure.

import { textOf, type Row } from '../table/rows.ts'

export interface YearOf {
  readonly id: string
  readonly year: string
  readonly place: string
  readonly status: string
  readonly number: string
  readonly version: string
  readonly package: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly publication: string | undefined
}

const yearOf = (r: Row): YearOf => ({
  id: textOf(r, 'id') ?? '',
  year: String(r['year']),
  place: textOf(r, 'place') ?? '',
  status: textOf(r, 'status') ?? '',
  number: textOf(r, 'number') ?? '',
  version: textOf(r, 'version') ?? '',
  package: textOf(r, 'package') ?? '',
  title: { zh: textOf(r, 'titleZh') ?? '', en: textOf(r, 'titleEn') ?? '' },
  publication: textOf(r, 'publication'),
})

/** @param rows of the query `accounts` @returns places by code, in its order; years in theirs */
export function placesOf(rows: readonly Row[]): ReadonlyMap<string, readonly YearOf[]> {
  const best = new Map<string, YearOf>()
  const counts = (y: YearOf): number => (y.status === 'official' ? 1_000_000 : 0) + Number(y.version)
  for (const one of rows.filter((r) => r['supersededBy'] === undefined).map(yearOf)) {
    const key = `${one.place} ${one.year}`
    const other = best.get(key)
    if (!other || counts(one) > counts(other)) best.set(key, one)
  }
  const sorted = [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, y]) => y)
  return new Map([...new Set(sorted.map((y) => y.place))].map((p) => [p, sorted.filter((y) => y.place === p)]))
}

/** The place with the most years, of these the first by code: what is shown before anybody chooses. */
export const usualPlace = (places: ReadonlyMap<string, readonly YearOf[]>): string | undefined =>
  [...places].reduce<readonly [string, number] | undefined>(
    (most, [place, years]) => (most && most[1] >= years.length ? most : [place, years.length]),
    undefined,
  )?.[0]
