// Numbers for people: the check character of ISO/IEC 7064 MOD 37,36, and what it finds.

import { expect, test } from 'vitest'
import fc from 'fast-check'
import { checkCharacter, isNumber, numberText } from './number.ts'

test('the published example of the Global Release Identifier has check character M', () => {
  expect(checkCharacter('A12425GABC1234002')).toBe('M')
})

test('every single wrong character is found', () => {
  const CHARS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), fc.nat(20), fc.constantFrom(...CHARS), (n, at, c) => {
      const text = numberText({ kind: 'PW', place: '430100', year: 2026 }, BigInt(n))
      expect(isNumber(text)).toBe(true)
      expect(isNumber(` ${text.toLowerCase()} `)).toBe(true)
      if (text[at] === '-' || text[at] === c || text[at] === undefined) return
      expect(isNumber(text.slice(0, at) + c + text.slice(at + 1))).toBe(false)
    }),
  )
})

test('a series that is used up says so', () => {
  expect(() => numberText({ kind: 'PW', place: '430100', year: 2026 }, 1_000_000n)).toThrow('record.number-full')
})
