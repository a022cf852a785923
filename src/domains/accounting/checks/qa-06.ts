// QA-06: what is purified never exceeds what is emitted; a capacity booked without an emission is questioned.
// Published error: Gao 2014 books 79 Mkg of dust on 4 706 hm², a capacity with no emission beside it.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, rangeIn, rangeOf, show } from './amount.ts'
import type { CapCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.emission-cap': {
    severity: 'red',
    zh: '{what}：净化量 {purified} 大于排放量 {emission}。',
    en: '{whatEn}: {purified} purified is more than {emission} emitted.',
    hint: text('净化量取排放量与净化能力中较小的一个。', 'Take the smaller of emission and capacity.'),
  },
  'qa.emission-unknown': {
    severity: 'yellow',
    zh: '{what}：净化量 {purified} 旁边没有排放量，可能是净化能力而不是净化量。',
    en: '{whatEn}: {purified} purified stands without an emission; it may be a capacity.',
    hint: text(
      '请填该污染物的排放量，或说明为什么没有。',
      'Give the emission of this pollutant, or say why there is none.',
    ),
  },
})

export const qa06 = (cases: readonly CapCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const purified = rangeOf(c.purified)
    if (purified.mid.isZero()) return []
    const said = { ...names(c.what), purified: show(c.purified) }
    if (!c.emission) return [finding('QA-06', problem('qa.emission-unknown', said), c)]
    const emitted = rangeIn(c.emission, purified.unit)
    if (purified.mid.lte(emitted.mid) || meet(purified, emitted)) return []
    return [finding('QA-06', problem('qa.emission-cap', { ...said, emission: show(c.emission) }), c)]
  })
