// One passport as markup: formula, filled formula, clause, then its inputs, each with value, unit, mark and cell.
// Cells of one column are told together — title, unit, mark and sheet once, then value and cell each — because a share
// over fifty cells is unreadable as fifty paragraphs. Always holds: no digit is lost, shortened numbers keep theirs beside them.

import { dec, placeText, type Lang, type QuantityText, type Text } from '../../kernel/index.ts'
import type { PassportNode } from './explain.ts'
import { exactText, html, type Markup, type Piece } from './report/index.ts'

const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已确认', en: 'confirmed' },
  'back-solved': { zh: '反算', en: 'back-solved' },
  unconfirmed: { zh: '未确认', en: 'unconfirmed' },
  reported: { zh: '填报', en: 'reported' },
}

export const NODE_STYLE = `
.code{font-family:ui-monospace,Menlo,Consolas,monospace;white-space:nowrap;font-size:.92em}
.in{list-style:none;padding-left:1rem;border-left:2px solid #cfdad2;margin:.3rem 0}
.in>li{margin:.35rem 0}
.value{font-weight:600;font-variant-numeric:tabular-nums}
.digits{display:block;font-size:.8rem;font-weight:400;color:#4c5864}
.formula{display:block;background:#f5f8f6;border-left:3px solid #1f5c3a;padding:.15rem .6rem;margin:.15rem 0;overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.9em}
.origin,.cell{color:#0b4a80}
.cell{font-size:.85em}
.mark{border:1px solid #777;border-radius:3px;padding:0 .3em;font-size:.85em;white-space:nowrap}
.mark.unconfirmed{border-color:#8a4b00;color:#6b3a00;background:#fff7e8}
.said{color:#37424d;font-size:.9em}
`

/** Digits a reader takes in at a glance; the stored value has up to 34. */
const GLANCE = 12

export interface NodePen {
  readonly lang: Lang
  /** Codes that have a passport on the same page. */
  readonly here: ReadonlySet<string>
}

/** A number for reading; where digits were left off, all of them stand below it or in its title. */
export function numberMarkup(q: QuantityText, { lang, digits }: { lang: Lang; digits: 'below' | 'title' }): Markup {
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(q.value))
    return html`<span class="value">${q.value} ${shownUnit(q.unit)}</span>`
  const short = glance(q.value)
  const all = short.replaceAll(',', '') === q.value ? undefined : q.value
  const unit = shownUnit(q.unit)
  if (all === undefined || digits === 'title')
    return html`<span class="value" ${all !== undefined && html` title="${all}"`}>${short}${unit && ` ${unit}`}</span>`
  return html`<span class="value">${short} ${unit}</span>
    <span class="digits">${lang === 'zh' ? '全部位数' : 'all digits'} ${all}</span>`
}

const shownUnit = (unit: string): string => (unit === '1' ? '' : unit)

/** Grouped by thousands; money and counts whole, long fractions cut at twelve significant digits. */
function glance(value: string): string {
  const v = dec(value)
  const whole = v.abs().trunc().toFixed()
  const decimals = whole === '0' ? v.decimalPlaces() : Math.max(2, GLANCE - whole.length)
  return exactText(whole === '0' ? v.toSignificantDigits(GLANCE) : v, Math.min(decimals, v.decimalPlaces()))
}

export function nodeBody(n: PassportNode, pen: NodePen): Markup {
  const say = (zh: string, en: string): string => (pen.lang === 'zh' ? zh : en)
  const parts: Piece[] = []
  if (n.method) parts.push(html`<div class="said">${say('方法：', 'Method: ')}${n.method[pen.lang]}</div>`)
  if (n.formula) parts.push(html`<code class="formula">${n.formula}</code>`)
  for (const f of n.filled ?? []) parts.push(html`<code class="formula">${f}</code>`)
  if (n.rule) {
    const { id, version, clause, source } = n.rule
    const words = [
      `${say('规则', 'Rule')} ${id}@${version}`,
      clause ?? '',
      source.length > 0 ? `〔${source.join('、')}〕` : '',
    ]
    parts.push(html`<div class="said">${words.filter((w) => w !== '').join(' · ')}</div>`)
  }
  if (n.note) parts.push(html`<div class="said">${n.note[pen.lang]}</div>`)
  if (n.children.length > 0)
    parts.push(
      html`<ul class="in">
        ${gathered(n.children).map((g) => html`<li>${group(g, pen)}</li> `)}
      </ul>`,
    )
  return html`${parts}`
}

