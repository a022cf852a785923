// The share of each pixel that a zone covers: the exact area of polygon ∩ pixel, in doubles, tile by tile.
// Each edge adds the signed area to its east within the pixels it passes (as font rasterisers do), then rows are summed
// from west to east. Always holds: over the whole plane the shares add up to polygon area ÷ pixel area.

import { TILE, type Grid, type Window } from '../grid.ts'
import { edgeTable, type Zone } from './edge-table.ts'

export interface ExactCover {
  readonly ids: readonly string[]
  /** Zones whose bounding box meets the window, in order. */
  zonesIn(window: Window): readonly number[]
  /** Fills `into` with the share (0 … 1) of each pixel of the window that lies in the zone. */
  read(zone: number, window: Window, into: Float64Array): void
}

/** Rounding of a row sum: nearer to nothing or to the whole than this is nothing or the whole. */
const ROUNDING = 1e-11

interface Box {
  west: number
  east: number
  top: number
  bottom: number
}

/** @param zones with coordinates in the grid's coordinate system (see projectPolygons) */
export function exactCover(zones: readonly Zone[], grid: Grid): ExactCover {
  const edges = edgeTable(zones, grid)
  const { x0, y0, x1, y1, side, zone: zoneOf } = edges
  const boxes: readonly Box[] = zones.map((z) => boxOf(z, grid))

  return {
    ids: zones.map((z) => z.id),
    zonesIn: (w) =>
      zones.flatMap((_, z) => {
        const box = boxes[z]!
        const meets = box.west < w.col + w.width && box.east > w.col && box.top < w.row + w.height && box.bottom > w.row
        return meets ? [z] : []
      }),

    read(zone, window, into) {
      const { col, row, width, height } = window
      into.fill(0, 0, width * height)
      const add = (r: number, xa: number, xb: number, cover: number): void => {
        // A piece of an edge within row r: from xa to xb (pixels from the window's west), `cover` of the row high.
        const base = (r - row) * width
        const [left, right] = xa < xb ? [xa, xb] : [xb, xa]
        if (left >= width) return
        if (right <= 0) {
          into[base]! += cover
          return
        }
        const first = Math.floor(left)
        if (first >= 0 && right <= first + 1) {
          partial(into, base, first, width, cover, (left + right) / 2 - first)
          return
        }
        const perPixel = cover / (right - left)
        if (left < 0) into[base]! += perPixel * -left
        for (let c = Math.max(0, first); c < width && c < right; c++) {
          const a = Math.max(left, c)
          const b = Math.min(right, c + 1)
          partial(into, base, c, width, perPixel * (b - a), (a + b) / 2 - c)
        }
      }
      for (let t = Math.floor(row / TILE); t <= Math.floor((row + height - 1) / TILE); t++) {
        const list = edges.edgesOf(t)
        const tileTop = Math.max(row, t * TILE)
        const tileEnd = Math.min(row + height, (t + 1) * TILE)
        for (let i = firstOfZone(list, zoneOf, zone); i < list.length && zoneOf[list[i]!] === zone; i++) {
          const e = list[i]!
          const slope = (x1[e]! - x0[e]!) / (y1[e]! - y0[e]!)
          const xAt = (y: number): number =>
            (y <= y0[e]! ? x0[e]! : y >= y1[e]! ? x1[e]! : x0[e]! + (y - y0[e]!) * slope) - col
          const end = Math.min(tileEnd, Math.ceil(y1[e]!))
          for (let r = Math.max(tileTop, Math.floor(y0[e]!)); r < end; r++) {
            const top = Math.max(y0[e]!, r)
            const bottom = Math.min(y1[e]!, r + 1)
            add(r, xAt(top), xAt(bottom), side[e]! * (bottom - top))
          }
        }
      }
      sumRows(into, width, height)
    },
  }
}

/** The pixel keeps what lies east of the piece inside it; the pixels east of it have all of it. */
function partial(into: Float64Array, base: number, c: number, width: number, cover: number, mean: number): void {
  into[base + c]! += cover * (1 - mean)
  if (c + 1 < width) into[base + c + 1]! += cover * mean
}

function sumRows(into: Float64Array, width: number, height: number): void {
  for (let r = 0; r < height; r++) {
    let sum = 0
    for (let i = r * width; i < (r + 1) * width; i++) {
      sum += into[i]!
      into[i] = sum < ROUNDING ? 0 : sum > 1 - ROUNDING ? 1 : sum
    }
  }
}

/** Edges stand in order of zones: the first of a zone by halving. */
function firstOfZone(list: Int32Array, zoneOf: Int32Array, zone: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (zoneOf[list[middle]!]! < zone) low = middle + 1
    else high = middle
  }
  return low
}

function boxOf(zone: Zone, grid: Grid): Box {
  const box: Box = { west: Infinity, east: -Infinity, top: Infinity, bottom: -Infinity }
  for (const polygon of zone.polygons)
    for (const ring of polygon)
      for (const p of ring) {
        const x = (p[0]! - grid.west) / grid.dx
        const y = (grid.north - p[1]!) / grid.dy
        if (x < box.west) box.west = x
        if (x > box.east) box.east = x
        if (y < box.top) box.top = y
        if (y > box.bottom) box.bottom = y
      }
  return box
}
