// The law of the kernels: over pixels a formula gives what it gives in decimals.

import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, convert, dec, ProblemError, quantity, type Quantity, type Unit } from '../../kernel/index.ts'
import {
  codesAbove,
  evaluateRule,
  loadRuleBook,
  parametersFrom,
  type FieldSpec,
  type Given,
  type Rule,
} from '../../core/rules/index.ts'
import { NO_VALUE, stripOf } from '../band.ts'
import { compileRule, type KernelSpec } from '../index.ts'
import { entriesOf } from './entries.ts'
import { LOOPS, type Op } from './loops.ts'
import { lower, needsOf } from './lower.ts'
import { certaintyOf } from './rounding-error.fixture.ts'

const dir = fileURLToPath(new URL('../../../rules', import.meta.url))
const { book } = await loadRuleBook(dir)

const isRows = (g: Given[string]): g is Extract<Given[string], readonly unknown[]> => Array.isArray(g)

/** What a pixel gets, and the same for a kernel. */
function pixelOf(rule: Rule, output: string, given: Given, params: Readonly<Record<string, Quantity>>) {
  const arrives = (q: Quantity) => ({ unit: q.unit })
  const spec: KernelSpec = {
    rule,
    output,
    inputs: Object.fromEntries(
      Object.entries(given).map(([name, g]) => [
        name,
        isRows(g)
          ? { rows: g.map((r) => Object.fromEntries(Object.entries(r).map(([f, q]) => [f, arrives(q)]))) }
          : arrives(g),
      ]),
    ),
    params: Object.fromEntries(Object.entries(params).map(([name, q]) => [name, arrives(q)])),
  }
  const numbers = new Map<string, number>(Object.entries(params).map(([name, q]) => [name, q.value.toNumber()]))
  for (const [name, g] of Object.entries(given))
    if (isRows(g))
      g.forEach((r, i) => {
        for (const [f, q] of Object.entries(r)) numbers.set(`${name}[${i}].${f}`, q.value.toNumber())
      })
    else numbers.set(name, g.value.toNumber())
  const kernel = compileRule(spec)
  return { spec, kernel, inputs: kernel.slots.map((s) => numbers.get(s)!) }
}

function runPixel(kernel: ReturnType<typeof compileRule>, inputs: readonly number[]): number | undefined {
  const out = stripOf(1)
  kernel.run(
    inputs.map((x) => Float64Array.of(x)),
    1,
    out,
  )
  return out.states[0] === NO_VALUE ? undefined : out.values[0]
}

/** The rule as far as one output rests on it. */
function partOf(rule: Rule, output: string, given: Given): Rule {
  const { steps } = needsOf(rule, output, (t) => (given[t] as readonly unknown[]).length)
  const gives = Object.entries(rule.gives).filter(([name]) => steps.has(name))
  return { ...rule, steps: rule.steps.filter((s) => steps.has(s.name)), gives: Object.fromEntries(gives) }
}

/** In decimals; undefined where a step stops. */
function inDecimals(rule: Rule, given: Given, params: Readonly<Record<string, Quantity>>, output: string) {
  try {
    return evaluateRule(partOf(rule, output, given), given, {
      parameter: () => {
        throw new Error('every parameter is given')
      },
      keys: {},
      params,
    }).values[output]!
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    const known = ['rules.division-by-zero', 'rules.outside-domain', 'rules.too-large', 'rules.beyond-table']
    for (const p of e.problems) expect(known).toContain(p.code)
    return undefined
  }
}

// ---- values to draw from

const RATIOS: readonly (readonly [bigint, bigint])[] = [
  [1n, 1n],
  [1n, 1000n],
  [2000n, 3n],
  [10000n, 1n],
]
/** The declared unit, or one a ratio apart. */
const unitNear = (unit: Unit): fc.Arbitrary<Unit> =>
  fc.constantFrom(...RATIOS).map(([n, d]) => (n === d ? unit : { ...unit, num: unit.num * n, den: unit.den * d }))

const numberIn = (low: number, high: number): fc.Arbitrary<number> => {
  const within = (x: number): number => Number((low + (high - low) * x).toPrecision(7))
  const any = fc.integer({ min: 0, max: 1_000_000 })
  return fc.oneof(
    { weight: 6, arbitrary: any.map((i) => within(i / 1_000_000)) },
    { weight: 2, arbitrary: any.map((i) => Math.round(within(i / 1_000_000))) },
    { weight: 1, arbitrary: fc.constantFrom(low, high, low > 0 ? low : 0, 1) },
  )
}

