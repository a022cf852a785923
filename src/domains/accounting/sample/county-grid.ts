// The grid the maps of the sample county stand on: CGCS2000, three-degree zone of 111° E, a margin of a kilometre around the
// county, and which township each pixel lies in. Always holds: zones are cut by the same rule that the account counts by.

import { crsFromEpsg, projectPolygons, transformer, zoneIndex, type Grid } from '../../../raster/index.ts'
import { countyRings, TOWNSHIPS } from './county-place.ts'

/** Side of a pixel, m. */
export type Pixel = 30 | 60 | 120
export const PIXEL: Pixel = 60
/** Valleys are made on cells of this size; pixels divide it evenly. */
export const VALLEY_CELL = 240
const MARGIN = 5 * VALLEY_CELL

export const DEGREES = crsFromEpsg(4490)!
export const METRES = crsFromEpsg(4546)!

export function countyGrid(seed: number, pixel: Pixel): Grid {
  const project = transformer(DEGREES, METRES)
  const at: [number, number] = [0, 0]
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of countyRings(seed).values())
    for (const [lon, lat] of ring) {
      project(lon, lat, at)
      west = Math.min(west, at[0])
      east = Math.max(east, at[0])
      south = Math.min(south, at[1])
      north = Math.max(north, at[1])
    }
  const cells = (from: number, to: number): readonly [first: number, count: number] => {
    const first = Math.floor((from - MARGIN) / VALLEY_CELL)
    return [first, Math.ceil((to + MARGIN) / VALLEY_CELL) - first]
  }
  const [left, wide] = cells(west, east)
  const [low, high] = cells(south, north)
  return {
    width: (wide * VALLEY_CELL) / pixel,
    height: (high * VALLEY_CELL) / pixel,
    west: left * VALLEY_CELL,
    north: (low + high) * VALLEY_CELL,
    dx: pixel,
    dy: pixel,
    crs: METRES,
  }
}

/** Place in TOWNSHIPS of each pixel, −1 outside the county. */
export function townshipOfPixels(seed: number, grid: Grid): Int32Array {
  const rings = countyRings(seed)
  const zones = TOWNSHIPS.map((t) => ({
    id: t.code,
    polygons: projectPolygons([[rings.get(t.code)!]], DEGREES, grid),
  }))
  const out = new Int32Array(grid.width * grid.height)
  zoneIndex(zones, grid).read({ col: 0, row: 0, width: grid.width, height: grid.height }, out)
  return out
}
