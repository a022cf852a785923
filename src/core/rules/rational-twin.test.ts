// A plain twin: the same formulas over exact fractions of whole numbers, in base units. The calculation with 34 digits must
// agree with it within the rounding its operations can add up to, whatever the units the inputs come in.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  civilDate,
  decText,
  ProblemError,
  quantity,
  unit,
  type Dec,
  type Problem,
  type Quantity,
} from '../../kernel/index.ts'
import { evaluateRule, exprSource, parametersFrom, parseRuleBook, type Expr } from './index.ts'
import { ruleFile, SOURCES } from './rule-files.fixture.ts'

// ---- fractions

interface Fraction {
  readonly n: bigint
  readonly d: bigint
}
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
const frac = (n: bigint, d = 1n): Fraction => {
  const g = gcd(n, d) || 1n
  const s = d < 0n ? -1n : 1n
  return { n: (s * n) / g, d: (s * d) / g }
}
const plus = (a: Fraction, b: Fraction): Fraction => frac(a.n * b.d + b.n * a.d, a.d * b.d)
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d })
const times = (a: Fraction, b: Fraction): Fraction => frac(a.n * b.n, a.d * b.d)
const over = (a: Fraction, b: Fraction): Fraction => frac(a.n * b.d, a.d * b.n)
const abs = (a: Fraction): Fraction => ({ n: a.n < 0n ? -a.n : a.n, d: a.d })
const sign = (a: Fraction): number => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0)
const ofDec = (v: Dec): Fraction => {
  const [whole, part = ''] = decText(v).split('.')
  return frac(BigInt(whole! + part), 10n ** BigInt(part.length))
}
const inBase = (q: Quantity): Fraction => times(ofDec(q.value), { n: q.unit.num, d: q.unit.den })

/** An exact value and how far off a calculation with 34 digits may be by now. */
interface Known {
  readonly value: Fraction
  readonly off: Fraction
}
/** One operation rounds the result and each conversion in it, all below 10⁻³³ of the size. */
const ROUND = frac(8n, 10n ** 34n)
/** The bound itself may be coarse, as long as it is never too small; this keeps its digits few. */
const coarse = (off: Fraction): Fraction => (off.n === 0n ? off : { n: (off.n * FINE) / off.d + 1n, d: FINE })
const FINE = 10n ** 90n
const rounded = (value: Fraction, off: Fraction, size = value): Known => ({
  value,
  off: coarse(plus(off, times(ROUND, plus(abs(size), off)))),
})
class Undecided extends Error {}
class DividesByZero extends Error {}

type Comparison = Extract<Expr, { readonly left: Expr }>

function twin(e: Expr, given: ReadonlyMap<string, Fraction>): Known {
  const of = (x: Expr): Known => twin(x, given)
  const below = (a: Known, b: Known): number => {
    const gap = minus(a.value, b.value)
    const off = plus(a.off, b.off)
    if (off.n !== 0n && sign(minus(abs(gap), off)) <= 0) throw new Undecided()
    return sign(gap)
  }
  switch (e.op) {
    case 'number': {
      const [whole, part = ''] = e.text.split('.')
      return { value: frac(BigInt(whole! + part), 10n ** BigInt(part.length)), off: frac(0n) }
    }
    case 'name':
      return { value: given.get(e.name)!, off: frac(0n) }
    case 'neg': {
      const v = of(e.of)
      return { value: minus(frac(0n), v.value), off: v.off }
    }
    case '+':
    case '-': {
      const [l, r] = [of(e.left), of(e.right)]
      const size = plus(abs(l.value), abs(r.value))
      return rounded(e.op === '+' ? plus(l.value, r.value) : minus(l.value, r.value), plus(l.off, r.off), size)
    }
    case '*': {
      const [l, r] = [of(e.left), of(e.right)]
      const off = plus(plus(times(abs(l.value), r.off), times(abs(r.value), l.off)), times(l.off, r.off))
      return rounded(times(l.value, r.value), off)
    }
    case '/': {
      const [l, r] = [of(e.left), of(e.right)]
      if (r.value.n === 0n) throw r.off.n === 0n ? new DividesByZero() : new Undecided()
      const least = minus(abs(r.value), r.off)
      if (sign(least) <= 0) throw new Undecided()
      const value = over(l.value, r.value)
      return rounded(value, over(plus(l.off, times(abs(value), r.off)), least))
    }
    case 'call': {
      if (e.fn === 'if') {
        const c = e.args[0] as Comparison
        const holds = below(of(c.left), of(c.right))
        const yes = {
          '<': holds < 0,
          '<=': holds <= 0,
          '>': holds > 0,
          '>=': holds >= 0,
          '==': holds === 0,
          '!=': holds !== 0,
        }
        return of(e.args[yes[c.op as keyof typeof yes] ? 1 : 2]!)
      }
      const best = e.args.map(of).reduce((a, b) => (below(b, a) * (e.fn === 'max' ? 1 : -1) > 0 ? b : a))
      return rounded(best.value, best.off)
    }
    default:
      throw new Error(e.op)
  }
}

