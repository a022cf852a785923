// QA-15: growth is shown only between accounts of one method and one set of parameters (gep.md section 9, rule 2).

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import type { GrowthCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.method-break': {
    severity: 'red',
    zh: '{what}：两年的{which}不同，不能计算增长。',
    en: '{whatEn}: the {whichEn} of the two years differ, so no growth can be shown.',
    hint: text(
      '请用同一方法和参数重算上一年，再比较。',
      'Recompute the earlier year with the same methods and parameters, then compare.',
    ),
  },
})

export const qa15 = (cases: readonly GrowthCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const which = [
      ...(c.methods[0] === c.methods[1] ? [] : [text('方法', 'methods')]),
      ...(c.parameters[0] === c.parameters[1] ? [] : [text('参数', 'parameters')]),
    ]
    if (which.length === 0) return []
    const said = {
      ...names(c.what),
      which: which.map((w) => w.zh).join('和'),
      whichEn: which.map((w) => w.en).join(' and '),
    }
    return [finding('QA-15', problem('qa.method-break', said), c)]
  })
