// Decoded blocks kept for a while, so that a block is not read again for every tile that touches it.
// Always holds: the blocks kept take at most `limit` bytes, plus the one just asked for and the memory of one that left, which the
// next is read into; the oldest leave first. What is kept changes how long a reading takes, never what is read.

import type { Samples } from '../stored-band.ts'

/** @param spare memory of a block nobody looks at any more, which may be filled anew and given back */
export type MakeBlock = (spare: Samples | undefined) => Samples | undefined

export interface BlockCache {
  /** Gives a kept block, else makes and keeps it. Blocks that were never written cost nothing.
   *  What is given is good until the next call: its memory may then be another block's. */
  get(block: number, make: MakeBlock): Samples | undefined
  /** A kept block. */
  find(block: number): Samples | undefined
  /** Bytes kept now. */
  readonly bytes: number
  clear(): void
}

export function blockCache(limit: number): BlockCache {
  // A Map remembers the order of insertion: the first is the one not used for longest.
  const kept = new Map<number, Samples>()
  let bytes = 0
  let spare: Samples | undefined
  const find = (block: number): Samples | undefined => {
    const found = kept.get(block)
    if (found) {
      kept.delete(block)
      kept.set(block, found)
    }
    return found
  }
  return {
    get bytes() {
      return bytes
    },
    find,
    get(block, make) {
      const found = find(block)
      if (found) return found
      const made = make(spare)
      if (!made) return undefined
      if (made.buffer === spare?.buffer) spare = undefined
      if (made.byteLength > limit) {
        spare = made
        return made
      }
      kept.set(block, made)
      bytes += made.byteLength
      for (const [oldest, samples] of kept) {
        if (bytes <= limit) break
        kept.delete(oldest)
        bytes -= samples.byteLength
        spare = samples
      }
      return made
    },
    clear() {
      kept.clear()
      bytes = 0
      spare = undefined
    },
  }
}
