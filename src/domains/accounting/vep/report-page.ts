// What every part of a VEP report needs: the language, the figures by name, and cells that carry their codes.
// Always holds: a printed figure of the result has its code; a number made on the page is marked derived.

import { assert, convert, type Lang, type Quantity, type Text } from '../../../kernel/index.ts'
import type { Fact, Figure } from '../model.ts'
import { exactText, quantityCellText, shownText, unitLabel, type DisplayUnit } from '../report/index.ts'
import type { Cell, Run } from '../report/index.ts'
import { figureKeyOf, type UnitResult, type VepHead, type VepResult } from './model.ts'
import { placeOfFact } from './why.ts'

export const WAN_YUAN: DisplayUnit = { base: '元', scale: '万', decimals: 2 }

export interface VepPage {
  readonly lang: Lang
  readonly head: VepHead
  readonly result: UnitResult
  readonly sources: VepResult['sources']
  t(text: Text): string
  say(zh: string, en: string): string
  /** A figure of the unit by what it is. */
  figure(what: string): Figure
  find(what: string): Figure | undefined
  /** Money in 万元. */
  money(what: string): Cell
  /** A quantity in its own unit. */
  amount(what: string, decimals?: number): Cell
  /** The value and its code in running text. */
  run(what: string): readonly Run[]
}

export function vepPage(result: VepResult, unit: UnitResult, lang: Lang): VepPage {
  const own = new Map(result.figures.filter((f) => f.region === unit.unit.id).map((f) => [f.key, f]))
  const find = (what: string): Figure | undefined => own.get(figureKeyOf(unit.unit.id, what))
  const figure = (what: string): Figure => {
    const f = find(what)
    assert(f, `unit ${unit.unit.id} has the figure ${what}`)
    return f
  }
  return {
    lang,
    head: result.head,
    result: unit,
    sources: result.sources,
    t: (text) => text[lang],
    say: (zh, en) => (lang === 'zh' ? zh : en),
    find,
    figure,
    money: (what) => ({ text: quantityCellText(figure(what).quantity, WAN_YUAN), code: figure(what).code }),
    amount: (what, decimals = 2) => {
      const f = figure(what)
      return { text: shownText(f.quantity.value, decimals), code: f.code }
    },
    run: (what) => {
      const f = figure(what)
      return [{ text: figureText(f.quantity, lang), bold: true }, { text: ' ' }, { code: f.code }]
    },
  }
}

/** Money in 万元, or in English in yuan and fen; anything else with its unit. */
export function figureText(q: Quantity, lang: Lang): string {
  if (q.unit.dims.money === 1 && Object.keys(q.unit.dims).length === 1)
    return lang === 'zh' ? `${quantityCellText(q, WAN_YUAN)} 万元` : `${shownText(convert(q, '元').value, 2)} yuan`
  return `${shownText(q.value, q.value.isInteger() ? 0 : 2)} ${unitLabel(q.unit.text, lang)}`.trim()
}

export const moneyDifference = (is: Figure, was: Figure): { readonly text: string; readonly percent: string } => {
  const d = convert(is.quantity, '元').value.minus(convert(was.quantity, '元').value)
  const base = convert(was.quantity, '元').value
  const sign = d.gt(0) ? '+' : ''
  return {
    text: `${sign}${shownText(d.div(10_000), 2)}`,
    percent: base.isZero() ? '—' : `${sign}${shownText(d.times(100).div(base), 1)} %`,
  }
}

export const factText = (f: Fact, lang: Lang): string =>
  `${exactText(f.quantity.value, 8)}${f.quantity.unit.text === '1' ? '' : ` ${unitLabel(f.quantity.unit.text, lang)}`}`
export const originText = (f: Fact): string => placeOfFact(f)
