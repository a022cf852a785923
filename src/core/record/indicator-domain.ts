// Indicators on the record: a card is registered, values are written under it with their status, their reason and what they
// are fit for. Domains write values as effects of their own acts; these commands are for figures that come from elsewhere.
// Clause A7: each figure states what it may be a reference for.

import {
  dimsText,
  indicatorTable,
  indicatorValueTable,
  USES_OF_VALUE,
  VALUE_STATUS,
  type UseOfValue,
  type ValueStatus,
} from '../indicators/index.ts'
import {
  field,
  form,
  GRADE_TITLES,
  text,
  type CivilDate,
  type Field,
  type Grade,
  type Json,
  type Text,
} from '../../kernel/index.ts'
import { join, sql, type Sql } from '../store/index.ts'
import { query } from './ask.ts'
import type { TableWords } from './explain/index.ts'
import type { AnyCommand, AnyQuery, Command, Domain, Scope } from './model.ts'

const word = (zh: string, en: string, example: string): Field<string, string, true> =>
  field.text({ title: text(zh, en), example })
const words = (zh: string, en: string, example: string): Field<string, string, true> =>
  field.longText({ title: text(zh, en), example })
const choices = <V extends string>(titles: Readonly<Record<V, Text>>): readonly { value: V; title: Text }[] =>
  (Object.keys(titles) as V[]).map((value) => ({ value, title: titles[value] }))

const indicatorId = field.code({
  title: text('指标', 'indicator'),
  pattern: /^[a-z][A-Za-z0-9.-]*$/,
  max: 60,
  expects: text('小写字母开头的代号，例如 gep.R1', 'a code that begins with a small letter, such as gep.R1'),
  example: 'water.quality',
})

const cardInput = form({
  indicator: indicatorId,
  place: field.region({
    title: text('管理地区', 'kept by'),
    hint: text('哪一级管理这个指标', 'the region whose office keeps the card'),
    example: '430000',
  }),
  titleZh: word('名称', 'title in Chinese', '断面水质类别'),
  titleEn: word('英文名称', 'title in English', 'water quality class of a section'),
  definitionZh: words('定义', 'definition in Chinese', '按地表水环境质量标准评价的年均类别'),
  definitionEn: words('英文定义', 'definition in English', 'yearly class by the surface water standard'),
  unit: word('单位', 'unit', '1'),
  boundaryZh: words('口径', 'boundary in Chinese', '国控断面，不含自动站试运行数据'),
  boundaryEn: words('英文口径', 'boundary in English', 'national sections, without trial runs of stations'),
  clause: word('依据', 'clause', 'R5'),
  overlaps: field.list(indicatorId, { title: text('重复计量的指标', 'counts the same in part'), max: 100 }),
  custodian: word('责任单位', 'custodian', '生态环境局'),
  grade: field.choice({ title: text('等级', 'grade'), choices: choices(GRADE_TITLES), example: 'public' }),
})

const registerIndicator: Command<typeof cardInput> = {
  name: 'registerIndicator',
  version: 1,
  title: text('登记指标', 'Register an indicator'),
  clause: 'A7',
  groups: ['indicators'],
  input: cardInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: ({ indicator }) => [`indicator:${indicator}`],
  decide: (_, i) => ({
    act: 'indicator-registered',
    subjects: [`indicator:${i.indicator}`],
    cards: [
      {
        id: i.indicator,
        title: text(i.titleZh, i.titleEn),
        definition: text(i.definitionZh, i.definitionEn),
        unit: i.unit,
        boundary: text(i.boundaryZh, i.boundaryEn),
        clause: i.clause,
        overlaps: i.overlaps,
        custodian: i.custodian,
        grade: i.grade as Grade,
      },
    ],
  }),
}

const useField = field.choice({ title: text('用途', 'use'), choices: choices(USES_OF_VALUE), example: 'research' })

