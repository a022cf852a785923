// Calculating: units through every operation, one branch of an if, rounding only where told, and a clear stop where
// there is no value.

import { describe, expect, test } from 'vitest'
import { civilDate, decText, ProblemError, quantity, type Problem, type Quantity } from '../../kernel/index.ts'
import {
  evaluateRule,
  parametersFrom,
  parseRuleBook,
  rangeProblems,
  type Given,
  type Outcome,
  type ParameterValue,
  type Rule,
} from './index.ts'
import { BOOK, ruleFile, withFile } from './rule-files.fixture.ts'

const ctx = { date: civilDate('2024-12-31'), regions: [] }
const { book } = parseRuleBook(BOOK)
const water = book.findRule('gep.water', ctx) as Rule
const wet: Given = { 降水量: quantity('1400', 'mm'), 蒸散量: quantity('750', 'mm'), 面积: quantity('100', 'km2') }
const forest = { parameter: parametersFrom(book, ctx), keys: { class: 'forest.broadleaf.evergreen' } }

/** A rule over `a` and `b` in one unit each; `y` is what comes out. */
function calc(
  formula: string,
  given: Record<string, string>,
  parts: { unit?: string; out?: string; more?: Partial<Parameters<typeof ruleFile>[0]> } = {},
): Outcome {
  const { unit = '1', out = '1', more = {} } = parts
  const file = ruleFile({
    inputs: `{ ${Object.keys(given)
      .map((k) => `${k}: { unit: "${unit}", title: { zh: ${k}, en: ${k} } }`)
      .join(', ')} }`,
    formula: `{ y: "${formula}" }`,
    gives: `{ y: { unit: "${out}", title: { zh: 果, en: y } } }`,
    examples: `[{ given: {}, gives: { y: 0 } }]`,
    ...more,
  })
  const { book: b, problems } = parseRuleBook(withFile(file))
  if (problems.length > 0) throw new ProblemError(problems)
  const rule = b.rules.find((r) => r.id === 'test.sample')!
  const quantities = Object.fromEntries(
    Object.entries(given).map(([k, v]) => [k, quantity(...(v.split(' ') as [string, string]))]),
  )
  return evaluateRule(rule, quantities, { parameter: parametersFrom(b, ctx), keys: {} })
}
const y = (...args: Parameters<typeof calc>): string => decText(calc(...args).values['y']!.value)

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems
    throw e
  }
  return []
}
const codes = (run: () => unknown): string[] => problemsOf(run).map((p) => p.code)

