// QA-12: carbon dioxide fixed is at most all of NPP, and oxygen is 32/44 of it where both stand on one basis.
// Published case: Ganzi prints 8.1, since its oxygen stands on NPP and its carbon on NEP; an indicator set that declares
// this as the ground of the pair R8 and R11 explains it, so the check stays silent there.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { quotient, rangeIn, short, show } from './amount.ts'
import type { CarbonCase } from './cases.ts'
import { finding } from './finding.ts'
import { OXYGEN_RATIO, OXYGEN_ROOM } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.carbon-above-npp': {
    severity: 'red',
    zh: '{what}：固碳 {co2} 大于全部净初级生产力折合的 {npp} tCO2。',
    en: '{whatEn}: {co2} fixed is more than all net primary production, {npp} tCO2.',
    hint: text('请检查 tC 与 tCO2（×44/12）有没有换错。', 'Check tC against tCO2 (×44/12).'),
  },
  'qa.oxygen-ratio': {
    severity: 'yellow',
    zh: '{what}：释氧与固碳之比为 {ratio}，同一光合过程应为 {expected}，两者不在同一基准。',
    en: '{whatEn}: oxygen over carbon dioxide is {ratio}; one photosynthesis gives {expected}, so they stand on two bases.',
    hint: text(
      '请改用同一基准，或在指标体系里写明两者基准不同的依据。',
      'Use one basis, or declare in the indicator set why the two bases differ.',
    ),
  },
})

export const qa12 = (cases: readonly CarbonCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const found: Finding[] = []
    const co2 = rangeIn(c.co2, 'tCO2')
    if (c.npp) {
      const npp = rangeIn(c.npp, 'tC')
      const most = npp.high.times(44).div(12)
      if (co2.low.gt(most))
        found.push(
          finding(
            'QA-12',
            problem('qa.carbon-above-npp', {
              ...names(c.what),
              co2: show(c.co2),
              npp: short(npp.mid.times(44).div(12)),
            }),
            c,
          ),
        )
    }
    const ratio = c.o2 && quotient(rangeIn(c.o2, 'tO2'), co2)
    if (ratio && !c.basesDiffer) {
      const room = OXYGEN_RATIO.times(OXYGEN_ROOM)
      if (ratio.low.gt(OXYGEN_RATIO.plus(room)) || ratio.high.lt(OXYGEN_RATIO.minus(room)))
        found.push(
          finding(
            'QA-12',
            problem('qa.oxygen-ratio', {
              ...names(c.what),
              ratio: short(rangeIn(c.o2!, 'tO2').mid.div(co2.mid)),
              expected: short(OXYGEN_RATIO),
            }),
            c,
          ),
        )
    }
    return found
  })
