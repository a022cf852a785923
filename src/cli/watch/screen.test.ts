// What stands on a terminal while a run goes: seen through a small terminal that knows the two signs the screen uses. The law:
// however steps, counties and other lines come, other lines stand whole and in order, and below them at most one drawing.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textWidth } from '../text-width.ts'
import { screenOf, type Screen } from './screen.ts'
import type { CountyLine } from './told.ts'

/** Rows of text, and the cursor always at the beginning of one. */
function terminal(columns: number) {
  const rows: string[] = ['']
  const write = (text: string): void => {
    for (const part of text.split(/(\u001b\[\d+[AJ]|\n)/)) {
      const [, n, sign] = /^\u001b\[(\d+)([AJ])$/.exec(part) ?? []
      if (sign === 'A') rows.splice(rows.length - 1 - Number(n))
      else if (sign !== 'J' && part !== '') {
        if (part === '\n' || sign !== undefined) rows.push('')
        else rows[rows.length - 1] += part
      }
      if (sign === 'A') rows.push('')
    }
  }
  return { out: { isTTY: true, columns, rows: 24, write }, rows }
}

const county = (i: number, done: number, tiles = 10): CountyLine => ({
  code: String(430100 + i),
  name: { zh: `第${i}县`, en: `County ${i}` },
  tiles,
  done,
  isFinal: done === tiles,
  values: [],
})
const table = (counties: readonly CountyLine[]) => ({ kind: 'counties', table: { columns: [], counties } }) as const
const title = { zh: '核算', en: 'account' }
const step = (done: number) =>
  ({ kind: 'step', title, done, of: 100, what: { zh: '逐像元计算', en: 'pixels' } }) as const

test('a terminal shows the bar, how many counties are final, partial and to come, and each that is in work or done', () => {
  const { out, rows } = terminal(60)
  const screen = screenOf(out)
  screen.take(step(40))
  screen.take(table([county(1, 10), county(2, 4), county(3, 0)]))
  expect(rows).toEqual([
    '核算 █████████████░░░░░░░░░░░░░░░░░░░ 40% 逐像元计算',
    '各县 / counties: ✓ 已定 final 1  ~ 部分 partial 1  · 未到 t',
    '  ~ 第2县 部分 40%   ✓ 第1县 已定',
    '',
  ])
  screen.take({ kind: 'stepped' })
  expect(rows).toEqual([`核算 ${'█'.repeat(32)} 100% 完成`, ''])
})

test('other lines stand whole and in order above one drawing, and nothing is wider than the terminal', () => {
  const act = fc.oneof(
    fc.record({ do: fc.constant('step' as const), n: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ do: fc.constant('counties' as const), n: fc.integer({ min: 0, max: 200 }) }),
    fc.record({ do: fc.constant('aside' as const), n: fc.nat(9) }),
    fc.record({ do: fc.constant('stepped' as const), n: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), fc.integer({ min: 30, max: 120 }), (acts, columns) => {
      const { out, rows } = terminal(columns)
      const screen: Screen = screenOf(out)
      const said: string[] = []
      for (const { do: what, n } of acts) {
        if (what === 'step') screen.take(step(n))
        else if (what === 'counties') screen.take(table(Array.from({ length: n }, (_, i) => county(i, i % 11))))
        else if (what === 'stepped') screen.take({ kind: 'stepped' })
        else
          screen.aside(() => {
            said.push(`line ${said.length} ${n}`)
            out.write(`${said.at(-1)!}\n`)
          })
        expect(rows.filter((r) => r.startsWith('line'))).toEqual(said)
        const last = rows.findLastIndex((r) => r.startsWith('line') || r.endsWith('完成'))
        expect(rows.length - 1 - (last + 1)).toBeLessThanOrEqual(10)
        expect(rows.filter((r) => r.startsWith('各县')).length).toBeLessThanOrEqual(1)
        for (const r of rows.filter((x) => !x.startsWith('line') && !x.endsWith('完成')))
          expect(textWidth(r)).toBeLessThan(columns)
      }
      screen.end()
      expect(rows.filter((r) => r !== '' && !r.endsWith('完成'))).toEqual(said)
    }),
    { numRuns: 60 },
  )
})

test('without a terminal each tenth and each county that is final is a line of its own, said once', () => {
  let text = ''
  const screen = screenOf({ write: (s: string) => (text += s) })
  for (const done of [0, 5, 10, 11, 12]) screen.take(step(done))
  screen.take(table([county(1, 10), county(2, 4)]))
  screen.take(table([county(1, 10), county(2, 10)]))
  expect(text.split('\n')).toEqual([
    '核算 / account: 0/100 逐像元计算',
    '核算 / account: 10/100 逐像元计算',
    '  ✓ 已定 / final: 430101 第1县（1/2）',
    '  ✓ 已定 / final: 430102 第2县（2/2）',
    '',
  ])
})
