// A file as its lines, read in pieces: memory holds one piece and one line, however long the file is.

import type { JournalFile } from './disk.ts'

/** The longest line an entry may have. One batch of commands stays far below; the limit bounds memory and a line
 *  that lost its line feed. Bytes. */
export const LINE_LIMIT = 64 * 1024 * 1024

const PIECE = 256 * 1024
const LINE_FEED = 10

export interface FileLine {
  /** Without the line feed; no more than the first LINE_LIMIT + 1 bytes. */
  readonly bytes: Uint8Array
  /** Of the first byte in the file, from 0. */
  readonly offset: number
  /** From 1. */
  readonly number: number
  /** False for a last line without line feed. */
  readonly ended: boolean
}

/** The lines of the first `size` bytes of a file. An empty rest after the last line feed is no line. */
export async function* linesOf(file: JournalFile, size: number): AsyncGenerator<FileLine> {
  let offset = 0
  let number = 1
  let parts: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array): void => {
    if (length <= LINE_LIMIT) parts.push(part.subarray(0, LINE_LIMIT + 1 - length))
    length += part.length
  }
  const line = (ended: boolean): FileLine => {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    const made = { bytes, offset, number, ended }
    offset += length + 1
    number += 1
    parts = []
    length = 0
    return made
  }
  for (let at = 0; at < size;) {
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE, size - at))
    const got = await file.read(piece, at)
    if (got === 0) break
    at += got
    let from = 0
    for (let end: number; (end = piece.subarray(0, got).indexOf(LINE_FEED, from)) >= 0; from = end + 1) {
      take(piece.subarray(from, end))
      yield line(true)
    }
    if (from < got) take(piece.subarray(from, got))
  }
  if (length > 0) yield line(false)
}
