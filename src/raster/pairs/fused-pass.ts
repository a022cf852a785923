// Everything wanted from the layers in one pass over a tile: samples are read once, looked through, every group of rows is
// calculated two pixels at a time and added up by key. Always holds: counts, sums, minima and maxima are bit for bit those of
// treeRunner and keySums over the same tile; where a sum leaves the doubles the tile is given back to be taken plainly.

import { assert } from '../../kernel/index.ts'
import { stripOf, VALID, type PixelState, type Strip } from '../band.ts'
import { TILE, type Window } from '../grid.ts'
import { SAMPLE_ARRAYS, settleInto, stateOf, valueOf, type Samples } from '../stored-band.ts'
import type { SampledBand } from '../sampled-band.ts'
import type { KeySumTable } from '../sums/key-sums.ts'
import { moduleWriter, type ImportedFunction } from '../wasm/module.ts'
import { addTile, LOOK, SUM, type TilePlaces } from './fused-rows.ts'
import { codesOf, isByRow, sampleBytes, type Layer } from './layer.ts'
import { SCRATCH_AT, TABLE_BYTES, writeTables } from './pair-maths.ts'
import { addCarefulFunctions, TWIN_IMPORTS } from './pair-ops.ts'
import { likeTile, placeLike } from './like-rows.ts'
import { nearestTile, placeNearest } from './nearest-cells.ts'
import { repeatsOf } from './repeats.ts'
import { byGeometry, placeSampled, sampledTile } from './sampled-rows.ts'
import { placeSlope, slopeTile } from './slope-rows.ts'
import { treeRunner, type Tree } from './tree.ts'
import { treeValue } from './values.ts'

/** A tree with the keys whose pixels it is for. */
export interface FusedGroup {
  readonly tree: Tree
  /** By key. */
  readonly isMember: readonly boolean[]
}

export interface FusedWish {
  readonly layers: readonly Layer[]
  readonly groups: readonly FusedGroup[]
  /** Keys are 0 … keys − 1. */
  readonly keys: number
  /** Places of layers whose keyed pixels are looked through: by value, or by code. */
  readonly looks?: readonly number[]
  readonly codes?: readonly number[]
  /** Wanted are the outcomes of single pixels, and no sums. No key is a member of two groups. */
  readonly outcomes?: true
}

/** Where the sums of a group go. */
export interface GroupSums {
  readonly sums: KeySumTable
  /** By key, pixels below 0. */
  readonly negative: Float64Array
}

/** What was met of a layer among the keyed pixels of a tile. */
export interface LayerLook {
  /** Infinity and −Infinity where none has a number. */
  readonly min: number
  readonly max: number
  readonly lost: boolean
}

export interface FusedPass {
  /** The keys of the tile's pixels, to be filled before `run`. */
  readonly keys: Int32Array
  /** @returns the groups whose sums of this tile left the doubles; nothing of theirs was added
   *  @throws ProblemError where a layer cannot be read */
  run(window: Window, into: readonly GroupSums[]): readonly number[]
  /** Where outcomes are wanted, in place of `run`: those of the tile's pixels, NaN where there is none; good until the next tile.
   *  @throws ProblemError where a layer cannot be read */
  outcomes(window: Window): Float64Array
  /** Of the tile last run, by the place in `looks`. */
  look(place: number): LayerLook
  /** The codes met in the tile last run, by the place in `codes`; lost where a pixel has none. */
  codesMet(place: number): { readonly codes: readonly number[]; readonly lost: boolean }
}

const PIXELS = TILE * TILE
/** The last four pixels of a tile may reach three beyond it. */
const AHEAD = 3
const BEYOND = AHEAD * 8

