// The Merkle tree of the public log (RFC 6962 section 2.1, RFC 9162 section 2.1) over SHA-256. A frontier is the right
// edge of a tree: enough to append and to know the root, 32 bytes for each set bit of the size. Proofs are made from any
// reader of complete subtrees and verified without one; what verifies is browser-safe and never throws on foreign hashes.

import { sha256 } from '@noble/hashes/sha2.js'
import { assert, ProblemError } from '../../kernel/index.ts'
import { joinBytes, sameBytes, uint64 } from './bytes.ts'
import { problem } from './problems.ts'

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array

export const HASH_BYTES = 32
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** SHA-256(0x00 ‖ entry), RFC 6962 section 2.1. */
export const leafHash = (entry: Uint8Array): Hash => sha256(joinBytes(LEAF, entry))

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1. */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(joinBytes(NODE, left, right))

/** Root of the empty tree: SHA-256 of nothing. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0))

const half = (n: number): number => Math.floor(n / 2)
const isOdd = (n: number): boolean => n % 2 === 1
/** Sizes are numbers below 2^53: a log of ten thousand acts a second reaches that after 28 000 years. */
export const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** Leaves under a complete subtree of the level: 2^level, exact. */
export function leavesOf(level: number): number {
  let n = 1
  for (let i = 0; i < level; i++) n *= 2
  return n
}

/** The right edge of a tree: roots of its complete subtrees, largest first. */
export interface Frontier {
  readonly size: number
  readonly edge: readonly Hash[]
}

export const EMPTY_FRONTIER: Frontier = { size: 0, edge: [] }

/** Told each complete subtree as it closes, leaves first: level 0 is leaves, index counts within the level. */
export type NodeWriter = (level: number, index: number, hash: Hash) => void

/** Appends leaf hashes (not entries) in order; about one node hash a leaf. The given frontier stays as it is. */
export function append(frontier: Frontier, leafHashes: Iterable<Hash>, write?: NodeWriter): Frontier {
  const edge = [...frontier.edge]
  let size = frontier.size
  for (const leaf of leafHashes) {
    assert(leaf.length === HASH_BYTES, 'a leaf hash has 32 bytes')
    let hash = leaf
    let index = size
    write?.(0, index, hash)
    for (let level = 1; isOdd(index); level++) {
      hash = nodeHash(edge.pop()!, hash)
      index = half(index)
      write?.(level, index, hash)
    }
    edge.push(hash)
    size++
  }
  assert(isSize(size), 'the log has fewer than 2^53 leaves')
  return { size, edge }
}

/** The Merkle tree hash of everything appended so far. */
export function root(frontier: Frontier): Hash {
  const [last, ...rest] = [...frontier.edge].reverse()
  return last === undefined ? emptyRoot() : rest.reduce((right, left) => nodeHash(left, right), last)
}

function setBits(n: number): number {
  let bits = 0
  for (let rest = n; rest > 0; rest = half(rest)) if (isOdd(rest)) bits++
  return bits
}

/** Eight bytes of the size, most significant first, then the edge. */
export const encodeFrontier = (frontier: Frontier): Uint8Array => joinBytes(uint64(frontier.size), ...frontier.edge)

/** @throws ProblemError log.frontier-broken for bytes no frontier writes */
export function decodeFrontier(bytes: Uint8Array): Frontier {
  const wrong = (): ProblemError => new ProblemError(problem('log.frontier-broken', { bytes: bytes.length }))
  if (bytes.length < 8) throw wrong()
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0))
  if (!isSize(size) || bytes.length !== 8 + HASH_BYTES * setBits(size)) throw wrong()
  const edge = Array.from({ length: setBits(size) }, (_, i) =>
    bytes.slice(8 + HASH_BYTES * i, 8 + HASH_BYTES * (i + 1)),
  )
  return { size, edge }
}

/** Gives the hash of the complete subtree `[index·2^level, (index+1)·2^level)`; it may be asked for what it has only. */
export type HashReader = (level: number, index: number) => Hash | Promise<Hash>

/** Largest power of two below n, as level and leaves; n ≥ 2. */
function split(n: number): number {
  let leaves = 1
  while (leaves * 2 < n) leaves *= 2
  return leaves
}

/** Merkle tree hash of leaves [from, to), where `from` is a multiple of the power of two that covers the range. */
async function rangeHash(read: HashReader, from: number, to: number): Promise<Hash> {
  let level = 0
  let leaves = 1
  while (leaves < to - from) {
    leaves *= 2
    level++
  }
  if (leaves === to - from) return read(level, from / leaves)
  const middle = from + leaves / 2
  return nodeHash(await rangeHash(read, from, middle), await rangeHash(read, middle, to))
}

