// Units as surveyors list them (界址点成果表): one point a line, with the code of its unit, its number and its coordinates; the points of
// a unit, in the order of the file, are its border.
// Always holds: which of X and Y points north is declared and never guessed; points that come again at the end close a ring; units
// are judged as those of every other file are.

import { field, form, ProblemError, type Problem } from '../../kernel/index.ts'
import { boxOf, polygonsOf, prepareArea, type Repair, type Shape } from '../geometry/index.ts'
import { importOf, type ImportRow } from '../imports/index.ts'
import type { KeptShape } from './model.ts'
import { placesProblem } from './problems.ts'
import { unitStaged, unitTable } from './schema.ts'
import {
  bringerOf,
  broughtShape,
  lookupsOf,
  overlapProblems,
  unitOptions,
  type Seen,
  type UnitsGiven,
} from './units-import.ts'

const DECIMAL = /^-?\d{1,9}(\.\d{1,12})?$/
const coordinate = (zh: string, en: string, example: string) =>
  field.code({
    title: { zh, en },
    pattern: DECIMAL,
    expects: { zh: '米或十进制度', en: 'metres or decimal degrees' },
    example,
  })

const columns = form({
  code: field.text({ title: { zh: '单元编码', en: 'Code of the unit' }, max: 60, example: '0012' }),
  name: field.optional(field.text({ title: { zh: '名称', en: 'Name' }, max: 100, example: '示范村 3 号林地' })),
  region: field.optional(field.region({ title: { zh: '行政区', en: 'Region' }, example: '430725101201' })),
  point: field.optional(field.text({ title: { zh: '界址点号', en: 'Number of the point' }, max: 40, example: 'J1' })),
  ring: field.optional(field.text({ title: { zh: '圈号', en: 'Ring' }, max: 10, example: '1' })),
  x: coordinate('X 坐标', 'X', '3198765.432'),
  y: coordinate('Y 坐标', 'Y', '37548321.123'),
})

const options = form({
  ...unitOptions.fields,
  axes: field.choice({
    title: { zh: '坐标次序', en: 'which is which' },
    hint: { zh: '测量成果表一般 X 是纵坐标（北）', en: 'in surveyors’ tables X mostly points north' },
    choices: [
      { value: 'x-north', title: { zh: 'X 是纵坐标（北、纬度）', en: 'X points north (latitude)' } },
      { value: 'x-east', title: { zh: 'X 是横坐标（东、经度）', en: 'X points east (longitude)' } },
    ],
    example: 'x-north',
  }),
})
type Columns = typeof columns.fields
type Options = typeof options.fields
type Row = ImportRow<Columns>

interface Listed {
  readonly code: string
  readonly name: string
  readonly region: string | undefined
  readonly line: number
  readonly at: ReturnType<Row['at']>
  readonly rings: Map<string, number[][]>
  readonly points: Set<string>
}

interface Gathered {
  /** By code, in the order of their first lines. */
  readonly units: Map<string, Listed>
  readonly problems: Problem[]
}

/** What the lines of one reading made together; kept beside what is given, since a reading after a loss checks nothing. */
const readings = new WeakMap<object, Gathered>()
function gatheredOf(given: object): Gathered {
  const known = readings.get(given) ?? { units: new Map<string, Listed>(), problems: [] }
  readings.set(given, known)
  return known
}

/** Points of one file, all held until its last line: a county's survey stays below. */
const MOST_POINTS = 2_000_000

function take(row: Row, gathered: Gathered, northFirst: boolean): readonly Problem[] {
  const { code, name, region, point, ring = '1', x, y } = row.values
  if (row.line > MOST_POINTS) return [placesProblem('places.too-many-points', { most: MOST_POINTS }, row.at())]
  const unit = gathered.units.get(code) ?? {
    code,
    name: name ?? code,
    region,
    line: row.line,
    at: row.at('code'),
    rings: new Map<string, number[][]>(),
    points: new Set<string>(),
  }
  gathered.units.set(code, unit)
  if (name !== undefined && unit.line !== row.line && name !== unit.name && unit.name !== code)
    return [placesProblem('places.points-two-names', { code, name, other: unit.name }, row.at('name'))]
  const points = unit.rings.get(ring) ?? []
  unit.rings.set(ring, points)
  const at = northFirst ? [Number(y), Number(x)] : [Number(x), Number(y)]
  const key = `${ring} ${point ?? ''}`
  const closes = points.length > 0 && points[0]![0] === at[0] && points[0]![1] === at[1]
  if (point !== undefined && unit.points.has(key) && !closes)
    return [placesProblem('places.point-twice', { code, point }, row.at('point'))]
  unit.points.add(key)
  points.push(at)
  return []
}

