// A run over maps cut into blocks: one block of it as a file, and the files of all blocks as the account. Any batch system can
// run the blocks. Always holds: a block file is whole or not there; what is no block file is refused with its name.

import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ProblemError } from '../kernel/index.ts'
import {
  blockSchema,
  mapsProblem,
  mergeBlocks,
  runBlock,
  type Block,
  type BlockSums,
  type MergedBlocks,
  type RunInput,
} from '../domains/accounting/index.ts'
import { writeWhole } from './write-whole.ts'

/** `2/8`. @throws ProblemError `maps.bad-block` */
export function parseBlock(text: string): Block {
  const [, block, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? []
  const found = { block: Number(block), of: Number(of) }
  if (!(found.block >= 1 && found.block <= found.of)) throw new ProblemError(mapsProblem('maps.bad-block', { text }))
  return found
}

/** @returns the problems, and the name of the file where one was written */
export function writeBlock(
  input: Omit<RunInput, 'useMaps' | 'blocks'>,
  block: Block,
  outDir: string,
): { readonly problems: ReturnType<typeof runBlock>['problems']; readonly file?: string } {
  const made = runBlock(input, block)
  if (!made.block) return { problems: made.problems }
  const file = `block-${block.block}-of-${block.of}.json`
  mkdirSync(outDir, { recursive: true })
  writeWhole(join(outDir, file), JSON.stringify(made.block))
  return { problems: made.problems, file }
}

/** @throws ProblemError `maps.bad-block`, `maps.blocks-differ`, `maps.blocks-missing` */
export const readBlocks = (files: readonly string[]): MergedBlocks => mergeBlocks(files.map(readBlock))

function readBlock(path: string): BlockSums {
  try {
    return blockSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new ProblemError(mapsProblem('maps.bad-block', { text: basename(path) }, { file: basename(path) }))
  }
}
