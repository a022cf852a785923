// Statistics of a band by zone, tile by tile, under one of two rules: a pixel counts for the zone its centre lies in,
// or for each zone by the share the zone covers of it. Always holds: a zone no pixel counts for has no numbers, not 0.

import type { Problem } from '../../kernel/index.ts'
import { stripOf, type Band } from '../band.ts'
import { TILE, tilesOf } from '../grid.ts'
import { coverSums } from '../sums/cover-sums.ts'
import { keySums, type KeySums } from '../sums/key-sums.ts'
import type { Zone } from './edge-table.ts'
import { exactCover } from './exact-cover.ts'
import { problem } from './problems.ts'
import { zoneIndex } from './zone-index.ts'

export type ZoneRule = 'center' | 'exact'

export interface ZonalRow {
  readonly id: string
  /** Undefined where no pixel counts for the zone. Counts under `exact` are covered pixels. */
  readonly sums?: KeySums
}

export interface Zonal {
  /** In the order of the zones. */
  readonly rows: readonly ZonalRow[]
  readonly problems: readonly Problem[]
}

/** @param zones in the coordinate system of the band (see projectPolygons)
 *  @param onTile called after each tile with the tiles done and their number
 *  @throws ProblemError where a tile cannot be read */
export function zonal(
  zones: readonly Zone[],
  band: Band,
  rule: ZoneRule,
  onTile: (done: number, of: number) => void = () => undefined,
): Zonal {
  const { rows, problems } = rule === 'center' ? byCentre(zones, band, onTile) : byCover(zones, band, onTile)
  return { rows, problems: [...problems, ...beyondProblem(zones, band)] }
}

type OnTile = (done: number, of: number) => void

function byCentre(zones: readonly Zone[], band: Band, onTile: OnTile): Zonal {
  const index = zoneIndex(zones, band.grid)
  const sums = keySums(zones.length)
  const zoneOf = new Int32Array(TILE * TILE)
  const strip = stripOf(TILE * TILE)
  const tiles = tileCount(band)
  let done = 0
  for (const tile of tilesOf(band.grid)) {
    const pixels = tile.width * tile.height
    if (index.read(tile, zoneOf)) {
      band.read(tile, strip)
      sums.add(zoneOf, strip, pixels)
    }
    onTile(++done, tiles)
  }
  const rows = index.ids.map((id, z) => (index.pixels[z] === 0 ? { id } : { id, sums: sums.at(z) }))
  return { rows, problems: index.problems }
}

function byCover(zones: readonly Zone[], band: Band, onTile: OnTile): Zonal {
  const cover = exactCover(zones, band.grid)
  const sums = coverSums()
  const shares = new Float64Array(TILE * TILE)
  const strip = stripOf(TILE * TILE)
  const tiles = tileCount(band)
  let done = 0
  for (const tile of tilesOf(band.grid)) {
    const here = cover.zonesIn(tile)
    if (here.length > 0) band.read(tile, strip)
    for (const zone of here) {
      cover.read(zone, tile, shares)
      sums.add(zone, shares, strip, tile.width * tile.height)
    }
    onTile(++done, tiles)
  }
  const rows = cover.ids.map((id, z): ZonalRow => {
    const found = sums.at(z)
    const covered = found.count + found.nodata + found.nan + found.outside + found.noValue
    return covered === 0 ? { id } : { id, sums: found }
  })
  return { rows, problems: [] }
}

const tileCount = ({ grid }: Band): number => Math.ceil(grid.width / TILE) * Math.ceil(grid.height / TILE)

/** Zones that reach beyond the raster have sums of a part only. */
function beyondProblem(zones: readonly Zone[], { grid, name }: Band): readonly Problem[] {
  const [east, south] = [grid.west + grid.width * grid.dx, grid.north - grid.height * grid.dy]
  // What a projection or a written corner is off by is no reach.
  const [slackX, slackY] = [grid.dx / 100, grid.dy / 100]
  const beyond = zones.filter((zone) =>
    zone.polygons.some((polygon) =>
      polygon[0]?.some(
        ([x, y]) => x! < grid.west - slackX || x! > east + slackX || y! < south - slackY || y! > grid.north + slackY,
      ),
    ),
  )
  if (beyond.length === 0) return []
  return [problem('raster.zones-beyond', { count: beyond.length, first: beyond[0]!.id }, { file: name })]
}
