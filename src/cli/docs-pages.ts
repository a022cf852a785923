// The pages under docs/ that derive from declarations: problems, methods, arguments. Pure: text out of tables and rules.
// Always holds: a page holds nothing that is not declared in the code or the rule book, and equal declarations give equal pages.

import type { ProblemKind, Text } from '../kernel/index.ts'
import { formulaText, legend, MARK_TEXT, type Rule, type RuleBook } from '../core/rules/index.ts'
import {
  CUSTODIANS,
  findArgument,
  possibleArguments,
  pricesOf,
  requiredArguments,
  SERVICES,
  type Argument,
  type Method,
} from '../domains/accounting/index.ts'
import type { Given, Stage } from '../domains/accounting/methods/index.ts'

const both = (t: Text): string => `${t.zh} / ${t.en}`
/** A cell of a Markdown table: one line, bars and angle brackets made harmless. */
const cell = (s: string): string =>
  s
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/\s*\n\s*/g, ' ')
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
]
const made = (command: string): string =>
  `<!-- 由 \`qingshan docs ${command}\` 生成，请勿手改。/ Made by \`qingshan docs ${command}\`; do not edit by hand. -->`
const page = (lines: readonly string[]): string => `${lines.join('\n')}\n`

/** Every problem a person can meet, by area (the part of its code before the dot). */
export function problemsPage(kinds: ReadonlyMap<string, ProblemKind>): string {
  const codes = [...kinds.keys()].sort()
  const areas = [...new Set(codes.map((c) => c.slice(0, c.indexOf('.'))))]
  return page([
    made('problems'),
    '',
    '# 问题一览 / Problems',
    '',
    '红：必须改正才能继续。黄：要么改正，要么写明理由（“核实无误”之类的套话不算理由）。`{…}` 是填入的具体内容。',
    '',
    'Red stops the work until it is mended. Yellow wants mending or a reason (stock phrases are refused). `{…}` is filled in.',
    '',
    `共 ${codes.length} 种 / ${codes.length} kinds.`,
    ...areas.flatMap((area) => [
      '',
      `## ${area}`,
      '',
      ...table(
        ['编码 / code', '级别 / severity', '说明 / what is wrong', '怎么办 / what to do'],
        codes
          .filter((c) => c.startsWith(`${area}.`))
          .map((c) => {
            const k = kinds.get(c)!
            return [
              `\`${c}\``,
              k.severity === 'red' ? '红 red' : '黄 yellow',
              `${k.zh} ${k.en}`,
              `${k.hint.zh} ${k.hint.en}`,
            ]
          }),
      ),
    ]),
  ])
}

/** The catalogue of inputs. */
export function argumentsPage(all: readonly Argument[]): string {
  return page([
    made('arguments'),
    '',
    '# 输入一览 / Arguments',
    '',
    '核算可能用到的全部输入。资料表里写什么单位都可以，只要量纲相同；这里的单位是换算后的单位。',
    '超出“合理范围”的值会被询问，不会被改动。',
    '',
    'Every number an account may ask for. Any unit of the same dimension may stand in a workbook; values are converted to the',
    'unit given here. A value outside the range is questioned and never changed.',
    '',
    ...table(
      [
        '编号 / id',
        '名称 / name',
        '单位 / unit',
        '维度 / by',
        '范围 / range',
        '常见表头 / headings',
        '常见提供部门 / custodian',
      ],
      all.map((a) => [
        `\`${a.id}\``,
        both(a.title),
        a.unit,
        [
          ...a.by.map((d) => (d === 'class' ? '类型 class' : '细项 item')),
          ...(a.extensive ? ['可加 additive'] : []),
          ...(a.price ? ['价格 price'] : []),
        ].join('、') || '—',
        `${a.range[0]} – ${a.range[1]}`,
        a.headings.join('、'),
        both(CUSTODIANS[a.custodian]),
      ]),
    ),
  ])
}

/** Per service every method: what it reads, the formulas of its rules, its named choices, sources and marks. */
export function methodsPage(methods: readonly Method[], book: RuleBook): string {
  return page([
    made('methods'),
    '',
    '# 核算方法 / Methods',
    '',
    '每种方法只声明一次；表单、检查、报告和本页都由声明得出。公式来自 `rules/`，这里只是印出来。',
    '“未核实”的公式或数值只能用于试算，正式结果须逐条写明接受的理由。',
    '',
    'Each method is declared once; checks, report and this page derive from it. Formulas come from `rules/`. An unconfirmed',
    'formula or number serves a trial only, until it is accepted by name with a reason.',
    ...SERVICES.flatMap((s) => {
      const own = methods.filter((m) => m.service === s.id)
      return [
        '',
        `## ${s.id} ${both(s.title)}`,
        '',
        `SEEA EA：${both(s.seea)}`,
        ...(own.length === 0 ? ['', '尚无方法。/ No method yet.'] : own.flatMap((m) => methodLines(m, book))),
      ]
    }),
  ])
}