// ---- formulas whose units agree, made at random

type Dim = 'length' | 'area' | 'ratio'
const UNITS: Readonly<Record<Dim, readonly string[]>> = {
  length: ['m', 'km', 'mm', 'cm', 'hm', '万m'],
  area: ['m2', 'km2', 'hm2', '亩', '万亩', 'm·km', 'm3/m'],
  ratio: ['1', '%', '‰', 'm/km', '亩/hm2'],
}
const INPUTS: readonly (readonly [string, Dim])[] = [
  ['长', 'length'],
  ['宽', 'length'],
  ['深', 'length'],
  ['甲地', 'area'],
  ['乙地', 'area'],
  ['率', 'ratio'],
  ['比', 'ratio'],
]
const leaf = (dim: Dim): fc.Arbitrary<Expr> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...INPUTS.filter(([, d]) => d === dim).map(([name]): Expr => ({ op: 'name', name }))),
    },
    { weight: 1, arbitrary: fc.constantFrom<Expr>({ op: 'number', text: '0' }) },
    ...(dim === 'ratio'
      ? [
          {
            weight: 3,
            arbitrary: fc.constantFrom('1', '0.5', '3', '12.25').map((text): Expr => ({ op: 'number', text })),
          },
        ]
      : []),
  )
const two = (op: '+' | '-' | '*' | '/', l: fc.Arbitrary<Expr>, r: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> =>
  fc.tuple(l, r).map(([left, right]): Expr => ({ op, left, right }))

const made = new Map<string, fc.Arbitrary<Expr>>()
function formula(dim: Dim, depth: number): fc.Arbitrary<Expr> {
  const known = made.get(`${dim} ${depth}`) ?? makeFormula(dim, depth)
  made.set(`${dim} ${depth}`, known)
  return known
}

function makeFormula(dim: Dim, depth: number): fc.Arbitrary<Expr> {
  if (depth === 0) return leaf(dim)
  const same = formula(dim, depth - 1)
  const of = (d: Dim): fc.Arbitrary<Expr> => formula(d, depth - 1)
  const condition = fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), of('length'), of('length'))
    .map(([op, left, right]): Expr => ({ op, left, right }))
  return fc.oneof(
    leaf(dim),
    two('+', same, same),
    two('-', same, same),
    two('*', same, of('ratio')),
    two('/', same, of('ratio')),
    same.map((x): Expr => ({ op: 'neg', of: x })),
    fc
      .tuple(fc.constantFrom('min', 'max'), fc.array(same, { minLength: 2, maxLength: 3 }))
      .map(([fn, args]): Expr => ({ op: 'call', fn, args })),
    fc.tuple(condition, same, same).map((args): Expr => ({ op: 'call', fn: 'if', args })),
    ...(dim === 'area' ? [two('*', of('length'), of('length'))] : []),
    ...(dim === 'length' ? [two('/', of('area'), of('length'))] : []),
    ...(dim === 'ratio' ? [two('/', of('length'), of('length')), two('/', of('area'), of('area'))] : []),
  )
}

const used = (e: Expr): string[] =>
  e.op === 'name'
    ? [e.name]
    : e.op === 'neg'
      ? used(e.of)
      : e.op === 'call'
        ? e.args.flatMap(used)
        : 'left' in e
          ? [...used(e.left), ...used(e.right)]
          : []

