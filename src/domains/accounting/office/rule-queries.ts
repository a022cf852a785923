// Looking up rules: all of them with formula, clause and force; one with everything its formula names, its parameters, and its
// worked examples, calculated step by step as the file demands them.
// Always holds: what is shown is read from the book that accounts are computed with; a rule that lapsed says so.

import { decText, field, form, quantityText, text, type CivilDate, type Json } from '../../../kernel/index.ts'
import { query, type AnyQuery } from '../../../core/record/index.ts'
import {
  evaluateExample,
  formulaText,
  legend,
  MARK_TEXT,
  shortQuantity,
  type Example,
  type Given,
  type Rule,
  type RuleBook,
} from '../../../core/rules/index.ts'
import { choicesOf, filled, shown, shownMaybe } from './fields.ts'
import type { OfficeWorld } from './office-world.ts'

const mark = field.choice({
  title: text('证据等级', 'evidence mark'),
  grade: 'public',
  choices: choicesOf(MARK_TEXT),
  example: 'confirmed',
})
const ruleId = shown('规则', 'rule', 'gep.r1.water-balance')

const HEAD = {
  id: ruleId,
  version: shown('版本', 'version', '0123456789ab'),
  zh: shown('名称', 'title in Chinese'),
  en: shown('英文名称', 'title'),
  formula: shown('公式', 'formula'),
  clause: shownMaybe('条款', 'clause'),
  instrument: shownMaybe('文件', 'instrument'),
  from: shown('起用日', 'in force from'),
  to: shownMaybe('停用日', 'in force to'),
  layer: shown('层级', 'layer', 'national'),
  region: shownMaybe('地区', 'region'),
  mark,
  source: shown('出处', 'source'),
  file: shown('规则文件', 'file'),
}

const headOf = (book: RuleBook, rule: Rule): Readonly<Record<string, unknown>> => {
  const instrument = rule.instrument === undefined ? undefined : book.instruments.get(rule.instrument)
  return {
    id: rule.id,
    version: rule.version,
    ...rule.title,
    formula: formulaText(rule),
    clause: rule.clause,
    instrument: instrument && [instrument.title.zh, instrument.number].filter(Boolean).join(' '),
    from: rule.force.from,
    to: rule.force.to,
    layer: rule.layer,
    region: rule.region,
    mark: rule.mark,
    source: rule.source.map((key) => book.sources.get(key)?.title.zh ?? key).join('；') || '—',
    file: rule.file,
  }
}

const rules = ({ book }: OfficeWorld): AnyQuery =>
  query({
    name: 'rules',
    title: text('规则', 'rules'),
    groups: ['public'],
    input: form({ find: field.optional(shown('编号、名称或公式含', 'id, title or formula contains', '容重')) }),
    row: form(HEAD),
    mayLag: true,
    run: (_, { find }) => Promise.resolve(book ? rulesOf(book, find).map((r) => filled(headOf(book, r))) : []),
  })

function rulesOf(book: RuleBook, find: string | undefined): readonly Rule[] {
  const part = find?.toLowerCase()
  return book.rules.filter(
    (r) =>
      part === undefined ||
      `${r.id} ${r.title.zh} ${r.title.en} ${formulaText(r)} ${r.clause ?? ''}`.toLowerCase().includes(part),
  )
}

const listed = (zh: string, en: string, fields: Parameters<typeof field.group>[0]) =>
  field.list(field.group(fields, { title: text(zh, en) }), { title: text(zh, en) })

const NAMES = listed('公式里的名称', 'names in the formula', {
  role: shown('是什么', 'role', 'input'),
  name: shown('名称', 'name', '降水量'),
  symbol: shownMaybe('符号', 'symbol', 'P'),
  unit: shownMaybe('单位', 'unit', 'mm'),
  zh: shown('含义', 'meaning in Chinese'),
  en: shown('英文含义', 'meaning'),
})
const PARAMETERS = listed('参数', 'parameters', {
  name: shown('名称', 'name', '容重'),
  parameter: shownMaybe('参数表里的编号', 'id in the list of parameters', 'gep.r2.bulk-density'),
  key: shownMaybe('条目', 'entry', 'forest'),
  by: shownMaybe('按什么取条目', 'what the entry is chosen by', 'class'),
  value: shownMaybe('数值', 'value', '1.27 t/m3'),
  mark: field.optional(mark),
})
const EXAMPLES = listed('算例', 'worked examples', {
  given: shown('给出', 'given'),
  steps: listed('过程', 'steps', {
    name: shown('名称', 'name'),
    formula: shown('公式', 'formula'),
    filled: shown('代入', 'filled in'),
    value: shown('得', 'value'),
  }),
  gives: shown('应得', 'what it must give'),
  cite: shownMaybe('出自', 'from'),
  line: shown('行', 'line'),
})

