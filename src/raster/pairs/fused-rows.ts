// The code of a fused pass over one tile, row by row: look through the layers, calculate each group (group-rows.ts), add up by key.
// Always holds: values of a key are added in row-major order within the tile, as keySums does; a row without a key costs a
// look at its keys and nothing else.

import { call, f64, f64x2, i32, i64x2, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'
import { addGroup, besidePlaces, eachPixel, keyed, keyOf, leaderPairs, scaled, type GroupPlace } from './group-rows.ts'
import { isByRow, loadCode, type Layer } from './layer.ts'
import { addFollow, addLikeRow, eachLeader, type LikePlaces } from './like-rows.ts'
import { takeInHand, type NearestPlaces } from './nearest-cells.ts'
import type { CarefulFunctions } from './pair-maths.ts'
import { byKeyPair } from './pair-program.ts'
import { addSampledRow, type SampledPlaces } from './sampled-rows.ts'
import { addSlopeRow, type SlopePlaces } from './slope-rows.ts'

const { add, ne } = f64x2
const num = f64x2.const
const zero = i32.const(0)

/** Sums of one key: sum, minimum, maximum (doubles), count and count of negatives (64-bit whole numbers). */
export const SUM = { sum: 0, min: 8, max: 16, count: 24, negative: 32, bytes: 40 } as const
/** What was met of a layer: minimum and maximum of the keyed pixels, and whether one of them has no number. */
export const LOOK = { min: 0, max: 16, lost: 32, bytes: 48 } as const

export interface TilePlaces {
  readonly layers: readonly Layer[]
  /** Of a layer that is sampled or a slope there is one row, of one that takes the nearest the pixels of its source, of others
   *  the tile. */
  readonly layerAt: readonly number[]
  readonly sampled: readonly SampledPlaces[]
  readonly nearest: readonly NearestPlaces[]
  readonly slopes: readonly SlopePlaces[]
  /** Where pixels that are alike are found; left out: nothing is gained by it, and no layer takes the nearest. */
  readonly like?: LikePlaces
  readonly keysAt: number
  readonly groups: readonly GroupPlace[]
  /** Layers whose keyed pixels are looked through, each with the address of its look. */
  readonly looks: readonly { readonly layer: number; readonly at: number }[]
  /** Layers of codes that are looked through, each with the address of a byte a code. */
  readonly codes: readonly { readonly layer: number; readonly at: number }[]
  /** Addresses: a byte a key, and the list of keys met with its length before it. */
  readonly isMet: number
  readonly met: number
  addTable(table: Float64Array): number
  /** Where the outcomes of the tile are kept, each of the group that its key is of; left out: they are added up. */
  readonly outcomes?: number
  /** The imported function told of a group and a row that lost pixels: (group, first pixel of the row). */
  readonly onLost: number
}

/** Adds `tile(width, height)`, which takes the tile whose samples and keys stand in the memory. */
export function addTile(module: ModuleWriter, at: TilePlaces, careful: CarefulFunctions): void {
  const row = { takes: ['i32', 'i32'], gives: [] } as const
  const anyKey = module.add({ takes: ['i32', 'i32'], gives: ['i32'] }, (w) => someKey(w, at.keysAt))
  const { like } = at
  const looks = KINDS.flatMap((kind) => batchesOf(at.looks.filter((look) => kindOf(at, look) === kind)))
    .map((batch) => module.add(row, (w) => lookRows(w, batch, at))) // prettier-ignore
  const codes = at.codes.map((look) => module.add(row, (w) => codeRow(w, look, at)))
  const groups = at.groups.map((g, i) => addGroup(module, g, i, at, careful))
  const followed = at.groups.flatMap((g) => g.parts.map((p) => p.row))
  const follow = like && followed.length > 0 ? [addFollow(module, like, followed)] : []
  const { outcomes } = at
  const sums =
    outcomes === undefined
      ? batchesOf(at.groups).map((batch) => module.add(row, (w) => sumRow(w, batch, at)))
      : at.groups.map((g) => module.add(row, (w) => keepRow(w, g, outcomes, at)))
  const byRow = [...at.sampled.map((s) => addSampledRow(module, s)), ...at.slopes.map((s) => addSlopeRow(module, s))]
  const alike = like ? addLikeRow(module, like) : undefined
  const steps = [...looks, ...codes, ...groups.flatMap((g) => g.before), ...follow, ...groups.flatMap((g) => g.after), ...sums] // prettier-ignore
  const tile = module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const [width, height] = w.given as [Code, Code]
    const first = w.variable('i32', zero)
    const row = w.variable('i32', zero)
    const end = w.keep(i32.mul(width, height), 'i32')
    const bytes = w.keep(scaled(width, 8), 'i32')
    for (const g of at.groups) w.line(i32.store(zero, zero, g.lost))
    w.loopWhile(
      () => i32.lt(first.get, end),
      () => {
        const next = w.keep(i32.add(first.get, width), 'i32')
        w.when(call(anyKey, first.get, next), () => {
          for (const step of byRow) w.line(call(step, row.get, bytes))
          for (const n of at.nearest) w.line(takeInHand(n, row.get))
          if (alike !== undefined) w.line(call(alike, first.get, next, row.get))
          for (const step of steps) w.line(call(step, first.get, next))
        })
        first.set(next)
        row.set(i32.add(row.get, i32.const(1)))
      },
    )
    return []
  })
  module.exports('tile', tile)
}

