// The salted commitment of one personal value: the act holds `~` and 64 hex digits, the value and its salt stand in a
// table of their own. Erasing both leaves the log whole and the commitment without meaning (personal information law,
// article 47). SHA-256("qingshan personal v1\n" ‖ 16 bytes of salt ‖ UTF-8 of the value).

import { sha256 } from '@noble/hashes/sha2.js'
import { assert } from '../../kernel/index.ts'
import { isWholeText, joinBytes, toHex, toUtf8 } from './bytes.ts'
import type { Random } from './keys.ts'

export const PERSONAL_SALT_BYTES = 16
const DOMAIN = toUtf8('qingshan personal v1\n')

/** `~` and 64 hex digits. */
export const isCommitment = (text: string): boolean => /^~[0-9a-f]{64}$/.test(text)

export function commitmentOf(salt: Uint8Array, value: string): string {
  assert(salt.length === PERSONAL_SALT_BYTES, 'the salt of a personal value has 16 bytes')
  return `~${toHex(sha256(joinBytes(DOMAIN, salt, toUtf8(value))))}`
}

/** A fresh salt for every value, also for an equal one. */
export function commit(value: string, random: Random): { readonly commitment: string; readonly salt: Uint8Array } {
  const salt = random(PERSONAL_SALT_BYTES)
  return { commitment: commitmentOf(salt, value), salt }
}

/** True when value and salt are those of the commitment; never throws. */
export const opensCommitment = (commitment: string, salt: Uint8Array, value: string): boolean =>
  salt.length === PERSONAL_SALT_BYTES && isWholeText(value) && commitmentOf(salt, value) === commitment
