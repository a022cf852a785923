// A session: how it is named, when it ends, and how many one person may have (GB/T 22239-2019, 8.1.4.1 b and 8.1.4.2).
// Always holds: the token itself is known to the browser alone; what is stored is its SHA-256.

import { createHash } from 'node:crypto'
import { instantMs, type Instant } from '../../kernel/index.ts'

export interface SessionRules {
  readonly idleMs: number
  readonly absoluteMs: number
  /** Sessions one person may have open at a time. */
  readonly parallel: number
}

export const SESSION_RULES: SessionRules = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000, parallel: 3 }

const TOKEN_BYTES = 32
/** Base64url of 32 bytes. */
const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/

export interface SessionTimes {
  readonly opened: Instant
  readonly lastSeen: Instant
  readonly revoked?: Instant
}

export type SessionState = 'open' | 'idle' | 'expired' | 'revoked'

export function sessionState(s: SessionTimes, now: Instant, rules: SessionRules = SESSION_RULES): SessionState {
  if (s.revoked !== undefined) return 'revoked'
  const ms = instantMs(now)
  if (ms - instantMs(s.opened) >= rules.absoluteMs) return 'expired'
  return ms - instantMs(s.lastSeen) >= rules.idleMs ? 'idle' : 'open'
}

/** The sessions to end before one more opens: those unused for longest. */
export function sessionsToEnd<S extends SessionTimes>(
  open: readonly S[],
  rules: SessionRules = SESSION_RULES,
): readonly S[] {
  const oldestFirst = [...open].sort((a, b) => (a.lastSeen < b.lastSeen ? -1 : a.lastSeen > b.lastSeen ? 1 : 0))
  return oldestFirst.slice(0, Math.max(0, open.length - rules.parallel + 1))
}

export interface NewToken {
  /** For the cookie, once; 43 characters. */
  readonly token: string
  /** What is stored: 64 hexadecimal digits. */
  readonly hash: string
}

export function newToken(random: (count: number) => Uint8Array): NewToken {
  const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url')
  return { token, hash: sha256(token) }
}

/** Undefined where the text cannot be a token, so that junk never reaches the database. */
export const tokenHash = (token: string): string | undefined => (TOKEN_FORM.test(token) ? sha256(token) : undefined)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
