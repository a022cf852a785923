// An act's entry in the log: SHA-256 of a salt and the act's canonical text (RFC 8785), so that the public log tells
// nothing of an act until the office shows both. The salt is random, kept with the act, and never used twice.

import { sha256 } from '@noble/hashes/sha2.js'
import { assert } from '../../kernel/index.ts'
import { joinBytes, toUtf8 } from './bytes.ts'
import { leafHash, type Hash } from './merkle.ts'

export const ACT_SALT_BYTES = 32

/** The 32 bytes that stand in the entry bundle: SHA-256(salt ‖ UTF-8 of the act).
 *  @param hash SHA-256; where there is a faster one than what also runs in a browser */
export function leafEntry(
  salt: Uint8Array,
  canonicalAct: string,
  hash: (bytes: Uint8Array) => Uint8Array = sha256,
): Uint8Array {
  assert(salt.length === ACT_SALT_BYTES, 'the salt of an act has 32 bytes')
  return hash(joinBytes(salt, toUtf8(canonicalAct)))
}

/** The hash that stands in the tree: RFC 6962 leaf hash of the entry. */
export const actLeafHash = (salt: Uint8Array, canonicalAct: string): Hash => leafHash(leafEntry(salt, canonicalAct))
