// Which price stands for a year. A price of the year itself is used as it is; a price of another year is re-based by the
// consumer price index where every year between is there; else it is used as it stands and the account says so.

import type { ParameterValue } from '../../../core/rules/index.ts'
import { text, type Problem, type Quantity, type RegionTree, type Text } from '../../../kernel/index.ts'
import type { BookPrice } from '../input-list.ts'
import type { Fact, IndexChain, Ref } from '../model.ts'
import { classLineage, type FactTable } from './fact-table.ts'

export interface PriceChoice {
  readonly ref: Ref
  readonly quantity: Quantity
  readonly year: number
  readonly index?: IndexChain
  /** Set where the price is of another year and could not be re-based. */
  readonly note?: Text
  readonly fact?: Fact
  readonly parameter?: ParameterValue
}

export interface PriceSources {
  readonly facts: FactTable
  readonly tree: RegionTree
  readonly book: readonly BookPrice[]
  parameter(id: string, key: string, region: string): ParameterValue | Problem
}

interface Candidate extends Omit<PriceChoice, 'index' | 'note'> {
  readonly distance: number
}

interface PricedPlace {
  readonly region: string
  readonly class?: string
  readonly item?: string
}

/** What was chosen from the same sources; every line of a region asks again. */
const choices = new WeakMap<PriceSources, Map<string, PriceChoice | undefined>>()

/** @param year the year whose prices are wanted @returns undefined where there is no price at all */
export function choosePrice(
  price: string,
  place: PricedPlace,
  year: number,
  from: PriceSources,
): PriceChoice | undefined {
  const known = choices.get(from) ?? new Map<string, PriceChoice | undefined>()
  choices.set(from, known)
  const name = `${price}\0${place.region}\0${place.class ?? ''}\0${place.item ?? ''}\0${year}`
  if (known.has(name)) return known.get(name)
  const choice = chosenPrice(price, place, year, from)
  known.set(name, choice)
  return choice
}

function chosenPrice(price: string, place: PricedPlace, year: number, from: PriceSources): PriceChoice | undefined {
  const candidates = [...factPrices(price, place, from), ...bookPrices(price, place, from)]
  if (candidates.length === 0) return undefined
  const nearest = Math.min(...candidates.map((c) => c.distance))
  const near = candidates.filter((c) => c.distance === nearest)
  const best =
    near.find((c) => c.year === year) ??
    [...near].sort((a, b) => Math.abs(a.year - year) - Math.abs(b.year - year) || b.year - a.year)[0]!
  const { distance: _, ...choice } = best
  if (best.year === year) return choice
  const chain = indexChain(best.year, year, place.region, from)
  if (chain) return { ...choice, index: chain }
  return {
    ...choice,
    note: notRebased(best.year, year),
  }
}

export const notRebased = (have: number, want: number): Text =>
  text(
    `采用 ${have} 年价格，未换算到 ${want} 年（缺价格指数）`,
    `price of ${have} used for ${want} as it stands (no price index)`,
  )

/** Prices in workbooks: nearest region first, then nearest class. */
function factPrices(price: string, place: PricedPlace, from: PriceSources): readonly Candidate[] {
  if (from.facts.everyYear(price).length === 0) return []
  const regions = from.tree.lineage(place.region).map((r) => r.code)
  const classes = place.class === undefined ? [] : classLineage(place.class)
  return regions
    .flatMap((region) => from.facts.everyYearIn(price, region))
    .filter(
      (f) => (f.item === undefined || f.item === place.item) && (f.class === undefined || classes.includes(f.class)),
    )
    .map((fact) => ({
      ref: { fact: fact.id },
      quantity: fact.quantity,
      year: fact.year,
      fact,
      distance: regions.indexOf(fact.region) * 10 + (fact.class === undefined ? 9 : classes.indexOf(fact.class)),
    }))
}

function bookPrices(price: string, place: PricedPlace, from: PriceSources): readonly Candidate[] {
  const classes = place.class === undefined ? [] : classLineage(place.class)
  return from.book
    .filter(
      (b) =>
        b.price === price &&
        (b.item === undefined || b.item === place.item) &&
        (b.class === undefined || classes.includes(b.class)),
    )
    .flatMap((b) => {
      const parameter = from.parameter(b.book, b.key, place.region)
      if ('severity' in parameter) return []
      return [
        {
          ref: { parameter: b.book, key: b.key, version: parameter.version },
          quantity: parameter.quantity,
          year: parameter.year ?? 0,
          parameter,
          distance: 1000 + (b.class === undefined ? 9 : classes.indexOf(b.class)),
        },
      ]
    })
}

/** The consumer price indices between two years, or undefined where one is missing. */
export function indexChain(from: number, to: number, region: string, src: PriceSources): IndexChain | undefined {
  const [low, high] = from < to ? [from, to] : [to, from]
  const regions = src.tree.lineage(region).map((r) => r.code)
  const series = regions.map((r) => src.facts.everyYearIn('cpi', r))
  const chain: Ref[] = []
  for (let y = low + 1; y <= high; y++) {
    const hit = series.map((fs) => fs.find((f) => f.year === y)).find((f) => f !== undefined)
    if (!hit) return undefined
    chain.push({ fact: hit.id })
  }
  return { chain, back: from > to }
}
