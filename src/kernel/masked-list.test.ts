// Masking and finding what was not masked.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isNameColumn,
  listText,
  looksMasked,
  maskedList,
  maskName,
  maskNumber,
  pastedList,
  personalNumberIn,
} from './masked-list.ts'

test('a name keeps its ends, and a number its ends only', () => {
  expect(['王明', '王小明', '欧阳小明', '王', ''].map(maskName)).toEqual(['王＊', '王＊明', '欧＊＊明', '＊', '＊'])
  expect(maskNumber('13812345678')).toBe('138＊＊＊＊5678')
  expect(maskNumber('430726198001011234')).toBe('430726＊＊＊＊＊＊＊＊＊＊34')
  expect(maskNumber('12')).toBe('＊＊')
})

test.each([
  ['430726198001011234', '身份证号'],
  ['身份证43072619800101123X。', '身份证号'],
  ['４３０７２６１９８００１０１１２３４', '身份证号'],
  ['13812345678', '手机号'],
  ['电话 138-1234-5678', '手机号'],
  ['卡号 6217 0012 3456 7890 123', '银行卡号'],
])('%s is seen as %s', (text, what) => {
  expect(personalNumberIn(text)?.zh).toBe(what)
})

test.each([
  ['a date and an amount', '2026-09-28 至 2026-10-13，面积 12.5 亩，金额 1812.50 元'],
  ['the code of a parcel', '4307261001001000001'],
  ['a credit code', '91430726MA4L000000'],
  ['the telephone of an office', '0736-5320000'],
  ['what is masked', '138＊＊＊＊5678，430726＊＊＊＊＊＊＊＊＊＊34'],
])('%s is left alone', (_, text) => {
  expect(personalNumberIn(text)).toBeUndefined()
})

test('what is masked looks masked, and its number is never found again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('王', '小', '明', '欧'), { minLength: 1, maxLength: 5 }), (signs) => {
      expect(looksMasked(maskName(signs.join('')))).toBe(true)
    }),
  )
  const mobile = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
  fc.assert(
    fc.property(mobile, (n) => personalNumberIn(n) !== undefined && personalNumberIn(maskNumber(n)) === undefined),
  )
})

test('columns of names are known by their heading', () => {
  expect(['户主', '承包方代表', '姓名', '面积（亩）', '备注'].map(isNameColumn)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a pasted list is masked whole: names in their columns, numbers wherever they stand, and nothing else', () => {
  const pasted = pastedList(
    '户主\t面积（亩）\t备注\n王小明\t12.5\t电话 138 1234 5678\n李＊\t4307261001001000001\t身份证430726198001011234\n\n',
  )
  const masked = maskedList(pasted)
  expect(masked.rows).toEqual([
    ['王＊明', '12.5', '电话 138＊＊＊＊5678'],
    ['李＊', '4307261001001000001', '身份证430726＊＊＊＊＊＊＊＊＊＊34'],
  ])
  expect(pastedList(listText(masked))).toEqual(masked)
  expect(maskedList(masked)).toEqual(masked)
  const cell = fc.oneof(
    fc.constantFrom('王小明', '王＊明', '3.2', '—'),
    fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map((n) => `话${n}`),
    fc.constantFrom('43072619800101123X', '6217 0012 3456 7890 123', '138-1234-5678 又 13912345678'),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const shown = maskedList({ columns: ['户主', '备注'], rows })
      return (
        shown.rows.flat().every((c) => personalNumberIn(c) === undefined) && shown.rows.every((r) => looksMasked(r[0]!))
      )
    }),
  )
})
