// Formulas as text: back into the formula language, and for people with names, with symbols or with numbers filled in.
// Always holds: reading back what `exprSource` wrote gives the same tree.

import { decText, type Dec, type Quantity, type Text, type Unit } from '../../kernel/index.ts'
import type { Expr, Rule } from './model.ts'
import { isBinaryOp, precedenceOf } from './parse-expression.ts'

export interface FormulaStyle {
  name(name: string): string
  field(rows: string, field: string): string
  number(text: string): string
  readonly signs: Readonly<Record<string, string>>
}

const SOURCE: FormulaStyle = { name: (n) => n, field: (r, f) => `${r}.${f}`, number: (t) => t, signs: {} }
const SIGNS = { '*': '×', '/': '÷', '-': '−', '<=': '≤', '>=': '≥', '!=': '≠', '==': '=' } as const

/** The formula in its own language. */
export const exprSource = (e: Expr): string => exprText(e, SOURCE)
/** The formula with the signs people use and names filled by `style`. */
export const exprForPeople = (e: Expr, style: Partial<FormulaStyle> = {}): string =>
  exprText(e, { ...SOURCE, signs: SIGNS, ...style })

const UNARY = 5

function exprText(e: Expr, style: FormulaStyle): string {
  const write = (e: Expr, outer: number): string => {
    switch (e.op) {
      case 'number':
        return style.number(e.text)
      case 'name':
        return style.name(e.name)
      case 'field':
        return style.field(e.rows, e.field)
      case 'neg': {
        const s = `${style.signs['-'] ?? '-'}${write(e.of, UNARY)}`
        return outer >= UNARY || outer % 1 !== 0 ? `(${s})` : s
      }
      case 'call':
        return `${e.fn}(${e.args.map((a) => write(a, 0)).join(', ')})`
      default: {
        if (!isBinaryOp(e.op)) throw new Error(`unknown operation ${String(e.op)}`)
        const p = precedenceOf(e.op)
        const s = `${write(e.left, p)} ${style.signs[e.op] ?? e.op} ${write(e.right, p + 0.5)}`
        return outer > p ? `(${s})` : s
      }
    }
  }
  return write(e, 0)
}

/** Significant digits a reader is shown; the figure itself keeps 34. */
const SHOWN = 8

/** At most eight significant digits, cut and not rounded, with … where digits go on. */
export function shortDec(d: Dec): string {
  if (d.isZero()) return '0'
  if (d.e > 20 || d.e < -12) {
    const mantissa = d.div(`1e${d.e}`)
    return `${shortDec(mantissa)}×10^${d.e}`
  }
  const whole = decText(d)
  const point = whole.indexOf('.')
  if (point < 0 || d.precision() <= SHOWN) return whole
  const decimals = Math.max(0, SHOWN - 1 - d.e)
  const cut = whole.slice(0, decimals === 0 ? point : point + 1 + decimals)
  return cut.length === whole.length ? whole : `${cut}…`
}

export const shortQuantity = (q: Quantity): string =>
  q.unit.text === '1' ? shortDec(q.value) : `${shortDec(q.value)} ${q.unit.text}`

export type FormulaWriting = 'names' | 'symbols'

/** One line a step, `水源涵养量 = (降水量 − 径流量) × 面积`, with symbols instead of names where asked and declared. */
export function formulaText(rule: Rule, writing: FormulaWriting = 'names'): string {
  const symbols = writing === 'symbols' ? symbolsOf(rule) : new Map<string, string>()
  const name = (n: string): string => symbols.get(n) ?? n
  const style = { name, field: (r: string, f: string) => symbols.get(`${r}.${f}`) ?? `${name(r)}.${f}` }
  return rule.steps.map((s) => `${name(s.name)} = ${exprForPeople(s.expr, style)}`).join('\n')
}

function symbolsOf(rule: Rule): ReadonlyMap<string, string> {
  return new Map(legend(rule).flatMap((l) => (l.symbol === undefined ? [] : [[l.name, l.symbol] as const])))
}

export interface LegendLine {
  readonly role: 'input' | 'parameter' | 'output'
  readonly name: string
  readonly symbol?: string
  readonly unit?: Unit
  readonly title: Text
}

/** What each name of the formula stands for; a field of a table is named `table.field`. */
export function legend(rule: Rule): readonly LegendLine[] {
  const line = (
    role: LegendLine['role'],
    name: string,
    f: { readonly symbol?: string; readonly title: Text; readonly unit?: Unit },
  ): LegendLine => ({
    role,
    name,
    title: f.title,
    ...(f.symbol === undefined ? {} : { symbol: f.symbol }),
    ...(f.unit === undefined ? {} : { unit: f.unit }),
  })
  return [
    ...Object.entries(rule.inputs).flatMap(([name, spec]) =>
      'rows' in spec
        ? [
            line('input', name, { title: spec.title }),
            ...Object.entries(spec.rows).map(([f, column]) => line('input', `${name}.${f}`, column)),
          ]
        : [line('input', name, spec)],
    ),
    ...Object.entries(rule.params).map(([name, spec]) => {
      const unit = 'inline' in spec ? spec.inline.quantity.unit : spec.unit
      return line('parameter', name, {
        title: spec.title,
        ...(spec.symbol === undefined ? {} : { symbol: spec.symbol }),
        ...(unit === undefined ? {} : { unit }),
      })
    }),
    ...Object.entries(rule.gives).map(([name, spec]) => line('output', name, spec)),
  ]
}
