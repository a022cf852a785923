// The maps of an account on one grid: which region and which ecosystem type each pixel belongs to, its area, and the bands
// that give factors. Always holds: the grid is the land-cover map's; everything else is brought onto it and says how.

import type { Polygon } from '../../../core/exchange-formats/index.ts'
import type { Band, Grid, Threads, Window, ZoneTiles } from '../../../raster/index.ts'
import type { Unit } from '../../../kernel/index.ts'
import type { MapUse } from '../model.ts'
import type { BlockWork } from './blocks.ts'
import type { HeldBand } from './held-band.ts'
import type { StackPlan } from './stack-plan.ts'
import type { BandSurvey } from './survey-bands.ts'
import type { WorkingCache } from './working-cache.ts'

export const PIXEL_AREA = 'pixel-area'

export interface MapBand {
  /** Of what its pixels are made, for the working cache; asks for the digest of its file. */
  readonly name: () => string
  readonly use: MapUse
  readonly band: Band
  /** Unit of the band's values. */
  readonly unit: Unit
  /** Where the map holds codes and a table the values. */
  readonly coded?: { readonly raw: HeldBand; readonly values: ReadonlyMap<number, number> }
}

/** One region and type with the pixels it has. Its place in `rows` is the key of these pixels. */
export interface MapRow {
  readonly region: string
  readonly class: string
  readonly pixels: number
  /** m² */
  readonly area: number
}

export interface MapStack {
  /** Of what its keys are made, for the working cache. */
  readonly name: () => string
  /** Where sums and pictures are kept. */
  readonly cache?: WorkingCache
  readonly grid: Grid
  readonly rows: readonly MapRow[]
  /** Key of each pixel of the window, −1 where it belongs to no region or has no type.
   *  @returns whether a pixel has one */
  keys(window: Window, into: Int32Array): boolean
  /** Area of a pixel of that row, m². */
  areaOfRow(row: number): number
  /** By the id of the use: `precipitation`, `monthly-ndvi|07`. */
  readonly bands: ReadonlyMap<string, MapBand>
  /** What is odd about the bands; done by the first pass over them. */
  readonly survey: BandSurvey
  /** Who shares the pass over the tiles, and the stack as they open it. */
  readonly threads?: Threads
  readonly plan?: () => StackPlan
  /** Region codes, and which of them each tile holds: for those who watch a run. */
  readonly regionTiles?: () => { readonly regions: readonly string[]; readonly tiles: ZoneTiles }
  /** Where the run is cut into blocks. */
  readonly blocks?: BlockWork
  /** Boundaries of the regions in coordinates of the grid; none where the whole map is one region. */
  readonly zones: readonly { readonly region: string; readonly polygons: readonly Polygon[] }[]
  /** All maps used, the land cover first. */
  readonly uses: readonly MapUse[]
  /** Reads what may change between two runs of the same process; files stay open until `close`. */
  close(): void
}

export const bandId = (argument: string, item?: string): string =>
  item === undefined ? argument : `${argument}|${item}`
