// Units confirmed: what later chapters may pay for, insure, or certify. Serves the first light of the common offices.
// Always holds: only sound shapes are confirmed; every overlap with a unit that stands is explained or gone; a notice of the very
// shapes that are confirmed has ended and no objection is open. Neighbours and the order of acts are compared before the command
// waits, and what was compared counts only while no shape of the region has changed since.

import { field, form, type Problem } from '../../kernel/index.ts'
import { areaText, polygonsOf } from '../geometry/index.ts'
import { noticeGate } from '../notices/index.ts'
import { put, type AnyCommand, type Command } from '../record/index.ts'
import { list, sql, type Reader } from '../store/index.ts'
import { about, outside } from './commands.ts'
import { regionField, unitsField } from './fields.ts'
import { shapeOfText, unitSubject } from './model.ts'
import { placesProblem } from './problems.ts'
import { overlapsWith, unitsById } from './read-units.ts'
import { reshapedSince, type Reshaped } from './reshaped-since.ts'
import { unitTable } from './schema.ts'
import { changesOf, homesOf, isProblems, putUnit, unitOn, type Homes } from './unit-state.ts'

const confirmInput = form({
  units: unitsField,
  place: regionField,
  on: field.civilDate({ title: { zh: '确认日期', en: 'confirmed on' }, example: '2026-10-20' }),
  announced: field.code({
    title: { zh: '公示对象', en: 'what the notice was about' },
    hint: { zh: '导入批次（import:…）或单元自己（unit:…）', en: 'the import (import:…) or the unit itself (unit:…)' },
    pattern: /^(import|unit):[0-9a-f-]{36}$/,
    expects: { zh: 'import: 或 unit: 加编号', en: 'import: or unit: and an id' },
    example: 'unit:019e2f6a-7c00-7000-8000-000000000001',
  }),
  overlapReason: field.optional(
    field.text({
      title: { zh: '重叠理由', en: 'reason for overlaps' },
      hint: { zh: '仍有重叠的必须写', en: 'wanted where overlaps are left' },
      example: '争议部分另行协商，已签字',
    }),
  ),
})

interface Compared extends Homes {
  readonly overlaps: readonly {
    readonly unit: string
    readonly name: string
    readonly other: string
    readonly areaM2: number
    readonly isSliver: boolean
  }[]
  /** Units whose shape is later than the notice of it. */
  readonly reshaped: readonly Reshaped[]
  /** Changes of the regions when the neighbours were compared. */
  readonly changes: ReadonlyMap<string, number>
}

async function compared(
  reader: Reader,
  { units, on, announced }: { readonly units: readonly string[]; readonly on: string; readonly announced: string },
): Promise<Compared | readonly Problem[]> {
  const homes = await homesOf(reader, units)
  if (Array.isArray(homes)) return homes as readonly Problem[]
  const { regions, batches } = homes as Homes
  const changed = await reader.query<{ region: string; changes: number }>(
    sql`select region, changes from place_unit_changes where region = any(${list('text', [...new Set(regions.values())])})`,
  )
  const overlaps: Compared['overlaps'][number][] = []
  for (const unit of await unitsById(reader, units, on)) {
    const area = unit.sound ? polygonsOf(shapeOfText(unit.shape)) : []
    for (const { with: other, patch } of await overlapsWith(reader, area, { on, but: [unit.id] }))
      overlaps.push({
        unit: unit.id,
        name: unit.name,
        other: other.name,
        areaM2: patch.areaM2,
        isSliver: patch.isSliver,
      })
  }
  const reshaped = await reshapedSince(reader, units, announced)
  return { regions, batches, overlaps, reshaped, changes: new Map(changed.map((r) => [r.region, r.changes])) }
}

const base = about<typeof confirmInput>((i) => i.units)

const confirmUnits: Command<typeof confirmInput, Compared> = {
  name: 'confirmUnits',
  version: 1,
  title: { zh: '确认空间单元', en: 'confirm units' },
  groups: ['places-confirm'],
  input: confirmInput,
  prepare: compared,
  approval: () => [{ role: 'reviewer', title: { zh: '审核', en: 'review' } }],
  place: (i) => i.place,
  legalDate: (i) => i.on,
  // What the notice is about is a subject, so that an objection and the confirmation wait for one another.
  subjects: (i, p) => [...new Set([...base.subjects(i, p), i.announced])],
  reads: [
    (i, s, c, p) => base.reads[0]!(i, s, c, p),
    (i, s, c, p) => base.reads[1]!(i, s, c, p),
    (i) => noticeGate(i.announced).reads,
  ],
  decide: (state, i, c, p) => {
    const units = [...new Set(i.units)].map((id) => unitOn(state, id, i.on))
    const problems = units.flatMap((u): readonly Problem[] => {
      if (isProblems(u)) return u
      const { id, name, batch } = u.row
      const isAbout = i.announced === unitSubject(id) || (batch !== null && i.announced === `import:${batch}`)
      return [
        ...outside(u.row, i.place),
        ...(isAbout ? [] : [placesProblem('places.wrong-notice', { name, about: i.announced })]),
        ...(u.current.sound ? [] : [placesProblem('places.not-sound', { name })]),
      ]
    })
    const moved = [...p.regions.values()].find((r) => changesOf(state, r) !== (p.changes.get(r) ?? 0))
    if (moved !== undefined) problems.push(placesProblem('places.changed-meanwhile', { place: moved }))
    const wide = p.overlaps.filter((o) => !o.isSliver)
    if (i.overlapReason === undefined)
      problems.push(
        ...wide.map(({ name, other, areaM2 }) =>
          placesProblem('places.overlaps-open', { name, other, areaM2: areaM2.toFixed(2) }),
        ),
      )
    problems.push(...noticeGate(i.announced).problems(state))
    problems.push(...p.reshaped.map(({ name, number }) => placesProblem('places.reshaped-since', { name, number })))
    if (problems.length > 0) return problems
    return {
      act: 'units-confirmed',
      subjects: [...i.units.map(unitSubject), i.announced],
      rows: units.flatMap((u) =>
        isProblems(u) ? [] : putUnit(u, { status: 'confirmed', note: i.overlapReason ?? null }, c),
      ),
      ...(p.overlaps.length === 0
        ? {}
        : {
            reasons: {
              overlaps: p.overlaps.map((o) => ({ ...o, areaM2: areaText(o.areaM2), reason: i.overlapReason ?? null })),
            },
          }),
      answer: { confirmed: units.length },
    }
  },
  reverseReads: (i) => ({ rows: i.units.map((id) => ({ table: unitTable, key: { id } })) }),
  // A unit to which anything was done since keeps what was done: that is corrected first.
  reverse: (state, i, c, original) => {
    const rows = i.units.map((id) => state.row(unitTable, { id })!)
    const followed = rows.filter((row) => row.act !== original.id && row.act !== original.request)
    if (followed.length > 0) return followed.map(({ name }) => placesProblem('places.followed', { name }))
    return { rows: rows.map((row) => put(unitTable, { ...row, status: 'draft', note: null, act: c.subject })) }
  },
}

export const confirmCommands = [confirmUnits] as unknown as readonly AnyCommand[]
