// Codes of people with check digits: identity numbers (GB 11643-1999), numbers of travel documents as their machine-readable line
// has them (ICAO Doc 9303), bank cards (ISO/IEC 7812-1, Luhn). Serves commands, files that are brought in, and forms.
// Always holds: an identity number with one digit wrong or two neighbours swapped is found. A card's is too, but for 09 swapped
// with 90; a travel document's is not always: its weights 7, 3, 1 let through swaps of signs that differ by five, and letters
// that stand for a digit's last place.

import { civilDate } from './period.ts'

/** Full-width signs, blanks and hyphens are how people write them. */
export const normaliseCode = (given: string): string => given.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

// ---- identity numbers

/** Wi = 2^(18−i) mod 11 for i = 1 … 17 (GB 11643-1999, 4.2.4). */
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
/** The check sign by the sum modulo 11. */
const ID_CHECK = '10X98765432'
/** First two digits: provinces and those beside them (GB/T 2260; 81 to 83 residents of Hong Kong, Macao, Taiwan; 9 permanent residents from abroad). */
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/

/** The 18th sign (ISO/IEC 7064, MOD 11-2). @param first17 digits */
export function idNumberCheckSign(first17: string): string {
  let sum = 0
  for (const [i, w] of ID_WEIGHTS.entries()) sum += Number(first17[i]) * w
  return ID_CHECK[sum % 11]!
}

export type IdNumberFault = 'form' | 'old' | 'place' | 'date' | 'check'

/** What is wrong with an identity number; undefined where nothing is. @param number as `normaliseCode` gives it
 *  @param on no birthday may be later */
export function idNumberFault(number: string, on: string): IdNumberFault | undefined {
  // Numbers of fifteen digits ended in 2013.
  if (/^\d{15}$/.test(number)) return 'old'
  if (!/^\d{17}[\dX]$/.test(number)) return 'form'
  if (idNumberCheckSign(number.slice(0, 17)) !== number[17]) return 'check'
  if (!PROVINCES.test(number)) return 'place'
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  try {
    civilDate(born)
  } catch {
    return 'date'
  }
  return born < '1850-01-01' || born > on ? 'date' : undefined
}

// ---- travel documents

/** Nine signs of a passport of ours: a letter, a letter or digit, seven digits; others by their machine-readable line. */
const PASSPORT = /^[A-Z0-9]{6,9}$/

/** Weights 7, 3, 1 over digits, letters (A = 10) and fillers (0), modulo 10 (ICAO Doc 9303-3, 4.9). */
export function travelCheckDigit(signs: string): string {
  let sum = 0
  for (const [i, c] of [...signs].entries()) {
    const value = c === '<' ? 0 : /\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55
    sum += value * [7, 3, 1][i % 3]!
  }
  return String(sum % 10)
}

/** A passport's number, or the ten first signs of the second line of its page, whose last is the check digit.
 *  @returns the number alone; undefined where it is none */
export function passportNumber(given: string): string | undefined {
  const code = given.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  if (/^[A-Z0-9<]{9}\d$/.test(code))
    return travelCheckDigit(code.slice(0, 9)) === code[9] ? code.slice(0, 9).replace(/<+$/, '') : undefined
  return PASSPORT.test(code) && /\d/.test(code) ? code : undefined
}

// ---- bank accounts

/** Luhn: from the right, every second digit twice, digits added up, the sum a multiple of ten (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]) * (i % 2 === 1 ? 2 : 1)
    sum += d > 9 ? d - 9 : d
  }
  return sum % 10 === 0
}

/** Cards have a check digit; accounts of passbooks and firms have no common one.
 *  @param number as `normaliseCode` gives it */
export const isBankNumber = (number: string, kind: 'card' | 'account'): boolean =>
  kind === 'card' ? /^\d{15,19}$/.test(number) && passesLuhn(number) : /^\d{8,30}$/.test(number)
