// What a person reads of a pass over maps while it runs.

import { expect, test } from 'vitest'
import { text } from '../kernel/index.ts'
import { READING_MAPS } from '../domains/accounting/index.ts'
import { paced } from './pace.ts'

test('tells the pace and the time left once in a tenth, and says nothing more of other work', () => {
  let clock = 0
  const said: string[] = []
  const step = paced(
    (_, __, what) => {
      if (said.at(-1) !== what.zh) said.push(what.zh)
    },
    () => clock,
  )
  const other = text('合计与检查', 'totals and checks')
  step(1, 2, other)
  for (let tile = 0; tile <= 100; tile++, clock += 100) step(tile, 100, READING_MAPS)
  expect(said.slice(0, 4)).toEqual([
    '合计与检查',
    '逐像元计算',
    '逐像元计算，每秒 0.7 百万像元，还需 9 秒',
    '逐像元计算，每秒 0.7 百万像元，还需 8 秒',
  ])
  expect(said).toHaveLength(12)
  expect(said.at(-1)).toBe('逐像元计算，每秒 0.7 百万像元，还需 0 秒')
})
