// One passport as markup: formula, filled formula, clause, then its inputs, each with value, unit, mark and cell.
// Cells of one column are told together — title, unit, mark and sheet once, then value and cell each — because a share
// over fifty cells is unreadable as fifty paragraphs. Always holds: no digit is lost, shortened numbers keep theirs beside them.

import { dec, placeText, type Lang, type QuantityText, type Text } from '../../kernel/index.ts'
import type { PassportNode } from './explain.ts'
import { exactText, html, unitLabel, type Markup, type Piece } from './report/index.ts'

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
b{font-weight:600;font-variant-numeric:tabular-nums}
.digits{display:block;font-size:.8rem;font-weight:400;color:#4c5864}
.formula{display:block;white-space:pre-line;background:#f5f8f6;border-left:3px solid #1f5c3a;padding:.15rem .6rem;margin:.15rem 0;overflow-wrap:anywhere;font-family:ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.9em}
.origin{color:#0b4a80}
.in i{font-style:normal;color:#0b4a80;font-size:.85em}
.mark{border:1px solid #777;border-radius:3px;padding:0 .3em;font-size:.85em;white-space:nowrap}
.mark.unconfirmed{border-color:#8a4b00;color:#6b3a00;background:#fff7e8}
.said{color:#37424d;font-size:.9em}
`

/** Digits a reader takes in at a glance; the stored value has up to 34. */
const GLANCE = 12

export interface NodePen {
  readonly lang: Lang
  /** Codes that have a passport. */
  readonly here: ReadonlySet<string>
  /** Address of a code's passport, on this page or on another region's. */
  readonly href: (code: string) => string
  /** Parts that have a passport of their own are named and not opened: a sum over hundreds of lines stays readable. */
  readonly closed?: boolean
  /** Puts a rule into the list at the end of the page and gives its anchor. */
  readonly listRule: (n: PassportNode) => string
}

/** From here on a rule is named and not written out again: the same dozen rules stand under thousands of figures. */
const RULE_DEPTH = 2

/** The rules met on a page, each once. */
export function ruleList(): { readonly listRule: NodePen['listRule']; readonly all: () => readonly PassportNode[] } {
  const seen = new Map<string, PassportNode>()
  const listRule = (n: PassportNode): string => {
    const anchor = `rule-${n.rule!.id}`
    if (!seen.has(anchor)) seen.set(anchor, n)
    return anchor
  }
  const all = (): readonly PassportNode[] => [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, n]) => n)
  return { listRule, all }
}

/** A number for reading; where digits were left off, all of them stand below it or in its title. */
export function numberMarkup(q: QuantityText, { lang, digits }: { lang: Lang; digits: 'below' | 'title' }): Markup {
  const unit = shownUnit(q.unit, lang)
  const withUnit = (number: string): string => (unit === '' ? number : `${number} ${unit}`)
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(q.value)) return html`<b>${withUnit(q.value)}</b>`
  const short = glance(q.value)
  const all = short.replaceAll(',', '') === q.value ? undefined : q.value
  if (all === undefined) return html`<b>${withUnit(short)}</b>`
  if (digits === 'title') return html`<b title="${all}">${withUnit(short)}</b>`
  return html`<b>${withUnit(short)}</b> <span class="digits">${lang === 'zh' ? '全部位数' : 'all digits'} ${all}</span>`
}

export const shownUnit = (unit: string, lang: Lang): string =>
  unit === '' || unit === '1' ? '' : unitLabel(unit, lang)

/** Grouped by thousands; money and counts whole, long fractions cut at twelve significant digits. */
function glance(value: string): string {
  const v = dec(value)
  const whole = v.abs().trunc().toFixed()
  const decimals = whole === '0' ? v.decimalPlaces() : Math.max(2, GLANCE - whole.length)
  return exactText(whole === '0' ? v.toSignificantDigits(GLANCE) : v, Math.min(decimals, v.decimalPlaces()))
}

export function nodeBody(n: PassportNode, pen: NodePen, depth = 0): Markup {
  const say = (zh: string, en: string): string => (pen.lang === 'zh' ? zh : en)
  const parts: Piece[] = []
  const listed = n.rule && depth >= RULE_DEPTH ? pen.listRule(n) : undefined
  // The method is told where it first applies; the factors below are of the same one.
  if (n.method && depth < RULE_DEPTH)
    parts.push(html`<div class="said">${say('方法：', 'Method: ')}${n.method[pen.lang]}</div>`)
  if (n.formula && listed === undefined) parts.push(html`<code class="formula">${n.formula[pen.lang]}</code>`)
  for (const f of n.filled ?? []) parts.push(html`<code class="formula">${f}</code>`)
  if (n.rule && listed !== undefined)
    parts.push(html`<div class="said">${say('规则', 'Rule')} <a href="#${listed}">${n.rule.id}</a></div>`)
  else parts.push(ruleText(n, pen.lang))
  if (n.children.length > 0)
    parts.push(
      html`<ul class="in">
        ${gathered(n.children).map((g) => html`<li>${group(g, pen, depth + 1)}</li>`)}
      </ul>`,
    )
  return html`${parts}`
}

/** Clause, source and note of a rule. */
function ruleText({ rule, note }: PassportNode, lang: Lang): Markup {
  const source = rule && rule.source.length > 0 ? `〔${rule.source.join('、')}〕` : ''
  const words = rule ? [`${lang === 'zh' ? '规则' : 'Rule'} ${rule.id}@${rule.version}`, rule.clause ?? '', source] : []
  return html`${rule && html`<div class="said">${words.filter((w) => w !== '').join(' · ')}</div>`}${note && html`<div class="said">${note[lang]}</div>`}`
}

/** One rule of the list at the end. */
export const ruleArticle = (n: PassportNode, lang: Lang): Markup =>
  html`<section class="more" id="rule-${n.rule!.id}" aria-label="${n.rule!.id}">
    <code class="formula">${n.formula?.[lang]}</code>${ruleText(n, lang)}
  </section>`

/** A parameter's title ends in its key, in Chinese `〔key〕`. */
const keyOf = (n: PassportNode): string => /〔([^〔〕]*)〕$/.exec(n.title.zh)?.[1] ?? ''
const stem = (n: PassportNode, lang: Lang): string => {
  const [title, key] = [n.title[lang], keyOf(n)]
  if (n.kind !== 'parameter' || key === '') return title
  const end = lang === 'zh' ? `〔${key}〕` : ` ${key}`
  return title.endsWith(end) ? title.slice(0, -end.length) : title
}

/** What a node shares with its neighbours of the same column; undefined for what is not made of one column. */
function column(n: PassportNode): string | undefined {
  if ((n.kind === 'fact' || n.kind === 'parameter') && n.note === undefined) {
    const { file, sheet } = n.origin ?? {}
    return JSON.stringify([n.kind, stem(n, 'zh'), n.value.unit, n.mark, file, sheet, n.year, n.basis, n.source ?? []])
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

const firstOf = (n: PassportNode): PassportNode => (n.kind === 'table' && n.children[0] ? firstOf(n.children[0]) : n)

function group(nodes: readonly PassportNode[], pen: NodePen, depth: number): Markup {
  const [only] = nodes
  if (nodes.length === 1 && (only!.kind !== 'table' || column(only!) === undefined)) return single(only!, pen, depth)
  const first = firstOf(only!)
  const unit = shownUnit(first.value.unit, pen.lang)
  const say = (zh: string, en: string): string => (pen.lang === 'zh' ? zh : en)
  const head = `${stem(first, pen.lang)}${unit && say(`（${unit}）`, ` (${unit})`)}${say('：', ': ')}`
  const values = nodes.map((n, i) => html`${i > 0 && ' · '}${cells(n, pen)}`)
  return html`${head}${values} ${aside(first, sheetOf(first), pen)}`
}

const sheetOf = ({ origin }: PassportNode): string =>
  [origin?.file, origin?.sheet].filter((s) => s !== undefined).join(' › ')

/** Value with its cell, or its key and line in a rule file; a sum in brackets. */
function cells(n: PassportNode, pen: NodePen): Markup {
  if (n.kind !== 'table') {
    const line = n.origin?.line === undefined ? '' : `:${n.origin.line}`
    const at = n.kind === 'parameter' ? `${keyOf(n)}${line}` : (n.origin?.cell ?? line)
    const number = numberMarkup({ value: n.value.value, unit: '' }, { lang: pen.lang, digits: 'title' })
    const code = n.pixelCode === undefined ? '' : `${n.pixelCode} → `
    return html`${code}${number} <i>${at}</i>`
  }
  if (n.children.length === 1) return cells(n.children[0]!, pen)
  return html`(${n.children.map((c, i) => html`${i > 0 && ' + '}${cells(c, pen)}`)})`
}

function single(n: PassportNode, pen: NodePen, depth: number): Markup {
  const code =
    n.code !== undefined &&
    (pen.here.has(n.code)
      ? html`<a class="code" href="${pen.href(n.code)}">${n.code}</a> `
      : html`<span class="code">${n.code}</span> `)
  const value = n.value.value !== '' && n.kind !== 'table' && numberMarkup(n.value, { lang: pen.lang, digits: 'title' })
  const body = pen.closed && n.code !== undefined && pen.here.has(n.code) ? undefined : nodeBody(n, pen, depth)
  return html`${code}${n.title[pen.lang]} ${value} ${aside(n, placeText(n.origin), pen)}${body}`
}

/** Mark, place, year and source of an input. */
function aside(n: PassportNode, place: string, pen: NodePen): Markup {
  const bits: Markup[] = []
  if (n.mark) bits.push(html`<span class="mark ${n.mark}">${MARKS[n.mark]?.[pen.lang] ?? n.mark}</span>`)
  if (place !== '') bits.push(html`<span class="origin">${pen.lang === 'zh' ? '出自' : 'from'} ${place}</span>`)
  if (n.kind === 'map' && n.origin) bits.push(html`<span class="digits">SHA-256 ${n.origin.sha256}</span>`)
  if (n.year !== undefined && n.kind !== 'figure') bits.push(html`${n.year}`)
  if (n.source && n.source.length > 0) bits.push(html`〔${n.source.join('、')}〕`)
  return html`${bits.map((b, i) => html`${i > 0 && ' '}${b}`)}`
}
