// Filling depressions: every pixel is raised to the lowest height from which water can run out over the edge of the grid
// or into a pixel without height. Priority flood (Barnes, Lehman and Mulla 2014) in which only spill points enter the heap
// (Zhou, Sun and Fu 2016): depressions are walked with a plain queue, hillsides with another.
// Always holds: the result is the lowest surface without depressions that is nowhere below the first one.

import { VALID } from '../band.ts'
import { framed, neighbourOffsets, surfaceLike, type Surface } from './surface.ts'

const SHUT = 0
const OPEN = 1

/** Heights without depressions, m; flats stay flat. */
export function fillDepressions(dem: Surface): Surface {
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
