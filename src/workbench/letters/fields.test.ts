// A form made of a template's fields: each asked for once, sent as the house wants it, its derived forms shown before it is sent.

import { describe, expect, test } from 'vitest'
import { askedOf, derived, fieldsText, isDay, isSum, valuesOf } from './fields.ts'

const FIELDS = [
  { name: '户主' },
  { name: '金额', form: '大写' },
  { name: '金额', form: '千分位' },
  { name: '日期', form: '中文日期' },
  { name: '地块', rows: [{ name: '编号' }, { name: '面积', form: '千分位' }] },
  { name: '附件', rows: [] },
]

describe('a form made of a template', () => {
  const asked = askedOf(FIELDS)

  test('asks once for a field that is written in two forms', () => {
    expect(asked.map((a) => a.name)).toEqual(['户主', '金额', '日期', '地块', '附件'])
    expect(asked[1]!.forms).toEqual(['大写', '千分位'])
    expect([isSum(asked[1]!), isDay(asked[2]!), isSum(asked[0]!)]).toEqual([true, true, false])
    expect(fieldsText(asked)).toBe('户主，金额（大写、千分位），日期（中文日期），地块（编号，面积（千分位）），附件')
  })

  test('leaves out what was left empty, so that it is named; a part without rows is no rows', () => {
    expect(valuesOf(asked, {})).toEqual({ 地块: [], 附件: false })
    expect(
      valuesOf(asked, { 户主: ' 张三 ', 金额: '', 地块: [{ 编号: '1', 面积: '' }], 附件: true, 别的: 'x' }),
    ).toEqual({ 户主: '张三', 地块: [{ 编号: '1' }], 附件: true })
  })

  test('shows sums in words and days in Chinese as the letter will, and nothing for what is none', () => {
    expect(derived('大写', '1680.32')).toBe('壹仟陆佰捌拾元叁角贰分')
    expect(derived('千分位', '12345.6')).toBe('12,345.6')
    expect(derived('日期', '2026-03-02')).toBe('2026年3月2日')
    expect(derived('中文日期', '2026-03-02')).toContain('二〇二六年')
    expect([derived('大写', '一千'), derived('日期', '2026-02-30'), derived('日期', '')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
