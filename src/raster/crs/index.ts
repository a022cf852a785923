// Coordinate systems: read from GeoTIFF keys, WKT or EPSG codes, compared, named, and turned into one another.

export type * from './model.ts'
export type { Mapping, Pair } from './projection.ts'
export { crsFromEpsg } from './epsg.ts'
export { crsFromGeoKeys } from './geo-keys.ts'
export { crsFromWkt } from './wkt-crs.ts'
export { crsText } from './crs-text.ts'
export { sameCrs } from './same-crs.ts'
export { sameDatum } from './datums.ts'
export { transformer, toLonLat, fromLonLat } from './transformer.ts'
export { isEvenGrid, pixelAreas } from './pixel-areas.ts'
export { gcj02ToWgs84, wgs84ToGcj02 } from './gcj02.ts'
