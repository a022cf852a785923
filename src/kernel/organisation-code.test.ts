// Unified social credit codes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOrganisationCode, normaliseOrganisationCode, organisationCheckSign } from './organisation-code.ts'

const SIGNS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
const codes = fc
  .tuple(
    fc.array(fc.constantFrom(...SIGNS), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...'0123456789'), { minLength: 6, maxLength: 6 }),
    fc.array(fc.constantFrom(...SIGNS), { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.flat().join(''))
  .map((first) => first + organisationCheckSign(first))

describe('unified social credit code', () => {
  test('codes printed on licences of listed companies are right', () => {
    for (const code of ['9144030071526726XG', '91330100716105852F', '91110000802100433B', '91440300708461136T'])
      expect(isOrganisationCode(code)).toBe(true)
  })

  test('one wrong character, or two neighbours swapped, is found', () => {
    fc.assert(
      fc.property(codes, fc.nat({ max: 17 }), fc.constantFrom(...SIGNS), (code, at, sign) => {
        expect(isOrganisationCode(code)).toBe(true)
        const wrong = code.slice(0, at) + sign + code.slice(at + 1)
        expect(isOrganisationCode(wrong)).toBe(sign === code[at])
        const swapped = code.slice(0, at) + (code[at + 1] ?? '') + code[at]! + code.slice(at + 2)
        expect(isOrganisationCode(swapped)).toBe(swapped === code)
      }),
    )
  })

  test('is read from full-width and small letters and refused in any other form', () => {
    expect(isOrganisationCode(normaliseOrganisationCode(' ９１４４０３００71526726xg '))).toBe(true)
    for (const bad of ['', '9144030071526726X', '9144030071526726XGG', '9I44030071526726XG', "91440300' or 1=1 --"])
      expect(isOrganisationCode(bad)).toBe(false)
  })
})
