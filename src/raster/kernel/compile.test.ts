// What a kernel promises beyond agreeing with decimals: where there is no value, how strips may be cut, what is refused.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError, unit } from '../../kernel/index.ts'
import { parseRuleBook, type Rule } from '../../core/rules/index.ts'
import { ruleFile, SOURCES } from '../../core/rules/rule-files.fixture.ts'
import { NO_VALUE, NODATA, stripOf, VALID } from '../band.ts'
import { compileRule, type Kernel, type KernelSpec } from '../index.ts'

const TITLE = 'title: { zh: 量, en: amount }'
const field = (u: string, plain = false): string => `{ unit: "${u}", ${plain ? 'plain: true, ' : ''}${TITLE} }`

/** A rule of inputs `a` and `b` (and a table `行` with a column `x`) that gives `z`. */
function ruleOf(parts: {
  readonly a?: string
  readonly b?: string
  readonly z?: string
  readonly steps: string
  readonly tables?: string
  readonly round?: string
  readonly more?: string
}): Rule {
  const uses = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(`${parts.steps} ${parts.tables ?? ''}`)
  const inputs = [
    ...(uses('a') ? [`a: ${field(parts.a ?? '1')}`] : []),
    ...(uses('b') ? [`b: ${field(parts.b ?? '1')}`] : []),
    ...(parts.steps.includes('行') ? [`行: { rows: { x: ${field(parts.a ?? '1')} }, ${TITLE} }`] : []),
  ]
  const file = ruleFile({
    inputs: `{ ${inputs.join(', ')} }`,
    formula: `{ ${parts.steps} }`,
    gives: `{ z: ${field(parts.z ?? '1')}${parts.more ?? ''} }`,
    ...(parts.tables ? { tables: parts.tables } : {}),
    ...(parts.round ? { round: parts.round } : {}),
    examples: `[{ given: { ${[...(uses('a') ? ['a: 1'] : []), ...(uses('b') ? ['b: 1'] : []), ...(parts.steps.includes('行') ? ['行: [{ x: 1 }]'] : [])].join(', ')} }, gives: { z: 1 } }]`,
  })
  const { book, problems } = parseRuleBook([SOURCES, file])
  const rule = book.rules[0]
  if (!rule) throw new Error(problems.map((p) => p.en).join('\n'))
  return rule
}

function kernelOf(rule: Rule, units: Readonly<Record<string, string>> = {}, rows = 2, output = 'z'): Kernel {
  const inputs: KernelSpec['inputs'] = Object.fromEntries(
    Object.entries(rule.inputs).map(([name, spec]) => [
      name,
      'rows' in spec
        ? { rows: Array.from({ length: rows }, () => ({ x: { unit: spec.rows['x']!.unit } })) }
        : { unit: units[name] === undefined ? spec.unit : unit(units[name]) },
    ]),
  )
  return compileRule({ rule, output, inputs, params: {} })
}

/** One pixel; undefined where it has no value. */
function at(kernel: Kernel, ...inputs: number[]): number | undefined {
  const out = stripOf(1)
  kernel.run(inputs, 1, out)
  return out.states[0] === VALID ? out.values[0] : undefined
}

const codesOf = (run: () => unknown): readonly string[] => {
  try {
    run()
  } catch (e) {
    if (e instanceof ProblemError) return e.problems.map((p) => p.code)
    throw e
  }
  return []
}

describe('units', () => {
  test('are converted on the way in, between operands and on the way out', () => {
    const rule = ruleOf({ a: 'm', b: 'cm', z: 'mm', steps: 'z: a + b' })
    expect(at(kernelOf(rule), 1, 50)).toBe(1500)
    expect(at(kernelOf(rule, { a: 'km', b: 'mm' }), 2, 5)).toBeCloseTo(2000005, 6)
    expect(kernelOf(rule).unit.text).toBe('mm')
  })

  test('are compared exactly: 3 cm are 30 mm', () => {
    const kernel = kernelOf(ruleOf({ a: 'cm', b: 'mm', steps: 'z: "if(a == b, 1, 0)"' }))
    expect(at(kernel, 3, 30)).toBe(1)
    expect(at(kernel, 0.7, 7)).toBe(1)
    expect(at(kernel, 3, 30.000001)).toBe(0)
  })

  test('a zero in the formula agrees with any unit', () => {
    const kernel = kernelOf(ruleOf({ a: 'm', b: 'cm', z: 'mm', steps: 'z: "if(a > b, a - b, 0)"' }))
    expect(at(kernel, 1, 40)).toBe(600)
    expect(at(kernel, 1, 400)).toBe(0)
  })
})

