// The table of counties while the maps are worked through: how far each is, and for a page what its pixels add up to so far, one
// column a quantity. Always holds: a number is the decimal sum of the sums by class, as the account adds them.

import { addQuantity, convert, decText, quantity, type Quantity } from '../../kernel/index.ts'
import { findMethod, SERVICES, type RegionsSoFar, type RegionSum } from '../../domains/accounting/index.ts'
import type { CountyColumn, CountyTable } from './told.ts'

export function countyTable({ regions, sums }: RegionsSoFar, withNumbers: boolean): CountyTable {
  const columns = new Map<string, CountyColumn>()
  const numbers = regions.map((r) => (withNumbers ? added(sums(r.region), columns) : new Map<string, Quantity>()))
  const order = [...columns.keys()].sort()
  return {
    columns: order.map((k) => columns.get(k)!),
    counties: regions.map(({ region: code, name, tiles, done, isFinal }, i) => ({
      code,
      name,
      tiles,
      done,
      isFinal,
      values: order.map((k) => {
        const sum = numbers[i]!.get(k)
        return sum && decText(sum.value)
      }),
    })),
  }
}

/** By column: the sums of all classes, in the unit the account shows. */
function added(sums: readonly RegionSum[], columns: Map<string, CountyColumn>): Map<string, Quantity> {
  const found = new Map<string, Quantity>()
  for (const { method, stage: item, sum } of sums) {
    if (sum.pixels === 0) continue
    const { service, stages } = findMethod(method)!
    const stage = stages.find((s) => s.item === item)!
    const key = `${service} ${String(SERVICES.findIndex((s) => s.id === service)).padStart(2, '0')} ${item}`
    columns.set(key, { service, title: stage.title, unit: stage.unit })
    const own = convert(quantity(sum.value, sum.unit), stage.unit)
    const before = found.get(key)
    found.set(key, before ? addQuantity(before, own) : own)
  }
  return found
}
