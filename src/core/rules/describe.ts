// The rule book in words, for the command line and for anyone who wants a rule on one screen: Chinese first, English second.
// Always holds: pure text from what was read; numbers keep every digit, and a mark other than confirmed is never silent.

import {
  decText,
  problemText,
  quantityText,
  type CivilDate,
  type Json,
  type Period,
  type Problem,
  type Quantity,
  type Text,
} from '../../kernel/index.ts'
import type {
  FileKind,
  Head,
  Instrument,
  Mark,
  Outcome,
  OverrideFile,
  ParameterFile,
  ParameterValue,
  Rule,
  RuleBook,
} from './model.ts'
import { formulaText, legend } from './render-formula.ts'

export const KIND_TEXT: Readonly<Record<FileKind, Text>> = {
  rule: { zh: '规则', en: 'rule' },
  parameters: { zh: '参数', en: 'parameters' },
  prices: { zh: '价格', en: 'prices' },
  classification: { zh: '分类', en: 'classification' },
  'indicator-set': { zh: '指标清单', en: 'indicator set' },
  instruments: { zh: '文件依据', en: 'instrument' },
  sources: { zh: '来源', en: 'source' },
  override: { zh: '替换', en: 'override' },
}
export const MARK_TEXT: Readonly<Record<Mark, Text>> = {
  confirmed: { zh: '已核实', en: 'confirmed' },
  'back-solved': { zh: '反算', en: 'back-solved' },
  unconfirmed: { zh: '未核实', en: 'unconfirmed' },
}
const LAYER_TEXT: Readonly<Record<Head['layer'], Text>> = {
  national: { zh: '国家', en: 'national' },
  province: { zh: '省', en: 'province' },
  county: { zh: '市县', en: 'county' },
}

const both = (t: Text): string => `${t.zh} ${t.en}`
const periodText = (p: Period): string => `${p.from} – ${p.to ?? '…'}`
const amountText = (q: Quantity): string =>
  q.unit.text === '1' ? decText(q.value) : `${decText(q.value)} ${q.unit.text}`

// ---- list

export interface ListLine {
  readonly kind: FileKind
  readonly id: string
  readonly title: Text
  readonly version?: string
  readonly layer?: Head['layer']
  readonly region?: string
  readonly force?: Period
  readonly mark?: Mark
}

const headLine = (h: Head): ListLine => ({
  kind: h.kind,
  id: h.id,
  title: h.title,
  version: h.version,
  layer: h.layer,
  force: h.force,
  mark: h.mark,
  ...(h.region === undefined ? {} : { region: h.region }),
})

/** Everything in the book, files first, then the two registers. */
export function listBook(book: RuleBook, kind?: string): readonly ListLine[] {
  const files = [...book.rules, ...book.parameters, ...book.overrides, ...book.classifications, ...book.sets].map(
    headLine,
  )
  const instruments = [...book.instruments.values()].map(({ id, title, force, mark }): ListLine => ({
    kind: 'instruments',
    id,
    title,
    force,
    mark,
  }))
  const sources = [...book.sources.values()].map(({ key, title }): ListLine => ({ kind: 'sources', id: key, title }))
  return [...files, ...instruments, ...sources].filter((l) => kind === undefined || l.kind === kind)
}

export const listText = (lines: readonly ListLine[]): string =>
  lines
    .map((l) => {
      const where =
        l.layer === undefined ? '' : ` ${LAYER_TEXT[l.layer].zh}${l.region === undefined ? '' : ` ${l.region}`}`
      const when = l.force === undefined ? '' : ` ${periodText(l.force)}`
      const mark = l.mark === undefined || l.mark === 'confirmed' ? '' : ` ［${both(MARK_TEXT[l.mark])}］`
      return `${l.id}  ${KIND_TEXT[l.kind].zh}${where}${when}${mark}  ${l.title.zh} / ${l.title.en}`
    })
    .join('\n')

// ---- show