/** The sums of so many groups are taken in one loop, and so many layers looked through: chains of additions wait for one another's
 *  end, and keys are read once. */
const TOGETHER = 3
function batchesOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, i) => all.slice(i * TOGETHER, (i + 1) * TOGETHER))
}

function someKey(w: Writer, keysAt: number): Code {
  // All bits of −1 are set, and stay set in the "and" of as many as there are.
  const all = w.variable('i32', i32.const(-1))
  eachPixel(w, 1, (i) => all.set(i32.and(all.get, keyOf(i, { keysAt }))))
  return i32.ne(all.get, i32.const(-1))
}

const ALL = v128.const([-1, -1, -1, -1])
const FIRST_LANE = v128.const([-1, -1, 0, 0])

/** Looks through some layers of one kind in one loop. */
function lookRows(w: Writer, looks: TilePlaces['looks'], at: TilePlaces): Code {
  const [first, end] = w.given as [Code, Code]
  const own = looks.map(({ layer, at: place }) => {
    const load = (offset: number): Var => w.variable('v128', v128.load(i32.const(place + offset)))
    return { layer, place, min: load(LOOK.min), max: load(LOOK.max), lost: load(LOOK.lost) }
  })
  const take = (valueOf: (layer: number) => Code, counts: Code): void => {
    for (const { layer, min, max, lost } of own) {
      const value = valueOf(layer)
      const counted = w.keep(v128.or(value, v128.not(counts)))
      min.set(f64x2.pmin(min.get, counted))
      max.set(f64x2.pmax(max.get, counted))
      lost.set(v128.or(lost.get, v128.and(counts, ne(value, value))))
    }
  }
  const kind = kindOf(at, looks[0]!)
  if (kind === 'nearest') eachLeader(w, at.like!, 2, (entry) => take(leaderPairs(w, entry, first, at), ALL))
  else {
    const takePair = (i: Code, counts: Code): void => take(besidePlaces(w, i, first, at).load, counts)
    // Of a row by itself nothing is known beyond its end: a last single pixel is taken without what stands beside it.
    const pairsEnd = kind === 'row' ? w.keep(i32.sub(end, i32.and(i32.sub(end, first), i32.const(1))), 'i32') : end
    eachPixel(w, 2, (i) => takePair(i, w.keep(keyed(i, at))), pairsEnd)
    if (kind === 'row') w.when(i32.ne(pairsEnd, end), () => takePair(pairsEnd, w.keep(v128.and(keyed(pairsEnd, at), FIRST_LANE)))) // prettier-ignore
  }
  for (const { place, min, max, lost } of own) {
    w.line(v128.store(i32.const(place + LOOK.min), min.get))
    w.line(v128.store(i32.const(place + LOOK.max), max.get))
    w.line(v128.store(i32.const(place + LOOK.lost), lost.get))
  }
  return []
}

const KINDS = ['nearest', 'row', 'tile'] as const
const kindOf = (at: TilePlaces, { layer }: { readonly layer: number }): (typeof KINDS)[number] => {
  const of = at.layers[layer]!
  return of.sampled?.places.how === 'nearest' ? 'nearest' : isByRow(of) ? 'row' : 'tile'
}

