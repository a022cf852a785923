// Chapters: checks and open items; missing lines; fall-backs with age and effect; overrides and unconfirmed numbers with
// their effect in yuan; what each figure is fit for and why not.

import { dec, placeText, ZERO, type Dec, type QuantityText, type Text } from '../../../../kernel/index.ts'
import { findArgument } from '../../arguments.ts'
import type { Fact, FallbackKind, ParameterUse, Use } from '../../model.ts'
import { factsUnder } from '../base-lines.ts'
import type { Block, Cell, Row } from '../document.ts'
import { fixedText, percentText, unitLabel } from '../number-text.ts'
import { valueKey } from '../../figure-key.ts'
import { stateText, type Page } from './page.ts'

const none = (page: Page, zh: string, en: string): Block => ({ kind: 'paragraph', runs: [{ text: page.say(zh, en) }] })
const withUnit = (page: Page, q: QuantityText): string =>
  q.unit === '1' ? q.value : `${q.value} ${unitLabel(q.unit, page.lang)}`
const yuanCell = (d: Dec): Cell => ({ text: fixedText(d, 2), derived: true })

export function checksChapter(page: Page): readonly Block[] {
  return [
    { kind: 'heading', level: 1, text: page.say('检核与未决事项', 'Checks and open items') },
    { kind: 'heading', level: 2, text: page.say('检核结果', 'Findings of the checks') },
    ...findings(page),
    { kind: 'heading', level: 2, text: page.say('缺失、未计价与不适用', 'Missing, not priced and not applicable') },
    ...absent(page),
    { kind: 'heading', level: 2, text: page.say('替代数据', 'Fall-back data') },
    ...fallbacks(page),
  ]
}

function findings(page: Page): readonly Block[] {
  if (page.account.findings.length === 0)
    return [none(page, '各项检核没有提示。', 'The checks found nothing to ask about.')]
  return [
    {
      kind: 'table',
      caption: page.say('检核提示及说明', 'Findings and their explanations'),
      codes: 'below',
      columns: [
        { title: page.say('检核', 'Check'), align: 'left', width: 1.3 },
        { title: page.say('提示与处理', 'Finding and what to do'), align: 'left', width: 4.2 },
        { title: page.say('位置', 'Place'), align: 'left', width: 2.2 },
        { title: page.say('说明', 'Explanation'), align: 'left', width: 3 },
      ],
      rows: page.account.findings.map((f): Row => {
        const figure = f.figure === undefined ? undefined : page.find(f.figure)
        const level = f.severity === 'red' ? page.say('红', 'red') : page.say('黄', 'yellow')
        return {
          cells: [
            { text: `${f.check ?? f.code}${page.say('（', ' (')}${level}${page.say('）', ')')}`, status: 'warn' },
            { text: `${f[page.lang]}${page.lang === 'zh' ? '' : ' '}${f.hint[page.lang]}` },
            {
              text: placeText(f.at) || (figure ? figureName(page, figure.region, figure.class, figure.service) : '—'),
              ...(figure ? { code: figure.code } : {}),
            },
            f.explained
              ? { text: `${f.explained.reason}${page.say('（', ' (')}${f.explained.by}${page.say('）', ')')}` }
              : { text: page.say('未说明', 'open'), status: 'warn' },
          ],
        }
      }),
    },
  ]
}

const figureName = (page: Page, region: string, cls: string, service: string): string =>
  [page.regionName(region), ...(cls === '*' ? [] : [page.className(cls)]), page.serviceName(service)].join(' · ')

/** So many names stand in a cell before the rest is counted. */
const NAMES_MOST = 6

function absent(page: Page): readonly Block[] {
  const lines = page.account.lines.filter((l) => l.state !== 'computed')
  if (lines.length === 0) return [none(page, '没有缺失的行。', 'No line is missing.')]
  // Places and classes that lack one thing for one reason stand in one row.
  const rows = new Map<
    string,
    { readonly line: (typeof lines)[number]; readonly regions: Set<string>; readonly classes: Set<string> }
  >()
  for (const l of lines) {
    const key = [l.service, l.item, l.state, l.memo === true, l.reason?.zh ?? ''].join('|')
    const row = rows.get(key) ?? { line: l, regions: new Set(), classes: new Set() }
    row.regions.add(page.regionName(l.region))
    row.classes.add(page.className(l.class))
    rows.set(key, row)
  }
  const names = (all: ReadonlySet<string>): string =>
    [...all].slice(0, NAMES_MOST).join(page.say('、', ', ')) +
    (all.size > NAMES_MOST ? page.say(`等 ${all.size} 处`, ` and others, ${all.size} in all`) : '')
  return [
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '缺就是缺：下列各行没有数值，既不以零代替，也不计入任何合计。',
            'Missing is missing: these lines have no value. They are not counted as zero and stand in no total.',
          ),
        },
      ],
    },
    {
      kind: 'table',
      caption: page.say('没有数值的行', 'Lines without a value'),
      columns: [
        { title: page.say('地区', 'Region'), align: 'left', width: 2.2 },
        { title: page.say('服务 · 项目', 'Service · item'), align: 'left', width: 2.8 },
        { title: page.say('类型', 'Types'), align: 'left', width: 1.8 },
        { title: page.say('状态', 'State'), align: 'left', width: 1.2 },
        { title: page.say('缺什么、为什么', 'What is lacking and why'), align: 'left', width: 4 },
      ],
      rows: [...rows.values()].map(({ line: l, regions, classes }): Row => ({
        cells: [
          { text: names(regions) },
          {
            text: `${page.serviceName(l.service)} · ${page.t(l.itemTitle)}${l.memo ? page.say('（备查）', ' (memo)') : ''}`,
          },
          { text: names(classes) },
          l.state === 'computed' ? { text: '' } : { text: stateText(page, l.state), status: l.state },
          { text: l.reason ? page.t(l.reason) : page.say('未说明', 'not stated') },
        ],
      })),
    },
  ]
}

