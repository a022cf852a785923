// One unit at a time: drawn, reshaped, repaired, cut back to its neighbour, returned, retired.
// Always holds: a shape that is not sound is kept as drawn and can be repaired or returned, never confirmed; a repair is
// accepted by the digest of the proposal that was shown; whatever changes a shape makes its unit a draft again.

import { createHash } from 'node:crypto'
import { field, form, ProblemError, type Decoded, type Form, type Problem, type Uuid } from '../../kernel/index.ts'
import { areaShape, areaText, differenceOf, repairShape, type Repair } from '../geometry/index.ts'
import { insert, type AnyCommand, type Command, type Effects } from '../record/index.ts'
import {
  codeField,
  fromField,
  kindField,
  nameField,
  reasonField,
  regionField,
  shapeField,
  unitField,
  unitsField,
} from './fields.ts'
import { isUnder, keptShape, keptTidy, shapeText, submittedShape, unitSubject } from './model.ts'
import { placesProblem } from './problems.ts'
import { unitShapeTable, unitTable } from './schema.ts'
import {
  areaOf,
  changesReads,
  counted,
  homesOf,
  isProblems,
  putUnit,
  reshaped,
  shapeOf,
  shapeRow,
  unitBatches,
  unitOn,
  unitReads,
  type Homes,
} from './unit-state.ts'

