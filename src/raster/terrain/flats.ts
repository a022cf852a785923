// Ways over flats: from the pixels of a flat that have a way down (where it has none, from those beside nodata or the edge)
// shortest ways spread over the others, diagonals √2 long, in the order the pixels are met. Two pixels beside each other with
// nothing lower beside either are as high as each other, so that the code of a neighbour says whether it is of the flat: heights are asked
// for at the shore only.
// Always holds: a flat is met at its first pixel without a way, in the order of rows; what is met later never changes it.

import { grown } from './grown.ts'
import { LEVEL, neighbourOffsets, NO_DIRECTION, PIT, stepLengths, type HeightMap } from './surface.ts'
import { WATCHED, type Watch } from './watch.ts'

/** A mark on the code of a pixel that is gathered; NO_DIRECTION bears it always. */
const GATHERED = 32
const MET = LEVEL | GATHERED

/** Codes in a frame of NO_DIRECTION: a column at the left, which ends the row before too, and a row above and below. */
export interface Framed {
  readonly codes: Uint8Array
  /** As long as the codes: how far the way out is, Infinity where there is none yet; 0 where nothing is to be done, which is all that
   *  is not LEVEL. */
  readonly distance: Float64Array
}

export const framedWidth = (width: number): number => width + 1
export const framedSize = ({ width, height }: Pick<HeightMap, 'width' | 'height'>): number =>
  framedWidth(width) * (height + 2) + 1
export const framedPlace = (width: number, row: number): number => (row + 1) * framedWidth(width) + 1

/** Gives each pixel that is LEVEL its direction, or PIT where its flat has no way out. */
export function drainFlats(filled: HeightMap, framed: Framed, watch: Watch): void {
  const { width, height } = filled
  const { codes } = framed
  const drain = flatDrain(filled, framed)
  for (let row = 0; row < height; row++) {
    if (((row * width) & WATCHED) < width) watch('directions', 0.4 + (0.6 * row) / height)
    const from = framedPlace(width, row)
    for (let at = from; at < from + width; at++) if (codes[at] === LEVEL) drain(at)
  }
}

/** A queue that moves up when half of it is served and grows when it must. */
function moved(list: Uint32Array, head: number, end: number): Uint32Array {
  if (2 * head < list.length) return grown(list)
  return list.copyWithin(0, head, end)
}