const KIND: Readonly<Record<FallbackKind, Text>> = {
  'neighbour-year': { zh: '邻近年份', en: 'neighbouring year' },
  'neighbour-region': { zh: '邻近地区', en: 'neighbouring region' },
  'provincial-mean': { zh: '全省均值', en: 'provincial mean' },
  literature: { zh: '文献值', en: 'literature' },
}

function fallbacks(page: Page): readonly Block[] {
  const facts = page.account.facts.filter((f) => f.fallback)
  if (facts.length === 0) return [none(page, '没有使用替代数据。', 'No fall-back data were used.')]
  const under = factsUnder(page.account, new Set(facts.map((f) => f.id)))
  const groups = new Map<string, Fact[]>()
  for (const f of facts) {
    const key = [f.argument, f.region, f.fallback!.kind, f.fallback!.year, f.fallback!.reason].join('|')
    groups.set(key, [...(groups.get(key) ?? []), f])
  }
  const whole = page.yuan(valueKey('constant', page.root)) ?? ZERO
  return [
    {
      kind: 'table',
      caption: page.say('替代数据、年龄及所涉价值', 'Fall-back data, their age and the value that rests on them'),
      columns: [
        { title: page.say('数据', 'Datum'), align: 'left', width: 2.2 },
        { title: page.say('地区', 'Region'), align: 'left', width: 2 },
        { title: page.say('替代方式', 'Kind'), align: 'left', width: 1.6 },
        { title: page.say('年龄', 'Age'), unit: page.say('年', 'years'), align: 'right', width: 0.9 },
        {
          title: page.say('所涉价值（考核口径）', 'Value resting on it (assessment)'),
          unit: unitLabel('元', page.lang),
          align: 'right',
          width: 2.4,
        },
        { title: page.say('占 GEP', 'of GEP'), unit: '%', align: 'right', width: 1.1 },
        { title: page.say('理由', 'Reason'), align: 'left', width: 3 },
      ],
      rows: [...groups.values()].map((all): Row => {
        const f = all[0]!
        const ids = new Set(all.map((x) => x.id))
        const touched = page.lines.reduce<Dec>((s, l) => {
          if (l.constant === undefined || ![...under(l.constant)].some((id) => ids.has(id))) return s
          return s.plus(page.yuan(l.constant) ?? ZERO)
        }, ZERO)
        const argument = findArgument(f.argument)
        return {
          cells: [
            { text: argument ? page.t(argument.title) : f.argument },
            { text: page.regionName(f.region) },
            { text: page.t(KIND[f.fallback!.kind]) },
            { text: String(page.account.head.year - f.fallback!.year), derived: true },
            yuanCell(touched),
            { text: percentText(touched, whole), derived: true },
            { text: f.fallback!.reason },
          ],
        }
      }),
    },
  ]
}

/** Who approved, and the act where there is one. */
const approvedBy = (page: Page, o: NonNullable<ParameterUse['override']>): string =>
  o.act
    ? page.say(
        `${o.approver}；行为 ${o.act.id}，日志第 ${o.act.leaf} 条`,
        `${o.approver}; act ${o.act.id}, entry ${o.act.leaf} of the log`,
      )
    : o.approver

