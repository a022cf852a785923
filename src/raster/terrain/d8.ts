// Where each pixel drains: one of eight neighbours, by steepest descent, diagonals counted by their length. Flats drain to
// the nearest pixel that has a way down (the peer's plateau rule): the outlets of a flat first, pixels beside nodata or the edge
// only where it has none; shortest ways with diagonals of √2, found from the outlets in the order they were met.
// Always holds: no water runs in a circle; where the surface has no depressions every pixel has a direction.

import { VALID } from '../band.ts'
import { framed, neighbourOffsets, stepLengths, type Surface } from './surface.ts'

/** A pixel without height. */
export const NO_DIRECTION = 255
/** A pixel of a depression: water comes and does not leave. Only on a surface that was not filled. */
export const PIT = 8

/** Directions 0 (east), counter-clockwise to 7 (south-east); those at the rim may point out of the grid or into nodata. */
export interface Directions {
  readonly width: number
  readonly height: number
  readonly codes: Uint8Array
}

export function d8(filled: Surface): Directions {
  const { width, height } = filled
  const { rowWidth, first, size } = framed(filled)
  const around = neighbourOffsets(rowWidth)
  const steps = stepLengths(filled)
  const gain = Float64Array.from(steps, (step) => filled.cell / step)
  const way = Float64Array.from(steps, (step) => step / filled.cell)
  const z = new Float64Array(size)
  const land = new Uint8Array(size)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      if (filled.states[i] !== VALID) continue
      z[first + row * rowWidth + col] = filled.values[i]!
      land[first + row * rowWidth + col] = 1
    }

  const codes = new Uint8Array(size).fill(NO_DIRECTION)
  const steepest = (at: number): number => {
    let best = 0
    let code = NO_DIRECTION
    for (let k = 0; k < 8; k++) {
      const next = at + around[k]!
      if (!land[next]) continue
      const descent = (z[at]! - z[next]!) * gain[k]!
      if (descent > best) {
        best = descent
        code = k
      }
    }
    return code
  }
  /** The way out over the rim: the first straight one; the last diagonal one where there is none (as the peer has it). */
  const outward = (at: number): number => {
    let code = NO_DIRECTION
    for (let k = 0; k < 8; k++)
      if (!land[at + around[k]!]) {
        if (k % 2 === 0) return k
        code = k
      }
    return code
  }

  const seen = new Uint8Array(size)
  const distance = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  const flat = queue()
  const outlets = queue()
  const rim = queue()
  const drainFlat = (root: number) => {
    flat.clear()
    outlets.clear()
    rim.clear()
    flat.push(root)
    seen[root] = 1
    for (let at = flat.shift(); at >= 0; at = flat.shift()) {
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!
        if (!land[next] || seen[next] || z[next] !== z[at]) continue
        seen[next] = 1
        flat.push(next)
      }
      const down = steepest(at)
      if (down !== NO_DIRECTION) {
        codes[at] = down
        distance[at] = 0
        outlets.push(at)
      } else if (outward(at) !== NO_DIRECTION) rim.push(at)
    }
    if (outlets.isEmpty())
      for (let at = rim.shift(); at >= 0; at = rim.shift()) {
        codes[at] = outward(at)
        distance[at] = 0
        outlets.push(at)
      }
    for (let at = outlets.shift(); at >= 0; at = outlets.shift())
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!
        const longer = distance[at]! + way[k]!
        if (!land[next] || z[next] !== z[at] || distance[next]! <= longer) continue
        codes[next] = (k + 4) & 7
        distance[next] = longer
        outlets.push(next)
      }
  }

  for (let at = first; at < size - first; at++) {
    if (!land[at] || codes[at] !== NO_DIRECTION) continue
    codes[at] = steepest(at)
    if (codes[at] === NO_DIRECTION && !seen[at]) drainFlat(at)
    if (codes[at] === NO_DIRECTION) codes[at] = PIT
  }

  const result = new Uint8Array(width * height)
  for (let row = 0; row < height; row++)
    result.set(codes.subarray(first + row * rowWidth, first + row * rowWidth + width), row * width)
  return { width, height, codes: result }
}

/** First in, first out; gives −1 when empty. A flat's pixels may enter more than once, so it grows. */
function queue() {
  let items = new Int32Array(1024)
  let head = 0
  let end = 0
  return {
    isEmpty: () => head === end,
    clear() {
      head = end = 0
    },
    push(at: number) {
      if (end === items.length) {
        const larger = new Int32Array(2 * end)
        larger.set(items)
        items = larger
      }
      items[end++] = at
    },
    shift: () => (head === end ? -1 : items[head++]!),
  }
}
