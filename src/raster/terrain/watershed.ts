// The land above a point: which pixels drain through it, and the outline of such a set as rings.
// Always holds: rings follow pixel edges, so their area is exactly pixels × pixel area; outer rings run counter-clockwise
// (north up), holes clockwise, as GeoJSON wants.

import type { Grid } from '../grid.ts'
import { onward, type Drainage } from './drainage.ts'

/** 1 where water passes the pixel `outlet` (itself included), else 0. */
export function watershed({ ways, order, width }: Drainage, outlet: number): Uint8Array {
  const next = onward(width)
  const inside = new Uint8Array(ways.length)
  inside[outlet] = 1
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k]!
    const way = ways[i]!
    if (way <= 7 && inside[i + next[way]!] === 1) inside[i] = 1
  }
  return inside
}

/** The pixel with the most water among those at most `reach` columns and rows away: a point drawn by hand rarely hits the
 *  channel. Of equals the nearest, then the first in row order; −1 where none has water. */
export function snapOutlet(
  accumulation: ArrayLike<number>,
  { width, height }: { readonly width: number; readonly height: number },
  [col, row]: readonly [number, number],
  reach: number,
): number {
  let best = -1
  let bestAway = 0
  for (let r = Math.max(0, row - reach); r <= Math.min(height - 1, row + reach); r++)
    for (let c = Math.max(0, col - reach); c <= Math.min(width - 1, col + reach); c++) {
      const i = r * width + c
      const away = (r - row) * (r - row) + (c - col) * (c - col)
      if (accumulation[i]! <= 0) continue
      const more = best < 0 || accumulation[i]! > accumulation[best]!
      const nearer = best >= 0 && accumulation[i] === accumulation[best] && away < bestAway
      if (!more && !nearer) continue
      best = i
      bestAway = away
    }
  return best
}

export type Ring = readonly (readonly [number, number])[]
/** An outer ring and its holes; first and last point of a ring are the same. */
export type PolygonRings = readonly Ring[]

/** Outline of the pixels where `mask` is 1, in coordinates of the grid, one polygon for each set of pixels joined by edges.
 *  Polygons in the order of their first pixel. */
export function polygonise(
  mask: Uint8Array,
  grid: Pick<Grid, 'width' | 'height' | 'west' | 'north' | 'dx' | 'dy'>,
): PolygonRings[] {
  const { width, height } = grid
  const part = parts(mask, width, height)
  const rings: Ring[][] = []
  const walked = new Uint8Array(mask.length)
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue
    const own = part[i]!
    const polygon = (rings[own - 1] ??= [])
    const col = i % width
    const row = (i - col) / width
    // An upper edge not yet walked begins a ring: the outer one where the part is met first, else a hole.
    if ((row === 0 || part[i - width] !== own) && walked[i] === 0)
      polygon.push(ringFrom(part, own, grid, col, row, walked))
  }
  return rings
}

/** Numbers pixels joined by edges, from 1 in row order. */
function parts(mask: Uint8Array, width: number, height: number): Int32Array {
  const part = new Int32Array(mask.length)
  const stack: number[] = []
  let count = 0
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== 1 || part[seed] !== 0) continue
    part[seed] = ++count
    stack.push(seed)
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const col = i % width
      const visit = (next: number) => {
        if (mask[next] !== 1 || part[next] !== 0) return
        part[next] = count
        stack.push(next)
      }
      if (col > 0) visit(i - 1)
      if (col < width - 1) visit(i + 1)
      if (i >= width) visit(i - width)
      if (i < width * (height - 1)) visit(i + width)
    }
  }
  return part
}

/** Walks along the pixels of a part with the part on the left hand, starting westward on the upper edge of a pixel. */
function ringFrom(
  part: Int32Array,
  own: number,
  grid: Pick<Grid, 'width' | 'height' | 'west' | 'north' | 'dx' | 'dy'>,
  startCol: number,
  startRow: number,
  walked: Uint8Array,
): Ring {
  const { width, height } = grid
  const inside = (col: number, row: number) =>
    col >= 0 && col < width && row >= 0 && row < height && part[row * width + col] === own
  const place = (x: number, y: number) => [grid.west + x * grid.dx, grid.north - y * grid.dy] as const
  const ring: (readonly [number, number])[] = []
  // Corner (x, y) of the pixel lattice; heading 0 west, 1 south, 2 east, 3 north. The part lies to the left of the heading.
  let x = startCol + 1
  let y = startRow
  let heading = 0
  const fromX = x
  const fromY = y
  do {
    if (heading === 0) walked[y * width + x - 1] = 1
    x += STEP_X[heading]!
    y += STEP_Y[heading]!
    // Pixels ahead on the left and on the right of the corner reached.
    const left = inside(x + LEFT_X[heading]!, y + LEFT_Y[heading]!)
    const right = inside(x + RIGHT_X[heading]!, y + RIGHT_Y[heading]!)
    // Corner to corner the outline crosses over, so that a hole closed by a corner stays a hole and no ring crosses itself.
    const turn = right ? 3 : left ? 0 : 1
    if (turn !== 0) ring.push(place(x, y))
    heading = (heading + turn) & 3
  } while (x !== fromX || y !== fromY || heading !== 0)
  ring.push(ring[0]!)
  return ring
}

const STEP_X = Int8Array.of(-1, 0, 1, 0)
const STEP_Y = Int8Array.of(0, 1, 0, -1)
const LEFT_X = Int8Array.of(-1, 0, 0, -1)
const LEFT_Y = Int8Array.of(0, 0, -1, -1)
const RIGHT_X = Int8Array.of(-1, -1, 0, 0)
const RIGHT_Y = Int8Array.of(-1, 0, 0, -1)
