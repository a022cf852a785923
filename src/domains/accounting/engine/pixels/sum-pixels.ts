// One pass over the tiles for everything that is wanted from the maps, by this thread alone or shared among several.

import { decText, dec, type Text } from '../../../../kernel/index.ts'
import { tilesOf, type GroupSums } from '../../../../raster/index.ts'
import { tilesOfBlock } from '../../maps/blocks.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import { clearBeforePass } from './before-pass.ts'
import { sumShared } from './shared-sums.ts'
import { tilePass, type PassWatch } from './tile-pass.ts'
import type { PixelGroup } from './trees.ts'

/** @returns for each group the sums by key, of all tiles or of those of the block in hand */
export function sumPixels(groups: readonly PixelGroup[], maps: MapStack, watch?: PassWatch): readonly GroupSums[] {
  clearBeforePass(maps.grid)
  const shared = sumShared(groups, maps, watch)
  if (shared) return shared
  const survey = maps.survey.isDone ? undefined : maps.survey
  const all = maps.blocks?.kind === 'one' ? tilesOfBlock(maps.grid, maps.blocks.block) : [...tilesOf(maps.grid)]
  let begun = 0
  const sums = tilePass(groups, maps, survey)(all, survey, (soFar) => {
    if (begun > 0) watch?.onAdded?.([all[begun - 1]!], soFar)
    watch?.onTile?.(begun++, all.length)
  })
  if (all.length > 0) watch?.onAdded?.([all.at(-1)!], sums)
  maps.survey.finish()
  watch?.onTile?.(all.length, all.length)
  return sums
}

export const READING_MAPS: Text = { zh: '逐像元计算', en: 'computing pixel by pixel' }

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
