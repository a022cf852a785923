// The ground of an account over maps: all that a run works out and that no price enters, which is every quantity with its totals
// and codes, and what the checks find about them. It is kept as one result, so that with another price neither a map nor a sum is
// looked for, and only values are made.
// Always holds: its name says everything it is made from but prices; what stands on it is the account made without it.

import { createHash } from 'node:crypto'
import { type Problem } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import type { QuantityFindings } from '../checks/run.ts'
import type { InputList } from '../input-list.ts'
import type { ReadFacts } from '../inputs/index.ts'
import { nameOf } from '../maps/working-cache.ts'
import type { Fact, Figure, MapUse } from '../model.ts'
import { fromEqualParts, inEqualParts, type EqualParts } from './equal-parts.ts'
import { keepFigures, knownFigures, type Beside, type KeptFigures, type KnownFigures } from './kept-figures.ts'
import { keepRows, readRows, type KeptRows, type ServiceRows } from './kept-rows.ts'

/** What the maps told when they were opened. */
export interface OpenedMaps {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
  readonly problemsAfterPass: readonly Problem[]
}

export type Chosen = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What was worked out before the first line was valued, and what follows from it. */
export interface Quantities {
  readonly services: readonly ServiceRows[]
  readonly chosen: Chosen
  /** Lines that would be booked on classes if they had a price. A price for one of them changes the totals of quantities. */
  readonly unbooked: readonly string[]
  readonly beside: Beside
}

interface Parts {
  readonly opened: OpenedMaps
  readonly uses: readonly MapUse[]
  readonly chosen: Chosen
  readonly unbooked: readonly string[]
  readonly findings: QuantityFindings
}

export interface Ground extends Parts {
  readonly services: readonly ServiceRows[]
  readonly figures: KnownFigures
}

/** Plain data. */
export interface KeptGround {
  readonly parts: EqualParts
  readonly rows: KeptRows
  readonly figures: KeptFigures
}

/** Whether a price may enter the figure: those where none may come before all others in the order of keys. */
export const isOfQuantities = ({ basis, measure }: Pick<Figure, 'basis' | 'measure'>): boolean =>
  basis === '-' && (measure === 'quantity' || measure === 'extent')

export function keepGround(
  figures: readonly Figure[],
  { services, chosen, unbooked, beside }: Quantities,
  rest: Pick<Parts, 'opened' | 'uses' | 'findings'>,
): KeptGround {
  const own = figures.filter(isOfQuantities)
  const places = new Map(own.map((f, i) => [f.key, i]))
  const parts: Parts = { ...rest, chosen, unbooked }
  return {
    parts: inEqualParts(parts),
    rows: keepRows(services, (key) => places.get(key)!),
    figures: keepFigures(own, beside),
  }
}

export function readGround(kept: KeptGround): Ground {
  const figures = knownFigures(kept.figures)
  const parts = fromEqualParts(kept.parts) as Parts
  return { ...parts, services: readRows(kept.rows, (place) => figures.keys[place]!), figures }
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
