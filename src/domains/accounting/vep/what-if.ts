// What one step of each chosen number would do: r ±1 point, β ±0.1, n ±1 year, compounding and profit ±1 point.
// Serves "chosen values are printed with what ±1 point and ±0.1 would do". Always holds: everything else stays as it
// stands, and a step that is not possible (β above 1, a year beyond the right) is named with its reason.

import {
  assert,
  convert,
  dec,
  decText,
  quantity,
  text,
  type CivilDate,
  type Dec,
  type Text,
} from '../../../kernel/index.ts'
import type { Fact, Recipe, Ref } from '../model.ts'
import { moved, type Bench } from './bench.ts'
import { costGiven, INCOME_RULE, incomeRows, NPV_RULE, VALUE_OUTPUT, yearsOf, type InputsOf } from './methods.ts'
import { figureKeyOf, type Chosen, type VepUnit, type WhatIf } from './model.ts'
import { remainingYears } from './right-years.ts'

interface Step {
  readonly tag: string
  readonly label: Text
  /** The recipe of the moved value, or why there is none. */
  readonly made: Recipe | Text
}
const isRecipe = (m: Recipe | Text): m is Recipe => 'kind' in m

/** Adds the what-if figures of a unit that has been valued. */
export function whatIfs(b: Bench, unit: VepUnit, date: CivilDate): readonly WhatIf[] {
  return stepsOf(b, unit, date).map(({ tag, label, made }) => {
    if (!isRecipe(made)) return { label, why: made }
    const what = `what-if.${tag}`
    b.add(what, text(`若${label.zh}`, `if ${label.en}`), made)
    return { label, figure: figureKeyOf(b.unit, what) }
  })
}

function stepsOf(b: Bench, unit: VepUnit, date: CivilDate): readonly Step[] {
  const { inputs } = unit
  switch (inputs.method) {
    case 'income':
      return incomeSteps(b, inputs, unit, date)
    case 'cost':
      return costSteps(b, inputs)
    case 'value-change':
      return inputs.change === 'npv' ? npvSteps(b, inputs, unit, date) : []
    case 'market':
      return []
  }
}

const SIGNS = [-1, 1] as const
const sign = (n: number): string => (n > 0 ? '+' : '−')
const stated = <T>(v: T | undefined): T => {
  assert(v !== undefined, 'a valued unit has stated it')
  return v
}

interface Move {
  readonly tag: string
  readonly symbol: string
  readonly name: Text
  readonly step: Dec
  /** Unit in which the step and the bounds count. */
  readonly unit: string
  readonly low: Dec
  readonly high: Dec
  readonly stepText: Text
}

const RATE: Move = {
  tag: 'r',
  symbol: 'r',
  name: text('折现率', 'discount rate'),
  step: dec(1),
  unit: '%',
  low: dec('0.01'),
  high: dec(100),
  stepText: text('1 个百分点', '1 point'),
}
const INTEREST: Move = { ...RATE, tag: 'i', symbol: 'i', name: text('复利年利率', 'compounding rate'), low: dec(0) }
const PROFIT: Move = { ...INTEREST, tag: 'profit', symbol: 'π', name: text('利润率', 'profit') }
const SHARE: Move = {
  tag: 'beta',
  symbol: 'β',
  name: text('生态贡献率', 'ecological contribution'),
  step: dec('0.1'),
  unit: '1',
  low: dec(0),
  high: dec(1),
  stepText: text('0.1', '0.1'),
}

/** Both steps of one chosen number. */
function move(b: Bench, m: Move, chosen: Chosen, recipe: (ref: Ref) => Recipe): readonly Step[] {
  return SIGNS.map((way): Step => {
    const to = convert(chosen.fact.quantity, m.unit).value.plus(m.step.times(way))
    const shown = `${decText(to)}${m.unit === '1' ? '' : ` ${m.unit}`}`
    const tag = `${m.tag}${way > 0 ? '+' : '-'}`
    const label = text(
      `${m.name.zh} ${m.symbol} ${sign(way)}${m.stepText.zh}（${shown}）`,
      `${m.name.en} ${m.symbol} ${sign(way)}${m.stepText.en} (${shown})`,
    )
    if (to.lt(m.low) || to.gt(m.high))
      return { tag, label, made: text(`${m.symbol} 不能取 ${shown}`, `${m.symbol} cannot be ${shown}`) }
    return { tag, label, made: recipe(b.fact(moved(chosen.fact, tag, quantity(to, m.unit), shown))) }
  })
}