function flatDrain(filled: HeightMap, { codes, distance }: Framed): (root: number) => void {
  const { width, values: z } = filled
  const across = framedWidth(width)
  const around = neighbourOffsets(across)
  const aroundHeight = neighbourOffsets(width)
  const lengths = Float64Array.from(stepLengths(filled), (step) => step / filled.cell)
  const [straightX, diagonal, straightY] = lengths as unknown as readonly [number, number, number]
  let queue: Uint32Array = new Uint32Array(1 << 16)
  /** Pixels of the flat that have a way down, and those beside what has no height, in the order they are met. */
  let outlets = new Uint32Array(1024)
  let rim = new Uint32Array(1024)
  let [outletCount, rimCount] = [0, 0]

  /** Where the height of a pixel lies. */
  const heightAt = (at: number): number => at - Math.floor(at / across) - width - 1

  /** Meets the flat a pixel lies in. Arrays and counts are local names: what inner functions share is slow to reach. */
  const gather = (root: number): void => {
    let list = queue
    let [head, end] = [0, 1]
    list[0] = root
    codes[root] = MET
    const level = z[heightAt(root)]!
    ;[outletCount, rimCount] = [0, 0]
    while (head < end) {
      const at = list[head++]!
      if (end + 8 > list.length) {
        const left = end - head
        const larger = moved(list, head, end)
        if (larger === list) [head, end] = [0, left]
        list = larger
      }
      const isLevel = codes[at] === MET
      let own = -1
      let isRim = false
      for (let k = 0; k < 8; k++) {
        const next = (at + around[k]!) >>> 0
        const code = codes[next]!
        if (code >= GATHERED) {
          if (code === NO_DIRECTION) isRim = true
          continue
        }
        if (code !== LEVEL || !isLevel) {
          if (own < 0) own = heightAt(at)
          if (z[own + aroundHeight[k]!] !== level) continue
        }
        codes[next] = code | GATHERED
        list[end++] = next
      }
      if (!isLevel) {
        if (outletCount === outlets.length) outlets = grown(outlets)
        outlets[outletCount++] = at
      } else if (isRim) {
        if (rimCount === rim.length) rim = grown(rim)
        rim[rimCount++] = at
      }
    }
    queue = list
  }

  /** The way out over the rim: the first straight one; the last diagonal one where there is none (as the peer has it). */
  const outward = (at: number): number => {
    let way = NO_DIRECTION
    for (let k = 0; k < 8; k++)
      if (codes[at + around[k]!] === NO_DIRECTION) {
        if (k % 2 === 0) return k
        way = k
      }
    return way
  }

  /** From the outlets to what lies beside them; tells how many pixels wait in the queue. An outlet may lie beside a lower flat, too. */
  const begin = (): number => {
    let end = 0
    for (let p = 0; p < outletCount; p++) {
      const at = outlets[p]!
      codes[at]! &= GATHERED - 1
      const own = heightAt(at)
      const level = z[own]!
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!
        if (!(distance[next]! > lengths[k]!) || z[own + aroundHeight[k]!] !== level) continue
        distance[next] = lengths[k]!
        codes[next] = (k + 4) & 7
        if (end === queue.length) queue = grown(queue)
        queue[end++] = next
      }
    }
    if (outletCount > 0) return end
    for (; end < rimCount; end++) {
      const at = rim[end]!
      if (end === queue.length) queue = grown(queue)
      queue[end] = at
      codes[at] = outward(at)
      distance[at] = 0
    }
    return end
  }

  const spread = (waiting: number): void => {
    let list = queue
    let [head, end] = [0, waiting]
    while (head < end) {
      const at = list[head++]!
      if (end + 8 > list.length) {
        const left = end - head
        const larger = moved(list, head, end)
        if (larger === list) [head, end] = [0, left]
        list = larger
      }
      const far = distance[at]!
      const x = far + straightX
      const d = far + diagonal
      const y = far + straightY
      let next = at + 1
      if (distance[next]! > x) {
        distance[next] = x
        codes[next] = 4
        list[end++] = next
      }
      next = at - across + 1
      if (distance[next]! > d) {
        distance[next] = d
        codes[next] = 5
        list[end++] = next
      }
      next = at - across
      if (distance[next]! > y) {
        distance[next] = y
        codes[next] = 6
        list[end++] = next
      }
      next = at - across - 1
      if (distance[next]! > d) {
        distance[next] = d
        codes[next] = 7
        list[end++] = next
      }
      next = at - 1
      if (distance[next]! > x) {
        distance[next] = x
        codes[next] = 0
        list[end++] = next
      }
      next = at + across - 1
      if (distance[next]! > d) {
        distance[next] = d
        codes[next] = 1
        list[end++] = next
      }
      next = at + across
      if (distance[next]! > y) {
        distance[next] = y
        codes[next] = 2
        list[end++] = next
      }
      next = at + across + 1
      if (distance[next]! > d) {
        distance[next] = d
        codes[next] = 3
        list[end++] = next
      }
    }
    queue = list
  }

  /** All of a flat that nothing leaves. */
  const stay = (root: number): void => {
    let end = 1
    queue[0] = root
    codes[root] = PIT
    while (end > 0) {
      const at = queue[--end]!
      while (end + 8 > queue.length) queue = grown(queue)
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!
        if (codes[next] !== MET) continue
        codes[next] = PIT
        queue[end++] = next
      }
    }
  }

  return (root) => {
    gather(root)
    const waiting = begin()
    if (waiting > 0) spread(waiting)
    else stay(root)
  }
}
