// One door for vector files: shapefile with its companions, GeoPackage, GeoJSON, or a zip that holds one of them.
// The content decides, not the extension. Serves boundaries, zones and watersheds.
// Always holds: a file with several layers is a question that names them, never a choice made for the user.

import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { findBeside, readFileByName } from './folder.ts'
import { readGeoJsonLayer } from './geojson.ts'
import { openGeoPackage } from './geopackage.ts'
import { readShapefile, type ShapefileParts } from './shapefile.ts'
import { isSqlite } from './sqlite-file.ts'
import { checkRange, type Polygon, type VectorLayer } from './vector-layer.ts'
import { problem } from './vector-problems.ts'
import { openZip, ZIP_LIMITS, type ZipEntry } from './zip.ts'

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file and what stands beside it. */
export interface VectorSource extends NamedBytes {
  /** The file of this base name in the same folder, whatever its case. */
  readonly beside?: (baseName: string) => NamedBytes | undefined
}

const VECTOR_NAME = /\.(shp|gpkg|geojson)$/i

/** Whether a file may hold a vector layer by its name; a zip only shows it when opened. */
export const isVectorName = (name: string): boolean => VECTOR_NAME.test(name)

/** A vector file of a user's folder; its companions are opened when they are asked for. @throws ProblemError `folder.…` */
export function vectorInFolder(folder: string, name: string): VectorSource {
  return {
    ...readFileByName(folder, name),
    beside: (baseName) => {
      const found = findBeside(folder, name, baseName)
      return found && readFileByName(folder, found.name)
    },
  }
}

/** Reads one layer. @throws ProblemError `vector.…`, `geojson.…`, `zip.…` */
export function readVector(source: VectorSource, options: { readonly layer?: string } = {}): VectorLayer {
  const at: Place = { file: source.name }
  const layers = openLayers(source, at)
  const names = [...layers.keys()]
  const wanted = options.layer
  if (names.length === 0) throw new ProblemError(problem('vector.no-layer', {}, at))
  if (wanted === undefined && names.length > 1)
    throw new ProblemError(problem('vector.which-layer', { layers: names.join('、') }, at))
  const name = wanted === undefined ? names[0]! : (names.find((n) => n === wanted) ?? only(names, wanted))
  if (name === undefined)
    throw new ProblemError(problem('vector.layer-missing', { layer: wanted!, layers: names.join('、') }, at))
  const layer = layers.get(name)!()
  checkRange(layer.features, layer.crs, at)
  return layer
}

/** The names `readVector` takes as `layer`. @throws ProblemError */
export const vectorLayers = (source: VectorSource): readonly string[] => [
  ...openLayers(source, { file: source.name }).keys(),
]

/** Names of layers differ in more than case, or the case matters. */
function only(names: readonly string[], wanted: string): string | undefined {
  const same = names.filter((n) => n.toLowerCase() === wanted.toLowerCase())
  return same.length === 1 ? same[0] : undefined
}

export interface PolygonsOfLayer {
  readonly features: readonly {
    /** 1 is the first feature of the file. */
    readonly number: number
    readonly properties: Readonly<Record<string, unknown>>
    readonly polygons: readonly Polygon[]
  }[]
  readonly problems: readonly Problem[]
}

/** The features that are polygons, and what was left out. @throws ProblemError `vector.no-polygons` */
export function polygonsOfLayer(layer: VectorLayer, at: Place): PolygonsOfLayer {
  const skipped: number[] = []
  const features = layer.features.flatMap(({ properties, geometry }, i) => {
    if (geometry?.kind === 'polygon') return [{ number: i + 1, properties, polygons: geometry.polygons }]
    skipped.push(i + 1)
    return []
  })
  if (features.length === 0) throw new ProblemError(problem('vector.no-polygons', {}, at))
  return {
    features,
    problems: skipped.length > 0 ? [problem('vector.skipped', { count: skipped.length, first: skipped[0]! }, at)] : [],
  }
}

/** Why an attribute that is asked for is not there; undefined where some feature has it. */
export function missingAttribute(layer: VectorLayer, field: string, at: Place): Problem | undefined {
  const fields = [...new Set(layer.features.flatMap((f) => Object.keys(f.properties)))]
  return fields.includes(field)
    ? undefined
    : problem('vector.field-missing', { field, fields: fields.join('、') || '—' }, at)
}