const BEYOND = text('超出剩余权利期限', 'beyond the remaining right')
const NO_YEAR = text('年限不足一年', 'less than one year')

/** One year less and one more; a year more only within the right. */
function moveTerm(unit: VepUnit, date: CivilDate, made: (n: number, tag: string) => Recipe): readonly Step[] {
  const n = stated(unit.term).quantity.value.toNumber()
  return SIGNS.map((way): Step => {
    const to = n + way
    const tag = `n${way > 0 ? '+' : '-'}`
    const label = text(`年限 n ${sign(way)}1 年（${to} 年）`, `term n ${sign(way)}1 year (${to} years)`)
    if (to < 1) return { tag, label, made: NO_YEAR }
    return { tag, label, made: to > remainingYears(date, unit.right.to) ? BEYOND : made(to, tag) }
  })
}

const movedTerm = (term: Fact, n: number, tag: string): Fact => moved(term, tag, quantity(n, 'a'), String(n))

function incomeSteps(b: Bench, inputs: InputsOf<'income'>, unit: VepUnit, date: CivilDate): readonly Step[] {
  const n = stated(unit.term).quantity.value.toNumber()
  const [discount, contribution] = [stated(inputs.discount), stated(inputs.contribution)]
  const rate = b.fact(discount.fact)
  const share = b.fact(contribution.fact)
  const by = (rows: readonly Readonly<Record<string, Ref>>[], r: Ref): Recipe =>
    b.byRule(INCOME_RULE[stated(inputs.timing)], VALUE_OUTPUT, { 逐年: { rows }, 贴现率: r })
  const all = (s: Ref): readonly Readonly<Record<string, Ref>>[] => incomeRows(b, inputs.rows, yearsOf(n), s)
  return [
    ...move(b, RATE, discount, (r) => by(all(share), r)),
    ...move(b, SHARE, contribution, (s) => by(all(s), rate)),
    ...moveTerm(unit, date, (to, tag) => {
      if (to < n) return by(incomeRows(b, inputs.rows, yearsOf(to), share), rate)
      const last = inputs.rows.filter((r) => r.t === n)
      const year = b.fact(moved(last[0]!.year, tag, quantity(to, 'a'), `${to}（重复第 ${n} 年 repeats year ${n}）`))
      const again = incomeRows(b, inputs.rows, [n], share)[0]!
      return by([...all(share), { ...again, 年序: year }], rate)
    }),
  ]
}

function costSteps(b: Bench, inputs: InputsOf<'cost'>): readonly Step[] {
  const [compounding, profit] = [stated(inputs.compounding), stated(inputs.profit)]
  const by = (rate: Ref, p: Ref): Recipe => b.byRule('vep.cost', VALUE_OUTPUT, costGiven(b, inputs, rate, p))
  return [
    ...move(b, INTEREST, compounding, (r) => by(r, b.fact(profit.fact))),
    ...move(b, PROFIT, profit, (p) => by(b.fact(compounding.fact), p)),
  ]
}

function npvSteps(b: Bench, inputs: InputsOf<'value-change'>, unit: VepUnit, date: CivilDate): readonly Step[] {
  const discount = stated(inputs.discount)
  const term = stated(unit.term)
  const by = (r: Ref, n: Ref): Recipe =>
    b.byRule(NPV_RULE[stated(inputs.timing)], '变化现值', { 年价值变化: b.figure('yearly'), 贴现率: r, 年限: n })
  return [
    ...move(b, RATE, discount, (r) => by(r, b.fact(term))),
    ...moveTerm(unit, date, (to, tag) => by(b.fact(discount.fact), b.fact(movedTerm(term, to, tag)))),
  ]
}
