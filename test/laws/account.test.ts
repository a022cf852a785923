// Laws of an account, on the Ganzi example and on shuffled and mutated inputs: totals add up exactly, every recipe gives its
// figure again, the order of the facts does not matter, codes do not depend on values.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../src/core/rules/index.ts'
import { dec, toFen, type Fen } from '../../src/kernel/index.ts'
import { computeAccount } from '../../src/domains/accounting/engine/compute.ts'
import { explainer } from '../../src/domains/accounting/explain.ts'
import { indexFigures, valueKey } from '../../src/domains/accounting/figure-key.ts'
import { readFacts, type ReadFacts } from '../../src/domains/accounting/inputs/read-facts.ts'
import type { Account } from '../../src/domains/accounting/model.ts'
import { accountJson, readAccountJson } from '../../src/domains/accounting/package/serialise.ts'
import { classificationOf } from '../../src/domains/accounting/run.ts'
import { GANZI_LIST, ganziWorkbooks } from '../../src/domains/accounting/sample/ganzi.ts'

let book: RuleBook
let read: ReadFacts
let account: Account
const folder = mkdtempSync(join(tmpdir(), 'qingshan-laws-'))
const compute = (facts: ReadFacts['facts']): Account =>
  computeAccount({ list: GANZI_LIST, ...read, facts, book, engine: 'test', findings: [] })

beforeAll(async () => {
  for (const [name, bytes] of await ganziWorkbooks()) writeFileSync(join(folder, name), bytes)
  book = (await loadRuleBook('rules')).book
  read = readFacts(folder, GANZI_LIST, { classification: classificationOf(book) })
  account = compute(read.facts)
})
afterAll(() => rmSync(folder, { recursive: true }))

const fen = (a: Account, key: string): Fen => toFen(indexFigures(a).find(key)!.quantity)

/** GEP as a plain loop over the statement lines: the twin of engine/totals.ts. */
const plainGep = (a: Account): Fen =>
  a.lines.reduce((s, l) => (l.memo || l.constant === undefined ? s : s + fen(a, l.constant)), 0n)

describe('totals', () => {
  test('GEP is the sum of the statement lines, to the fen', () => {
    expect(fen(account, valueKey('constant', '513300'))).toBe(plainGep(account))
  })

  test('GEP is the sum over types and the sum over groups, to the fen', () => {
    const parts = (pick: (f: Account['figures'][number]) => boolean): Fen =>
      account.figures.filter(pick).reduce((s, f) => s + toFen(f.quantity), 0n)
    const whole = fen(account, valueKey('constant', '513300'))
    expect(parts((f) => f.measure === 'value' && f.basis === 'constant' && f.class !== '*' && f.service === '*')).toBe(
      whole,
    )
    expect(
      parts(
        (f) =>
          f.measure === 'value' &&
          f.basis === 'constant' &&
          f.class === '*' &&
          'MRC'.includes(f.service) &&
          f.item === '*',
      ),
    ).toBe(whole)
  })

  test('with prices of one year both statements are equal', () => {
    expect(fen(account, valueKey('current', '513300'))).toBe(fen(account, valueKey('constant', '513300')))
  })
})

test('every figure comes out of its recipe again, digit for digit', () => {
  expect(explainer(account, book).recomputeAll()).toEqual([])
})

test('every figure leads to its cells in at most three openings', () => {
  const open = explainer(account, book)
  type Passport = NonNullable<ReturnType<typeof open.byKey>>
  /** Sums shown inside a passport without being opened there. */
  const closed = (n: Passport['root']): readonly string[] =>
    n.children.flatMap((c) => (c.kind === 'figure' && c.children.length === 0 ? [c.key!] : closed(c)))
  const openings = (key: string): number => {
    const p = open.byKey(key)!
    const next = p.lines.length > 0 ? p.lines.map((l) => open.byCode(l.code)!.root.key!) : closed(p.root)
    return 1 + Math.max(0, ...next.map(openings))
  }
  for (const f of account.figures) expect(openings(f.key), f.key).toBeLessThanOrEqual(3)
})

test('the order in which facts arrive changes nothing', () => {
  const text = accountJson(account)
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...read.facts], { minLength: read.facts.length }),
      (facts) => accountJson(compute(facts)) === text,
    ),
    { numRuns: 5 },
  )
})

test('doubling an input changes its value and no code', () => {
  fc.assert(
    fc.property(fc.constantFrom(...read.facts.filter((f) => f.argument === 'water-retained')), (chosen) => {
      const facts = read.facts.map((f) =>
        f === chosen ? { ...f, quantity: { ...f.quantity, value: f.quantity.value.times(2) } } : f,
      )
      const other = compute(facts)
      const key = valueKey('constant', '513300', chosen.class, 'R1', 'water')
      const [a, b] = [indexFigures(account).find(key)!, indexFigures(other).find(key)!]
      expect(b.code).toBe(a.code)
      expect(b.quantity.value.minus(a.quantity.value.times(2)).abs().lte(dec('0.01'))).toBe(true)
      expect(plainGep(other)).toBe(fen(other, valueKey('constant', '513300')))
    }),
    { numRuns: 8 },
  )
})

test('a missing input is missing and not zero: the line goes, the rest stays to the fen', () => {
  const facts = read.facts.filter((f) => f.argument !== 'hydropower')
  const other = compute(facts)
  expect(other.lines.find((l) => l.service === 'M7')?.state).toBe('missing')
  expect(indexFigures(other).find(valueKey('constant', '513300', '*', 'M7'))).toBeUndefined()
  const lost = fen(account, valueKey('constant', '513300', '*', 'M7'))
  expect(fen(other, valueKey('constant', '513300'))).toBe(fen(account, valueKey('constant', '513300')) - lost)
})

test('codes are unique, well formed and the same in every run', () => {
  const codes = account.figures.map((f) => f.code)
  expect(new Set(codes).size).toBe(codes.length)
  for (const c of codes) expect(c).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]$/)
})

test('an account survives writing and reading', () => {
  const text = accountJson(account)
  expect(accountJson(readAccountJson(text))).toBe(text)
})
