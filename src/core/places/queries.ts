// Units asked for: a list, a window of the map, the shapes a unit had, what is wrong with it, how it lies to its neighbours.

import { field, form, type Json, type Text } from '../../kernel/index.ts'
import { areaText, containment, gapsOf, haOfM2, muOfM2, polygonsOf, repairShape } from '../geometry/index.ts'
import { query, type AnyQuery, type Scope } from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import { repairDigest } from './commands.ts'
import { EXAMPLE_UNIT, kindField, regionField, unitField } from './fields.ts'
import { measureShape } from './measure.ts'
import { shapeOfText, shapeText, UNIT_STATUSES } from './model.ts'
import { overlapsWith, unitsById, unitsInBox, unitsSql, type FoundUnit } from './read-units.ts'
import { reshapedSince } from './reshaped-since.ts'

const said = (zh: string, en: string) => field.text({ title: { zh, en }, example: '—' })
const maybe = (zh: string, en: string) => field.optional(said(zh, en))
const long = (title: Text) => field.longText({ title, example: '—' })
const geoJson = long({ zh: '图形（GeoJSON）', en: 'shape as GeoJSON' })
const yes = (zh: string, en: string) => field.flag({ title: { zh, en }, example: true })
const degrees = (zh: string, en: string, example: string) =>
  field.code({
    title: { zh, en },
    pattern: /^-?\d{1,3}(\.\d{1,12})?$/,
    expects: { zh: '十进制度', en: 'decimal degrees' },
    example,
  })
const on = field.civilDate({
  title: { zh: '日期', en: 'day' },
  hint: { zh: '这一天的图形', en: 'shapes of this day' },
  example: '2026-10-01',
})
const status = field.choice({ title: { zh: '状态', en: 'state' }, choices: UNIT_STATUSES, example: 'draft' })

const unitRow = {
  id: unitField,
  name: said('名称', 'name'),
  code: maybe('编码', 'code'),
  kind: kindField,
  region: regionField,
  status,
  version: field.integer({ title: { zh: '图形版次', en: 'version of the shape' }, example: 1 }),
  areaM2: said('面积（平方米）', 'area in m²'),
  areaHa: said('面积（公顷）', 'area in ha'),
  areaMu: said('面积（亩）', 'area in mu'),
  sound: yes('图形无误', 'sound'),
  batch: field.optional(field.id({ title: { zh: '导入批次', en: 'import' }, example: EXAMPLE_UNIT })),
}
const rowOf = (u: FoundUnit): Readonly<Record<string, Json>> => {
  const m2 = Number(u.areaM2)
  return {
    id: u.id,
    name: u.name,
    ...(u.code === null ? {} : { code: u.code }),
    kind: u.kind,
    region: u.region,
    status: u.status,
    version: u.version,
    areaM2: u.areaM2,
    areaHa: haOfM2(m2).toFixed(4),
    areaMu: muOfM2(m2).toFixed(2),
    sound: u.sound,
    ...(u.batch === null ? {} : { batch: u.batch }),
  }
}

const units = query({
  name: 'units',
  title: { zh: '空间单元', en: 'spatial units' },
  groups: ['places'],
  input: form({
    on,
    status: field.optional(status),
    unsound: field.optional(yes('只看有问题的', 'unsound ones only')),
  }),
  row: form(unitRow),
  run: async (reader, i, scope) =>
    (await reader.query<FoundUnit>(sql`select * from (${listSql(i, scope)}) u order by u.name, u.id limit 10000`)).map(
      rowOf,
    ),
  table: (i, scope) => sql`select u.id, u.name, u.code, u.kind, u.region, u.status, u.version, u."areaM2",
      round(u."areaM2"::numeric / 10000, 4)::text as "areaHa", round(u."areaM2"::numeric * 3 / 2000, 2)::text as "areaMu", u.sound, u.batch
    from (${listSql(i, scope)}) u`,
  order: ['name', 'id'],
})

const listSql = (
  i: { readonly on: string; readonly status?: string | undefined; readonly unsound?: boolean | undefined },
  scope: Scope,
) =>
  sql`select * from (${unitsSql(i.on, ({ region }) => scope.within(region))}) a
      where (${i.status ?? null}::text is null or a.status = ${i.status ?? null}::text)
        and (${i.unsound ?? false}::bool is false or not a.sound)`

/** More shapes than this say nothing on a screen: the map asks for tiles or for a smaller window. */
const MOST_IN_WINDOW = 5000

