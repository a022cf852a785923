// What PostGIS says of the shapes, where an operator has added it to the database: a second opinion by code that shares nothing
// with ours. Serves `db check`. Nothing is computed with it and nothing needs it: figures are the same on every database.
// Chosen: areas and soundness of every shape. Rejected: its overlays in place of ours, since digits would differ between houses.
// Always holds: memory is that of one page of shapes.

import type { Problem } from '../../kernel/index.ts'
import { name, sql, trusted, type Reader, type Sql } from '../store/index.ts'
import { placesProblem } from './problems.ts'

/** Shapes asked about at once. */
const PAGE = 2_000
/** Their ellipsoid is that of WGS 84, which makes an area 2 × 10⁻¹⁰ larger than on that of CGCS2000. */
const NEAR_M2 = '0.01'
const NEAR_SHARE = '0.000001'
/** Our edges are straight in degrees, theirs geodesics: cut into pieces of eleven metres they are the same to 10⁻⁶ m² a metre. */
const PIECE_DEGREES = '0.0001'

export interface SecondOpinion {
  /** Of PostGIS. */
  readonly version: string
  readonly shapes: number
}

interface Asked {
  readonly key: string
  readonly unit: string
  readonly version: number
  readonly area: string
  readonly theirs: string
  readonly differs: boolean
  readonly sound: boolean
  readonly valid: boolean
}

/** Asks about every shape a unit has or had. @returns undefined where the database has no PostGIS */
export async function secondOpinion(reader: Reader, tell: (p: Problem) => void): Promise<SecondOpinion | undefined> {
  const [postgis] = await reader.query<{ schema: string; version: string }>(
    sql`select n.nspname::text as schema, e.extversion::text as version
        from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'postgis' and n.nspname ~ '^[a-z][a-z0-9_]*$'`,
  )
  if (!postgis) return undefined
  let shapes = 0
  for (let after = ''; ;) {
    const page = await reader.query<Asked>(pageSql(name(postgis.schema), after))
    for (const s of page) {
      const values = { unit: s.unit, version: s.version, ours: s.area, theirs: s.theirs }
      if (s.differs) tell(placesProblem('places.other-area', values))
      if (s.sound && !s.valid) tell(placesProblem('places.other-soundness', values))
    }
    shapes += page.length
    const last = page.at(-1)
    if (!last || page.length < PAGE) return { version: postgis.version, shapes }
    after = last.key
  }
}

/** Shapes of acts and of files in one order. An area of an unsound shape is nobody's to compare. */
function pageSql(schema: Sql, after: string): Sql {
  const of = (f: string): Sql => sql`${schema}.${trusted(f)}`
  return sql`select s.key, s.unit, s.version, s.area_m2::text as area, s.theirs::numeric(20, 4)::text as theirs, s.sound, s.valid,
        s.sound and abs(s.theirs - s.area_m2) > greatest(${NEAR_M2}::numeric, s.area_m2 * ${NEAR_SHARE}::numeric) as differs
      from (select r.*, ${of('st_isvalid')}(r.g) as valid,
              ${of('st_area')}(${of('st_segmentize')}(r.g, ${PIECE_DEGREES}::float8)::${of('geography')})::numeric as theirs
            from (select a.*, ${of('st_geomfromgeojson')}(a.shape) as g
                  from (select 'a ' || unit::text || ' ' || lpad(version::text, 9, '0') as key, unit::text as unit, version,
                          area_m2, sound, shape from place_unit_shape
                        union all
                        select 'b ' || id::text, id::text, 1, area_m2, sound, shape from place_unit_staged) a
                  where a.key > ${after} order by a.key limit ${PAGE}) r) s
      order by s.key`
}
