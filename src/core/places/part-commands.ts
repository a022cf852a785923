// Units cut into parts and joined again. Serves changes of holding: a household divides its land, a collective joins plots.
// Always holds: the areas of the parts add up to the whole within a hundredth of a square metre; the old units end the day
// before, the new ones name them.

import { field, form, uuidFrom, type Problem, type Uuid } from '../../kernel/index.ts'
import { areaM2, areaShape, areaText, mergeAreas, NOTHING_M2, splitArea, type Polygons } from '../geometry/index.ts'
import { insert, type AnyCommand, type Command, type Context, type RowChange } from '../record/index.ts'
import { about, tried } from './commands.ts'
import { codeField, fromField, nameField, reasonField, unitField } from './fields.ts'
import { keptTidy, submittedShape, unitSubject } from './model.ts'
import { placesProblem } from './problems.ts'
import { unitShapeTable, unitTable, type UnitRow } from './schema.ts'
import {
  areaOf,
  counted,
  dayBefore,
  isProblems,
  putUnit,
  shapeRow,
  unitOn,
  type Homes,
  type Unit,
} from './unit-state.ts'

const splitInput = form({
  unit: unitField,
  line: field.longText({
    title: { zh: '分割线', en: 'line' },
    hint: { zh: 'GeoJSON 的 LineString，从边界外到边界外', en: 'a GeoJSON LineString from outside to outside' },
    example: '{"type":"LineString","coordinates":[[111.4795,28.9005],[111.4815,28.9005]]}',
  }),
  from: fromField,
  reason: reasonField,
})

const splitUnit: Command<typeof splitInput, Homes> = {
  name: 'splitUnit',
  version: 1,
  title: { zh: '分割空间单元', en: 'split a unit' },
  groups: ['places-edit'],
  input: splitInput,
  ...about<typeof splitInput>((i) => [i.unit]),
  legalDate: (i) => i.from,
  decide: (state, i, c) => {
    const unit = unitOn(state, i.unit, i.from)
    if (isProblems(unit)) return unit
    if (!unit.current.sound) return [placesProblem('places.not-sound', { name: unit.row.name })]
    const parts = tried(() => {
      const line = submittedShape(i.line)
      if (line.kind !== 'line') throw new Error('no line')
      return splitArea(areaOf(unit), line.lines)
    })
    if (isProblemList(parts)) return parts
    const sum = parts.reduce((n, p) => n + areaM2(areaShape(p)), 0)
    const whole = areaM2(areaShape(areaOf(unit)))
    if (Math.abs(sum - whole) > NOTHING_M2) throw new Error(`parts of ${sum} m² of a whole of ${whole} m²`)
    const made = parts.map((p, k) => ({ id: uuidFrom(c.subject, `part ${k}`), name: `${unit.row.name}-${k + 1}`, p }))
    return {
      act: 'unit-split',
      subjects: [unitSubject(i.unit), ...made.map((m) => unitSubject(m.id))],
      rows: [
        ...ended(unit, i, c),
        ...made.flatMap((m) => begun({ ...unit.row, name: m.name, id: m.id }, m.p, [i.unit], i, c)),
        ...counted(state, [unit.row.region], c),
      ],
      answer: { parts: made.map((m) => ({ unit: m.id, name: m.name, areaM2: areaText(areaM2(areaShape(m.p))) })) },
    }
  },
}

const mergeInput = form({
  units: field.list(unitField, { title: { zh: '空间单元', en: 'units' }, min: 2, max: 100 }),
  name: nameField,
  code: codeField,
  severalParts: field.flag({
    title: { zh: '允许多部件', en: 'several parts allowed' },
    hint: { zh: '不相邻也可以合并', en: 'units that do not touch may be merged' },
    example: false,
  }),
  from: fromField,
  reason: reasonField,
})

const mergeUnits: Command<typeof mergeInput, Homes> = {
  name: 'mergeUnits',
  version: 1,
  title: { zh: '合并空间单元', en: 'merge units' },
  groups: ['places-edit'],
  input: mergeInput,
  ...about<typeof mergeInput>((i) => i.units),
  legalDate: (i) => i.from,
  decide: (state, i, c) => {
    const found = [...new Set(i.units)].map((id) => unitOn(state, id, i.from))
    const problems = found.flatMap((u) => (isProblems(u) ? u : []))
    if (problems.length > 0) return problems
    const units = found.filter((u): u is Unit => !isProblems(u))
    const first = units[0]!
    if (units.some((u) => u.row.kind !== first.row.kind || u.row.region !== first.row.region))
      return [placesProblem('places.merge-kinds')]
    const unsound = units.filter((u) => !u.current.sound)
    if (unsound.length > 0) return unsound.map((u) => placesProblem('places.not-sound', { name: u.row.name }))
    const merged = tried(() => mergeAreas(units.map(areaOf), i.severalParts))
    if (isProblemList(merged)) return merged
    const id = c.subject
    const row = { ...first.row, id, name: i.name, code: i.code ?? null }
    return {
      act: 'units-merged',
      subjects: [unitSubject(id), ...units.map((u) => unitSubject(u.row.id))],
      rows: [
        ...units.flatMap((u) => ended(u, i, c)),
        ...begun(row, merged.area, units.map((u) => u.row.id), i, c), // prettier-ignore
        ...counted(state, [first.row.region], c),
      ],
      answer: { unit: id, areaM2: areaText(merged.areaM2), overlapM2: areaText(merged.overlapM2) },
    }
  },
}

const isProblemList = (x: unknown): x is readonly Problem[] =>
  Array.isArray(x) && x.length > 0 && typeof x[0] === 'object' && x[0] !== null && 'severity' in x[0]

interface Change {
  readonly from: string
  readonly reason: string
}

const ended = (unit: Unit, { from, reason }: Change, c: Context): readonly RowChange[] =>
  putUnit(
    unit,
    {
      status: 'retired',
      valid_to: from > unit.current.valid_from ? dayBefore(from) : unit.current.valid_from,
      note: reason,
    },
    c,
  )

const begun = (
  row: UnitRow,
  area: Polygons,
  cameOf: readonly string[],
  { from, reason }: Change,
  c: Context,
): readonly RowChange[] => [
  insert(unitTable, {
    ...row,
    batch: null,
    status: 'draft',
    came_of: cameOf,
    valid_from: from,
    valid_to: null,
    version: 1,
    note: null,
    act: c.subject,
  }),
  insert(unitShapeTable, shapeRow(row.id as Uuid, 1, { kept: keptTidy(areaShape(area)), from, reason }, c)),
]

export const partCommands = [splitUnit, mergeUnits] as unknown as readonly AnyCommand[]
