// Units as they stand on a day: by id, in a window, beside a shape. Serves queries, tiles, confirming and imports.
// Always holds: acts cover what files brought; of two shapes that hold on one day the later counts; a window is asked of the
// index over boxes before anything is compared.

import {
  boxOf,
  boxesMeet,
  overlapOfPrepared,
  polygonsOf,
  prepareArea,
  type Box,
  type Patch,
  type Polygons,
} from '../geometry/index.ts'
import { inForce } from '../imports/index.ts'
import { join, list, sql, trusted, type Reader, type Sql } from '../store/index.ts'
import { shapeOfText } from './model.ts'
import { boxSql } from './schema.ts'

export interface FoundUnit {
  readonly id: string
  /** The import it came with. */
  readonly batch: string | null
  readonly code: string | null
  readonly name: string
  readonly kind: string
  readonly region: string
  readonly status: string
  readonly version: number
  /** Square metres as digits. */
  readonly areaM2: string
  readonly sound: boolean
  readonly shape: string
}

const COLUMNS = (unit: string, shape: string): Sql =>
  trusted(
    `${unit}.id::text as id, ${unit}.batch::text as batch, ${unit}.code, ${unit}.name, ${unit}.kind, ${unit}.region, ${shape}.area_m2::text as "areaM2", ${shape}.sound, ${shape}.shape`,
  )

/** Units of acts, then brought ones, as they stood on a day. @param which conditions on the row of the shape, the unit's id, its region and its import */
export const unitsSql = (
  on: string,
  which: (at: { readonly shape: string; readonly id: Sql; readonly region: Sql; readonly batch: Sql }) => Sql,
): Sql =>
  sql`select ${COLUMNS('p', 's')}, p.status, s.version
      from place_unit_shape s join place_unit p on p.id = s.unit
      where ${which({ shape: 's', id: sql`p.id`, region: sql`p.region`, batch: sql`p.batch` })}
        and s.valid_from <= ${on}::date and (s.valid_to is null or s.valid_to >= ${on}::date)
        and (p.valid_to is null or p.valid_to >= ${on}::date)
        and not exists (select 1 from place_unit_shape l where l.unit = s.unit and l.version > s.version and l.valid_from <= ${on}::date)
      union all
      select ${COLUMNS('b', 'b')}, 'draft', 1
      from place_unit_staged b
      where ${which({ shape: 'b', id: sql`b.id`, region: sql`b.region`, batch: sql`b.batch` })} and b.valid_from <= ${on}::date and ${inForce('b')}
        and not exists (select 1 from place_unit p where p.id = b.id)`

const meets = (alias: string, b: Box): Sql =>
  sql`${boxSql(alias)} && box(point(${b.west}::float8, ${b.south}::float8), point(${b.east}::float8, ${b.north}::float8))`

export const unitsById = (reader: Reader, ids: readonly string[], on: string): Promise<readonly FoundUnit[]> =>
  reader.query<FoundUnit>(unitsSql(on, ({ id }) => sql`${id} = any(${list('uuid', ids)})`))

/** Units whose boxes meet a window; at most `limit`. @param more a further condition on the region */
export const unitsInBox = (
  reader: Reader,
  { box, on, limit }: { readonly box: Box; readonly on: string; readonly limit: number },
  more: (region: Sql) => Sql = () => trusted('true'),
): Promise<readonly FoundUnit[]> =>
  reader.query<FoundUnit>(
    sql`select * from (${unitsSql(on, ({ shape, region }) => join([meets(shape, box), more(region)], ' and '))}) u limit ${limit}`,
  )

/** More neighbours than this a unit has only where something is wrong with it. */
const MOST_NEIGHBOURS = 5000

export interface Overlap {
  readonly with: FoundUnit
  readonly patch: Patch
}

/** What others have of an area on a day; returned units take no part. `areas` may be compared among themselves by the caller.
 *  @param but units left out @throws ProblemError `geometry.tangled` */
export async function overlapsWith(
  reader: Reader,
  area: Polygons,
  { on, but }: { readonly on: string; readonly but: readonly string[] },
): Promise<readonly Overlap[]> {
  const box = boxOf({ kind: 'polygon', polygons: area })
  if (!box) return []
  const out = new Set(but)
  const own = prepareArea(area)
  const found = await unitsInBox(reader, { box, on, limit: MOST_NEIGHBOURS })
  return found.flatMap((unit) => {
    if (out.has(unit.id) || unit.status === 'returned' || !unit.sound) return []
    const other = prepareArea(polygonsOf(shapeOfText(unit.shape)))
    const patch = boxesMeet(own.box, other.box) ? overlapOfPrepared(own, other) : undefined
    return patch ? [{ with: unit, patch }] : []
  })
}
