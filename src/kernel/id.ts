// Ids of everything: UUIDs of RFC 9562. Version 7 orders by time of making and carries no meaning but that; version 8
// is computed from a name, so that what is done twice for the same reason has the same id.
// Always holds: an id is lower case; one maker never gives an id that sorts before an earlier one, also when the clock
// goes back.

import { sha256 } from '@noble/hashes/sha2.js'
import { instantMs, type Instant } from './instant.ts'
import { assert } from './problem.ts'

declare const uuid: unique symbol
/** `017f22e2-79b0-7cc3-98c4-dc0c0c07398f`, lower case. */
export type Uuid = string & { readonly [uuid]: true }

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The version (1 to 8) of a UUID in lower case; undefined where the text is none. Nil and max are none. */
export function uuidVersion(value: string): number | undefined {
  const m = FORM.exec(value)
  return m ? Number(m[1]) : undefined
}

export const isUuid = (value: string): value is Uuid => uuidVersion(value) !== undefined

/** A UUID of version 7 (RFC 9562, 5.7). @param ms of the Unix epoch @param random 10 bytes, of which 74 bits count */
export function uuidv7(ms: number, random: Uint8Array): Uuid {
  assert(Number.isInteger(ms) && ms >= 0 && ms < 2 ** 48, `uuidv7: ${ms} ms`)
  assert(random.length === 10, `uuidv7: ${random.length} random bytes`)
  const bytes = new Uint8Array(16)
  for (let i = 5, rest = ms; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  bytes.set(random, 6)
  return uuidText(bytes, 7)
}

/** The id of a name: the first 128 bits of SHA-256 over the namespace's 16 bytes and the name (RFC 9562, B.2).
 *  A namespace that is not itself a UUID is a text and stands for the id of that text under the house's own namespace. */
export function uuidFrom(namespace: string, name: string): Uuid {
  const space = uuidVersion(namespace) === undefined ? uuidFrom(HOUSE, namespace) : namespace
  const words = new TextEncoder().encode(name)
  const bytes = new Uint8Array(16 + words.length)
  bytes.set(uuidBytes(space as Uuid))
  bytes.set(words, 16)
  return uuidText(sha256(bytes).slice(0, 16), 8)
}

/** Namespace of texts; drawn once and fixed for ever. */
const HOUSE = '6b0c6f3e-58a1-4f0d-9d27-2f6f2a1c7e90' as Uuid

const HEX: readonly string[] = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0'))

export function uuidBytes(id: Uuid): Uint8Array {
  const bytes = new Uint8Array(16)
  const hex = id.replaceAll('-', '')
  for (let i = 0; i < 16; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Writes the version and the variant into 16 bytes and gives their text. */
function uuidText(bytes: Uint8Array, version: 7 | 8): Uuid {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  let text = ''
  for (let i = 0; i < 16; i++) text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + HEX[bytes[i]!]!
  return text as Uuid
}

export interface IdSources {
  readonly now: () => Instant
  /** That many bytes no one can foresee. */
  readonly random: (count: number) => Uint8Array
}

/** A maker of ids of version 7 in strictly rising order (RFC 9562, 6.2, method 2): within one millisecond, and while the
 *  clock stands behind the last id, the random part grows by a random step instead of being drawn again. */
export function idMaker({ now, random }: IdSources): () => Uuid {
  let lastMs = -1
  let tail = 0n
  return () => {
    const ms = instantMs(now())
    if (ms > lastMs) {
      lastMs = ms
      tail = number(random(10)) % TAIL
    } else {
      tail += 1n + number(random(4))
      // 74 random bits are used up: the next millisecond is borrowed.
      if (tail >= TAIL) {
        lastMs++
        tail = number(random(10)) % TAIL
      }
    }
    return uuidv7(lastMs, tailBytes(tail))
  }
}

/** How many values the random part has: 12 bits before the variant and 62 after it. */
const TAIL = 1n << 74n

const number = (bytes: Uint8Array): bigint => bytes.reduce((n, b) => n * 256n + BigInt(b), 0n)

/** Spreads 74 bits over the 10 bytes around the version (4 bits) and the variant (2 bits). */
function tailBytes(tail: bigint): Uint8Array {
  const high = tail >> 62n
  let rest = (high << 64n) | (tail & ((1n << 62n) - 1n))
  const bytes = new Uint8Array(10)
  for (let i = 9; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n)
  return bytes
}