const rule = ({ book }: OfficeWorld): AnyQuery =>
  query({
    name: 'rule',
    title: text('一条规则', 'one rule'),
    groups: ['public'],
    input: form({
      rule: ruleId,
      on: field.optional(field.civilDate({ title: text('日期', 'on'), grade: 'public', example: '2024-12-31' })),
    }),
    row: form({
      ...HEAD,
      symbols: shownMaybe('公式（符号）', 'formula in symbols'),
      noteZh: shownMaybe('说明', 'note in Chinese'),
      noteEn: shownMaybe('英文说明', 'note'),
      lapsed: shownMaybe('已失效的依据', 'instrument that lapsed'),
      names: NAMES,
      parameters: PARAMETERS,
      rounding: shownMaybe('舍入', 'rounding'),
      examples: EXAMPLES,
    }),
    mayLag: true,
    run: (_, { rule: id, on }) =>
      Promise.resolve(
        book
          ? book.rules
              .filter((r) => r.id === id && (on === undefined || inForce(r, on)))
              .map((r) => filled({ ...headOf(book, r), ...detailOf(book, r, on) }))
          : [],
      ),
  })

const inForce = ({ force }: Rule, on: CivilDate): boolean =>
  on >= force.from && (force.to === undefined || on <= force.to)

function detailOf(book: RuleBook, r: Rule, on: CivilDate | undefined): Readonly<Record<string, unknown>> {
  const [names, symbols] = [formulaText(r), formulaText(r, 'symbols')]
  const lapsed = on === undefined ? [] : book.lapsed(r, on)
  const rounding = Object.entries(r.round).map(([name, { to, mode }]) => `${name}：${decText(to)}（${mode}）`)
  return {
    symbols: symbols === names ? undefined : symbols,
    noteZh: r.note?.zh,
    noteEn: r.note?.en,
    lapsed: lapsed.length === 0 ? undefined : lapsed.map((i) => i.title.zh).join('；'),
    names: legend(r).map(({ role, name, symbol, unit, title }) =>
      filled({ role, name, symbol, unit: unit?.text, ...title }),
    ),
    parameters: Object.entries(r.params).map(([name, p]) =>
      filled(
        'inline' in p
          ? { name, value: shortQuantity(p.inline.quantity), mark: p.inline.mark }
          : { name, parameter: p.book, key: p.key, by: p.by },
      ),
    ),
    rounding: rounding.length === 0 ? undefined : rounding.join('；'),
    examples: r.examples.map((e) => exampleOf(book, r, e)),
  }
}

function exampleOf(book: RuleBook, r: Rule, e: Example): Json {
  const { steps } = evaluateExample(book, r, e)
  const gives = Object.entries(e.gives).map(([name, { quantity }]) => `${name} ${quantitySaid(quantity)}`)
  return filled({
    given: [
      ...givenSaid(e.given),
      ...Object.entries(e.keys).map(([name, key]) => `${name}：${key}`),
      ...Object.entries(e.params).map(([name, q]) => `${name} ${quantitySaid(q)}`),
    ].join('；'),
    steps: steps.map((s) => ({ name: s.name, formula: s.formula, filled: s.filled, value: shortQuantity(s.value) })),
    gives: gives.join('；'),
    cite: e.cite,
    line: String(e.line),
  })
}

/** Every digit as written. */
const quantitySaid = (q: Parameters<typeof quantityText>[0]): string => {
  const { value, unit } = quantityText(q)
  return unit === '1' ? value : `${value} ${unit}`
}

const givenSaid = (given: Given): readonly string[] =>
  Object.entries(given).map(([name, v]) =>
    'unit' in v
      ? `${name} ${quantitySaid(v)}`
      : `${name}（${v
          .map((row) =>
            Object.entries(row)
              .map(([n, q]) => `${n} ${quantitySaid(q)}`)
              .join('，'),
          )
          .join('；')}）`,
  )

export const ruleQueries = (world: OfficeWorld): readonly AnyQuery[] => [rules(world), rule(world)]
