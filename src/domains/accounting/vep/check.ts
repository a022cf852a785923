// What a unit must have before it is valued: right, term, school, validity, the evidence of its method and every chosen
// number with its ground. Serves "VEP of a place". Always holds: all reasons are given at once, and a red one refuses the unit.

import { convert, dec, decText, type CivilDate, type Dec, type Problem, type Text } from '../../../kernel/index.ts'
import type { Fact } from '../model.ts'
import {
  EVIDENCE,
  FACTORS,
  MEASURED,
  METHODS,
  SCHOOLS,
  type Chosen,
  type EvidenceKind,
  type Factor,
  type Inputs,
  type VepMethod,
  type VepUnit,
} from './model.ts'
import { problem } from './problems.ts'
import { remainingYears, termEnd } from './right-years.ts'

/** Papers each method asks for (gep.md section 12); the proof of the right is asked for by the right itself. */
export const ASKED_FOR: Readonly<Record<VepMethod, readonly EvidenceKind[]>> = {
  income: ['operator-accounts', 'contribution-ground', 'discount-ground'],
  market: ['comparable-deals'],
  cost: ['cost-vouchers'],
  'value-change': ['baseline-survey', 'project-survey'],
}
export const LEAST_DEALS = 3
const USUAL_FACTOR = { low: dec('0.7'), high: dec('1.3') }

type Tell = (
  code: Parameters<typeof problem>[0],
  values?: Readonly<Record<string, string | number>>,
  fact?: Fact,
) => void

/** Everything that stands against valuing the unit as of `date`; `on` is the day the result is to be used. */
export function checkUnit(unit: VepUnit, date: CivilDate, on: CivilDate): readonly Problem[] {
  const found: Problem[] = []
  const tell: Tell = (code, values = {}, fact) => {
    const o = fact?.origin
    const at = o
      ? {
          file: o.file,
          ...(o.sheet ? { sheet: o.sheet } : {}),
          ...(o.cell ? { cell: o.cell } : {}),
          ...(o.line ? { line: o.line } : {}),
        }
      : { file: 'vep.yaml', line: unit.line }
    found.push(problem(code, { unit: unit.id, ...values }, at))
  }
  checkSchool(unit, tell)
  checkRight(unit, date, tell)
  checkValidity(unit, date, on, tell)
  for (const kind of ASKED_FOR[unit.method])
    if (!unit.evidence.some((e) => e.kind === kind && e.sha256 !== ''))
      tell('vep.no-evidence', {
        method: METHODS[unit.method].zh,
        methodEn: METHODS[unit.method].en.toLowerCase(),
        what: EVIDENCE[kind].zh,
        whatEn: EVIDENCE[kind].en,
      })
  checkInputs(unit.inputs, unit, tell)
  return [...unit.problems, ...found]
}

function checkSchool(unit: VepUnit, tell: Tell): void {
  if (!unit.school) return tell('vep.no-school')
  if ((unit.school === 'project-gep') !== (unit.method === 'value-change'))
    tell('vep.school-method', {
      school: SCHOOLS[unit.school].zh,
      schoolEn: SCHOOLS[unit.school].en,
      method: METHODS[unit.method].zh,
      methodEn: METHODS[unit.method].en.toLowerCase(),
    })
}

/** Methods that look ahead have a term; what was spent or is traded today has none. */
export const needsTerm = (inputs: Inputs): boolean =>
  inputs.method === 'income' || (inputs.method === 'value-change' && inputs.change === 'npv')

function checkRight(unit: VepUnit, date: CivilDate, tell: Tell): void {
  const { from, to } = unit.right
  if (from > to) return tell('vep.dates-reversed', { what: '权利期限', whatEn: 'the right', from, to })
  if (date < from || date > to) return tell('vep.right-not-in-force', { from, to, date })
  if (!unit.term) return needsTerm(unit.inputs) ? tell('vep.no-term') : undefined
  const term = unit.term.quantity.value.toNumber()
  if (term < 1) return tell('vep.term-zero', {}, unit.term)
  const left = remainingYears(date, to)
  if (term > left) tell('vep.term-beyond-right', { term, end: termEnd(date, term), right: to, left }, unit.term)
}

function checkValidity(unit: VepUnit, date: CivilDate, on: CivilDate, tell: Tell): void {
  const { from, to } = unit.valid
  if (from > to) return tell('vep.dates-reversed', { what: '有效期', whatEn: 'the validity', from, to })
  if (from < date) tell('vep.validity-too-early', { from, date })
  if (to < on) tell('vep.validity-passed', { to, on })
}

const WHAT = {
  discount: { zh: '折现率 r', en: 'the discount rate r' },
  contribution: { zh: '生态贡献率 β', en: 'the ecological contribution β' },
  compounding: { zh: '复利年利率', en: 'the compounding rate' },
  profit: { zh: '合理利润率', en: 'the normal profit' },
  depreciation: { zh: '折旧', en: 'the depreciation (0 where there is none)' },
  timing: { zh: '收付时点（年末 end 或年初 begin）', en: 'the timing of payments (end or begin)' },
  change: {
    zh: '变化量的表达（年值 annual 或现值 npv）',
    en: 'whether the yearly change or its present value is meant (annual or npv)',
  },
} as const satisfies Record<string, Text>
type Wanted = keyof typeof WHAT

