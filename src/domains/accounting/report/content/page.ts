// What every chapter of the report needs at hand: the account's figures by key, names in the report's language,
// the one scale of money, and cells that carry their code.
// Always holds: a figure that is not there prints as a word (缺, 不适用, 未计价) and never as zero.

import type { MapView } from '../../maps/map-views.ts'
import { convert, regionTree, type Dec, type Lang, type RegionTree, type Text } from '../../../../kernel/index.ts'
import { levelOne } from '../../engine/totals.ts'
import { indexFigures, valueKey } from '../../figure-key.ts'
import { BASIS_TEXT, type Account, type Basis, type Figure, type Line, type LineState } from '../../model.ts'
import { GROUPS, SERVICES, getService, type Group, type ServiceId } from '../../services.ts'
import { baseLines } from '../base-lines.ts'
import type { Cell, TableBlock } from '../document.ts'
import { displayUnitLabel, moneyUnit, quantityCellText, type DisplayUnit } from '../number-text.ts'

export interface FormulaText {
  readonly title: Text
  readonly text: string
  readonly legend: readonly { readonly symbol: string; readonly title: Text; readonly unit?: string }[]
  readonly source: readonly string[]
  readonly clause?: string
}

export interface ReportOptions {
  readonly lang: Lang
  /** The classification, in its own order; a class without an entry is named by its code. */
  readonly classes?: readonly { readonly code: string; readonly title: Text }[]
  /** Formula of `rule@version`. */
  readonly formulaOf?: (rule: string) => FormulaText | undefined
  readonly methodTitle?: (method: string) => Text | undefined
  /** Double-counting pairs the indicator set holds all the same. */
  readonly accepts?: readonly { readonly pair: readonly [string, string]; readonly ground: Text }[]
  /** Services of the indicator set; left out: those of the lines. */
  readonly services?: readonly string[]
  /** Last year's account. */
  readonly previous?: Account
  /** SEEA EA tables, ready made. */
  readonly extraTables?: readonly TableBlock[]
  /** Views of the pixel maps. */
  readonly mapViews?: readonly MapView[]
  /** Title of a source key. */
  readonly sourceTitle?: (key: string) => Text | undefined
}

export interface Page {
  readonly account: Account
  readonly options: ReportOptions
  readonly lang: Lang
  readonly root: string
  readonly tree: RegionTree
  /** Regions below the root that have a GEP figure, with their depth, in order of code. */
  readonly regions: readonly { readonly code: string; readonly depth: number }[]
  /** The types reported under, in the classification's order; `-` last. */
  readonly classes: readonly string[]
  readonly services: readonly ServiceId[]
  readonly lines: readonly Line[]
  readonly money: DisplayUnit
  readonly moneyLabel: string
  /** A printed number of the money scale with its unit, inside a sentence. */
  amount(text: string): string
  say(zh: string, en: string): string
  t(text: Text): string
  find(key: string): Figure | undefined
  regionName(code: string): string
  className(code: string): string
  serviceName(id: string): string
  basisName(basis: Basis): string
  /** The figure's number in 元; undefined where there is none. */
  yuan(key: string): Dec | undefined
}

