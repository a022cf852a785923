// Words of a command line become what the check judges; what cannot be read is refused there, by its field.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, exampleOf, fromWords, ProblemError, toWords } from '../index.ts'
import { everyKind } from './forms.fixture.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown
const wordsOf = (words: Parameters<typeof fromWords>[1]): unknown => plain(fromWords(everyKind, words))

describe('words of a command line', () => {
  test.each<[Parameters<typeof fromWords>[1], unknown]>([
    [{ permitted: '100' }, { permitted: '100' }],
    [{ area: '5 km2' }, { area: { value: '5', unit: 'km2' } }],
    [{ area: '1,234.5万亩' }, { area: { value: '1,234.5', unit: '万亩' } }],
    [{ area: '-.5 m2' }, { area: { value: '-.5', unit: 'm2' } }],
    [{ area: '5' }, { area: { value: '5', unit: '' } }],
    [{ area: '{"value":"5","unit":"ha"}' }, { area: { value: '5', unit: 'ha' } }],
    [{ area: 'five km2' }, { area: 'five km2' }],
    [{ outlets: '7' }, { outlets: 7 }],
    [{ outlets: 'seven' }, { outlets: 'seven' }],
    [{ urgent: '是' }, { urgent: true }],
    [{ urgent: 'no' }, { urgent: false }],
    [{ urgent: '1' }, { urgent: '1' }],
    [{ status: '有效' }, { status: 'in-force' }],
    [{ term: '2026-01-01..2026-12-31' }, { term: { from: '2026-01-01', to: '2026-12-31' } }],
    [{ term: '2026-01-01' }, { term: { from: '2026-01-01' } }],
    [{ witnesses: ['李四', '王五'] }, { witnesses: ['李四', '王五'] }],
    [{ witnesses: '李四' }, { witnesses: ['李四'] }],
    [{ witnesses: '["李四"]' }, { witnesses: ['李四'] }],
    [{ 'bank.name': '农商行', 'bank.account': '6222' }, { bank: { name: '农商行', account: '6222' } }],
    [{ bank: '{"name":"农商行"}' }, { bank: { name: '农商行' } }],
    [
      { 'lines.0.lot': 'A', 'lines.0.quantity': '1', 'lines.1.lot': 'B' },
      { lines: [{ lot: 'A', quantity: '1' }, { lot: 'B' }] },
    ],
    [{ lines: ['{"lot":"A"}', '{"lot":"B"}'] }, { lines: [{ lot: 'A' }, { lot: 'B' }] }],
    [{ 'lines.1.lot': 'B' }, { lines: { 1: { lot: 'B' } } }],
    [{ fee: ['1', '2'] }, { fee: ['1', '2'] }],
    [
      { bank: 'x', 'bank.name': 'y' },
      { bank: 'x', 'bank.name': 'y' },
    ],
    [{ 'no-such-field': 'x' }, { noSuchField: 'x' }],
  ])('%j', (words, read) => {
    expect(wordsOf(words)).toEqual(read)
  })

  test('what the check keeps can be said in words and is read back', () => {
    const example = exampleOf(everyKind)
    expect(toWords(everyKind, example)).toMatchObject({
      area: '1.5 km2',
      term: '2026-01-01..2026-12-31',
      'bank.name': '农商行',
      witnesses: ['李四'],
      lines: '[{"lot":"A-1","quantity":"7","remark":"无"}]',
    })
    const told = fc.record({
      project: fc.constantFrom('[', '{}', '[1]', 'true', '1', ' x'),
      outlets: fc.nat(99),
      urgent: fc.boolean(),
      area: fc.record({ value: fc.nat(9).map(String), unit: fc.constantFrom('10^4m2', '3km2', '万亩', 'm2') }),
      term: fc.constantFrom({ from: '2026-01-01' }, { from: '2026-01-01', to: '2026-01-02' }),
      witnesses: fc.array(fc.constantFrom('[', '["a"]', '{}', '李四', 'a,b'), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(told, (some) => {
        const checked = check(everyKind, { ...example, ...some })
        if (!checked.ok) throw new ProblemError(checked.problems)
        expect(check(everyKind, fromWords(everyKind, toWords(everyKind, checked.json)))).toEqual(checked)
      }),
    )
  })

  test('a unit left out is asked for and not guessed', () => {
    const checked = check(everyKind, { ...exampleOf(everyKind), ...(fromWords(everyKind, { area: '5' }) as object) })
    expect(checked.ok ? [] : checked.problems.map((p) => p.code)).toEqual(['field.no-unit'])
  })

  test('any words are answered; none reaches a prototype', () => {
    const step = fc.constantFrom(
      'lines',
      '0',
      '1',
      'lot',
      'area',
      'bank',
      'name',
      '__proto__',
      'constructor',
      'prototype',
      '',
    )
    const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('.'))
    const said = fc.oneof(
      fc.string(),
      fc.constantFrom('{', '[', '{"__proto__":{"a":1}}', '[[1]]'),
      fc.array(fc.string(), { maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(path, said), { maxLength: 6 }), (all) => {
        expect(check(everyKind, fromWords(everyKind, Object.fromEntries(all))).ok).toBe(false)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    )
  })
})