describe('calculating a rule', () => {
  test('the worked example comes out exactly, in the declared unit', () => {
    const { values } = evaluateRule(water, wet, forest)
    expect(values['水源涵养量']).toMatchObject({ unit: { text: 'm3' } })
    expect(decText(values['水源涵养量']!.value)).toBe('58490000')
  })

  test('the unit an input comes in does not matter', () => {
    const other: Given = { 降水量: quantity('1.4', 'm'), 蒸散量: quantity('75', 'cm'), 面积: quantity('150000', '亩') }
    expect(decText(evaluateRule(water, other, forest).values['水源涵养量']!.value)).toBe('58490000')
  })

  test('every step says its formula and the numbers that went into it', () => {
    const { steps } = evaluateRule(water, wet, forest)
    expect(steps.map((s) => [s.name, s.formula, s.filled, decText(s.value.value)])).toEqual([
      ['径流量', '降水量 * 径流系数', '1400 mm × 4.65 %', '6510'],
      ['水源涵养量', '(降水量 - 径流量 - 蒸散量) * 面积', '(1400 mm − 6510 mm·% − 750 mm) × 100 km2', '58490000'],
    ])
  })

  test('the outcome names the parameter it took, with file and line', () => {
    expect(evaluateRule(water, wet, forest).params['径流系数']).toMatchObject({
      id: 'gep.runoff',
      key: 'forest.broadleaf.evergreen',
      mark: 'back-solved',
      file: 'national/runoff.yaml',
      line: 11,
    })
  })

  test('a value may stand in for a parameter, and counts as unconfirmed', () => {
    const o = evaluateRule(water, wet, { ...forest, params: { 径流系数: quantity('0.1', '1') } })
    expect(decText(o.values['水源涵养量']!.value)).toBe('51000000')
    expect(o.params['径流系数']).toMatchObject({ id: 'gep.water/径流系数', mark: 'unconfirmed' })
    const given = evaluateRule(water, wet, forest).params['径流系数'] as ParameterValue
    expect(evaluateRule(water, wet, { ...forest, params: { 径流系数: given } }).params['径流系数']).toBe(given)
  })

  test('a key may be given for one parameter by its own name', () => {
    const o = evaluateRule(water, wet, { ...forest, keys: { class: 'wetland', 径流系数: 'forest' } })
    expect(o.params['径流系数']?.key).toBe('forest')
  })

  test.each([
    ['7 - 2 - 1', '4'],
    ['2 + 3 * 4', '14'],
    ['-(2) - -3', '1'],
    ['1 / 3', '0.' + '3'.repeat(34)],
    ['2 / 3', '0.' + '6'.repeat(33) + '7'],
    ['min(3, 1, 2) + max(3, 1, 2)', '4'],
    ['clamp(5, 0, 3) + clamp(-5, 0, 3) + clamp(2, 0, 3)', '5'],
    ['if(1 < 2, 10, 20) + if(1 > 2, 1, 2)', '12'],
    ['if(1 <= 1, 1, 0) + if(1 >= 1, 1, 0) + if(1 == 1, 1, 0) + if(1 != 1, 1, 0)', '3'],
    ['pow(2, 10) + pow(2, -1)', '1024.5'],
    ['pow(4, 0.5)', '2'],
    ['pow(-2, 3)', '-8'],
    ['exp(0) + ln(1)', '1'],
    ['exp(1)', '2.718281828459045235360287471352662'],
    ['ln(2)', '0.6931471805599453094172321214581766'],
    ['sqrt(2)', '1.414213562373095048801688724209698'],
    ['round(2.5) + round(-2.5) + round(3.49)', '3'],
    ['round(3.14159, 0.01)', '3.14'],
    ['round(7, 5)', '5'],
  ])('%s = %s', (formula, want) => {
    expect(y(`a * 0 + ${formula}`, { a: '1 1' })).toBe(want)
  })

  test.each([
    ['a + b', { a: '1 km', b: '1 m' }, 'm', '1001'],
    ['min(a, b)', { a: '1 km', b: '1001 m' }, 'm', '1000'],
    ['if(a == b, 1, 2)', { a: '15 mu', b: '10000 m2' }, '1', '1'],
    ['if(a > b, a - b, 0)', { a: '1 m', b: '2 m' }, 'm', '0'],
    ['sqrt(a * b)', { a: '9 m', b: '4 m' }, 'cm', '600'],
    ['pow(a, 3) / b', { a: '10 cm', b: '1 cm' }, 'm2', '0.1'],
    ['exp(a / b - 1)', { a: '1 km', b: '1000 m' }, '1', '1'],
    ['round(a, b)', { a: '1234 m', b: '0.1 km' }, 'm', '1200'],
    ['1 - a', { a: '5 %' }, '1', '0.95'],
    ['a + 1', { a: '5 %' }, '%', '105'],
    ['round(a, 0.01)', { a: '4.65 %' }, '1', '0.05'],
    ['exp(a - 1)', { a: '100 %' }, '1', '1'],
    ['if(a > b, 0, a) * a', { a: '2 m', b: '3 m' }, 'm2', '4'],
    ['if(a < b, 0, a) * a', { a: '2 m', b: '3 m' }, 'm2', '0'],
  ] as const)('%s with %j is %s: %s', (formula, given, out, want) => {
    const unit = Object.values<string>(given)[0]!.split(' ')[1]!
    expect(y(formula, given, { unit, out })).toBe(want)
  })

  test('the branch that is not taken is not calculated', () => {
    expect(y('if(a > 0, b / a, 0)', { a: '0 1', b: '5 1' })).toBe('0')
    expect(y('if(a > 0, ln(a), b)', { a: '-3 1', b: '5 1' })).toBe('5')
  })

  test('plain: the bare number in the declared unit enters and leaves', () => {
    const o = calc(
      '0.5 * pow(a, 1.5)',
      { a: '0.004 km' },
      {
        more: {
          inputs: '{ a: { unit: m, plain: true, title: { zh: 甲, en: a } } }',
          gives: '{ y: { unit: "t/(hm2·a)", plain: true, title: { zh: 果, en: y } } }',
        },
      },
    )
    expect(decText(o.values['y']!.value)).toBe('4')
    expect(o.values['y']!.unit.text).toBe('t/(hm2·a)')
    expect(o.steps[0]!.filled).toBe('0.5 × pow(4, 1.5)')
  })

  test('rounding happens where the rule says and later steps see the rounded value', () => {
    const more = {
      formula: '{ y: a / 3, z: y * 3 }',
      gives: '{ z: { unit: 元, title: { zh: 末, en: z } }, y: { unit: 元, title: { zh: 果, en: y } } }',
      round: '{ y: { to: "0.01", mode: half-up } }',
      examples: '[{ given: { a: 1 }, gives: { z: 1 } }]',
    }
    const o = calc('', { a: '1 万元' }, { unit: '元', more })
    expect(decText(o.values['y']!.value)).toBe('3333.33')
    expect(decText(o.values['z']!.value)).toBe('9999.99')
    expect(Object.keys(o.values)).toEqual(['z', 'y'])
  })

  test('rows are summed and counted, with names from outside the table', () => {
    const more = {
      inputs: '{ 日: { rows: { 雨: { unit: mm }, 盖: { unit: "%" } } }, k: { unit: "1", title: { zh: 系数, en: k } } }',
      formula: '{ y: "sum(日, 日.雨 * 日.盖 * k) / count(日)" }',
      gives: '{ y: { unit: mm, title: { zh: 果, en: y } } }',
      examples: '[{ given: { 日: [{ 雨: 10, 盖: 50 }, { 雨: 1 cm, 盖: 100 }], k: 2 }, gives: { y: 15 } }]',
    }
    const rule = parseRuleBook(withFile(ruleFile(more))).book.rules.find((r) => r.id === 'test.sample')!
    const run = (rows: readonly Record<string, Quantity>[]): Outcome =>
      evaluateRule(rule, { 日: rows, k: quantity(2, '1') }, { parameter: parametersFrom(book, ctx), keys: {} })
    const o = run([
      { 雨: quantity(10, 'mm'), 盖: quantity(50, '%') },
      { 雨: quantity(1, 'cm'), 盖: quantity(1, '1') },
    ])
    expect(decText(o.values['y']!.value)).toBe('15')
    expect(o.steps[0]!.filled).toContain('日［2 行］')
    expect(codes(() => run([]))).toEqual(['rules.division-by-zero'])
    expect(codes(() => run([{ 雨: quantity(1, 'mm') }]))).toEqual(['rules.missing-input'])
    expect(codes(() => run([{ 雨: quantity(1, 't'), 盖: quantity(1, '1') }]))).toEqual(['rules.wrong-input'])
    expect(codes(() => run([{ 雨: quantity(1, 'mm'), 盖: quantity(1, '1'), 风: quantity(1, '1') }]))).toEqual([
      'rules.unknown-input',
    ])
  })

  test('a range table answers by the unit of what it is about; a limit belongs to the step above it', () => {
    const more = {
      tables: '{ m: { of: [a], unit: t, steps: [{ below: "1", gives: "0.2" }, { below: "3.5", gives: "0.3" }] } }',
      formula: '{ y: "lookup(m, a)" }',
    }
    const at = (a: string): string => y('', { a }, { unit: '%', out: 't', more })
    expect([at('0.999 %'), at('1 %'), at('0.0349999 1'), at('-5 %')]).toEqual(['0.2', '0.3', '0.3', '0.2'])
    expect(codes(() => at('3.5 %'))).toEqual(['rules.beyond-table'])
  })

  test('one fixed key of a keyed file', () => {
    const more = { params: '{ r: { book: gep.runoff, key: forest, title: { zh: 系数, en: r } } }' }
    expect(y('a * r', { a: '100 1' }, { more })).toBe('3')
  })

  test.each([
    ['a / b', { a: '1 1', b: '0 1' }, 'rules.division-by-zero'],
    ['pow(b, -1) * a', { a: '1 1', b: '0 1' }, 'rules.division-by-zero'],
    ['ln(a)', { a: '0 1' }, 'rules.outside-domain'],
    ['ln(a)', { a: '-1 1' }, 'rules.outside-domain'],
    ['sqrt(a)', { a: '-1 1' }, 'rules.outside-domain'],
    ['pow(a, 0.5)', { a: '-1 1' }, 'rules.outside-domain'],
    ['clamp(a, 2, 1)', { a: '1 1' }, 'rules.outside-domain'],
    ['round(a, 0)', { a: '1 1' }, 'rules.outside-domain'],
    ['exp(a)', { a: '99999 1' }, 'rules.too-large'],
    ['pow(10, a)', { a: '9999 1' }, 'rules.too-large'],
    ['a * a', { a: '1e5000 1' }, 'rules.too-large'],
  ])('%s with %j stops with %s', (formula, given, code) => {
    const [p, ...rest] = problemsOf(() => calc(formula, given))
    expect(rest).toEqual([])
    expect(p).toMatchObject({ code, at: { file: 'national/sample.yaml' }, values: { rule: 'test.sample', step: 'y' } })
  })

  test('a result too large in its declared unit stops as well', () => {
    expect(codes(() => calc('a + 0', { a: '9e6200 km' }, { unit: 'km', out: 'mm' }))).toEqual(['rules.too-large'])
    expect(y('if(a > b, 1, 2)', { a: '9e6200 km', b: '9.1e6200 km' }, { unit: 'mm' })).toBe('2')
  })

  test('every fault of the inputs is told at once', () => {
    const given: Given = { 降水量: quantity('1', 'tC'), 面积: [], 风速: quantity('1', '1') }
    expect(codes(() => evaluateRule(water, given, { ...forest, keys: {} }))).toEqual([
      'rules.missing-parameter-key',
      'rules.unknown-input',
      'rules.wrong-input',
      'rules.missing-input',
      'rules.wrong-input',
    ])
  })

  test('an unknown key of a parameter, a parameter in the wrong unit, an unknown parameter', () => {
    expect(codes(() => evaluateRule(water, wet, { ...forest, keys: { class: 'sea' } }))).toEqual(['rules.no-parameter'])
    expect(codes(() => evaluateRule(water, wet, { ...forest, params: { 径流系数: quantity(1, 'm') } }))).toEqual([
      'rules.wrong-input',
    ])
    expect(codes(() => evaluateRule(water, wet, { ...forest, params: { 风: quantity(1, 'm') } }))).toEqual([
      'rules.unknown-input',
    ])
  })

  test('names of JavaScript objects are no inputs', () => {
    const given = { ...wet, constructor: quantity(1, '1') } as unknown as Given
    expect(codes(() => evaluateRule(water, given, forest))).toEqual(['rules.unknown-input'])
  })

  test('an input outside its usual range is worth a question, not a stop', () => {
    expect(rangeProblems(water, wet)).toEqual([])
    const [p] = rangeProblems(water, { ...wet, 降水量: quantity('14', 'm') })
    expect(p).toMatchObject({ code: 'rules.out-of-range', severity: 'yellow' })
    expect(p!.zh).toContain('14 m')
  })
})
