// Check digits: published vectors, and every error of one digit and every swap of neighbours tried out.

import { describe, expect, test } from 'vitest'
import {
  idNumberCheckSign,
  isOrganisationCode,
  organisationCheckSign,
  idNumberFault,
  isBankNumber,
  normaliseCode,
  passesLuhn,
  passportNumber,
  travelCheckDigit,
} from '../../kernel/index.ts'
import { maskedAccount, maskedIdNumber, maskedPassport, maskedPhone } from './masks.ts'

const TODAY = '2026-03-02'
const DIGITS = [...'0123456789']

/** Codes that differ from this one in one sign. */
const wrongs = (code: string, signs: (at: number) => readonly string[]): readonly string[] =>
  [...code].flatMap((c, i) => signs(i).flatMap((s) => (s === c ? [] : [code.slice(0, i) + s + code.slice(i + 1)])))
/** Codes with two different neighbours swapped. */
const swaps = (code: string): readonly string[] =>
  [...code].flatMap((c, i) => {
    const next = code[i + 1]
    return next === undefined || next === c ? [] : [code.slice(0, i) + next + c + code.slice(i + 2)]
  })
/** Numbers of many shapes from a fixed seed. */
function numbers(count: number, length: number): readonly string[] {
  let seed = 20260302
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return String(Math.floor(seed / 65536) % 10)
    }).join(''),
  )
}

describe('identity numbers (GB 11643-1999)', () => {
  test('agree with the examples of the standard, and with a plain reading of ISO/IEC 7064 MOD 11-2', () => {
    expect(idNumberFault('11010519491231002X', TODAY)).toBeUndefined()
    expect(idNumberFault('440524188001010014', TODAY)).toBeUndefined()
    // ISO/IEC 7064, 8.1: p = (p + digit) × 2 mod 11, the check sign makes p + sign ≡ 1.
    for (const n of numbers(200, 17)) {
      let p = 0
      for (const d of n) p = ((p + Number(d)) * 2) % 11
      expect(idNumberCheckSign(n)).toBe('0123456789X'[(12 - p) % 11])
    }
  })

  test('every wrong digit and every swap of neighbours is found, at every place of a hundred numbers', () => {
    for (const n of numbers(100, 17)) {
      const code = n + idNumberCheckSign(n)
      const right = (c: string): boolean => idNumberCheckSign(c.slice(0, 17)) === c[17]
      expect(wrongs(code, (i) => (i === 17 ? [...DIGITS, 'X'] : DIGITS)).filter(right)).toEqual([])
      // A swap that brings X before the last place is refused by its form.
      expect(swaps(code).filter((c) => /^\d{17}[\dX]$/.test(c) && right(c))).toEqual([])
    }
    const whole = '11010519491231002X'
    for (const c of [...wrongs(whole, () => [...DIGITS, 'X']), ...swaps(whole)])
      expect(idNumberFault(c, TODAY), c).toBeDefined()
  })

  test('a place that is no province, a birthday that is none or lies ahead, an old number and other forms are told apart', () => {
    const with17 = (n: string): string => n + idNumberCheckSign(n)
    expect(idNumberFault(with17('99010519490231002').replace(/^99/, '99'), TODAY)).toBe('date')
    expect(idNumberFault(with17('00010519491231002'), TODAY)).toBe('place')
    expect(idNumberFault(with17('11010519490230002'), TODAY)).toBe('date')
    expect(idNumberFault(with17('11010520260303002'), TODAY)).toBe('date')
    expect(idNumberFault('110105491231002', TODAY)).toBe('old')
    expect(idNumberFault('11010519491231002', TODAY)).toBe('form')
    expect(idNumberFault('110105194912310021', TODAY)).toBe('check')
    expect(idNumberFault(normaliseCode('１１０１０５ 19491231-002x'), TODAY)).toBeUndefined()
  })
})

