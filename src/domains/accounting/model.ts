// What an account is made of: facts (read from cells), figures (each with the recipe that gives it), findings.
// Always holds: a figure stores references and never copied numbers; evaluating its recipe gives the same digits.

import type { CivilDate, Problem, Quantity, QuantityText, Region, Text } from '../../kernel/index.ts'
import type { Mark } from '../../core/rules/index.ts'
import type { Resampling } from '../../raster/index.ts'
import type { ServiceId } from './services.ts'

export type Dim = 'class' | 'item'
export type Status = 'trial' | 'preliminary' | 'official'
/** 考核口径 at the prices of the base year, 贡献口径 at the prices of the accounting year. */
export type Basis = 'constant' | 'current'

export const STATUS_TEXT: Readonly<Record<Status, Text>> = {
  trial: { zh: '试算', en: 'Trial' },
  preliminary: { zh: '初步', en: 'Preliminary' },
  official: { zh: '正式', en: 'Official' },
}
export const BASIS_TEXT: Readonly<Record<Basis, Text>> = {
  constant: { zh: '考核口径（不变价）', en: 'Assessment basis (constant prices)' },
  current: { zh: '贡献口径（现价）', en: 'Contribution basis (current prices)' },
}

/** Where a number came from: a cell of a workbook, a line of a file, the pixels of a band. */
export interface Origin {
  readonly file: string
  readonly sha256: string
  readonly sheet?: string
  readonly cell?: string
  readonly line?: number
  /** 1 is the first band of a map. */
  readonly band?: number
  /** How many pixels the number was counted or averaged over. */
  readonly pixels?: number
}

export type FallbackKind = 'neighbour-year' | 'neighbour-region' | 'provincial-mean' | 'literature'
export interface Fallback {
  readonly kind: FallbackKind
  /** Year the value is of; its age is the accounting year minus this. */
  readonly year: number
  readonly reason: string
}

/** One number someone gave us. */
export interface Fact {
  /** `argument|region|class|item|year`, unique in an account. */
  readonly id: string
  readonly argument: string
  readonly region: string
  readonly class?: string
  readonly item?: string
  readonly year: number
  readonly quantity: Quantity
  /** The cell's text as typed. */
  readonly typed: string
  readonly origin: Origin
  /** `reported`: a statistic of the user; else the evidence mark given beside it. */
  readonly mark: Mark | 'reported'
  readonly source?: string
  readonly fallback?: Fallback
}

export type Ref =
  | { readonly fact: string }
  | { readonly figure: string }
  | { readonly parameter: string; readonly key: string; readonly version: string }
  | { readonly rows: readonly Readonly<Record<string, Ref>>[] }
  /** Extensive facts added up over the places below. */
  | { readonly sum: readonly Ref[] }

/** Year-on-year indices (previous year = 100): each multiplies, or divides where `back` is set (to an older year). */
export interface IndexChain {
  readonly chain: readonly Ref[]
  readonly back: boolean
}

/** Where one input of a formula comes from, pixel by pixel: a map, the outcome of another rule, or one number for the row. */
export type PixelGiven =
  | Ref
  /** Id of a `MapUse`, or `pixel-area`. */
  | { readonly map: string }
  | PixelRule
  | { readonly table: readonly Readonly<Record<string, PixelGiven>>[] }

export interface PixelRule {
  /** `id@version` */
  readonly rule: string
  readonly output: string
  readonly given: Readonly<Record<string, PixelGiven>>
  readonly keys: Readonly<Record<string, string>>
}

/** A rule's output over the pixels of one region and type. */
export interface PixelSum {
  /** The exact sum of all pixels, rounded once to the nearest double; its shortest digits. */
  readonly value: string
  readonly unit: string
  /** Pixels with a value. */
  readonly pixels: number
  /** Pixels of the place without one, by reason. */
  readonly missing: {
    readonly nodata: number
    readonly nan: number
    readonly outside: number
    readonly noValue: number
  }
  readonly negative: number
  readonly min?: string
  readonly max?: string
}

export type Recipe =
  /** A rule on every pixel of a region and type, added up. Computed again by running the account on its maps. */
  | {
      readonly kind: 'pixels'
      readonly of: PixelRule
      readonly region: string
      readonly class: string
      readonly sum: PixelSum
    }
  /** A rule's output; `rule` is `id@version`. */
  | {
      readonly kind: 'rule'
      readonly rule: string
      readonly output: string
      readonly given: Readonly<Record<string, Ref>>
      readonly keys: Readonly<Record<string, string>>
      /** Region whose layers chose the parameters. */
      readonly region: string
    }
  /** quantity × price, rounded once to fen, half up. `index` re-bases the price. */
  | {
      readonly kind: 'price'
      readonly quantity: Ref
      readonly price: Ref
      readonly index?: IndexChain
    }
  /** An amount of money taken over, re-based where an index is given, rounded once to fen, half up. */
  | { readonly kind: 'money'; readonly of: Ref; readonly index?: IndexChain }
  /** An amount or price in money brought to the prices of another year. */
  | { readonly kind: 'rebase'; readonly of: Ref; readonly index: IndexChain }
  /** A sum of figures. */
  | { readonly kind: 'sum'; readonly of: readonly string[] }
  | { readonly kind: 'difference'; readonly of: Ref; readonly minus: Ref }
  /** The part of `of` that falls to `weights[index]`: largest remainder for money, plain share for quantities. */
  | { readonly kind: 'share'; readonly of: Ref; readonly weights: readonly Ref[]; readonly index: number }
  /** The fact itself. */
  | { readonly kind: 'fact'; readonly fact: string }

