// How far each region is while the pass over the maps goes on: tiles done of those that hold it, and its sums so far.
// Always holds: what is told of a region whose tiles are all done is, to the last digit, what the ended run says of it.

import type { Text } from '../../../../kernel/index.ts'
import { TILE, type GroupSums } from '../../../../raster/index.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import type { PassWatch } from './tile-pass.ts'

/** One region, kept up to date while it is watched. */
export interface RegionProgress {
  readonly region: string
  readonly name: Text
  /** Tiles that hold it, of the whole map; 0 where it has no pixel. */
  readonly tiles: number
  readonly done: number
  /** Its sums will not change any more. */
  readonly isFinal: boolean
}

/** The sum of one stage of a method over the pixels of one class in a region. */
export interface RegionSum {
  readonly method: string
  readonly stage: string
  readonly class: string
  readonly sum: PixelSum
}

export interface RegionsSoFar {
  readonly regions: readonly RegionProgress[]
  /** Of the tiles done so far. Worked out when asked for. */
  sums(region: string): readonly RegionSum[]
}

/** Whom to tell, and how regions are called. */
export interface RegionTelling {
  readonly tell: RegionWatch
  readonly nameOf: (region: string) => Text
}

/** Called after each tile, or after each piece that threads have done: those who show it choose when to look. */
export type RegionWatch = (soFar: RegionsSoFar) => void

/** A row of a stage, and how its sum is read from those of a pass. */
export interface ToldRow extends Omit<RegionSum, 'sum'> {
  readonly region: string
  readonly sum: (sums: readonly GroupSums[]) => PixelSum | undefined
}

export function toldByRegion(
  { tell, nameOf }: RegionTelling,
  { grid, regionTiles }: MapStack,
  rows: readonly ToldRow[],
): NonNullable<PassWatch['onAdded']> {
  const { regions: codes, tiles: of } = regionTiles?.() ?? { regions: [], tiles: { zonesOf: [], tiles: [] } }
  const regions = codes.map((region, z) => {
    const tiles = of.tiles[z]!
    return { region, name: nameOf(region), tiles, done: 0, isFinal: tiles === 0 }
  })
  const columns = Math.ceil(grid.width / TILE)
  const rowsOf = new Map<string, ToldRow[]>(codes.map((region) => [region, []]))
  for (const row of rows) rowsOf.get(row.region)?.push(row)
  return (done, sums) => {
    for (const { col, row } of done)
      for (const zone of of.zonesOf[Math.floor(row / TILE) * columns + Math.floor(col / TILE)] ?? []) {
        const region = regions[zone]!
        region.isFinal = ++region.done === region.tiles
      }
    tell({
      regions,
      sums: (code) =>
        (rowsOf.get(code) ?? []).flatMap(({ method, stage, class: type, sum: read }): readonly RegionSum[] => {
          const sum = read(sums)
          return sum ? [{ method, stage, class: type, sum }] : []
        }),
    })
  }
}
