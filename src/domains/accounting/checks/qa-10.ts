// QA-10: R and K of the soil loss equation are in one system. K of 0.1317 times too much, or R without the 17.02 of the
// monthly form, is the error met in papers; in SI, K lies between 0.002 and 0.06 and R is at least 500.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { rangeIn, show } from './amount.ts'
import type { ErosionCase } from './cases.ts'
import { finding } from './finding.ts'
import { ERODIBILITY, EROSIVITY } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.erodibility': {
    severity: 'yellow',
    zh: '{what}：K = {value} 不在 {low}～{high} 内，像是没有乘以 0.1317 的 EPIC 值。',
    en: '{whatEn}: K = {value} is outside {low} to {high}; it looks like an EPIC value not multiplied by 0.1317.',
    hint: text('请确认 K 的单位是 t·hm2·h/(hm2·MJ·mm)。', 'Make sure K is in t·hm2·h/(hm2·MJ·mm).'),
  },
  'qa.erosivity': {
    severity: 'yellow',
    zh: '{what}：R = {value} 小于 {low}，像是没有乘以 17.02 的月降水式结果。',
    en: '{whatEn}: R = {value} is below {low}; it looks like a monthly form not multiplied by 17.02.',
    hint: text('请确认 R 的单位是 MJ·mm/(hm2·h·a)。', 'Make sure R is in MJ·mm/(hm2·h·a).'),
  },
})

export const qa10 = (cases: readonly ErosionCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const found: Finding[] = []
    if (c.erodibility) {
      const k = rangeIn(c.erodibility, ERODIBILITY.unit)
      const [low, high] = [ERODIBILITY.low!, ERODIBILITY.high!]
      if (k.high.lt(low) || k.low.gt(high))
        found.push(
          finding(
            'QA-10',
            problem('qa.erodibility', {
              ...names(c.what),
              value: show(c.erodibility),
              low: low.toFixed(),
              high: high.toFixed(),
            }),
            c,
          ),
        )
    }
    if (c.erosivity && rangeIn(c.erosivity, EROSIVITY.unit).high.lt(EROSIVITY.low!))
      found.push(
        finding(
          'QA-10',
          problem('qa.erosivity', { ...names(c.what), value: show(c.erosivity), low: EROSIVITY.low!.toFixed() }),
          c,
        ),
      )
    return found
  })
