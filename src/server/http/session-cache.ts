// Sessions found by their token. A found one is believed for two seconds without asking the database again: a page asks ten
// things at once.
// Always holds: what this process ends or writes counts at once; what another process ends counts after two seconds.

import type { Problem } from '../../kernel/index.ts'
import { findSession, type FoundSession } from '../../core/identity/index.ts'
import type { Watched } from './watch-writes.ts'

const BELIEVED_MS = 2_000
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
  return {
    find: async (token) => {
      const known = kept.get(token)
      if (known && known.until > clock() && known.writes === writes()) return known.found
      const before = writes()
      const found = await findSession({ store: house.store, now: house.world.now }, token)
      kept.delete(token)
      if ('code' in found) return found
      if (kept.size >= MOST) kept.delete(kept.keys().next().value!)
      kept.set(token, { found, until: clock() + BELIEVED_MS, writes: before })
      return found
    },
    forget: () => kept.clear(),
  }
}
