// QA-16: where one region and year has several published totals, the spread is shown instead of one of them.
// Published case: Inner Mongolia, 5.745 and 3.85 万亿元 for 2020.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, rangeIn, rangeOf, short, show, totalSpan } from './amount.ts'
import type { PublishedCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.several-totals': {
    severity: 'yellow',
    zh: '{what}：同一地区同一年有 {count} 个数：{list}，最大为最小的 {ratio} 倍。',
    en: '{whatEn}: one region and year has {count} totals: {listEn}; the largest is {ratio} times the smallest.',
    hint: text(
      '请说明各数的指标体系、价格基年和方法，不要只挑一个。',
      'State the indicator set, price year and method of each; do not pick one.',
    ),
  },
})

export const qa16 = (cases: readonly PublishedCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const first = c.totals[0]
    if (!first || c.totals.length < 2) return []
    const u = rangeOf(first.amount).unit
    const all = c.totals.map((t) => ({ ...t, range: rangeIn(t.amount, u) }))
    const agree = all.every((a) => all.every((b) => meet(totalSpan(a.range), totalSpan(b.range))))
    if (agree) return []
    const sorted = [...all].sort((a, b) => a.range.mid.cmp(b.range.mid))
    const [least, most] = [sorted[0]!, sorted.at(-1)!]
    const said = {
      ...names(c.what),
      count: all.length,
      list: all.map((t) => `${show(t.amount)}（${t.source}）`).join('、'),
      listEn: all.map((t) => `${show(t.amount)} (${t.source})`).join(', '),
      ratio: least.range.mid.isZero() ? '∞' : short(most.range.mid.div(least.range.mid)),
    }
    return [finding('QA-16', problem('qa.several-totals', said), c)]
  })