/** What somebody sent, or what is wrong with it. */
export function tried<T>(make: () => T): T | readonly Problem[] {
  try {
    return make()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
}
const isList = (x: unknown): x is readonly Problem[] => Array.isArray(x)

const draftInput = form({
  kind: kindField,
  name: nameField,
  code: codeField,
  region: regionField,
  from: fromField,
  shape: shapeField,
})

const draftUnit: Command<typeof draftInput> = {
  name: 'draftUnit',
  version: 1,
  title: { zh: '登记空间单元', en: 'draft a unit' },
  groups: ['places-edit'],
  input: draftInput,
  place: (i) => i.region,
  legalDate: (i) => i.from,
  subjects: (i) => [`region-units:${i.region}`],
  reads: [(i) => changesReads([i.region])],
  decide: (state, i, c) => {
    const found = tried(() => keptShape(submittedShape(i.shape)))
    if (isList(found)) return found
    const { kept } = found
    return {
      act: 'unit-drafted',
      subjects: [unitSubject(c.subject)],
      rows: [
        insert(unitTable, {
          id: c.subject,
          batch: null,
          code: i.code ?? null,
          name: i.name,
          kind: i.kind,
          region: i.region,
          status: 'draft',
          came_of: [],
          valid_from: i.from,
          valid_to: null,
          version: 1,
          note: null,
          act: c.subject,
        }),
        insert(unitShapeTable, shapeRow(c.subject, 1, { kept, from: i.from }, c)),
        ...counted(state, [i.region], c),
      ],
      answer: { unit: c.subject, areaM2: kept.area_m2, sound: kept.sound },
    }
  },
}

/** What every command about standing units shares. */
export const about = <F extends Form>(unitsOf: (i: Decoded<F>) => readonly string[]) => ({
  prepare: (reader: Parameters<typeof homesOf>[0], i: Decoded<F>) => homesOf(reader, unitsOf(i)),
  place: (i: Decoded<F>, homes: Homes) => homes.regions.get(unitsOf(i)[0]!),
  subjects: (i: Decoded<F>, homes: Homes) => [
    ...unitsOf(i).map(unitSubject),
    ...[...new Set(homes.regions.values())].map((r) => `region-units:${r}`),
  ],
  reads: [
    (i: Decoded<F>, _: unknown, __: unknown, homes: Homes) => {
      const units = unitReads(unitsOf(i))
      return { ...units, rows: [...units.rows!, ...changesReads([...homes.regions.values()]).rows!] }
    },
    (i: Decoded<F>, state: Parameters<typeof unitBatches>[0]) => unitBatches(state, unitsOf(i)),
  ],
})

const reshapeInput = form({ unit: unitField, from: fromField, shape: shapeField, reason: reasonField })
const reshapeUnit: Command<typeof reshapeInput, Homes> = {
  name: 'reshapeUnit',
  version: 1,
  title: { zh: '变更空间单元图形', en: 'reshape a unit' },
  groups: ['places-edit'],
  input: reshapeInput,
  ...about<typeof reshapeInput>((i) => [i.unit]),
  legalDate: (i) => i.from,
  decide: (state, i, c) => {
    const unit = unitOn(state, i.unit, i.from)
    if (isProblems(unit)) return unit
    const found = tried(() => keptShape(submittedShape(i.shape)))
    if (isList(found)) return found
    return {
      act: 'unit-reshaped',
      subjects: [unitSubject(i.unit)],
      rows: [
        ...reshaped(unit, { kept: found.kept, from: i.from, reason: i.reason }, { status: 'draft' }, c),
        ...counted(state, [unit.row.region], c),
      ],
      answer: { areaBeforeM2: unit.current.area_m2, areaAfterM2: found.kept.area_m2, sound: found.kept.sound },
    }
  },
}

/** Names a proposal: what was shown is what is accepted. */
export const repairDigest = (repair: Repair): string =>
  createHash('sha256')
    .update(repair.shape ? shapeText(repair.shape) : '')
    .digest('hex')
    .slice(0, 16)

const repairInput = form({
  unit: unitField,
  digest: field.code({
    title: { zh: '方案校验码', en: 'digest of the proposal' },
    hint: { zh: '见修复方案', en: 'shown with the proposal' },
    pattern: /^[0-9a-f]{16}$/,
    expects: { zh: '16 位', en: '16 digits' },
    example: '00112233445566ff',
  }),
})
const repairUnit: Command<typeof repairInput, Homes> = {
  name: 'repairUnit',
  version: 1,
  title: { zh: '接受图形修复方案', en: 'accept the repair of a shape' },
  groups: ['places-edit'],
  input: repairInput,
  ...about<typeof repairInput>((i) => [i.unit]),
  legalDate: (_, today) => today,
  decide: (state, i, c) => {
    const unit = unitOn(state, i.unit)
    if (isProblems(unit)) return unit
    const { name } = unit.row
    if (unit.current.sound) return [placesProblem('places.nothing-to-repair', { name })]
    const repair = repairShape(shapeOf(unit))
    if (!repair.shape) return repair.refused
    if (repairDigest(repair) !== i.digest) return [placesProblem('places.other-repair', { name })]
    const kept = keptTidy(repair.shape)
    const areas = {
      areaBeforeM2: areaText(repair.areaBeforeM2),
      areaAfterM2: kept.area_m2,
      changedM2: areaText(repair.changedM2),
    }
    return {
      act: 'unit-repaired',
      subjects: [unitSubject(i.unit)],
      rows: [
        ...reshaped(unit, { kept, from: unit.current.valid_from, reason: '图形修复' }, { status: 'draft' }, c),
        ...counted(state, [unit.row.region], c),
      ],
      reasons: { shape: { ...areas, faults: repair.faults.map((f) => ({ code: f.code, zh: f.zh, en: f.en })) } },
      answer: areas,
    }
  },
}

const trimInput = form({
  unit: unitField,
  against: field.id({ title: { zh: '让给', en: 'in favour of' }, example: '019e2f6a-7c00-7000-8000-000000000002' }),
  from: fromField,
  reason: reasonField,
})
const trimUnit: Command<typeof trimInput, Homes> = {
  name: 'trimUnit',
  version: 1,
  title: { zh: '重叠部分划给相邻单元', en: 'leave an overlap to the neighbour' },
  groups: ['places-edit'],
  input: trimInput,
  ...about<typeof trimInput>((i) => [i.unit, i.against]),
  legalDate: (i) => i.from,
  decide: (state, i, c) => {
    const unit = unitOn(state, i.unit, i.from)
    if (isProblems(unit)) return unit
    const other = unitOn(state, i.against)
    if (isProblems(other)) return other
    for (const u of [unit, other])
      if (!u.current.sound) return [placesProblem('places.not-sound', { name: u.row.name })]
    const rest = tried(() => differenceOf(areaOf(unit), areaOf(other)))
    if (rest.length === 0) return [placesProblem('places.no-shape')]
    if ('code' in rest[0]!) return rest as readonly Problem[]
    const kept = keptTidy(areaShape(rest as ReturnType<typeof differenceOf>))
    return {
      act: 'unit-trimmed',
      subjects: [unitSubject(i.unit), unitSubject(i.against)],
      rows: [
        ...reshaped(unit, { kept, from: i.from, reason: i.reason }, { status: 'draft' }, c),
        ...counted(state, [unit.row.region], c),
      ],
      answer: { areaBeforeM2: unit.current.area_m2, areaAfterM2: kept.area_m2 },
    }
  },
}

const returnInput = form({ units: unitsField, reason: reasonField, place: regionField })
const returnUnits: Command<typeof returnInput, Homes> = {
  name: 'returnUnits',
  version: 1,
  title: { zh: '退回空间单元', en: 'return units' },
  groups: ['places-edit'],
  input: returnInput,
  ...about<typeof returnInput>((i) => i.units),
  place: (i) => i.place,
  legalDate: (_, today) => today,
  decide: (state, i, c) =>
    eachUnit(
      i.units,
      i.place,
      state,
      (unit) => putUnit(unit, { status: 'returned', note: i.reason }, c),
      'units-returned',
    ),
}

const retireInput = form({
  units: unitsField,
  on: field.civilDate({ title: { zh: '最后一天', en: 'last day' }, example: '2026-12-31' }),
  reason: reasonField,
  place: regionField,
})
const retireUnits: Command<typeof retireInput, Homes> = {
  name: 'retireUnits',
  version: 1,
  title: { zh: '注销空间单元', en: 'retire units' },
  groups: ['places-edit'],
  input: retireInput,
  ...about<typeof retireInput>((i) => i.units),
  place: (i) => i.place,
  legalDate: (i) => i.on,
  decide: (state, i, c) =>
    eachUnit(
      i.units,
      i.place,
      state,
      (unit) => [
        ...putUnit(unit, { status: 'retired', valid_to: i.on, note: i.reason }, c),
        ...counted(state, [unit.row.region], c),
      ],
      'units-retired',
      i.on,
    ),
}

/** The same for each of several units of a place, or everything that speaks against it. */
function eachUnit(
  ids: readonly Uuid[],
  place: string,
  state: Parameters<typeof unitOn>[0],
  change: (unit: Exclude<ReturnType<typeof unitOn>, readonly Problem[]>) => NonNullable<Effects['rows']>,
  act: string,
  on?: string,
): Effects | readonly Problem[] {
  const units = [...new Set(ids)].map((id) => unitOn(state, id, on))
  const problems = units.flatMap((u) => (isProblems(u) ? u : outside(u.row, place)))
  if (problems.length > 0) return problems
  const rows = units.flatMap((u) => (isProblems(u) ? [] : change(u)))
  // A region's changes are counted once, however many of its units change.
  const last = new Map(
    rows.map((r, k) => [r.table === unitTable || r.table === unitShapeTable ? String(k) : JSON.stringify(r.row), r]),
  )
  return { act, subjects: ids.map(unitSubject), rows: [...last.values()] }
}

export const outside = (row: { readonly name: string; readonly region: string }, place: string): readonly Problem[] =>
  isUnder(place, row.region) ? [] : [placesProblem('places.elsewhere', { name: row.name, region: row.region, place })]

export const unitCommands = [
  draftUnit,
  reshapeUnit,
  repairUnit,
  trimUnit,
  returnUnits,
  retireUnits,
] as unknown as readonly AnyCommand[]
