// Ways over flats: from the pixels of a flat that have a way down (where it has none, from those beside nodata or the edge)
// shortest ways spread over the others, diagonals √2 long, in the order the pixels are met. A flat is gathered on the map and
// then worked on in a small frame of its own, where one number says of a neighbour whether there is anything to do.
// Always holds: a flat is met at its first pixel without a way, in the order of rows; what is met later never changes it.

import { grown } from './grown.ts'
import { COLS, NO_DIRECTION, neighbourOffsets, LEVEL, PIT, ROWS, stepLengths, type HeightMap } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

/** A mark on the code of a pixel that is gathered; NO_DIRECTION bears it always. */
const GATHERED = 32

/** Gives each pixel that is LEVEL its direction, or PIT where its flat has no way out. */
export function drainFlats(filled: HeightMap, codes: Uint8Array, watch: Watch): void {
  const frame = flatFrame(filled, codes)
  for (let at = 0; at < codes.length; at++) {
    if ((at & WATCHED) === 0) watch('directions', 0.4 + (0.6 * at) / codes.length)
    if (codes[at] === LEVEL) frame.drain(at)
  }
}

function flatFrame(filled: HeightMap, codes: Uint8Array) {
  const { width, height, values: z } = filled
  const around = neighbourOffsets(width)
  const lengths = Float64Array.from(stepLengths(filled), (step) => step / filled.cell)
  const [straightX, diagonal, straightY] = lengths as unknown as readonly [number, number, number]
  let flat = new Uint32Array(1024)
  let size = 0
  /** Columns and rows the flat lies in. */
  let [left, right, top, bottom] = [0, 0, 0, 0]

  /** By pixel of the flat, its place in the frame: rows of the flat's width and a column more at both ends. */
  let places = new Uint32Array(1024)
  let queue = new Uint32Array(1024)
  /** In the frame: how far the way out is, Infinity where there is none yet; 0 on outlets and beside the flat, where nothing is to be done.
   *  All 0 between two flats. */
  let distance = new Float64Array(1024)
  let ways = new Uint8Array(1024)

  const isOut = (at: number, k: number): boolean => {
    const col = (at % width) + COLS[k]!
    const row = Math.floor(at / width) + ROWS[k]!
    return col < 0 || col >= width || row < 0 || row >= height || codes[at + around[k]!] === NO_DIRECTION
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

  /** Gathers the flat a pixel lies in. Arrays and counts are local names: what inner functions share is slow to reach. */
  const gather = (root: number): void => {
    let list = flat
    let end = 1
    list[0] = root
    const level = z[root]!
    codes[root] = LEVEL | GATHERED
    let [west, east, north, south] = [width, 0, height, 0]
    for (let head = 0; head < end; head++) {
      const at = list[head]!
      const row = Math.floor(at / width)
      const col = at - row * width
      if (col < west) west = col
      if (col > east) east = col
      if (row < north) north = row
      if (row > south) south = row
      if (end + 8 > list.length) list = grown(list)
      const inside = col > 0 && col < width - 1 && row > 0 && row < height - 1
      for (let k = 0; k < 8; k++) {
        if (!inside && isOut(at, k)) continue
        const next = (at + around[k]!) >>> 0
        const code = codes[next]!
        if (code >= GATHERED || z[next] !== level) continue
        codes[next] = code | GATHERED
        list[end++] = next
      }
    }
    flat = list
    size = end
    ;[left, right, top, bottom] = [west, east, north, south]
  }

  /** Puts the outlets into the frame and the queue, each at its place; tells how many they are. */
  const begin = (across: number): number => {
    let outlets = 0
    for (let p = 0; p < size; p++) {
      const at = flat[p]!
      const row = Math.floor(at / width)
      const place = (row - top + 1) * across + (at - row * width - left + 1)
      places[p] = place
      const code = codes[at]! - GATHERED
      ways[place] = code
      distance[place] = Number.POSITIVE_INFINITY
      if (code !== LEVEL) queue[outlets++] = place
    }
    if (outlets === 0)
      for (let p = 0; p < size; p++) {
        const code = outward(flat[p]!)
        if (code === NO_DIRECTION) continue
        ways[places[p]!] = code
        queue[outlets++] = places[p]!
      }
    for (let p = 0; p < outlets; p++) distance[queue[p]!] = 0
    return outlets
  }

  const spread = (across: number, outlets: number): void => {
    const [far, way] = [distance, ways]
    let list = queue
    let end = outlets
    for (let head = 0; head < end; head++) {
      if (end + 8 > list.length) list = grown(list)
      const at = list[head]!
      const own = far[at]!
      const x = own + straightX
      const d = own + diagonal
      const y = own + straightY
      let next = at + 1
      if (far[next]! > x) {
        far[next] = x
        way[next] = 4
        list[end++] = next
      }
      next = at - across + 1
      if (far[next]! > d) {
        far[next] = d
        way[next] = 5
        list[end++] = next
      }
      next = at - across
      if (far[next]! > y) {
        far[next] = y
        way[next] = 6
        list[end++] = next
      }
      next = at - across - 1
      if (far[next]! > d) {
        far[next] = d
        way[next] = 7
        list[end++] = next
      }
      next = at - 1
      if (far[next]! > x) {
        far[next] = x
        way[next] = 0
        list[end++] = next
      }
      next = at + across - 1
      if (far[next]! > d) {
        far[next] = d
        way[next] = 1
        list[end++] = next
      }
      next = at + across
      if (far[next]! > y) {
        far[next] = y
        way[next] = 2
        list[end++] = next
      }
      next = at + across + 1
      if (far[next]! > d) {
        far[next] = d
        way[next] = 3
        list[end++] = next
      }
    }
    queue = list
  }

  return {
    drain(root: number): void {
      gather(root)
      const across = right - left + 3
      const area = across * (bottom - top + 3)
      if (area > distance.length) {
        distance = new Float64Array(2 * area)
        ways = new Uint8Array(2 * area)
      }
      if (size > places.length) {
        places = new Uint32Array(flat.length)
        if (queue.length < places.length) queue = new Uint32Array(places.length)
      }
      spread(across, begin(across))
      for (let p = 0; p < size; p++) {
        const place = places[p]!
        const way = ways[place]!
        codes[flat[p]!] = way === LEVEL ? PIT : way
        distance[place] = 0
      }
    },
  }
}
