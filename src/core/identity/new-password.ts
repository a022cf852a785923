// From what a person types as a new password to the hash a command carries: the present one is asked for, the rules are
// applied, former ones are refused. The password itself goes no further than this page.

import type { Problem, Uuid } from '../../kernel/index.ts'
import { sql, type Store } from '../store/index.ts'
import { hashPassword, PASSWORD_COST, SALT_BYTES, verifyPassword, type PasswordCost } from './password-hash.ts'
import { normalisePassword, passwordProblems } from './password-policy.ts'
import { problem } from './problems.ts'

export interface NewPassword {
  readonly person: Uuid
  /** One's present password; absent where the administrator sets one. */
  readonly present?: string
  readonly password: string
}

export interface PasswordWorld {
  readonly store: Store
  readonly random: (count: number) => Uint8Array
  readonly cost?: PasswordCost
}

/** The input of `changePassword` or `resetPassword`, or everything that speaks against the password. */
export async function newPassword(
  { store, random, cost = PASSWORD_COST }: PasswordWorld,
  given: NewPassword,
): Promise<{ readonly person: Uuid; readonly hash: string } | readonly Problem[]> {
  const row = (
    await store.query<{ login: string; present: string | null; former: string | null }>(
      sql`select p.login, (select value from personal_value v where v.commitment = c.password) as present,
            (select string_agg(v.value, ' ') from personal_value v where v.commitment = any(c.former)) as former
          from person p join credential c on c.person = p.id where p.id = ${given.person} and not p.erased`,
    )
  )[0]
  if (!row) return [problem('identity.person-unknown', {})]
  if (given.present !== undefined && (row.present === null || !(await verifyPassword(row.present, given.present))))
    return [problem('identity.sign-in-failed', {})]
  const wrong = passwordProblems(normalisePassword(given.password), row.login)
  if (wrong.length > 0) return wrong
  const used = [row.present, ...(row.former?.split(' ') ?? [])].filter((h) => h !== null)
  for (const hash of used)
    if (await verifyPassword(hash, given.password)) return [problem('identity.password-same', {})]
  return { person: given.person, hash: await hashPassword(given.password, { salt: random(SALT_BYTES), cost }) }
}
