// Sessions in the database: opened at sign-in, found by their token, listed for their owner, revoked one or all.
// Always holds: a token finds a session only while it is open and its person is not disabled; one person never has more
// open sessions than the rules allow, also when signing in twice at the same moment.

import { addMs, instantMs, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import type { RowChange } from '../record/index.ts'
import { insertRows, sql, type Reader, type Store } from '../store/index.ts'
import { problem } from './problems.ts'
import { session, type SessionRow } from './schema.ts'
import { newToken, SESSION_RULES, sessionsToEnd, sessionState, tokenHash, type SessionRules } from './session-rules.ts'

export type SignInMethod = 'password' | 'oidc'

/** Where a request comes from, as far as the server knows it. */
export interface Caller {
  readonly fromAddress?: string
  readonly device?: string
}

/** What reaches from outside into sign-in and sessions. */
export interface SessionWorld {
  readonly store: Store
  readonly now: () => Instant
  readonly random: (count: number) => Uint8Array
  readonly newId: () => Uuid
  /** Writes rows beside the log as durably as acts: the recorder's `writeLoose`. */
  readonly note: (changes: readonly RowChange[]) => Promise<void>
  readonly rules?: SessionRules
}

export interface OpenedSession {
  readonly id: Uuid
  /** For the cookie; stored nowhere. */
  readonly token: string
}

/** Addresses and names of devices are told by the caller and kept short. */
const CALLER_MOST = 200
const cut = (text: string | undefined): string | null => text?.slice(0, CALLER_MOST) ?? null
export const callerCells = (caller: Caller): { from_address: string | null; device: string | null } => ({
  from_address: cut(caller.fromAddress),
  device: cut(caller.device),
})

export async function openSession(
  { store, now, random, newId, rules = SESSION_RULES }: SessionWorld,
  about: { readonly person: Uuid; readonly method: SignInMethod } & Caller,
): Promise<OpenedSession> {
  const at = now()
  const { token, hash } = newToken(random)
  const id = newId()
  await store.transaction(async (tx) => {
    // The person's row is the lock: two sign-ins of one person follow one another.
    await tx.query(sql`select id from person where id = ${about.person} for update`)
    const stand = await unrevoked(tx, about.person)
    const open = stand.filter((s) => sessionState(timesOf(s), at, rules) === 'open')
    const surplus = new Set(
      sessionsToEnd(
        open.map((s) => ({ ...timesOf(s), id: s.id })),
        rules,
      ).map((s) => s.id),
    )
    for (const s of stand) {
      const state = sessionState(timesOf(s), at, rules)
      const why = state !== 'open' ? state : surplus.has(s.id) ? 'too-many' : undefined
      if (why !== undefined) await tx.query(sql`update session set revoked = ${at}, why = ${why} where id = ${s.id}`)
    }
    const row: SessionRow = {
      id,
      token_hash: hash,
      person: about.person,
      method: about.method,
      opened: at,
      last_seen: at,
      revoked: null,
      why: null,
      ...callerCells(about),
    }
    await tx.query(insertRows(session, [row]))
  })
  return { id, token }
}

const unrevoked = (reader: Reader, person: Uuid): Promise<readonly SessionRow[]> =>
  reader.query<SessionRow>(sql`select * from session where person = ${person} and revoked is null order by opened, id`)

const timesOf = (s: SessionRow): { opened: Instant; lastSeen: Instant; revoked?: Instant } => ({
  opened: s.opened as Instant,
  lastSeen: s.last_seen as Instant,
  ...(s.revoked === null ? {} : { revoked: s.revoked as Instant }),
})

export interface FoundSession {
  readonly id: Uuid
  readonly person: Uuid
  /** Until the password is changed nothing else may be done. */
  readonly mustChange: boolean
}

/** Last use is written down once a minute, not with every request. */
const TOUCH_MS = 60_000

export async function findSession(
  { store, now, rules = SESSION_RULES }: Pick<SessionWorld, 'store' | 'now' | 'rules'>,
  token: string,
): Promise<FoundSession | Problem> {
  const ended = problem('identity.session-ended', {})
  const hash = tokenHash(token)
  if (hash === undefined) return ended
  const at = now()
  const row = (
    await store.query<SessionRow & { disabled: boolean; must_change: boolean | null }>(
      sql`select s.*, p.disabled, c.must_change from session s join person p on p.id = s.person
          left join credential c on c.person = s.person where s.token_hash = ${hash}`,
    )
  )[0]
  if (!row || row.disabled || sessionState(timesOf(row), at, rules) !== 'open') return ended
  if (instantMs(at) - instantMs(row.last_seen as Instant) >= TOUCH_MS)
    await store.query(sql`update session set last_seen = ${at} where id = ${row.id} and revoked is null`)
  return {
    id: row.id as Uuid,
    person: row.person as Uuid,
    mustChange: row.method === 'password' && row.must_change === true,
  }
}

export interface ListedSession extends Caller {
  readonly id: Uuid
  readonly method: string
  readonly opened: Instant
  readonly lastSeen: Instant
}

/** The open sessions of a person, the one used last first. */
export async function listSessions(
  { store, now, rules = SESSION_RULES }: Pick<SessionWorld, 'store' | 'now' | 'rules'>,
  person: Uuid,
): Promise<readonly ListedSession[]> {
  const at = now()
  return (await unrevoked(store, person))
    .filter((s) => sessionState(timesOf(s), at, rules) === 'open')
    .sort((a, b) => (a.last_seen > b.last_seen ? -1 : 1))
    .map((s) => ({
      id: s.id as Uuid,
      method: s.method,
      opened: s.opened as Instant,
      lastSeen: s.last_seen as Instant,
      ...(s.from_address === null ? {} : { fromAddress: s.from_address }),
      ...(s.device === null ? {} : { device: s.device }),
    }))
}

export interface Revocation {
  readonly person: Uuid
  /** One session; absent: all of the person. */
  readonly id?: Uuid
  /** The session that stays: one's own, after a change of password. */
  readonly except?: Uuid
  readonly why: 'signed-out' | 'revoked' | 'password-changed' | 'disabled'
}

/** Ends sessions; how many were ended. */
export async function revokeSessions(
  { store, now }: Pick<SessionWorld, 'store' | 'now'>,
  { person, id, except, why }: Revocation,
): Promise<number> {
  const ended = await store.query(
    sql`update session set revoked = ${now()}, why = ${why}
        where person = ${person} and revoked is null
          and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
          and (${except ?? null}::uuid is null or id <> ${except ?? null}::uuid)
        returning id`,
  )
  return ended.length
}

/** Six months of sign-in events are kept at least (Cybersecurity Law, article 21); sessions that ended earlier may go. */
const KEEP_MS = 183 * 86_400_000

/** After a day without failure a count of failures says nothing any more; names nobody has would fill the table. */
const COUNT_MS = 25 * 3_600_000

/** Removes what is older than the law asks to keep, and counts of failures that no longer count. Once a day is enough. */
export async function forgetOldSessions({ store, now }: Pick<SessionWorld, 'store' | 'now'>): Promise<void> {
  const before = addMs(now(), -KEEP_MS)
  await store.query(sql`delete from session where last_seen < ${before}`)
  await store.query(sql`delete from sign_in_event where at < ${before}`)
  const counted = addMs(now(), -COUNT_MS)
  await store.query(sql`delete from sign_in_state where greatest(last_failure, locked_until) < ${counted}`)
}
