// Worked examples hold a rule to what is printed, at the precision it is printed with.

import { describe, expect, test } from 'vitest'
import { parseRuleBook, runExamples, type FileText } from './index.ts'
import { bend, BOOK, ruleFile, RUNOFF, WATER, withFile } from './rule-files.fixture.ts'

function run(file: FileText): string[] {
  const { book, problems } = parseRuleBook(withFile(file))
  expect(problems).toEqual([])
  return runExamples(book).map((p) => `${p.code}:${p.at?.line ?? 0}`)
}
const third = (want: string, within?: string): FileText =>
  ruleFile({
    inputs: '{ a: { unit: 元, title: { zh: 甲, en: a } } }',
    formula: '{ y: a / 3 }',
    gives: '{ y: { unit: 元, title: { zh: 果, en: y } } }',
    examples: `[{ given: { a: 200 }, gives: { y: ${want} }${within === undefined ? '' : `, within: "${within}"`} }]`,
  })

describe('worked examples', () => {
  test('a sound book has none that fails', () => {
    expect(runExamples(parseRuleBook(BOOK).book)).toEqual([])
  })

  test('a wrong result is told with want and have at the line of the example', () => {
    const { book } = parseRuleBook(withFile(bend(WATER, '58490000', '58490001')))
    const [p] = runExamples(book)
    expect(p).toMatchObject({
      code: 'rules.example-fails',
      severity: 'red',
      at: { file: 'national/water.yaml', line: 20 },
    })
    expect(p!.values).toMatchObject({ want: '58490001 m3', have: '58490000 m3' })
  })

  test('a change of a parameter shows up in the examples of the rule that uses it', () => {
    expect(run(bend(RUNOFF, '4.65', '4.66'))).toEqual(['rules.example-fails:20'])
  })

  test.each([
    ['66.67', []],
    ['66.7', []],
    ['67', []],
    ['66.66', ['rules.example-fails:10']],
    ['66.670', ['rules.example-fails:10']],
    ['6.7e1', []],
    ['0.0067 万元', []],
    ['0.0066 万元', ['rules.example-fails:10']],
    ['66.7 t', ['rules.example-fails:10']],
  ])('200 / 3 printed as %s', (want, found) => {
    expect(run(third(want))).toEqual(found)
  })

  test('a relative tolerance is taken as named, and then the decimals printed do not matter', () => {
    expect(run(third('66.6', '0.002'))).toEqual([])
    expect(run(third('66', '0.002'))).toEqual(['rules.example-fails:10'])
    expect(run(third('67', '0.0001'))).toEqual(['rules.example-fails:10'])
  })

  test('an example that cannot be calculated is told with what stopped it', () => {
    expect(run(bend(WATER, '蒸散量: 750 mm, ', ''))).toEqual(['rules.missing-input:20'])
    expect(run(bend(WATER, 'class: forest.broadleaf.evergreen', 'class: wetland'))).toEqual(['rules.no-parameter:20'])
  })

  test('an example is run on the date it names', () => {
    const later = {
      path: 'national/runoff@2020.yaml',
      text: bend(bend(RUNOFF, '2010-01-01', '2020-01-01'), '4.65', '9').text,
    }
    const first = bend(RUNOFF, '{ from: 2010-01-01 }', '{ from: 2010-01-01, to: 2019-12-31 }')
    const on = (date: string): string[] => {
      const rule = date === '' ? WATER : bend(WATER, 'cite: T01', `date: ${date}`)
      const { book, problems } = parseRuleBook([...withFile(first).filter((f) => f.path !== WATER.path), later, rule])
      expect(problems).toEqual([])
      return runExamples(book).map((p) => p.code)
    }
    expect(on('2015-06-30')).toEqual([])
    expect(on('2021-06-30')).toEqual(['rules.example-fails'])
    expect(on('')).toEqual(['rules.example-fails'])
  })
})
