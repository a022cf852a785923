// Sign-in: login name and password, then the one-time code where the person has one; or an identity a provider vouches for.
// Always holds: a failure is counted before the password is looked at, so that guessing in parallel gains nothing; an
// unknown name costs the same work and gets the same answer as a wrong password, and locks in the same way.

import { createHash } from 'node:crypto'
import { civilDateIn, instantMs, type CivilDate, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import { insert } from '../record/index.ts'
import { insertRows, putRows, sql, type Reader } from '../store/index.ts'
import { afterFailure, isLocked, UNLOCKED, type LockState } from './lock-out.ts'
import { normaliseLoginName } from './login-name.ts'
import { subjectHash, type OidcSubject } from './oidc.ts'
import { takeCode } from './one-time-code.ts'
import { decoyHash, PASSWORD_COST, verifyPassword, wantsRehash, type PasswordCost } from './password-hash.ts'
import { PASSWORD_AGE_DAYS, PASSWORD_MOST, passwordAge, type PasswordAge } from './password-policy.ts'
import { problem } from './problems.ts'
import { signInEvent, signInState } from './schema.ts'
import {
  callerCells,
  openSession,
  type Caller,
  type OpenedSession,
  type SessionWorld,
  type SignInMethod,
} from './sessions.ts'

export interface SignInWorld extends SessionWorld {
  /** The zone in which a day of the password counts, `+08:00`. */
  readonly zone: string
  readonly cost?: PasswordCost
  readonly passwordDays?: number
}

export interface SignInGiven extends Caller {
  readonly login: string
  readonly password: string
  readonly code?: string
}

export interface SignedIn extends OpenedSession {
  readonly person: Uuid
  readonly passwordAge: PasswordAge
  /** The password is somebody else's choice, too old, or hashed by an older rule: nothing may be done before it is changed. */
  readonly mustChange: boolean
}

interface Account {
  readonly person: Uuid
  readonly disabled: boolean
  readonly password?: string
  readonly changed?: CivilDate
  readonly mustChange: boolean
  readonly codeKey?: string
}

export async function signIn(world: SignInWorld, given: SignInGiven): Promise<SignedIn | Problem> {
  const { store, now, cost = PASSWORD_COST } = world
  const login = normaliseLoginName(given.login.slice(0, PASSWORD_MOST))
  const key = createHash('sha256').update(login).digest('hex')
  const account = await findAccount(store, login)
  const note = (result: string): Promise<void> => writeEvent(world, 'password', result, given, account?.person)

  const lockedUntil = await countFailure(world, key)
  if (lockedUntil !== undefined) {
    await note('locked')
    const minutes = Math.ceil((instantMs(lockedUntil) - instantMs(now())) / 60_000)
    return problem('identity.sign-in-locked', { minutes })
  }
  const usable = account && !account.disabled ? account : undefined
  const right = await verifyPassword(
    usable?.password ?? (await decoyHash(cost)),
    given.password.slice(0, 4 * PASSWORD_MOST),
  )
  if (!usable?.password || !right) {
    await note(account?.disabled ? 'disabled' : 'failed')
    return problem('identity.sign-in-failed', {})
  }
  if (usable.codeKey !== undefined) {
    if (given.code === undefined || given.code === '') {
      await note('code-wanted')
      return problem('identity.code-wanted', {})
    }
    if (!(await useCode(world, { person: usable.person, key: usable.codeKey, code: given.code }))) {
      await note('failed')
      return problem('identity.sign-in-failed', {})
    }
  }
  await store.query(sql`delete from sign_in_state where login_hash = ${key}`)
  await note('ok')
  const age = usable.changed
    ? passwordAge(usable.changed, civilDateIn(now(), world.zone), world.passwordDays ?? PASSWORD_AGE_DAYS)
    : 'expired'
  const opened = await openSession(world, { ...given, person: usable.person, method: 'password' })
  const mustChange = usable.mustChange || age === 'expired' || wantsRehash(usable.password, cost)
  return { ...opened, person: usable.person, passwordAge: age, mustChange }
}

/** Sign-in of a subject that `finishOidc` gave; the account is the one it is linked to. No code is asked for: how surely the
 *  provider knows its people is its own affair, and whoever links an account to it relies on that. */
export async function signInLinked(
  world: SessionWorld,
  { issuer, subject, ...caller }: OidcSubject & Caller,
): Promise<(OpenedSession & { readonly person: Uuid }) | Problem> {
  const hash = subjectHash({ issuer, subject })
  const found = (
    await world.store.query<{ person: Uuid; disabled: boolean }>(
      sql`select l.person, p.disabled from linked_identity l join person p on p.id = l.person
          where l.subject_hash = ${hash} and not l.ended`,
    )
  )[0]
  const result = !found ? 'failed' : found.disabled ? 'disabled' : 'ok'
  await writeEvent(world, 'oidc', result, caller, found?.person)
  if (!found || found.disabled) return problem('identity.subject-not-linked', { subject: hash })
  return { ...(await openSession(world, { ...caller, person: found.person, method: 'oidc' })), person: found.person }
}

async function findAccount(reader: Reader, login: string): Promise<Account | undefined> {
  const row = (
    await reader.query<{
      id: Uuid
      disabled: boolean
      password: string | null
      changed: CivilDate | null
      must_change: boolean | null
      code_key: string | null
    }>(
      sql`select p.id, p.disabled, c.changed, c.must_change,
            (select value from personal_value v where v.commitment = c.password) as password,
            (select value from personal_value v where v.commitment = c.code_key) as code_key
          from person p left join credential c on c.person = p.id where p.login = ${login}`,
    )
  )[0]
  if (!row) return undefined
  return {
    person: row.id,
    disabled: row.disabled,
    mustChange: row.must_change ?? false,
    ...(row.password === null ? {} : { password: row.password }),
    ...(row.changed === null ? {} : { changed: row.changed }),
    ...(row.code_key === null ? {} : { codeKey: row.code_key }),
  }
}

interface StateRow {
  readonly failures: number
  readonly locks: number
  readonly locked_until: Instant | null
  readonly last_failure: Instant | null
}

/** Counts one failure ahead; a good sign-in takes it back. Until when the name is locked, where it was already. */
async function countFailure({ store, now }: SignInWorld, key: string): Promise<Instant | undefined> {
  const at = now()
  return store.transaction(async (tx) => {
    const none = { login_hash: key, failures: 0, locks: 0, locked_until: null, last_failure: null }
    await tx.query(sql`${insertRows(signInState, [none])} on conflict do nothing`)
    const row = (await tx.query<StateRow>(sql`select * from sign_in_state where login_hash = ${key} for update`))[0]
    const state: LockState = row
      ? {
          failures: row.failures,
          locks: row.locks,
          ...(row.locked_until === null ? {} : { lockedUntil: row.locked_until }),
          ...(row.last_failure === null ? {} : { lastFailure: row.last_failure }),
        }
      : UNLOCKED
    if (isLocked(state, at)) return state.lockedUntil
    const next = afterFailure(state, at)
    await tx.query(
      putRows(signInState, [
        {
          login_hash: key,
          failures: next.failures,
          locks: next.locks,
          locked_until: next.lockedUntil ?? null,
          last_failure: next.lastFailure ?? null,
        },
      ]),
    )
    return undefined
  })
}

/** Whether the code is good; its step is taken at once, so that of two sign-ins with one code one gets in. */
async function useCode(
  { store, now }: SignInWorld,
  { person, key, code }: { person: Uuid; key: string; code: string },
): Promise<boolean> {
  const step = takeCode({ key, code, now: now() })
  if (step === undefined) return false
  const taken = await store.query(
    sql`insert into code_use (person, last_step) values (${person}, ${step})
        on conflict (person) do update set last_step = excluded.last_step where code_use.last_step < excluded.last_step
        returning person`,
  )
  return taken.length === 1
}

async function writeEvent(
  { now, newId, note }: SessionWorld,
  method: SignInMethod,
  result: string,
  caller: Caller,
  person: Uuid | undefined,
): Promise<void> {
  const row = { id: newId(), at: now(), person: person ?? null, method, result, ...callerCells(caller) }
  await note([insert(signInEvent, row)])
}