/** What a fact shares with its neighbours of the same column; undefined for what is not made of facts of one column. */
function column(n: PassportNode): string | undefined {
  if (n.kind === 'fact' && n.origin?.cell !== undefined && n.note === undefined) {
    const { file, sheet } = n.origin
    return JSON.stringify([n.title.zh, n.value.unit, n.mark, file, sheet, n.year, n.source ?? []])
  }
  if (n.kind !== 'table' || n.value.value !== '' || n.children.length === 0) return undefined
  const columns = new Set(n.children.map(column))
  return columns.size === 1 ? [...columns][0] : undefined
}

/** Nodes of one column together, at the place of the first. */
function gathered(nodes: readonly PassportNode[]): readonly (readonly PassportNode[])[] {
  const groups: PassportNode[][] = []
  const byColumn = new Map<string, PassportNode[]>()
  for (const n of nodes) {
    const key = column(n)
    const found = key === undefined ? undefined : byColumn.get(key)
    if (found) {
      found.push(n)
      continue
    }
    const fresh = [n]
    groups.push(fresh)
    if (key !== undefined) byColumn.set(key, fresh)
  }
  return groups
}

const firstFact = (n: PassportNode): PassportNode =>
  n.kind === 'table' && n.children[0] ? firstFact(n.children[0]) : n

function group(nodes: readonly PassportNode[], pen: NodePen): Markup {
  const [first] = nodes
  if (nodes.length === 1 && (first!.kind !== 'table' || column(first!) === undefined)) return single(first!, pen)
  const fact = firstFact(first!)
  const unit = shownUnit(fact.value.unit)
  const sheet = placeText({ ...fact.origin, cell: '' })
  return html`${fact.title[pen.lang]}${unit && (pen.lang === 'zh' ? `（${unit}）` : ` (${unit})`)}${pen.lang === 'zh' ? '：' : ': '}${nodes.map((n, i) => html`${i > 0 && ' · '}${cells(n, pen)}`)}
  ${aside(fact, sheet, pen)}`
}

/** Value and cell of a fact; a sum of cells in brackets. */
const cells = (n: PassportNode, pen: NodePen): Markup =>
  n.kind === 'table'
    ? n.children.length === 1
      ? cells(n.children[0]!, pen)
      : html`(${n.children.map((c, i) => html`${i > 0 && ' + '}${cells(c, pen)}`)})`
    : html`${numberMarkup({ value: n.value.value, unit: '' }, { lang: pen.lang, digits: 'title' })}
        <span class="cell">${n.origin?.cell}</span>`

function single(n: PassportNode, pen: NodePen): Markup {
  const code =
    n.code !== undefined &&
    (pen.here.has(n.code)
      ? html`<a class="code" href="#${n.code}">${n.code}</a> `
      : html`<span class="code">${n.code}</span> `)
  const value = n.value.value !== '' && n.kind !== 'table' && numberMarkup(n.value, { lang: pen.lang, digits: 'title' })
  return html`${code}${n.title[pen.lang]} ${value} ${aside(n, placeText(n.origin), pen)}${nodeBody(n, pen)}`
}

/** Mark, place, year and source of an input. */
function aside(n: PassportNode, place: string, pen: NodePen): Markup {
  const bits: Markup[] = []
  if (n.mark) bits.push(html`<span class="mark ${n.mark}">${MARKS[n.mark]?.[pen.lang] ?? n.mark}</span>`)
  if (place !== '') bits.push(html`<span class="origin">${pen.lang === 'zh' ? '出自' : 'from'} ${place}</span>`)
  if (n.year !== undefined && n.kind !== 'figure') bits.push(html`${n.year}`)
  if (n.source && n.source.length > 0) bits.push(html`〔${n.source.join('、')}〕`)
  return html`${bits.map((b, i) => html`${i > 0 && ' '}${b}`)}`
}
