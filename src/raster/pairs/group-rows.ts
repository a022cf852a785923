// The code that calculates one group of rows of the account along one row of the tile: what repeats for the leaders of the row only
// (like-rows.ts), the rest pixel by pixel, four at a time. Always holds: afterwards the group's row has the outcome of each member.

import { call, f64x2, i32, i32x4, i64x2, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'
import { isByRow, loadPair, sampleBytes } from './layer.ts'
import { eachLeader } from './like-rows.ts'
import { cellOf, type NearestPlaces } from './nearest-cells.ts'
import { doubtOf, type CarefulFunctions, type Edge } from './pair-maths.ts'
import { byKeyPair, gather, pairWriter, type Lane, type Places } from './pair-program.ts'
import type { TilePlaces } from './fused-rows.ts'
import { madeFrom, type Value } from './values.ts'

const { ne } = f64x2
const num = f64x2.const
const zero = i32.const(0)

/** A group as the code sees it. */
export interface GroupPlace {
  readonly outcome: Value
  /** What is calculated for leaders only, each with a row of its own; the outcome's is that of the group. */
  readonly parts: readonly { readonly value: Value; readonly row: number }[]
  /** By key, 1 where its pixels belong to the group. */
  readonly members: Float64Array
  /** Addresses: a row of outcomes, the sums by key, and whether a leader of the tile is without an outcome (i32). */
  readonly row: number
  readonly sums: number
  readonly lost: number
}

const SHIFT: Readonly<Record<number, number>> = { 2: 1, 4: 2, 8: 3 }
export const scaled = (i: Code, bytes: number): Code => (bytes === 1 ? i : i32.shl(i, i32.const(SHIFT[bytes]!)))
export const keyOf = (i: Code, { keysAt }: { readonly keysAt: number }): Code => i32.load(scaled(i, 4), keysAt)

/** Runs over the pixels from `first` until `end`, `step` at a time. */
export function eachPixel(w: Writer, step: number, lines: (i: Code) => void, until?: Code): void {
  const [first, last] = w.given as [Code, Code]
  const end = until ?? last
  const i = w.variable('i32', first)
  w.loopWhile(
    () => i32.lt(i.get, end),
    () => {
      lines(i.get)
      i.set(i32.add(i.get, i32.const(step)))
    },
  )
}

/** All bits where a pixel of the pair has a key. */
export const keyed = (i: Code, at: TilePlaces): Code =>
  i64x2.fromLow32(i32x4.ge(v128.loadZero64(scaled(i, 4), at.keysAt), i32x4.splat(zero)))

const isNearest = (at: TilePlaces, layer: number): boolean => at.layers[layer]!.sampled?.places.how === 'nearest'

/** Numbers of nearest pixels; what leads to them is worked out once for all bands of a geometry. */
function cellLoader(w: Writer, at: TilePlaces, placeOf: (lane: Lane) => Code): (layer: number) => Code {
  const known = new Map<NearestPlaces, readonly [Code, Code]>()
  return (layer) => {
    const of = at.nearest.find(({ bands }) => bands.some(({ cells }) => cells === at.layerAt[layer]!))!
    const cells = known.get(of) ?? [w.keep(cellOf(of, placeOf(0)), 'i32'), w.keep(cellOf(of, placeOf(1)), 'i32')]
    known.set(of, cells)
    return gather(w, cells[0], cells[1], at.layerAt[layer]!)
  }
}

/** Two neighbouring pixels. @param i the first of them, in the tile, as `first` is the first of the row */
export function besidePlaces(w: Writer, i: Code, first: Code, at: TilePlaces): Places {
  const spotOf = (l: number) => {
    const bytes = sampleBytes(at.layers[l]!)
    return { address: scaled(isByRow(at.layers[l]!) ? i32.sub(i, first) : i, bytes), offset: at.layerAt[l]! }
  }
  const nearest = cellLoader(w, at, (lane) => i32.add(i32.sub(i, first), i32.const(lane)))
  return {
    layers: at.layers,
    load: (l) => (isNearest(at, l) ? nearest(l) : loadPair(w, at.layers[l]!, spotOf(l))),
    codeAt: (l, lane) => {
      const { address, offset } = spotOf(l)
      return { address, offset: offset + lane * sampleBytes(at.layers[l]!) }
    },
    keyAt: (lane) => ({ address: scaled(i, 4), offset: at.keysAt + 4 * lane }),
    addTable: at.addTable,
  }
}

/** Two leaders, by their places in the row. */
function leaderPlaces(w: Writer, places: readonly [Code, Code], first: Code, at: TilePlaces): Places {
  const pixelOf = (lane: Lane): Code => i32.add(first, places[lane])
  return {
    layers: at.layers,
    load: cellLoader(w, at, (lane) => places[lane]),
    codeAt: (l, lane) => ({ address: scaled(pixelOf(lane), sampleBytes(at.layers[l]!)), offset: at.layerAt[l]! }),
    keyAt: (lane) => ({ address: scaled(pixelOf(lane), 4), offset: at.keysAt }),
    addTable: at.addTable,
  }
}

/** Nearest pixels of layers for two leaders at an entry of their list. */
export const leaderPairs = (w: Writer, entry: Code, first: Code, at: TilePlaces): ((layer: number) => Code) =>
  leaderPlaces(w, leadersAt(w, entry, 0), first, at).load

const leadersAt = (w: Writer, entry: Code, from: number): readonly [Code, Code] => [
  w.keep(i32.load(entry, 4 * from), 'i32'),
  w.keep(i32.load(entry, 4 * from + 4), 'i32'),
]

/** Adds what a group needs: functions of (first pixel of the row, the one after its last), to be called before and after followers
 *  are given what they take. */
export function addGroup(
  module: ModuleWriter,
  group: GroupPlace,
  index: number,
  at: TilePlaces,
  careful: CarefulFunctions,
): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const row = { takes: ['i32', 'i32'], gives: [] } as const
  const { parts, outcome } = group
  const own = parts.map((p) => p.value)
  const before = parts.length > 0 ? [leadersOf(module, group, at, careful)] : []
  if (own.includes(outcome)) return { before, after: [module.add(row, (w) => tellLost(w, group, index, at))] }
  const four: Four = (w, i, first, members, edge) => besideFour(w, group, i, first, members, at, edge)
  const anew = isDoubtful([outcome], own) ? module.add(FOUR_ANEW, (w) => fourAnew(w, four, careful)) : undefined
  return { before, after: [module.add(row, (w) => groupRow(w, group, index, at, four, anew))] }
}