export function fusedPass(wish: FusedWish): FusedPass {
  const { layers, groups, keys } = wish
  let width = 0
  const onLost = (group: number, first: number): void => {
    if (wish.outcomes) return
    const pixels = lostPixels[group]!
    for (let i = 0; i < width; i++)
      if (memberOf[group]![keysHere[first + i]! + 1] === 1 && Number.isNaN(rows[group]![i])) pixels.push(first + i)
  }
  const made = build(wish, onLost)
  const { buffer } = made.memory
  const keysHere = new Int32Array(buffer, made.at.keysAt, PIXELS + AHEAD)
  const rows = made.at.groups.map((g) => new Float64Array(buffer, g.row, TILE))
  const memberOf = groups.map((g) => Uint8Array.of(0, ...g.isMember.map(Number)))
  const lostPixels = groups.map((): number[] => [])
  const samples = layers.map((l, i): Samples => {
    const Kind = SAMPLE_ARRAYS[l.stored?.type ?? 'float64']
    return new Kind(buffer, made.at.layerAt[i], isByRow(l) ? TILE : PIXELS)
  })
  // Layers that are made row by row are spread out only where a pixel without a number asks why.
  const strips = layers.map((l) => (l.stored || isByRow(l) ? stripOf(0) : stripOf(PIXELS)))
  const spread = new Set<number>()
  let here: Window
  const stripFor = (i: number): Strip => {
    const layer = layers[i]!
    if (!isByRow(layer) || spread.has(i)) return strips[i]!
    if (strips[i]!.values.length === 0) strips[i] = stripOf(PIXELS)
    layer.band.read(here, strips[i]!)
    spread.add(i)
    return strips[i]!
  }
  const beforeTile = [
    ...made.at.sampled.map((s) => sampledTile(buffer, s)),
    ...made.at.nearest.map((n) => nearestTile(buffer, n)),
    ...made.at.slopes.map((s) => slopeTile(buffer, s)),
    ...(made.at.like ? [likeTile(buffer, made.at.like)] : []),
  ]
  const metAt = new Int32Array(buffer, made.at.met, keys + 1)
  const isMet = new Uint8Array(buffer, made.at.isMet, keys)
  const sums = made.at.groups.map((g) => sumsIn(buffer, g.sums, keys))
  const looks = made.at.looks.map(({ at }) => new Float64Array(buffer, at, LOOK.bytes / 8))
  const codes = made.at.codes.map(({ layer, at }) => new Uint8Array(buffer, at, codesOf(layers[layer]!)!.count))
  const whyLost = groups.map((g) => reasons(g.tree, layers, samples, stripFor))
  for (const s of sums) s.clear()

  const readLayer = (layer: Layer, i: number, window: Window): void => {
    if (isByRow(layer)) return
    if (layer.stored) return layer.band.stored!.read(window, samples[i]!)
    const strip = strips[i]!
    layer.band.read(window, strip)
    const own = samples[i]!
    for (let p = 0; p < window.width * window.height; p++) own[p] = strip.states[p] === VALID ? strip.values[p]! : NaN
  }
  const forgetLooks = (): void => {
    for (const look of looks) {
      look.fill(Infinity, 0, 2)
      look.fill(-Infinity, 2, 4)
      look.fill(0, 4, 6)
    }
    for (const code of codes) code.fill(0)
  }
  const calculate = (window: Window): void => {
    width = window.width
    const pixels = width * window.height
    keysHere.fill(-1, pixels, pixels + AHEAD)
    here = window
    spread.clear()
    layers.forEach((layer, i) => readLayer(layer, i, window))
    for (const take of beforeTile) take(window)
    forgetLooks()
    made.tile(width, window.height)
  }
  return {
    keys: keysHere,
    outcomes(window) {
      assert(made.at.outcomes !== undefined, 'outcomes were wanted')
      const all = new Float64Array(buffer, made.at.outcomes, PIXELS)
      all.fill(NaN)
      calculate(window)
      return all
    },
    run(window, into) {
      calculate(window)
      const met = metAt.subarray(1, 1 + metAt[0]!)
      const again: number[] = []
      sums.forEach((own, g) => {
        if (own.overflow(met)) again.push(g)
        else {
          own.handOver(met, memberOf[g]!, into[g]!)
          if (lostPixels[g]!.length > 0) whyLost[g]!(lostPixels[g]!, keysHere, into[g]!.sums)
        }
        own.clear(met)
        lostPixels[g]!.length = 0
      })
      for (const key of met) isMet[key] = 0
      metAt[0] = 0
      return again
    },
    look: (place) => {
      const [a, b, c, d, e, f] = looks[place]! as unknown as number[]
      return { min: Math.min(a!, b!), max: Math.max(c!, d!), lost: Number.isNaN(e) || Number.isNaN(f) }
    },
    codesMet: (place) => {
      const layer = layers[wish.codes![place]!]!
      const { settling } = layer.stored!
      const met: number[] = []
      let lost = false
      codes[place]!.forEach((isMetHere, i) => {
        if (isMetHere === 0) return
        const sample = codesOf(layer)!.least + i
        if (stateOf(sample, settling) === VALID) met.push(valueOf(sample, settling))
        else lost = true
      })
      return { codes: met, lost }
    },
  }
}

