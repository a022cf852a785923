// The declaration of a method: which arguments it reads, row by row, which rules it applies, what it gives and what prices it.
// Validation, forms, docs and passports derive from it. The formula itself stands in rules/**.yaml and nowhere else.

import type { Text } from '../../../kernel/index.ts'
import type { ServiceId } from '../services.ts'

/** What fills one input of a rule. */
export type Given =
  /** The fact of this row (its class and item), or of the region where the argument has no such dimension. */
  | {
      readonly argument: string
      readonly item?: string
      readonly class?: string
      /** Needed only by some of the rules the choices lead to. */
      readonly onlySometimes?: true
    }
  /** The outcome of an earlier stage of this row. */
  | { readonly stage: string }
  /** The outcome of another rule, kept as a figure of its own under `factor`. */
  | {
      readonly factor: string
      readonly rule: string
      readonly output: string
      readonly given: Readonly<Record<string, Given>>
      readonly keys?: Keys
    }
  /** One of several named variants; which one is a choice of the input list, else the first whose facts are there. */
  | {
      readonly choice: string
      readonly of: Readonly<Record<string, Given>>
      /** The variant whose arguments the method cannot do without, unless the list names the method itself. */
      readonly usual?: string
    }
  /** A table: one row per fact of `each`; inside, arguments follow that row. */
  | {
      readonly each: string
      readonly classes?: readonly string[]
      /** Facts of every year there is, for means over years; left out: of the accounting year. */
      readonly years?: 'all'
      readonly fields: Readonly<Record<string, Given>>
    }
  /** A table of rows written out. */
  | { readonly table: readonly Readonly<Record<string, Given>>[] }
  /** The price for the basis at hand; only inside the valuation of a stage. */
  | { readonly price: string }
  /** The quantity of the stage being valued. */
  | { readonly own: 'quantity' }
  /** A value of the parameter book used as input. */
  | { readonly parameter: string; readonly key: KeyFrom }

/** `month`: 01 to 12, from an item that is a date (`2012-06-05`) or a month. */
export type KeyFrom = 'class' | 'item' | 'month' | { readonly is: string } | { readonly choice: string }
export type Keys = Readonly<Record<string, KeyFrom>>

export interface Stage {
  /** Item of the line; `{item}` stands for the row's own item. */
  readonly item: string
  readonly title: Text
  /** Rule id; `{name}` is replaced by the named choice. Left out: the argument `take` itself. */
  readonly rule?: string
  readonly output?: string
  readonly given?: Readonly<Record<string, Given>>
  readonly keys?: Keys
  /** The reported figure taken over as it is. */
  readonly take?: string
  /** Unit in which the quantity is stored and shown. */
  readonly unit: string
  /** How the quantity becomes money. `physical`: shown in the physical account only. `self`: the quantity is money already. */
  readonly value: { readonly price: string } | ValueRule | 'physical' | 'self'
}

/** A value that is not simply quantity × price (net of inputs, travel cost). The rule gives money. */
export interface ValueRule {
  readonly rule: string
  readonly output: string
  readonly given: Readonly<Record<string, Given>>
  readonly keys?: Keys
}

export interface Choice {
  readonly title: Text
  readonly values: Readonly<Record<string, Text>>
}

export interface Method {
  readonly id: string
  readonly service: ServiceId
  readonly title: Text
  readonly text: Text
  readonly path: 'coefficients' | 'statistics' | 'raster'
  readonly source: readonly string[]
  /** Methods of different parts of a service add up (R5: vegetation, lake, reservoir, marsh); of one part only one applies. */
  readonly part?: string
  /** One row per fact of this argument. */
  readonly driver: string
  /** Only rows of these classes (and below). */
  readonly classes?: readonly string[]
  /** Only rows of these items. */
  readonly items?: readonly string[]
  readonly stages: readonly Stage[]
  readonly choices?: Readonly<Record<string, Choice>>
  /** Rows without a class are booked on these classes: one, or several in proportion to their areas. */
  readonly books?: readonly string[]
}

/** Arguments a method cannot do without; of a choice, those of no variant in particular. */
export function requiredArguments(m: Method): readonly string[] {
  const out = new Set([m.driver])
  const walk = (g: Given): void => {
    if ('argument' in g) {
      if (!g.onlySometimes) out.add(g.argument)
    } else if ('each' in g) out.add(g.each)
    else if ('table' in g) g.table.forEach((row) => Object.values(row).forEach(walk))
    else if ('factor' in g) Object.values(g.given).forEach(walk)
    else if ('choice' in g && g.usual !== undefined) walk(g.of[g.usual]!)
  }
  for (const st of m.stages) {
    if (st.take) out.add(st.take)
    givensOf(st).forEach(walk)
  }
  return [...out]
}

/** Every argument a method may read, variants included. */
export function possibleArguments(m: Method): readonly string[] {
  const out = new Set(requiredArguments(m))
  const walk = (g: Given): void => {
    if ('argument' in g) out.add(g.argument)
    else if ('each' in g) {
      out.add(g.each)
      Object.values(g.fields).forEach(walk)
    } else if ('table' in g) g.table.forEach((row) => Object.values(row).forEach(walk))
    else if ('factor' in g) Object.values(g.given).forEach(walk)
    else if ('choice' in g) Object.values(g.of).forEach(walk)
  }
  for (const st of m.stages) givensOf(st).forEach(walk)
  return [...out]
}

const givensOf = (st: Stage): readonly Given[] => [
  ...Object.values(st.given ?? {}),
  ...(typeof st.value === 'object' && 'rule' in st.value ? Object.values(st.value.given) : []),
]

export function pricesOf(m: Method): readonly string[] {
  const out = new Set<string>()
  const walk = (g: Given): void => {
    if ('price' in g) out.add(g.price)
    else if ('each' in g) Object.values(g.fields).forEach(walk)
    else if ('table' in g) g.table.forEach((row) => Object.values(row).forEach(walk))
    else if ('factor' in g) Object.values(g.given).forEach(walk)
    else if ('choice' in g) Object.values(g.of).forEach(walk)
  }
  for (const st of m.stages) {
    if (typeof st.value === 'object' && 'price' in st.value) out.add(st.value.price)
    givensOf(st).forEach(walk)
  }
  return [...out]
}
