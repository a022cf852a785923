import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { text } from '../../kernel/index.ts'
import { exampleAccount, exampleSeed } from './checks/account.fixture.ts'
import { ALL_USES, FITNESS_RULES, fitnessOf, fitnessOfFigure, judgeAccount, statusGate, USES } from './fitness.ts'
import { valueKey } from './figure-key.ts'
import type { Account, Finding, ParameterUse, Use } from './model.ts'

const COUNTY = '522600'
const fit = (a: Account): readonly Use[] =>
  fitnessOf(a)
    .filter((f) => f.fit)
    .map((f) => f.use)
const fitFigure = (a: Account, key: string): readonly Use[] =>
  fitnessOfFigure(a, key)
    .filter((f) => f.fit)
    .map((f) => f.use)
const official = (more: Parameters<typeof exampleAccount>[0] = {}): Account =>
  exampleAccount({ ...more, head: { status: 'official', ...more?.head } })

const parameter = (id: string, touches: string, more: Partial<ParameterUse> = {}): ParameterUse => ({
  id,
  key: '',
  title: text(id, id),
  quantity: { value: '1', unit: '1' },
  mark: 'unconfirmed',
  source: ['ours'],
  layer: 'national',
  file: `${id}.yaml`,
  line: 12,
  version: 'abc',
  isPrice: false,
  touches,
  ...more,
})

const yellow: Finding = {
  code: 'qa.water-negative',
  severity: 'yellow',
  check: 'QA-09',
  zh: '水源涵养量为负',
  en: 'water retained is negative',
  hint: text('', ''),
  values: {},
}

