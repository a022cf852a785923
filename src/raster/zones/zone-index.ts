// Which zone a pixel belongs to: the zone its centre lies in (even-odd over the rings of the zone), by scan lines.
// A centre exactly on an edge belongs to the zone east of it, on a level edge to the zone south of it, so that
// neighbours share no pixel and lose none. Always holds: where zones overlap the first in order has the pixel, and
// the overlap is told.

import type { Problem } from '../../kernel/index.ts'
import { TILE, type Grid, type Window } from '../grid.ts'
import { edgeTable, type EdgeTable, type Zone } from './edge-table.ts'
import { problem } from './problems.ts'
import { zoneRuns, type OnRun, type PlainRuns, type ZoneRuns } from './zone-runs.ts'

/** The zone that has the pixels and one that loses them. */
export interface ZoneOverlap {
  readonly first: string
  readonly second: string
  readonly pixels: number
  /** Column and row. */
  readonly firstPixel: readonly [number, number]
}

export interface ZoneIndex {
  readonly ids: readonly string[]
  /** Pixels of each zone, in the order of `ids`. */
  readonly pixels: Float64Array
  /** Zones that have no pixel: smaller than one, off the grid, or covered by zones before them. */
  readonly empty: readonly string[]
  readonly overlaps: readonly ZoneOverlap[]
  readonly problems: readonly Problem[]
  /** Fills `into` with the place of the zone in `ids` for each pixel of the window, −1 outside all zones.
   *  @returns whether a pixel lies in a zone */
  read(window: Window, into: Int32Array): boolean
  /** The same pixels run by run. */
  eachRun(window: Window, take: OnRun): boolean
  /** The pixels of the zones, for `zoneRuns` in another thread. */
  plainRuns(): PlainRuns
}

/** Of overlapping pairs the largest are told one by one. */
const PAIRS_TOLD = 10

/** @param zones with coordinates in the grid's coordinate system (see projectPolygons) */
export function zoneIndex(zones: readonly Zone[], grid: Grid): ZoneIndex {
  const edges = edgeTable(zones, grid)
  const ids = zones.map((z) => z.id)
  const { pixels, overlaps, runs } = survey(edges, ids, grid)
  return {
    ids,
    pixels,
    empty: ids.filter((_, z) => pixels[z] === 0),
    overlaps,
    problems: overlapProblems(overlaps),
    read: (window, into) => runs.read(window, into),
    eachRun: (window, take) => runs.eachRun(window, take),
    plainRuns: () => runs.plain(),
  }
}

type OnSpan = (zone: number, row: number, from: number, to: number) => void

/** Calls `onSpan` for each run of pixels of a zone inside the window, zones in order. */
function eachSpan(edges: EdgeTable, window: Window, onSpan: OnSpan): void {
  const { x0, y0, x1, y1, zone } = edges
  const endRow = window.row + window.height
  const endCol = window.col + window.width
  const crossings: number[][] = Array.from({ length: window.height }, () => [])
  let low = window.height
  let high = -1
  const flush = (z: number): void => {
    for (let r = low; r <= high; r++) {
      const cols = crossings[r]!
      if (cols.length === 0) continue
      sortSmall(cols)
      for (let i = 0; i + 1 < cols.length; i += 2)
        if (cols[i]! < cols[i + 1]!) onSpan(z, window.row + r, cols[i]!, cols[i + 1]!)
      cols.length = 0
    }
    low = window.height
    high = -1
  }
  // A zone's edges may stand in several rows of tiles: they are met zone by zone, each edge once.
  const firstTile = Math.floor(window.row / TILE)
  const lastTile = Math.floor((endRow - 1) / TILE)
  const lists = Array.from({ length: lastTile - firstTile + 1 }, (_, i) => edges.edgesOf(firstTile + i))
  const at = lists.map(() => 0)
  for (;;) {
    let z = Infinity
    lists.forEach((list, l) => (z = at[l]! < list.length ? Math.min(z, zone[list[at[l]!]!]!) : z))
    if (z === Infinity) return
    lists.forEach((list, l) => {
      for (; at[l]! < list.length && zone[list[at[l]!]!] === z; at[l]!++) {
        const e = list[at[l]!]!
        // The edge is drawn in the rows of this row of tiles only, so that no list draws it twice.
        const top = Math.max(window.row, (firstTile + l) * TILE, firstRow(y0[e]!))
        const end = Math.min(endRow, (firstTile + l + 1) * TILE, firstRow(y1[e]!))
        if (top >= end) continue
        const slope = (x1[e]! - x0[e]!) / (y1[e]! - y0[e]!)
        for (let row = top; row < end; row++) {
          const col = Math.ceil(x0[e]! + (row + 0.5 - y0[e]!) * slope - 0.5)
          crossings[row - window.row]!.push(Math.min(endCol, Math.max(window.col, col)))
        }
        low = Math.min(low, top - window.row)
        high = Math.max(high, end - 1 - window.row)
      }
    })
    flush(z)
  }
}