/** One point is a point; three and more are a ring. */
function shapeOf({ code, rings }: Listed): Shape | Problem {
  const all = [...rings.values()]
  if (all.length === 1 && all[0]!.length === 1) return { kind: 'point', points: all[0]! }
  const closed = all.map((r) => (r[0]![0] === r.at(-1)![0] && r[0]![1] === r.at(-1)![1] ? r : [...r, r[0]!]))
  const short = closed.find((r) => r.length < 4)
  return short
    ? placesProblem('places.too-few-points', { code, count: short.length - 1 })
    : { kind: 'polygon', polygons: [closed] }
}

/** As it will be kept, or all that is wrong with it. */
function madeOf(
  unit: Listed,
  given: UnitsGiven,
): { readonly kept: KeptShape; readonly repair: Repair } | { readonly problems: readonly Problem[] } {
  const drawn = shapeOf(unit)
  if ('severity' in drawn) return { problems: [drawn] }
  const found = broughtShape(drawn, bringerOf(given))
  return 'kept' in found ? found : { problems: found }
}

export const pointsImport = importOf<Columns, Options, Seen>({
  name: 'unitPoints',
  version: 1,
  title: { zh: '导入界址点成果表', en: 'Import a list of boundary points' },
  groups: ['places-edit'],
  columns,
  headings: {
    code: ['宗地代码', '宗地号', '地块编码', '图斑编号', '小班号', '单元编号', 'BSM', 'DKBM', 'CODE'],
    name: ['地块名称', '宗地名称', '图斑名称', '小班名称', 'DKMC', 'NAME'],
    region: ['行政区代码', '坐落单位代码', 'XZQDM', 'ZLDWDM'],
    point: ['点号', '界址点编号', '拐点号', '序号', 'JZDH', 'POINT'],
    ring: ['圈', '环号', 'QH'],
    x: ['X', 'X坐标', 'X(m)', 'X（m）', 'X(米)', '纵坐标X', '坐标X'],
    y: ['Y', 'Y坐标', 'Y(m)', 'Y（m）', 'Y(米)', '横坐标Y', '坐标Y'],
  },
  options,
  region: (row) => row.values.region,
  lookups: lookupsOf,
  finish: (seen, given) => {
    const { units, problems } = gatheredOf(given)
    const told = [...problems]
    for (const unit of units.values()) {
      const found = madeOf(unit, given)
      if ('problems' in found) {
        told.push(...found.problems.map((p) => ({ ...p, at: unit.at })))
        continue
      }
      const { kept, repair } = found
      if (!kept.sound) {
        const fault = repair.refused[0] ?? repair.faults[0]!
        told.push(placesProblem('places.unsound', { name: unit.name, fault: fault.zh, faultEn: fault.en }, unit.at))
        continue
      }
      const area = polygonsOf(repair.shape!)
      if (area.length > 0 && boxOf(repair.shape!))
        seen.areas.push({ name: unit.name, prepared: prepareArea(area), at: unit.at })
    }
    return [...told, ...overlapProblems(seen, given)]
  },
  tables: [unitStaged],
  rows: (row, given) => {
    const gathered = gatheredOf(given)
    gathered.problems.push(...take(row, gathered, given.options.axes === 'x-north'))
    return []
  },
  gathered: (given) =>
    [...gatheredOf(given).units.values()].flatMap((unit) => {
      const found = madeOf(unit, given)
      if ('problems' in found) throw new ProblemError(found.problems)
      const row = {
        id: given.id(unit),
        code: unit.code,
        name: unit.name,
        kind: given.options.kind,
        region: unit.region ?? given.place,
        valid_from: given.options.from,
        ...found.kept,
      }
      return [{ line: unit.line, rows: [{ table: unitStaged, row }] }]
    }),
  changed: [unitTable],
})
