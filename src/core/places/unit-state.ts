// A unit as a command finds it: its row with all of its shapes, whether acts or a file brought it. Serves the commands.
// Always holds: the first act on a brought unit writes it whole, its brought shape as version 1, so that its history stands in
// one table; every change of a shape is counted for its region.

import { civilDate, type CivilDate, type Problem, type Uuid } from '../../kernel/index.ts'
import { addDays } from '../calendar/index.ts'
import { polygonsOf, type Polygons, type Shape } from '../geometry/index.ts'
import { broughtBatches, broughtReads, findBrought } from '../imports/index.ts'
import { insert, put, type Context, type RowChange, type State, type Wanted } from '../record/index.ts'
import { list, sql, type Reader } from '../store/index.ts'
import { shapeOfText, type KeptShape } from './model.ts'
import { placesProblem } from './problems.ts'
import { unitChangesTable, unitShapeTable, unitStaged, unitTable, type UnitRow, type UnitShapeRow } from './schema.ts'

export interface Unit {
  readonly row: UnitRow
  /** In force, or the last one. */
  readonly current: UnitShapeRow
  /** Brought by a file, and no act has touched it yet. */
  readonly isUntouched: boolean
}

export const unitReads = (ids: readonly string[]): Wanted => ({
  rows: ids.map((id) => ({ table: unitTable, key: { id } })),
  sets: [
    ...ids.map((unit) => ({ table: unitShapeTable, where: { unit } })),
    ...ids.flatMap((id) => broughtReads(unitStaged, { id }).sets ?? []),
  ],
})

export const unitBatches = (state: State, ids: readonly string[]): Wanted => ({
  rows: ids.flatMap((id) => broughtBatches(state, unitStaged, { id }).rows ?? []),
})

export function findUnit(state: State, id: string): Unit | undefined {
  const row = state.row(unitTable, { id })
  if (row) {
    const current = state.rows(unitShapeTable, { unit: id }).find((s) => s.version === row.version)!
    return { row, current, isUntouched: false }
  }
  const brought = findBrought(state, unitStaged, { id })
  if (!brought) return undefined
  const { batch, code, name, kind, region, valid_from } = brought
  const none = { valid_to: null, act: batch }
  const { shape, sound, area_m2, west, south, east, north } = brought
  return {
    row: {
      id,
      batch,
      code,
      name,
      kind,
      region,
      status: 'draft',
      came_of: [],
      valid_from,
      version: 1,
      note: null,
      ...none,
    },
    current: {
      unit: id,
      version: 1,
      valid_from,
      shape,
      sound,
      area_m2,
      west,
      south,
      east,
      north,
      reason: null,
      ...none,
    },
    isUntouched: true,
  }
}

/** The unit, or why nothing can be done with it on a day. */
export function unitOn(state: State, id: string, on?: string): Unit | readonly Problem[] {
  const unit = findUnit(state, id)
  if (!unit) return [placesProblem('places.unknown-unit', { unit: id })]
  const { row, current } = unit
  if (row.status === 'retired') return [placesProblem('places.retired', { name: row.name, on: row.valid_to ?? '' })]
  if (on !== undefined && on < current.valid_from)
    return [placesProblem('places.before-shape', { name: row.name, from: current.valid_from, on })]
  return unit
}

export const isProblems = (found: Unit | readonly Problem[]): found is readonly Problem[] => Array.isArray(found)

export const shapeOf = (unit: Unit): Shape => shapeOfText(unit.current.shape)
export const areaOf = (unit: Unit): Polygons => polygonsOf(shapeOf(unit))

/** Writes a unit with changed columns. */
export function putUnit(unit: Unit, changed: Partial<UnitRow>, c: Context): readonly RowChange[] {
  const act = c.subject
  // The brought shape becomes version 1 by the first act.
  const first = unit.isUntouched ? [insert(unitShapeTable, { ...unit.current, act })] : []
  return [put(unitTable, { ...unit.row, ...changed, act }), ...first]
}

/** Ends the shape in force the day before and begins another; on its first day it is replaced as from that day. */
export function reshaped(
  unit: Unit,
  to: { readonly kept: KeptShape; readonly from: string; readonly reason: string },
  more: Partial<UnitRow>,
  c: Context,
): readonly RowChange[] {
  const { row, current } = unit
  const version = row.version + 1
  const ended = { ...current, valid_to: to.from > current.valid_from ? dayBefore(to.from) : current.valid_from }
  return [
    put(unitTable, { ...row, ...more, version, act: c.subject }),
    put(unitShapeTable, { ...ended, act: unit.isUntouched ? c.subject : current.act }),
    insert(unitShapeTable, shapeRow(row.id as Uuid, version, to, c)),
  ]
}

export const shapeRow = (
  unit: Uuid,
  version: number,
  to: { readonly kept: KeptShape; readonly from: string; readonly reason?: string },
  c: Context,
): UnitShapeRow => ({
  unit,
  version,
  valid_from: to.from,
  valid_to: null,
  ...to.kept,
  reason: to.reason ?? null,
  act: c.subject,
})

export const dayBefore = (day: string): CivilDate => addDays(civilDate(day), -1)

export const changesReads = (regions: readonly string[]): Wanted => ({
  rows: [...new Set(regions)].map((region) => ({ table: unitChangesTable, key: { region } })),
})

export const changesOf = (state: State, region: string): number => state.row(unitChangesTable, { region })?.changes ?? 0

/** One more change in each region. */
export const counted = (state: State, regions: readonly string[], c: Context): readonly RowChange[] =>
  [...new Set(regions)].map((region) =>
    put(unitChangesTable, { region, changes: changesOf(state, region) + 1, act: c.subject }),
  )

/** Region and import of units: they never change. */
export interface Homes {
  readonly regions: ReadonlyMap<string, string>
  readonly batches: ReadonlyMap<string, string | null>
}

export async function homesOf(reader: Reader, ids: readonly string[]): Promise<Homes | readonly Problem[]> {
  const rows = await reader.query<{ id: string; region: string; batch: string | null }>(
    sql`select id::text as id, region, batch::text as batch from place_unit where id = any(${list('uuid', ids)})
        union all
        select s.id::text, s.region, s.batch::text from place_unit_staged s where s.id = any(${list('uuid', ids)})
          and not exists (select 1 from place_unit p where p.id = s.id)`,
  )
  const known = new Map(rows.map((r) => [r.id, r]))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) return unknown.map((unit) => placesProblem('places.unknown-unit', { unit }))
  return {
    regions: new Map(rows.map((r) => [r.id, r.region])),
    batches: new Map(rows.map((r) => [r.id, r.batch])),
  }
}
