// Spatial units (LA_SpatialUnit of ISO 19152): what kinds there are, what state one is in, how a shape is written down. Pure.
// Always holds: a shape is kept as GeoJSON in degrees of CGCS2000 on the grid of core/geometry, with its box and its area
// beside it; a unit's id never changes, its shape may, and every shape it had is kept with its days.

import { ProblemError, type Problem, type Text } from '../../kernel/index.ts'
import { readGeoJsonLayer } from '../exchange-formats/index.ts'
import { areaM2, areaText, boxOf, isSound, repairShape, type Box, type Repair, type Shape } from '../geometry/index.ts'
import { placesProblem } from './problems.ts'

export const UNIT_KINDS = [
  { value: 'parcel', title: { zh: '地块（图斑）', en: 'parcel' } },
  { value: 'grid-cell', title: { zh: '网格', en: 'grid cell' } },
  { value: 'plot', title: { zh: '样地', en: 'sample plot' } },
  { value: 'river-section', title: { zh: '河段', en: 'river section' } },
  { value: 'station', title: { zh: '监测站点', en: 'station' } },
  { value: 'project', title: { zh: '项目区', en: 'project area' } },
  { value: 'scenic-spot', title: { zh: '景区', en: 'scenic spot' } },
] as const satisfies readonly { readonly value: string; readonly title: Text }[]
export type UnitKind = (typeof UNIT_KINDS)[number]['value']

export const UNIT_STATUSES = [
  { value: 'draft', title: { zh: '待确认', en: 'draft' } },
  { value: 'returned', title: { zh: '已退回', en: 'returned' } },
  { value: 'confirmed', title: { zh: '已确认', en: 'confirmed' } },
  { value: 'retired', title: { zh: '已注销', en: 'retired' } },
] as const satisfies readonly { readonly value: string; readonly title: Text }[]
export type UnitStatus = (typeof UNIT_STATUSES)[number]['value']

export const unitSubject = (id: string): string => `unit:${id}`

/** A shape with what the tables keep beside it. */
export interface KeptShape {
  readonly shape: string
  readonly sound: boolean
  readonly area_m2: string
  readonly west: string
  readonly south: string
  readonly east: string
  readonly north: string
}

const GEOMETRY = { polygon: 'MultiPolygon', line: 'MultiLineString', point: 'MultiPoint' } as const

/** GeoJSON of a shape. */
export function shapeText(shape: Shape): string {
  const coordinates = shape.kind === 'polygon' ? shape.polygons : shape.kind === 'line' ? shape.lines : shape.points
  return JSON.stringify({ type: GEOMETRY[shape.kind], coordinates })
}

/** The shape of a text that we wrote. */
export function shapeOfText(text: string): Shape {
  const { type, coordinates } = JSON.parse(text) as { readonly type: string; readonly coordinates: never }
  return type === GEOMETRY.polygon
    ? { kind: 'polygon', polygons: coordinates }
    : type === GEOMETRY.line
      ? { kind: 'line', lines: coordinates }
      : { kind: 'point', points: coordinates }
}

/** The shape somebody submitted as GeoJSON in degrees. @throws ProblemError `geojson.…`, `places.no-shape` */
export function submittedShape(text: string): Shape {
  const layer = readGeoJsonLayer(new TextEncoder().encode(text), 'GeoJSON', 'GeoJSON')
  const shape = layer.features[0]?.geometry
  if (!shape || layer.features.length > 1 || layer.crs.epsg === 3857)
    throw new ProblemError(placesProblem('places.no-shape'))
  return shape
}

/** A shape as it came, with what a repair would say of it; a sound one is kept tidied, another as it was drawn. */
export function keptShape(given: Shape): { readonly kept: KeptShape; readonly repair: Repair } | readonly Problem[] {
  const repair = repairShape(given)
  const drawn = repair.areaBeforeM2
  if (repair.refused.some((p) => HOPELESS.has(p.code))) return repair.refused
  const sound = isSound(repair)
  const shape = sound || isHarmless(repair) ? repair.shape! : given
  const box = boxOf(shape)
  if (!box) return [placesProblem('places.no-shape')]
  const area = shape === repair.shape ? areaM2(shape) : Math.abs(drawn)
  return {
    kept: { shape: shapeText(shape), sound: shape === repair.shape, area_m2: areaText(area), ...boxText(box) },
    repair,
  }
}

/** Nothing can be shown on a map. */
const HOPELESS = new Set(['geometry.not-finite', 'geometry.out-of-range', 'geometry.nothing-left'])

/** Points twice in a row and open rings are tidied without asking: no area depends on them. */
const isHarmless = (repair: Repair): boolean =>
  repair.shape !== undefined &&
  repair.faults.every((f) => f.code === 'geometry.duplicate' || f.code === 'geometry.open')

const degrees = (v: number): string => v.toFixed(11)
const boxText = (b: Box): Pick<KeptShape, 'west' | 'south' | 'east' | 'north'> => ({
  west: degrees(b.west),
  south: degrees(b.south),
  east: degrees(b.east),
  north: degrees(b.north),
})

/** A tidy shape as it is kept. */
export function keptTidy(shape: Shape): KeptShape {
  const box = boxOf(shape)
  if (!box) throw new Error('a tidy shape has positions')
  return { shape: shapeText(shape), sound: true, area_m2: areaText(areaM2(shape)), ...boxText(box) }
}

/** Whether a region's code lies under another by its digits (GB/T 2260 and the codes of towns and villages below it). */
export function isUnder(place: string, region: string): boolean {
  const stem = place.length === 6 ? place.replace(/(00){1,2}$/, '') : place
  return region === place || region.startsWith(stem)
}
