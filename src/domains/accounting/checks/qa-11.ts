// QA-11: soil retained per hectare is plausible: 5 000 t on any plot, 1 500 t as an average of a class or a region.
// Published error: Gao's 2 985 t/hm² as an average.

import { defineProblems, divideUnits, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { quotient, rangeIn, rangeOf, short, show } from './amount.ts'
import type { SoilCase } from './cases.ts'
import { finding } from './finding.ts'
import { SOIL_ANYWHERE, SOIL_AVERAGE } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.soil-impossible': {
    severity: 'red',
    zh: '{what}：{soil} ÷ {area} = {found} t/hm2，超过 {limit} t/hm2，不可能。',
    en: '{whatEn}: {soil} over {area} is {found} t/hm², more than {limit} t/hm², which cannot be.',
    hint: text(
      '请检查坡长有没有封顶、R 与 K 是否同一单位制。',
      'Check the cap of slope length and the units of R and K.',
    ),
  },
  'qa.soil-implausible': {
    severity: 'yellow',
    zh: '{what}：{soil} ÷ {area} = {found} t/hm2，作为平均值超过 {limit} t/hm2。',
    en: '{whatEn}: {soil} over {area} is {found} t/hm², more than {limit} t/hm² as an average.',
    hint: text(
      '请与水土流失公报的实际侵蚀量比较，并说明原因。',
      'Compare with the official erosion survey and say what explains it.',
    ),
  },
})

export const qa11 = (cases: readonly SoilCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const [soil, area] = [rangeOf(c.soil), rangeOf(c.area)]
    const rate = quotient(soil, area)
    if (!rate) return []
    const low = rangeIn({ value: rate.low, unit: divideUnits(soil.unit, area.unit) }, SOIL_AVERAGE.unit).mid
    const limit = low.gt(SOIL_ANYWHERE.high!) ? SOIL_ANYWHERE : low.gt(SOIL_AVERAGE.high!) ? SOIL_AVERAGE : undefined
    if (!limit) return []
    const middle = rangeIn({ value: soil.mid.div(area.mid), unit: divideUnits(soil.unit, area.unit) }, limit.unit).mid
    const code = limit === SOIL_ANYWHERE ? 'qa.soil-impossible' : 'qa.soil-implausible'
    const said = {
      ...names(c.what),
      soil: show(c.soil),
      area: show(c.area),
      found: short(middle),
      limit: short(limit.high!),
    }
    return [finding('QA-11', problem(code, said), c)]
  })