/** Lays the memory out and makes the module. */
function build(wish: FusedWish, onLost: (group: number, first: number) => void) {
  const { layers, groups, keys } = wish
  let end = TABLE_BYTES
  const place = (bytes: number): number => {
    const at = Math.ceil(end / 16) * 16
    end = at + bytes + BEYOND
    return at
  }
  const tables: { readonly at: number; readonly table: Float64Array }[] = []
  const tell = {
    type: { takes: ['i32', 'i32'], gives: [] },
    run: (group, first) => onLost(group!, first!),
  } as const satisfies ImportedFunction
  const module = moduleWriter([...TWIN_IMPORTS, tell], SCRATCH_AT)
  const careful = addCarefulFunctions(module)
  const bySource = byGeometry(layers.flatMap((l) => (l.sampled ? [l.sampled] : [])))
  const isNearest = (bands: readonly SampledBand[]): boolean => bands[0]!.places.how === 'nearest'
  const sampled = bySource.filter((bands) => !isNearest(bands)).map((bands) => placeSampled(bands, place))
  const nearest = bySource.filter(isNearest).map((bands) => placeNearest(bands, place))
  const rowOf = new Map([
    ...sampled.flatMap(({ bands }) => bands.map((b): [SampledBand, number] => [b.band, b.row])),
    ...nearest.flatMap(({ bands }) => bands.map((b): [SampledBand, number] => [b.band, b.cells])),
  ])
  const slopes = layers.flatMap((l) => (l.slope ? [placeSlope(l.slope, place)] : []))
  const slopeRow = new Map(slopes.map((s) => [s.of, s.row]))
  const layerAt = layers.map((l) =>
    l.sampled ? rowOf.get(l.sampled)! : l.slope ? slopeRow.get(l.slope)! : place(PIXELS * sampleBytes(l)),
  )
  const keysAt = place((PIXELS + AHEAD) * 4)
  const outcomes = groups.map((g) => treeValue(g.tree, layers))
  const repeats = repeatsOf(outcomes, layers)
  const compared = repeats?.codes.map((l) => ({ layer: layers[l]!, at: layerAt[l]! })) ?? []
  const at: TilePlaces = {
    layers,
    layerAt,
    sampled,
    nearest,
    slopes,
    keysAt,
    ...(repeats ? { like: placeLike({ keysAt, codes: compared, nearest }, place) } : {}),
    groups: groups.map(({ isMember }, g) => {
      const outcome = outcomes[g]!
      const row = place(TILE * 8)
      return {
        outcome,
        parts: (repeats?.parts[g] ?? []).map((value) => ({ value, row: value === outcome ? row : place(TILE * 8) })),
        members: Float64Array.from(isMember, Number),
        row,
        sums: place(keys * SUM.bytes),
        lost: place(4),
      }
    }),
    looks: (wish.looks ?? []).map((layer) => ({ layer, at: place(LOOK.bytes) })),
    codes: (wish.codes ?? []).map((layer) => ({ layer, at: place(codesOf(layers[layer]!)!.count) })),
    isMet: place(keys),
    met: place((keys + 1) * 4),
    ...(wish.outcomes ? { outcomes: place(PIXELS * 8) } : {}),
    addTable(table) {
      const known = tables.find(
        (t) => t.table.length === table.length && t.table.every((x, i) => Object.is(x, table[i])),
      )
      if (known) return known.at
      const own = place(table.byteLength)
      tables.push({ at: own, table })
      return own
    },
    onLost: TWIN_IMPORTS.length,
  }
  addTile(module, at, careful)
  const { memory, functions: made } = module.instantiate(end)
  writeTables(memory.buffer)
  for (const t of tables) new Float64Array(memory.buffer, t.at, t.table.length).set(t.table)
  return { at, memory, tile: made['tile']! }
}