/** Root of the tree of the first `size` leaves. */
export const rootAt = async (read: HashReader, size: number): Promise<Hash> =>
  size === 0 ? emptyRoot() : rangeHash(read, 0, size)

/** The frontier of the first `size` leaves, read rather than appended. */
export async function frontierAt(read: HashReader, size: number): Promise<Frontier> {
  const edge: Hash[] = []
  for (let from = 0, rest = size; rest > 0;) {
    let leaves = 1
    while (leaves * 2 <= rest) leaves *= 2
    edge.push(await rangeHash(read, from, from + leaves))
    from += leaves
    rest -= leaves
  }
  return { size, edge }
}

/** PATH(index, D[size]) of RFC 6962 section 2.1.1, leaf to root. @throws Error unless index < size */
export async function inclusionProof(read: HashReader, index: number, size: number): Promise<Hash[]> {
  assert(isSize(index) && isSize(size) && index < size, 'a proof is asked of a leaf of the tree')
  const path: Hash[] = []
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + split(to - from)
    if (index < middle) {
      path.push(await rangeHash(read, middle, to))
      to = middle
    } else {
      path.push(await rangeHash(read, from, middle))
      from = middle
    }
  }
  return path.reverse()
}

/** PROOF(older, D[newer]) of RFC 6962 section 2.1.2; empty where older is 0 or both are equal. @throws Error unless older ≤ newer */
export async function consistencyProof(read: HashReader, older: number, newer: number): Promise<Hash[]> {
  assert(isSize(older) && isSize(newer) && older <= newer, 'a tree only grows')
  if (older === 0 || older === newer) return []
  const path: Hash[] = []
  let from = 0
  let to = newer
  const end = older
  while (end !== to) {
    const middle = from + split(to - from)
    if (end <= middle) {
      path.push(await rangeHash(read, middle, to))
      to = middle
    } else {
      path.push(await rangeHash(read, from, middle))
      from = middle
    }
  }
  // The verifier knows the older root; it needs this subtree only where it is not that whole root.
  if (from > 0) path.push(await rangeHash(read, from, end))
  return path.reverse()
}

/** One reader over leaf hashes held in memory; every subtree asked for is hashed anew. For tests, samples and small logs. */
export function readerOverLeaves(leafHashes: readonly Hash[]): HashReader {
  const hashOf = (level: number, index: number): Hash => {
    if (level > 0) return nodeHash(hashOf(level - 1, index * 2), hashOf(level - 1, index * 2 + 1))
    const leaf = leafHashes[index]
    assert(leaf, `leaf ${index} is there`)
    return leaf
  }
  return hashOf
}

const allHashes = (path: readonly Hash[]): boolean => path.every((h) => h.length === HASH_BYTES)

/** The root that the path leads to (RFC 9162 section 2.1.3.2), or undefined where path, index and size do not go together. */
export function rootFromInclusion(
  at: { readonly index: number; readonly size: number; readonly leaf: Hash },
  path: readonly Hash[],
): Hash | undefined {
  if (!isSize(at.index) || !isSize(at.size) || at.index >= at.size || !allHashes(path)) return undefined
  let fn = at.index
  let sn = at.size - 1
  let hash = at.leaf
  for (const step of path) {
    if (sn === 0) return undefined
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(step, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      hash = nodeHash(hash, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 ? hash : undefined
}

/** True when the leaf hash stands at the index of the tree with this size and root. */
export function verifyInclusion(
  at: { readonly index: number; readonly size: number; readonly leaf: Hash; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  const reached = rootFromInclusion(at, path)
  return reached !== undefined && sameBytes(reached, at.root)
}

export interface TreeHead {
  readonly size: number
  readonly root: Hash
}

/** True when the newer tree begins with all leaves of the older one (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(older: TreeHead, newer: TreeHead, path: readonly Hash[]): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size || !allHashes(path)) return false
  if (older.size === 0) return path.length === 0 && sameBytes(older.root, emptyRoot()) && fitsEmpty(newer)
  if (older.size === newer.size) return path.length === 0 && sameBytes(older.root, newer.root)
  let fn = older.size - 1
  let sn = newer.size - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  // A power of two is one subtree, and its root is known to the verifier already.
  const [first, ...rest] = fn === 0 ? [older.root, ...path] : path
  if (first === undefined || path.length === 0) return false
  let fr = first
  let sr = first
  for (const step of rest) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(step, fr)
      sr = nodeHash(step, sr)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      sr = nodeHash(sr, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && sameBytes(fr, older.root) && sameBytes(sr, newer.root)
}

/** Any tree follows the empty one; the empty tree has one root only. */
const fitsEmpty = (head: TreeHead): boolean => head.size > 0 || sameBytes(head.root, emptyRoot())