/** Marks the codes met. */
function codeRow(w: Writer, look: TilePlaces['codes'][number], at: TilePlaces): Code {
  const [first] = w.given as [Code]
  const layer = at.layers[look.layer]!
  const mark = (i: Code): void => {
    const code = loadCode(layer, besidePlaces(w, i, first, at).codeAt(look.layer, 0))
    w.line(i32.store8(code, i32.const(1), look.at))
  }
  if (at.like?.codes.some((c) => c.layer === layer))
    eachLeader(w, at.like, 1, (entry) => mark(i32.add(first, i32.load(entry))))
  else eachPixel(w, 1, (i) => w.when(i32.ge(keyOf(i, at), zero), () => mark(i)))
  return []
}

/** Puts the outcomes of a row's members in their places of the tile. A last single pixel takes one of the next row along, which
 *  is put right there. */
function keepRow(w: Writer, { row, members }: GroupPlace, tile: number, at: TilePlaces): Code {
  const [first] = w.given as [Code]
  eachPixel(w, 2, (i) => {
    const own = w.keep(f64x2.eq(byKeyPair(w, members, besidePlaces(w, i, first, at)), num(1)))
    const place = w.keep(scaled(i, 8), 'i32')
    const value = v128.load(scaled(i32.sub(i, first), 8), row)
    w.line(v128.store(place, v128.pick(value, v128.load(place, tile), own), tile))
  })
  return []
}

/** Adds a row of outcomes up by runs of one key. */
function sumRow(w: Writer, batch: readonly GroupPlace[], at: TilePlaces): Code {
  const [first, end] = w.given as [Code, Code]
  const i = w.variable('i32', first)
  const key = w.variable('i32')
  const sums = batch.map((group) => ({ group, ...sumVariables(w) }))
  w.loopWhile(
    () => i32.lt(i.get, end),
    () => {
      key.set(keyOf(i.get, at))
      w.when(i32.lt(key.get, zero), () => i.set(i32.add(i.get, i32.const(1))))
      w.when(i32.ge(key.get, zero), () => {
        meet(w, key.get, at)
        const slot = w.keep(i32.mul(key.get, i32.const(SUM.bytes)), 'i32')
        for (const s of sums) s.load(slot, s.group.sums)
        w.repeat(
          () => {
            const place = w.keep(scaled(i32.sub(i.get, first), 8), 'i32')
            for (const s of sums) s.add(w.keep(v128.loadSplat64(place, s.group.row)))
            i.set(i32.add(i.get, i32.const(1)))
          },
          () => i32.and(i32.lt(i.get, end), i32.eq(keyOf(i.get, at), key.get)),
        )
        for (const s of sums) s.store(slot, s.group.sums)
      })
    },
  )
  return []
}

/** The list of keys met grows by a key that is new. */
function meet(w: Writer, key: Code, at: TilePlaces): void {
  w.when(i32.eqz(i32.load8u(key, at.isMet)), () => {
    w.line(i32.store8(key, i32.const(1), at.isMet))
    const length = w.keep(i32.load(zero, at.met), 'i32')
    w.line(i32.store(scaled(length, 4), key, at.met + 4))
    w.line(i32.store(zero, i32.add(length, i32.const(1)), at.met))
  })
}

/** The running sums of one key, both lanes alike. */
function sumVariables(w: Writer) {
  const [sum, min, max, count, negative] = [0, 0, 0, 0, 0].map(() => w.variable('v128')) as [Var, Var, Var, Var, Var]
  const all = [
    [sum, SUM.sum],
    [min, SUM.min],
    [max, SUM.max],
    [count, SUM.count],
    [negative, SUM.negative],
  ] as const
  return {
    load: (slot: Code, base: number): void => {
      for (const [v, offset] of all) v.set(v128.loadSplat64(slot, base + offset))
    },
    store: (slot: Code, base: number): void => {
      for (const [v, offset] of all) w.line(f64.store(slot, f64x2.extract(v.get, 0), base + offset))
    },
    /** NaN adds nothing, is no minimum and is not counted. */
    add: (value: Code): void => {
      const has = w.keep(f64x2.eq(value, value))
      sum.set(add(sum.get, v128.and(value, has)))
      min.set(f64x2.pmin(min.get, value))
      max.set(f64x2.pmax(max.get, value))
      count.set(i64x2.sub(count.get, has))
      negative.set(i64x2.sub(negative.get, f64x2.lt(value, num(0))))
    },
  }
}

type Var = ReturnType<Writer['variable']>
