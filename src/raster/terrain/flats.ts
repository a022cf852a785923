// Ways over flats: from the pixels of a flat that have a way down (where it has none, from those beside nodata or the edge)
// shortest ways spread over the others, diagonals √2 long, in the order the pixels are met.
// Always holds: a flat is met at its first pixel without a way, in the order of rows; what is met later never changes it.

import { grown } from './grown.ts'
import { COLS, NO_DIRECTION, neighbourOffsets, LEVEL, PIT, stepLengths, type HeightMap } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

const SEEN = 1
const REACHED = 2

/** Gives each pixel that is LEVEL its direction, or PIT where its flat has no way out. */
export function drainFlats(filled: HeightMap, codes: Uint8Array, watch: Watch): void {
  const { width, height, values: z } = filled
  const around = neighbourOffsets(width)
  const way = Float64Array.from(stepLengths(filled), (step) => step / filled.cell)
  // The system gives memory to both only where there are flats.
  const met = new Uint8Array(codes.length)
  const distance = new Float64Array(codes.length)
  let flat = new Uint32Array(1024)
  let outlets = new Uint32Array(1024)
  let flatEnd = 0
  let outletEnd = 0
  const addOutlet = (at: number): void => {
    if (outletEnd === outlets.length) outlets = grown(outlets)
    outlets[outletEnd++] = at
  }

  const isInside = (col: number, at: number): boolean =>
    col > 0 && col < width - 1 && at >= width && at < width * (height - 1)
  const isOut = (at: number, k: number): boolean => {
    const col = (at % width) + COLS[k]!
    const next = at + around[k]!
    return col < 0 || col >= width || next < 0 || next >= codes.length || codes[next] === NO_DIRECTION
  }
  /** The way out over the rim: the first straight one; the last diagonal one where there is none (as the peer has it). */
  const outward = (at: number): number => {
    let code = NO_DIRECTION
    for (let k = 0; k < 8; k++)
      if (isOut(at, k)) {
        if (k % 2 === 0) return k
        code = k
      }
    return code
  }

  /** Gathers the flat a pixel lies in. Queues are local names: what inner functions share is slow to reach. */
  const gather = (root: number): void => {
    let queue = flat
    let end = 1
    queue[0] = root
    met[root] = SEEN
    const level = z[root]!
    for (let head = 0; head < end; head++) {
      const at = queue[head]!
      const inside = isInside(at % width, at)
      for (let k = 0; k < 8; k++) {
        const next = (at + around[k]!) >>> 0
        if (!inside && isOut(at, k)) continue
        if (z[next] !== level || met[next] !== 0 || codes[next] === NO_DIRECTION) continue
        met[next] = SEEN
        if (end === queue.length) queue = grown(queue)
        queue[end++] = next
      }
    }
    flat = queue
    flatEnd = end
  }
  const begin = (): void => {
    outletEnd = 0
    for (let head = 0; head < flatEnd; head++) if (codes[flat[head]!] !== LEVEL) addOutlet(flat[head]!)
    if (outletEnd === 0)
      for (let head = 0; head < flatEnd; head++) {
        const code = outward(flat[head]!)
        if (code === NO_DIRECTION) continue
        codes[flat[head]!] = code
        addOutlet(flat[head]!)
      }
    for (let head = 0; head < outletEnd; head++) met[outlets[head]!] = REACHED
  }
  const spread = (): void => {
    let queue = outlets
    let end = outletEnd
    for (let head = 0; head < end; head++) {
      const at = queue[head]!
      const inside = isInside(at % width, at)
      const far = distance[at]!
      for (let k = 0; k < 8; k++) {
        const next = (at + around[k]!) >>> 0
        if (!inside && isOut(at, k)) continue
        const state = met[next]!
        if (state === 0 || z[next] !== z[at]) continue
        const longer = far + way[k]!
        if (state === REACHED && distance[next]! <= longer) continue
        codes[next] = (k + 4) & 7
        distance[next] = longer
        met[next] = REACHED
        if (end === queue.length) queue = grown(queue)
        queue[end++] = next
      }
    }
    outlets = queue
  }

  for (let at = 0; at < codes.length; at++) {
    if ((at & WATCHED) === 0) watch('directions', 0.4 + (0.6 * at) / codes.length)
    if (codes[at] !== LEVEL) continue
    if (met[at] === 0) {
      gather(at)
      begin()
      spread()
    }
    if (codes[at] === LEVEL) codes[at] = PIT
  }
}
