// Reads a whole log and finds what does not fit: acts, entries, every level of tiles, checkpoint. Each of these parts
// leads to a root of its own; a part whose root is the signed one is right, and a neighbour that differs from it is
// wrong at the byte where it differs. One pass, one tile of each level in memory; 256 leaves at a time.

import { ProblemError, type Problem } from '../../kernel/index.ts'
import { firstDifference, sameBytes } from './bytes.ts'
import { openCheckpoint, type Trust } from './checkpoint.ts'
import { ACT_SALT_BYTES, leafEntry } from './leaf.ts'
import { append, EMPTY_FRONTIER, HASH_BYTES, leafHash, leavesOf, root, type Frontier, type Hash } from './merkle.ts'
import { problem } from './problems.ts'
import {
  hashesAt,
  hashOfTile,
  parseBundle,
  parseTile,
  readTile,
  TILE_HEIGHT,
  TILE_WIDTH,
  tileOf,
  tilePath,
  type ReadFile,
  type Tile,
} from './tile.ts'

/** An act as the office keeps it; `index` is its place in the log. */
export interface KeptAct {
  readonly index: number
  readonly act: string
  readonly salt: Uint8Array
}

export interface LogToCheck {
  readonly read: ReadFile
  readonly checkpoint: string | Uint8Array
  readonly trust: Trust
  /** All acts in order, where they are at hand; without them the static files are checked. */
  readonly acts?: AsyncIterable<KeptAct> | Iterable<KeptAct>
  /** Told the number of leaves done. */
  readonly progress?: (leaves: number) => void
}

export interface LogChecked {
  readonly size: number
  /** Empty when everything leads to the signed root. In the order acts, entries, tiles from the lowest, checkpoint. */
  readonly problems: readonly Problem[]
}

/** A part of the log that leads to a root by itself: 0 acts, 1 entries, then tile levels from the lowest. */
interface Part {
  /** Undefined once something of it is missing: it then proves nothing. */
  frontier: Frontier | undefined
}

/** Two neighbouring parts that differ. */
interface Difference {
  /** Part number of the lower one; the upper is the next. */
  readonly lower: number
  readonly lowerWrong: Problem
  readonly upperWrong: Problem
  readonly either: Problem
  /** What each would blame, so that one fault is told once. */
  readonly blames: readonly [string, string]
}

/** Never throws on foreign files; problems of the checkpoint itself end the check, since nothing else is signed. */
export async function fsck(log: LogToCheck): Promise<LogChecked> {
  let checkpoint
  try {
    checkpoint = openCheckpoint(log.checkpoint, log.trust)
  } catch (e) {
    if (e instanceof ProblemError) return { size: 0, problems: e.problems }
    throw e
  }
  const { size } = checkpoint
  const levels = levelsOf(size)
  const parts: Part[] = Array.from({ length: 2 + levels }, () => ({ frontier: EMPTY_FRONTIER }))
  if (!log.acts) parts[0]!.frontier = undefined
  const missing: Problem[] = []
  const differences: Difference[] = []
  const acts = log.acts ? inOrder(log.acts, size, missing, parts[0]!) : undefined

  for (let first = 0; first < size; first += TILE_WIDTH) {
    const index = first / TILE_WIDTH
    const bundle = tileOf('entries', index, size)!
    const entries = await load(log.read, bundle, parseBundle, missing)
    const leaves = await load(log.read, { ...bundle, level: 0 }, parseTile, missing)
    const ofActs = acts ? await take(acts, bundle.width) : undefined
    if (ofActs && entries) compareActs(ofActs, entries, bundle, differences)
    const ofEntries = entries?.map(leafHash)
    if (ofEntries && leaves) compareLeaves(entries!, ofEntries, leaves, bundle, differences)
    extend(
      parts[0]!,
      ofActs?.map((a) => a && leafHash(a)),
    )
    extend(parts[1]!, ofEntries)
    extend(parts[2]!, leaves)
    log.progress?.(Math.min(first + TILE_WIDTH, size))
  }
  if (acts) await take(acts, 1)
  for (let level = 1; level < levels; level++) await compareLevel(log.read, level, size, parts, missing, differences)

  const signed = checkpoint.root
  const edges = edgesOf(parts, size)
  const isRight = parts.map((_, part) => {
    const reached = edges(part)
    return reached !== undefined && sameBytes(root(reached), signed)
  })
  const problems = [...missing, ...judge(differences, isRight)]
  const anyRight = isRight.some((right) => right)
  if (problems.length === 0 && !anyRight) problems.push(problem('log.history-rewritten', { size }))
  return { size, problems }
}

