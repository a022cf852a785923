// QA-05: value per km² stays inside the range of its ecosystem type, so that 万 for 亿 or "billion" for 亿元 is seen.
// Published error: an abstract on Guangxi prints a GEP in billions that is in fact in 亿元 (a factor of ten).

import { dec, defineProblems, divideUnits, text } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { quotient, rangeIn, rangeOf, short, show, type Span } from './amount.ts'
import type { PerAreaCase } from './cases.ts'
import { finding } from './finding.ts'
import { VALUE_PER_AREA, type Limit } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.unit-order': {
    severity: 'yellow',
    zh: '{what}：{value} ÷ {area} = {found} 万元/km2，超出{limit} {low}～{high}。{guess}',
    en: '{whatEn}: {value} over {area} is {found} 万元/km2, outside {limitEn}, {low} to {high}. {guessEn}',
    hint: text(
      '请检查万、亿、billion 有没有写错，面积是不是 km2。',
      'Check 万, 亿, billion, and whether the area is in km².',
    ),
  },
})

/** Slips of the order of magnitude that are met in print. */
const SLIPS = [
  {
    factor: dec(10),
    zh: '看起来多了 10 倍（billion 与 亿元？）。',
    en: 'It looks ten times too large (billion for 亿元?).',
  },
  {
    factor: dec('0.1'),
    zh: '看起来少了 10 倍（亿元 与 billion？）。',
    en: 'It looks ten times too small (亿元 for billion?).',
  },
  { factor: dec(10000), zh: '看起来多了 1 万倍（亿 与 万？）。', en: 'It looks 10 000 times too large (亿 for 万?).' },
  {
    factor: dec('0.0001'),
    zh: '看起来少了 1 万倍（万 与 亿？）。',
    en: 'It looks 10 000 times too small (万 for 亿?).',
  },
] as const

const inside = (s: Span, l: Limit): boolean => (!l.low || s.high.gte(l.low)) && (!l.high || s.low.lte(l.high))

/** The level-1 class of a dotted path; `*` where the class has no range of its own. */
const limitFor = (cls: string): Limit => VALUE_PER_AREA[cls.split('.')[0]!] ?? VALUE_PER_AREA['*']!

export const qa05 = (cases: readonly PerAreaCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const limit = limitFor(c.class)
    const [value, area] = [rangeOf(c.value), rangeOf(c.area)]
    const per = quotient(value, area)
    if (!per) return []
    const u = divideUnits(value.unit, area.unit)
    const span = {
      low: rangeIn({ value: per.low, unit: u }, limit.unit).mid,
      high: rangeIn({ value: per.high, unit: u }, limit.unit).mid,
    }
    if (inside(span, limit)) return []
    const middle = span.low.plus(span.high).div(2)
    const slip = SLIPS.find(({ factor }) => {
      const mended = middle.div(factor)
      return inside({ low: mended, high: mended }, limit)
    })
    return [
      finding(
        'QA-05',
        problem('qa.unit-order', {
          ...names(c.what),
          value: show(c.value),
          area: show(c.area),
          found: short(middle),
          limit: limit.text.zh,
          limitEn: limit.text.en,
          low: limit.low ? short(limit.low) : '0',
          high: limit.high ? short(limit.high) : '∞',
          guess: slip?.zh ?? '',
          guessEn: slip?.en ?? '',
        }),
        c,
      ),
    ]
  })
