// QA-08: between a mass and a volume stands a density. A density of exactly 1 means that the step was left out.
// Published error: Gao prices sediment per tonne with a price per cubic metre.

import { dec, defineProblems, divideUnits, sameDimensions, text, unit, type Dec } from '../../../kernel/index.ts'
import type { Finding } from '../model.ts'
import { product, quotient, rangeIn, rangeOf, short, show, type Span } from './amount.ts'
import type { ConversionCase } from './cases.ts'
import { finding } from './finding.ts'
import { BULK_DENSITY, SILT_SHARE } from './limits.ts'
import { names } from './qa-01-02.ts'

const problem = defineProblems({
  'qa.density-missing': {
    severity: 'red',
    zh: '{what}：{mass} 变成 {other} 时没有除以容重。',
    en: '{whatEn}: {mass} became {other} without a bulk density.',
    hint: text(
      '先用容重把吨换成立方米，再乘以每立方米的单价。',
      'Turn tonnes into cubic metres by the density, then price them.',
    ),
  },
  'qa.density': {
    severity: 'yellow',
    zh: '{what}：{mass} 变成 {other}，相当于容重 {found} t/m3，不像土壤（{low}～{high}）。',
    en: '{whatEn}: {mass} became {other}, a density of {found} t/m3, unlike soil ({low} to {high}).',
    hint: text('请核对容重和淤积比例。', 'Check the density and the share that silts up.'),
  },
})

const VOLUME = unit('m3')
/** A density printed as 1 within this width is taken for a step left out. */
const NARROW = dec('0.05')

export const qa08 = (cases: readonly ConversionCase[]): readonly Finding[] =>
  cases.flatMap((c) => {
    const said = { ...names(c.what), mass: show(c.mass) }
    if (c.price && pricedByVolume(c))
      return [finding('QA-08', problem('qa.density-missing', { ...said, other: show(c.price) }), c)]
    if (!c.volume) return []
    const other = show(c.volume)
    const plain = quotient(rangeIn(c.mass, 't'), rangeIn(c.volume, 'm3'))
    if (!plain) return []
    const shares: readonly Span[] = c.share ? [rangeIn(c.share, '1')] : [exactly(dec(1)), exactly(SILT_SHARE)]
    const densities = shares.map((s) => product(plain, s))
    if (densities.some(isOne)) return [finding('QA-08', problem('qa.density-missing', { ...said, other }), c)]
    const [low, high] = [BULK_DENSITY.low!, BULK_DENSITY.high!]
    if (densities.some((d) => d.high.gte(low) && d.low.lte(high))) return []
    const found = short(densities.at(-1)!.low)
    return [finding('QA-08', problem('qa.density', { ...said, other, found, low: short(low), high: short(high) }), c)]
  })

const exactly = (d: Dec): Span => ({ low: d, high: d })
const isOne = (d: Span): boolean => d.low.lte(1) && d.high.gte(1) && d.high.minus(d.low).lt(NARROW)

/** The quantity is a mass and the price is per volume, with no volume in between. */
const pricedByVolume = (c: ConversionCase): boolean =>
  !c.volume &&
  c.price !== undefined &&
  sameDimensions(rangeOf(c.mass).unit, unit('t')) &&
  sameDimensions(rangeOf(c.price).unit, divideUnits(unit('元'), VOLUME))