type Layers = ReadonlyMap<string, () => VectorLayer>

const baseOf = (name: string): string => name.replace(/^.*[/\\]/, '')
const stemOf = (name: string): string => baseOf(name).replace(/\.[^.]*$/, '')

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function openLayers(source: VectorSource, at: Place): Layers {
  const { bytes, name } = source
  if (isZip(bytes)) return layersOfZip(bytes, at)
  if (isSqlite(bytes) || /\.gpkg$/i.test(name)) return layersOfGeoPackage(source, at)
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0x27 && bytes[3] === 0x0a)
    return new Map([[stemOf(name), () => readShapefile(partsOf(source), stemOf(name))]])
  const other = otherFormat(bytes, name)
  if (other !== undefined) throw new ProblemError(problem('vector.format-unknown', { what: other }, at))
  return new Map([[stemOf(name), () => readGeoJsonLayer(bytes, name, stemOf(name))]])
}

function layersOfGeoPackage(source: VectorSource, at: Place): Layers {
  // Writers keep fresh changes in a file of their own until they close the database.
  const journal = source.beside?.(`${baseOf(source.name)}-wal`)
  if (journal && journal.bytes.length > 0) throw new ProblemError(problem('vector.wal', { file: journal.name }, at))
  const file = openGeoPackage(source.bytes, source.name)
  return new Map(file.layers.map((layer) => [layer, () => file.read(layer)]))
}

function partsOf(source: VectorSource): ShapefileParts {
  const stem = stemOf(source.name)
  const part = (extension: string): NamedBytes | undefined => source.beside?.(`${stem}.${extension}`)
  const found = Object.entries({ shx: part('shx'), dbf: part('dbf'), prj: part('prj'), cpg: part('cpg') })
  return { shp: source, ...Object.fromEntries(found.filter(([, file]) => file !== undefined)) }
}

function layersOfZip(bytes: Uint8Array, at: Place): Layers {
  const entries = openZip(bytes, ZIP_LIMITS, at)
  const plain = (name: string): string => name.replaceAll('\\', '/').toLowerCase()
  const byName = new Map(entries.map((e) => [plain(e.name), e]))
  // Archives made on a Mac carry a shadow of every file.
  const files = entries.filter((e) => isVectorName(e.name) && !/(^|\/)(__macosx\/|\._)/i.test(e.name))
  const opened = (e: ZipEntry): VectorSource => ({
    name: at.file === undefined ? e.name : `${at.file}/${e.name}`,
    bytes: e.bytes(),
    beside: (baseName) => {
      const sibling = byName.get(plain(e.name).replace(/[^/]*$/, '') + baseName.toLowerCase())
      return sibling && { name: sibling.name, bytes: sibling.bytes() }
    },
  })
  const all = new Map<string, () => VectorLayer>()
  const twice = new Set(files.map((e) => stemOf(e.name)).filter((s, i, list) => list.indexOf(s) !== i))
  for (const e of files) {
    // A shapefile or a GeoJSON is one layer; only a GeoPackage must be opened to know.
    const label = twice.has(stemOf(e.name)) ? e.name : stemOf(e.name)
    if (!/\.gpkg$/i.test(e.name)) all.set(label, () => single(opened(e), at))
    else
      for (const [layer, read] of layersOfGeoPackage(opened(e), at))
        all.set(all.has(layer) || twice.has(stemOf(e.name)) ? `${e.name}/${layer}` : layer, read)
  }
  return all
}

/** A file of an archive that is one layer by its name. An archive in an archive is not opened. */
function single(source: VectorSource, at: Place): VectorLayer {
  const layers = isZip(source.bytes) ? [] : [...openLayers(source, at).values()]
  if (layers.length !== 1) throw new ProblemError(problem('vector.format-unknown', { what: baseOf(source.name) }, at))
  return layers[0]!()
}

/** What a file is that is not read, by its first bytes. */
function otherFormat(bytes: Uint8Array, name: string): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400))
  if (/\.(dbf|shx|prj|cpg|sbn|sbx)$/i.test(name)) return baseOf(name)
  if (head.startsWith('fgb')) return 'FlatGeobuf (.fgb)'
  if (/<kml[\s>]/.test(head)) return 'KML'
  if (/<[\w:]*FeatureCollection|opengis\.net\/gml/.test(head)) return 'GML'
  if (/\.shp$/i.test(name)) return '.shp'
  return undefined
}
