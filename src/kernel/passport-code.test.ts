// What the check character promises: mod 37 over base 32 sees every wrong character and every swap of neighbours,
// because 37 is prime, two digits differ by less than 37, and neighbouring places weigh differently.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePassportCode, passportCode } from './index.ts'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECKS = DIGITS + '*~$=U'
const codes = fc.uint8Array({ minLength: 5, maxLength: 32 }).map((bytes) => passportCode(bytes))
const bare = (code: string): string => code.replaceAll('-', '')

describe('passport code', () => {
  test('a code reads back, in any case, spacing and with O for 0, I and L for 1', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-Z*~$=]$/)
        expect(parsePassportCode(code)).toBe(code)
        expect(parsePassportCode(` ${bare(code).toLowerCase().split('').join(' ')} `)).toBe(code)
        expect(parsePassportCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
        expect(parsePassportCode(code.replaceAll('1', 'I'))).toBe(code)
      }),
    )
  })

  test('every single wrong character is seen', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const s = bare(code)
        for (let i = 0; i < 9; i++)
          for (const c of i === 8 ? CHECKS : DIGITS)
            if (c !== s[i])
              expect(parsePassportCode(s.slice(0, i) + c + s.slice(i + 1)), `${s} at ${i}: ${c}`).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })

  test('every swap of two neighbours is seen, the check character among them', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const s = bare(code)
        for (let i = 0; i < 8; i++)
          if (s[i] !== s[i + 1])
            expect(
              parsePassportCode(s.slice(0, i) + s[i + 1]! + s[i]! + s.slice(i + 2)),
              `${s} at ${i}`,
            ).toBeUndefined()
      }),
    )
  })

  test('the code is the first 40 bits of the digest, and nothing else is a code', () => {
    expect(passportCode(new Uint8Array([0, 0, 0, 0, 0]))).toBe('0000-0000-0')
    expect(passportCode(new Uint8Array([0, 0, 0, 0, 33, 255]))).toBe('0000-0011-Y'.replace('Y', CHECKS[33]!))
    for (const typed of ['', '0000-0000', '0000-0000-00', 'U000-0000-0', '中文'])
      expect(parsePassportCode(typed)).toBeUndefined()
  })
})