/** The sums of one group as they lie in the memory. */
function sumsIn(buffer: ArrayBuffer, at: number, keys: number) {
  const doubles = new Float64Array(buffer, at, (keys * SUM.bytes) / 8)
  const wholes = new Int32Array(buffer, at, (keys * SUM.bytes) / 4)
  const slot = (key: number, field: number): number => (key * SUM.bytes + field) / 8
  const clearKey = (key: number): void => {
    doubles.fill(0, slot(key, 0), slot(key + 1, 0))
    doubles[slot(key, SUM.min)] = Infinity
    doubles[slot(key, SUM.max)] = -Infinity
  }
  return {
    clear: (met?: Int32Array): void => {
      if (met) for (const key of met) clearKey(key)
      else for (let key = 0; key < keys; key++) clearKey(key)
    },
    overflow: (met: Int32Array): boolean => met.some((key) => !Number.isFinite(doubles[slot(key, SUM.sum)])),
    handOver: (met: Int32Array, memberOf: Uint8Array, into: GroupSums): void => {
      for (const key of met) {
        if (memberOf[key + 1] === 0) continue
        // A tile has few pixels: the lower half of a whole number says it all.
        into.sums.addTile(key, {
          count: wholes[2 * slot(key, SUM.count)]!,
          sum: doubles[slot(key, SUM.sum)]!,
          min: doubles[slot(key, SUM.min)]!,
          max: doubles[slot(key, SUM.max)]!,
        })
        into.negative[key]! += wholes[2 * slot(key, SUM.negative)]!
      }
    },
  }
}

/** Pixels without a number looked at again by the plain runner, which says why they have none. */
function reasons(tree: Tree, layers: readonly Layer[], samples: readonly Samples[], strip: (layer: number) => Strip) {
  let most = 0
  let run = treeRunner(tree, 0)
  let here: Strip[] = []
  return (pixels: readonly number[], keys: Int32Array, into: KeySumTable): void => {
    if (pixels.length > most) {
      most = Math.max(pixels.length, 256)
      run = treeRunner(tree, most)
      here = layers.map(() => stripOf(most))
    }
    const own = Int32Array.from(pixels, (p) => keys[p]!)
    const read = new Set<number>()
    const out = run(own, pixels.length, (l) => {
      if (!read.has(l)) gatherLayer(pixels, layers[l]!, samples[l]!, strip(l), here[l]!)
      read.add(l)
      return here[l]!
    })
    own.forEach((key, i) => {
      const state = out.states[i]!
      assert(state !== VALID, 'pairs and loops agree on which pixels have a number')
      into.miss(key, state as Exclude<PixelState, 0>)
    })
  }
}

function gatherLayer(pixels: readonly number[], layer: Layer, samples: Samples, made: Strip, into: Strip): void {
  pixels.forEach((p, i) => {
    if (layer.stored) settleInto(into, i, samples[p]!, layer.stored.settling)
    else {
      into.values[i] = made.values[p]!
      into.states[i] = made.states[p]!
    }
  })
}
