// Layers of a GeoPackage (OGC 12-128r18). Serves vector.ts.
// Always holds: only tables that gpkg_contents calls features count as layers; attributes stand under their column names.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { isSqlite, openSqlite, type SqliteTable, type SqliteValue } from './sqlite-file.ts'
import {
  checkClosed,
  checkFeatureCount,
  crsOfWkt,
  positionBudget,
  type VectorCrs,
  type VectorFeature,
  type VectorLayer,
} from './vector-layer.ts'
import { problem } from './vector-problems.ts'
import { readWkb, type WkbReader } from './wkb.ts'

export interface GeoPackage {
  /** Names of the feature layers, in the order of the file. */
  readonly layers: readonly string[]
  /** @throws ProblemError `vector.…` */
  read(layer: string): VectorLayer
}

type Row = Readonly<Record<string, SqliteValue>>

/** Bytes of the envelope by its indicator. */
const ENVELOPES = [0, 32, 48, 48, 64] as const
const HEADER = 8

/** @throws ProblemError `vector.not-sqlite`, `vector.not-geopackage`, `vector.sqlite-damaged` */
export function openGeoPackage(bytes: Uint8Array, fileName: string): GeoPackage {
  const at: Place = { file: fileName }
  if (!isSqlite(bytes)) throw new ProblemError(problem('vector.not-sqlite', {}, at))
  const tables = openSqlite(bytes, fileName)
  const table = (name: string): SqliteTable => {
    const found = tables.get(name)
    if (!found) throw new ProblemError(problem('vector.not-geopackage', { table: name }, at))
    return found
  }
  const layers = [...table('gpkg_contents').rows()]
    .filter((r) => r['data_type'] === 'features' && typeof r['table_name'] === 'string')
    .map((r) => r['table_name'] as string)
  return {
    layers,
    read: (layer) => {
      const same = (r: Row): boolean => String(r['table_name']).toLowerCase() === layer.toLowerCase()
      const column = [...table('gpkg_geometry_columns').rows()].find(same)
      if (!column) throw new ProblemError(problem('vector.not-geopackage', { table: 'gpkg_geometry_columns' }, at))
      const content = table(layer.toLowerCase())
      if (content.kind === 'view') throw new ProblemError(problem('vector.layer-is-view', { layer }, at))
      const systems = [...table('gpkg_spatial_ref_sys').rows()]
      const crs = crsOf(systems.find((r) => r['srs_id'] === column['srs_id']))
      return readLayer(content, String(column['column_name']), crs, at)
    },
  }
}

/** The ids 0 and -1 stand for systems that are not known. */
function crsOf(row: Row | undefined): VectorCrs {
  const id = row?.['srs_id']
  if (!row || id === 0 || id === -1) return { stated: false }
  const code = row['organization_coordsys_id']
  const definition = [row['definition'], row['definition_12_063']].find(
    (d) => typeof d === 'string' && d.trim() !== '' && d.trim().toLowerCase() !== 'undefined',
  )
  const crs = crsOfWkt(typeof definition === 'string' ? definition : '')
  return String(row['organization']).toUpperCase() === 'EPSG' && typeof code === 'number' && code > 0
    ? { ...crs, epsg: code, stated: true }
    : crs
}

function readLayer(table: SqliteTable, geometryColumn: string, crs: VectorCrs, at: Place): VectorLayer {
  const spend = positionBudget(at)
  const features: VectorFeature[] = []
  const strange: { readonly feature: number; readonly kind: string }[] = []
  const geometryKey = table.columns.find((c) => c.toLowerCase() === geometryColumn.toLowerCase()) ?? geometryColumn
  for (const row of table.rows()) {
    const feature = features.length + 1
    checkFeatureCount(feature, at)
    const { [geometryKey]: blob, ...properties } = row
    const damaged = (reason: string): ProblemError =>
      new ProblemError(problem('vector.wkb-damaged', { feature, reason }, at))
    const reader: WkbReader = {
      damaged,
      spend,
      badCoordinate: () => new ProblemError(problem('vector.bad-coordinate', { feature }, at)),
      checkRing: (ring) => checkClosed(ring, feature, at),
    }
    if (blob !== null && blob !== undefined && !(blob instanceof Uint8Array)) throw damaged('no blob')
    const shape = blob ? geometryOf(blob, reader) : { geometry: undefined }
    if ('strange' in shape) strange.push({ feature, kind: shape.strange })
    features.push({ properties, geometry: 'strange' in shape ? undefined : shape.geometry })
  }
  const problems: Problem[] = []
  const first = strange[0]
  if (first)
    problems.push(
      problem(
        'vector.geometry-not-read',
        { count: strange.length, first: first.feature, kind: [...new Set(strange.map((s) => s.kind))].join('、') },
        at,
      ),
    )
  return { name: table.name, features, crs, problems }
}

/** The header of a GeoPackage geometry: magic GP, version, flags, srs id, envelope. */
function geometryOf(blob: Uint8Array, reader: WkbReader): ReturnType<typeof readWkb> {
  if (blob.length < HEADER || blob[0] !== 0x47 || blob[1] !== 0x50) throw reader.damaged('no GP header')
  const flags = blob[3]!
  const envelope = ENVELOPES[(flags >> 1) & 7]
  if (envelope === undefined) throw reader.damaged('envelope')
  // Bit 5: a form of geometry that only its own extension can read.
  if ((flags & 0x20) !== 0) return { strange: 'ExtendedGeoPackageBinary' }
  return readWkb(new DataView(blob.buffer, blob.byteOffset, blob.byteLength), HEADER + envelope, reader)
}
