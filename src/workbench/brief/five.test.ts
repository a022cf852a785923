// Which five figures a brief shows, and how their change is said.

import { expect, test } from 'vitest'
import type { Cell, Head, Regions, Statement } from '../../server/told/index.ts'
import { fiveFigures, sinceText } from './five.ts'

const text = (zh: string) => ({ zh, en: zh })
const cell = (code: string, exact = '1'): Cell => ({
  code,
  key: code,
  title: text(code),
  text: exact,
  exact,
  unit: text('元'),
})
const head = {
  year: 2024,
  region: '430725',
  totals: [
    { basis: text('不变价'), year: 2020, cell: cell('G1') },
    { basis: text('现价'), year: 2024, cell: cell('G2') },
  ],
} as unknown as Head
const service = (id: string, exact: string, more: object = {}) => ({
  id,
  title: text(id),
  kind: 'service',
  constant: cell(id, exact),
  share: '10',
  ...more,
})
const statement = {
  rows: [
    service('R1', '5 元'),
    service('R2', '9 元'),
    service('M1', '7 元'),
    service('C9', '99 元', { memo: true }),
    { id: '*', kind: 'total', title: text('合计') },
  ],
} as unknown as Statement
const regions = (ratios: object) =>
  ({
    ratios: [{ id: 'per-area', title: text('单位面积') }],
    rows: [{ code: '430725', ratios }],
  }) as unknown as Regions

test('five figures: both totals, one ratio, then the largest services; what is below the line is none of them', () => {
  const codes = (ratios: object) => fiveFigures(head, statement, regions(ratios)).map((f) => f.cell.code)
  expect(codes({ 'per-area': cell('P') })).toEqual(['G1', 'G2', 'P', 'R2', 'M1'])
  expect(codes({})).toEqual(['G1', 'G2', 'R2', 'M1', 'R1'])
})

test('a change is said with its direction, and what cannot be compared is said to be so', () => {
  const said = (change?: string, percent?: string) => sinceText({ year: '2023', change, percent }).zh
  expect([said('5', '3.40'), said('-5', '-3.40'), said('0', '0.00'), said('5'), said()]).toEqual([
    '比 2023 年增加 3.40 %。',
    '比 2023 年减少 3.40 %。',
    '与 2023 年相同。',
    '比 2023 年增加。',
    '2023 年没有这个数，不比。',
  ])
  expect(sinceText(undefined).zh).toContain('不比')
})
