// What a map shows, as plain data: layers of shapes in longitude and latitude, each drawn in one of a few looks that differ in
// line and pattern and not by colour alone.

import type { Text } from '../../kernel/index.ts'

export type Position = readonly [lon: number, lat: number]

/** Shapes as GeoJSON has them, degrees of CGCS2000. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString' | 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon' | 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] }

export interface MapFeature {
  readonly id: string
  readonly geometry: Geometry
  /** Written on it. */
  readonly label?: string
  /** Overrides the look of its layer. */
  readonly look?: Look
}

/** `shape` is what the page is about; `beside` its neighbours; `fault` what is wrong with it; `mended` what would stand instead. */
export type Look = 'shape' | 'beside' | 'fault' | 'mended' | 'drawn'

export interface MapLayer {
  readonly id: string
  readonly title: Text
  readonly look: Look
  readonly features?: readonly MapFeature[]
  /** Vector tiles by `{z}/{x}/{y}`, where there are too many shapes to send at once. */
  readonly tiles?: string
}

interface Drawing {
  readonly line: string
  readonly width: number
  readonly dash?: readonly number[]
  readonly fill: string
}

export const LOOKS: Readonly<Record<Look, Drawing>> = {
  shape: { line: '#17503a', width: 1.5, fill: 'rgba(31,111,80,0.18)' },
  beside: { line: '#6a746e', width: 1, fill: 'rgba(106,116,110,0.06)' },
  fault: { line: '#b3261e', width: 2.5, dash: [6, 3], fill: 'rgba(179,38,30,0.25)' },
  mended: { line: '#1c5d99', width: 2, dash: [2, 4], fill: 'rgba(28,93,153,0.14)' },
  drawn: { line: '#8a5300', width: 2.5, fill: 'rgba(138,83,0,0.14)' },
}

/** All corners of a shape. */
export function positionsOf(g: Geometry): readonly Position[] {
  switch (g.type) {
    case 'Point':
      return [g.coordinates]
    case 'LineString':
    case 'MultiPoint':
      return g.coordinates
    case 'Polygon':
    case 'MultiLineString':
      return g.coordinates.flat()
    case 'MultiPolygon':
      return g.coordinates.flat(2)
  }
}

/** West, south, east, north of all shapes; undefined where there is none. */
export function extentOf(layers: readonly MapLayer[]): readonly [number, number, number, number] | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const layer of layers)
    for (const feature of layer.features ?? [])
      for (const [lon, lat] of positionsOf(feature.geometry)) {
        west = Math.min(west, lon)
        south = Math.min(south, lat)
        east = Math.max(east, lon)
        north = Math.max(north, lat)
      }
  return west <= east ? [west, south, east, north] : undefined
}