/** One band of a map as an account used it. */
export interface MapUse {
  /** The argument, with its item where it has several: `monthly-ndvi|07`. */
  readonly id: string
  readonly argument: string
  readonly title: Text
  readonly unit: string
  readonly year: number
  /** File, hash and band; for terrain those of the elevation it was derived from. */
  readonly origin: Origin
  readonly crs: Text
  /** `127 × 98，30 × 30 m` */
  readonly size: Text
  /** How it was brought onto the grid of the land-cover map. */
  readonly alignment: Text
  /** As the list chose it; left out: nearest for codes, bilinear for measures. */
  readonly resampling?: Resampling
  /** What the pixels hold is a code; facts by code, `argument|…|code.201|year`, give the number. */
  readonly codes?: Readonly<Record<string, string>>
  /** Derived from another map: how. */
  readonly derived?: Text
  /** Made of maps of several dates, the first of which is `origin`. */
  readonly dates?: {
    readonly take: 'mean' | 'max'
    readonly of: readonly { readonly date: string; readonly file: string; readonly band: number }[]
  }
}

export type Measure = 'quantity' | 'value' | 'extent' | 'ratio'

/** Every printed number. Key: `measure|basis|region|class|service|item`, `*` = all, `-` = does not apply. */
export interface Figure {
  readonly key: string
  readonly code: string
  readonly measure: Measure
  readonly basis: Basis | '-'
  readonly region: string
  readonly class: string
  /** A service, a group (`M`, `R`, `C`), `*` for GEP, or the name of a ratio or extent item. */
  readonly service: string
  readonly item: string
  readonly quantity: Quantity
  readonly recipe: Recipe
  readonly title: Text
  /** Method id for line figures. */
  readonly method?: string
}

export type LineState = 'computed' | 'not-applicable' | 'missing' | 'unpriced'

/** One row of the statement: service × item × class × region. */
export interface Line {
  readonly region: string
  readonly class: string
  readonly service: ServiceId
  readonly item: string
  readonly itemTitle: Text
  readonly method: string
  readonly state: LineState
  /** Figure keys. */
  readonly quantity?: string
  readonly constant?: string
  readonly current?: string
  readonly price?: { readonly constant?: Ref; readonly current?: Ref }
  /** For missing, unpriced and not-applicable lines. */
  readonly reason?: Text
  /** Not part of any total (below the line). */
  readonly memo?: boolean
}

export type CheckId = `QA-${string}`
export interface Finding extends Problem {
  readonly check?: CheckId
  readonly figure?: string
  /** The reason someone gave for a yellow finding, and who. */
  readonly explained?: { readonly reason: string; readonly by: string }
}

export interface ParameterUse {
  readonly id: string
  readonly key: string
  readonly title: Text
  readonly quantity: QuantityText
  readonly mark: Mark
  readonly source: readonly string[]
  readonly basis?: string
  readonly year?: number
  readonly layer: string
  readonly file: string
  readonly line: number
  readonly version: string
  readonly override?: {
    readonly reason: Text
    readonly approver: string
    readonly was?: QuantityText
    /** The act of the record that put it in force. */
    readonly act?: { readonly id: string; readonly leaf: number }
    /** GEP with minus GEP without, constant basis, 元. */ readonly effect: string
  }
  readonly isPrice: boolean
  /** Constant-basis value of the lines that rest on it, 元. */
  readonly touches: string
}

export interface PriceUse {
  readonly price: string
  readonly title: Text
  readonly basis: Basis
  readonly quantity: QuantityText
  readonly priceBasis?: string
  readonly year: number
  readonly mark: Mark | 'reported'
  readonly source: readonly string[]
  readonly ref: Ref
  /** Why a price of another year stands here. */
  readonly note?: Text
}

export type Use = 'assessment' | 'compensation' | 'trade' | 'credit' | 'damage' | 'research'
export interface Fitness {
  readonly use: Use
  readonly fit: boolean
  /** The rules that failed, or the ones that held. */
  readonly why: readonly Text[]
}

export interface SourceFile {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly custodian?: string
  readonly period?: string
  readonly licence?: string
}

export interface AccountHead {
  readonly title: Text
  readonly year: number
  readonly priceYear: number
  readonly set: string
  readonly setTitle: Text
  readonly status: Status
  readonly legalDate: CivilDate
  /** The region the account is of. */
  readonly region: string
  readonly regions: readonly Region[]
  /** 示范数据: made by the generator of this project. */
  readonly sample: boolean
  readonly engine: string
  readonly prepared?: {
    readonly filledBy?: string
    readonly computedBy?: string
    readonly reviewedBy?: string
    readonly organisation?: string
  }
  /** The map's review number; without it maps say 内部资料. */
  readonly mapNumber?: string
}

export interface BoundaryFeature {
  readonly region: string
  /** Polygons of rings of [x, y]. */
  readonly polygons: readonly (readonly (readonly (readonly [number, number])[])[])[]
}

/** The result of a run; plain data, the input of tables, reports, passports and checks. */
export interface Account {
  readonly head: AccountHead
  readonly facts: readonly Fact[]
  readonly figures: readonly Figure[]
  readonly lines: readonly Line[]
  readonly findings: readonly Finding[]
  readonly parameters: readonly ParameterUse[]
  readonly prices: readonly PriceUse[]
  readonly sources: readonly SourceFile[]
  readonly fitness: readonly Fitness[]
  /** Method chosen per service, with its named choices. */
  readonly methods: readonly {
    readonly service: ServiceId
    readonly method: string
    readonly choices: Readonly<Record<string, string>>
  }[]
  readonly boundaries: readonly BoundaryFeature[]
  /** The maps behind figures of kind `pixels`; the first is the land cover, whose grid all share. */
  readonly maps?: readonly MapUse[]
}