export function openPage(account: Account, options: ReportOptions): Page {
  const { lang } = options
  const index = indexFigures(account)
  const tree = regionTree(account.head.regions)
  const lines = baseLines(account)
  const known = new Map((options.classes ?? []).map((c, i) => [c.code, { ...c, i }]))
  const order = (c: string): string => (c === '-' ? '~' : String(known.get(c)?.i ?? 9999).padStart(6, '0') + c)
  const extent = account.figures.filter(
    (f) => f.measure === 'extent' && f.service === 'closing' && f.item === '*' && f.class !== '*',
  )
  // What is missing as a whole opens no column of its own.
  const booked = lines.filter((l) => l.class !== '-' || l.state === 'computed')
  const classes = [...new Set([...booked, ...extent].map((x) => (x.class === '-' ? '-' : levelOne(x.class))))].sort(
    (a, b) => (order(a) < order(b) ? -1 : 1),
  )
  const used = new Set<string>([...account.lines.map((l) => l.service), ...(options.services ?? [])])
  const memo = new Set<string>(account.lines.filter((l) => l.memo).map((l) => l.service))
  lines.forEach((l) => memo.delete(l.service))
  const root = account.head.region
  const t = (text: Text): string => text[lang]
  const gep = index.find(valueKey('constant', root))?.quantity
  const money = moneyUnit(gep ? [convert(gep, '元').value] : [])
  const groups = new Map<string, Text>(Object.entries(GROUPS))
  const regions: { code: string; depth: number }[] = []
  const walk = (code: string, depth: number): void =>
    tree.children(code).forEach((r) => {
      if (index.find(valueKey('constant', r.code))) regions.push({ code: r.code, depth })
      walk(r.code, depth + 1)
    })
  walk(root, 1)
  return {
    account,
    options,
    lang,
    root,
    tree,
    regions,
    classes,
    services: SERVICES.map((s) => s.id).filter((id) => used.has(id) && !memo.has(id)),
    lines,
    money,
    moneyLabel: displayUnitLabel(money, lang),
    amount: (text) =>
      lang === 'zh' ? `${text} ${displayUnitLabel(money, lang)}` : `${text} × ${displayUnitLabel(money, lang)}`,
    say: (zh, en) => (lang === 'zh' ? zh : en),
    t,
    find: index.find,
    regionName: (code) => {
      const r = tree.get(code)
      return r ? t(r.name) : code
    },
    className: (code) =>
      code === '-' ? (lang === 'zh' ? '不分类型' : 'No type') : (known.get(code)?.title[lang] ?? code),
    serviceName: (id) =>
      id === '*'
        ? 'GEP'
        : groups.has(id)
          ? t(groups.get(id)!)
          : SERVICES.some((s) => s.id === id)
            ? t(getService(id as ServiceId).title)
            : id,
    basisName: (b) => t(BASIS_TEXT[b]),
    yuan: (key) => {
      const q = index.find(key)?.quantity
      return q && convert(q, '元').value
    },
  }
}

const STATE: Readonly<Record<LineState, Text>> = {
  computed: { zh: '缺', en: 'missing' },
  missing: { zh: '缺', en: 'missing' },
  'not-applicable': { zh: '不适用', en: 'n/a' },
  unpriced: { zh: '未计价', en: 'not priced' },
}
export const stateText = (page: Page, state: LineState): string => page.t(STATE[state])

/** What is said where a figure of these lines does not stand. */
export function absentCell(page: Page, lines: readonly Line[]): Cell {
  const states = new Set(lines.map((l) => l.state))
  if (states.size === 0) return { text: '—', emphasis: 'quiet' }
  const state = (['missing', 'computed', 'unpriced', 'not-applicable'] as const).find((s) => states.has(s))!
  const status = state === 'computed' ? 'missing' : state
  return { text: stateText(page, state), status }
}

export function figureCell(page: Page, key: string, unit: DisplayUnit, lines: readonly Line[] = []): Cell {
  const f = page.find(key)
  return f ? { text: quantityCellText(f.quantity, unit), code: f.code } : absentCell(page, lines)
}

/** For figures that every account should have: absent is missing, never a dash. */
export function requiredCell(page: Page, key: string, unit: DisplayUnit): Cell {
  const f = page.find(key)
  return f
    ? { text: quantityCellText(f.quantity, unit), code: f.code }
    : { text: stateText(page, 'missing'), status: 'missing' }
}

export const moneyCell = (page: Page, key: string, lines: readonly Line[] = []): Cell =>
  figureCell(page, key, page.money, lines)

export const linesOf = (
  page: Page,
  want: { readonly service?: string; readonly class?: string; readonly region?: string },
): readonly Line[] =>
  page.lines.filter(
    (l) =>
      (want.service === undefined || l.service === want.service) &&
      (want.class === undefined || l.class === want.class) &&
      (want.region === undefined || page.tree.lineage(l.region).some((r) => r.code === want.region)),
  )

export const groupOf = (id: ServiceId): Group => getService(id).group

/** Which lines a total of this page leaves out, for the note under its table. */
export function absentNote(page: Page): string | undefined {
  const out = page.lines.filter((l) => l.state === 'missing' || l.state === 'unpriced')
  if (out.length === 0) return undefined
  const places = new Map<string, Set<string>>()
  for (const l of out) places.set(l.service, (places.get(l.service) ?? new Set()).add(l.region))
  const name = ([service, regions]: [string, Set<string>]): string => {
    const [first] = regions
    if (first === page.root) return page.serviceName(service)
    const more = regions.size > 1 ? page.say(`等 ${regions.size} 处`, ` and ${regions.size - 1} more`) : ''
    return page.serviceName(service) + page.say('（', ' (') + page.regionName(first!) + more + page.say('）', ')')
  }
  const shown = [...places].map(name).join(page.say('、', ', '))
  return page.say(
    `合计不含缺失与未计价的行：${shown}。缺就是缺，不以零代替。`,
    `Totals leave out what is missing or not priced: ${shown}. What is missing is not counted as zero.`,
  )
}