const valuesInput = form({
  place: field.region({ title: text('地区', 'place'), example: '430725' }),
  legalDate: field.civilDate({ title: text('法定日期', 'legal date'), example: '2025-12-31' }),
  status: field.choice({
    title: text('状态', 'status'),
    choices: choices(VALUE_STATUS).filter((c) => c.value !== 'withdrawn'),
    example: 'trial',
  }),
  source: words('来源', 'where the values come from', '省环境监测中心 2025 年年报，第 12 页'),
  values: field.list(
    field.group(
      {
        indicator: indicatorId,
        at: field.optional(
          field.code({
            title: text('对象', 'section, station, unit'),
            hint: text(
              '地区之内的断面、站点、单元；整个地区则不填',
              'a part of the region; left out for the region itself',
            ),
            pattern: /^[^/,=]{1,80}$/,
            expects: text('名称或代码，不含 / , =', 'a name or code without / , ='),
            example: '断面-03',
          }),
        ),
        period: word('期间', 'period', '2025'),
        dims: field.list(
          field.group(
            { key: word('维度', 'dimension', 'ecosystem'), value: word('取值', 'value', 'forest') },
            { title: text('维度', 'dimension') },
          ),
          { title: text('维度', 'dimensions'), max: 20 },
        ),
        basis: field.optional(word('基准', 'basis', '2020')),
        value: field.code({
          title: text('数值', 'value'),
          pattern: /^-?[0-9]{1,24}(\.[0-9]{1,18})?$/,
          expects: text('十进制数', 'a decimal number'),
          example: '2.5',
        }),
        unit: word('单位', 'unit', '1'),
        fit: field.list(useField, { title: text('适用于', 'fit for'), max: 6 }),
        unfit: field.list(
          field.group(
            {
              use: useField,
              whyZh: words('原因', 'why, in Chinese', '未经审核'),
              whyEn: words('英文原因', 'why', 'not reviewed'),
            },
            { title: text('不适用', 'not fit') },
          ),
          { title: text('不适用于', 'not fit for'), max: 6 },
        ),
      },
      { title: text('数', 'value') },
    ),
    { title: text('数值', 'values'), min: 1, max: 5000 },
  ),
})

const recordValues: Command<typeof valuesInput> = {
  name: 'recordIndicatorValues',
  version: 1,
  title: text('录入指标数值', 'Record values of indicators'),
  clause: 'A7',
  groups: ['indicator-values'],
  input: valuesInput,
  place: (i) => i.place,
  legalDate: (i) => i.legalDate as CivilDate,
  subjects: (i) => [...new Set(i.values.map((v) => `indicator:${v.indicator}:${i.place}`))],
  approval: (i) => (i.status === 'official' ? [{ role: 'reviewer', title: text('审核', 'review') }] : []),
  decide: (_, i) => ({
    act: 'indicator-values-recorded',
    subjects: [...new Set(i.values.map((v) => `indicator:${v.indicator}`))],
    indicators: i.values.map((v) => ({
      indicator: v.indicator,
      // A value belongs to the region of the permission, or to something within it: nobody writes another region's figures.
      place: v.at === undefined ? i.place : `${i.place}/${v.at}`,
      period: v.period,
      dims: dimsText(
        Object.fromEntries(v.dims.map((d) => [d.key.replace(/[=,]/g, ' '), d.value.replace(/[=,]/g, ' ')])),
      ),
      basis: v.basis ?? '',
      value: v.value,
      unit: v.unit,
      status: i.status as ValueStatus,
      fit: v.fit as readonly UseOfValue[],
      unfit: v.unfit.map((u) => ({ use: u.use as UseOfValue, why: text(u.whyZh, u.whyEn) })),
      recipe: { source: i.source } as Json,
      legalDate: i.legalDate as CivilDate,
    })),
  }),
}

const indicators = query({
  name: 'indicators',
  title: text('指标身份证', 'indicators'),
  groups: ['public'],
  input: form({}),
  row: form({
    id: field.text({ title: text('指标', 'indicator'), grade: 'public', example: 'gep' }),
    zh: field.text({ title: text('名称', 'title in Chinese'), grade: 'public', example: '生态产品总值' }),
    en: field.text({ title: text('英文名称', 'title'), grade: 'public', example: 'gross ecosystem product' }),
    unit: field.text({ title: text('单位', 'unit'), grade: 'public', example: '元' }),
    clause: field.text({ title: text('依据', 'clause'), grade: 'public', example: 'A1' }),
    custodian: field.text({ title: text('责任单位', 'custodian'), grade: 'public', example: '统计局' }),
  }),
  run: (reader) =>
    reader.query<Readonly<Record<string, string>>>(
      sql`select id, title_zh as zh, title_en as en, unit, clause, custodian from indicator order by id`,
    ),
})

