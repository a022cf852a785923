// Flats and their outlets, found run by run in the order of rows: a flat with one outlet needs nobody to say which outlet was met
// first, so its pixels need not be gathered. Pixels LEVEL beside each other are of one flat, and so are those beside one outlet.
// Always holds: parts of one flat that hang together only by what is not LEVEL are all told to have many outlets, or the same one.

import { framedPlace, framedWidth, type Framed } from './framed.ts'
import { grown } from './grown.ts'
import { LEVEL, neighbourOffsets, type HeightMap } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

/** In place of an outlet. */
export const NO_OUTLET = 0
export const MANY_OUTLETS = 1

export interface FlatOutlets {
  readonly count: number
  /** By flat, in the order of rows: its first pixel LEVEL (0 where another number stands for the flat), and its outlet. */
  readonly first: Uint32Array
  readonly outlet: Uint32Array
}

/** Gives all that is LEVEL the distance Infinity, and outlets one below 0. */
export function flatOutlets(filled: HeightMap, { codes, distance }: Framed, watch: Watch): FlatOutlets {
  const { width, height, values: z } = filled
  const across = framedWidth(width)
  const around = neighbourOffsets(across)
  const aroundHeight = neighbourOffsets(width)
  let towards: Uint32Array = new Uint32Array(1024)
  let first: Uint32Array = new Uint32Array(1024)
  let outlet: Uint32Array = new Uint32Array(1024)
  let count = 0
  const headOf = (flat: number): number => {
    let at = flat
    while (towards[at] !== at) at = towards[at] = towards[towards[at]!]!
    return at
  }
  const join = (one: number, other: number): number => {
    const [a, b] = [headOf(one), headOf(other)]
    if (a === b) return a
    const [head, rest] = a < b ? [a, b] : [b, a]
    towards[rest] = head
    first[rest] = 0
    if (outlet[head] !== outlet[rest])
      outlet[head] =
        outlet[head] === NO_OUTLET ? outlet[rest]! : outlet[rest] === NO_OUTLET ? outlet[head]! : MANY_OUTLETS
    return head
  }
  const begun = (at: number): number => {
    if (count === first.length) {
      towards = grown(towards)
      first = grown(first)
      outlet = grown(outlet)
    }
    first[count] = at
    outlet[count] = NO_OUTLET
    towards[count] = count
    return count++
  }
  /** A pixel beside a flat that is as high and has a way down. */
  const meet = (flat: number, at: number, own: number): number => {
    const known = distance[at]!
    if (known < 0) return join(flat, -known - 1)
    distance[at] = -flat - 1
    let isAlone = outlet[flat] === NO_OUTLET
    for (let k = 0; k < 8; k++) if (codes[at + around[k]!]! < 8 && z[own + aroundHeight[k]!] === z[own]) isAlone = false
    outlet[flat] = isAlone ? at : MANY_OUTLETS
    return flat
  }

  /** Flats of the runs of this row and the row before, with the places where they begin and the ones after their ends. */
  const room = () => new Uint32Array(width + 1)
  let [begins, ends, flats, aboveBegins, aboveEnds, aboveFlats] = [room(), room(), room(), room(), room(), room()]
  let aboveRuns = 0
  for (let row = 0; row < height; row++) {
    if (((row * width) & WATCHED) < width) watch('directions', 0.3 + (0.2 * row) / height)
    const from = framedPlace(width, row)
    const to = from + width
    const heightsBefore = row * width - from
    let runs = 0
    let above = 0
    for (let at = from; at < to; at++) {
      if (codes[at] !== LEVEL) continue
      const begin = at
      do distance[at++] = Number.POSITIVE_INFINITY
      while (codes[at] === LEVEL)
      let flat = -1
      while (above < aboveRuns && aboveEnds[above]! + across < begin) above++
      for (let run = above; run < aboveRuns && aboveBegins[run]! + across <= at; run++)
        flat = flat < 0 ? headOf(aboveFlats[run]!) : join(flat, aboveFlats[run]!)
      if (flat < 0) flat = begun(begin)
      const level = z[begin + heightsBefore]!
      for (let beside = begin - 1; beside <= at; beside++) {
        for (let next = beside - across; next <= beside + across; next += across)
          if (codes[next]! < 8) {
            const own = beside + heightsBefore + (next < beside ? -width : next > beside ? width : 0)
            if (z[own] === level) flat = headOf(meet(flat, next, own))
          }
      }
      begins[runs] = begin
      ends[runs] = at
      flats[runs++] = flat
    }
    ;[begins, ends, flats, aboveBegins, aboveEnds, aboveFlats] = [
      aboveBegins,
      aboveEnds,
      aboveFlats,
      begins,
      ends,
      flats,
    ]
    aboveRuns = runs
  }
  return { count, first, outlet }
}
