// Which pixels of a row are like a neighbour: same key, same codes, same pixels of all coarser bands. One like the pixel above has
// what stood at its place in the row before; one like the pixel to its left takes what that one has; the others lead, and only for
// them anything is calculated. Always holds: a chain of likenesses ends at a leader of the same tile.

import { TILE, type Window } from '../grid.ts'
import { f64, i32, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'
import type { ModuleWriter } from '../wasm/module.ts'
import { sampleBytes, type Layer } from './layer.ts'
import type { NearestPlaces } from './nearest-cells.ts'

export interface LikePlaces {
  readonly keysAt: number
  /** Layers whose codes are compared, with their addresses. */
  readonly codes: readonly { readonly layer: Layer; readonly at: number }[]
  readonly nearest: readonly NearestPlaces[]
  /** A byte a column: 1 where another column of some coarser band begins. */
  readonly breaks: number
  /** A byte a row: 1 where all coarser bands are in the row they were in before. */
  readonly stays: number
  /** Lists, each with its end before it: places in the row of those that lead, filled up to a multiple of four with the last;
   *  and pairs of offsets of doubles, of one that follows and of the one it takes from. */
  readonly leaders: number
  readonly followers: number
}

/** Where a list begins, behind its end. */
export const LIST_BEGINS = 8
const FOLLOWER_BYTES = 8
/** Leaders taken at a time. */
const FOUR = 4

export function placeLike(
  of: Pick<LikePlaces, 'keysAt' | 'codes' | 'nearest'>,
  place: (bytes: number) => number,
): LikePlaces {
  return {
    ...of,
    breaks: place(TILE),
    stays: place(TILE),
    leaders: place(LIST_BEGINS + (TILE + FOUR) * 4),
    followers: place(LIST_BEGINS + TILE * FOLLOWER_BYTES),
  }
}

/** What is done before a tile is run, after the coarser bands are there. */
export function likeTile(buffer: ArrayBuffer, at: LikePlaces): (window: Window) => void {
  const breaks = new Uint8Array(buffer, at.breaks, TILE)
  const stays = new Uint8Array(buffer, at.stays, TILE)
  const columns = at.nearest.map((n) => new Int32Array(buffer, n.columns, TILE))
  const rows = at.nearest.map((n) => new Int32Array(buffer, n.rows, TILE))
  return ({ width, height }) => {
    for (let c = 1; c < width; c++) breaks[c] = columns.some((own) => own[c] !== own[c - 1]) ? 1 : 0
    stays[0] = 0
    for (let r = 1; r < height; r++) stays[r] = rows.every((own) => own[r] === own[r - 1]) ? 1 : 0
  }
}

/** Adds a function (first pixel of a row, the one after its last, row of the tile) that makes both lists. */
export function addLikeRow(module: ModuleWriter, at: LikePlaces): number {
  return module.add({ takes: ['i32', 'i32', 'i32'], gives: [] }, (w) => {
    const [first, end, row] = w.given as [Code, Code, Code]
    const width = w.keep(i32.sub(end, first), 'i32')
    const stays = w.keep(i32.load8u(row, at.stays), 'i32')
    const lists = {
      leader: w.variable('i32', i32.const(at.leaders + LIST_BEGINS)),
      follower: w.variable('i32', i32.const(at.followers + LIST_BEGINS)),
      /** Whom a pixel like the one to its left takes from: offset of a double. */
      from: w.variable('i32', i32.const(0)),
    }
    const i = w.variable('i32', first)
    const areAlike = w.variable('i32', i32.const(0))
    w.loopWhile(
      () => i32.lt(i.get, end),
      () => {
        areAlike.set(i32.const(0))
        const inRow = i32.ge(i32.sub(end, i.get), i32.const(FOUR))
        w.when(i32.and(stays, inRow), () => areAlike.set(fourAlike(i.get, i32.sub(i.get, width), at)))
        w.when(areAlike.get, () => {
          i.set(i32.add(i.get, i32.const(FOUR)))
          lists.from.set(offsetOf(i32.sub(i32.sub(i.get, i32.const(1)), first)))
        })
        w.when(i32.eqz(areAlike.get), () => {
          onePixel(w, { i: i.get, first, width, stays }, lists, at)
          i.set(i32.add(i.get, i32.const(1)))
        })
      },
    )
    const last = w.keep(i32.load(i32.sub(lists.leader.get, i32.const(4))), 'i32')
    for (let n = 0; n < FOUR - 1; n++) w.line(i32.store(lists.leader.get, last, 4 * n))
    w.line(i32.store(i32.const(at.leaders), lists.leader.get))
    w.line(i32.store(i32.const(at.followers), lists.follower.get))
    return []
  })
}

type Var = ReturnType<Writer['variable']>

const offsetOf = (place: Code): Code => i32.shl(place, i32.const(3))
const addressOf = (i: Code, bytes: number): Code => (bytes === 1 ? i : i32.shl(i, i32.const(bytes === 2 ? 1 : 2)))

function onePixel(
  w: Writer,
  { i, first, width, stays }: { readonly i: Code; readonly first: Code; readonly width: Code; readonly stays: Code },
  { leader, follower, from }: Readonly<Record<'leader' | 'follower' | 'from', Var>>,
  at: LikePlaces,
): void {
  const alike = (other: Code): Code =>
    at.codes.reduce(
      (all, { layer, at: codes }) => {
        const load = sampleBytes(layer) === 1 ? i32.load8u : i32.load16u
        const codeOf = (p: Code): Code => load(addressOf(p, sampleBytes(layer)), codes)
        return i32.and(all, i32.eq(codeOf(i), codeOf(other)))
      },
      i32.eq(i32.load(addressOf(i, 4), at.keysAt), i32.load(addressOf(other, 4), at.keysAt)),
    )
  w.when(i32.ge(i32.load(addressOf(i, 4), at.keysAt), i32.const(0)), () => {
    const place = w.keep(i32.sub(i, first), 'i32')
    const isLike = w.variable('i32', i32.const(0))
    w.when(stays, () => isLike.set(alike(i32.sub(i, width))))
    w.when(isLike.get, () => from.set(offsetOf(place)))
    w.when(i32.eqz(isLike.get), () => {
      const hasLeft = i32.and(i32.ne(place, i32.const(0)), i32.eqz(i32.load8u(place, at.breaks)))
      w.when(hasLeft, () => isLike.set(alike(i32.sub(i, i32.const(1)))))
      w.when(isLike.get, () => {
        w.line(i32.store(follower.get, offsetOf(place)))
        w.line(i32.store(follower.get, from.get, 4))
        follower.set(i32.add(follower.get, i32.const(FOLLOWER_BYTES)))
      })
      w.when(i32.eqz(isLike.get), () => {
        w.line(i32.store(leader.get, place))
        leader.set(i32.add(leader.get, i32.const(4)))
        from.set(offsetOf(place))
      })
    })
  })
}

/** Whether four pixels are like those at the other place; what has no key is like what has none. */
function fourAlike(i: Code, other: Code, { keysAt, codes }: LikePlaces): Code {
  const apart = codes.reduce(
    (all, { layer, at }) => {
      const bytes = sampleBytes(layer)
      const load = bytes === 1 ? v128.loadZero32 : v128.loadZero64
      return v128.or(all, v128.xor(load(addressOf(i, bytes), at), load(addressOf(other, bytes), at)))
    },
    v128.xor(v128.load(addressOf(i, 4), keysAt), v128.load(addressOf(other, 4), keysAt)),
  )
  return i32.eqz(v128.anyTrue(apart))
}

/** Runs over the leaders of the row in hand, so many at a time; of the last ones some may be there twice. */
export function eachLeader(w: Writer, at: LikePlaces, step: 1 | 2 | 4, lines: (entry: Code) => void): void {
  const entry = w.variable('i32', i32.const(at.leaders + LIST_BEGINS))
  const end = w.keep(i32.load(i32.const(at.leaders)), 'i32')
  w.loopWhile(
    () => i32.lt(entry.get, end),
    () => {
      lines(entry.get)
      entry.set(i32.add(entry.get, i32.const(4 * step)))
    },
  )
}

/** Adds a function that gives followers what those have whom they take from, in rows of doubles at these addresses. */
export function addFollow(module: ModuleWriter, at: LikePlaces, rows: readonly number[]): number {
  return module.add({ takes: ['i32', 'i32'], gives: [] }, (w) => {
    const entry = w.variable('i32', i32.const(at.followers + LIST_BEGINS))
    const end = w.keep(i32.load(i32.const(at.followers)), 'i32')
    w.loopWhile(
      () => i32.lt(entry.get, end),
      () => {
        const to = w.keep(i32.load(entry.get), 'i32')
        const from = w.keep(i32.load(entry.get, 4), 'i32')
        for (const row of rows) w.line(f64.store(to, f64.load(from, row), row))
        entry.set(i32.add(entry.get, i32.const(FOLLOWER_BYTES)))
      },
    )
    return []
  })
}
