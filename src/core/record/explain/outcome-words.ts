// What a request will do, in words: postings as amounts that go from one to another, then the rows that are written, by what
// people call their table and columns. Pure; names are given by whoever knows them.

import { isCommitment, MASK, type Json } from '../../../kernel/index.ts'
import { purposeText } from '../../ledger/index.ts'
import type { TableWords } from './table-words.ts'

export interface OutcomeAsset {
  readonly zh: string
  readonly unit: string
  readonly scale: number
}

export interface OutcomeNames {
  readonly owner: (id: string) => string
  /** @param made the asset where the act itself registers it */
  readonly amount: (asset: string, amount: bigint, made: OutcomeAsset | undefined) => string
}

export interface OutcomeSaid {
  readonly lines: readonly string[]
  /** Ids that want a name. */
  readonly owners: readonly string[]
  readonly assets: readonly string[]
}

interface Named {
  readonly asset: string
  readonly owner: string
  readonly purpose: string
}

const PLAIN: OutcomeNames = { owner: (id) => id, amount: (asset, amount) => `${asset} ${amount}` }
const isNamed = (v: unknown): v is Named => typeof v === 'object' && v !== null && 'owner' in v

/** @param outcome as `outcomeOf` gives it
 *  @param words of the tables that have some */
export function outcomeWords(
  outcome: Json,
  words: readonly TableWords[] = [],
  names: OutcomeNames = PLAIN,
): OutcomeSaid {
  const said = outcome as Readonly<Record<string, Json>>
  const all = (key: string): readonly Readonly<Record<string, Json>>[] =>
    (said[key] ?? []) as readonly Readonly<Record<string, Json>>[]
  const made = new Map(
    all('assets').map((a) => [
      String(a['code']),
      { zh: String((a['title'] as { zh: string }).zh), unit: String(a['unit']), scale: Number(a['scale']) },
    ]),
  )
  const owners = new Set<string>()
  const assets = new Set<string>()
  const side = (v: unknown): string => {
    if (!isNamed(v)) return String(v)
    owners.add(v.owner)
    assets.add(v.asset)
    return `${names.owner(v.owner)}（${purposeText(v.purpose).zh}）`
  }
  const cellText = (column: string, v: string, known: TableWords | undefined): string => {
    if (isCommitment(v)) return MASK
    const called = known?.values?.[column]?.[v]
    if (called) return `${called.zh}（${v}）`
    if (!UUID.test(v) && column !== PLACE) return v
    owners.add(v)
    return names.owner(v)
  }
  const rowText = (table: string, how: string, cells: Readonly<Record<string, string | null>>): string => {
    const known = words.find((w) => w.table === table)
    const order = Object.keys(known?.columns ?? {})
    const rank = (column: string): number => (order.includes(column) ? order.indexOf(column) : order.length)
    const said = Object.entries(cells)
      .filter(([k, v]) => v !== null && !OWN_IDS.has(k))
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([k, v]) => `${known?.columns[k]?.zh ?? k}＝${cellText(k, v!, known)}`)
    return `${how === 'insert' ? '登记' : '改写'}${known ? known.title.zh : ` ${table}`}：${said.join('，')}`
  }
  const written = said['rows'] as readonly (readonly [string, string, Readonly<Record<string, string | null>>])[]
  const counted = new Map(words.flatMap((w) => (w.counted ? [[w.table, w.title.zh] as const] : [])))
  const indicators = all('indicators')
  const lines = [
    ...all('postings').map((p) => {
      const sides: readonly unknown[] = [p['debit'], p['credit']]
      const asset = sides.find(isNamed)?.asset
      const amount = typeof p['amount'] === 'string' ? BigInt(p['amount']) : undefined
      const sum = asset === undefined || amount === undefined ? '' : names.amount(asset, amount, made.get(asset))
      const kind = KINDS[String(p['kind'] ?? 'plain')] ?? String(p['kind'])
      if (p['pending'] !== undefined) return `${kind} ${sum}：预留 ${String(p['pending'])}`
      const why = (p['why'] as { readonly zh?: string } | undefined)?.zh
      return `${kind} ${sum}：${side(p['debit'])} → ${side(p['credit'])}${why === undefined ? '' : `，${why}`}`
    }),
    ...written.filter(([table]) => !counted.has(table)).map(([table, how, cells]) => rowText(table, how, cells)),
    ...[...counted].flatMap(([table, title]) => {
      const rows = written.filter(([name]) => name === table).length
      return rows === 0 ? [] : [`登记${title} ${rows} 条`]
    }),
    ...indicators.slice(0, MOST_INDICATORS).map((v) => {
      const place = String(v['place'])
      owners.add(place)
      return `指标 ${String(v['indicator'])}（${names.owner(place)}，${String(v['period'])}）＝${valueText(v['value'])}`
    }),
    ...(indicators.length > MOST_INDICATORS ? [`另有指标 ${indicators.length - MOST_INDICATORS} 个`] : []),
  ]
  return { lines: lines.map((l) => l.replaceAll('＃', '（待编号）')), owners: [...owners], assets: [...assets] }
}

/** An account writes hundreds of them; whoever signs reads the first, and the account itself. */
const MOST_INDICATORS = 12

const KINDS: Readonly<Record<string, string>> = {
  plain: '转移',
  pending: '预留',
  post: '兑现预留',
  void: '撤销预留',
  expire: '预留过期',
}

/** Columns that say nothing to a person: the request itself. */
const OWN_IDS = new Set(['id', 'act'])
/** Every table calls the region it belongs to so. */
const PLACE = 'place'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const valueText = (v: Json | undefined): string => (typeof v === 'string' ? v : JSON.stringify(v ?? null))