/** All files and register entries of an id; with a context only what is in force there. */
export function findById(
  book: RuleBook,
  id: string,
  ctx?: { readonly date: CivilDate; readonly regions: readonly string[] },
): readonly string[] {
  const rule = ctx && book.findRule(id, ctx)
  const rules = ctx ? (rule && 'severity' in rule ? [] : [rule as Rule]) : book.rules.filter((r) => r.id === id)
  const here = (h: Head): boolean =>
    h.id === id &&
    (!ctx ||
      (ctx.date >= h.force.from &&
        (h.force.to === undefined || ctx.date <= h.force.to) &&
        (h.region === undefined || ctx.regions.includes(h.region))))
  const instrument = book.instruments.get(id)
  const source = book.sources.get(id)
  return [
    ...rules.map((r) => ruleText(r, ctx ? book.lapsed(r, ctx.date) : [])),
    ...book.parameters.filter(here).map(parametersText),
    ...book.overrides.filter(here).map(overrideText),
    ...book.classifications
      .filter(here)
      .map((c) =>
        [headText(c), ...c.classes.map((k) => `  ${k.code}  ${k.number ?? ''}  ${k.title.zh} / ${k.title.en}`)].join(
          '\n',
        ),
      ),
    ...book.sets
      .filter(here)
      .map((s) =>
        [
          headText(s),
          ...s.services.map((x) => `  ${x}`),
          ...s.accepts.map((a) => `  ${a.pair.join(' + ')}：${both(a.ground)}`),
        ].join('\n'),
      ),
    ...(instrument ? [instrumentText(instrument)] : []),
    ...(source
      ? [
          `来源 Source ${source.key}\n  ${source.title.zh}\n  ${source.title.en}${source.locator ? `\n  ${source.locator}` : ''}`,
        ]
      : []),
  ]
}

function headText(h: Head): string {
  return [
    `${KIND_TEXT[h.kind].zh} ${h.id}@${h.version}`,
    `  ${h.title.zh} / ${h.title.en}`,
    `  层级 layer: ${both(LAYER_TEXT[h.layer])}${h.region === undefined ? '' : ` ${h.region}`}   施行 in force: ${periodText(h.force)}   标记 mark: ${both(MARK_TEXT[h.mark])}`,
    ...(h.clause === undefined ? [] : [`  依据 clause: ${h.clause}`]),
    ...(h.instrument === undefined ? [] : [`  文件 instrument: ${h.instrument}`]),
    `  来源 source: ${h.source.join('、')}   ${h.file}`,
    ...(h.note === undefined ? [] : [`  说明 note: ${h.note.zh} / ${h.note.en}`]),
  ].join('\n')
}

const ROLE_TEXT = { input: '输入 input', parameter: '参数 parameter', output: '结果 output' } as const

function ruleText(rule: Rule, lapsed: readonly Instrument[]): string {
  const names = formulaText(rule)
  const symbols = formulaText(rule, 'symbols')
  const indent = (s: string): string => s.replace(/^/gm, '    ')
  return [
    headText(rule),
    ...lapsed.map((i) => `  ！依据已失效 lapsed: ${i.title.zh} / ${i.title.en}（${periodText(i.force)}）`),
    '  公式 formula:',
    indent(names),
    ...(symbols === names ? [] : [indent(symbols)]),
    ...legend(rule).map(
      (l) =>
        `  ${ROLE_TEXT[l.role]}: ${l.name}${l.symbol === undefined ? '' : `（${l.symbol}）`}${l.unit === undefined ? '' : `, ${l.unit.text}`}  ${l.title.zh} / ${l.title.en}`,
    ),
    ...Object.entries(rule.params).map(([name, p]) =>
      'inline' in p
        ? `  ${name} = ${amountText(p.inline.quantity)}　${both(MARK_TEXT[p.inline.mark])}　${p.inline.source.join('、')}`
        : `  ${name} ← ${p.book}${p.key === undefined ? (p.by === undefined ? '' : `［${p.by}］`) : `［${p.key}］`}`,
    ),
    ...Object.entries(rule.round).map(([name, r]) => `  舍入 rounding: ${name} ${decText(r.to)} ${r.mode}`),
    `  算例 examples: ${rule.examples.length}${rule.examples.some((e) => e.cite) ? `（${rule.examples.flatMap((e) => e.cite ?? []).join('、')}）` : ''}`,
  ].join('\n')
}

function valueLine(v: ParameterValue): string {
  const range = v.range ? `（${decText(v.range[0])} – ${decText(v.range[1])}）` : ''
  const facts = [v.basis, v.year, v.region].filter((x) => x !== undefined).join(' ')
  const note = v.note ? `　${v.note.zh} / ${v.note.en}` : ''
  return `  ${v.key === '' ? '' : `${v.key}  `}${amountText(v.quantity)}${range}  ${both(MARK_TEXT[v.mark])}  ${v.source.join('、')}${facts === '' ? '' : `  ${facts}`}${note}`
}

