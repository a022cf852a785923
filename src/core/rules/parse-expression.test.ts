// The formula language: what it reads, that it reads back what it writes, and every refusal by name.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { exprForPeople, exprSource, parseExpression, type Expr } from './index.ts'

const at = { file: 'a.yaml', line: 7 }
const names = fc.constantFrom('降水量', '径流系数', 'x', 'A_1', '面积2', 'β', 'O₂')
const numbers = fc.constantFrom('0', '1', '0.10', '12.500', '3e5', '1.2E-3', '007')

const comparison = (of: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> =>
  fc.record({ op: fc.constantFrom('<', '<=', '>', '>=', '==', '!='), left: of, right: of })

const expressions: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    numbers.map((text): Expr => ({ op: 'number', text })),
    names.map((name): Expr => ({ op: 'name', name })),
    fc.record({ op: fc.constant('field' as const), rows: names, field: names }),
    fc.record({ op: fc.constant('neg' as const), of: tie('expr') }),
    fc.record({ op: fc.constantFrom('+', '-', '*', '/'), left: tie('expr'), right: tie('expr') }),
    fc.record({
      op: fc.constant('call' as const),
      fn: fc.constantFrom('min', 'max'),
      args: fc.array(tie('expr'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      op: fc.constant('call' as const),
      fn: fc.constantFrom('pow', 'round'),
      args: fc.tuple(tie('expr'), tie('expr')),
    }),
    fc.record({
      op: fc.constant('call' as const),
      fn: fc.constantFrom('exp', 'ln', 'sqrt'),
      args: fc.tuple(tie('expr')),
    }),
    fc.record({
      op: fc.constant('call' as const),
      fn: fc.constantFrom('sum', 'lookup'),
      args: fc.tuple(
        names.map((name): Expr => ({ op: 'name', name })),
        tie('expr'),
      ),
    }),
    fc.record({
      op: fc.constant('call' as const),
      fn: fc.constant('if'),
      args: fc.tuple(comparison(tie('expr')), tie('expr'), tie('expr')),
    }),
  ) as fc.Arbitrary<Expr>,
})).expr

