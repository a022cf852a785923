// Units brought in by file: Shapefile (as ZIP), GeoPackage, GeoJSON, or a workbook with the coordinates of each unit in a cell. A point
// a line has an import of its own, made of the same parts.
// Always holds: coordinates become degrees of CGCS2000 by the coordinate system the file states or somebody declares, never by
// guess, and another datum is refused; a shape that is not sound is told and kept as drawn; all overlaps in the file, and with
// what stands in the place, are told with their areas.

import Flatbush from 'flatbush'
import { field, form, ProblemError, type Decoded, type Problem } from '../../kernel/index.ts'
import {
  bringer,
  boxOf,
  overlapOfPrepared,
  polygonsOf,
  prepareArea,
  type Brought,
  type PreparedArea,
  type Repair,
  type Shape,
} from '../geometry/index.ts'
import { importOf, type Given, type ImportRow } from '../imports/index.ts'
import { crsFromEpsg, crsFromWkt, sameDatum, type Crs } from '../../raster/index.ts'
import { sql, type Reader } from '../store/index.ts'
import { keptShape, shapeOfText, UNIT_KINDS, type KeptShape } from './model.ts'
import { placesProblem } from './problems.ts'
import { unitsSql } from './read-units.ts'
import { unitStaged, unitTable } from './schema.ts'

const columns = form({
  name: field.text({ title: { zh: '名称', en: 'Name' }, max: 100, example: '示范村 3 号林地' }),
  code: field.optional(field.text({ title: { zh: '编码', en: 'Code' }, max: 60, example: '0012' })),
  region: field.optional(field.region({ title: { zh: '行政区', en: 'Region' }, example: '430725101201' })),
  coordinates: field.optional(
    field.longText({
      title: { zh: '坐标串', en: 'Coordinates' },
      hint: {
        zh: '表格里填：每点“横坐标（经度） 纵坐标（纬度）”，点之间用分号，各环之间用竖线',
        en: 'in a workbook: "x y" for each point, semicolons between points, bars between rings',
      },
      example: '111.48 28.9; 111.481 28.9; 111.481 28.901; 111.48 28.901',
    }),
  ),
})

export const unitOptions = form({
  kind: field.choice({ title: { zh: '种类', en: 'kind' }, choices: UNIT_KINDS, example: 'parcel' }),
  from: field.civilDate({
    title: { zh: '起始日期', en: 'from' },
    hint: { zh: '图形从这一天起有效', en: 'the shapes hold from this day' },
    example: '2026-03-01',
  }),
  crs: field.optional(
    field.code({
      title: { zh: '坐标系', en: 'coordinate system' },
      hint: {
        zh: '文件里写明的不用填。EPSG 代码，如 4490（CGCS2000 经纬度）、4525（3 度带 37 带）；互联网地图坐标填 gcj02',
        en: 'not where the file says it. EPSG code such as 4490 (degrees) or 4525 (3-degree zone 37); gcj02 for shifted web maps',
      },
      pattern: /^(gcj02|\d{4,5})$/,
      expects: { zh: 'EPSG 代码或 gcj02', en: 'an EPSG code or gcj02' },
      example: '4490',
    }),
  ),
})
type Columns = typeof columns.fields
type Options = typeof unitOptions.fields
type Row = ImportRow<Columns>

/** What both imports are given. */
export type UnitsGiven = Pick<Given<Options>, 'place' | 'options' | 'crs'>

export interface Seen {
  /** Sound areas of the file, in its order. */
  readonly areas: { readonly name: string; readonly prepared: PreparedArea; readonly at: ReturnType<Row['at']> }[]
  readonly standing: readonly { readonly name: string; readonly prepared: PreparedArea }[]
  /** How many stand where they are too many to compare with. */
  readonly tooMany: number
}

/** Units of a place that a file is compared with; a township has some ten thousand parcels. */
const MOST_STANDING = 200_000

export async function lookupsOf(reader: Reader, given: UnitsGiven): Promise<Seen> {
  bringerOf(given)
  const stem = given.place.length === 6 ? given.place.replace(/(00){1,2}$/, '') : given.place
  const rows = await reader.query<{ name: string; shape: string; status: string; sound: boolean }>(
    sql`select name, shape, status, sound from (${unitsSql(given.options.from, ({ region }) => sql`${region} like ${`${stem}%`}`)}) u
        limit ${MOST_STANDING + 1}`,
  )
  if (rows.length > MOST_STANDING) return { areas: [], standing: [], tooMany: rows.length }
  const standing = rows.flatMap((r) => {
    const area = r.status === 'returned' || !r.sound ? [] : polygonsOf(shapeOfText(r.shape))
    return area.length === 0 ? [] : [{ name: r.name, prepared: prepareArea(area) }]
  })
  return { areas: [], standing, tooMany: 0 }
}

/** How shapes of a file become degrees. @throws ProblemError `places.no-crs`, `places.other-datum`, `raster.…` */
const bringers = new WeakMap<object, Brought>()
export function bringerOf(given: UnitsGiven): Brought {
  const known = bringers.get(given)
  if (known) return known
  const gcj02 = given.options.crs === 'gcj02'
  const crs = gcj02 ? crsFromEpsg(4326)! : crsOf(given)
  if (!sameDatum(crs, crsFromEpsg(4490)!))
    throw new ProblemError(placesProblem('places.other-datum', { crs: crs.name }))
  const made = bringer(crs, gcj02)
  bringers.set(given, made)
  return made
}

function crsOf({ options: { crs: declared }, crs: stated }: UnitsGiven): Crs {
  const code = declared === undefined ? stated?.epsg : Number(declared)
  const found = code === undefined ? undefined : crsFromEpsg(code)
  if (found) return found
  if (declared === undefined && stated?.wkt !== undefined) return crsFromWkt(stated.wkt, {})
  throw new ProblemError(placesProblem('places.no-crs'))
}

