// Shapes of spatial units: polygons, lines or points in degrees of CGCS2000 (EPSG:4490), longitude first.
// Always holds of a shape that was tidied: coordinates are whole numbers of 10^-11 degree (a micrometre), rings are closed,
// outer rings run counter-clockwise and holes clockwise. On such a grid a place is equal or it is not; nothing is nearly so.

import type { Polygon, Ring, VectorGeometry } from '../exchange-formats/index.ts'

export type { Polygon, Ring } from '../exchange-formats/index.ts'
/** Polygons, lines or points; a unit has one of them. */
export type Shape = VectorGeometry
export type Polygons = readonly Polygon[]
export type Position = readonly [lon: number, lat: number]

/** Whole steps of the grid in a degree. Longitudes stay below 2^53 steps; a step is 1.1 µm on the meridian. A coarser grid
 *  would move a long border where a corner is put on it, and area with it: 0.1 mm on a side of a kilometre is 0.05 m². */
export const STEPS_PER_DEGREE = 1e11

export const toStep = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE)
export const toDegrees = (step: number): number => step / STEPS_PER_DEGREE
/** The nearest coordinate of the grid. */
export const snapped = (degrees: number): number => toDegrees(toStep(degrees))

/** West, south, east, north in degrees. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export function* positionsOf(shape: Shape): Iterable<readonly number[]> {
  if (shape.kind === 'point') yield* shape.points
  else if (shape.kind === 'line') for (const line of shape.lines) yield* line
  else for (const polygon of shape.polygons) for (const ring of polygon) yield* ring
}

/** The smallest box around a shape; undefined for one without positions. */
export function boxOf(shape: Shape): Box | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of positionsOf(shape)) {
    west = Math.min(west, x!)
    south = Math.min(south, y!)
    east = Math.max(east, x!)
    north = Math.max(north, y!)
  }
  return west <= east ? { west, south, east, north } : undefined
}

export const boxesMeet = (a: Box, b: Box): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north

export const areaShape = (polygons: Polygons): Shape => ({ kind: 'polygon', polygons })
/** The polygons of a shape; none for lines and points. */
export const polygonsOf = (shape: Shape): Polygons => (shape.kind === 'polygon' ? shape.polygons : [])

const snappedAll = (positions: Ring): Ring => positions.map((p) => [snapped(p[0]!), snapped(p[1]!)])

/** The same shape on the grid. Nothing else is changed. */
export function snapShape(shape: Shape): Shape {
  switch (shape.kind) {
    case 'point':
      return { kind: 'point', points: snappedAll(shape.points) }
    case 'line':
      return { kind: 'line', lines: shape.lines.map(snappedAll) }
    case 'polygon':
      return { kind: 'polygon', polygons: shape.polygons.map((p) => p.map(snappedAll)) }
  }
}