/** Code for four pixels, two pairs of which run side by side. `i`: the first of them, or the entry of the first leader.
 *  @returns all bits where a member has no outcome */
type Four = (w: Writer, i: Code, first: Code, members: readonly [Code, Code], edge: (members: Code) => Edge) => Code

/** The same again with care, for four pixels of which one was doubted: (i, first, members of both pairs) → lost. */
const FOUR_ANEW = { takes: ['i32', 'i32', 'v128', 'v128'], gives: ['v128'] } as const
function fourAnew(w: Writer, four: Four, careful: CarefulFunctions): Code {
  const [i, first, ...members] = w.given as [Code, Code, Code, Code]
  return four(w, i, first, members, () => ({ careful }))
}

/** Four pixels of which one at least is a member, with care where one of these is doubted. @returns as Four does */
function oneFour(
  w: Writer,
  four: Four,
  i: Code,
  first: Code,
  members: readonly [Code, Code],
  anew: number | undefined,
): Code {
  const doubts: Code[] = []
  const edge = (own: Code): Edge => {
    const doubted = doubtOf(w)
    doubts.push(v128.and(own, doubted.get))
    return doubted
  }
  const lost = w.variable('v128', four(w, i, first, members, edge))
  if (anew !== undefined)
    w.when(v128.anyTrue(v128.or(...(doubts as [Code, Code]))), () => lost.set(call(anew, i, first, ...members)))
  return lost.get
}

/** Outcomes of a group for one row, and a word about a member that has none. */
function groupRow(
  w: Writer,
  group: GroupPlace,
  index: number,
  at: TilePlaces,
  four: Four,
  anew: number | undefined,
): Code {
  const [first] = w.given as [Code]
  const whole = isWhole(group)
  const lost = w.variable('v128', num(0))
  const ownOf = (i: Code): Code =>
    whole ? w.keep(keyed(i, at)) : w.keep(f64x2.eq(byKeyPair(w, group.members, besidePlaces(w, i, first, at)), num(1)))
  // Where none of the four belongs to the group, its row keeps what stood there, and nobody reads it.
  const calculate = (): void =>
    eachPixel(w, 4, (i) => {
      const members = [ownOf(i), ownOf(i32.add(i, i32.const(2)))] as const
      w.when(v128.anyTrue(v128.or(...members)), () =>
        lost.set(v128.or(lost.get, oneFour(w, four, i, first, members, anew))),
      )
    })
  if (whole) calculate()
  else {
    const some = w.variable('i32', zero)
    const isMember = at.addTable(Float64Array.of(0, ...group.members)) + 8
    eachPixel(w, 1, (i) => {
      const member = i32.load(i32.add(scaled(keyOf(i, at), 8), i32.const(isMember + 4)))
      some.set(i32.or(some.get, member))
    })
    w.when(some.get, calculate)
  }
  w.when(v128.anyTrue(lost.get), () => w.line(call(at.onLost, i32.const(index), first)))
  return []
}

