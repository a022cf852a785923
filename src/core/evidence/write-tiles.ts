// Writes the static files of a log as it grows (C2SP tlog-tiles): from the tiles of the size published before, only what
// is new. Always holds: nothing is written before the old right edge on disk leads to the root published before, files of
// full tiles are written once, and the caller publishes a checkpoint only after this has returned.

import { ProblemError } from '../../kernel/index.ts'
import { sameBytes, joinBytes } from './bytes.ts'
import { append, emptyRoot, leafHash, root, type Frontier, type Hash, type TreeHead } from './merkle.ts'
import { problem } from './problems.ts'
import {
  hashesAt,
  hashOfTile,
  MAX_ENTRY_BYTES,
  parseBundle,
  parseTile,
  readTile,
  TILE_WIDTH,
  tileOf,
  tilePath,
  writeBundle,
  type ReadFile,
} from './tile.ts'

/** A folder, a bucket or a map: paths with `/`, a file written whole. */
export interface LogFolder {
  readonly read: ReadFile
  readonly write: (path: string, bytes: Uint8Array) => void | Promise<void>
}

export interface TilesToWrite {
  /** What the folder holds already and its checkpoint says; `{ size: 0, root: emptyRoot() }` for a new one. */
  readonly from: TreeHead
  /** The size to write up to. */
  readonly to: number
  /** Entries `from.size` to `to - 1`, in order; an act's is `leafEntry`. */
  readonly entries: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** Returns the frontier of the tree written, whose root goes into the checkpoint.
 *  @throws ProblemError log.tiles-not-of-checkpoint, log.tile-missing, log.tile-size, log.bundle-broken, log.entry-long, log.entries-short */
export async function writeTiles(folder: LogFolder, work: TilesToWrite): Promise<Frontier> {
  const { from, to } = work
  // The last tile of every level, as far as it is filled, lowest first, and the last bundle.
  const open: Hash[][] = []
  for (let level = 0; hashesAt(level, from.size) > 0; level++) {
    const tile = tileOf(level, Math.floor(hashesAt(level, from.size) / TILE_WIDTH), from.size)
    open.push(tile ? parseTile(tile, await readTile(folder.read, tile)) : [])
  }
  const bundle = tileOf('entries', Math.floor(from.size / TILE_WIDTH), from.size)
  const entries = bundle ? parseBundle(bundle, await readTile(folder.read, bundle)) : []
  const before = frontierOf(from.size, open)
  const found = from.size === 0 ? emptyRoot() : root(before)
  const leaves = open[0] ?? []
  if (!sameBytes(found, from.root) || entries.some((e, i) => !sameBytes(leafHash(e), leaves[i]!)))
    throw new ProblemError(problem('log.tiles-not-of-checkpoint', { size: from.size }))

  let size = from.size
  for await (const entry of work.entries) {
    if (size >= to) break
    if (entry.length > MAX_ENTRY_BYTES)
      throw new ProblemError(problem('log.entry-long', { index: size, bytes: entry.length, most: MAX_ENTRY_BYTES }))
    entries.push(entry)
    if (entries.length === TILE_WIDTH) {
      await folder.write(
        tilePath({ level: 'entries', index: Math.floor(size / TILE_WIDTH), width: TILE_WIDTH }),
        writeBundle(entries.splice(0)),
      )
    }
    let hash: Hash | undefined = leafHash(entry)
    size++
    for (let level = 0; hash; level++) {
      const tile = (open[level] ??= [])
      tile.push(hash)
      hash = undefined
      if (tile.length < TILE_WIDTH) break
      hash = hashOfTile(tile)
      const index = hashesAt(level, size) / TILE_WIDTH - 1
      await folder.write(tilePath({ level, index, width: TILE_WIDTH }), joinBytes(...tile.splice(0)))
    }
  }
  if (size < to) throw new ProblemError(problem('log.entries-short', { size, to }))
  const index = Math.floor(size / TILE_WIDTH)
  if (entries.length > 0)
    await folder.write(tilePath({ level: 'entries', index, width: entries.length }), writeBundle(entries))
  for (const [level, tile] of open.entries()) {
    if (tile.length === 0) continue
    const at = Math.floor(hashesAt(level, size) / TILE_WIDTH)
    await folder.write(tilePath({ level, index: at, width: tile.length }), joinBytes(...tile))
  }
  return frontierOf(size, open)
}

/** The right edge of the tree from the right edge of its tiles: the partial tile of each level falls apart into complete
 *  subtrees, largest first, and lower levels stand to the right of higher ones. */
export function frontierOf(size: number, open: readonly (readonly Hash[])[]): Frontier {
  const edge = [...open].reverse().flatMap((tile) => append({ size: 0, edge: [] }, tile).edge)
  return { size, edge }
}
