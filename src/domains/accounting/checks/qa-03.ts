// QA-03: a share is part over total. Where all shares agree on another base, that base is named.
// Published error: China 2015 gives 42.4 %, 30.0 % and 16.1 % for parts that would make a total of 66.2, not 72.81.

import { defineProblems, text, unit, type Dec } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { meet, quotient, rangeIn, rangeOf, short, show, type Span } from './amount.ts'
import type { ShareCase } from './cases.ts'
import { finding } from './finding.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.shares': {
    severity: 'yellow',
    zh: '{what}：占比 {share} 与数值不符，{part} ÷ {base} 应为 {expected} %。',
    en: '{whatEn}: the share {share} does not fit, {part} over {base} gives {expected} %.',
    hint: text('请重算占比，或写明占比以哪个合计为分母。', 'Recompute the share, or name the total it is a share of.'),
  },
  'qa.shares-other-base': {
    severity: 'yellow',
    zh: '{what}：各项占比的分母其实是约 {low}～{high} {unit}，不是所写的合计 {base}。',
    en: '{whatEn}: all shares are of a total of about {low} to {high} {unit}, not of the total stated, {base}.',
    hint: text(
      '请写明占比的分母是哪个合计（例如不含某些服务）。',
      'Name the total the shares refer to (for example, one without some services).',
    ),
  },
})

const PERCENT = unit('%')

export const qa03 = (cases: readonly ShareCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const base = rangeOf(c.base)
    const judged = c.parts.flatMap((p) => {
      const part = rangeIn(p.amount, base.unit)
      const share = rangeIn(p.share, '1')
      const expected = quotient(part, base)
      return expected
        ? [{ p, fits: meet(expected, share), middle: part.mid.div(base.mid), implied: quotient(part, share) }]
        : []
    })
    const wrong = judged.filter((j) => !j.fits)
    if (wrong.length === 0) return []
    const other = wrong.length > 1 ? commonSpan(judged.map((j) => j.implied)) : undefined
    if (other)
      return [
        finding(
          'QA-03',
          problem('qa.shares-other-base', {
            ...names(c.what),
            low: short(other.low),
            high: short(other.high),
            unit: base.unit.text,
            base: show(c.base),
          }),
          c,
        ),
      ]
    return wrong.map((j) =>
      finding(
        'QA-03',
        problem('qa.shares', {
          what: `${c.what.zh}·${j.p.what.zh}`,
          whatEn: `${c.what.en}, ${j.p.what.en}`,
          share: show(j.p.share),
          part: show(j.p.amount),
          base: show(c.base),
          expected: short(inPercent(j.middle)),
        }),
        c,
      ),
    )
  })

const inPercent = (ratio: Dec): Dec => ratio.times(PERCENT.den.toString()).div(PERCENT.num.toString())

/** The values all spans share; undefined where there is none or a span is missing. */
function commonSpan(spans: readonly (Span | undefined)[]): Span | undefined {
  let common: Span | undefined
  for (const s of spans) {
    if (!s) return undefined
    common = common
      ? { low: common.low.gt(s.low) ? common.low : s.low, high: common.high.lt(s.high) ? common.high : s.high }
      : s
  }
  return common && common.low.lte(common.high) ? common : undefined
}