const parametersText = (p: ParameterFile): string => [headText(p), ...p.values.map(valueLine)].join('\n')

const overrideText = (o: OverrideFile): string =>
  [
    headText(o),
    `  替换 of: ${o.of}`,
    `  理由 reason: ${o.reason.zh} / ${o.reason.en}`,
    `  批准 approver: ${o.approver}`,
    ...o.values.map(valueLine),
  ].join('\n')

const instrumentText = (i: Instrument): string =>
  [
    `文件依据 instrument ${i.id}  ${i.number ?? ''}`,
    `  ${i.title.zh} / ${i.title.en}`,
    `  施行 in force: ${periodText(i.force)}   标记 mark: ${both(MARK_TEXT[i.mark])}`,
    ...(i.issuer === undefined ? [] : [`  发布 issuer: ${i.issuer}`]),
    ...(i.supersededBy === undefined ? [] : [`  被代替 superseded by: ${i.supersededBy}`]),
    ...(i.note === undefined ? [] : [`  说明 note: ${i.note.zh} / ${i.note.en}`]),
  ].join('\n')

// ---- check

const SIGN = { red: '✗', yellow: '!' } as const

/** A line a problem, then the sum of it. */
export function checkText(book: RuleBook, problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']): number => problems.filter((p) => p.severity === severity).length
  const examples = book.rules.reduce((n, r) => n + r.examples.length, 0)
  const values = [...book.parameters, ...book.overrides].reduce((n, p) => n + p.values.length, 0)
  const [red, yellow] = [count('red'), count('yellow')]
  return [
    ...problems.map((p) => `${SIGN[p.severity]} ${problemText(p, 'zh')} / ${p.en} ${p.hint.en}`),
    `规则 ${book.rules.length} 条，参数与价格 ${values} 个，算例 ${examples} 个；红色问题 ${red} 个，黄色 ${yellow} 个。`,
    `${book.rules.length} rules, ${values} parameters and prices, ${examples} worked examples; ${red} red, ${yellow} yellow.`,
  ].join('\n')
}

// ---- eval

/** An outcome as JSON: quantities are text, so no digit is lost. */
export function outcomeJson(o: Outcome): Json {
  return {
    rule: o.rule.id,
    version: o.rule.version,
    values: Object.fromEntries(Object.entries(o.values).map(([name, q]) => [name, { ...quantityText(q) }])),
    steps: o.steps.map((s) => ({
      name: s.name,
      formula: s.formula,
      filled: s.filled,
      value: { ...quantityText(s.value) },
    })),
    params: Object.fromEntries(
      Object.entries(o.params).map(([name, p]) => [
        name,
        {
          id: p.id,
          key: p.key,
          version: p.version,
          value: { ...quantityText(p.quantity) },
          mark: p.mark,
          source: [...p.source],
          file: p.file,
          line: p.line,
          override: p.override && {
            id: p.override.id,
            reason: { ...p.override.reason },
            approver: p.override.approver,
            ...(p.override.was ? { was: { ...quantityText(p.override.was) } } : {}),
          },
        },
      ]),
    ),
  }
}

/** The values, then how they came about. */
export function outcomeText(o: Outcome): string {
  return [
    ...Object.entries(o.values).map(([name, q]) => `${name} = ${amountText(q)}`),
    `依据 rule: ${o.rule.id}@${o.rule.version}  ${o.rule.title.zh} / ${o.rule.title.en}`,
    ...(o.rule.mark === 'confirmed' ? [] : [`  ！规则 rule: ${both(MARK_TEXT[o.rule.mark])}`]),
    '过程 steps:',
    ...o.steps.flatMap((s) => [`  ${s.name} = ${s.formula}`, `    = ${s.filled}`, `    = ${amountText(s.value)}`]),
    ...(Object.keys(o.params).length === 0 ? [] : ['参数 parameters:']),
    ...Object.entries(o.params).flatMap(([name, p]) => [
      `  ${name} = ${amountText(p.quantity)}  ${both(MARK_TEXT[p.mark])}  ${p.id}${p.key === '' ? '' : `［${p.key}］`}@${p.version}  ${p.source.join('、')}  ${p.file}:${p.line}`,
      ...(p.override
        ? [
            `    替换 replaced ${p.override.was ? amountText(p.override.was) : '—'}（${p.override.id}）：${p.override.reason.zh} / ${p.override.reason.en}；批准 approved by ${p.override.approver}`,
          ]
        : []),
    ]),
  ].join('\n')
}