function want(key: Wanted, value: Chosen | undefined, tell: Tell, bounds?: readonly [Dec, Dec, string, string]): void {
  const names = { what: WHAT[key].zh, whatEn: WHAT[key].en, key }
  if (!value) return tell('vep.no-chosen', names)
  if (value.ground === '') tell('vep.no-ground', names, value.fact)
  if (!bounds) return
  const share = convert(value.fact.quantity, bounds[3]).value
  if (share.gte(bounds[0]) && share.lte(bounds[1])) return
  if (key === 'contribution') tell('vep.contribution-range', { value: value.fact.typed }, value.fact)
  else
    tell(
      'vep.rate-range',
      { ...names, value: value.fact.typed, low: bounds[2], high: `${decText(bounds[1])} ${bounds[3]}` },
      value.fact,
    )
}

const SHARE = [dec(0), dec(1), '0', '1'] as const
/** A rate of nought has no annuity; more than 30 % is a forgotten percent sign. */
const RATE = [dec('0.01'), dec(30), '0.01 %', '%'] as const
const INTEREST = [dec(0), dec(30), '0', '%'] as const
const PROFIT = [dec(0), dec(100), '0', '%'] as const

function checkInputs(inputs: Inputs, unit: VepUnit, tell: Tell): void {
  switch (inputs.method) {
    case 'income':
      want('contribution', inputs.contribution, tell, SHARE)
      want('discount', inputs.discount, tell, RATE)
      if (!inputs.timing) tell('vep.no-chosen', { what: WHAT.timing.zh, whatEn: WHAT.timing.en, key: 'timing' })
      return checkAccounts(inputs, unit, tell)
    case 'market':
      return checkDeals(inputs, tell)
    case 'cost':
      want('compounding', inputs.compounding, tell, INTEREST)
      want('profit', inputs.profit, tell, PROFIT)
      want('depreciation', inputs.depreciation, tell)
      if (inputs.vouchers.length === 0) tell('vep.no-vouchers')
      for (const v of inputs.vouchers) if (v.number === '') tell('vep.voucher-number', { item: v.item }, v.amount)
      return
    case 'value-change':
      if (!inputs.change) tell('vep.no-chosen', { what: WHAT.change.zh, whatEn: WHAT.change.en, key: 'change' })
      if (inputs.change === 'npv') {
        want('discount', inputs.discount, tell, RATE)
        if (!inputs.timing) tell('vep.no-chosen', { what: WHAT.timing.zh, whatEn: WHAT.timing.en, key: 'timing' })
      }
      return checkServices(inputs, tell)
  }
}

function checkAccounts({ rows }: Extract<Inputs, { method: 'income' }>, unit: VepUnit, tell: Tell): void {
  if (!unit.term) return
  const term = unit.term.quantity.value.toNumber()
  const lacking = (['revenue', 'cost'] as const).flatMap((side) =>
    Array.from({ length: term }, (_, i) => i + 1)
      .filter((t) => !rows.some((r) => r.t === t && r.side === side))
      .map((t) => ({ t, side })),
  )
  const first = lacking[0]
  const beyond = rows.find((r) => r.t > term)
  if (first)
    tell('vep.years-unlike-term', {
      term,
      what: `缺第 ${first.t} 年的${first.side === 'revenue' ? '收入' : '成本'}等 ${lacking.length} 处 / ${first.side} of year ${first.t} and ${lacking.length - 1} more are missing`,
    })
  if (beyond)
    tell('vep.years-unlike-term', { term, what: `却有第 ${beyond.t} 年 / there is a year ${beyond.t}` }, beyond.amount)
  if (rows.length > 0 && rows.every((r) => r.nature === 'forecast')) tell('vep.no-actuals')
  const negative = Array.from({ length: term }, (_, i) => i + 1).filter((t) => netOf(rows, t).isNegative())
  if (!first && negative.length > 0) tell('vep.negative-net', { count: negative.length, first: negative[0]! })
}

const netOf = (rows: Extract<Inputs, { method: 'income' }>['rows'], t: number): Dec =>
  rows
    .filter((r) => r.t === t)
    .reduce(
      (sum, r) =>
        r.side === 'revenue'
          ? sum.plus(convert(r.amount.quantity, '元').value)
          : sum.minus(convert(r.amount.quantity, '元').value),
      dec(0),
    )

function checkDeals({ deals }: Extract<Inputs, { method: 'market' }>, tell: Tell): void {
  if (deals.length < LEAST_DEALS) tell('vep.few-deals', { count: deals.length })
  for (const d of deals) {
    if (d.source === '') tell('vep.deal-source', { deal: d.name }, d.price)
    for (const key of Object.keys(FACTORS) as Factor[]) {
      const { value } = d.factors[key].quantity
      if (value.lt(USUAL_FACTOR.low) || value.gt(USUAL_FACTOR.high))
        tell(
          'vep.deal-factor',
          { deal: d.name, factor: FACTORS[key].zh, factorEn: FACTORS[key].en, value: d.factors[key].typed },
          d.factors[key],
        )
    }
  }
}

function checkServices({ services }: Extract<Inputs, { method: 'value-change' }>, tell: Tell): void {
  if (services.length === 0) tell('vep.no-services')
  for (const s of services) {
    const lacks = (zh: string, en: string): void =>
      tell('vep.service-incomplete', { service: s.name, what: zh, whatEn: en })
    if (!s.price) lacks('单价', 'a price')
    else if (s.priceGround === '') lacks('单价的依据', 'the ground of its price')
    const names = [...new Set([...Object.keys(s.with), ...Object.keys(s.without)])]
    if (names.length === 0 || (!s.rule && !names.includes(MEASURED)))
      lacks(`变量${s.rule ? '' : `“${MEASURED}”`}`, `variables${s.rule ? '' : ` (${MEASURED})`}`)
    for (const n of names) {
      if (!s.with[n]) lacks(`“${n}”有项目的值`, `"${n}" with the project`)
      if (!s.without[n]) lacks(`“${n}”无项目的值`, `"${n}" without the project`)
    }
  }
}
