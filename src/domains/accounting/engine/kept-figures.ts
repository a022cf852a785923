// Figures without a price as they are kept from run to run: columns, so that tens of thousands are read in milliseconds. One is
// made into a figure when somebody asks for it, and its recipe when somebody reads that.
// Always holds: what is read equals what was kept, in the same order, with the same codes.

import { assert, dec, decText, type Quantity, type Text, type Unit } from '../../../kernel/index.ts'
import type { ParameterValue } from '../../../core/rules/index.ts'
import type { KeyParts } from '../figure-key.ts'
import type { Figure, Recipe } from '../model.ts'
import { column, inColumn, type Column } from './columns.ts'
import { fromEqualParts, inEqualParts, type EqualParts } from './equal-parts.ts'
import { keepRecipes, readRecipes, type KeptRecipes } from './kept-recipes.ts'

/** What the fitness of a line asks of the figures under it. */
export interface Rests {
  /** A fact among them is unconfirmed. */
  readonly unconfirmed: boolean
  /** Of the oldest fall-back, years. */
  readonly age: number
  /** Parameters their recipes name, `id|key`. */
  readonly named: readonly string[]
}

/** What is known of a figure besides itself; undefined where nobody asks. */
export interface Beside {
  /** Of a row, and not of a total or a part. */
  isOfRow(key: string): boolean
  below(key: string): ReadonlyMap<string, ParameterValue> | undefined
  rests(key: string): Rests | undefined
}

/** Plain data. */
export interface KeptFigures {
  readonly keys: readonly string[]
  readonly codes: readonly string[]
  readonly values: readonly string[]
  readonly titles: Column<Text>
  readonly methods: Column<string | null>
  /** A 1 for each figure of a row. */
  readonly ofRows: string
  readonly units: readonly number[]
  /** Places in the sets of parameters and in what figures rest on; −1 where nobody asks. */
  readonly below: readonly number[]
  readonly rests: Column<Rests | null>
  /** Units, sets of parameters. */
  readonly parts: EqualParts
  /** `KeptRecipes` as text: it is seldom read. */
  readonly recipes: string
  /** Parts of those whose key does not say them, by place. */
  readonly odd: Readonly<Record<number, KeyParts>>
}

interface Parts {
  readonly units: readonly Unit[]
  readonly parameters: readonly ParameterValue[]
  readonly sets: readonly (readonly (readonly [name: string, parameter: number])[])[]
}

/** @param figures in the order of their keys */
export function keepFigures(figures: readonly Figure[], beside: Beside): KeptFigures {
  const units = column(figures.map((f) => f.quantity.unit))
  const places = new Map(figures.map((f, i) => [f.key, i]))
  const below = figures.map((f) => beside.below(f.key))
  const parameters: ParameterValue[] = []
  const placeOf = new Map<ParameterValue, number>()
  const setOf = (of: ReadonlyMap<string, ParameterValue> | undefined): Parts['sets'][number] =>
    [...(of ?? [])].map(([name, p]) => {
      const place = placeOf.get(p) ?? parameters.push(p) - 1
      placeOf.set(p, place)
      return [name, place]
    })
  const sets = column(below.map(setOf), (s) => s.join(';'))
  const parts: Parts = { units: units.of, parameters, sets: sets.of }
  return {
    keys: figures.map((f) => f.key),
    codes: figures.map((f) => f.code),
    values: figures.map((f) => f.quantity.value.valueOf()),
    titles: column(
      figures.map((f) => f.title),
      (t) => `${t.zh}\n${t.en}`,
    ),
    methods: column(figures.map((f) => f.method ?? null)),
    ofRows: figures.map((f) => (beside.isOfRow(f.key) ? '1' : '0')).join(''),
    units: units.at,
    below: sets.at.map((at, i) => (below[i] ? at : -1)),
    rests: column(
      figures.map((f) => beside.rests(f.key) ?? null),
      (r) => JSON.stringify(r),
    ),
    parts: inEqualParts(parts),
    recipes: JSON.stringify(
      keepRecipes(
        figures.map((f) => f.recipe),
        (key) => places.get(key),
      ),
    ),
    odd: Object.fromEntries(
      figures.flatMap((f, i) => {
        const odd = oddParts(f)
        return odd ? [[i, odd]] : []
      }),
    ),
  }
}

/** Undefined where the key says them. */
const oddParts = ({ key, measure, basis, region, class: cls, service, item }: Figure): KeyParts | undefined =>
  key === `${measure}|${basis}|${region}|${cls}|${service}|${item}` && !key.includes('¦')
    ? undefined
    : { measure, basis, region, class: cls, service, item }

export interface KnownFigures {
  readonly count: number
  readonly keys: readonly string[]
  readonly codes: readonly string[]
  /** Place in the order of keys. */
  place(key: string): number | undefined
  isOfRow(place: number): boolean
  quantity(place: number): Quantity
  /** As it stands in tables. */
  value(place: number): string
  unit(place: number): Unit
  title(place: number): Text
  figure(place: number): Figure
  below(place: number): ReadonlyMap<string, ParameterValue> | undefined
  rests(place: number): Rests | undefined
}

export function knownFigures(kept: KeptFigures): KnownFigures {
  const { keys, codes, values, titles, methods, ofRows, units, below, rests } = kept
  const parts = fromEqualParts(kept.parts) as Parts
  const sets = parts.sets.map((s) => new Map(s.map(([name, p]) => [name, parts.parameters[p]!])))
  const places = new Map<string, number>()
  for (let i = 0; i < keys.length; i++) places.set(keys[i]!, i)
  const quantities: (Quantity | undefined)[] = []
  const figures: (Figure | undefined)[] = []
  let recipes: readonly Recipe[] | undefined
  const recipe = (i: number): Recipe =>
    (recipes ??= readRecipes(JSON.parse(kept.recipes) as KeptRecipes, (place) => keys[place]!))[i]!
  const quantity = (i: number): Quantity =>
    (quantities[i] ??= { value: dec(values[i]!), unit: parts.units[units[i]!]! })
  const makeFigure = (i: number): Figure => {
    const key = keys[i]!
    const method = inColumn(methods, i)
    const { measure, basis, region, class: cls, service, item } = kept.odd[i] ?? partsOf(key)
    return {
      key,
      measure,
      basis,
      region,
      class: cls,
      service,
      item,
      quantity: quantity(i),
      get recipe() {
        return recipe(i)
      },
      title: inColumn(titles, i),
      ...(method === null ? {} : { method }),
      code: codes[i]!,
    }
  }
  return {
    count: keys.length,
    keys,
    codes,
    place: (key) => places.get(key),
    isOfRow: (i) => ofRows[i] === '1',
    quantity,
    value: (i) => (values[i] === '-0' ? decText(dec(0)) : values[i]!),
    unit: (i) => parts.units[units[i]!]!,
    title: (i) => inColumn(titles, i),
    figure: (i) => (figures[i] ??= makeFigure(i)),
    below: (i) => (below[i]! < 0 ? undefined : sets[below[i]!]),
    rests: (i) => inColumn(rests, i) ?? undefined,
  }
}

function partsOf(key: string): KeyParts {
  const [measure, basis, region, cls, service, item, ...more] = key.split('|')
  assert(item !== undefined && more.length === 0, `${key} is the key of a figure`)
  return { measure, basis, region, class: cls, service, item } as KeyParts
}
