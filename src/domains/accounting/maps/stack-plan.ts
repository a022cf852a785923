// A stack of maps as plain data, from which another thread opens the same stack: files by name, zones as runs, codes as tables.
// Always holds: the stack made of a plan gives the same keys and the same pixels as the one it was taken from. Terrain that is
// routed in memory is not in it.

import { findFile, type FolderFile } from '../../../core/exchange-formats/index.ts'
import type { Unit } from '../../../kernel/index.ts'
import {
  bandOnGrid,
  openRaster,
  pixelAreas,
  zoneRuns,
  type Grid,
  type PlainRuns,
  type Raster,
} from '../../../raster/index.ts'
import type { MapUse } from '../model.ts'
import { codedBand } from './bands-of-account.ts'
import { combinedBand } from './dated-bands.ts'
import type { HeldBand } from './held-band.ts'
import { keysBy, type Coding } from './land-cover.ts'
import type { MapBand, MapRow, MapStack } from './map-stack.ts'
import { resamplingOf } from './resampling.ts'
import { bandSurvey } from './survey-bands.ts'
import { NEAR_TERRAIN, terrainBands } from './terrain-bands.ts'
import { wholeMap } from './zones-of-account.ts'

export interface StackPlan {
  readonly folder: string
  readonly grid: Grid
  readonly rows: readonly MapRow[]
  /** Of class codes. */
  readonly cover: { readonly file: string; readonly band: number }
  readonly coding: Coding
  readonly regions: readonly string[]
  /** Left out: the whole map is one zone. */
  readonly runs?: PlainRuns
  readonly bands: readonly {
    readonly use: MapUse
    readonly unit: Unit
    readonly codes?: ReadonlyMap<number, number>
  }[]
}

/** Whether another thread can open a band: routed terrain is held in memory by one. */
export const isPlanned = ({ use }: MapBand): boolean => !use.derived || NEAR_TERRAIN.has(use.argument)

export const plannedBands = (bands: ReadonlyMap<string, MapBand>): StackPlan['bands'] =>
  [...bands.values()].filter(isPlanned).map(({ use: { origin, ...use }, unit, coded }) => {
    // Pixels are the same whatever the digest of their file.
    const { file, band } = origin
    const plain = { ...use, origin: { file, band: band!, sha256: '' } }
    return { use: plain, unit, ...(coded ? { codes: coded.values } : {}) }
  })

const unnamed = (): never => {
  throw new Error('a stack opened from a plan has no cache')
}

/** @throws ProblemError where a file cannot be opened */
export function stackOf(plan: StackPlan): MapStack {
  const files = new Map<string, Raster>()
  const close = (): void => files.forEach((f) => f.close())
  const open = (name: string): Raster => {
    const known = files.get(name)
    if (known) return known
    const file: FolderFile = findFile(plan.folder, name)
    const raster = openRaster(file)
    files.set(name, raster)
    return raster
  }
  try {
    const { grid, rows, regions, runs, cover } = plan
    const drawn = runs && zoneRuns(grid.height, runs)
    const { read, eachRun } = drawn ?? wholeMap
    const zones = { regions, read, eachRun }
    const bands = new Map<string, MapBand>()
    const held = new Map<string, HeldBand>()
    for (const { codes, use, ...own } of plan.bands) {
      const { dates, origin, derived } = use
      const of = dates?.of ?? [{ file: origin.file, band: origin.band! }]
      const raw = of.map(({ file, band }) => {
        const own = open(file).band(band)
        return derived
          ? terrainBands(own)
              .find((t) => t.argument === use.argument)!
              .band()
          : own
      })
      const placed: MapBand = {
        ...own,
        use,
        name: unnamed,
        band: bandOnGrid(combinedBand(raw, dates?.take ?? 'mean'), grid, resamplingOf(use)),
      }
      bands.set(use.id, codes ? codedBand(placed, codes, held) : placed)
    }
    const maps = {
      name: unnamed,
      grid,
      rows,
      keys: keysBy(plan.coding, open(cover.file).band(cover.band), zones),
      areaOfRow: pixelAreas(grid),
      bands,
    }
    return { ...maps, survey: bandSurvey(maps), zones: [], uses: [], close }
  } catch (e) {
    close()
    throw e
  }
}
