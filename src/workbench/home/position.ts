// The position of a firm by asset, from its accounts and its lots: what it holds, may use, has reserved and has retired, and the first
// day on which some of it expires. Pure, but for the day in Beijing.

import { civilDateIn, instant, type Text } from '../../kernel/index.ts'
import { textOf, type Row } from '../table/rows.ts'

export interface Position {
  readonly asset: string
  readonly title: Text
  readonly unit: string
  readonly held: string
  readonly available: string
  readonly reserved: string
  readonly retired: string
  readonly hasRetired: boolean
  /** Last day of the units that expire first. */
  readonly expires?: string
  /** Of emission permits. */
  readonly pollutant?: string
}

const PERMIT = 'permit.'

/** @param accounts rows of `holdings` @param lots rows of `heldLots` */
export function positionsOf(accounts: readonly Row[], lots: readonly Row[]): readonly Position[] {
  const assets = [...new Set(accounts.flatMap((r) => textOf(r, 'asset') ?? []))]
  return assets.map((asset): Position => {
    const of = (account: string): Row | undefined =>
      accounts.find((r) => r['asset'] === asset && r['account'] === account)
    const [holding, retired] = [of('holding'), of('retired')]
    const any = accounts.find((r) => r['asset'] === asset)!
    const amount = (row: Row | undefined, column: string): string => (row && textOf(row, column)) ?? '0'
    const days = lots
      .filter((r) => r['asset'] === asset && r['account'] === 'holding')
      .flatMap((r) => textOf(r, 'expires') ?? [])
      .sort()
    return {
      asset,
      title: { zh: textOf(any, 'zh') ?? asset, en: textOf(any, 'en') ?? asset },
      unit: textOf(any, 'unit') ?? '',
      held: amount(holding, 'held'),
      available: amount(holding, 'available'),
      reserved: amount(holding, 'reserved'),
      retired: amount(retired, 'held'),
      hasRetired: retired !== undefined,
      ...(days[0] === undefined ? {} : { expires: days[0] }),
      ...(asset.startsWith(PERMIT) ? { pollutant: asset.slice(PERMIT.length) } : {}),
    }
  })
}

/** The day in Beijing, as every office counts it. */
export const todayInBeijing = (): string => civilDateIn(instant(new Date().toISOString()), '+08:00')

/** Days from today to a day; less than none where it has passed. */
export const daysUntil = (day: string, today = todayInBeijing()): number =>
  Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
