// The calculation chapter of a VEP report, one shape per method: formula with its legend, chosen numbers with ground and
// place, the rows that went in, and what came out. Always holds: inputs name their cell, outcomes carry their code.

import { assert, type Text } from '../../../kernel/index.ts'
import { formulaText, legend, type Rule, type RuleBook } from '../../../core/rules/index.ts'
import { exactText, shownText, unitLabel, type Block, type Cell, type Row } from '../report/index.ts'
import type { Fact } from '../model.ts'
import { COSTS, FACTORS, TIMING, type Chosen, type Factor } from './model.ts'
import { spansOf, type InputsOf } from './methods.ts'
import { cell, column } from './report-blocks.ts'
import { factText, originText, type VepPage } from './report-page.ts'

export function calculation(page: VepPage, book: RuleBook): readonly Block[] {
  const { inputs } = page.result.unit
  const title: Block = { kind: 'heading', level: 1, text: page.say('计算', 'Calculation') }
  const rule = ruleOf(page, book, 'value.exact')
  const head = [title, ...formula(page, rule)]
  switch (inputs.method) {
    case 'income':
      return [...head, ...income(page, inputs)]
    case 'market':
      return [...head, ...market(page, inputs)]
    case 'cost':
      return [...head, ...cost(page, inputs)]
    case 'value-change':
      return [
        ...head,
        ...(inputs.change === 'npv' ? formula(page, ruleOf(page, book, 'yearly')) : []),
        ...valueChange(page, inputs, book),
      ]
  }
}

function ruleOf(page: VepPage, book: RuleBook, what: string): Rule {
  const { recipe } = page.figure(what)
  assert(recipe.kind === 'rule', `${what} comes from a rule`)
  const rule = book.rules.find((r) => `${r.id}@${r.version}` === recipe.rule)
  assert(rule, `rule ${recipe.rule} is in the book`)
  return rule
}

function formula(page: VepPage, rule: Rule): readonly Block[] {
  return [
    {
      kind: 'paragraph',
      runs: [
        {
          text: `${page.t(rule.title)} ${rule.id}@${rule.version}${rule.clause ? page.say(`，依据：${rule.clause}`, `; clause: ${rule.clause}`) : ''}`,
        },
      ],
    },
    {
      kind: 'formula',
      text: formulaText(rule, 'symbols'),
      legend: legend(rule).flatMap((l) =>
        l.symbol === undefined
          ? []
          : [
              {
                symbol: l.symbol,
                text: page.t(l.title),
                ...(l.unit && l.unit.text !== '1' ? { unit: unitLabel(l.unit.text, page.lang) } : {}),
              },
            ],
      ),
    },
  ]
}

const placeCell = (f: Fact): Cell => ({ text: originText(f), emphasis: 'quiet' })

/** Chosen numbers: none has a default, so each stands with its ground. */
function chosenTable(page: VepPage, all: readonly (readonly [Text, Chosen | undefined])[]): Block {
  const rows = all.flatMap(([name, c]): readonly Row[] =>
    c ? [{ cells: [cell(page.t(name)), cell(factText(c.fact, page.lang)), cell(c.ground), placeCell(c.fact)] }] : [],
  )
  return {
    kind: 'table',
    caption: page.say('选定的数及其依据（本系统不设默认值）', 'Chosen numbers and their ground (none has a default)'),
    columns: [
      column(page.say('名称', 'Name'), 20),
      column(page.say('取值', 'Value'), 12, 'right'),
      column(page.say('依据', 'Ground'), 48),
      column(page.say('出处', 'Place'), 20),
    ],
    rows,
    rowHeads: 1,
  }
}

const NAMES = {
  discount: { zh: '折现率 r', en: 'discount rate r' },
  contribution: { zh: '生态贡献率 β', en: 'ecological contribution β' },
  term: { zh: '年限 n', en: 'term n' },
  compounding: { zh: '复利年利率 i', en: 'compounding rate i' },
  profit: { zh: '合理利润率 π', en: 'normal profit π' },
  depreciation: { zh: '折旧与减损 D', en: 'depreciation D' },
  size: { zh: '权利面积 A', en: 'area of the right A' },
} as const satisfies Record<string, Text>

const timingNote = (page: VepPage, timing: InputsOf<'income'>['timing']): readonly Block[] =>
  timing
    ? [
        {
          kind: 'paragraph',
          style: 'note',
          runs: [{ text: `${page.say('收付时点', 'Timing of payments')}：${page.t(TIMING[timing])}` }],
        },
      ]
    : []

const termChosen = (page: VepPage): Chosen | undefined => {
  const { term, right } = page.result.unit
  return term && { fact: term, ground: page.say(`权利至 ${right.to} 止`, `the right runs to ${right.to}`) }
}

const WAN = { zh: '万元', en: '10,000 yuan' } as const

