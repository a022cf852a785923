// Where the sample county lies: twelve invented townships on a bent 4 × 3 grid. Neighbours share every vertex of their common
// border, so the partition has neither gaps nor overlaps. The codes are in no edition of GB/T 2260: nothing here is a real place.

import { convert } from '../../../kernel/index.ts'
import { polygonArea } from '../vep/polygon.ts'
import { diceOf } from './county-dice.ts'

export const COUNTY_CODE = '439901'
export const COUNTY_NAME = '青山县'
export const BOUNDARY_FILE = '青山县乡镇界（示范数据）.geojson'

/** What the land is like decides its cover, rain and heat. */
export type Relief = 'mountain' | 'hill' | 'plain'

export interface Township {
  readonly code: string
  readonly name: string
  readonly relief: Relief
}

/** Row by row from the north-west. */
export const TOWNSHIPS: readonly Township[] = (
  [
    ['望岭乡', 'mountain'],
    ['青枫镇', 'mountain'],
    ['竹坪乡', 'mountain'],
    ['石板桥镇', 'hill'],
    ['杉木垭乡', 'mountain'],
    ['龙井坳乡', 'hill'],
    ['云溪镇', 'plain'],
    ['柳塘镇', 'plain'],
    ['金鸡岭镇', 'mountain'],
    ['大樟镇', 'hill'],
    ['双溪口镇', 'hill'],
    ['白鹭湖镇', 'plain'],
  ] as const
).map(([name, relief], i) => ({ code: `${COUNTY_CODE}${String(i + 1).padStart(3, '0')}`, name, relief }))

const COLUMNS = 4
const ROWS = 3
/** Hundred-thousandths of a degree: about a metre. */
const STEP = 100_000
const WEST = 111_20000
const NORTH = 27_56000
const WIDE = 12100
const HIGH = 12700
/** Each border is halved this often, its middle pushed aside. */
const HALVINGS = 3

type Point = readonly [x: number, y: number]

/** Outer rings in degrees on CGCS2000, closed, anticlockwise; by township code. */
export function countyRings(seed: number): ReadonlyMap<string, readonly (readonly [number, number])[]> {
  const dice = diceOf(seed)
  const node = (col: number, row: number): Point => {
    const bent = (axis: string, size: number): number => {
      const room = Math.floor(size / 6)
      return dice.draw(`node ${col} ${row} ${axis}`, -room, room)
    }
    return [WEST + col * WIDE + bent('x', WIDE), NORTH - row * HIGH + bent('y', HIGH)]
  }
  /** The border from a to b, b left out; drawn once in the order of its name, so both sides get the same points. */
  const border = (name: string, a: Point, b: Point, depth: number): readonly Point[] => {
    if (depth === 0) return [a]
    const push = dice.draw(`border ${name}`, -140, 140)
    const middle: Point = [
      Math.floor((a[0] + b[0]) / 2) + Math.trunc(((a[1] - b[1]) * push) / 1000),
      Math.floor((a[1] + b[1]) / 2) + Math.trunc(((b[0] - a[0]) * push) / 1000),
    ]
    return [...border(`${name}a`, a, middle, depth - 1), ...border(`${name}b`, middle, b, depth - 1)]
  }
  const line = (name: string, from: Point, to: Point): readonly Point[] => [...border(name, from, to, HALVINGS), to]
  const across = (col: number, row: number): readonly Point[] =>
    line(`h ${col} ${row} `, node(col, row), node(col + 1, row))
  const down = (col: number, row: number): readonly Point[] =>
    line(`v ${col} ${row} `, node(col, row), node(col, row + 1))

  const rings = new Map<string, readonly (readonly [number, number])[]>()
  for (let row = 0; row < ROWS; row++)
    for (let col = 0; col < COLUMNS; col++) {
      const ring = [
        ...down(col, row).slice(0, -1),
        ...across(col, row + 1).slice(0, -1),
        ...[...down(col + 1, row)].reverse().slice(0, -1),
        ...[...across(col, row)].reverse(),
      ]
      rings.set(
        TOWNSHIPS[row * COLUMNS + col]!.code,
        ring.map(([x, y]) => [x / STEP, y / STEP] as const),
      )
    }
  return rings
}

/** Land of each township in hundredths of a hectare, measured on the ellipsoid. */
export function townshipAreas(seed: number): ReadonlyMap<string, number> {
  return new Map(
    [...countyRings(seed)].map(([code, ring]) => [
      code,
      Math.round(
        convert(polygonArea([ring]), 'm2')
          .value.div(100)
          .toNumber(),
      ),
    ]),
  )
}

/** The boundaries as the survey office would hand them over. */
export function boundaryFile(seed: number): Uint8Array {
  const rings = countyRings(seed)
  const features = TOWNSHIPS.map((t) => ({
    type: 'Feature',
    properties: { XZQDM: t.code, XZQMC: t.name, BZ: '示范数据' },
    geometry: { type: 'Polygon', coordinates: [rings.get(t.code)] },
  }))
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } }
  return new TextEncoder().encode(
    `${JSON.stringify({ type: 'FeatureCollection', name: '乡镇界', crs, features }, undefined, 1)}\n`,
  )
}
