// The pass over tiles: each band is read once a tile, each program run once, and what comes out is added up by row.
// Always holds: a tile's sum is taken in the order of its pixels and tiles meet in an exact accumulator, so neither the layout of
// a file nor the order of tiles changes a digit.

import {
  fusedPass,
  keySums,
  TILE,
  treeRunner,
  VALID,
  type GroupSums,
  type Strip,
  type Window,
} from '../../../../raster/index.ts'
import { layersOf } from '../../maps/layers.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { once } from '../../maps/once.ts'
import type { BandSurvey } from '../../maps/survey-bands.ts'
import { membersOf, treeOf, type PixelGroup } from './trees.ts'

const PIXELS = TILE * TILE

/** What is told while tiles are added up. */
export interface PassWatch {
  readonly onTile?: (done: number, of: number) => void
  /** Tiles whose pixels now are in the sums, each once, and the sums of all tiles so far. */
  readonly onAdded?: (tiles: readonly Window[], sums: readonly GroupSums[]) => void
}

/** @param like a survey of the bands that each run of the pass looks through; undefined for none
 *  @returns the pass over some tiles: the sums of each group by key, and what the survey of the run saw */
export function tilePass(groups: readonly PixelGroup[], maps: MapStack, like: BandSurvey | undefined) {
  const layers = layersOf(maps, PIXELS)
  const wanted = groups.map((g) => ({ tree: treeOf(g, maps, layers), isMember: membersOf(g, maps) }))
  const { looks = [], codes = [] } = like?.watch(layers) ?? {}
  const fused = fusedPass({ layers: layers.layers, groups: wanted, keys: maps.rows.length, looks, codes })
  const readers = groups.map((g) => once(() => groupReader(g, maps)))
  return (
    tiles: readonly Window[],
    survey: BandSurvey | undefined,
    /** Before each tile, with the sums of those before it. */
    onTile?: (sums: readonly GroupSums[]) => void,
  ): readonly GroupSums[] => {
    const watch = survey?.watch(layers)
    const sums = groups.map(() => emptySums(maps))
    for (const window of tiles) {
      onTile?.(sums)
      if (!maps.keys(window, fused.keys)) continue
      for (const g of fused.run(window, sums)) sumTile(readers[g]!(), window, fused.keys, sums[g]!)
      watch?.take(fused, window)
    }
    return sums
  }
}

export const emptySums = (maps: MapStack): GroupSums => ({
  sums: keySums(maps.rows.length),
  negative: new Float64Array(maps.rows.length),
})

/** A group on its own, for reading single windows: the outcome of each of its pixels and their keys (−1 for the pixels of
 *  others); undefined where no pixel is its own. */
export type GroupReader = (
  window: Window,
  keys: Int32Array,
  pixels: number,
) => { readonly keys: Int32Array; readonly out: Strip } | undefined

export function groupReader(group: PixelGroup, maps: MapStack): GroupReader {
  const layers = layersOf(maps, PIXELS)
  const run = treeRunner(treeOf(group, maps, layers), PIXELS)
  const isMember = membersOf(group, maps)
  const strips = layers.reader()
  const own = new Int32Array(PIXELS)
  return (window, keys, pixels) => {
    let some = false
    for (let p = 0; p < pixels; p++) {
      const key = keys[p]!
      own[p] = key >= 0 && isMember[key]! ? key : -1
      some ||= own[p]! >= 0
    }
    if (!some) return undefined
    strips.open(window)
    return { keys: own, out: run(own, pixels, strips.strip) }
  }
}

/** One tile of a group, plainly: the twin of the fused pass, and what it falls back on. */
function sumTile(read: GroupReader, window: Window, keys: Int32Array, { sums, negative }: GroupSums): void {
  const pixels = window.width * window.height
  const got = read(window, keys, pixels)
  if (!got) return
  sums.add(got.keys, got.out, pixels)
  for (let p = 0; p < pixels; p++)
    if (got.keys[p]! >= 0 && got.out.states[p] === VALID && got.out.values[p]! < 0) negative[got.keys[p]!]!++
}