type Kept = { readonly kept: KeptShape; readonly repair: Repair } | readonly Problem[]
const keptOf = new WeakMap<Row, Kept>()

/** The shape of a line as it will be kept; looked at once for checking and for filling in. */
function shapeOfRow(row: Row, given: UnitsGiven): Kept {
  const known = keptOf.get(row)
  if (known) return known
  const drawn: Shape | Problem | undefined = row.geometry ?? listedShape(row.values)
  const made: Kept =
    drawn === undefined
      ? [placesProblem('places.no-shape')]
      : 'severity' in drawn
        ? [drawn]
        : broughtShape(drawn, bringerOf(given))
  keptOf.set(row, made)
  return made
}

/** As it will be kept, or all that is wrong with it. */
export function broughtShape(drawn: Shape, bring: Brought): Kept {
  try {
    return keptShape(bring(drawn))
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
}

/** A shape written as text: one point is a point, more are rings. */
function listedShape({ coordinates }: Decoded<typeof columns>): Shape | Problem | undefined {
  if (coordinates === undefined) return undefined
  const rings = coordinates
    .split(/[|｜]/)
    .map((ring) =>
      ring
        .split(/[;；\n]/)
        .map((p) => p.trim())
        .filter((p) => p !== '')
        .map((p) => p.split(/[\s,，]+/).map(Number)),
    )
    .filter((r) => r.length > 0)
  const wrong = rings.flat().find((p) => p.length !== 2 || !p.every(Number.isFinite))
  if (wrong || rings.length === 0)
    return placesProblem('places.bad-coordinates', { found: (wrong ?? []).join(' ').slice(0, 40) })
  if (rings.length === 1 && rings[0]!.length === 1) return { kind: 'point', points: rings[0]! }
  const closed = rings.map((r) => (r[0]![0] === r.at(-1)![0] && r[0]![1] === r.at(-1)![1] ? r : [...r, r[0]!]))
  return { kind: 'polygon', polygons: [closed] }
}

const isList = (x: Kept): x is readonly Problem[] => Array.isArray(x)

/** Overlaps of the file's areas among themselves and with what stands; each told once. */
function overlaps(seen: Seen): readonly Problem[] {
  const all = [...seen.areas, ...seen.standing]
  if (seen.areas.length === 0 || all.length < 2) return []
  const index = new Flatbush(all.length)
  for (const { prepared: p } of all) index.add(p.box.west, p.box.south, p.box.east, p.box.north)
  index.finish()
  return seen.areas.flatMap(({ name, prepared: p, at }, i) =>
    index
      .search(p.box.west, p.box.south, p.box.east, p.box.north, (k) => k > i)
      .sort((a, b) => a - b)
      .flatMap((k) => {
        const other = all[k]!
        const patch = overlapOfPrepared(p, other.prepared)
        if (!patch) return []
        const values = { name, other: other.name, areaM2: patch.areaM2.toFixed(2) }
        return [placesProblem(patch.isSliver ? 'places.sliver' : 'places.overlap', values, at)]
      }),
  )
}

/** What is told of a file as a whole. */
export function overlapProblems(seen: Seen, given: UnitsGiven): readonly Problem[] {
  return [
    ...overlaps(seen),
    ...(seen.tooMany > 0 ? [placesProblem('places.not-compared', { place: given.place, count: seen.tooMany })] : []),
    ...(given.options.crs === 'gcj02' ? [placesProblem('places.gcj02-converted')] : []),
  ]
}

export const unitsImport = importOf<Columns, Options, Seen>({
  name: 'units',
  version: 1,
  title: { zh: '导入空间单元', en: 'Import spatial units' },
  groups: ['places-edit'],
  columns,
  headings: {
    name: ['地块名称', '图斑名称', '小班名称', '项目名称', '站点名称', 'MC', 'DKMC', 'NAME', 'XBMC'],
    code: ['地块编码', '图斑编号', '图斑号', '小班号', 'BSM', 'DKBM', 'TBBH', 'XBH', 'CODE'],
    region: ['行政区代码', '坐落单位代码', '权属单位代码', 'XZQDM', 'ZLDWDM', 'QSDWDM', 'CUN'],
    coordinates: ['坐标', '界址点坐标', '拐点坐标'],
  },
  options: unitOptions,
  maps: true,
  unique: [['code']],
  region: (row) => row.values.region,
  lookups: lookupsOf,
  check: (row, seen, given) => {
    const found = shapeOfRow(row, given)
    if (isList(found)) return found.map((problem) => ({ problem }))
    const { kept, repair } = found
    const { name } = row.values
    if (!kept.sound) {
      const fault = repair.refused[0] ?? repair.faults[0]!
      return [{ problem: placesProblem('places.unsound', { name, fault: fault.zh, faultEn: fault.en }) }]
    }
    const area = polygonsOf(repair.shape!)
    if (area.length > 0 && boxOf(repair.shape!)) seen.areas.push({ name, prepared: prepareArea(area), at: row.at() })
    return []
  },
  finish: overlapProblems,
  tables: [unitStaged],
  rows: (row, given) => {
    const found = shapeOfRow(row, given)
    if (isList(found)) throw new ProblemError(found)
    return [
      {
        table: unitStaged,
        row: {
          id: given.id(row),
          code: row.values.code ?? null,
          name: row.values.name,
          kind: given.options.kind,
          region: row.values.region ?? given.place,
          valid_from: given.options.from,
          ...found.kept,
        },
      },
    ]
  },
  changed: [unitTable],
})
