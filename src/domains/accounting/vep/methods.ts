// The four methods on one unit (gep.md section 12): which rules are applied to which facts, and which figures come out.
// The formulas stand in rules/national/vep and nowhere else. Always holds: with and without the project go through the
// same rule on the same keys at the same price, and nothing is used that somebody did not state.

import { assert, ProblemError, text, type Text } from '../../../kernel/index.ts'
import type { Fact, Recipe, Ref } from '../model.ts'
import type { Bench } from './bench.ts'
import {
  figureKeyOf,
  MEASURED,
  type AccountRow,
  type Deal,
  type Inputs,
  type PaymentTiming,
  type ServiceChange,
  type ServiceState,
  type VepUnit,
} from './model.ts'
import { problem } from './problems.ts'

export type InputsOf<M extends Inputs['method']> = Extract<Inputs, { readonly method: M }>
export const VALUE_OUTPUT = '地块价值'
export const INCOME_RULE: Readonly<Record<PaymentTiming, string>> = {
  end: 'vep.income.yearly-end',
  begin: 'vep.income.yearly-begin',
}
export const NPV_RULE: Readonly<Record<PaymentTiming, string>> = {
  end: 'vep.value-change-npv',
  begin: 'vep.value-change-npv-begin',
}
const VALUE: Text = text('特定地域单元生态产品价值', 'Ecosystem product value of the unit')

function given<T>(value: T | undefined, what: string): T {
  assert(value !== undefined, `${what} was checked before`)
  return value
}
export const factsOf = (b: Bench, facts: readonly Fact[]): Ref => ({ sum: facts.map((f) => b.fact(f)) })

/** Values the unit; the figure `value` is the result, in fen. @throws ProblemError of a rule or an input */
export function valueUnit(b: Bench, unit: VepUnit): void {
  const recipe = ((): Recipe => {
    switch (unit.inputs.method) {
      case 'income':
        return income(b, unit.inputs, unit)
      case 'market':
        return market(b, unit.inputs, unit)
      case 'cost':
        return cost(b, unit.inputs)
      case 'value-change':
        return valueChange(b, unit.inputs, unit)
    }
  })()
  const exact = b.add('value.exact', text('价值（未舍入）', 'value before rounding'), recipe)
  b.add('value', VALUE, { kind: 'money', of: exact })
}

// ---- income

/** One row of the rule per year of the term; amounts are the sums of the year's lines. */
export function incomeRows(
  b: Bench,
  rows: readonly AccountRow[],
  years: readonly number[],
  contribution: Ref,
): readonly Readonly<Record<string, Ref>>[] {
  return years.map((t) => {
    const of = rows.filter((r) => r.t === t)
    const side = (s: AccountRow['side']): Ref =>
      factsOf(
        b,
        of.filter((r) => r.side === s).map((r) => r.amount),
      )
    return { 年序: b.fact(of[0]!.year), 收入: side('revenue'), 成本: side('cost'), 生态贡献率: contribution }
  })
}
/** The years a report prints: five by themselves, then in blocks, so that a term of any length fits its pages. */
export function spansOf(n: number): readonly { readonly name: string; readonly years: readonly number[] }[] {
  const size = n > 30 ? 10 : 5
  const alone = Math.min(n, 5)
  const blocks: { readonly name: string; readonly years: readonly number[] }[] = yearsOf(alone).map((t) => ({
    name: String(t),
    years: [t],
  }))
  for (let from = alone + 1; from <= n; from += size) {
    const to = Math.min(n, from + size - 1)
    blocks.push({ name: from === to ? String(from) : `${from}-${to}`, years: yearsOf(n).slice(from - 1, to) })
  }
  return blocks
}
export const yearsOf = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1)

/** What stands in the report for each year or block of years. */
const PARTS = [
  ['revenue', '收入', 'revenue'],
  ['cost', '成本', 'cost'],
  ['net', '净收益', 'net income'],
  ['present', '现值', 'present value'],
] as const