const isWhole = ({ members }: GroupPlace): boolean => members.every((m) => m === 1)

function besideFour(
  w: Writer,
  { outcome, parts, row }: GroupPlace,
  i: Code,
  first: Code,
  members: readonly [Code, Code],
  at: TilePlaces,
  edge: (members: Code) => Edge,
): Code {
  const pair = (i: Code, own: Code): Code => {
    const place = w.keep(scaled(i32.sub(i, first), 8), 'i32')
    const ready = parts.map((p) => [p.value, v128.load(place, p.row)] as const)
    const value = w.keep(pairWriter(w, besidePlaces(w, i, first, at), edge(own), ready)(outcome))
    w.line(v128.store(place, value, row))
    return w.keep(v128.and(own, ne(value, value)))
  }
  const second = w.keep(i32.add(i, i32.const(2)), 'i32')
  const [a, b] = w.together([() => pair(i, members[0]), () => pair(second, members[1])]) as [Code, Code]
  return v128.or(a, b)
}

/** Adds a function that calculates a group's parts for the leaders of a row that are its members. */
function leadersOf(module: ModuleWriter, group: GroupPlace, at: TilePlaces, careful: CarefulFunctions): number {
  const { parts, outcome, members, lost } = group
  const like = at.like!
  const four: Four = (w, entry, first, own, edge) => {
    const pair = (from: 0 | 2): Code => {
      const places = leadersAt(w, entry, from)
      const pairOf = pairWriter(w, leaderPlaces(w, places, first, at), edge(own[from / 2]!))
      let without = num(0)
      for (const { value, row } of parts) {
        const made = w.keep(pairOf(value))
        w.line(v128.storeLower64(scaled(places[0], 8), made, row))
        w.line(v128.storeUpper64(scaled(places[1], 8), made, row))
        if (value === outcome) without = w.keep(v128.and(own[from / 2]!, ne(made, made)))
      }
      return without
    }
    return v128.or(...(w.together([() => pair(0), () => pair(2)]) as [Code, Code]))
  }
  const isAnew = isDoubtful(parts.map((p) => p.value), []) // prettier-ignore
  const anew = isAnew ? module.add(FOUR_ANEW, (w) => fourAnew(w, four, careful)) : undefined
  return module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const [first] = w.given as [Code]
    const without = w.variable('v128', num(0))
    const ownOf = (entry: Code, from: 0 | 2): Code =>
      isWhole(group)
        ? ALL
        : w.keep(f64x2.eq(byKeyPair(w, members, leaderPlaces(w, leadersAt(w, entry, from), first, at)), num(1)))
    eachLeader(w, like, 4, (entry) => {
      const own = [ownOf(entry, 0), ownOf(entry, 2)] as const
      w.when(v128.anyTrue(v128.or(...own)), () =>
        without.set(v128.or(without.get, oneFour(w, four, entry, first, own, anew))),
      )
    })
    w.when(v128.anyTrue(without.get), () => w.line(i32.store(zero, i32.const(1), lost)))
    return []
  })
}

/** Leaders have a key. */
const ALL = v128.const([-1, -1, -1, -1])

/** A pixel without an outcome may be like one above it: once one was met, every row of the tile is told of. */
function tellLost(w: Writer, { lost }: GroupPlace, index: number, at: TilePlaces): Code {
  const [first] = w.given as [Code]
  w.when(i32.load(zero, lost), () => w.line(call(at.onLost, i32.const(index), first)))
  return []
}

/** Whether operations that can leave their plain range are among what values are made from, without those that lie ready. */
function isDoubtful(values: readonly Value[], ready: readonly Value[]): boolean {
  const met = new Set<Value>(ready)
  const doubts = (v: Value): boolean => {
    if (met.has(v)) return false
    met.add(v)
    return (v.by === 'pixel' && 'op' in v && DOUBTED.has(v.op)) || madeFrom(v).some(doubts)
  }
  return values.some(doubts)
}
const DOUBTED: ReadonlySet<string> = new Set(['pow', 'exp', 'ln'])