/** The first row whose centre lies at or below y. */
const firstRow = (y: number): number => Math.ceil(y - 0.5)

/** A row of a county is crossed a few times: insertion beats a general sort. */
function sortSmall(list: number[]): void {
  for (let i = 1; i < list.length; i++) {
    const x = list[i]!
    let j = i - 1
    for (; j >= 0 && list[j]! > x; j--) list[j + 1] = list[j]!
    list[j + 1] = x
  }
}

interface Span {
  readonly zone: number
  readonly from: number
  readonly to: number
}

/** Finds pixels and overlaps by runs, without drawing a pixel. */
function survey(
  edges: EdgeTable,
  ids: readonly string[],
  grid: Grid,
): { readonly pixels: Float64Array; readonly overlaps: readonly ZoneOverlap[]; readonly runs: ZoneRuns } {
  const runs = zoneRuns(grid.height)
  const pixels = new Float64Array(ids.length)
  const pairs = new Map<number, { pixels: number; readonly firstPixel: readonly [number, number] }>()
  const row = (spans: Span[], at: number): void => {
    spans.sort((a, b) => a.from - b.from || a.zone - b.zone)
    for (let i = 0; i < spans.length;) {
      // A group of runs that touch each other; nearly always one.
      let end = spans[i]!.to
      let j = i + 1
      for (; j < spans.length && spans[j]!.from < end; j++) end = Math.max(end, spans[j]!.to)
      if (j === i + 1) own(spans[i]!.zone, spans[i]!.from, spans[i]!.to)
      else group(spans.slice(i, j), at)
      i = j
    }
    runs.endRow()
  }
  const own = (zone: number, from: number, to: number): void => {
    pixels[zone]! += to - from
    runs.add(zone, from, to)
  }
  const group = (spans: readonly Span[], at: number): void => {
    const cuts = [...new Set(spans.flatMap((s) => [s.from, s.to]))].sort((a, b) => a - b)
    for (let c = 0; c + 1 < cuts.length; c++) {
      const [from, to] = [cuts[c]!, cuts[c + 1]!]
      const here = spans.filter((s) => s.from <= from && s.to >= to).map((s) => s.zone)
      const first = Math.min(...here)
      own(first, from, to)
      for (const other of here) {
        if (other === first) continue
        const key = first * ids.length + other
        const pair = pairs.get(key)
        if (pair) pair.pixels += to - from
        else pairs.set(key, { pixels: to - from, firstPixel: [from, at] })
      }
    }
  }
  for (let top = 0; top < grid.height; top += TILE) {
    const height = Math.min(TILE, grid.height - top)
    const rows: Span[][] = Array.from({ length: height }, () => [])
    eachSpan(edges, { col: 0, row: top, width: grid.width, height }, (zone, r, from, to) =>
      rows[r - top]!.push({ zone, from, to }),
    )
    rows.forEach((spans, r) => row(spans, top + r))
  }
  const overlaps = [...pairs]
    .sort(([a, p], [b, q]) => q.pixels - p.pixels || a - b)
    .map(([key, pair]) => ({
      first: ids[Math.floor(key / ids.length)]!,
      second: ids[key % ids.length]!,
      pixels: pair.pixels,
      firstPixel: pair.firstPixel,
    }))
  return { pixels, overlaps, runs }
}

function overlapProblems(overlaps: readonly ZoneOverlap[]): readonly Problem[] {
  const rest = overlaps.slice(PAIRS_TOLD)
  return [
    ...overlaps
      .slice(0, PAIRS_TOLD)
      .map(({ first, second, pixels, firstPixel }) =>
        problem('raster.zones-overlap', { first, second, pixels }, { pixel: firstPixel }),
      ),
    ...(rest.length === 0
      ? []
      : [
          problem('raster.zones-overlap-more', {
            pairs: rest.length,
            pixels: rest.reduce((sum, o) => sum + o.pixels, 0),
          }),
        ]),
  ]
}
