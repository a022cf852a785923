// Grids and zones for tests.

import type { Grid } from '../grid.ts'
import type { Zone } from './edge-table.ts'

/** A plane grid of square pixels; nothing is projected in these tests, so any projected system will do. */
export const planeGrid = (width: number, height: number, cell = 1, west = 0, north = height * cell): Grid => ({
  width,
  height,
  west,
  north,
  dx: cell,
  dy: cell,
  crs: {
    kind: 'web-mercator',
    name: 'plane',
    datum: { id: 'wgs84', name: 'WGS 84', ellipsoid: { a: 6378137, inverseFlattening: 298.257223563 } },
  },
})

export type XY = readonly [number, number]

export const closed = (ring: readonly XY[]): readonly XY[] => [...ring, ring[0]!]

export const zoneOf = (id: string, ...rings: readonly (readonly XY[])[]): Zone => ({
  id,
  polygons: [rings.map(closed)],
})

export const box = (id: string, west: number, south: number, east: number, north: number): Zone =>
  zoneOf(id, [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ])

/** A star around a centre: one radius an angle step, never crossing itself. */
export function star(id: string, centre: XY, radii: readonly number[]): Zone {
  return zoneOf(
    id,
    radii.map((r, i): XY => {
      const angle = (2 * Math.PI * i) / radii.length
      return [centre[0] + r * Math.cos(angle), centre[1] + r * Math.sin(angle)]
    }),
  )
}
