// Problems: filled in both languages, with a place, and never without what to do next.

import { describe, expect, test } from 'vitest'
import { defineProblems, fill, placeText, ProblemError, problemKinds, problemText } from './index.ts'

const make = defineProblems({
  'test.example': {
    severity: 'red',
    zh: '缺{what}。',
    en: '{what} is missing.',
    hint: { zh: '补上{what}。', en: 'Add {what}.' },
  },
})

describe('problem', () => {
  test('sentence and hint are filled in both languages', () => {
    const p = make('test.example', { what: 'x' }, { file: 'a.yaml', line: 3 })
    expect(problemText(p, 'zh')).toBe('a.yaml:3: 缺x。 补上x。')
    expect(problemText(p, 'en')).toBe('a.yaml:3: x is missing. Add x.')
    expect(problemKinds().get('test.example')?.severity).toBe('red')
  })

  test('a place without a value stays visible', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}')
  })

  test('a code that is not area.what is a bug', () => {
    const kind = { severity: 'red', zh: '', en: '', hint: { zh: '', en: '' } } as const
    expect(() => defineProblems({ Nonsense: kind })).toThrow()
  })

  test('places of files, of cells and of fields', () => {
    expect(placeText({ field: 'lines.2.amount' })).toBe('lines.2.amount')
    expect(placeText({ file: 'a.yaml', line: 3, column: 4 })).toBe('a.yaml:3:4')
    expect(placeText({ file: '工作簿.xlsx', sheet: '面积', cell: 'C7' })).toBe('工作簿.xlsx › 面积 › C7')
    expect(placeText(undefined)).toBe('')
  })

  test('an error carries one problem or many', () => {
    const p = make('test.example', { what: 'x' })
    expect(new ProblemError(p).problems).toEqual([p])
    expect(new ProblemError([p, p]).problems).toHaveLength(2)
    expect(new ProblemError(p).message).toContain('缺x')
  })
})
