// Units with serials: which pieces of lots an account gives, how a piece is cut, and how serials are written.
// Serves permits, vouchers, certificates, points and labels, where every unit can be followed from issue to end.
// Always holds: the pieces of a lot cover it exactly; a piece is cut, never joined, so (lot, from) names it for ever.

import type { CivilDate } from '../../kernel/index.ts'
import type { Lot, LotId, Piece, SerialRange } from './model.ts'

export const sizeOf = (r: SerialRange): bigint => r.to - r.from

export const sumOf = (ranges: readonly SerialRange[]): bigint => ranges.reduce((s, r) => s + sizeOf(r), 0n)

export const pieceKey = (p: SerialRange): string => `${p.lot} ${p.from}`

/** Past its last day on the legal date of a posting.
 *  Chosen: the legal date. Rejected: today. Because a surrender due and filed on the last day, and approved a week
 *  later, counts on the day it was filed. */
export const isExpired = (lot: Lot, on: CivilDate): boolean => lot.expires !== undefined && lot.expires < on

/** First what expires first, then what was issued first; then by lot and serial, so that there is one order. */
export function pieceOrder(a: Piece, b: Piece, lots: LotLookup): number {
  if (a.lot === b.lot) return a.from < b.from ? -1 : a.from > b.from ? 1 : 0
  const [x, y] = [getLot(lots, a.lot), getLot(lots, b.lot)]
  return compare(x.expires ?? NEVER, y.expires ?? NEVER) || compare(x.issued, y.issued) || compare(x.id, y.id)
}

export interface LotLookup {
  readonly get: (id: LotId) => Lot | undefined
}

/** Sorts after every date. */
const NEVER = '~'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function getLot(lots: LotLookup, id: LotId): Lot {
  const lot = lots.get(id)
  if (!lot) throw new Error(`lot ${id} is not in the book`)
  return lot
}

/** The first `amount` units among the pieces that `mayGo`, in the order they stand; fewer where there are not enough. */
export function firstUnits(pieces: readonly Piece[], amount: bigint, mayGo: (p: Piece) => boolean): SerialRange[] {
  const chosen: SerialRange[] = []
  let rest = amount
  for (const p of pieces) {
    if (rest === 0n) break
    if (!mayGo(p)) continue
    const to = sizeOf(p) <= rest ? p.to : p.from + rest
    chosen.push({ lot: p.lot, from: p.from, to })
    rest -= to - p.from
  }
  return chosen
}

export interface Cut {
  /** The pieces that make up the ranges, still as they were held. */
  readonly taken: readonly Piece[]
  /** All that remains, in the order given. */
  readonly kept: readonly Piece[]
  /** Those of `kept` that are what is left of a cut piece. */
  readonly left: readonly Piece[]
}

/** Cuts the ranges out of pieces that do not overlap.
 *  @returns the first range that is not wholly among those that `mayGo` as `missing` */
export function cut(
  pieces: readonly Piece[],
  ranges: readonly SerialRange[],
  mayGo: (p: Piece) => boolean,
): Cut | { readonly missing: SerialRange } {
  const wanted = byLot(ranges)
  const found = new Map<SerialRange, bigint>(ranges.map((r) => [r, 0n]))
  const taken: Piece[] = []
  const kept: Piece[] = []
  const left: Piece[] = []
  for (const p of pieces) {
    const hits = (wanted.get(p.lot) ?? []).filter((r) => r.from < p.to && p.from < r.to)
    if (hits.length === 0 || !mayGo(p)) {
      kept.push(p)
      continue
    }
    let at = p.from
    const rest = (to: bigint) => {
      if (at >= to) return
      const piece = { ...p, from: at, to }
      kept.push(piece)
      left.push(piece)
    }
    for (const r of hits.sort((a, b) => (a.from < b.from ? -1 : 1))) {
      const part = { ...p, from: r.from > p.from ? r.from : p.from, to: r.to < p.to ? r.to : p.to }
      rest(part.from)
      taken.push(part)
      found.set(r, found.get(r)! + sizeOf(part))
      at = part.to
    }
    rest(p.to)
  }
  const missing = ranges.find((r) => found.get(r) !== sizeOf(r))
  return missing ? { missing } : { taken, kept, left }
}

function byLot(ranges: readonly SerialRange[]): Map<LotId, SerialRange[]> {
  const groups = new Map<LotId, SerialRange[]>()
  for (const r of ranges) {
    const group = groups.get(r.lot)
    if (group) group.push(r)
    else groups.set(r.lot, [r])
  }
  return groups
}

/** Ranges of one lot that touch become one. Sorted by lot in the order of first appearance, then by serial. */
export function joinRanges(ranges: readonly SerialRange[]): SerialRange[] {
  const joined: SerialRange[] = []
  for (const all of byLot(ranges).values()) {
    for (const r of all.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
      const last = joined.at(-1)
      if (last?.lot === r.lot && last.to === r.from) joined[joined.length - 1] = { ...last, to: r.to }
      else joined.push({ lot: r.lot, from: r.from, to: r.to })
    }
  }
  return joined
}

/** Not empty, not reversed, and no two share a unit. */
export function areDisjoint(ranges: readonly SerialRange[]): boolean {
  if (ranges.some((r) => r.from < 0n || r.from >= r.to)) return false
  for (const all of byLot(ranges).values()) {
    const sorted = all.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    if (sorted.some((r, i) => i > 0 && sorted[i - 1]!.to > r.from)) return false
  }
  return true
}

/** As people write it: `XL2026-000001–000100`, counted from 1, both ends included; one unit is one serial. */
export function serialText(lot: Pick<Lot, 'prefix' | 'size'>, { from, to }: Pick<SerialRange, 'from' | 'to'>): string {
  const digits = Math.max(SERIAL_DIGITS, lot.size.toString().length)
  const write = (n: bigint) => n.toString().padStart(digits, '0')
  const first = `${lot.prefix}-${write(from + 1n)}`
  return to - from === 1n ? first : `${first}–${write(to)}`
}

const SERIAL_DIGITS = 6
