// May an act lean on this value for this use? Clause A7: a figure states what it is fit for, and an act that cites an unfit
// one is refused.

import type { Problem } from '../../kernel/index.ts'
import { USES_OF_VALUE, type Citation, type IndicatorValue } from './model.ts'
import { indicatorProblem } from './problems.ts'

/** Why the value in force does not serve the citation; empty if it does. */
export function citationProblems(c: Citation, value: IndicatorValue | undefined): readonly Problem[] {
  const { indicator, place, period } = c.of
  if (!value || value.status === 'withdrawn')
    return [indicatorProblem('indicator.no-value', { indicator, place, period })]
  if (value.fit.includes(c.use)) return []
  const why = value.unfit.find((u) => u.use === c.use)?.why ?? {
    zh: '没有人判定它适用于此。',
    en: 'nobody has judged it fit for that.',
  }
  const use = USES_OF_VALUE[c.use]
  return [
    indicatorProblem('indicator.not-fit', {
      indicator,
      place,
      period,
      use: use.zh,
      useEn: use.en,
      why: why.zh,
      whyEn: why.en,
    }),
  ]
}
