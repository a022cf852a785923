// The ground of an account over maps: all that a run works out before the first line is valued, and that no price enters. It
// is kept as one result, so that with another price neither a map nor a sum is looked for, and no formula of a pixel resolved.
// Always holds: its name says everything it is made from but prices; what stands on it is the account made without it.

import { createHash } from 'node:crypto'
import { assert, type Problem, type Text } from '../../../kernel/index.ts'
import type { ParameterValue, RuleBook } from '../../../core/rules/index.ts'
import type { InputList } from '../input-list.ts'
import type { ReadFacts } from '../inputs/index.ts'
import type { MapRow, MapStack } from '../maps/map-stack.ts'
import { nameOf } from '../maps/working-cache.ts'
import type { Fact, MapUse } from '../model.ts'
import type { Draft, DraftFigure } from './draft.ts'

/** What the engine asks of maps whose pixels are added up already. */
export interface MapsInSum {
  readonly rows: readonly MapRow[]
  readonly bands: { keys(): Iterable<string> }
  readonly uses: readonly MapUse[]
}

/** What the maps told when they were opened. */
export interface OpenedMaps {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
  readonly problemsAfterPass: readonly Problem[]
}

/** What was resolved, added up over pixels and worked out for every row before it was valued. */
export interface AddedUp {
  readonly methods: readonly string[]
  /** Factors that are one number of a row, in the order they were made. */
  readonly factors: readonly EvaluatedFigure[]
  readonly chosen: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly rows: readonly (readonly [name: string, row: RowInSum])[]
}

export interface EvaluatedFigure {
  readonly figure: DraftFigure
  readonly uses: readonly ParameterValue[]
}

/** What a stage of a row came to before it was valued. */
export interface RowInSum {
  readonly made: { readonly ok: string } | { readonly reason: Text }
  /** Those it made, in their order; its own is the last. */
  readonly figures: readonly EvaluatedFigure[]
  readonly chosen: readonly (readonly [choice: string, variant: string])[]
}

/** Rows that are known, and rows to be kept. */
export interface RowsInSum {
  find(name: string): RowInSum | undefined
  keep?(name: string, row: RowInSum): void
}

export interface Ground {
  readonly opened: OpenedMaps
  readonly rows: readonly MapRow[]
  readonly bands: readonly string[]
  readonly uses: readonly MapUse[]
  readonly added: AddedUp
}

/** Arguments that enter a value and never a quantity. */
export const isOfPrices = (argument: string): boolean => argument.startsWith('price.') || argument === 'cpi'

/** The name of the ground a list has over what was read, or undefined where it is not kept: without the digest of the book, or
 *  with overrides, whose effects are told by further accounts over the same maps. */
export function groundName(list: InputList, read: ReadFacts, book: RuleBook): string | undefined {
  if (book.digest === undefined || (list.overrides ?? []).length > 0 || read.mapBindings.length === 0) return undefined
  // Who accepted the list, what it is called and which findings it explains are of the list and not of its numbers.
  const { prices: _, accepted: __, title: ___, explained: ____, arguments: all, ...rest } = list
  const bindings = all.filter((b) => !isOfPrices(b.argument))
  const named = JSON.stringify([rest, bindings])
  const ofPrices = new Set(all.filter((b) => isOfPrices(b.argument)).map((b) => b.file))
  // A file may be named in several spellings; only where each is the file's own is it known to hold prices alone.
  const others = [...bindings.flatMap((b) => [b.file, ...(b.code ? [b.code.map] : [])]), rest.regions?.file]
  const own = new Set(read.sources.map((s) => s.file))
  const isSpelt = others.every((file) => file === undefined || own.has(file))
  const files = read.sources
    .filter((s) => !isSpelt || !ofPrices.has(s.file) || named.includes(JSON.stringify(s.file)))
    .map((s) => [s.file, s.sha256])
  return nameOf('ground', createHash('sha256').update(named).digest('hex'), files, book.digest)
}

export const mapsInSum = ({ rows, bands, uses }: Ground): MapsInSum => ({ rows, bands: { keys: () => bands }, uses })

export const groundOf = (opened: OpenedMaps, { rows, bands, uses }: MapStack, added: AddedUp): Ground => ({
  opened,
  rows,
  bands: [...bands.keys()],
  uses,
  added,
})

export const evaluated = (draft: Draft, keys: readonly string[]): readonly EvaluatedFigure[] =>
  keys.map((key) => ({ figure: draft.find(key)!, uses: draft.usedBy(key) }))

export const rowsOfGround = (added: AddedUp): RowsInSum => {
  const rows = new Map(added.rows)
  return {
    find: (name) => {
      const row = rows.get(name)
      assert(row, `the ground holds the row ${name}`)
      return row
    },
  }
}