function income(b: Bench, inputs: InputsOf<'income'>, unit: VepUnit): Recipe {
  const n = given(unit.term, 'term').quantity.value.toNumber()
  const rule = INCOME_RULE[given(inputs.timing, 'timing')]
  const rate = b.fact(given(inputs.discount, 'discount').fact)
  const rows = incomeRows(b, inputs.rows, yearsOf(n), b.fact(given(inputs.contribution, 'contribution').fact))
  rows.forEach((row, i) => {
    const t = i + 1
    const revenue = b.add(`revenue.${t}`, text(`第 ${t} 年收入`, `revenue of year ${t}`), {
      kind: 'money',
      of: row['收入']!,
    })
    const cost = b.add(`cost.${t}`, text(`第 ${t} 年成本`, `cost of year ${t}`), { kind: 'money', of: row['成本']! })
    b.add(`net.${t}`, text(`第 ${t} 年净收益`, `net income of year ${t}`), {
      kind: 'difference',
      of: revenue,
      minus: cost,
    })
    b.add(
      `present.${t}`,
      text(`第 ${t} 年现值`, `present value of year ${t}`),
      b.byRule(rule, VALUE_OUTPUT, { 逐年: { rows: [row] }, 贴现率: rate }),
    )
  })
  for (const { name, years } of spansOf(n))
    if (years.length > 1)
      for (const [what, zh, en] of PARTS)
        b.add(`${what}.${name}`, text(`第 ${name} 年${zh}`, `${en}, years ${name}`), {
          kind: 'sum',
          of: years.map((t) => figureKeyOf(b.unit, `${what}.${t}`)),
        })
  return b.byRule(rule, VALUE_OUTPUT, { 逐年: { rows }, 贴现率: rate })
}

// ---- market comparison

const dealRow = (b: Bench, d: Deal): Readonly<Record<string, Ref>> => ({
  单价: b.fact(d.price),
  区位修正: b.fact(d.factors.location),
  时间修正: b.fact(d.factors.time),
  质量修正: b.fact(d.factors.quality),
  权利修正: b.fact(d.factors.rights),
  权重: b.fact(d.weight),
})

function market(b: Bench, inputs: InputsOf<'market'>, unit: VepUnit): Recipe {
  const size = b.fact(inputs.size?.fact ?? unit.area)
  const by = (deals: readonly Deal[], output: string, weight?: Ref): Recipe =>
    b.byRule('vep.market', output, {
      案例: { rows: deals.map((d) => ({ ...dealRow(b, d), ...(weight ? { 权重: weight } : {}) })) },
      面积: size,
    })
  const ranked = inputs.deals
    .map((deal, i) => {
      b.add(
        `deal.${i + 1}.price`,
        text(`案例“${deal.name}”修正后单价`, `corrected price of the deal "${deal.name}"`),
        by([deal], '修正单价'),
      )
      b.add(
        `deal.${i + 1}`,
        text(`按案例“${deal.name}”的价值`, `value by the deal "${deal.name}"`),
        by([deal], VALUE_OUTPUT),
      )
      return { deal, value: b.quantityOf(`deal.${i + 1}`).value }
    })
    .sort((x, y) => x.value.cmp(y.value))
  const at = (i: number): Deal => ranked[i]!.deal
  const half = Math.floor(ranked.length / 2)
  // The mean of two deals is the rule with one weight for both.
  const middle = ranked.length % 2 === 1 ? [at(half)] : [at(half - 1), at(half)]
  b.add('range.low', text('可比案例区间：最低', 'range of the deals: lowest'), by([at(0)], VALUE_OUTPUT))
  b.add(
    'range.median',
    text('可比案例区间：中位数', 'range of the deals: median'),
    by(middle, VALUE_OUTPUT, b.fact(middle[0]!.weight)),
  )
  b.add(
    'range.high',
    text('可比案例区间：最高', 'range of the deals: highest'),
    by([at(ranked.length - 1)], VALUE_OUTPUT),
  )
  b.add('price', text('加权修正单价', 'weighted corrected price'), by(inputs.deals, '修正单价'))
  return by(inputs.deals, VALUE_OUTPUT)
}

