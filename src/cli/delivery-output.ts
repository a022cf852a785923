// What a delivery model hands over: one line a zone with totals and amounts per hectare, on the screen and as CSV, and
// the maps asked for as GeoTIFF. Always holds: each line of the CSV says by which form and settings it was made; a zone
// without a pixel has empty cells, not 0.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeCsv } from '../core/exchange-formats/index.ts'
import type { Text } from '../kernel/index.ts'
import {
  keySums,
  stripOf,
  TILE,
  tilesOf,
  writeGeoTiff,
  type Band,
  type Grid,
  type Window,
  type ZoneIndex,
} from '../raster/index.ts'
import type { OnShare } from './delivery-layers.ts'
import { textTable } from './terminal.ts'
import { writeWhole } from './write-whole.ts'

export interface Result {
  readonly grid: Grid
  /** What each line says of how it was made, by column. */
  readonly made: Readonly<Record<string, string>>
  /** `t` or `kg`; every band is that per hectare. */
  readonly unit: string
  /** A band with a value on each pixel that takes part. */
  readonly counted: Band
  readonly bands: readonly { readonly key: string; readonly title: Text; readonly band: Band }[]
  /** The sums of all bands at once; left out, band after band is read. */
  readonly sumsBy?: (zones: ZoneIndex) => ZoneTotals
}

/** What is added up of the zones. */
export interface ZoneTotals {
  /** Takes a whole tile. */
  add(tile: Window): void
  /** Pixels of the zone that count. */
  pixels(zone: number): number
  /** Of a band, by its place. */
  total(zone: number, band: number): number
}

export interface ZoneLine {
  readonly id: string
  readonly pixels: number
  /** Pixels of the zone that lack an input. */
  readonly leftOut: number
  readonly hectares: number
  /** In the order of the bands; undefined where no pixel counts. */
  readonly totals: readonly number[] | undefined
}

/** Pixels by their centre; sums do not depend on the order of tiles. */
export function zoneLines(zones: ZoneIndex, result: Result, onShare: OnShare): readonly ZoneLine[] {
  const { grid, bands } = result
  // Grids of delivery models are projected: the pixel of the grid is the pixel on the ground.
  const hectare = (grid.dx * grid.dy) / 10_000
  const totals = result.sumsBy?.(zones) ?? bandTotals(zones, result)
  for (const tile of tilesOf(grid)) {
    if (tile.col === 0) onShare(tile.row / grid.height)
    totals.add(tile)
  }
  return zones.ids.map((id, z) => {
    const pixels = totals.pixels(z)
    return {
      id,
      pixels,
      leftOut: zones.pixels[z]! - pixels,
      hectares: pixels * hectare,
      totals: pixels === 0 ? undefined : bands.map((_, b) => totals.total(z, b) * hectare),
    }
  })
}

function bandTotals(zones: ZoneIndex, { counted, bands }: Result): ZoneTotals {
  const read = [counted, ...bands.map((b) => b.band)]
  const sums = read.map(() => keySums(zones.ids.length))
  const zoneOf = new Int32Array(TILE * TILE)
  const strip = stripOf(TILE * TILE)
  return {
    add(tile) {
      if (!zones.read(tile, zoneOf)) return
      read.forEach((band, i) => {
        band.read(tile, strip)
        sums[i]!.add(zoneOf, strip, tile.width * tile.height)
      })
    },
    pixels: (zone) => sums[0]!.at(zone).count,
    total: (zone, b) => sums[b + 1]!.at(zone).sum,
  }
}

export function linesAsCsv(lines: readonly ZoneLine[], { made, unit, bands }: Result): Uint8Array {
  const head = [
    'id',
    ...Object.keys(made),
    'pixels',
    'pixels_left_out',
    'area_hm2',
    ...bands.flatMap(({ key }) => [`${key}_${unit}`, `${key}_${unit}_hm2`]),
  ]
  const rows = lines.map(({ id, pixels, leftOut, hectares, totals }) => [
    id,
    ...Object.values(made),
    pixels,
    leftOut,
    hectares,
    ...bands.flatMap((_, b) => (totals ? [totals[b]!, totals[b]! / hectares] : [undefined, undefined])),
  ])
  return writeCsv([head, ...rows])
}

export function linesAsTable(lines: readonly ZoneLine[], { unit, bands }: Result): string {
  const number = (x: number): string => (Math.abs(x) >= 1000 ? x.toFixed(0) : String(Number(x.toPrecision(4))))
  const of = (first: string, counted: readonly ZoneLine[]): readonly string[] => {
    const hectares = counted.reduce((sum, l) => sum + l.hectares, 0)
    const with_ = counted.filter((l) => l.totals)
    const sums = bands.map((_, b) => with_.reduce((sum, l) => sum + l.totals![b]!, 0))
    return [first, number(hectares), ...sums.map((s) => (with_.length === 0 ? '' : number(s)))]
  }
  const head = ['id', 'hm²', ...bands.map(({ title }) => `${title.zh} ${unit}`)]
  const rows = [...lines.map((l) => of(l.id, [l])), of('合计 / total', lines)]
  return textTable(
    head,
    rows,
    head.map((_, i) => (i === 0 ? 'left' : 'right')),
  )
}

export const writeLines = (path: string, lines: readonly ZoneLine[], result: Result): void =>
  writeWhole(path, linesAsCsv(lines, result))

/** No amount is below 0 and connectivity never falls so low. */
const NOTHING = -9999

/** One cloud-optimised GeoTIFF. @throws ProblemError `raster.unwritable` */
export function writeBand(folder: string, name: string, grid: Grid, band: Band): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.tif`)
  writeGeoTiff(
    {
      grid,
      read: band,
      description: name,
      type: 'float32',
      nodata: NOTHING,
      compression: 'deflate',
      overviews: true,
    },
    path,
  )
  return path
}
