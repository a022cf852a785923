// Bytes as text and back, strictly: base64 (RFC 4648 section 4), hex and UTF-8, each with one spelling only, so that a
// file changed by one character is never read as the same file. Runs in a browser and in Node alike.

import { bytesToHex } from '@noble/hashes/utils.js'

export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes)

/** Lower-case hex only; undefined for anything else. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

/** With padding, in pieces, because a call takes a limited number of arguments. */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) pieces.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  return btoa(pieces.join(''))
}

/** Undefined unless the text is exactly what `toBase64` writes: no spaces, no missing padding, no stray last bits. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  return toBase64(bytes) === text ? bytes : undefined
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const toUtf8 = (text: string): Uint8Array => encoder.encode(text)

/** Undefined for bytes that are no UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** True where the text has no lone surrogate, so that its UTF-8 is the same text again. */
export const isWholeText = (text: string): boolean => !/\p{Surrogate}/u.test(text)

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Index of the first byte in which two byte strings differ (or where the shorter ends); undefined when they are equal. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i
  return a.length === b.length ? undefined : length
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => firstDifference(a, b) === undefined

/** Eight bytes, most significant first. */
export function uint64(n: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n))
  return bytes
}
