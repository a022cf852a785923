// Sessions found by their token. A found one is believed for a quarter of a second without asking the database again: a page asks
// ten things at once, and a busy screen costs four look-ups a second instead of hundreds.
// Always holds: what this process ends or writes counts at once; what another process on the same database server ends counts
// after that quarter. (The embedded database has one process.) Longer would save nothing that can be measured.

import type { Problem } from '../../kernel/index.ts'
import { findSession, type FoundSession } from '../../core/identity/index.ts'
import type { Watched } from './watch-writes.ts'

export const BELIEVED_MS = 250
/** More open sessions than an office has; beyond it the oldest is asked for again. */
const MOST = 10_000

export interface Sessions {
  find(token: string): Promise<FoundSession | Problem>
  /** After sessions were ended. */
  forget(): void
}

interface Kept {
  readonly found: FoundSession
  readonly until: number
  readonly writes: number
}

/** @param clock milliseconds that only go forward */
export function sessionCache({ house, writes }: Watched, clock: () => number): Sessions {
  const kept = new Map<string, Kept>()
  /** Counts the endings: what was looked up before one may be older than it. */
  let endings = 0
  return {
    find: async (token) => {
      const known = kept.get(token)
      if (known && known.until > clock() && known.writes === writes()) return known.found
      const before = { writes: writes(), endings, until: clock() + BELIEVED_MS }
      const found = await findSession({ store: house.store, now: house.world.now }, token)
      kept.delete(token)
      if ('code' in found || before.endings !== endings) return found
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!)
      kept.set(token, { found, until: before.until, writes: before.writes })
      return found
    },
    forget: () => {
      endings += 1
      kept.clear()
    },
  }
}
