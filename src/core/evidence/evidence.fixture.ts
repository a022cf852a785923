// What the tests of this room share: a tree as the standard writes it down, a folder in memory, chance that repeats, and
// a small log of acts with its keys.

import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson } from '../../kernel/index.ts'
import { joinBytes, toUtf8 } from './bytes.ts'
import { signCheckpoint } from './checkpoint.ts'
import { keyOfSeed, signerOf, verifierOf } from './keys.ts'
import { leafEntry } from './leaf.ts'
import { emptyRoot, leafHash, root, type Hash } from './merkle.ts'
import { writeTiles, type LogFolder } from './write-tiles.ts'

/** MTH of RFC 6962 section 2.1, word for word. */
export function naiveRoot(entries: readonly Uint8Array[]): Hash {
  if (entries.length === 0) return sha256(new Uint8Array(0))
  if (entries.length === 1) return sha256(joinBytes(Uint8Array.of(0), entries[0]!))
  const k = largestPowerBelow(entries.length)
  return sha256(joinBytes(Uint8Array.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k))))
}

/** PATH(m, D[n]) of RFC 6962 section 2.1.1, word for word. */
export function naivePath(m: number, entries: readonly Uint8Array[]): Hash[] {
  if (entries.length === 1) return []
  const k = largestPowerBelow(entries.length)
  return m < k
    ? [...naivePath(m, entries.slice(0, k)), naiveRoot(entries.slice(k))]
    : [...naivePath(m - k, entries.slice(k)), naiveRoot(entries.slice(0, k))]
}

/** SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2, word for word. */
export function naiveSubproof(m: number, entries: readonly Uint8Array[], whole = true): Hash[] {
  if (m === entries.length) return whole ? [] : [naiveRoot(entries)]
  const k = largestPowerBelow(entries.length)
  return m <= k
    ? [...naiveSubproof(m, entries.slice(0, k), whole), naiveRoot(entries.slice(k))]
    : [...naiveSubproof(m - k, entries.slice(k), false), naiveRoot(entries.slice(0, k))]
}

function largestPowerBelow(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** Entry i of every made-up log: SHA-256 of `entry i`. */
export const entryOf = (i: number): Uint8Array => sha256(toUtf8(`entry ${i}`))
export const entriesTo = (size: number, from = 0): Uint8Array[] =>
  Array.from({ length: size - from }, (_, i) => entryOf(from + i))

export function memoryFolder(): LogFolder & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  return { files, read: (path) => files.get(path), write: (path, bytes) => void files.set(path, bytes) }
}

/** Bytes that look random and are the same in every run. */
export function seededRandom(seed: string): (bytes: number) => Uint8Array {
  let n = 0
  return (bytes) => {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, () => sha256(toUtf8(`${seed} ${n++}`)))
    return joinBytes(...blocks).slice(0, bytes)
  }
}

export const ORIGIN = 'example.cn/qingshan/xiangjiang'
const seed = (text: string): Uint8Array => sha256(toUtf8(text))
export const logKeys = keyOfSeed(ORIGIN, 'ed25519', seed('log'))
export const witnessKeys = keyOfSeed('witness.example.cn/w1', 'cosignature', seed('witness'))
export const otherWitnessKeys = keyOfSeed('witness.example.cn/w2', 'cosignature', seed('other witness'))
export const logSigner = signerOf(logKeys.signerKey)
export const witnessSigner = signerOf(witnessKeys.signerKey)
export const trust = { logs: [verifierOf(logKeys.verifierKey)], witnesses: [verifierOf(witnessKeys.verifierKey)] }

export interface MadeAct {
  readonly index: number
  readonly act: string
  readonly salt: Uint8Array
}

export const actOf = (index: number, more: Record<string, string> = {}): MadeAct => ({
  index,
  act: canonicalJson({ type: 'permit-issued', number: `湘排-${index}`, amountKg: String(1000 + index), ...more }),
  salt: seed(`salt ${index}`),
})

/** A log of made-up acts, published in two steps, with its checkpoint. */
export async function madeLog(size: number, acts = Array.from({ length: size }, (_, i) => actOf(i))) {
  const folder = memoryFolder()
  const entries = acts.map((a) => leafEntry(a.salt, a.act))
  const middle = Math.floor(size / 3)
  const first = await writeTiles(folder, { from: { size: 0, root: emptyRoot() }, to: middle, entries })
  const frontier = await writeTiles(folder, {
    from: { size: middle, root: root(first) },
    to: size,
    entries: entries.slice(middle),
  })
  const head = { origin: ORIGIN, size, root: root(frontier), extensions: [] }
  const checkpoint = signCheckpoint(head, [logSigner, witnessSigner], 1_700_000_000)
  return { folder, acts, entries, leaves: entries.map(leafHash), frontier, head, checkpoint }
}
