// Coordinate systems as this engine understands them. Angles in degrees, lengths in metres.
// Always holds: WGS 84 and CGCS2000 count as one datum (they agree within a decimetre); other datums never mix by guess.

export interface Ellipsoid {
  readonly a: number
  readonly inverseFlattening: number
}

export type DatumId = 'wgs84' | 'cgcs2000' | 'beijing-1954' | 'xian-1980' | 'other'
export interface Datum {
  readonly id: DatumId
  readonly name: string
  readonly ellipsoid: Ellipsoid
}

interface Named {
  readonly datum: Datum
  readonly name: string
  readonly epsg?: number
}
export interface Geographic extends Named {
  readonly kind: 'geographic'
}
/** Gauss–Krüger and UTM. */
export interface TransverseMercator extends Named {
  readonly kind: 'transverse-mercator'
  readonly lon0: number
  readonly lat0: number
  readonly k0: number
  readonly falseEasting: number
  readonly falseNorthing: number
}
/** Albers equal area, ellipsoidal. */
export interface Albers extends Named {
  readonly kind: 'albers'
  readonly lon0: number
  readonly lat0: number
  readonly parallel1: number
  readonly parallel2: number
  readonly falseEasting: number
  readonly falseNorthing: number
}
/** Lambert conformal conic with one or two standard parallels. */
export interface LambertConformal extends Named {
  readonly kind: 'lambert-conformal'
  readonly lon0: number
  readonly lat0: number
  readonly parallel1: number
  readonly parallel2: number
  /** Scale on the standard parallel; 1 where there are two. */
  readonly k0: number
  readonly falseEasting: number
  readonly falseNorthing: number
}
/** Spherical Mercator of web maps (EPSG:3857). */
export interface WebMercator extends Named {
  readonly kind: 'web-mercator'
}
export type Crs = Geographic | TransverseMercator | Albers | LambertConformal | WebMercator

/** GeoTIFF keys of a file: id → value (short, double list or text). */
export type GeoKeys = ReadonlyMap<number, number | string | readonly number[]>