function income(page: VepPage, inputs: InputsOf<'income'>): readonly Block[] {
  const term = page.result.unit.term!.quantity.value.toNumber()
  const nature = (years: readonly number[]): string => {
    const all = new Set(inputs.rows.filter((r) => years.includes(r.t)).map((r) => r.nature))
    return [
      all.has('actual') ? page.say('实绩', 'actual') : '',
      all.has('forecast') ? page.say('预测', 'forecast') : '',
    ]
      .filter(Boolean)
      .join('/')
  }
  const rows = spansOf(term).map(({ name, years }): Row => ({
    cells: [
      cell(name),
      cell(nature(years)),
      ...['revenue', 'cost', 'net', 'present'].map((w) => page.money(`${w}.${name}`)),
    ],
  }))
  const cells = inputs.rows.map((r) => r.amount.origin)
  const first = inputs.rows[0]!.amount
  return [
    chosenTable(page, [
      [NAMES.discount, inputs.discount],
      [NAMES.contribution, inputs.contribution],
      [NAMES.term, termChosen(page)],
    ]),
    ...timingNote(page, inputs.timing),
    {
      kind: 'table',
      caption: page.say('逐年收支与生态净收益现值', 'Accounts by year and present value of the part of the ecosystem'),
      columns: [
        column(page.say('年序', 'Year'), 7, 'center'),
        column(page.say('性质', 'Nature'), 10, 'center'),
        ...[
          page.say('收入', 'Revenue'),
          page.say('成本', 'Cost'),
          page.say('净收益', 'Net'),
          page.say('现值', 'Present value'),
        ].map((x) => column(x, 20, 'right', page.t(WAN))),
      ],
      rows: [
        ...rows,
        {
          kind: 'total',
          cells: [cell(page.say('合计', 'Total')), cell(''), cell(''), cell(''), cell(''), page.money('value')],
        },
      ],
      codes: 'below',
      rowHeads: 1,
      note: page.say(
        `取自${first.origin.file}“${first.origin.sheet}”表 ${cells[0]?.cell}–${cells.at(-1)?.cell}，共 ${cells.length} 个单元格；各科目见该表。`,
        `From ${first.origin.file}, sheet ${first.origin.sheet}, ${cells[0]?.cell}–${cells.at(-1)?.cell}, ${cells.length} cells; items stand there.`,
      ),
    },
  ]
}

function market(page: VepPage, inputs: InputsOf<'market'>): readonly Block[] {
  const factorKeys = Object.keys(FACTORS) as Factor[]
  const number = (f: Fact): Cell =>
    cell(shownText(f.quantity.value, Math.max(2, Math.min(4, f.quantity.value.decimalPlaces()))))
  const rows = inputs.deals.map((d, i): Row => ({
    cells: [
      cell(`${d.name}（${d.date}）`),
      number(d.price),
      ...factorKeys.map((k) => number(d.factors[k])),
      number(d.weight),
      page.amount(`deal.${i + 1}.price`),
      page.money(`deal.${i + 1}`),
    ],
  }))
  const range = (['low', 'median', 'high'] as const).map((k): Row => ({
    cells: [cell(page.t(page.figure(`range.${k}`).title)), page.money(`range.${k}`)],
  }))
  return [
    ...(inputs.size ? [chosenTable(page, [[NAMES.size, inputs.size]])] : []),
    {
      kind: 'table',
      caption: page.say('可比案例与修正', 'Comparable deals and their corrections'),
      columns: [
        column(page.say('案例', 'Deal'), 20),
        column(page.say('单价', 'Price'), 13, 'right', page.say('元/亩', 'yuan/mu')),
        ...factorKeys.map((k) => column(page.t(FACTORS[k]), 9, 'right')),
        column(page.say('权重', 'Weight'), 9, 'right'),
        column(page.say('修正单价', 'Corrected'), 19, 'right', page.say('元/亩', 'yuan/mu')),
        column(page.say('按此价值', 'Value by it'), 19, 'right', page.t(WAN)),
      ],
      rows: [
        ...rows,
        {
          kind: 'total',
          cells: [
            cell(page.say('加权', 'Weighted')),
            ...Array.from({ length: factorKeys.length + 2 }, () => cell('')),
            page.amount('price'),
            page.money('value'),
          ],
        },
      ],
      codes: 'below',
      rowHeads: 1,
    },
    { kind: 'list', items: inputs.deals.map((d) => [{ text: `${d.name}：${d.source}（${originText(d.price)}）` }]) },
    {
      kind: 'table',
      caption: page.say('案例区间', 'Range of the deals'),
      columns: [column(page.say('位置', 'Place'), 50), column(page.say('价值', 'Value'), 50, 'right', page.t(WAN))],
      rows: range,
      codes: 'beside',
      rowHeads: 1,
    },
  ]
}

