// Ways over flats: from the pixels of a flat that have a way down (where it has none, from those beside nodata or the edge)
// shortest ways spread over the others, diagonals √2 long, in the order the pixels are met. Two pixels beside each other with
// nothing lower beside either are as high as each other, so that the code of a neighbour says whether it is of the flat: heights are asked
// for at the shore only.
// Always holds: a flat is met at its first pixel without a way, in the order of rows; what is met later never changes it.

import { flatOutlets, MANY_OUTLETS } from './flat-outlets.ts'
import { framedWidth, type Framed } from './framed.ts'
import { grown } from './grown.ts'
import { LEVEL, neighbourOffsets, NO_DIRECTION, PIT, stepLengths, type HeightMap } from './surface.ts'
import type { Watch } from './watch.ts'

/** A mark on the code of a pixel that is gathered; NO_DIRECTION bears it always. */
const GATHERED = 32
const MET = LEVEL | GATHERED
/** Flats between two calls of who watches. */
const WATCHED_FLATS = 1 << 12

/** Gives each pixel that is LEVEL its direction, or PIT where its flat has no way out. */
export function drainFlats(filled: HeightMap, framed: Framed, watch: Watch): void {
  const { count, first, outlet } = flatOutlets(filled, framed, watch)
  const drain = flatDrain(filled, framed)
  for (let flat = 0; flat < count; flat++) {
    if (flat % WATCHED_FLATS === 0) watch('directions', 0.5 + (0.5 * flat) / count)
    const root = first[flat]!
    // Another part of the same flat may have been met before.
    if (root === 0 || framed.codes[root] !== LEVEL) continue
    if (outlet[flat]! > MANY_OUTLETS) drain.from(outlet[flat]!)
    else drain.all(root)
  }
}

/** A queue that moves up when half of it is served and grows when it must. */
function moved(list: Uint32Array, head: number, end: number): Uint32Array {
  if (2 * head < list.length) return grown(list)
  return list.copyWithin(0, head, end)
}

function flatDrain(filled: HeightMap, { codes, distance }: Framed) {
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

  return {
    /** A flat with this one outlet. */
    from(at: number): void {
      outlets[0] = at
      outletCount = 1
      spread(begin())
    },
    /** The flat of a pixel, which is the first of it in the order of rows. */
    all(root: number): void {
      gather(root)
      const waiting = begin()
      if (waiting > 0) spread(waiting)
      else stay(root)
    },
  }
}