describe('fitness', () => {
  it('of a clean official account is assessment, compensation and research, never trade, credit or damage of a total', () => {
    expect(fit(official())).toEqual(['assessment', 'compensation', 'research'])
  })
  it('of one service at current prices includes trade, credit and damage, and not assessment', () => {
    expect(fitFigure(official(), valueKey('current', COUNTY, '*', 'R8'))).toEqual([
      'compensation',
      'trade',
      'credit',
      'damage',
      'research',
    ])
  })
  it('of a trial is research alone, and of sample data nothing at all', () => {
    expect(fit(exampleAccount())).toEqual(['research'])
    expect(fit(official({ head: { sample: true } }))).toEqual([])
  })
  it('says why not', () => {
    const a = official({ head: { set: 'ganzi-2010' } })
    const assessment = fitnessOf(a).find((f) => f.use === 'assessment')!
    expect(assessment.fit).toBe(false)
    expect(assessment.why.map((w) => w.zh)).toEqual(['指标体系 ganzi-2010 与其他地区不可比'])
  })
  it('is lost when more than the declared share of value rests on unconfirmed numbers', () => {
    const gep = official().figures.find((f) => f.key === valueKey('constant', COUNTY))!.quantity.value
    const of = (share: string): Account =>
      official({ parameters: [parameter('seed.everywhere', gep.times(share).toFixed(2))] })
    expect(fit(of('0.099'))).toContain('assessment')
    expect(fit(of('0.11'))).not.toContain('assessment')
    expect(fit(of('0.11'))).toContain('compensation')
    expect(fit(of('0.21'))).toEqual(['research'])
  })
  it('counts a parameter of one service at most up to the value of that service', () => {
    const a = official({ parameters: [parameter('gep.r8.a', '99999999999'), parameter('gep.r8.b', '99999999999')] })
    const m = judgeAccount(a).measure()
    const r8 = a.figures.find((f) => f.key === valueKey('constant', COUNTY, '*', 'R8'))!.quantity.value
    const gep = a.figures.find((f) => f.key === valueKey('constant', COUNTY))!.quantity.value
    expect(m.unconfirmed.toFixed(12)).toBe(r8.div(gep).toFixed(12))
    expect(
      judgeAccount(a)
        .measure(valueKey('constant', COUNTY, '*', 'R8'))
        .unconfirmed.toFixed(),
    ).toBe('1')
    expect(
      judgeAccount(a)
        .measure(valueKey('constant', COUNTY, '*', 'R1'))
        .unconfirmed.toFixed(),
    ).toBe('0')
  })
  it('is lost by an old fall-back, for the figures that rest on it', () => {
    const a = official()
    const aged: Account = {
      ...a,
      facts: a.facts.map((f) =>
        f.argument === 'amount.R8' ? { ...f, fallback: { kind: 'neighbour-year', year: 2019, reason: '' } } : f,
      ),
    }
    expect(fit(aged)).toEqual(['research'])
    expect(fitFigure(aged, valueKey('constant', COUNTY, '*', 'R1'))).toContain('assessment')
    expect(fitFigure(aged, valueKey('constant', COUNTY, '*', 'R8'))).toEqual(['research'])
  })
  it('is lost by a missing line, an open finding or a red one', () => {
    const seed = exampleSeed()
    expect(fit(official({ lines: [...seed.lines, { service: 'R7', state: 'missing' }] }))).toEqual(['research'])
    expect(fit(official({ findings: [yellow] }))).toEqual(['research'])
    expect(
      fit(official({ findings: [{ ...yellow, explained: { reason: '当年遇特大干旱，降水为历年最低', by: '李' } }] })),
    ).toContain('assessment')
    expect(fit(official({ findings: [{ ...yellow, severity: 'red' }] }))).toEqual(['research'])
  })
  it('never grows when an account gets worse in any way', () => {
    const worse = fc.record({
      sample: fc.boolean(),
      findings: fc.array(fc.constantFrom(yellow, { ...yellow, severity: 'red' as const }), { maxLength: 2 }),
      touches: fc.array(fc.integer({ min: 0, max: 5_000_000_000 }), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(worse, ({ sample, findings, touches }) => {
        const parameters = touches.map((t, i) => parameter(`p${i}`, String(t)))
        const before = new Set(fit(official()))
        for (const use of fit(official({ head: { sample }, findings, parameters }))) expect(before.has(use)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
  it('has a readable rule for every use, and every limit of ours says that it is ours', () => {
    for (const use of ALL_USES)
      expect(
        FITNESS_RULES.some((r) => r.text[use]),
        USES[use].en,
      ).toBe(true)
    for (const id of ['unconfirmed-share', 'fallback-age']) {
      const r = FITNESS_RULES.find((x) => x.id === id)!
      for (const t of Object.values(r.text)) expect(t.zh).toContain('本项目建议值')
    }
  })
})

describe('the gate of the status', () => {
  const reason = '省土壤普查未覆盖，暂用文献值'
  it('lets a trial pass with anything', () => {
    expect(statusGate(exampleAccount({ findings: [yellow] }), { status: 'trial' })).toEqual([])
  })
  it('keeps an account from preliminary while a yellow finding has no reason', () => {
    const codes = statusGate(exampleAccount({ findings: [yellow] }), { status: 'preliminary' }).map((p) => p.code)
    expect(codes).toEqual(['status.unexplained'])
  })
  it('keeps an account from official until each unconfirmed parameter and fall-back is accepted by name', () => {
    const a = exampleAccount({
      parameters: [parameter('gep.r1.alpha', '1'), parameter('gep.r2.k', '1', { key: 'forest' })],
    })
    const aged: Account = {
      ...a,
      facts: a.facts.map((f, i) => (i === 0 ? { ...f, fallback: { kind: 'literature', year: 2010, reason: '' } } : f)),
    }
    const gate = (accepts: { what: string; reason: string; by: string }[]): readonly string[] =>
      statusGate(aged, { status: 'official', accepts }).map((p) => p.code)
    expect(gate([])).toEqual([
      'status.unaccepted-parameter',
      'status.unaccepted-parameter',
      'status.unaccepted-fallback',
    ])
    const all = ['gep.r1.alpha', 'gep.r2.k|forest', aged.facts[0]!.id].map((what) => ({ what, reason, by: '王' }))
    expect(gate(all)).toEqual([])
    expect(gate(all.map((x) => ({ ...x, reason: '同意' })))).toContain('check.stock-phrase')
    expect(gate(all.map((x) => ({ ...x, by: ' ' })))).toHaveLength(3)
  })
})