describe('where there is no value', () => {
  test.each([
    ['division by zero', 'z: a / b', [1, 0]],
    ['a logarithm of zero', 'z: ln(a)', [0]],
    ['a root of a negative', 'z: sqrt(a)', [-1]],
    ['a broken power of a negative', 'z: "pow(a, b)"', [-8, 0.5]],
    ['a negative power of zero', 'z: "pow(a, b)"', [0, -1]],
    ['bounds the wrong way round', 'z: "clamp(a, b, 1)"', [0, 2]],
    ['a step of rounding that is none', 'z: "round(a, b)"', [3, 0]],
    ['too large an outcome', 'z: exp(a)', [1000]],
    ['an infinity that would be hidden', 'z: "min(5, a / b)"', [1, 0]],
    ['a power of no value', 'z: "pow(ln(a), 0)"', [0]],
    ['nothing times no value', 'z: 0.0 * ln(a) + 1', [0]],
  ])('%s marks the pixel', (_what, steps, inputs) => {
    expect(at(kernelOf(ruleOf({ steps })), ...inputs)).toBeUndefined()
  })

  test('the branch that is not taken does not matter', () => {
    const kernel = kernelOf(ruleOf({ steps: 'z: "if(a > 0, ln(a), 0)"' }))
    expect(at(kernel, -1)).toBe(0)
    expect(at(kernel, 1)).toBe(0)
  })

  test('a condition without a value marks the pixel', () => {
    expect(at(kernelOf(ruleOf({ steps: 'z: "if(1 / a > 0, 1, 2)"' })), 0)).toBeUndefined()
  })

  test('a step without a value marks the pixel though only the other branch names it', () => {
    const kernel = kernelOf(ruleOf({ steps: 'y: ln(a), z: "if(a > 0, y, 0)"' }))
    expect(at(kernel, -1)).toBeUndefined()
    expect(at(kernel, 1)).toBe(0)
  })

  test('a value beyond a table marks the pixel', () => {
    const tables = '{ t: { of: [a], unit: "1", steps: [{ below: "1", gives: "0.2" }, { below: "2", gives: "0.5" }] } }'
    const kernel = kernelOf(ruleOf({ tables, steps: 'z: "lookup(t, a)"' }))
    expect([0, 0.999, 1, 1.999, 2].map((x) => at(kernel, x))).toEqual([0.2, 0.2, 0.5, 0.5, undefined])
  })

  test('other states are left alone and their value is 0', () => {
    const out = stripOf(3)
    out.values.fill(7)
    out.states.set([VALID, NODATA, VALID])
    kernelOf(ruleOf({ steps: 'z: 1 / a' })).run([Float64Array.of(4, 0, 0)], 3, out)
    expect([...out.states]).toEqual([VALID, NODATA, NO_VALUE])
    expect([...out.values]).toEqual([0.25, 0, 0])
  })
})

describe('numbers', () => {
  test('zero to the power of zero is one', () => {
    expect(at(kernelOf(ruleOf({ steps: 'z: "pow(a, b)"' })), 0, 0)).toBe(1)
  })

  test('halves are rounded away from zero as they are written, not as doubles hold them', () => {
    const kernel = kernelOf(ruleOf({ steps: 'z: a', round: '{ z: { to: "0.01", mode: half-up } }' }))
    expect([2.675, 1.005, -2.675, 2.6749, 0].map((x) => at(kernel, x))).toEqual([2.68, 1.01, -2.68, 2.67, 0])
  })

  test.each([
    ['half-even', [2, 2, 4, -2]],
    ['down', [1, 2, 3, -2]],
    ['up', [2, 3, 4, -3]],
    ['floor', [1, 2, 3, -3]],
    ['ceil', [2, 3, 4, -2]],
  ])('%s rounds 1.5, 2.5, 3.5 and −2.5 as its name says', (mode, want) => {
    const kernel = kernelOf(ruleOf({ steps: 'z: a', round: `{ z: { to: "1", mode: ${mode} } }` }))
    expect([1.5, 2.5, 3.5, -2.5].map((x) => at(kernel, x))).toEqual(want)
  })

  test('a table has its rows summed and counted, an empty one gives zero', () => {
    const rule = ruleOf({ a: 'mm', z: 'mm', steps: 'z: "sum(行, 行.x)"' })
    expect(kernelOf(rule, {}, 3).slots).toEqual(['行[0].x', '行[1].x', '行[2].x'])
    expect(at(kernelOf(rule, {}, 3), 1, 2, 3.5)).toBe(6.5)
    expect(at(kernelOf(rule, {}, 0))).toBe(0)
    const rows = ruleOf({ steps: 'z: "count(行) + 0 * sum(行, 行.x)"' })
    expect(at(kernelOf(rows, {}, 4), 1, 2, 3, 4)).toBe(4)
  })
})

