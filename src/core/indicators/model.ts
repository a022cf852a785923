// The statistical spine: an indicator is an identity card; a value belongs to a place, a period, dimensions and a basis, and
// has versions. Chapters of the policy meet here: one writes GEP or water quality, another reads it.
// Always holds: values are written by acts only; a version is never changed, a later one takes its place; a value says what
// it is fit for, and an act that cites it for anything else is refused.

import type { CivilDate, Grade, Json, Text } from '../../kernel/index.ts'

export interface IndicatorCard {
  /** `gep`, `gep.R1`, `water.quality`. */
  readonly id: string
  readonly title: Text
  readonly definition: Text
  readonly unit: string
  /** What is counted in and what is left out. */
  readonly boundary: Text
  readonly clause: string
  /** Indicators that count the same thing in part: never to be added to this one. */
  readonly overlaps: readonly string[]
  /** Who answers for it. */
  readonly custodian: string
  readonly grade: Grade
}

/** Sorted `k=v` text, empty by default: `ecosystem=forest,year=2020`. */
export type Dims = string

export interface IndicatorKey {
  readonly indicator: string
  /** Region, section, station, unit or parcel. */
  readonly place: string
  /** `2024`, `2024-03`, `2024-01-01/2024-06-30`. */
  readonly period: string
  readonly dims: Dims
  /** Price basis or 口径; empty for physical quantities. */
  readonly basis: string
}

export type ValueStatus = 'trial' | 'preliminary' | 'official' | 'withdrawn'

/** 试算 初步 正式 撤回 */
export const VALUE_STATUS: Readonly<Record<ValueStatus, Text>> = {
  trial: { zh: '试算', en: 'trial' },
  preliminary: { zh: '初步', en: 'preliminary' },
  official: { zh: '正式', en: 'official' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
}

export type UseOfValue = 'assessment' | 'compensation' | 'trade' | 'credit' | 'damage' | 'research'

/** What a figure may be a reference for. */
export const USES_OF_VALUE: Readonly<Record<UseOfValue, Text>> = {
  assessment: { zh: '考核', en: 'assessment' },
  compensation: { zh: '补偿参考', en: 'compensation reference' },
  trade: { zh: '交易参考', en: 'trade reference' },
  credit: { zh: '信贷参考', en: 'credit reference' },
  damage: { zh: '损害参考', en: 'damage reference' },
  research: { zh: '研究', en: 'research' },
}

export interface Unfit {
  readonly use: UseOfValue
  readonly why: Text
}

/** A value to be written; the runner gives it the next version. */
export interface IndicatorValue extends IndicatorKey {
  /** Decimal text. A withdrawn value keeps the number it had. */
  readonly value: string
  readonly unit: string
  readonly status: ValueStatus
  /** Uses it is fit for; what is in neither list is not fit because nobody judged it. */
  readonly fit: readonly UseOfValue[]
  readonly unfit: readonly Unfit[]
  /** How it came about: package hash and figure code, or rule@version with inputs. */
  readonly recipe: Json
  /** The date on which its rules were chosen. */
  readonly legalDate: CivilDate
}

/** An act leans on a value for a use. */
export interface Citation {
  readonly of: IndicatorKey
  readonly use: UseOfValue
}

/** Dimensions in the one order they are written in. @throws Error on a key or value that would break the text */
export function dimsText(dims: Readonly<Record<string, string>>): Dims {
  return Object.keys(dims)
    .sort()
    .map((k) => {
      const v = dims[k]!
      if (/[=,]/.test(k) || /[=,]/.test(v) || k === '') throw new Error(`dims: ${k}=${v}`)
      return `${k}=${v}`
    })
    .join(',')
}

export const indicatorKeyText = (k: IndicatorKey): string =>
  [k.indicator, k.place, k.period, k.dims, k.basis].join('\u0000')