const amount = (dim: Dim): fc.Arbitrary<Quantity> =>
  fc
    .tuple(fc.integer({ min: -2000, max: 20000 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(...UNITS[dim]))
    .map(([n, scale, u]) => quantity(`${n}e-${scale}`, u))

const cases = fc.constantFrom<Dim>('length', 'area', 'ratio').chain((dim) =>
  fc.record({
    expr: formula(dim, 4),
    out: fc.constantFrom(...UNITS[dim]),
    declared: fc.tuple(...INPUTS.map(([, d]) => fc.constantFrom(...UNITS[d]))),
    amounts: fc.tuple(...INPUTS.map(([, d]) => amount(d))),
  }),
)

/** A formula like `a / (0 * b)`, refused at load because it can only fail. */
const dividesByNothing = (problems: readonly Problem[]): boolean =>
  problems.some((p) => p.code === 'rules.division-by-zero')

describe('the calculation and its twin over fractions', () => {
  test('agree on + − × ÷, comparisons, min, max and if, in any units', () => {
    let compared = 0
    fc.assert(
      fc.property(cases, ({ expr, out, declared, amounts }) => {
        const names = new Set(used(expr))
        const inputs = INPUTS.flatMap(([name], i) =>
          names.has(name) ? [`${name}: { unit: "${declared[i]}", title: { zh: ${name}, en: ${name} } }`] : [],
        )
        const file = ruleFile({
          inputs: `{ ${inputs.join(', ')} }`,
          formula: `{ y: "${exprSource(expr)}" }`,
          gives: `{ y: { unit: "${out}", title: { zh: 果, en: y } } }`,
          examples: '[{ given: {}, gives: { y: 0 } }]',
        })
        const { book, problems } = parseRuleBook([SOURCES, file])
        if (dividesByNothing(problems)) return
        expect(problems).toEqual([])
        const given = Object.fromEntries(INPUTS.flatMap(([name], i) => (names.has(name) ? [[name, amounts[i]!]] : [])))
        const exact = new Map(Object.entries(given).map(([name, q]) => [name, inBase(q)]))
        const options = { parameter: parametersFrom(book, { date: civilDate('2024-01-01'), regions: [] }), keys: {} }
        let want: Known
        try {
          want = twin(expr, exact)
        } catch (e) {
          if (e instanceof Undecided) return
          expect(e).toBeInstanceOf(DividesByZero)
          expect(() => evaluateRule(book.rules[0]!, given, options)).toThrow(/rules\.division-by-zero/)
          return
        }
        const have = evaluateRule(book.rules[0]!, given, options).values['y']!
        const final = rounded(want.value, want.off)
        const gap = abs(minus(inBase(have), want.value))
        expect(have.unit.text).toBe(unit(out).text)
        expect(sign(minus(gap, final.off)) <= 0, `${exprSource(expr)}: ${decText(have.value)} ${out}`).toBe(true)
        compared++
      }),
      { numRuns: 250 },
    )
    expect(compared).toBeGreaterThan(80)
  })

  test('what the check at load lets pass never meets a unit error', () => {
    const anyFormula = fc
      .tuple(fc.constantFrom<Dim>('length', 'area', 'ratio'), fc.constantFrom<Dim>('length', 'area', 'ratio'))
      .chain(([a, b]) =>
        fc.record({
          expr: two('+', formula(a, 2), formula(b, 2)),
          agree: fc.constant(a === b),
          amounts: fc.tuple(...INPUTS.map(([, d]) => amount(d))),
          out: fc.constantFrom(...UNITS[a]),
        }),
      )
    fc.assert(
      fc.property(anyFormula, ({ expr, agree, amounts, out }) => {
        const names = new Set(used(expr))
        const inputs = INPUTS.flatMap(([name, d]) =>
          names.has(name) ? [`${name}: { unit: "${UNITS[d][0]!}", title: { zh: ${name}, en: ${name} } }`] : [],
        )
        const { book, problems } = parseRuleBook([
          SOURCES,
          ruleFile({
            inputs: `{ ${inputs.join(', ')} }`,
            formula: `{ y: "${exprSource(expr)}" }`,
            gives: `{ y: { unit: "${out}", title: { zh: 果, en: y } } }`,
            examples: '[{ given: {}, gives: { y: 0 } }]',
          }),
        ])
        if (dividesByNothing(problems)) return
        if (agree) expect(problems).toEqual([])
        for (const p of problems) expect(p.code).toBe('rules.unit-mismatch')
        const rule = book.rules[0]
        if (!rule) return
        const given = Object.fromEntries(INPUTS.flatMap(([name], i) => (names.has(name) ? [[name, amounts[i]!]] : [])))
        try {
          evaluateRule(rule, given, {
            parameter: parametersFrom(book, { date: civilDate('2024-01-01'), regions: [] }),
            keys: {},
          })
        } catch (e) {
          expect(e).toBeInstanceOf(ProblemError)
          expect((e as ProblemError).problems.map((p) => p.code)).toEqual(['rules.division-by-zero'])
        }
      }),
      { numRuns: 200 },
    )
  })
})
