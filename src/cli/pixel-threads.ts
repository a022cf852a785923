// How many threads share a pass over maps, and where their module stands in the bundle.

import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { ProblemError } from '../kernel/index.ts'
import { mapsProblem } from '../domains/accounting/index.ts'
import { openThreads, type Threads } from '../raster/index.ts'

const MOST_THREADS = 64

/** @throws ProblemError `maps.bad-threads` */
export function parseThreads(typed: string): number {
  const count = /^\d{1,2}$/.test(typed) ? Number(typed) : 0
  if (count < 1 || count > MOST_THREADS) throw new ProblemError(mapsProblem('maps.bad-threads', { text: typed, most: MOST_THREADS })) // prettier-ignore
  return count
}

/** Undefined for one thread, and where the program runs from its sources, which other threads cannot load. */
export function pixelThreads(count = Math.min(MOST_THREADS, availableParallelism())): Threads | undefined {
  const script = new URL('pixel-worker.mjs', import.meta.url)
  return count > 1 && existsSync(script) ? openThreads(script, count) : undefined
}
