// Decoded blocks kept for a while, so that a block is not read again for every tile that touches it.
// Always holds: the blocks kept take at most `limit` bytes, plus the one just asked for; the oldest leave first.
// What is kept changes how long a reading takes, never what is read.

import type { Samples } from '../stored-band.ts'

export interface BlockCache {
  /** Gives a kept block, else makes and keeps it. Blocks that were never written cost nothing. */
  get(block: number, make: () => Samples | undefined): Samples | undefined
  /** Bytes kept now. */
  readonly bytes: number
  clear(): void
}

export function blockCache(limit: number): BlockCache {
  // A Map remembers the order of insertion: the first is the one not used for longest.
  const kept = new Map<number, Samples>()
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    get(block, make) {
      const found = kept.get(block)
      if (found) {
        kept.delete(block)
        kept.set(block, found)
        return found
      }
      const made = make()
      if (!made || made.byteLength > limit) return made
      kept.set(block, made)
      bytes += made.byteLength
      for (const [oldest, samples] of kept) {
        if (bytes <= limit) break
        kept.delete(oldest)
        bytes -= samples.byteLength
      }
      return made
    },
    clear() {
      kept.clear()
      bytes = 0
    },
  }
}
