// Looking up parameters, and the overrides of a region: what is in force there, whence it comes, and every earlier version.

import { field, form, quantityText, text, type Json } from '../../../kernel/index.ts'
import { query, type AnyQuery } from '../../../core/record/index.ts'
import { MARK_TEXT, type RuleBook } from '../../../core/rules/index.ts'
import { sql } from '../../../core/store/index.ts'
import { choicesOf, filled, place, shown, shownMaybe, year } from './fields.ts'
import type { OfficeWorld } from './office-world.ts'
import { OVERRIDE_STATUS } from './words.ts'

const ROW = form({
  id: field.id({ title: text('编号', 'id'), grade: 'public', example: '019e2f6a-7c00-7000-8000-000000000001' }),
  number: shown('改动号', 'number', 'CS-430725-2026-000001-E'),
  parameter: shown('参数', 'parameter', 'gep.r2.bulk-density'),
  key: shownMaybe('条目', 'entry', 'forest'),
  place,
  yearFrom: field.year({ title: text('起年', 'first year'), grade: 'public', example: 2024 }),
  yearTo: field.optional(field.year({ title: text('止年', 'last year'), grade: 'public', example: 2026 })),
  value: shown('数值', 'value', '1.27'),
  unit: shown('单位', 'unit', 't/m3'),
  mark: field.choice({
    title: text('证据等级', 'evidence mark'),
    grade: 'public',
    choices: choicesOf(MARK_TEXT),
    example: 'confirmed',
  }),
  reason: shown('理由', 'reason'),
  source: shown('出处', 'source'),
  document: field.optional(
    field.fileHash({
      title: text('依据文件', 'document'),
      grade: 'public',
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
  ),
  version: shown('版本', 'version', '1'),
  status: field.choice({
    title: text('状态', 'status'),
    grade: 'public',
    choices: choicesOf(OVERRIDE_STATUS),
    example: 'in-force',
  }),
  decidedOn: field.civilDate({ title: text('决定日期', 'decided on'), grade: 'public', example: '2026-03-02' }),
  effectZh: shown('影响', 'effect in Chinese'),
  effectEn: shown('影响（英文）', 'effect'),
  /** The act that put it in force: whose proof a package carries. */
  act: shown('行为', 'act'),
  leaf: shown('日志序号', 'place in the log', '17'),
  recorded: shown('记录时间', 'recorded'),
  proposedBy: shown('提出人', 'proposed by', 'jsy-012'),
  approvedBy: shown('批准人', 'approved by', 'shy-003'),
  approvedRole: shown('批准角色', 'role of the approver', 'reviewer'),
})

const overridesInForce = query({
  name: 'overridesInForce',
  title: text('参数改动', 'changes of parameters'),
  groups: ['parameters'],
  input: form({
    place: field.optional(
      field.region({
        title: text('地区', 'region'),
        hint: text('也列出上级地区对它有效的改动', 'changes of regions above that count there are listed too'),
        grade: 'public',
        example: '430725',
      }),
    ),
    year: field.optional(year),
    parameter: field.optional(shown('参数', 'parameter', 'gep.r2.bulk-density')),
    ended: field.optional(
      field.flag({ title: text('含已失效的', 'with those that ended'), grade: 'public', example: true }),
    ),
  }),
  row: ROW,
  run: async (reader, i, scope) => {
    const asked = sql`${i.place ?? null}::text`
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select o.id::text as id, o.number, o.parameter, nullif(o.key, '') as key, o.place, o.year_from as "yearFrom",
            o.year_to as "yearTo", o.value, o.unit, o.mark, o.reason, o.source, o.document, o.version::text as version, o.status,
            o.decided_on::text as "decidedOn", o.effect_zh as "effectZh", o.effect_en as "effectEn", a.id::text as act,
            l.leaf_index::text as leaf, a.recorded_at as recorded, coalesce(p.login, r.person::text) as "proposedBy",
            coalesce(b.login, a.person::text) as "approvedBy", a.role as "approvedRole"
          from parameter_override o join request r on r.id = o.id join act a on a.id = r.accepted_by
            join log_leaf l on l.act = a.id left join person p on p.id = r.person left join person b on b.id = a.person
          where (${i.ended === true} or o.status = 'in-force')
            and (${i.parameter ?? null}::text is null or o.parameter = ${i.parameter ?? null}::text)
            and (${i.year ?? null}::int4 is null or (o.year_from <= ${i.year ?? null}::int4
              and (o.year_to is null or o.year_to >= ${i.year ?? null}::int4)))
            and case when ${asked} is null then ${scope.within(sql`o.place`)}
              else ${scope.within(asked)} and (o.place = ${asked} or exists (select 1 from region_closure c
                where c.edition = (select edition from region_edition where in_force)
                  and c.ancestor = o.place and c.descendant = ${asked})) end
          order by o.parameter, o.key, o.place, o.version`,
    )
    return rows.map(filled)
  },
})

const PARAMETER_ROW = form({
  id: shown('编号', 'id', 'gep.r2.bulk-density'),
  key: shownMaybe('条目', 'entry', 'forest'),
  zh: shown('名称', 'title in Chinese'),
  en: shown('英文名称', 'title'),
  value: shown('数值', 'value', '1.27'),
  unit: shown('单位', 'unit', 't/m3'),
  mark: ROW.fields.mark,
  source: shown('出处', 'source'),
  layer: shown('层级', 'layer', 'national'),
  region: shownMaybe('地区', 'region'),
  from: shownMaybe('起用日', 'in force from'),
  to: shownMaybe('停用日', 'in force to'),
  year: shownMaybe('数值年份', 'year of the value'),
  file: shown('文件', 'file'),
  line: shown('行', 'line'),
})

/** The whole book is a few thousand rows; more than that nobody reads. */
const MOST_ROWS = 10_000

const parameters = ({ book }: OfficeWorld): AnyQuery =>
  query({
    name: 'parameters',
    title: text('参数表', 'parameters'),
    groups: ['public'],
    input: form({
      find: field.optional(shown('编号或名称含', 'id or title contains', '容重')),
      mark: field.optional(ROW.fields.mark),
    }),
    row: PARAMETER_ROW,
    mayLag: true,
    run: (_, i) => Promise.resolve(book ? parameterRows(book, i.find, i.mark) : []),
  })

function parameterRows(book: RuleBook, find: string | undefined, mark: string | undefined): readonly Json[] {
  const part = find?.toLowerCase()
  return book.parameters
    .flatMap((file) => file.values.map((v) => ({ file, v })))
    .filter(({ file, v }) => {
      if (mark !== undefined && v.mark !== mark) return false
      return part === undefined || `${file.id} ${v.key} ${v.title.zh} ${v.title.en}`.toLowerCase().includes(part)
    })
    .slice(0, MOST_ROWS)
    .map(({ file, v }) =>
      filled({
        id: file.id,
        key: v.key === '' ? undefined : v.key,
        zh: v.title.zh,
        en: v.title.en,
        ...quantityText(v.quantity),
        mark: v.mark,
        source: v.source.join(' ') || '—',
        layer: v.layer,
        region: v.region,
        from: file.force.from,
        to: file.force.to,
        year: v.year === undefined ? undefined : String(v.year),
        file: v.file,
        line: String(v.line),
      }),
    )
}

export const overrideQueries = (world: OfficeWorld): readonly AnyQuery[] => [overridesInForce, parameters(world)]
