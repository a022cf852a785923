// Rules, parameters and prices as they stand in memory after a strict reading of rules/**.yaml (docs/rules.md).
// Always holds: every number keeps the digits of its source text, its unit, its mark and the line it stands on.

import type { CivilDate, Dec, Period, Problem, Quantity, RoundingMode, Text, Unit } from '../../kernel/index.ts'

export type Mark = 'confirmed' | 'back-solved' | 'unconfirmed'
export type Layer = 'national' | 'province' | 'county'
export type PriceBasis =
  | 'capital'
  | 'annualised'
  | 'operation'
  | 'tax-rate'
  | 'market'
  | 'treatment'
  | 'restoration'
  | 'travel-cost'
  | 'agreed'

export type FileKind =
  'rule' | 'parameters' | 'prices' | 'classification' | 'indicator-set' | 'instruments' | 'sources' | 'override'

export interface Head {
  readonly kind: FileKind
  readonly id: string
  /** First 12 hex digits of SHA-256 over the canonical content of the file: what `rule@version` names. */
  readonly version: string
  readonly title: Text
  readonly clause?: string
  readonly instrument?: string
  readonly source: readonly string[]
  readonly mark: Mark
  readonly force: Period
  readonly layer: Layer
  readonly region?: string
  readonly note?: Text
  /** Path relative to the rules folder, with forward slashes. */
  readonly file: string
}

export interface FieldSpec {
  readonly unit: Unit
  /** The bare number in `unit` enters (or leaves) the formula. */
  readonly plain: boolean
  readonly symbol?: string
  readonly title: Text
  readonly range?: readonly [Dec, Dec]
}

export interface RowsSpec {
  readonly rows: Readonly<Record<string, FieldSpec>>
  readonly title: Text
}

export type InputSpec = FieldSpec | RowsSpec

export type ParamSpec = { readonly plain: boolean; readonly symbol?: string; readonly title: Text } &
  /** From a parameter file: by a key the caller gives under `by`, by one fixed `key`, or the file's only value.
   *  `unit` is the file's, set when the book is put together. */
  (
    | { readonly book: string; readonly by?: string; readonly key?: string; readonly unit?: Unit }
    | { readonly inline: ParameterValue }
  )

export interface RangeTable {
  /** The input or parameter the thresholds are about; they stand in its declared unit. */
  readonly of?: string
  /** Unit of what the table gives. */
  readonly unit: Unit
  readonly steps: readonly { readonly below?: Dec; readonly gives: Dec }[]
}

export interface Step {
  readonly name: string
  readonly source: string
  readonly expr: Expr
  readonly line: number
}

export interface Rule extends Head {
  readonly kind: 'rule'
  readonly inputs: Readonly<Record<string, InputSpec>>
  readonly params: Readonly<Record<string, ParamSpec>>
  readonly tables: Readonly<Record<string, RangeTable>>
  readonly steps: readonly Step[]
  /** Outputs in order; the first is the main one. */
  readonly gives: Readonly<Record<string, FieldSpec>>
  readonly round: Readonly<Record<string, { readonly to: Dec; readonly mode: RoundingMode }>>
  readonly examples: readonly Example[]
}

export interface Example {
  readonly given: Given
  readonly keys: Keys
  readonly params: Readonly<Record<string, Quantity>>
  readonly gives: Readonly<Record<string, { readonly quantity: Quantity; readonly decimals: number }>>
  readonly within?: Dec
  readonly cite?: string
  /** The legal date of the example; without it the last day of the rule's force, or the newest day any file begins. */
  readonly date?: CivilDate
  readonly line: number
}

export type Rows = readonly Readonly<Record<string, Quantity>>[]
export type Given = Readonly<Record<string, Quantity | Rows>>
/** Which entry of a keyed parameter file is meant: `{ class: 'forest.broadleaf' }`. */
export type Keys = Readonly<Record<string, string>>