/** Tile levels of a log of this size; the empty log has none. */
function levelsOf(size: number): number {
  let levels = 0
  while (hashesAt(levels, size) > 0) levels++
  return levels
}

async function load<T>(
  read: ReadFile,
  tile: Tile,
  parse: (tile: Tile, bytes: Uint8Array) => T,
  missing: Problem[],
): Promise<T | undefined> {
  try {
    return parse(tile, await readTile(read, tile))
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    missing.push(...e.problems)
    return undefined
  }
}

function extend(part: Part, hashes: readonly (Hash | undefined)[] | undefined): void {
  const whole = hashes?.every((h) => h !== undefined) ? (hashes as readonly Hash[]) : undefined
  part.frontier = part.frontier && whole ? append(part.frontier, whole) : undefined
}

/** Entries of the acts in order; undefined in the place of one that is missing. */
async function* inOrder(
  acts: AsyncIterable<KeptAct> | Iterable<KeptAct>,
  size: number,
  missing: Problem[],
  part: Part,
): AsyncGenerator<Uint8Array | undefined> {
  let next = 0
  for await (const { index, act, salt } of acts) {
    if (index >= size) break
    if (index < next || salt.length !== ACT_SALT_BYTES) {
      missing.push(problem('log.act-missing', { index: Math.max(index, next), size }))
      part.frontier = undefined
      continue
    }
    if (index > next) missing.push(problem('log.act-missing', { index: next, size }))
    for (; next < index; next++) yield undefined
    yield leafEntry(salt, act)
    next++
  }
  if (next < size) missing.push(problem('log.act-missing', { index: next, size }))
}

async function take(acts: AsyncGenerator<Uint8Array | undefined>, count: number): Promise<(Uint8Array | undefined)[]> {
  const taken: (Uint8Array | undefined)[] = []
  while (taken.length < count) {
    const next = await acts.next()
    taken.push(next.done ? undefined : next.value)
  }
  return taken
}

function compareActs(
  ofActs: readonly (Uint8Array | undefined)[],
  entries: readonly Uint8Array[],
  bundle: Tile,
  differences: Difference[],
): void {
  const path = tilePath(bundle)
  for (const [i, own] of ofActs.entries()) {
    const at = own && firstDifference(own, entries[i]!)
    if (at === undefined) continue
    const index = bundle.index * TILE_WIDTH + i
    differences.push({
      lower: 0,
      lowerWrong: problem('log.act-changed', { index }),
      upperWrong: problem('log.entry-changed', { index, path, byte: offsetOf(entries, i) + at }),
      either: problem('log.parts-disagree', { lower: `act ${index}`, upper: path, from: index, to: index }),
      blames: [`act ${index}`, `${path} ${i}`],
    })
  }
}

/** Where the content of an entry begins in its bundle. */
const offsetOf = (entries: readonly Uint8Array[], i: number): number =>
  entries.slice(0, i).reduce((sum, e) => sum + 2 + e.length, 2)

