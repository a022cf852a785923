// Vector tiles of units for the map (Mapbox Vector Tile 2.1, layer `units`), cut when they are asked for. Serves the server's
// route; the shapes come from a window query. Always holds: a tile is pictures only, and no area is ever measured on it.

import { maths } from '../../raster/index.ts'
import { boxesMeet, boxOf, type Box } from '../geometry/index.ts'
import { shapeOfText } from './model.ts'
import type { FoundUnit } from './read-units.ts'

export interface TileName {
  readonly z: number
  readonly x: number
  readonly y: number
}

export const MOST_ZOOM = 22
/** Units a tile is cut of; of more the first are drawn, and the map says that one should look closer. */
export const MOST_IN_TILE = 20_000

/** The window of a tile in degrees, with a margin for borders that lie on its edge. */
export function tileBox({ z, x, y }: TileName): Box {
  const tiles = 1 << z
  const margin = 360 / tiles / 64
  const lat = (row: number): number => (maths.atan(maths.sinh(Math.PI * (1 - (2 * row) / tiles))) * 180) / Math.PI
  const west = (x / tiles) * 360 - 180
  return { west: west - margin, south: lat(y + 1) - margin, east: west + 360 / tiles + margin, north: lat(y) + margin }
}

/** The tile's bytes; none where nothing lies in it. */
export async function unitTile(units: readonly FoundUnit[], at: TileName): Promise<Uint8Array> {
  const [{ default: GeoJsonTiles }, { default: write }] = await Promise.all([import('geojson-vt'), import('vt-pbf')])
  const window = tileBox(at)
  const features = units.slice(0, MOST_IN_TILE).flatMap((u) => {
    const shape = shapeOfText(u.shape)
    const box = boxOf(shape)
    if (!box || !boxesMeet(box, window)) return []
    const { id, name, kind, status, sound } = u
    return [{ type: 'Feature' as const, geometry: JSON.parse(u.shape) as GeoJSON.Geometry, properties: { id, name, kind, status, sound } }] // prettier-ignore
  })
  const index = new GeoJsonTiles(
    { type: 'FeatureCollection', features },
    { maxZoom: at.z, indexMaxZoom: 0, buffer: 64, tolerance: 1 },
  )
  const tile = index.getTile(at.z, at.x, at.y)
  return tile ? write.fromGeojsonVt({ units: tile }, { version: 2 }) : new Uint8Array()
}
