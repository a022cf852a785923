// Names from elsewhere: whatever is accepted stays inside, and what an office calls its files is accepted.

import fc from 'fast-check'
import { posix, win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderPath, folderPaths, withoutTop } from './folder-path.ts'

const isProblem = (given: string): boolean => typeof folderPath(given) !== 'string'

describe('a name', () => {
  test.each([
    'account.yaml',
    '1 面积/桃源县 2024（终稿）.xlsx',
    'maps/地类_2024.tif',
    'a/b/c/d/e/f.csv',
    '表1、2+3.xlsx',
  ])('%s is accepted', (given) => expect(folderPath(given)).toBe(given))

  test.each([
    '../etc/passwd',
    'a/../../b',
    '/etc/passwd',
    'C:/x',
    'c:x',
    '\\\\server\\x',
    'a\\b',
    'a//b',
    './a',
    'a/.',
    '',
    'a/b/c/d/e/f/g',
    'a\u0000b',
    'a\nb',
    'a:b',
    'a*b',
    'a?b',
    'a|b',
    'a<b',
    'CON',
    'nul.txt',
    'com1',
    ' a',
    'a ',
    '.hidden',
    'a.',
    'x'.repeat(121),
    `${'x'.repeat(100)}/${'y'.repeat(100)}/${'z'.repeat(100)}`,
    '\u202egpj.exe',
    'a\u2028b',
    '..',
    '…/..',
  ])('%j is refused', (given) => expect(isProblem(given)).toBe(true))

  test('whatever is accepted stays inside its folder on every system, and is accepted as it is written', () => {
    const bits = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'a',
      'B',
      '面',
      ' ',
      'C:',
      '\u0000',
      '%2e',
      '~',
      'con',
      '...',
      'x.y',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(bits, { maxLength: 12 }).map((b) => b.join('')),
        ),
        (given) => {
          const path = folderPath(given)
          if (typeof path !== 'string') return
          expect(posix.resolve('/root/data', path).startsWith('/root/data/')).toBe(true)
          expect(win32.resolve('D:\\data', path).startsWith('D:\\data\\')).toBe(true)
          expect(folderPath(path)).toBe(path)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('all names together', () => {
  test('none twice, whatever the letter case; none both file and folder', () => {
    const codes = (given: readonly string[]): readonly string[] => {
      const checked = folderPaths(given)
      return 'problems' in checked ? checked.problems.map((p) => p.code) : []
    }
    expect(codes(['a.csv', 'A.csv'])).toEqual(['upload.twice'])
    expect(codes(['a', 'a/b'])).toEqual(['upload.twice'])
    expect(codes(['a/b', '../c', 'd:e'])).toEqual(['upload.path', 'upload.path'])
    expect(codes(['e\u0301.csv', '\u00e9.csv'])).toEqual(['upload.twice'])
  })

  test('the one folder around everything is left out', () => {
    expect(withoutTop(['x/a', 'x/b/c'])).toEqual(['a', 'b/c'])
    expect(withoutTop(['x/a', 'y/b'])).toEqual(['x/a', 'y/b'])
    expect(withoutTop(['a'])).toEqual(['a'])
  })
})