export interface ParameterValue {
  /** The id of the file, or `rule-id/param-name` for an inline parameter. */
  readonly id: string
  readonly key: string
  readonly version: string
  readonly quantity: Quantity
  readonly title: Text
  readonly mark: Mark
  readonly source: readonly string[]
  readonly basis?: PriceBasis
  readonly year?: number
  readonly region?: string
  readonly range?: readonly [Dec, Dec]
  readonly note?: Text
  readonly layer: Layer
  /** Set where a lower layer replaced the value. */
  readonly override?: {
    readonly id: string
    readonly reason: Text
    readonly approver: string
    /** Left out where the book had no value for the key. */
    readonly was?: Quantity
    /** The act of the record that put it in force, where it came about by one. */
    readonly act?: { readonly id: string; readonly leaf: number }
  }
  readonly file: string
  readonly line: number
}

export interface ParameterFile extends Head {
  readonly kind: 'parameters' | 'prices'
  readonly unit: Unit
  readonly by?: string
  readonly values: readonly ParameterValue[]
}

/** Replaces single values of a parameter file for one region. */
export interface OverrideFile extends Head {
  readonly kind: 'override'
  readonly of: string
  readonly reason: Text
  readonly approver: string
  readonly values: readonly ParameterValue[]
}

export interface Instrument {
  readonly id: string
  readonly title: Text
  readonly number?: string
  readonly issuer?: string
  readonly force: Period
  readonly supersededBy?: string
  readonly mark: Mark
  readonly note?: Text
}

export interface SourceEntry {
  readonly key: string
  readonly title: Text
  /** DOI, standard number or address; never a mirror. */
  readonly locator?: string
}

export interface EcosystemClass {
  readonly code: string
  readonly title: Text
  /** Code in the classification itself, e.g. `11` of HJ 1166. */
  readonly number?: string
  readonly mark: Mark
  readonly names: readonly string[]
}

export interface Classification extends Head {
  readonly kind: 'classification'
  readonly classes: readonly EcosystemClass[]
  /** Crosswalks from other code lists: `{ 'gbt-21010': { '0301': 'forest' } }`. */
  readonly crosswalks: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface IndicatorSet extends Head {
  readonly kind: 'indicator-set'
  readonly services: readonly string[]
  /** Double-counting pairs the set contains all the same, each with the ground for it. */
  readonly accepts: readonly { readonly pair: readonly [string, string]; readonly ground: Text }[]
}

export interface RuleContext {
  readonly date: CivilDate
  /** The region's code, then its parents' codes. */
  readonly regions: readonly string[]
}

export interface RuleBook {
  /** SHA-256 of the files it was read from; left out where it was made otherwise. */
  readonly digest?: string
  readonly rules: readonly Rule[]
  readonly parameters: readonly ParameterFile[]
  readonly overrides: readonly OverrideFile[]
  readonly classifications: readonly Classification[]
  readonly sets: readonly IndicatorSet[]
  readonly instruments: ReadonlyMap<string, Instrument>
  readonly sources: ReadonlyMap<string, SourceEntry>
  /** The rule in force; the nearest layer wins. */
  findRule(id: string, ctx: RuleContext): Rule | Problem
  /** The value in force: exact key, else the nearest class above it; the nearest layer wins. */
  findParameter(id: string, key: string, ctx: RuleContext): ParameterValue | Problem
  /** Instruments cited by `head` that are not in force on `date`. */
  lapsed(head: Head, date: CivilDate): readonly Instrument[]
}

/** The tree of a formula, literal text kept. */
export type Expr =
  | { readonly op: 'number'; readonly text: string }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'field'; readonly rows: string; readonly field: string }
  | {
      readonly op: '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '==' | '!='
      readonly left: Expr
      readonly right: Expr
    }
  | { readonly op: 'neg'; readonly of: Expr }
  | { readonly op: 'call'; readonly fn: string; readonly args: readonly Expr[] }

export interface ReasonStep {
  readonly name: string
  /** The formula as written. */
  readonly formula: string
  /** The formula with numbers and units in place of names. */
  readonly filled: string
  readonly value: Quantity
}

/** What a rule did: recomputed on demand from a recipe and never stored. */
export interface Outcome {
  readonly rule: Rule
  readonly values: Readonly<Record<string, Quantity>>
  readonly steps: readonly ReasonStep[]
  readonly params: Readonly<Record<string, ParameterValue>>
}
