// The ground of an account over maps: all that a run works out before the first line is valued, and that no price enters. It
// is kept as one result, so that with another price neither a map nor a sum is looked for, and no formula of a pixel resolved.
// Always holds: its name says everything it is made from but prices; what stands on it is the account made without it.

import { createHash } from 'node:crypto'
import type { Problem } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import type { InputList } from '../input-list.ts'
import type { ReadFacts } from '../inputs/index.ts'
import type { MapRow, MapStack } from '../maps/map-stack.ts'
import { nameOf } from '../maps/working-cache.ts'
import type { Fact, MapUse } from '../model.ts'
import type { Draft, DraftFigure } from './draft.ts'
import type { Lacking } from './given.ts'
import { nameOfStage, type PixelStage, type PixelStages } from './pixels/pixel-stages.ts'

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

/** What was resolved and added up over the pixels of all methods. */
export interface AddedUp {
  readonly methods: readonly string[]
  readonly stages: readonly (readonly [at: string, stage: PixelStage | Lacking])[]
  /** Factors that are one number of a row, in the order they were made. */
  readonly figures: readonly DraftFigure[]
  readonly chosen: Readonly<Record<string, Readonly<Record<string, string>>>>
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
  const files = read.sources
    .filter((s) => !ofPrices.has(s.file) || named.includes(JSON.stringify(s.file)))
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

/** Puts the figures of the ground into a draft that is empty, and hands out its stages. */
export function standOn(added: AddedUp, draft: Draft): Pick<PixelStages, 'find'> {
  for (const { measure, basis, region, class: cls, service, item, title, recipe, method } of added.figures)
    draft.add({ measure, basis, region, class: cls, service, item }, title, recipe, method ? { method } : {})
  const stages = new Map(added.stages)
  return { find: (method, stage, row) => stages.get(nameOfStage(method, stage, row)) }
}
