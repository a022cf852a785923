// One pass over the tiles for everything that is wanted from the maps: each band is read once a tile, each program run once,
// and what comes out is added up by row. Always holds: a tile's sum is taken in the order of its pixels and tiles meet in an
// exact accumulator, so neither the layout of a file nor the order of tiles changes a digit.

import { decText, dec, type Text } from '../../../../kernel/index.ts'
import {
  fusedPass,
  keySums,
  TILE,
  tilesOf,
  treeRunner,
  VALID,
  type GroupSums,
  type Strip,
  type Window,
} from '../../../../raster/index.ts'
import { tilesOfBlock } from '../../maps/blocks.ts'
import { layersOf } from '../../maps/layers.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import { membersOf, treeOf, type PixelGroup } from './trees.ts'

const PIXELS = TILE * TILE

/** @returns for each group the sums by key, of all tiles or of those of the block in hand */
export function sumPixels(
  groups: readonly PixelGroup[],
  maps: MapStack,
  onTile?: (done: number, of: number) => void,
): readonly GroupSums[] {
  const layers = layersOf(maps, PIXELS)
  const wanted = groups.map((g) => ({ tree: treeOf(g, maps, layers), isMember: membersOf(g, maps) }))
  const watch = maps.survey.isDone ? undefined : maps.survey.watch(layers)
  const fused = fusedPass({
    layers: layers.layers,
    groups: wanted,
    keys: maps.rows.length,
    looks: watch?.looks ?? [],
    codes: watch?.codes ?? [],
  })
  const sums = groups.map((): GroupSums => emptySums(maps))
  const all = maps.blocks?.kind === 'one' ? tilesOfBlock(maps.grid, maps.blocks.block) : [...tilesOf(maps.grid)]
  for (const [i, window] of all.entries()) {
    onTile?.(i, all.length)
    if (!maps.keys(window, fused.keys)) continue
    const plainly = fused.run(window, sums)
    for (const g of plainly) sumTile(groupReader(groups[g]!, maps), window, fused.keys, sums[g]!)
    watch?.take(fused, window)
  }
  maps.survey.finish()
  onTile?.(all.length, all.length)
  return sums
}

export const READING_MAPS: Text = { zh: '逐像元计算', en: 'computing pixel by pixel' }

const emptySums = (maps: MapStack): GroupSums => ({
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

/** What is printed of one key. */
export function pixelSum({ sums, negative }: GroupSums, key: number, unit: string): PixelSum {
  const s = sums.at(key)
  return {
    value: digits(s.sum),
    unit,
    pixels: s.count,
    missing: { nodata: s.nodata, nan: s.nan, outside: s.outside, noValue: s.noValue },
    negative: negative[key]!,
    ...(s.min === undefined ? {} : { min: digits(s.min) }),
    ...(s.max === undefined ? {} : { max: digits(s.max) }),
  }
}

/** The shortest digits that name the double. */
const digits = (x: number): string => decText(dec(String(x)))