describe('the formula language', () => {
  test('reading back what was written gives the same tree', () => {
    fc.assert(
      fc.property(
        expressions.filter((e) => exprSource(e).length < 2000),
        (e) => {
          expect(parseExpression(exprSource(e), at)).toEqual(e)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('× and ÷ bind before + and −, and equals go from left to right', () => {
    expect(parseExpression('a - b - c * d / e', at)).toEqual(parseExpression('((a - b) - ((c * d) / e))', at))
    expect(parseExpression('-a * b', at)).toEqual(parseExpression('(-a) * b', at))
    expect(parseExpression('if(a + 1 >= b * 2, a, b)', at)).toEqual(parseExpression('if((a + 1) >= (b * 2), a, b)', at))
  })

  test('the text of a number is kept', () => {
    expect(parseExpression('0.10', at)).toEqual({ op: 'number', text: '0.10' })
    const long = '3.14159265358979323846264338327950288419'
    expect(parseExpression(long, at)).toEqual({ op: 'number', text: long })
  })

  test('people read × ÷ − ≥ and brackets where they are needed', () => {
    expect(exprForPeople(parseExpression('(降水量 - 蒸散量) * 面积 / 2', at))).toBe('(降水量 − 蒸散量) × 面积 ÷ 2')
    expect(exprForPeople(parseExpression('a - (b - c)', at))).toBe('a − (b − c)')
    expect(exprForPeople(parseExpression('a - -b', at))).toBe('a − (−b)')
    expect(exprForPeople(parseExpression('if(a >= b, 1, 0)', at))).toBe('if(a ≥ b, 1, 0)')
  })

  test.each([
    ['a ^ 2', 'rules.formula-sign'],
    ['a ** 2', 'rules.formula-sign'],
    ['a && b', 'rules.formula-sign'],
    ['a || b', 'rules.formula-sign'],
    ['a ?? b', 'rules.formula-sign'],
    ['!a', 'rules.formula-sign'],
    ['~a', 'rules.formula-sign'],
    ['a % b', 'rules.formula-sign'],
    ['a = 3', 'rules.formula-sign'],
    ['a += 3', 'rules.formula-sign'],
    ['a === b', 'rules.formula-sign'],
    ['a !== b', 'rules.formula-sign'],
    ['a << 2', 'rules.formula-sign'],
    ['() => 1', 'rules.formula-sign'],
    ['`${a}`', 'rules.formula-sign'],
    ['"a"', 'rules.formula-sign'],
    ["'a'", 'rules.formula-sign'],
    ['a[0]', 'rules.formula-sign'],
    ['[1, 2]', 'rules.formula-sign'],
    ['{a}', 'rules.formula-sign'],
    ['a ? b : c', 'rules.formula-sign'],
    ['a; b', 'rules.formula-sign'],
    ['a × b', 'rules.formula-sign'],
    ['a − b', 'rules.formula-sign'],
    ['min（a, b）', 'rules.formula-sign'],
    ['min(a，b)', 'rules.formula-sign'],
    ['$a', 'rules.formula-sign'],
    ['@a', 'rules.formula-sign'],
    ['a # b', 'rules.formula-sign'],
    ['', 'rules.formula-syntax'],
    ['()', 'rules.formula-syntax'],
    ['a b', 'rules.formula-part'],
    ['(a b)', 'rules.formula-part'],
    ['a, b', 'rules.formula-part'],
    ['(a, b)', 'rules.formula-part'],
    ['a,', 'rules.formula-syntax'],
    [',a', 'rules.formula-syntax'],
    ['min(a b)', 'rules.formula-syntax'],
    ['min(a, b,)', 'rules.formula-syntax'],
    ['min(, a, b)', 'rules.formula-syntax'],
    ['min(a,, b)', 'rules.formula-syntax'],
    ['(a', 'rules.formula-syntax'],
    ['a)', 'rules.formula-syntax'],
    ['a +', 'rules.formula-syntax'],
    ['* a', 'rules.formula-syntax'],
    ['+a', 'rules.formula-syntax'],
    ['2x', 'rules.formula-syntax'],
    ['0x10', 'rules.formula-syntax'],
    ['1e', 'rules.formula-syntax'],
    ['1..2', 'rules.formula-syntax'],
    ['1.', 'rules.formula-part'],
    ['.5', 'rules.formula-part'],
    ['1e9999', 'rules.formula-part'],
    ['this', 'rules.formula-part'],
    ['this.a', 'rules.formula-part'],
    ['a.b.c', 'rules.formula-part'],
    ['(a + b).c', 'rules.formula-part'],
    ['constructor', 'rules.formula-part'],
    ['a.constructor', 'rules.formula-part'],
    ['toString(a)', 'rules.formula-function'],
    ['Math.exp(a)', 'rules.formula-part'],
    ['(min)(a, b)(c)', 'rules.formula-part'],
    ['min', 'rules.formula-part'],
    ['eval(a)', 'rules.formula-function'],
    ['面积(a)', 'rules.formula-function'],
    ['MIN(a, b)', 'rules.formula-function'],
    ['min(a)', 'rules.formula-arity'],
    ['pow(a)', 'rules.formula-arity'],
    ['exp(a, b)', 'rules.formula-arity'],
    ['ln()', 'rules.formula-arity'],
    ['round(a, b, c)', 'rules.formula-arity'],
    ['if(a > b, a)', 'rules.formula-arity'],
    ['a > b', 'rules.formula-part'],
    ['if(a, b, c)', 'rules.formula-part'],
    ['if(a > b > c, a, b)', 'rules.formula-part'],
    ['if(a > b, a > b, b)', 'rules.formula-part'],
    ['if(a > b, a, b) + (a == b)', 'rules.formula-part'],
    ['if(min(a > b, c) > 1, a, b)', 'rules.formula-part'],
    ['sum(1, a)', 'rules.formula-part'],
    ['count(a + b)', 'rules.formula-part'],
    ['lookup(if(a > b, a, b), c)', 'rules.formula-part'],
    ['a\u00a0b', 'rules.formula-part'],
    ['('.repeat(61) + 'a' + ')'.repeat(61), 'rules.formula-syntax'],
    ['a+'.repeat(1000) + 'a', 'rules.formula-syntax'],
  ])('refuses %j', (source, code) => {
    let caught: unknown
    try {
      parseExpression(source, at)
    } catch (e) {
      caught = e
    }
    expect(caught).toBeInstanceOf(ProblemError)
    const [p] = (caught as ProblemError).problems
    expect(p?.code).toBe(code)
    expect(p?.at).toEqual(at)
  })

  test('whatever text comes in, the answer is a tree or a problem', () => {
    const pieces = fc.constantFrom(
      'a',
      '降水',
      '1',
      '.',
      ' ',
      '(',
      ')',
      ',',
      '+',
      '-',
      '*',
      '/',
      '<',
      '=',
      '!',
      'if(',
      'sum(',
      '\n',
      '^',
      '"',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 20 }).map((p) => p.join('')),
        ),
        (source) => {
          try {
            expect(parseExpression(exprSource(parseExpression(source, at)), at)).toEqual(parseExpression(source, at))
          } catch (e) {
            expect(e).toBeInstanceOf(ProblemError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('jsep, whose settings are global, is imported by this one file only', () => {
    const src = fileURLToPath(new URL('../../', import.meta.url))
    const users = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
      .filter((f) => /from 'jsep'/.test(readFileSync(src + f, 'utf8')))
    expect(users.map((f) => f.replaceAll('\\', '/'))).toEqual(['core/rules/parse-expression.ts'])
  })
})
