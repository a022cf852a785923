// What a request will do, in words: postings as amounts that go from one to another, then the rows that are written, by what
// people call their table and columns. Pure; names are given by whoever knows them.

import { isCommitment, MASK, type Json, type Lang, type Text } from '../../../kernel/index.ts'
import { purposeText } from '../../ledger/index.ts'
import type { TableWords } from './table-words.ts'

export interface OutcomeAsset extends Text {
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
 *  @param words of the tables that have some
 *  @param lang in which the lines are told; what people wrote stays as it is */
export function outcomeWords(
  outcome: Json,
  words: readonly TableWords[] = [],
  names: OutcomeNames = PLAIN,
  lang: Lang = 'zh',
): OutcomeSaid {
  const t = (text: Text): string => text[lang]
  const bracketed = (inner: string): string => t({ zh: `（${inner}）`, en: ` (${inner})` })
  const said = outcome as Readonly<Record<string, Json>>
  const all = (key: string): readonly Readonly<Record<string, Json>>[] =>
    (said[key] ?? []) as readonly Readonly<Record<string, Json>>[]
  const made = new Map(
    all('assets').map((a) => [
      String(a['code']),
      { ...(a['title'] as unknown as Text), unit: String(a['unit']), scale: Number(a['scale']) },
    ]),
  )
  const owners = new Set<string>()
  const assets = new Set<string>()
  const side = (v: unknown): string => {
    if (!isNamed(v)) return String(v)
    owners.add(v.owner)
    assets.add(v.asset)
    return names.owner(v.owner) + bracketed(t(purposeText(v.purpose)))
  }
  const cellText = (column: string, v: string, known: TableWords | undefined): string => {
    if (isCommitment(v)) return MASK
    const called = known?.values?.[column]?.[v]
    if (called) return t(called) === v ? v : t(called) + bracketed(v)
    if (!UUID.test(v) && column !== PLACE) return v
    owners.add(v)
    return names.owner(v)
  }
  const textOr = (text: Text | undefined, other: string): string => (text ? t(text) : other)
  const rowText = (table: string, how: string, cells: Readonly<Record<string, string | null>>): string => {
    const known = words.find((w) => w.table === table)
    const order = Object.keys(known?.columns ?? {})
    const rank = (column: string): number => (order.includes(column) ? order.indexOf(column) : order.length)
    const said = Object.entries(cells)
      .filter(([k, v]) => v !== null && !OWN_IDS.has(k))
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([k, v]) => `${textOr(known?.columns[k], k)}${t({ zh: '＝', en: ' = ' })}${cellText(k, v!, known)}`)
    const title = known ? known.title : { zh: ` ${table}`, en: table }
    const done = how === 'insert' ? { zh: '登记', en: 'Written: ' } : { zh: '改写', en: 'Rewritten: ' }
    return t(done) + t(title) + t({ zh: '：', en: ' · ' }) + said.join(t({ zh: '，', en: ', ' }))
  }
  const written = said['rows'] as readonly (readonly [string, string, Readonly<Record<string, string | null>>])[]
  const counted = new Map(words.flatMap((w) => (w.counted ? [[w.table, w.title] as const] : [])))
  const indicators = all('indicators')
  const lines = [
    ...all('postings').map((p) => {
      const sides: readonly unknown[] = [p['debit'], p['credit']]
      const asset = sides.find(isNamed)?.asset
      const amount = typeof p['amount'] === 'string' ? BigInt(p['amount']) : undefined
      const sum = asset === undefined || amount === undefined ? '' : names.amount(asset, amount, made.get(asset))
      const kind = textOr(KINDS[String(p['kind'] ?? 'plain')], String(p['kind']))
      const head = `${kind} ${sum}${t({ zh: '：', en: ': ' })}`
      if (p['pending'] !== undefined) return `${head}${t({ zh: '预留', en: 'reservation' })} ${String(p['pending'])}`
      const why = p['why'] as Text | undefined
      return `${head}${side(p['debit'])} → ${side(p['credit'])}${why ? t({ zh: `，${why.zh}`, en: `, ${why.en}` }) : ''}`
    }),
    ...written.filter(([table]) => !counted.has(table)).map(([table, how, cells]) => rowText(table, how, cells)),
    ...[...counted].flatMap(([table, title]) => {
      const rows = written.filter(([name]) => name === table).length
      return rows === 0 ? [] : [t({ zh: `登记${title.zh} ${rows} 条`, en: `Written: ${title.en}, ${rows} rows` })]
    }),
    ...indicators.slice(0, MOST_INDICATORS).map((v) => {
      const place = String(v['place'])
      owners.add(place)
      const inner = `${names.owner(place)}${t({ zh: '，', en: ', ' })}${String(v['period'])}`
      return `${t({ zh: '指标', en: 'Indicator' })} ${String(v['indicator'])}${bracketed(inner)}${t({ zh: '＝', en: ' = ' })}${valueText(v['value'])}`
    }),
    ...(indicators.length > MOST_INDICATORS
      ? [
          t({
            zh: `另有指标 ${indicators.length - MOST_INDICATORS} 个`,
            en: `${indicators.length - MOST_INDICATORS} more indicators`,
          }),
        ]
      : []),
  ]
  return {
    lines: lines.map((l) => l.replaceAll('＃', t({ zh: '（待编号）', en: '(number to come)' }))),
    owners: [...owners],
    assets: [...assets],
  }
}

/** An account writes hundreds of them; whoever signs reads the first, and the account itself. */
const MOST_INDICATORS = 12

const KINDS: Readonly<Record<string, Text>> = {
  plain: { zh: '转移', en: 'Transfer of' },
  pending: { zh: '预留', en: 'Reservation of' },
  post: { zh: '兑现预留', en: 'Reserved, now posted:' },
  void: { zh: '撤销预留', en: 'Reservation let go:' },
  expire: { zh: '预留过期', en: 'Reservation expired:' },
}

/** Columns that say nothing to a person: the request itself. */
const OWN_IDS = new Set(['id', 'act'])
/** Every table calls the region it belongs to so. */
const PLACE = 'place'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const valueText = (v: Json | undefined): string => (typeof v === 'string' ? v : JSON.stringify(v ?? null))
