// QA-09: water balances. Rain is at least runoff plus evapotranspiration over a place; yield closes on observed runoff.
// Published case: Gong's authors warn of negative cells; they keep their sign here and are reported.

import { defineProblems, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { quotient, rangeIn, rangeOf, short, show } from './amount.ts'
import type { WaterCase } from './cases.ts'
import { finding } from './finding.ts'
import { RUNOFF_CLOSURE } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.water-balance': {
    severity: 'yellow',
    zh: '{what}：降水 {precipitation} 少于径流 {runoff} 加蒸散 {evapotranspiration}，水源涵养量为负。',
    en: '{whatEn}: rain of {precipitation} is less than runoff {runoff} plus evapotranspiration {evapotranspiration}.',
    hint: text(
      '请核对降水和蒸散产品是否同年同口径；负值保留，不要改成 0。',
      'Check that rain and evapotranspiration are of one year and kind; keep the sign, do not set it to 0.',
    ),
  },
  'qa.water-negative': {
    severity: 'yellow',
    zh: '{what}：水源涵养量为负（{amount}），即降水少于径流加蒸散。',
    en: '{whatEn}: water retained is negative ({amount}), rain is less than runoff plus evapotranspiration.',
    hint: text('请核对降水、蒸散和径流系数。', 'Check rain, evapotranspiration and the runoff coefficient.'),
  },
  'qa.water-closure': {
    severity: 'yellow',
    zh: '{what}：产水量 {yield} 与实测径流 {observed} 相差 {gap} %，超过 {limit} %。',
    en: '{whatEn}: a yield of {yield} differs from the observed runoff {observed} by {gap} %, more than {limit} %.',
    hint: text('请用水资源公报的径流率定参数。', 'Calibrate against the runoff of the water resources bulletin.'),
  },
})

export const qa09 = (cases: readonly WaterCase[]): readonly Finding[] => cases.flatMap(judge)

function judge(c: WaterCase): readonly Finding[] {
  switch (c.kind) {
    case 'depths': {
      const [p, et] = [rangeIn(c.precipitation, 'mm'), rangeIn(c.evapotranspiration, 'mm')]
      const runoff = c.runoff ? rangeIn(c.runoff, 'mm') : undefined
      if (p.high.gte(et.low.plus(runoff?.low ?? 0))) return []
      const said = {
        ...names(c.what),
        precipitation: show(c.precipitation),
        evapotranspiration: show(c.evapotranspiration),
        runoff: c.runoff ? show(c.runoff) : '0 mm',
      }
      return [finding('QA-09', problem('qa.water-balance', said), c)]
    }
    case 'negative':
      return rangeOf(c.amount).mid.isNegative() && !rangeOf(c.amount).mid.isZero()
        ? [finding('QA-09', problem('qa.water-negative', { ...names(c.what), amount: show(c.amount) }), c)]
        : []
    case 'closure': {
      const observed = rangeOf(c.observed)
      const ratio = quotient(rangeIn(c.yield, observed.unit), observed)
      const room = RUNOFF_CLOSURE.high!
      if (!ratio || (ratio.high.gte(room.negated().plus(1)) && ratio.low.lte(room.plus(1)))) return []
      const middle = rangeIn(c.yield, observed.unit).mid.div(observed.mid).minus(1).times(100)
      const said = {
        ...names(c.what),
        yield: show(c.yield),
        observed: show(c.observed),
        gap: short(middle),
        limit: short(room.times(100)),
      }
      return [finding('QA-09', problem('qa.water-closure', said), c)]
    }
  }
}
