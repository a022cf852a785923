// QA-01: the services add up to the printed total, and the same for the classes in QA-02.
// Published error: Changsha County 2021 prints 1691.44 where its three groups give 1691.84.
// Room for rounding: half a last digit of every row, and for the total up to a whole one, since totals are often cut off.

import { defineProblems, sumDec, text, type Quantity, type Text } from '../../../kernel/index.ts'
import type { CheckId, Finding } from '../model.ts'
import { meet, rangeIn, rangeOf, show, totalSpan, type Num } from './amount.ts'
import type { SumCase } from './cases.ts'
import { finding } from './finding.ts'

const problem = defineProblems({
  'qa.sums': {
    severity: 'red',
    zh: '{what}：各项相加为 {sum}，合计却是 {total}，相差 {gap}。',
    en: '{whatEn}: the parts add up to {sum} but the total says {total}, a difference of {gap}.',
    hint: text(
      '请核对各项和合计，改正抄错的一个。',
      'Compare the parts with the total and mend the one copied wrongly.',
    ),
  },
  'qa.classes': {
    severity: 'red',
    zh: '{what}：各生态系统类型相加为 {sum}，合计却是 {total}，相差 {gap}。',
    en: '{whatEn}: the ecosystem types add up to {sum} but the total says {total}, a difference of {gap}.',
    hint: text('请检查是否漏了类型，或有一行重复。', 'Check for a type left out or a row counted twice.'),
  },
})

interface Gap {
  readonly sum: Quantity
  readonly gap: Quantity
}

/** A column is asked about by two checks. */
const gaps = new WeakMap<SumCase, { readonly of: Gap | undefined }>()

/** The sum of the parts and what the total has beyond it; undefined where rounding explains the difference. */
export function gapOf(c: SumCase): Gap | undefined {
  const known = gaps.get(c)
  if (known) return known.of
  const of = findGap(c)
  gaps.set(c, { of })
  return of
}

function findGap(c: SumCase): Gap | undefined {
  const total = rangeOf(c.total)
  const parts = c.parts.map((p) => rangeIn(p.amount, total.unit))
  const low = sumDec(parts.map((p) => p.low))
  const span = { low, high: parts.every((p) => p.low === p.high) ? low : sumDec(parts.map((p) => p.high)) }
  if (meet(span, totalSpan(total))) return undefined
  const sum = sumDec(parts.map((p) => p.mid))
  return { sum: { value: sum, unit: total.unit }, gap: { value: total.mid.minus(sum), unit: total.unit } }
}

const sumFindings = (check: CheckId, code: 'qa.sums' | 'qa.classes', cases: readonly SumCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const gap = c.parts.length === 0 ? undefined : gapOf(c)
    if (!gap) return []
    const [sum, total, difference] = [exactly(gap.sum), exactly(c.total), exactly(gap.gap)]
    return [finding(check, problem(code, { ...names(c.what), sum, total, gap: difference }), c)]
  })

/** Sums are shown to the last digit: the gap may be one fen. */
const exactly = (n: Num): string => ('text' in n ? show(n) : `${n.value.toFixed()} ${n.unit.text}`)

export const names = (what: Text): { readonly what: string; readonly whatEn: string } => ({
  what: what.zh,
  whatEn: what.en,
})

export const qa01 = (cases: readonly SumCase[]): readonly Finding[] => sumFindings('QA-01', 'qa.sums', cases)
export const qa02 = (cases: readonly SumCase[]): readonly Finding[] => sumFindings('QA-02', 'qa.classes', cases)