export function trustChapter(page: Page): readonly Block[] {
  const overrides = page.account.parameters.filter((p) => p.override)
  const unconfirmed = page.account.parameters.filter((p) => p.mark === 'unconfirmed')
  const whole = page.yuan(valueKey('constant', page.root)) ?? ZERO
  return [
    {
      kind: 'heading',
      level: 1,
      text: page.say('参数替代与未确认数值的影响', 'Overrides and unconfirmed numbers, with their effect'),
    },
    ...(overrides.length === 0
      ? [none(page, '没有替代参数。', 'No parameter was overridden.')]
      : [
          {
            kind: 'table' as const,
            caption: page.say('替代的参数', 'Overridden parameters'),
            columns: [
              { title: page.say('参数', 'Parameter'), align: 'left' as const, width: 2.4 },
              { title: page.say('原值', 'Was'), align: 'left' as const, width: 1.4 },
              { title: page.say('现值', 'Now'), align: 'left' as const, width: 1.4 },
              {
                title: page.say('对 GEP 的影响（考核口径）', 'Effect on GEP (assessment)'),
                unit: unitLabel('元', page.lang),
                align: 'right' as const,
                width: 2.2,
              },
              { title: page.say('理由', 'Reason'), align: 'left' as const, width: 2.6 },
              { title: page.say('批准', 'Approved by'), align: 'left' as const, width: 1.8 },
            ],
            rows: overrides.map((p): Row => ({
              cells: [
                { text: `${page.t(p.title)}${p.key === '' ? '' : ` [${p.key}]`}` },
                { text: p.override!.was ? withUnit(page, p.override!.was) : '—' },
                { text: withUnit(page, p.quantity) },
                yuanCell(dec(p.override!.effect)),
                { text: page.t(p.override!.reason) },
                { text: approvedBy(page, p.override!) },
              ],
            })),
          },
        ]),
    ...(unconfirmed.length === 0
      ? [none(page, '没有未确认的参数。', 'No parameter is unconfirmed.')]
      : [
          {
            kind: 'table' as const,
            caption: page.say('未确认的参数及所涉价值', 'Unconfirmed parameters and the value that rests on them'),
            columns: [
              { title: page.say('参数', 'Parameter'), align: 'left' as const, width: 3 },
              { title: page.say('取值', 'Value'), align: 'left' as const, width: 2 },
              { title: page.say('来源', 'Source'), align: 'left' as const, width: 1.6 },
              {
                title: page.say('所涉价值（考核口径）', 'Value resting on it (assessment)'),
                unit: unitLabel('元', page.lang),
                align: 'right' as const,
                width: 2.6,
              },
              { title: page.say('占 GEP', 'of GEP'), unit: '%', align: 'right' as const, width: 1.3 },
            ],
            rows: unconfirmed.map((p): Row => ({
              cells: [
                { text: `${page.t(p.title)}${p.key === '' ? '' : ` [${p.key}]`}`, status: 'unconfirmed' },
                { text: withUnit(page, p.quantity) },
                { text: p.source.join(page.say('、', ', ')) || '—' },
                yuanCell(dec(p.touches)),
                { text: percentText(dec(p.touches), whole), derived: true },
              ],
            })),
            note: page.say(
              '一行价值可能同时依赖几个参数，所以各行所涉价值不可相加。未确认的数值不是国家标准。',
              'A value may rest on several parameters at once, so these amounts are not additive. An unconfirmed number is not a national standard.',
            ),
          },
        ]),
  ]
}

const USE: Readonly<Record<Use, Text>> = {
  assessment: { zh: '考核', en: 'Assessment of officials' },
  compensation: { zh: '补偿参考', en: 'Reference for compensation' },
  trade: { zh: '交易参考', en: 'Reference for trade' },
  credit: { zh: '信贷参考', en: 'Reference for credit' },
  damage: { zh: '损害参考', en: 'Reference for damages' },
  research: { zh: '研究', en: 'Research' },
}

export function fitnessChapter(page: Page): readonly Block[] {
  if (page.account.fitness.length === 0)
    return [
      { kind: 'heading', level: 1, text: page.say('适用范围', 'What the figures are fit for') },
      none(
        page,
        '尚未评定适用范围，不得用于任何用途。',
        'Fitness has not been judged: the figures are not to be used yet.',
      ),
    ]
  return [
    { kind: 'heading', level: 1, text: page.say('适用范围', 'What the figures are fit for') },
    {
      kind: 'table',
      caption: page.say('各项用途是否适用及理由', 'Fitness for each use, and why'),
      columns: [
        { title: page.say('用途', 'Use'), align: 'left', width: 2 },
        { title: page.say('是否适用', 'Fit'), align: 'left', width: 1.3 },
        { title: page.say('理由', 'Why'), align: 'left', width: 6 },
      ],
      rows: page.account.fitness.map((f): Row => ({
        cells: [
          { text: page.t(USE[f.use]) },
          f.fit
            ? { text: page.say('√ 适用', '√ fit'), status: 'ok' }
            : { text: page.say('× 不适用', '× not fit'), status: 'warn' },
          { text: f.why.map(page.t).join(page.say('；', '; ')) || '—' },
        ],
      })),
    },
  ]
}
