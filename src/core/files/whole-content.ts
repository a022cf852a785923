// Reading content so that nobody takes a damaged one for whole: its last piece is held back until all of it was found right.

import { createHash } from 'node:crypto'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { filesProblem } from './problems.ts'

/** @throws ProblemError `files.changed`, and whatever the pieces throw */
export async function* wholeContent(hash: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256')
  let held: Uint8Array | undefined
  for await (const piece of pieces) {
    sum.update(piece)
    if (held) yield held
    held = piece
  }
  if (sum.digest('hex') !== hash) throw new ProblemError(filesProblem('files.changed', { file: hash }))
  if (held) yield held
}

/** Reads to the end. @returns the size in bytes, or what is wrong */
export async function readThrough(content: AsyncIterable<Uint8Array>): Promise<number | readonly Problem[]> {
  try {
    let size = 0
    for await (const piece of content) size += piece.length
    return size
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    return e.problems
  }
}