// ---- cost

export const costGiven = (
  b: Bench,
  inputs: InputsOf<'cost'>,
  rate: Ref,
  profit: Ref,
): Readonly<Record<string, Ref>> => ({
  投入: { rows: inputs.vouchers.map((v) => ({ 金额: b.fact(v.amount), 距今年数: b.fact(v.age) })) },
  年利率: rate,
  利润率: profit,
  折旧: b.fact(given(inputs.depreciation, 'depreciation').fact),
})

function cost(b: Bench, inputs: InputsOf<'cost'>): Recipe {
  const g = costGiven(
    b,
    inputs,
    b.fact(given(inputs.compounding, 'compounding').fact),
    b.fact(given(inputs.profit, 'profit').fact),
  )
  b.add('outlay', text('投入合计（名义额）', 'outlays, nominal'), {
    kind: 'money',
    of: factsOf(
      b,
      inputs.vouchers.map((v) => v.amount),
    ),
  })
  b.add('compounded', text('投入复利终值', 'outlays, compounded'), b.byRule('vep.cost', '投入终值', g))
  return b.byRule('vep.cost', VALUE_OUTPUT, g)
}

// ---- with and without the project

function physical(b: Bench, s: ServiceChange, state: ServiceState): Recipe {
  if (!s.rule) return b.asGiven(given(state[MEASURED], MEASURED))
  const { rule } = b.rule(s.rule.id)
  const refs = Object.fromEntries(
    Object.keys(rule.inputs).map((name) => {
      const fact = state[name]
      if (!fact)
        throw new ProblemError(problem('vep.rule-input', { unit: b.unit, service: s.name, rule: rule.id, input: name }))
      return [name, b.fact(fact)]
    }),
  )
  return b.byRule(s.rule.id, s.rule.output, refs, s.rule.keys)
}

function valueChange(b: Bench, inputs: InputsOf<'value-change'>, unit: VepUnit): Recipe {
  const rows = inputs.services.map((s) => {
    const price = b.fact(given(s.price, 'price'))
    const quantities = [
      b.add(
        `${s.name}.with`,
        text(`${s.name}：有项目`, `${s.name}: with the project`),
        physical(b, s, s.with),
        'quantity',
      ),
      b.add(
        `${s.name}.without`,
        text(`${s.name}：无项目`, `${s.name}: without the project`),
        physical(b, s, s.without),
        'quantity',
      ),
    ] as const
    b.add(
      `${s.name}.gain`,
      text(`${s.name}：变化量`, `${s.name}: change`),
      { kind: 'difference', of: quantities[0], minus: quantities[1] },
      'quantity',
    )
    const values = [
      b.add(`${s.name}.value.with`, text(`${s.name}价值：有项目`, `value of ${s.name}: with the project`), {
        kind: 'price',
        quantity: quantities[0],
        price,
      }),
      b.add(`${s.name}.value.without`, text(`${s.name}价值：无项目`, `value of ${s.name}: without the project`), {
        kind: 'price',
        quantity: quantities[1],
        price,
      }),
    ] as const
    b.add(`${s.name}.value.gain`, text(`${s.name}价值：变化`, `value of ${s.name}: change`), {
      kind: 'difference',
      of: values[0],
      minus: values[1],
    })
    return { 有项目: values[0], 无项目: values[1] }
  })
  const yearly = b.byRule('vep.value-change', '年价值变化', { 服务: { rows } })
  if (inputs.change === 'annual') return yearly
  const change = b.add('yearly', text('年价值变化量', 'change of value a year'), yearly)
  return b.byRule(NPV_RULE[given(inputs.timing, 'timing')], '变化现值', {
    年价值变化: change,
    贴现率: b.fact(given(inputs.discount, 'discount').fact),
    年限: b.fact(given(unit.term, 'term')),
  })
}
