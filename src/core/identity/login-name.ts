// Login names. They stand in acts and sign-in events for ever, so they must not be personal data themselves:
// a name begins with a letter, which keeps out telephone and identity-card numbers.
// Always holds: two names that look alike to a keyboard (case, full-width letters) are one name.

import type { Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'

export const LOGIN_NAME_LEAST = 3
export const LOGIN_NAME_MOST = 32
const FORM = /^[a-z][a-z0-9._-]*$/

/** Names that would pass for the platform itself, or for an account several people share. */
const RESERVED: readonly string[] = ['system', 'public', 'root', 'admin', 'administrator', 'test', 'guest', 'anonymous']

/** The one spelling under which a name is kept and looked up. */
export const normaliseLoginName = (given: string): string => given.normalize('NFKC').trim().toLowerCase()

/** @param name as `normaliseLoginName` gives it */
export function loginNameProblem(name: string): Problem | undefined {
  if (name.length < LOGIN_NAME_LEAST || name.length > LOGIN_NAME_MOST || !FORM.test(name))
    return problem('identity.login-name', { least: LOGIN_NAME_LEAST, most: LOGIN_NAME_MOST })
  return RESERVED.includes(name) ? problem('identity.login-name-reserved', { name }) : undefined
}