function methodLines(m: Method, book: RuleBook): readonly string[] {
  const required = new Set(requiredArguments(m))
  const prices = pricesOf(m)
  const args = [...new Set([...possibleArguments(m), ...prices])]
  const rules = [...new Set(m.stages.flatMap((s) => stageRules(m, s)))].flatMap((id) =>
    book.rules.filter((r) => r.id === id),
  )
  const need = (a: string): string =>
    prices.includes(a)
      ? '价格 price'
      : a === m.driver
        ? '逐行 one row each'
        : required.has(a)
          ? '必需 required'
          : '视选项 by choice'
  return [
    '',
    `### \`${m.id}\` ${both(m.title)}`,
    '',
    `${m.text.zh} ${m.text.en}`,
    '',
    ...table(
      ['输入 / argument', '名称 / name', '单位 / unit', '需要 / need'],
      args.map((a) => {
        const found = findArgument(a)
        return [`\`${a}\``, found ? both(found.title) : a, found?.unit ?? '—', need(a)]
      }),
    ),
    ...(m.books ? ['', `没有类型的行记到 / rows without a type are booked on: ${m.books.join('、')}`] : []),
    '',
    ...m.stages.map((st) => `- 结果 / gives: ${both(st.title)}，${st.unit}；${valueText(st)}`),
    ...choiceLines(m),
    ...rules.flatMap((r) => ruleLines(r)),
    '',
    `来源 / sources: ${sources(m.source, book)}`,
  ]
}

const valueText = ({ value }: Stage): string =>
  value === 'physical'
    ? '只入实物量账 / physical account only'
    : value === 'self'
      ? '本身就是价值 / money already'
      : 'price' in value
        ? `价值＝数量×\`${value.price}\` / value = quantity × price`
        : `价值由规则 \`${value.rule}\` 求得 / value by a rule`

const choiceLines = (m: Method): readonly string[] => {
  const choices = Object.entries(m.choices ?? {})
  if (choices.length === 0) return []
  return [
    '',
    '选项 / named choices:',
    '',
    ...choices.map(
      ([id, c]) =>
        `- \`${m.id}.${id}\` ${both(c.title)}：${Object.entries(c.values)
          .map(([v, t]) => (t.zh === v && t.en === v ? `\`${v}\`` : `\`${v}\` ${both(t)}`))
          .join('；')}`,
    ),
  ]
}

function ruleLines(r: Rule): readonly string[] {
  const notes = legend(r).map((l) => `${l.symbol ?? l.name}＝${l.title.zh}${l.unit ? `（${l.unit.text}）` : ''}`)
  const until = r.force.to === undefined ? '' : ` – ${r.force.to}`
  return [
    '',
    `规则 / rule \`${r.id}\` ${both(r.title)} · ${both(MARK_TEXT[r.mark])} · ${r.force.from ?? ''}${until} · \`rules/${r.file}\``,
    '',
    '```text',
    formulaText(r, 'symbols'),
    '```',
    '',
    `其中：${notes.join('；')}。`,
    ...(r.clause === undefined ? [] : ['', `依据 / clause: ${r.clause}`]),
  ]
}

const sources = (keys: readonly string[], book: RuleBook): string =>
  keys.map((k) => `${k}${book.sources.has(k) ? `（${both(book.sources.get(k)!.title)}）` : ''}`).join('；')

/** Rule ids of a stage, its factors and its valuation; `{name}` stands for every value of the named choice. */
function stageRules(m: Method, st: Stage): readonly string[] {
  const value = typeof st.value === 'object' && 'rule' in st.value ? st.value : undefined
  const givens = [...Object.values(st.given ?? {}), ...Object.values(value?.given ?? {})]
  const ids = [
    ...(st.rule === undefined ? [] : [st.rule]),
    ...givens.flatMap(givenRules),
    ...(value ? [value.rule] : []),
  ]
  return ids.flatMap((id) => expand(m, id))
}

function givenRules(g: Given): readonly string[] {
  if ('factor' in g) return [g.rule, ...Object.values(g.given).flatMap(givenRules)]
  if ('each' in g) return Object.values(g.fields).flatMap(givenRules)
  if ('table' in g) return g.table.flatMap((r) => Object.values(r).flatMap(givenRules))
  if ('choice' in g) return Object.values(g.of).flatMap(givenRules)
  return []
}

function expand(m: Method, id: string): readonly string[] {
  const name = /\{([^}]+)\}/.exec(id)?.[1]
  if (name === undefined) return [id]
  return Object.keys(m.choices?.[name]?.values ?? {}).flatMap((v) => expand(m, id.replace(`{${name}}`, v)))
}