describe('strips', () => {
  const rule = ruleOf({
    steps: 'y: "pow(a, 0.37) / b", z: "if(a > b, ln(a) - y, max(a, exp(-b))) + round(b, 0.1)"',
  })
  const noise = (i: number): number => ((i * 7919) % 65521) / 977

  test.each([1, 7, 65_536])('of %i pixels give what each pixel gives alone, bit for bit', (pixels) => {
    const a = Float64Array.from({ length: pixels }, (_, i) => noise(i + 1))
    const b = Float64Array.from({ length: pixels }, (_, i) => noise(i * 31 + 3))
    const whole = stripOf(pixels)
    kernelOf(rule).run([a, b], pixels, whole)
    const kernel = kernelOf(rule)
    const one = stripOf(1)
    const pixel = [new Float64Array(1), new Float64Array(1)]
    for (let i = 0; i < pixels; i++) {
      pixel[0]![0] = a[i]!
      pixel[1]![0] = b[i]!
      one.states[0] = VALID
      kernel.run(pixel, 1, one)
      if (!Object.is(one.values[0], whole.values[i]) || one.states[0] !== whole.states[i])
        expect([i, one.values[0], one.states[0]]).toEqual([i, whole.values[i], whole.states[i]])
    }
  })

  test('a number stands for a strip of it, whatever stood there in the run before', () => {
    const kernel = kernelOf(rule)
    const value = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 1100 }), (a, b, pixels) => {
        const runs = [
          [a, b],
          [new Float64Array(pixels).fill(a), b],
          [a, new Float64Array(pixels).fill(b)],
          [new Float64Array(pixels).fill(a), new Float64Array(pixels).fill(b)],
        ].map((inputs) => {
          const out = stripOf(pixels)
          kernel.run(inputs, pixels, out)
          return out
        })
        for (const r of runs) {
          expect(r).toEqual(runs[0])
          expect(new Set(r.values).size).toBe(1)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('the outcome may be written over an input', () => {
    const kernel = kernelOf(ruleOf({ steps: 'z: a * a + a' }))
    const a = Float64Array.from({ length: 2000 }, (_, i) => i)
    kernel.run([a], 2000, { values: a, states: new Uint8Array(2000) })
    expect([...a]).toEqual(Array.from({ length: 2000 }, (_, i) => i * i + i))
  })
})

describe('what is asked for', () => {
  const rule = ruleOf({ a: 'm', b: 'm', z: 'm', steps: 'y: a, z: y + b', more: `, y: ${field('m')}` })
  const m = { unit: unit('m') }

  test('only what the output needs takes a slot', () => {
    expect(kernelOf(rule).slots).toEqual(['a', 'b'])
    expect(compileRule({ rule, output: 'y', inputs: { a: m }, params: {} }).slots).toEqual(['a'])
  })

  test('a name the rule does not give is refused', () => {
    expect(codesOf(() => kernelOf(rule, {}, 0, 'nothing'))).toEqual(['raster.kernel-no-output'])
  })

  test('what is missing, unknown or of another dimension is told in one go', () => {
    const inputs = { a: { unit: unit('kg') }, c: m }
    expect(codesOf(() => compileRule({ rule, output: 'z', inputs, params: {} }))).toEqual([
      'raster.kernel-unknown-input',
      'raster.kernel-wrong-input',
      'raster.kernel-missing-input',
    ])
  })

  test('a table is no layer and a layer no table', () => {
    expect(codesOf(() => compileRule({ rule, output: 'y', inputs: { a: { rows: [] } }, params: {} }))).toEqual([
      'raster.kernel-wrong-input',
    ])
    const sums = ruleOf({ steps: 'z: "sum(行, 行.x)"' })
    expect(codesOf(() => compileRule({ rule: sums, output: 'z', inputs: { 行: m }, params: {} }))).toEqual([
      'raster.kernel-wrong-input',
    ])
    expect(codesOf(() => compileRule({ rule: sums, output: 'z', inputs: { 行: { rows: [{}] } }, params: {} }))).toEqual(
      ['raster.kernel-missing-input'],
    )
  })
})
