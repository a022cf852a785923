// What the checks read: plain facts, whether they come from an account of ours or from a table someone printed.
// A printed table is rows plus the relations its text claims between them; `casesOfTable` spreads the rows over the checks.

import type { Place, Text } from '../../../kernel/index.ts'
import type { ServiceId } from '../services.ts'
import type { Num, Printed } from './amount.ts'

/** What a finding is about. */
export interface Subject {
  readonly what: Text
  readonly at?: Place
  /** Key of the figure. */
  readonly figure?: string
}

export interface Part {
  readonly what: Text
  readonly amount: Num
}

/** QA-01, QA-02, QA-07: parts and the total that should be their sum. */
export interface SumCase extends Subject {
  readonly parts: readonly Part[]
  readonly total: Num
}

/** QA-03: parts, their printed shares, and the total they are shares of. */
export interface ShareCase extends Subject {
  readonly base: Num
  readonly parts: readonly (Part & { readonly share: Num })[]
}

/** QA-04 */
export interface ProductCase extends Subject {
  readonly quantity: Num
  readonly price: Num
  readonly value: Num
}

/** QA-05; `class` is a level-1 class or `*`. */
export interface PerAreaCase extends Subject {
  readonly class: string
  readonly value: Num
  readonly area: Num
}

/** QA-06 */
export interface CapCase extends Subject {
  readonly purified: Num
  readonly emission?: Num
}

/** QA-08: mass turned into volume, or mass priced by volume. `share`: the part of the mass that is turned (silt share). */
export interface ConversionCase extends Subject {
  readonly mass: Num
  readonly volume?: Num
  readonly share?: Num
  readonly price?: Num
}

/** QA-09: depths over one place, or a volume against the observed runoff. */
export type WaterCase =
  | (Subject & {
      readonly kind: 'depths'
      readonly precipitation: Num
      readonly evapotranspiration: Num
      readonly runoff?: Num
    })
  | (Subject & { readonly kind: 'negative'; readonly amount: Num })
  | (Subject & { readonly kind: 'closure'; readonly yield: Num; readonly observed: Num })

/** QA-10 */
export interface ErosionCase extends Subject {
  readonly erosivity?: Num
  readonly erodibility?: Num
}

/** QA-11 */
export interface SoilCase extends Subject {
  readonly soil: Num
  readonly area: Num
}

/** QA-12; `basesDiffer`: the ground an indicator set declares for oxygen and carbon standing on two bases. */
export interface CarbonCase extends Subject {
  readonly co2: Num
  readonly npp?: Num
  readonly o2?: Num
  readonly basesDiffer?: Text
}

/** QA-13: how many lakes there are, and how many areas the regression was given. */
export interface LakeCase extends Subject {
  readonly lakes: number
  readonly areas: number
  /** An area whose name says that it is a sum. */
  readonly sumNamed?: string
}

/** QA-14 */
export interface RatioCase extends Subject {
  readonly gep: Num
  readonly gdp: Num
  readonly ratio: Num
}

/** QA-15: two years that are shown as growth. */
export interface GrowthCase extends Subject {
  readonly methods: readonly [string, string]
  readonly parameters: readonly [string, string]
}

/** QA-16: totals of one region and year. */
export interface PublishedCase extends Subject {
  readonly totals: readonly { readonly amount: Num; readonly source: string }[]
}

export interface Cases {
  readonly sums: readonly SumCase[]
  readonly classSums: readonly SumCase[]
  readonly columns: readonly SumCase[]
  readonly shares: readonly ShareCase[]
  readonly products: readonly ProductCase[]
  readonly perArea: readonly PerAreaCase[]
  readonly caps: readonly CapCase[]
  readonly conversions: readonly ConversionCase[]
  readonly water: readonly WaterCase[]
  readonly erosion: readonly ErosionCase[]
  readonly soil: readonly SoilCase[]
  readonly carbon: readonly CarbonCase[]
  readonly lakes: readonly LakeCase[]
  readonly ratios: readonly RatioCase[]
  readonly growth: readonly GrowthCase[]
  readonly published: readonly PublishedCase[]
}

export interface PrintedRow {
  readonly id: string
  readonly title: Text
  readonly service?: ServiceId
  /** Level-1 class the row stands for. */
  readonly class?: string
  readonly quantity?: Printed
  readonly price?: Printed
  readonly value?: Printed
  readonly area?: Printed
  readonly at?: Place
}

/** A table somebody printed. */
export interface PrintedTable extends Partial<Omit<Cases, 'sums' | 'classSums' | 'columns' | 'products'>> {
  readonly title: Text
  readonly source: string
  readonly year?: number
  /** Indicator set the table is of. */
  readonly set?: string
  readonly rows: readonly PrintedRow[]
  /** Totals and the rows they claim to be the sum of. `column`: every row that stands above it. */
  readonly totals?: readonly {
    readonly title: Text
    readonly value: Printed
    readonly by: 'service' | 'class' | 'column'
    readonly of: readonly string[]
    readonly at?: Place
  }[]
}

const located = (at: Place | undefined): { readonly at?: Place } => (at ? { at } : {})

/** Spreads a printed table over the checks. `grounds`: double-counting pairs its indicator set accepts, with the ground. */
export function casesOfTable(
  table: PrintedTable,
  grounds: readonly { readonly pair: readonly [string, string]; readonly ground: Text }[] = [],
): Cases {
  const rows = new Map(table.rows.map((r) => [r.id, r]))
  const sum = (t: NonNullable<PrintedTable['totals']>[number]): SumCase => ({
    what: t.title,
    ...located(t.at),
    total: t.value,
    parts: t.of.flatMap((id) => {
      const r = rows.get(id)
      return r?.value ? [{ what: r.title, amount: r.value }] : []
    }),
  })
  const totals = table.totals ?? []
  const ground = grounds.find((g) => g.pair.includes('R8') && g.pair.includes('R11'))?.ground
  return {
    sums: totals.filter((t) => t.by !== 'class').map(sum),
    classSums: totals.filter((t) => t.by === 'class').map(sum),
    columns: totals.map(sum),
    shares: table.shares ?? [],
    products: table.rows.flatMap((r) =>
      r.quantity && r.price && r.value
        ? [{ what: r.title, ...located(r.at), quantity: r.quantity, price: r.price, value: r.value }]
        : [],
    ),
    perArea: [
      ...table.rows.flatMap((r) =>
        r.area && r.value && r.class
          ? [{ what: r.title, ...located(r.at), class: r.class, value: r.value, area: r.area }]
          : [],
      ),
      ...(table.perArea ?? []),
    ],
    caps: table.caps ?? [],
    conversions: table.conversions ?? [],
    water: table.water ?? [],
    erosion: table.erosion ?? [],
    soil: table.soil ?? [],
    carbon: (table.carbon ?? []).map((c) => (ground && !c.basesDiffer ? { ...c, basesDiffer: ground } : c)),
    lakes: table.lakes ?? [],
    ratios: table.ratios ?? [],
    growth: table.growth ?? [],
    published: table.published ?? [],
  }
}