describe('travel documents (ICAO Doc 9303)', () => {
  test('agree with the specimens of the standard', () => {
    for (const [signs, digit] of [
      ['L898902C3', '6'],
      ['740812', '2'],
      ['120415', '9'],
      ['ZE184226B<<<<<', '1'],
      ['D23145890', '7'],
      ['AB2134<<<', '5'],
    ] as const)
      expect(travelCheckDigit(signs)).toBe(digit)
  })

  test('every wrong digit is found; of swaps all but those of signs that differ by five, and some letters are not told apart', () => {
    for (const n of numbers(50, 9)) {
      const digit = travelCheckDigit(n)
      expect(wrongs(n, () => DIGITS).filter((c) => travelCheckDigit(c) === digit)).toEqual([])
      const missed = swaps(n).filter((c) => travelCheckDigit(c) === digit)
      const byFive = [...n].flatMap((c, i) =>
        n[i + 1] !== undefined && Math.abs(Number(c) - Number(n[i + 1])) === 5
          ? [n.slice(0, i) + n[i + 1]! + c + n.slice(i + 2)]
          : [],
      )
      expect(missed).toEqual(byFive)
    }
    expect(travelCheckDigit('A00000000')).toBe(travelCheckDigit('K00000000'))
  })

  test('a number is taken alone or with the digit that checks it', () => {
    expect(passportNumber('E12345678')).toBe('E12345678')
    expect(passportNumber(' ea1234567 ')).toBe('EA1234567')
    expect(passportNumber('L898902C36')).toBe('L898902C3')
    expect(passportNumber('L898902C37')).toBeUndefined()
    for (const bad of ['', '12345', 'ABCDEFGHI', 'E1234567890', "E1' or 1=1"])
      expect(passportNumber(bad)).toBeUndefined()
  })
})

describe('bank cards (ISO/IEC 7812-1, Luhn)', () => {
  const checked = (n: string): string => DIGITS.map((d) => n + d).find(passesLuhn)!

  test('agree with published test numbers', () => {
    for (const n of ['79927398713', '4111111111111111', '6200000000000005', '5555555555554444', '378282246310005'])
      expect(passesLuhn(n)).toBe(true)
    expect(passesLuhn('79927398710')).toBe(false)
  })

  test('every wrong digit is found, and every swap but 09 with 90', () => {
    for (const n of numbers(60, 18)) {
      const code = checked(n)
      expect(wrongs(code, () => DIGITS).filter(passesLuhn)).toEqual([])
      const missed = swaps(code).filter(passesLuhn)
      const known = [...code].flatMap((c, i) =>
        `${c}${code[i + 1] ?? ''}` === '09' || `${c}${code[i + 1] ?? ''}` === '90'
          ? [code.slice(0, i) + code[i + 1]! + c + code.slice(i + 2)]
          : [],
      )
      expect(missed).toEqual(known)
    }
  })

  test('a card is checked, an account of a passbook has digits only', () => {
    expect(isBankNumber('6200000000000005', 'card')).toBe(true)
    expect(isBankNumber('6200000000000006', 'card')).toBe(false)
    expect(isBankNumber('6200000000000006', 'account')).toBe(true)
    expect(isBankNumber('62000', 'account')).toBe(false)
  })
})

test('every wrong sign and every swap of neighbours in a unified social credit code is found (GB 32100-2015)', () => {
  const SIGNS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
  for (const n of numbers(30, 15)) {
    const first = `91${n.slice(0, 6)}MA${n.slice(6, 13)}`
    const code = first + organisationCheckSign(first)
    expect(isOrganisationCode(code)).toBe(true)
    expect(wrongs(code, () => SIGNS).filter(isOrganisationCode)).toEqual([])
    expect(swaps(code).filter(isOrganisationCode)).toEqual([])
  }
})

test('masks keep the ends and never the middle; a short code keeps one sign', () => {
  expect(maskedIdNumber('11010519491231002X')).toBe('110105********002X')
  expect(maskedPassport('E12345678')).toBe('E******78')
  expect(maskedAccount('6222021234567890128')).toBe('6222***********0128')
  expect(maskedPhone('13912345678')).toBe('139****5678')
  expect(maskedAccount('12345678')).toBe('*******8')
})
