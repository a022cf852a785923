// Whether a monthly argument has all twelve months: what a year is made of months, and one that is left out would make the year
// quietly too small. Tables and maps count together, a dated map for the month of its date.

import type { Place, Problem } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { Fact } from '../model.ts'
import { dateOfText } from './day-series.ts'
import { problem } from './problems.ts'

const MONTHS = Array.from({ length: 12 }, (_, k) => String(k + 1).padStart(2, '0'))

export const isMonthly = (argument: string): boolean => '12' in (findArgument(argument)?.items ?? {})

/** @param maps bindings to maps
 *  @returns one problem for each argument that lacks months somewhere, with the first such place */
export function monthProblems(facts: readonly Fact[], maps: readonly Binding[], list: InputList): readonly Problem[] {
  const ofMaps = (argument: string): readonly string[] =>
    maps.filter((b) => b.argument === argument).flatMap((b) => monthOf(b) ?? [])
  const out: Problem[] = []
  for (const id of new Set([...facts, ...maps].map((x) => x.argument).filter(isMonthly))) {
    const own = facts.filter((f) => f.argument === id && f.year === list.year)
    const mapped = ofMaps(id)
    const places = new Map<string, { readonly at: Place; readonly where: string; readonly months: Set<string> }>()
    for (const f of own) {
      const key = `${f.region}|${f.class ?? '-'}`
      const where = [f.region, f.class].filter((x) => x !== undefined).join(' ')
      const { file, sheet } = f.origin
      const place = places.get(key) ?? { at: { file, ...(sheet ? { sheet } : {}) }, where, months: new Set(mapped) }
      if (f.item !== undefined) place.months.add(f.item)
      places.set(key, place)
    }
    if (places.size === 0) {
      const first = maps.find((b) => b.argument === id)
      // Dates nobody can read are told where the maps are opened.
      if (!first || mapped.length === 0) continue
      places.set('', { at: { file: first.file }, where: list.region.code, months: new Set(mapped) })
    }
    const short = [...places.values()].filter((p) => MONTHS.some((m) => !p.months.has(m)))
    const [worst] = short
    if (!worst) continue
    const { title } = findArgument(id)!
    const missing = MONTHS.filter((m) => !worst.months.has(m))
      .map(Number)
      .join('、')
    const values = {
      argument: title.zh,
      argumentEn: title.en,
      months: missing,
      where: worst.where,
      places: short.length,
    }
    out.push(problem('input.months-missing', values, worst.at))
  }
  return out
}

const monthOf = (b: Binding): string | undefined =>
  b.days ? dateOfText(b.days.date)?.slice(5, 7) : b.item && 'name' in b.item ? b.item.name : undefined
