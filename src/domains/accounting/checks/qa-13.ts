// QA-13: lake storage is computed lake by lake; the law is not linear, so the area of all lakes together gives a wrong sum.
// Published case: prefecture accounts that put the total lake area into the regression.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import type { LakeCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.lake-sum': {
    severity: 'yellow',
    zh: '{what}：“{name}”像是多个湖泊的合计面积，调蓄量要逐湖计算。',
    en: '{whatEn}: "{name}" looks like the area of several lakes; storage is computed lake by lake.',
    hint: text('请逐湖填面积，每湖一行。', 'Give the areas lake by lake, one row each.'),
  },
  'qa.lake-count': {
    severity: 'yellow',
    zh: '{what}：有 {lakes} 个湖泊，回归却只用了 {areas} 个面积。',
    en: '{whatEn}: there are {lakes} lakes but the regression was given {areas} areas.',
    hint: text('请逐湖填面积，每湖一行。', 'Give the areas lake by lake, one row each.'),
  },
})

export const qa13 = (cases: readonly LakeCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    if (c.sumNamed !== undefined)
      return [finding('QA-13', problem('qa.lake-sum', { ...names(c.what), name: c.sumNamed }), c)]
    if (c.areas < c.lakes)
      return [finding('QA-13', problem('qa.lake-count', { ...names(c.what), lakes: c.lakes, areas: c.areas }), c)]
    return []
  })
