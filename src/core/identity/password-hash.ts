// Passwords as argon2id hashes (RFC 9106) in PHC text, which carries its own parameters and salt.
// Always holds: the salt comes from outside; a weaker cost is used only where a caller says so by name.

import { hash, verify } from '@node-rs/argon2'
import { normalisePassword } from './password-policy.ts'

export interface PasswordCost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

/** OWASP Password Storage Cheat Sheet, argon2id with 19 MiB: about 25 ms a sign-in, and no more memory than a small server has. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2, lanes: 1 }

export const SALT_BYTES = 16

/** The package declares its algorithms as a const enum, which has no value to import. */
const ARGON2ID = 2

export interface HashOptions {
  readonly salt: Uint8Array
  readonly cost?: PasswordCost
}

export async function hashPassword(password: string, { salt, cost = PASSWORD_COST }: HashOptions): Promise<string> {
  if (salt.length !== SALT_BYTES) throw new Error(`salt of ${salt.length} bytes`)
  return hash(normalisePassword(password), {
    algorithm: ARGON2ID,
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    salt,
  })
}

/** The whole of a hash; a longer one, or one of another kind, is none of ours. */
const FORM = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d),p=(\d)\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/
/** A hash tells the verifier how much memory to take: what was slipped in must not take all of it. */
const MEMORY_MOST_KIB = 65_536

function costOf(phc: string): PasswordCost | undefined {
  const m = FORM.exec(phc)
  const cost = m && { memoryKib: Number(m[1]), passes: Number(m[2]), lanes: Number(m[3]) }
  return cost && cost.memoryKib <= MEMORY_MOST_KIB ? cost : undefined
}

/** Compares in constant time. No password fits a text that is no hash of ours. */
export const verifyPassword = async (phc: string, password: string): Promise<boolean> =>
  costOf(phc) !== undefined && verify(phc, normalisePassword(password))

/** Whether a hash was made with another cost than today's: its password is to be changed. */
export function wantsRehash(phc: string, cost: PasswordCost = PASSWORD_COST): boolean {
  const made = costOf(phc)
  return made?.memoryKib !== cost.memoryKib || made.passes !== cost.passes || made.lanes !== cost.lanes
}

const decoys = new Map<string, Promise<string>>()

/** The hash an unknown login name is compared with, so that it costs the same work as a known one. No password fits:
 *  normalised passwords are never this long. */
export function decoyHash(cost: PasswordCost = PASSWORD_COST): Promise<string> {
  const key = `${cost.memoryKib},${cost.passes},${cost.lanes}`
  const made = decoys.get(key) ?? hashPassword('-'.repeat(1000), { salt: new Uint8Array(SALT_BYTES), cost })
  decoys.set(key, made)
  return made
}
