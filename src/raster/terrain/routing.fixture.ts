// Filling, directions and sums along the water written plainly, over doubles with a frame: the twin of what runs. A flood with a
// heap by height, steepest descent with a neighbour's state asked each time, and receivers written out.

import { VALID } from '../band.ts'
import type { Directions } from './d8.ts'
import { COLS, neighbourOffsets, NO_DIRECTION, PIT, ROWS, stepLengths, surfaceLike, type Surface } from './surface.ts'

const SHUT = 0
const OPEN = 1

/** A frame of one pixel around the grid, so that no neighbour needs a test for the edge. */
const framed = ({ width, height }: Pick<Surface, 'width' | 'height'>) => ({
  rowWidth: width + 2,
  first: width + 3,
  size: (width + 2) * (height + 2),
})

export function plainFill(dem: Surface): Surface<Float64Array> {
  const { width, height } = dem
  const { rowWidth, first, size } = framed(dem)
  const around = neighbourOffsets(rowWidth)
  const z = new Float64Array(size)
  const state = new Uint8Array(size)
  const land = new Uint8Array(size)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      if (dem.states[i] !== VALID) continue
      const at = first + row * rowWidth + col
      z[at] = dem.values[i]!
      state[at] = OPEN
      land[at] = 1
    }

  const heap = heapOf(z)
  for (let at = first; at < size - first; at++) {
    if (!land[at]) continue
    for (let k = 0; k < 8; k++)
      if (!land[at + around[k]!]) {
        state[at] = SHUT
        heap.push(at)
        break
      }
  }

  const pool = new Int32Array(size)
  const hillside = new Int32Array(size)
  while (heap.size() > 0) {
    const spill = heap.pop()
    const level = z[spill]!
    let poolEnd = 0
    let hillsideEnd = 0
    pool[poolEnd++] = spill
    for (let head = 0; head < poolEnd; head++)
      for (let k = 0; k < 8; k++) {
        const next = pool[head]! + around[k]!
        if (state[next] !== OPEN) continue
        state[next] = SHUT
        if (z[next]! > level) hillside[hillsideEnd++] = next
        else {
          z[next] = level
          pool[poolEnd++] = next
        }
      }
    for (let head = 0; head < hillsideEnd; head++) {
      const at = hillside[head]!
      let spills = false
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!
        if (state[next] !== OPEN) continue
        if (z[next]! > z[at]!) {
          state[next] = SHUT
          hillside[hillsideEnd++] = next
        } else if (!spills) {
          spills = true
          heap.push(at)
        }
      }
    }
  }

  const values = new Float64Array(width * height)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      if (dem.states[i] === VALID) values[i] = z[first + row * rowWidth + col]!
    }
  return surfaceLike(dem, values)
}

/** Pixels by height, lowest first; which of two equals comes first has no effect on the filled surface. */
function heapOf(z: Float64Array) {
  let items = new Int32Array(1024)
  let count = 0
  return {
    size: () => count,
    push(at: number) {
      if (count === items.length) {
        const larger = new Int32Array(2 * count)
        larger.set(items)
        items = larger
      }
      const key = z[at]!
      let slot = count++
      while (slot > 0) {
        const parent = (slot - 1) >> 1
        if (z[items[parent]!]! <= key) break
        items[slot] = items[parent]!
        slot = parent
      }
      items[slot] = at
    },
    pop(): number {
      const top = items[0]!
      const last = items[--count]!
      const key = z[last]!
      let slot = 0
      for (;;) {
        let child = 2 * slot + 1
        if (child >= count) break
        if (child + 1 < count && z[items[child + 1]!]! < z[items[child]!]!) child++
        if (z[items[child]!]! >= key) break
        items[slot] = items[child]!
        slot = child
      }
      items[slot] = last
      return top
    },
  }
}

export function plainD8(filled: Surface): Directions {
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

interface PlainDrainage {
  /** −1 out of the grid, into nodata, in a pit or without height. */
  readonly receivers: Int32Array
  readonly order: Int32Array
}

/** @throws Error where directions run in a circle (those of `d8` never do) */
export function plainDrainage(directions: Directions): PlainDrainage {
  const { width, height, codes } = directions
  const receivers = new Int32Array(codes.length).fill(-1)
  const inflows = new Uint8Array(codes.length)
  let cells = 0
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      const code = codes[i]!
      if (code === NO_DIRECTION) continue
      cells++
      if (code > 7) continue
      const toCol = col + COLS[code]!
      const toRow = row + ROWS[code]!
      if (toCol < 0 || toCol >= width || toRow < 0 || toRow >= height) continue
      const to = toRow * width + toCol
      if (codes[to] === NO_DIRECTION) continue
      receivers[i] = to
      inflows[to]!++
    }

  const order = new Int32Array(cells)
  let end = 0
  for (let source = 0; source < codes.length; source++) {
    if (codes[source] === NO_DIRECTION || inflows[source] !== 0) continue
    for (let i = source; i >= 0; i = receivers[i]!) {
      if (i !== source && --inflows[i]! > 0) break
      inflows[i] = TAKEN
      order[end++] = i
    }
  }
  if (end !== cells) throw new Error(`directions run in a circle: ${cells - end} of ${cells} pixels have no end`)
  return { receivers, order }
}

/** More inflows than eight neighbours can make: a pixel that is in the order. */
const TAKEN = 255

/** Sum of `weight` over each pixel and all that drain into it; without a weight the number of those pixels. 0 without height. */
export function plainSums({ receivers, order }: PlainDrainage, weight?: Float64Array): Float64Array {
  const sums = new Float64Array(receivers.length)
  for (const i of order) sums[i] = weight ? weight[i]! : 1
  for (const i of order) {
    const to = receivers[i]!
    if (to >= 0) sums[to]! += sums[i]!
  }
  return sums
}
