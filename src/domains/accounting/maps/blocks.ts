// A run cut into blocks: rows of tiles shared out, what each block added up as plain data, and the parts put together again.
// Always holds: the digits of the merged parts are those of the whole run, however many blocks there were and in whatever
// order they come; parts of another account, or not of all blocks, are refused.

import { z } from 'zod'
import { ProblemError } from '../../../kernel/index.ts'
import { PART, TILE, tilesOf, type Grid, type SumPart, type Window } from '../../../raster/index.ts'
import { problem } from './problems.ts'

export interface Block {
  /** From 1. */
  readonly block: number
  readonly of: number
}

const count = z.number().int().nonnegative()
const pixel = z.tuple([count, count])
const partSchema = z.strictObject({
  counts: z.array(count).length(PART.counts),
  min: z.number().optional(),
  max: z.number().optional(),
  limbs: z.array(z.tuple([count.max(PART.limbs - 1), z.number().int()])),
})
/** One row of a shape on the pixels of a block. */
const rowSchema = z.strictObject({ row: z.string(), negative: count, part: partSchema })
/** What a survey saw of one band. */
const lookSchema = z.strictObject({
  empty: count,
  nan: count,
  odd: count,
  min: z.number().optional(),
  max: z.number().optional(),
  firstEmpty: pixel.optional(),
  firstNan: pixel.optional(),
  firstOdd: pixel.optional(),
  lacking: z.array(z.tuple([z.number(), z.strictObject({ pixels: count, first: pixel })])),
})
export const blockSchema = z.strictObject({
  qingshan: z.literal('account-block/1'),
  /** Hash of what the account is made from. */
  account: z.string(),
  block: z.number().int().positive(),
  of: z.number().int().positive(),
  rows: z.array(rowSchema),
  looks: z.record(z.string(), lookSchema),
})
export type BlockSums = z.infer<typeof blockSchema>
export type BlockRow = BlockSums['rows'][number]
export type BlockLook = BlockSums['looks'][string]

/** The tiles of a block: whole rows of tiles, each in one block. */
export function tilesOfBlock(grid: Grid, { block, of }: Block): readonly Window[] {
  const rows = Math.ceil(grid.height / TILE)
  const [first, end] = [Math.floor(((block - 1) * rows) / of), Math.floor((block * rows) / of)]
  return [...tilesOf(grid)].filter(({ row }) => row / TILE >= first && row / TILE < end)
}

/** Parts by row, all blocks together. */
export interface MergedBlocks {
  readonly account: string
  parts(row: string): readonly { readonly negative: number; readonly part: SumPart }[] | undefined
  looks(band: string): readonly BlockLook[]
}

/** @throws ProblemError `maps.blocks-differ`, `maps.blocks-missing` */
export function mergeBlocks(blocks: readonly BlockSums[]): MergedBlocks {
  const [first] = blocks
  const ordered = [...blocks].sort((a, b) => a.block - b.block)
  if (!first || blocks.some((b) => b.account !== first.account || b.of !== first.of))
    throw new ProblemError(problem('maps.blocks-differ', {}))
  const wanted = Array.from({ length: first.of }, (_, i) => i + 1)
  const missing = wanted.filter((n) => !blocks.some((b) => b.block === n))
  if (missing.length > 0 || blocks.length !== first.of)
    throw new ProblemError(problem('maps.blocks-missing', { of: first.of, missing: missing.join('、') || '-' }))
  const rows = new Map<string, BlockRow[]>()
  for (const { rows: own } of ordered) for (const r of own) rows.set(r.row, [...(rows.get(r.row) ?? []), r])
  return {
    account: first.account,
    parts: (row) => {
      const found = rows.get(row)
      return found?.length === first.of
        ? found.map(({ negative, part }) => ({ negative, part: plain(part) }))
        : undefined
    },
    looks: (band) => ordered.flatMap(({ looks }) => (looks[band] ? [looks[band]] : [])),
  }
}

const plain = ({ counts, min, max, limbs }: BlockRow['part']): SumPart => ({
  counts,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  limbs,
})

/** What a run over maps does with blocks: adds one up and notes it, or takes all of them as they stand. */
export type BlockWork =
  | { readonly kind: 'one'; readonly block: Block; note(row: BlockRow): void }
  | { readonly kind: 'merged'; readonly blocks: MergedBlocks }
