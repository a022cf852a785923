// Answers in a terminal: columns stay in line with Chinese text, times are the operator's, nobody reads raw JSON.

import { expect, test } from 'vitest'
import { field, form } from '../../kernel/index.ts'
import { textWidth } from '../text-width.ts'
import { localTime, pairsText, rowsText } from './rows-text.ts'

const ROW = form({
  number: field.text({ title: { zh: '证号', en: 'number' }, example: 'x' }),
  kg: field.text({ title: { zh: '数量（千克）', en: 'amount' }, example: '1' }),
  note: field.optional(field.text({ title: { zh: '备注', en: 'note' }, example: 'x' })),
})
const ROWS = [
  { number: 'PW-1 造纸', kg: '1000' },
  { number: 'PW-22', kg: '9' },
]

test('a table keeps its columns in line and leaves out what nobody filled', () => {
  const lines = rowsText(ROW, ROWS, '+08:00', 80).split('\n')
  expect(lines[0]).toBe('证号       数量（千克）')
  expect(lines.slice(2, 4).map(textWidth)).toEqual([23, 23])
  expect(lines[2]).toMatch(/ {2}1000$/)
  expect(lines.join('\n')).not.toContain('备注')
  expect(lines.at(-1)).toBe('共 2 行 / 2 rows')
})

test('what does not fit the width becomes a card a row', () => {
  const text = rowsText(ROW, ROWS, '+08:00', 20)
  expect(text).toContain('── 1 ──\n  证号          PW-1 造纸\n  数量（千克）  1000')
  expect(rowsText(ROW, [], '+08:00')).toContain('没有')
})

test('an instant is shown in the zone of the operator, also over midnight', () => {
  expect(localTime('2026-03-01T16:30:00.000Z', '+08:00')).toBe('2026-03-02 00:30:00')
  expect(localTime('2026-03-01T00:10:00.000Z', '-03:30')).toBe('2026-02-28 20:40:00')
})

test('pairs without a value are left out', () => {
  expect(
    pairsText([
      ['甲', '1'],
      ['乙丙', '2'],
      ['丁', undefined],
    ]),
  ).toBe('  甲    1\n  乙丙  2')
})