const amountOf = (spec: FieldSpec): fc.Arbitrary<Quantity> => {
  const [low, high] = spec.range?.map((d) => d.toNumber()) ?? [0, 1000]
  return fc.tuple(numberIn(low!, high!), unitNear(spec.unit)).map(([x, unit]) => {
    const there = convert(quantity(x, spec.unit), unit).value
    return { value: dec(Number(there.toPrecision(12))), unit }
  })
}

const record = <T>(entries: readonly (readonly [string, fc.Arbitrary<T>])[]): fc.Arbitrary<Record<string, T>> =>
  entries.length === 0 ? fc.constant({}) : (fc.record(Object.fromEntries(entries)) as fc.Arbitrary<Record<string, T>>)

const givenOf = (rule: Rule): fc.Arbitrary<Given> =>
  record(
    Object.entries(rule.inputs).map(([name, spec]): readonly [string, fc.Arbitrary<Given[string]>] => {
      if (!('rows' in spec)) return [name, amountOf(spec)]
      const row = record(Object.entries(spec.rows).map(([f, s]) => [f, amountOf(s)] as const))
      return [name, fc.array(row, { minLength: 1, maxLength: 13 })]
    }),
  )

const paramsOf = (rule: Rule): fc.Arbitrary<Record<string, Quantity>> =>
  record(
    Object.entries(rule.params).map(([name, spec]): readonly [string, fc.Arbitrary<Quantity>] => {
      if ('inline' in spec) return [name, fc.constant(spec.inline.quantity)]
      const values = book.parameters.filter((f) => f.id === spec.book).flatMap((f) => f.values)
      const fitting = spec.key === undefined ? values : values.filter((v) => v.key === spec.key)
      return [name, fc.constantFrom(...fitting.map((v) => v.quantity))]
    }),
  )

const operate = (op: string, x: readonly number[]): number => {
  const v = Float64Array.of(x[0]!, x[1] ?? 0, x[2] ?? 0, 0)
  LOOPS[op as Op](v, 3, v, 0, v, 1, v, 2, 1)
  return v[3]!
}

describe('kernel and expression agree', () => {
  const outputs = book.rules.flatMap((rule) =>
    Object.keys(rule.gives).map((output) => [`${rule.id} @${rule.force.from}`, output, rule] as const),
  )

  test('the book has rules to try', () => expect(outputs.length).toBeGreaterThan(130))

  test.each(outputs)('to 1e-9, and one has no value where the other has none: %s %s', (_id, output, rule) => {
    let decided = 0
    const draws = 24
    fc.assert(
      fc.property(givenOf(rule), paramsOf(rule), (given, params) => {
        const { spec, kernel, inputs } = pixelOf(rule, output, given, params)
        const { entries, order } = entriesOf(spec)
        const { error, undecided } = certaintyOf(lower(rule, output, entries, order), inputs, operate)
        if (undecided) return
        decided++
        const have = runPixel(kernel, inputs)
        const want = inDecimals(rule, given, params, output)
        if (want === undefined || have === undefined) expect(have).toBe(want)
        else {
          expect(kernel.unit).toBe(want.unit)
          const gap = want.value.minus(have).abs().toNumber()
          expect(gap).toBeLessThanOrEqual(Math.max(1e-9 * want.value.abs().toNumber(), error))
        }
      }),
      { numRuns: draws, seed: 481 },
    )
    expect(decided).toBeGreaterThan(draws / 2)
  })
})

describe('worked examples', () => {
  const newest = [...book.rules, ...book.parameters, ...book.overrides]
    .map((h) => h.force.from)
    .reduce((a, b) => (b > a ? b : a), civilDate('2000-01-01'))
  const examples = book.rules.flatMap((rule) =>
    rule.examples.flatMap((e) => Object.keys(e.gives).map((output) => [rule.id, output, rule, e] as const)),
  )

  test.each(examples)('of the book come out of the kernel: %s %s', (_id, output, rule, example) => {
    const date = example.date ?? rule.force.to ?? (newest > rule.force.from ? newest : rule.force.from)
    const outcome = evaluateRule(rule, example.given, {
      parameter: parametersFrom(book, { date, regions: rule.region === undefined ? [] : codesAbove(rule.region) }),
      keys: example.keys,
      params: example.params,
    })
    const params = Object.fromEntries(Object.entries(outcome.params).map(([name, p]) => [name, p.quantity]))
    const { kernel, inputs } = pixelOf(rule, output, example.given, params)
    const have = convert(quantity(runPixel(kernel, inputs)!, kernel.unit), example.gives[output]!.quantity.unit).value
    const { quantity: want, decimals } = example.gives[output]!
    const tolerance = example.within ? want.value.abs().times(example.within) : dec(`5e${-decimals - 1}`)
    const doubles = want.value.abs().times('1e-12')
    expect(have.minus(want.value).abs().lte(tolerance.plus(doubles))).toBe(true)
  })
})
