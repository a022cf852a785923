// Where the parts of a log lie as static files, and what is in them (C2SP tlog-tiles): tiles of up to 256 hashes at tree
// levels 0, 8, 16 …, and entry bundles beside the lowest. Always holds: a full tile has 8192 bytes and never changes; a
// partial tile carries its width in its name and is never hashed into the tile above.

import { ProblemError } from '../../kernel/index.ts'
import { joinBytes } from './bytes.ts'
import { HASH_BYTES, nodeHash, type Hash, type HashReader } from './merkle.ts'
import { problem } from './problems.ts'

export const TILE_HEIGHT = 8
export const TILE_WIDTH = 256
/** A length has two bytes. */
export const MAX_ENTRY_BYTES = 65_535

export interface Tile {
  /** Tile level (one is eight tree levels), or the bundle of entries beside level 0. */
  readonly level: number | 'entries'
  readonly index: number
  /** Hashes or entries in it, 1 to 256. */
  readonly width: number
}

/** `tile/0/x001/x234/067` or `tile/entries/000.p/17`. */
export function tilePath(tile: Tile): string {
  const digits = String(tile.index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  const name = groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/')
  return `tile/${tile.level}/${name}${tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`}`
}

/** The tile a path names, or undefined where no tile is spelled so. */
export function parseTilePath(path: string): Tile | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!match) return undefined
  const level = match[1] === 'entries' ? 'entries' : Number(match[1])
  const index = Number(match[2]!.replace(/[x/]/g, ''))
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3])
  const tile: Tile = { level, index, width }
  const holds = (level === 'entries' || level <= 63) && Number.isSafeInteger(index) && width >= 1 && width <= TILE_WIDTH
  return holds && tilePath(tile) === path ? tile : undefined
}

/** Hashes at a tile level in a log of this size: floor(size / 256^level). */
export function hashesAt(level: number, size: number): number {
  let n = size
  for (let i = 0; i < level; i++) n = Math.floor(n / TILE_WIDTH)
  return n
}

/** The tile of this level and index in a log of this size, as wide as it is there; undefined where it would be empty. */
export function tileOf(level: number | 'entries', index: number, size: number): Tile | undefined {
  const width = Math.min(TILE_WIDTH, hashesAt(level === 'entries' ? 0 : level, size) - index * TILE_WIDTH)
  return width > 0 ? { level, index, width } : undefined
}

/** All tiles and bundles of a log of this size, lowest level first. */
export function* tilesOf(size: number): Generator<Tile> {
  for (const level of ['entries', 0] as const) yield* tilesOfLevel(level, size)
  for (let level = 1; hashesAt(level, size) > 0; level++) yield* tilesOfLevel(level, size)
}

function* tilesOfLevel(level: number | 'entries', size: number): Generator<Tile> {
  for (let index = 0; ; index++) {
    const tile = tileOf(level, index, size)
    if (!tile) return
    yield tile
  }
}

/** Subtree hash from a tile: 2^height hashes beginning at `from`. */
export function hashOfTile(hashes: readonly Hash[], from = 0, height = TILE_HEIGHT): Hash {
  if (height === 0) return hashes[from]!
  let span = 1
  for (let i = 1; i < height; i++) span *= 2
  return nodeHash(hashOfTile(hashes, from, height - 1), hashOfTile(hashes, from + span, height - 1))
}

/** The hashes in the bytes of a tile. @throws ProblemError log.tile-size */
export function parseTile(tile: Tile, bytes: Uint8Array): Hash[] {
  const expected = tile.width * HASH_BYTES
  if (bytes.length !== expected)
    throw new ProblemError(problem('log.tile-size', { path: tilePath(tile), bytes: bytes.length, expected }))
  return Array.from({ length: tile.width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** Each entry behind its length in two bytes, most significant first. */
export const writeBundle = (entries: readonly Uint8Array[]): Uint8Array =>
  joinBytes(...entries.flatMap((e) => [Uint8Array.of(Math.floor(e.length / 256), e.length % 256), e]))

/** The entries in the bytes of a bundle. @throws ProblemError log.bundle-broken where they do not end where it ends */
export function parseBundle(bundle: Tile, bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < bundle.width && at + 2 <= bytes.length) {
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!
    if (end > bytes.length) break
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  if (entries.length !== bundle.width || at !== bytes.length)
    throw new ProblemError(
      problem('log.bundle-broken', { path: tilePath(bundle), entry: bundle.index * TILE_WIDTH + entries.length, at }),
    )
  return entries
}

/** Reads a file of the log by its path; undefined where there is none. */
export type ReadFile = (path: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>

/** The bytes of a tile: itself, or where its partial file is gone the beginning of the full one (the standard allows both).
 *  @throws ProblemError log.tile-missing */
export async function readTile(read: ReadFile, tile: Tile): Promise<Uint8Array> {
  const own = await read(tilePath(tile))
  if (own) return own
  const full: Tile = { ...tile, width: TILE_WIDTH }
  const bytes = tile.width < TILE_WIDTH ? await read(tilePath(full)) : undefined
  if (!bytes) throw new ProblemError(problem('log.tile-missing', { path: tilePath(tile) }))
  return tile.level === 'entries'
    ? writeBundle(parseBundle(full, bytes).slice(0, tile.width))
    : bytes.slice(0, tile.width * HASH_BYTES)
}

/** A reader of subtree hashes over static tiles of a log of this size, for proofs. Read tiles are kept, 64 at most:
 *  a proof in a log of 2^53 leaves touches no more than 14. What it gives is as true as the files: verify the proof.
 *  @throws ProblemError log.tile-missing, log.tile-size */
export function tileReader(read: ReadFile, size: number): HashReader {
  const kept = new Map<string, Promise<Hash[]>>()
  const load = (tile: Tile): Promise<Hash[]> => {
    const path = tilePath(tile)
    const known = kept.get(path)
    if (known) return known
    if (kept.size >= 64) kept.delete(kept.keys().next().value!)
    const loading = readTile(read, tile).then((bytes) => parseTile(tile, bytes))
    kept.set(path, loading)
    return loading
  }
  return async (level, index) => {
    const height = level % TILE_HEIGHT
    let span = 1
    for (let i = 0; i < height; i++) span *= 2
    const first = index * span
    const tileLevel = (level - height) / TILE_HEIGHT
    const tile = tileOf(tileLevel, Math.floor(first / TILE_WIDTH), size)
    if (!tile || (first % TILE_WIDTH) + span > tile.width)
      throw new Error(`subtree ${level}/${index} is not complete in a log of ${size}`)
    return hashOfTile(await load(tile), first % TILE_WIDTH, height)
  }
}
