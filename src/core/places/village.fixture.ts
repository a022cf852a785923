// A made-up village of forest parcels in a 3-degree Gauss–Krüger zone (EPSG:4525, zone 37, 111° E), as a Shapefile in a ZIP: six
// parcels of a hectare, of which the second and third overlap, the fourth and fifth overlap, and the sixth is a bow-tie.

import { writeZip } from '../exchange-formats/index.ts'
import { dbf, shp } from '../exchange-formats/shapefile.fixture.ts'
import type { VectorGeometry } from '../exchange-formats/index.ts'

/** The corner of the first parcel in metres of the zone. */
const [EAST, NORTH] = [37_547_000, 3_198_000]

export const VILLAGE_WKT = `PROJCS["CGCS2000_3_Degree_GK_Zone_37",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",37500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`

/** Clockwise, as the format wants outer rings; metres from the corner. */
const parcel = (...places: readonly (readonly [number, number])[]): VectorGeometry => {
  const ring = [...places, places[0]!].map(([x, y]) => [EAST + x, NORTH + y])
  return { kind: 'polygon', polygons: [[ring]] }
}
const block = (x: number, y: number, w: number, h: number): VectorGeometry =>
  parcel([x, y], [x, y + h], [x + w, y + h], [x + w, y])

export const VILLAGE_NAMES = ['一号林', '二号林', '三号林', '四号林', '五号林', '六号林'] as const

const SHAPES: readonly VectorGeometry[] = [
  block(0, 0, 100, 100),
  block(100, 0, 110, 100),
  block(200, 0, 100, 100),
  block(0, 100, 120, 100),
  block(100, 100, 100, 100),
  parcel([200, 100], [300, 200], [300, 100], [200, 200]),
]

export function villageZip(
  shapes: readonly VectorGeometry[] = SHAPES,
  names: readonly string[] = VILLAGE_NAMES,
): Uint8Array {
  const made = shp(shapes)
  const table = dbf(
    [
      { name: 'DKMC', type: 'C', length: 60 },
      { name: 'XBH', type: 'C', length: 20 },
    ],
    names.map((n, i) => [n, String(i + 1).padStart(4, '0')]),
  )
  const text = (t: string): Uint8Array => new TextEncoder().encode(t)
  return writeZip(
    new Map([
      ['village.shp', made.shp],
      ['village.shx', made.shx],
      ['village.dbf', table],
      ['village.prj', text(VILLAGE_WKT)],
      ['village.cpg', text('UTF-8')],
    ]),
  )
}