const unitsInWindow = query({
  name: 'unitsInWindow',
  title: { zh: '地图窗口内的空间单元', en: 'units in a window of the map' },
  groups: ['places'],
  input: form({
    west: degrees('西', 'west', '111.4'),
    south: degrees('南', 'south', '28.8'),
    east: degrees('东', 'east', '111.5'),
    north: degrees('北', 'north', '28.9'),
    on,
  }),
  row: form({ ...unitRow, shape: geoJson }),
  run: async (reader, i, scope) => {
    const box = { west: Number(i.west), south: Number(i.south), east: Number(i.east), north: Number(i.north) }
    const found = await unitsInBox(reader, { box, on: i.on, limit: MOST_IN_WINDOW }, (region) => scope.within(region))
    return found.map((u) => ({ ...rowOf(u), shape: u.shape }))
  },
})

/** The unit, if the reader may see it. */
async function seen(reader: Reader, id: string, day: string, scope: Scope): Promise<FoundUnit | undefined> {
  const rows = await reader.query<FoundUnit>(
    unitsSql(day, ({ id: at, region }) => sql`${at} = ${id}::uuid and ${scope.within(region)}`),
  )
  return rows[0]
}

const unitHistory = query({
  name: 'unitHistory',
  title: { zh: '空间单元的历次图形', en: 'shapes a unit had' },
  groups: ['places'],
  input: form({ unit: unitField }),
  row: form({
    version: unitRow.version,
    from: said('起', 'from'),
    to: maybe('止', 'until'),
    areaM2: unitRow.areaM2,
    sound: unitRow.sound,
    reason: maybe('理由', 'reason'),
    shape: geoJson,
  }),
  run: async (reader, i, scope) => {
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select s.version, s.valid_from::text as "from", s.valid_to::text as "to", s.area_m2::text as "areaM2", s.sound, s.reason, s.shape
          from place_unit_shape s join place_unit p on p.id = s.unit
          where s.unit = ${i.unit}::uuid and ${scope.within(sql`p.region`)}
          union all
          select 1, b.valid_from::text, null, b.area_m2::text, b.sound, null, b.shape from place_unit_staged b
          where b.id = ${i.unit}::uuid and ${scope.within(sql`b.region`)}
            and exists (select 1 from import_batch ib where ib.id = b.batch and ib.in_force)
            and not exists (select 1 from place_unit p where p.id = b.id)
          order by 1`,
    )
    return rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))
  },
})

const unitRepair = query({
  name: 'unitRepair',
  title: { zh: '图形修复方案', en: 'proposal for a repair' },
  groups: ['places'],
  input: form({ unit: unitField, on }),
  row: form({
    fault: said('问题', 'fault'),
    hint: maybe('怎么办', 'what to do'),
    areaBeforeM2: said('修复前面积（平方米）', 'area before in m²'),
    areaAfterM2: said('修复后面积（平方米）', 'area after in m²'),
    changedM2: said('变动面积（平方米）', 'changed area in m²'),
    digest: maybe('方案校验码', 'digest of the proposal'),
    before: geoJson,
    after: field.optional(long({ zh: '修复后图形（GeoJSON）', en: 'shape after the repair' })),
  }),
  run: async (reader, i, scope) => {
    const unit = await seen(reader, i.unit, i.on, scope)
    if (!unit || unit.sound) return []
    const repair = repairShape(shapeOfText(unit.shape))
    return [...repair.refused, ...repair.faults].map((fault) => ({
      fault: fault.zh,
      hint: fault.hint.zh,
      areaBeforeM2: areaText(repair.areaBeforeM2),
      areaAfterM2: areaText(repair.areaAfterM2),
      changedM2: areaText(repair.changedM2),
      ...(repair.shape ? { digest: repairDigest(repair), after: shapeText(repair.shape) } : {}),
      before: unit.shape,
    }))
  },
})

const RELATIONS = [
  { value: 'overlap', title: { zh: '重叠', en: 'overlap' } },
  { value: 'sliver', title: { zh: '细缝重叠（不足 5 厘米）', en: 'overlap thinner than 5 cm' } },
  { value: 'gap', title: { zh: '空隙', en: 'gap' } },
  { value: 'within', title: { zh: '在其内', en: 'lies within' } },
  { value: 'contains', title: { zh: '包含', en: 'contains' } },
] as const

const unitNeighbours = query({
  name: 'unitNeighbours',
  title: { zh: '与相邻单元的重叠、空隙和包含', en: 'overlaps, gaps and containment' },
  groups: ['places'],
  input: form({ unit: unitField, on }),
  row: form({
    relation: field.choice({ title: { zh: '关系', en: 'relation' }, choices: RELATIONS, example: 'overlap' }),
    unit: field.optional(unitField),
    name: maybe('相邻单元', 'neighbour'),
    areaM2: said('面积（平方米）', 'area in m²'),
    widthM: said('宽（米）', 'width in m'),
    shape: geoJson,
  }),
  run: async (reader, i, scope) => {
    const unit = await seen(reader, i.unit, i.on, scope)
    const area = unit?.sound === true ? polygonsOf(shapeOfText(unit.shape)) : []
    if (!unit || area.length === 0) return []
    const overlaps = await overlapsWith(reader, area, { on: i.on, but: [unit.id] })
    // A neighbour elsewhere is told as an overlap only where its region may be seen.
    const visible = new Set((await unitsById(reader, overlaps.map((o) => o.with.id), i.on)).map((u) => u.id)) // prettier-ignore
    const told = overlaps
      .filter((o) => visible.has(o.with.id))
      .map(({ with: other, patch }) => {
        const lies = containment(area, polygonsOf(shapeOfText(other.shape)))
        const holds = containment(polygonsOf(shapeOfText(other.shape)), area)
        const relation = lies.relation === 'within' ? 'within' : holds.relation === 'within' ? 'contains' : patch.isSliver ? 'sliver' : 'overlap' // prettier-ignore
        return { relation, unit: other.id, name: other.name, ...patchRow(patch) }
      })
    const near = await unitsInBox(reader, { box: around(unit), on: i.on, limit: 500 }, (region) => scope.within(region))
    const areas = near.filter((u) => u.sound && u.status !== 'returned').map((u) => polygonsOf(shapeOfText(u.shape)))
    const gaps = gapsOf(areas.filter((a) => a.length > 0)).map((patch) => ({ relation: 'gap', ...patchRow(patch) }))
    return [...told, ...gaps]
  },
})

const patchRow = (patch: ReturnType<typeof gapsOf>[number]) => ({
  areaM2: areaText(patch.areaM2),
  widthM: patch.widthM.toFixed(3),
  shape: shapeText({ kind: 'polygon', polygons: patch.polygons }),
})

const around = (unit: FoundUnit) => {
  const xs: number[] = []
  const ys: number[] = []
  for (const polygon of polygonsOf(shapeOfText(unit.shape)))
    for (const ring of polygon)
      for (const [x, y] of ring) {
        xs.push(x!)
        ys.push(y!)
      }
  return {
    west: xs.reduce((a, b) => Math.min(a, b)),
    south: ys.reduce((a, b) => Math.min(a, b)),
    east: xs.reduce((a, b) => Math.max(a, b)),
    north: ys.reduce((a, b) => Math.max(a, b)),
  }
}

/** As many units of an import as a clerk looks through beside its notice. */
const MOST_ANNOUNCED = 500

const unitsAnnounced = query({
  name: 'unitsAnnounced',
  title: { zh: '公示的空间单元', en: 'units a notice is about' },
  groups: ['places'],
  input: form({
    announced: field.code({
      title: { zh: '公示对象', en: 'what the notice is about' },
      pattern: /^(import|unit):[0-9a-f-]{36}$/,
      expects: { zh: 'import: 或 unit: 加编号', en: 'import: or unit: and an id' },
      example: `unit:${EXAMPLE_UNIT}`,
    }),
    on,
  }),
  row: form({
    ...unitRow,
    changed: yes('公示之后图形变过', 'changed since the notice'),
  }),
  run: async (reader, { announced, on: day }, scope) => {
    const [kind, id] = announced.split(':') as [string, string]
    const rows = await reader.query<FoundUnit>(
      sql`select * from (${unitsSql(day, ({ id: at, batch, region }) =>
        kind === 'unit'
          ? sql`${at} = ${id}::uuid and ${scope.within(region)}`
          : sql`${batch} = ${id}::uuid and ${scope.within(region)}`,
      )}) u order by u.name, u.id limit ${MOST_ANNOUNCED}`,
    )
    const changed = new Set(
      (
        await reshapedSince(
          reader,
          rows.map((u) => u.id),
          announced,
        )
      ).map((u) => u.unit),
    )
    return rows.map((u) => ({ ...rowOf(u), changed: changed.has(u.id) }))
  },
})

export const placesQueries: readonly AnyQuery[] = [
  units,
  unitsInWindow,
  unitHistory,
  unitRepair,
  unitNeighbours,
  unitsAnnounced,
  measureShape,
]
