// The digests of large maps, remembered from run to run in the user's cache folder. What cannot be read or written there costs
// time and nothing else. `QINGSHAN_CACHE` names another folder; `--fresh` hashes everything again.

import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { KnownDigests } from '../core/exchange-formats/index.ts'
import { writeWhole } from './write-whole.ts'

/** A province has tens of maps a year. */
const MOST_KEPT = 2_000

/** Newest last. */
const kept = z.array(z.tuple([z.string().max(200), z.string().regex(/^[0-9a-f]{64}$/)])).max(MOST_KEPT)

export function cacheFolder(): string {
  const { QINGSHAN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  return QINGSHAN_CACHE ?? join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'qingshan')
}

export function keptDigests(folder = cacheFolder()): KnownDigests {
  const file = join(folder, 'digests.json')
  const known = readKept(file)
  return {
    now: () => Date.now(),
    find: (stamp) => known.get(stamp),
    keep: (stamp, sha256) => {
      // Another run may have written meanwhile.
      for (const [theirs, digest] of readKept(file)) if (!known.has(theirs)) known.set(theirs, digest)
      known.delete(stamp)
      known.set(stamp, sha256)
      for (const oldest of known.keys()) {
        if (known.size <= MOST_KEPT) break
        known.delete(oldest)
      }
      try {
        mkdirSync(folder, { recursive: true })
        writeWhole(file, JSON.stringify([...known]))
      } catch {
        // A cache that cannot be written is no cache.
      }
    },
  }
}

function readKept(file: string): Map<string, string> {
  try {
    return new Map(kept.parse(JSON.parse(readFileSync(file, 'utf8'))))
  } catch {
    return new Map()
  }
}
