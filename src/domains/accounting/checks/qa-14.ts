// QA-14: GEP over GDP is recomputed from the GDP of the statistics.
// Published error: Inner Mongolia 2020 prints 1.17 beside 3.85 万亿元, which does not fit its GDP. The ratio compares two
// statistics and is nothing else.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, quotient, rangeIn, rangeOf, short, show } from './amount.ts'
import type { RatioCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.gep-to-gdp': {
    severity: 'yellow',
    zh: '{what}：GEP/GDP 写作 {ratio}，但 {gep} ÷ {gdp} = {expected}。',
    en: '{whatEn}: GEP/GDP is stated as {ratio}, but {gep} over {gdp} is {expected}.',
    hint: text('请核对 GDP 的年份、地区和口径。', 'Check the year, region and kind of the GDP.'),
  },
})

export const qa14 = (cases: readonly RatioCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const gdp = rangeOf(c.gdp)
    const gep = rangeIn(c.gep, gdp.unit)
    const span = quotient(gep, gdp)
    if (!span || meet(span, rangeIn(c.ratio, '1'))) return []
    const said = {
      ...names(c.what),
      ratio: show(c.ratio),
      gep: show(c.gep),
      gdp: show(c.gdp),
      expected: short(gep.mid.div(gdp.mid)),
    }
    return [finding('QA-14', problem('qa.gep-to-gdp', said), c)]
  })