const RANK = sql`array['public', 'internal', 'restricted', 'personal', 'secret']`

/** What a status is called, in the database's words. */
const SAID_STATUS = join(
  (Object.keys(VALUE_STATUS) as ValueStatus[]).map((s) => sql`when ${s} then ${`${VALUE_STATUS[s].zh} ${s}`}`),
  ' ',
)

interface ValuesAsked {
  readonly indicator?: string
  readonly at?: string
  readonly period?: string
}

function valuesTable(i: ValuesAsked, scope: Scope): Sql {
  const seen = sql`select i.id from indicator i
    where array_position(${RANK}, i.grade) <= array_position(${RANK}, ${scope.grade}::text)`
  const reached = sql`select a.id from act a
    where a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)}`
  return sql`select v.indicator, v.place, v.period, nullif(v.dims, '') as dims, nullif(v.basis, '') as basis,
      v.version::text as version, v.value::text as value, v.unit, case v.status ${SAID_STATUS} end as status,
      nullif(array_to_string(v.fit, ' '), '') as fit, v.act::text as act
    from indicator_value v
    where v.indicator in (${seen}) and v.act in (${reached})
      and (${i.indicator ?? null}::text is null or v.indicator = ${i.indicator ?? null}::text)
      and (${i.at ?? null}::text is null or v.place = ${i.at ?? null}::text)
      and (${i.period ?? null}::text is null or v.period = ${i.period ?? null}::text)`
}

const values = query({
  name: 'indicatorValues',
  title: text('指标数值', 'values of indicators'),
  groups: ['indicator-values'],
  input: form({
    indicator: field.optional(indicatorId),
    at: field.optional(word('对象', 'region, section, station, unit', '430725')),
    period: field.optional(word('期间', 'period', '2025')),
  }),
  row: form({
    indicator: word('指标', 'indicator', 'gep'),
    place: word('对象', 'place', '430725'),
    period: word('期间', 'period', '2025'),
    dims: field.optional(word('维度', 'dimensions', 'ecosystem=forest')),
    basis: field.optional(word('基准', 'basis', '2020')),
    version: word('版本', 'version', '1'),
    value: word('数值', 'value', '2.5'),
    unit: word('单位', 'unit', '1'),
    status: word('状态', 'status', '正式 official'),
    fit: field.optional(word('适用于', 'fit for', 'research')),
    act: word('行为', 'act', '019e2f6a-7c00-7000-8000-000000000001'),
  }),
  table: valuesTable,
  order: ['indicator', 'place', 'period', 'dims', 'basis', 'version'],
  run: async (reader, i, scope) =>
    (
      await reader.query<Readonly<Record<string, string | null>>>(
        sql`select * from (${valuesTable(i, scope)}) t
            order by t.indicator, t.place, t.period, t.dims nulls first, t.basis nulls first, t.version::int limit 5000`,
      )
    ).map((r) => Object.fromEntries(Object.entries(r).filter(([, cell]) => cell !== null)) as Json),
})

/** An act of an account writes hundreds of them. */
export const indicatorWords: readonly TableWords[] = [
  { table: indicatorTable.name, title: text('指标卡', 'cards of indicators'), columns: {}, counted: true },
  { table: indicatorValueTable.name, title: text('指标值', 'values of indicators'), columns: {}, counted: true },
]

/** Cards and values of figures that no chapter of ours computes. */
export const indicatorDomain: Domain = {
  name: 'indicators',
  title: text('指标', 'indicators'),
  commands: [registerIndicator, recordValues] as unknown as readonly AnyCommand[],
  queries: [indicators, values] as readonly AnyQuery[],
}
