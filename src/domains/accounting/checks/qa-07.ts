// QA-07: a column total includes every row. Where leaving out one or two rows explains the total, the rows are named.
// Published error: the purification total of Gao leaves out its SO2 row of 48.08.

import { defineProblems, sumDec, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, rangeIn, rangeOf, show, totalSpan } from './amount.ts'
import type { SumCase } from './cases.ts'
import { finding } from './finding.ts'
import { gapOf, names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.row-left-out': {
    severity: 'red',
    zh: '{what}：合计 {total} 漏了“{row}”（{amount}）。',
    en: '{whatEn}: the total {total} leaves out "{rowEn}" ({amount}).',
    hint: text('请把漏掉的行加进合计，或说明为什么不计。', 'Add the row to the total, or say why it does not count.'),
  },
})

/** Pairs are tried up to this many rows; beyond it only single rows, which keeps the search linear. */
const PAIRS_UP_TO = 60

export const qa07 = (cases: readonly SumCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    if (c.parts.length < 2 || !gapOf(c)) return []
    const rows = leftOut(c).map((i) => c.parts[i]!)
    if (rows.length === 0) return []
    const said = {
      ...names(c.what),
      total: show(c.total),
      row: rows.map((r) => r.what.zh).join('、'),
      rowEn: rows.map((r) => r.what.en).join(', '),
      amount: rows.map((r) => show(r.amount)).join(' + '),
    }
    return [finding('QA-07', problem('qa.row-left-out', said), c)]
  })

/** The fewest rows, at most two, whose absence explains the total. Rows of zero explain nothing. */
function leftOut(c: SumCase): readonly number[] {
  const total = rangeOf(c.total)
  const parts = c.parts.map((p) => rangeIn(p.amount, total.unit))
  const [low, high] = [sumDec(parts.map((p) => p.low)), sumDec(parts.map((p) => p.high))]
  const explains = (...out: readonly number[]): boolean =>
    meet(
      {
        low: low.minus(sumDec(out.map((i) => parts[i]!.low))),
        high: high.minus(sumDec(out.map((i) => parts[i]!.high))),
      },
      totalSpan(total),
    )
  const heavy = parts.flatMap((p, i) => (p.mid.isZero() ? [] : [i]))
  const single = heavy.find((i) => explains(i))
  if (single !== undefined) return [single]
  if (parts.length < 4 || parts.length > PAIRS_UP_TO) return []
  for (const i of heavy) for (const j of heavy) if (i < j && explains(i, j)) return [i, j]
  return []
}