function compareLeaves(
  entries: readonly Uint8Array[],
  ofEntries: readonly Hash[],
  leaves: readonly Hash[],
  bundle: Tile,
  differences: Difference[],
): void {
  const path = tilePath(bundle)
  const tile = tilePath({ ...bundle, level: 0 })
  for (const [i, hash] of ofEntries.entries()) {
    const at = firstDifference(hash, leaves[i]!)
    if (at === undefined) continue
    const index = bundle.index * TILE_WIDTH + i
    differences.push({
      lower: 1,
      lowerWrong: problem('log.entry-changed', { index, path, byte: offsetOf(entries, i) }),
      upperWrong: problem('log.tile-changed', { path: tile, byte: i * HASH_BYTES + at, from: index, to: index }),
      either: problem('log.parts-disagree', { lower: path, upper: tile, from: index, to: index }),
      blames: [`${path} ${i}`, tile],
    })
  }
}

/** Compares a level above the leaves with the tiles below it. */
async function compareLevel(
  read: ReadFile,
  level: number,
  size: number,
  parts: readonly Part[],
  missing: Problem[],
  differences: Difference[],
): Promise<void> {
  const covers = leavesOf(level * TILE_HEIGHT)
  for (let index = 0; ; index++) {
    const tile = tileOf(level, index, size)
    if (!tile) return
    const hashes = await load(read, tile, parseTile, missing)
    extend(parts[2 + level]!, hashes)
    for (let i = 0; hashes && i < tile.width; i++) {
      const n = index * TILE_WIDTH + i
      const under: Tile = { level: level - 1, index: n, width: TILE_WIDTH }
      // What is missing down there was said when that level was read.
      const below = await load(read, under, parseTile, [])
      const at = below && firstDifference(hashOfTile(below), hashes[i]!)
      if (at === undefined) continue
      const range = { from: n * covers, to: (n + 1) * covers - 1 }
      const [lower, upper] = [tilePath(under), tilePath(tile)]
      differences.push({
        lower: 1 + level,
        lowerWrong: problem('log.tile-changed', { path: lower, byte: 0, ...range }),
        upperWrong: problem('log.tile-changed', { path: upper, byte: i * HASH_BYTES + at, ...range }),
        either: problem('log.parts-disagree', { lower, upper, ...range }),
        blames: [lower, upper],
      })
    }
  }
}

/** The frontier of the whole log as a part tells it: what lies right of its last complete hash comes from the level below. */
function edgesOf(parts: readonly Part[], size: number): (part: number) => Frontier | undefined {
  const whole = (part: number): Frontier | undefined => {
    const own = parts[part]!.frontier
    if (!own || part <= 2) return own?.size === size ? own : undefined
    const level = part - 2
    const below = whole(part - 1)
    if (!below) return undefined
    const rest = size - hashesAt(level, size) * leavesOf(level * TILE_HEIGHT)
    let bits = 0
    for (let n = rest; n > 0; n = Math.floor(n / 2)) bits += n % 2
    return { size, edge: [...own.edge, ...below.edge.slice(below.edge.length - bits)] }
  }
  return whole
}

/** The part that leads to the signed root is believed. Of one thing that is wrong the finest finding is told, and a
 *  difference between two doubtful parts only where neither of them is wrong for another reason. */
function judge(differences: readonly Difference[], isRight: readonly boolean[]): Problem[] {
  const decided = differences.map((d) => (isRight[d.lower + 1] ? 0 : isRight[d.lower] ? 1 : undefined))
  const wrong = new Set(differences.flatMap((d, i) => (decided[i] === undefined ? [] : [d.blames[decided[i]]])))
  const told = new Set<string>()
  return differences.flatMap((d, i) => {
    const side = decided[i]
    if (side === undefined && d.blames.some((b) => wrong.has(b))) return []
    const blamed = side === undefined ? d.blames.join(' ') : d.blames[side]
    if (told.has(blamed)) return []
    told.add(blamed)
    return [side === undefined ? d.either : side === 0 ? d.lowerWrong : d.upperWrong]
  })
}
