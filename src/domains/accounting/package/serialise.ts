// An account as canonical JSON and as tables: every digit that a re-run must reproduce. Quantities are text.

import {
  atOnce,
  canonicalJson,
  decText,
  quantityText,
  readQuantity,
  type Json,
  type Steps,
} from '../../../kernel/index.ts'
import { writeCsv, type CsvValue } from '../../../core/exchange-formats/index.ts'
import { figureTable } from '../figure-table.ts'
import type { Account, Fact, Figure } from '../model.ts'

type Plain = { readonly [key: string]: Json | undefined }
const plain = (x: unknown): Plain => x as Plain

/** Boundaries are kept as text numbers, since canonical JSON holds no fractions. */
export function accountJson(account: Account): string {
  return canonicalJson({
    ...plain(account),
    facts: account.facts.map((f) => ({ ...plain(f), quantity: plain(quantityText(f.quantity)) })),
    figures: account.figures.map((f) => ({ ...plain(f), quantity: plain(quantityText(f.quantity)) })),
    boundaries: account.boundaries.map((b) => ({
      region: b.region,
      polygons: b.polygons.map((p) => p.map((ring) => ring.map(([x, y]) => [String(x), String(y)]))),
    })),
  } as Json)
}

/** Reads what `accountJson` wrote. The text comes from a package whose hashes were checked first. */
export const readAccountJson = (text: string): Account => atOnce(accountSteps(text))

/** So many figures a step: some milliseconds. */
const FIGURES_A_STEP = 500

/** The same in steps. */
export function* accountSteps(text: string): Steps<Account> {
  const raw = JSON.parse(text) as Account & {
    readonly boundaries: readonly {
      region: string
      polygons: readonly (readonly (readonly (readonly [string, string])[])[])[]
    }[]
  }
  yield
  const facts = raw.facts.map((f): Fact => ({ ...f, quantity: readQuantity(f.quantity as never) }))
  const figures: Figure[] = []
  for (const [k, f] of raw.figures.entries()) {
    figures.push({ ...f, quantity: readQuantity(f.quantity as never) })
    if (k % FIGURES_A_STEP === 0) yield
  }
  return {
    ...raw,
    facts,
    figures,
    boundaries: raw.boundaries.map((b) => ({
      region: b.region,
      polygons: b.polygons.map((p) => p.map((ring) => ring.map(([x, y]) => [Number(x), Number(y)] as const))),
    })),
  }
}

type Table = Iterable<readonly CsvValue[]>

/** The result tables by file name. */
export function resultTables(account: Account): ReadonlyMap<string, Uint8Array> {
  const table = figureTable(account)
  const number = (key: string | undefined): readonly CsvValue[] =>
    (key === undefined ? undefined : table.printed(key)) ?? [undefined, undefined, undefined]
  const figures = function* (): Generator<readonly CsvValue[]> {
    yield ['code', 'key', 'value', 'unit', 'title_zh', 'title_en']
    for (const [code, key, value, unit, title] of table.rows()) yield [code, key, value, unit, title.zh, title.en]
  }
  const lines: Table = [
    [
      'region',
      'class',
      'service',
      'item',
      'method',
      'state',
      'quantity',
      'unit',
      'code',
      'constant',
      'unit',
      'code',
      'current',
      'unit',
      'code',
      'reason_zh',
      'reason_en',
    ],
    ...account.lines.map((l) => [
      l.region,
      l.class,
      l.service,
      l.item,
      l.method,
      l.memo ? `memo:${l.state}` : l.state,
      ...number(l.quantity),
      ...number(l.constant),
      ...number(l.current),
      l.reason?.zh,
      l.reason?.en,
    ]),
  ]
  const facts: Table = [
    ['argument', 'region', 'class', 'item', 'year', 'value', 'unit', 'mark', 'file', 'sheet', 'cell', 'source'],
    ...account.facts.map((f) => [
      f.argument,
      f.region,
      f.class,
      f.item,
      f.year,
      decText(f.quantity.value),
      f.quantity.unit.text,
      f.mark,
      f.origin.file,
      f.origin.sheet,
      f.origin.cell ?? (f.origin.band === undefined ? undefined : `band ${f.origin.band}`),
      f.source,
    ]),
  ]
  const parameters: Table = [
    [
      'id',
      'key',
      'value',
      'unit',
      'mark',
      'layer',
      'source',
      'file',
      'line',
      'version',
      'touches_yuan',
      'override_reason',
      'override_approver',
      'override_was',
      'override_effect_yuan',
    ],
    ...account.parameters.map((p) => [
      p.id,
      p.key,
      p.quantity.value,
      p.quantity.unit,
      p.mark,
      p.layer,
      p.source.join(' '),
      p.file,
      p.line,
      p.version,
      p.touches,
      p.override?.reason.zh,
      p.override?.approver,
      p.override?.was && `${p.override.was.value} ${p.override.was.unit}`,
      p.override?.effect,
    ]),
  ]
  const prices: Table = [
    ['price', 'title_zh', 'statement', 'value', 'unit', 'basis', 'year', 'mark', 'source', 'note_zh'],
    ...account.prices.map((p) => [
      p.price,
      p.title.zh,
      p.basis,
      p.quantity.value,
      p.quantity.unit,
      p.priceBasis,
      p.year,
      p.mark,
      p.source.join(' '),
      p.note?.zh,
    ]),
  ]
  const findings: Table = [
    ['code', 'check', 'severity', 'zh', 'en', 'file', 'sheet', 'cell', 'figure', 'explained', 'by'],
    ...account.findings.map((f) => [
      f.code,
      f.check,
      f.severity,
      f.zh,
      f.en,
      f.at?.file,
      f.at?.sheet,
      f.at?.cell,
      f.figure,
      f.explained?.reason,
      f.explained?.by,
    ]),
  ]
  const tables: Readonly<Record<string, Table>> = { figures: figures(), lines, facts, parameters, prices, findings }
  return new Map(Object.entries(tables).map(([name, rows]) => [`results/${name}.csv`, writeCsv(rows)]))
}
