// When too many wrong passwords lock an account for a while (GB/T 22239-2019, 8.1.4.1 b).
// Pure: a state and a point of time give the next state. Always holds: a lock ends by itself; a good sign-in clears all.

import { addMs, instantMs, type Instant } from '../../kernel/index.ts'

export const FAILURES_TO_LOCK = 5
const MINUTE = 60_000
export const FIRST_LOCK_MS = 15 * MINUTE
/** Each further lock doubles the last, up to a day. */
export const LONGEST_LOCK_MS = 24 * 60 * MINUTE
/** After a day without a failure the count begins anew. */
const FORGET_MS = 24 * 60 * MINUTE

export interface LockState {
  /** Wrong passwords since the last lock or good sign-in. */
  readonly failures: number
  /** Locks since the last good sign-in. */
  readonly locks: number
  readonly lockedUntil?: Instant
  readonly lastFailure?: Instant
}

export const UNLOCKED: LockState = { failures: 0, locks: 0 }

export const isLocked = (state: LockState, now: Instant): boolean =>
  state.lockedUntil !== undefined && now < state.lockedUntil

/** @param locks how many there have been with this one, from 1; the seventh doubling passes the longest */
export const lockMs = (locks: number): number =>
  Math.min(FIRST_LOCK_MS * (1 << Math.min(locks - 1, 7)), LONGEST_LOCK_MS)

/** The state after a failure. While locked nothing is counted: who waits is not punished for trying. */
export function afterFailure(state: LockState, now: Instant): LockState {
  if (isLocked(state, now)) return state
  const since = [state.lastFailure, state.lockedUntil]
    .filter((i) => i !== undefined)
    .sort()
    .at(-1)
  const old = since !== undefined && instantMs(now) - instantMs(since) > FORGET_MS
  const { failures, locks } = old ? UNLOCKED : state
  if (failures + 1 < FAILURES_TO_LOCK) return { failures: failures + 1, locks, lastFailure: now }
  return { failures: 0, locks: locks + 1, lastFailure: now, lockedUntil: addMs(now, lockMs(locks + 1)) }
}
