// What all layers of a made region stand on: its grid, its classes of land with the numbers a model wants of them, the noise
// that cover and heights are drawn from.

import { crsFromEpsg, type Grid, type Zone } from '../src/raster/index.ts'

const CELL = 30
const WEST = 400_000
const NORTH = 3_400_000
export const NONE = -9999

export const gridOf = (size: number): Grid => coarseGrid(size, 1)

/** A grid of pixels so many times as long, off the fine one by part of a pixel where it is coarser, that covers it all. */
export function coarseGrid(size: number, times: number): Grid {
  const off = times === 1 ? 0 : 0.37
  const edge = Math.ceil(size / times) + (times === 1 ? 0 : 1)
  const [dx, dy] = [CELL * times, CELL * times]
  return { width: edge, height: edge, west: WEST - off * dx, north: NORTH + off * dy, dx, dy, crs: crsFromEpsg(32649)! }
}

export const placeOf = (column: number, row: number): readonly [number, number] => [
  WEST + CELL * column,
  NORTH - CELL * row,
]
export const CELL_M2 = CELL * CELL

/** Land classes with the numbers a model wants of them; the code is the place in the list, from 1. */
export const CLASSES = [
  { type: 'farm.cropland.paddy', kc: 1.1, root: 600, veg: 1, c: 0.1, p: 0.15, carbon: [3, 1, 60, 0.5] },
  { type: 'farm.cropland.dry', kc: 0.95, root: 700, veg: 1, c: 0.25, p: 0.4, carbon: [2.5, 0.8, 52, 0.3] },
  { type: 'forest.broadleaf.evergreen', kc: 1, root: 3000, veg: 1, c: 0.005, p: 1, carbon: [52, 12, 95, 3] },
  { type: 'forest.needleleaf.evergreen', kc: 1, root: 2500, veg: 1, c: 0.007, p: 1, carbon: [45, 11, 88, 3] },
  { type: 'shrub.broadleaf.deciduous', kc: 0.85, root: 1500, veg: 1, c: 0.02, p: 1, carbon: [9, 4, 70, 1] },
  { type: 'grass.tussock.subtropical', kc: 0.75, root: 800, veg: 1, c: 0.04, p: 1, carbon: [1.5, 4, 65, 0.5] },
  { type: 'urban.residential', kc: 0.35, root: 100, veg: 0, c: 0.01, p: 1, carbon: [0.5, 0.2, 30, 0] },
] as const
export const CODES: Readonly<Record<string, string>> = Object.fromEntries(CLASSES.map((c, i) => [i + 1, c.type]))

/** The code of a pixel of land cover from a number 0 … 1. */
export const coverOf = (land: number): number =>
  1 + Math.min(6, Math.floor(7 * Math.min(1, Math.max(0, 1.8 * land - 0.4))))
/** Metres above the sea from the numbers 0 … 1 of relief and wide relief. */
export const heightOf = (relief: number, wide: number): number => 60 + 900 * relief + 1500 * wide
export const COVER_NOISE = [300, 160, 6] as const
export const RELIEF_NOISE = [200, 256, 8] as const
export const WIDE_NOISE = [100, 900, 3] as const

export function shapeFile(
  shapes: readonly Pick<Zone, 'id' | 'polygons'>[],
  told: (id: string) => Readonly<Record<string, string | number>> = (id) => ({ code: id }),
): string {
  const features = shapes.map(({ id, polygons }) => ({
    type: 'Feature',
    properties: told(id),
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  }))
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32649' } }
  return JSON.stringify({ type: 'FeatureCollection', crs, features })
}

/** Code → type of the classes, with the water bodies where they are drawn in. */
export const classCodes = (waters: Readonly<Record<string, number>> = {}): Readonly<Record<string, string>> => ({
  ...CODES,
  ...Object.fromEntries(Object.entries(waters).map(([kind, code]) => [String(code), `wetland.${kind}`])),
})