function cost(page: VepPage, inputs: InputsOf<'cost'>): readonly Block[] {
  const rows = inputs.vouchers.map((v): Row => ({
    cells: [
      cell(page.t(COSTS[v.kind])),
      cell(v.item),
      cell(v.number),
      cell(factText(v.age, page.lang)),
      cell(factText(v.amount, page.lang)),
      placeCell(v.amount),
    ],
  }))
  return [
    chosenTable(page, [
      [NAMES.compounding, inputs.compounding],
      [NAMES.profit, inputs.profit],
      [NAMES.depreciation, inputs.depreciation],
    ]),
    {
      kind: 'table',
      caption: page.say('成本凭证', 'Cost vouchers'),
      columns: [
        column(page.say('类别', 'Kind'), 12),
        column(page.say('科目', 'Item'), 24),
        column(page.say('凭证号', 'Voucher'), 18),
        column(page.say('距今', 'Age'), 10, 'right'),
        column(page.say('金额', 'Amount'), 16, 'right'),
        column(page.say('出处', 'Place'), 20),
      ],
      rows,
      rowHeads: 2,
    },
    {
      kind: 'key-values',
      pairs: [
        { key: page.say('投入合计（名义额）', 'Outlays, nominal'), value: page.run('outlay') },
        { key: page.say('投入复利终值', 'Outlays, compounded'), value: page.run('compounded') },
        { key: page.say('单元价值', 'Value of the unit'), value: page.run('value') },
      ],
    },
  ]
}

function valueChange(page: VepPage, inputs: InputsOf<'value-change'>, book: RuleBook): readonly Block[] {
  const quantities = inputs.services.map((s): Row => ({
    cells: [
      cell(`${s.name}（${s.service}）`),
      cell(unitLabel(page.figure(`${s.name}.gain`).quantity.unit.text, page.lang)),
      page.amount(`${s.name}.with`),
      page.amount(`${s.name}.without`),
      page.amount(`${s.name}.gain`),
    ],
  }))
  const values = inputs.services.map((s): Row => ({
    cells: [
      cell(s.name),
      cell(s.price ? factText(s.price, page.lang) : '—'),
      page.money(`${s.name}.value.with`),
      page.money(`${s.name}.value.without`),
      page.money(`${s.name}.value.gain`),
    ],
  }))
  const sides = [page.say('有项目', 'With'), page.say('无项目', 'Without'), page.say('变化', 'Change')]
  const modelled = inputs.services.flatMap((s) => (s.rule ? formula(page, ruleOf(page, book, `${s.name}.with`)) : []))
  return [
    ...(inputs.change === 'npv'
      ? [
          chosenTable(page, [
            [NAMES.discount, inputs.discount],
            [NAMES.term, termChosen(page)],
          ]),
          ...timingNote(page, inputs.timing),
        ]
      : []),
    ...modelled,
    ...inputs.services.flatMap((s) => (s.rule ? [statesTable(page, s.name, s.with, s.without)] : [])),
    {
      kind: 'table',
      caption: page.say('有无项目的实物量（一年）', 'Physical quantities with and without the project, a year'),
      columns: [
        column(page.say('服务', 'Service'), 26),
        column(page.say('单位', 'Unit'), 11),
        ...sides.map((x) => column(x, 21, 'right')),
      ],
      rows: quantities,
      codes: 'below',
      rowHeads: 1,
      note: page.say(
        '有项目、无项目由同一规则、同一参数算出；未列规则的服务取实测或设计实物量。',
        'With and without come from one rule with one set of parameters; services without a rule take measured or designed quantities.',
      ),
    },
    {
      kind: 'table',
      caption: page.say('有无项目的价值（一年）', 'Values with and without the project, a year'),
      columns: [
        column(page.say('服务', 'Service'), 20),
        column(page.say('单价', 'Price'), 17, 'right'),
        ...sides.map((x) => column(x, 21, 'right', page.t(WAN))),
      ],
      rows: [
        ...values,
        {
          kind: 'total',
          cells: [
            cell(page.say('年价值变化量', 'Change of value a year')),
            cell(''),
            cell(''),
            cell(''),
            page.money(inputs.change === 'npv' ? 'yearly' : 'value'),
          ],
        },
      ],
      codes: 'below',
      rowHeads: 1,
      note: inputs.services
        .map((s) => `${s.name}：${s.priceGround}${s.price ? `（${originText(s.price)}）` : ''}`)
        .join('；'),
    },
  ]
}

function statesTable(
  page: VepPage,
  name: string,
  withIt: Readonly<Record<string, Fact>>,
  without: Readonly<Record<string, Fact>>,
): Block {
  return {
    kind: 'table',
    caption: page.say(`${name}：规则输入`, `${name}: inputs of the rule`),
    columns: [
      column(page.say('变量', 'Variable'), 21),
      column(page.say('单位', 'Unit'), 22),
      column(page.say('有项目', 'With'), 13, 'right'),
      column(page.say('无项目', 'Without'), 13, 'right'),
      column(page.say('出处', 'Place'), 31),
    ],
    rows: Object.entries(withIt).map(([k, f]): Row => {
      const other = without[k]
      return {
        cells: [
          cell(k),
          cell(unitLabel(f.quantity.unit.text, page.lang)),
          cell(exactText(f.quantity.value, 8)),
          cell(other ? exactText(other.quantity.value, 8) : '—'),
          { text: `${originText(f)} / ${other?.origin.cell ?? '—'}`, emphasis: 'quiet' },
        ],
      }
    }),
    rowHeads: 1,
  }
}
