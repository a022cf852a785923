// Settings of the delivery models as typed: which form, which rule of length and steepness, and numbers within their range.

import { ProblemError, text, type Text } from '../kernel/index.ts'
import { SEDIMENT_FORMS, type SedimentForm, type TerrainStep } from '../raster/index.ts'
import { problem } from './delivery-problems.ts'

/** What each form is, in a sentence; a result never leaves without it. */
export const FORM_TEXT: Readonly<Record<'sediment' | 'nutrients', Readonly<Record<SedimentForm, Text>>>> = {
  sediment: {
    'invest-3.20.1': text(
      '照 InVEST 3.20.1 实际算出的结果：到河道的沿途累加 1/(C·S)，不乘流长',
      'as InVEST 3.20.1 puts it out: the way to the channel sums 1/(C·S) without length',
    ),
    documented: text(
      '照论文（Borselli 等 2008、Vigiak 等 2012）：到河道的沿途累加 d/(C·S)，d 为以米计的流长',
      'as published (Borselli and others 2008, Vigiak and others 2012): the way to the channel sums d/(C·S), d in metres',
    ),
  },
  nutrients: {
    'invest-3.20.1': text(
      '照 InVEST 3.20.1 实际算出的结果：地表沿途累加 1/S，不乘流长；地下流程按像元数计',
      'as InVEST 3.20.1 puts it out: the way over the surface sums 1/S without length, the way below it counts pixels',
    ),
    documented: text(
      '照文档：地表沿途累加 d/S，地下流程按米计',
      'as documented: the way over the surface sums d/S, the way below it counts metres',
    ),
  },
}
export const NEVER_MIXED: Readonly<Record<'sediment' | 'nutrients', Text>> = {
  sediment: text(
    '两种形式是两个模型：连通度约差 lg(像元边长)，入河量可差一倍；不可比较，也不可混用',
    'the two forms are two models: their connectivity differs by about lg(pixel side), the export by a factor of about 2; never compare or mix them',
  ),
  nutrients: text(
    '两种形式是两个模型：曲线中点随连通度移动，地表只差斜向的步长，地下差像元边长；不要混用',
    'the two forms are two models: the midpoint moves with the connectivity, so over the surface they differ by diagonal steps, below it by the pixel side; do not mix them',
  ),
}

export const TERRAIN_TEXT: Readonly<Record<TerrainStep, Text>> = {
  fill: text('填洼', 'filling depressions'),
  directions: text('流向', 'directions of flow'),
  order: text('上下游次序', 'order along the water'),
  accumulation: text('汇流累积', 'accumulation'),
  delivery: text('输移', 'delivery'),
}

export const LS_RULES = {
  'invest-3.20.1': 'gep.r2.ls-invest-3-20-1',
  desmetGovers1996: 'gep.r2.ls-desmet-govers-1996',
  slopeLength: 'gep.r2.ls-slope-length',
} as const
export type LsChoice = keyof typeof LS_RULES
export const LS_CHOICES = Object.keys(LS_RULES) as readonly LsChoice[]

/** A slope longer than any plot that taught the formula, m. */
export const LONGEST_SLOPE_M = 300

/** @throws ProblemError `delivery.choice` */
export function choice<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((k) => k === value)
  if (found === undefined)
    throw new ProblemError(problem('delivery.choice', { option, value, known: known.join('、') }))
  return found
}
export const formOf = (value: string): SedimentForm => choice('--form', value, SEDIMENT_FORMS)

const RANGES = {
  count: { fits: (n: number) => Number.isInteger(n) && n >= 1, ...text('不小于 1 的整数', 'a whole number from 1 on') },
  positive: { fits: (n: number) => n > 0, ...text('大于 0 的数', 'a number above 0') },
  share: { fits: (n: number) => n >= 0 && n <= 1, ...text('0 到 1 之间的数', 'a number from 0 to 1') },
  any: { fits: () => true, ...text('一个数', 'a number') },
} as const

/** @throws ProblemError `delivery.number` */
export function numeric(option: string, value: string, range: keyof typeof RANGES): number {
  const { fits, zh, en } = RANGES[range]
  const number = /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN
  if (Number.isNaN(number) || !fits(number))
    throw new ProblemError(problem('delivery.number', { option, value, zh, en }))
  return number
}
