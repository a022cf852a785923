// Codes are judged while they are typed: not before they are whole or left, and then as the house judges them.

import { describe, expect, test } from 'vitest'
import { idNumberCheckSign, organisationCheckSign } from '../../kernel/index.ts'
import { checksOf } from './checks.ts'

const TODAY = '2026-03-02'
const ID = `43072519500101001${idNumberCheckSign('43072519500101001')}`
const FIRM = `9143072507263${'1234'}`.slice(0, 17)
const CODE = FIRM + organisationCheckSign(FIRM)
const CARD = '6200000000000005'
const told = (value: Readonly<Record<string, string>>, left = true): readonly string[] =>
  checksOf(Object.keys(value), TODAY)(value, () => left).map((p) => p.field!)
const other = (code: string): string => code.slice(0, -1) + (code.endsWith('1') ? '2' : '1')

describe('a code in a form', () => {
  test('that is right is not spoken of, however it is written', () => {
    const spaced = `${ID.slice(0, 6)} ${ID.slice(6).toLowerCase()}`
    expect(
      told({ idNumber: spaced, code: CODE.toLowerCase(), number: CARD, kind: 'card', passport: 'E12345678' }),
    ).toEqual([])
  })

  test('whose last sign is wrong is told at once; one that is not whole only after the field is left', () => {
    expect(told({ idNumber: other(ID) }, false)).toEqual(['idNumber'])
    expect(told({ code: other(CODE) }, false)).toEqual(['code'])
    expect(told({ idNumber: ID.slice(0, 9), code: CODE.slice(0, 9) }, false)).toEqual([])
    expect(told({ idNumber: ID.slice(0, 9), code: CODE.slice(0, 9) })).toEqual(['idNumber', 'code'])
  })

  test('of a bank is judged by its kind: a card has a check digit, an account only its length', () => {
    expect(told({ number: other(CARD), kind: 'card' })).toEqual(['number'])
    expect(told({ number: other(CARD), kind: 'account' })).toEqual([])
    expect(told({ number: '1234', kind: 'account' })).toEqual(['number'])
    expect(told({ number: other(CARD), kind: '' })).toEqual([])
  })

  test('is never repeated in what is said of it', () => {
    for (const value of [{ idNumber: other(ID) }, { code: other(CODE) }, { number: other(CARD), kind: 'card' }])
      for (const said of checksOf(Object.keys(value), TODAY)(value, () => true))
        expect(JSON.stringify(said)).not.toContain(Object.values(value)[0])
  })
})
