// The sheets of the workbook beside vep.yaml: which columns each has, and reading their rows into facts that know their
// cell. Serves the reader and the sample. Always holds: a heading is found by its name in Chinese or English, an amount
// takes its unit from the heading, and a cell that is not what it should be is a problem with its address.

import {
  convert,
  dec,
  findUnit,
  sameDimensions,
  unit as unitOf,
  type Dec,
  type Problem,
  type Quantity,
} from '../../../kernel/index.ts'
import {
  numberOf,
  placeOf,
  readTable,
  type Cell,
  type Heading,
  type Sheet,
  type Table,
} from '../../../core/exchange-formats/index.ts'
import type { Fact } from '../model.ts'
import { factId } from './model.ts'
import { problem } from './problems.ts'

export interface ColumnSpec {
  readonly zh: string
  readonly en: string
  /** Amounts: the dimension wanted; the heading says which unit of it. */
  readonly unit?: string
  readonly optional?: true
}
export interface SheetSpec {
  readonly zh: string
  readonly en: string
  readonly columns: Readonly<Record<string, ColumnSpec>>
}

const id: ColumnSpec = { zh: '单元编号', en: 'unit id' }

export const SHEETS = {
  products: {
    zh: '产品',
    en: 'Products',
    columns: {
      id,
      product: { zh: '产品', en: 'product' },
      service: { zh: '服务', en: 'service' },
      ecosystem: { zh: '生态系统类型', en: 'ecosystem type' },
      quantity: { zh: '实物量', en: 'physical quantity' },
      unit: { zh: '单位', en: 'unit' },
      period: { zh: '期间', en: 'period' },
      source: { zh: '数据来源', en: 'data source' },
    },
  },
  accounts: {
    zh: '收支',
    en: 'Accounts',
    columns: {
      id,
      year: { zh: '年序', en: 'year of term' },
      side: { zh: '类别', en: 'side' },
      item: { zh: '科目', en: 'item' },
      amount: { zh: '金额', en: 'amount', unit: '元' },
      nature: { zh: '性质', en: 'nature' },
    },
  },
  deals: {
    zh: '可比案例',
    en: 'Comparable deals',
    columns: {
      id,
      deal: { zh: '案例', en: 'deal' },
      source: { zh: '来源', en: 'source' },
      date: { zh: '成交日期', en: 'date of deal' },
      price: { zh: '单价', en: 'unit price', unit: '元/亩' },
      location: { zh: '区位修正', en: 'location factor' },
      time: { zh: '时间修正', en: 'time factor' },
      quality: { zh: '质量修正', en: 'quality factor' },
      rights: { zh: '权利修正', en: 'rights factor' },
      weight: { zh: '权重', en: 'weight' },
    },
  },
  vouchers: {
    zh: '成本凭证',
    en: 'Cost vouchers',
    columns: {
      id,
      year: { zh: '年份', en: 'year' },
      kind: { zh: '类别', en: 'kind' },
      item: { zh: '科目', en: 'item' },
      number: { zh: '凭证号', en: 'voucher number', optional: true },
      amount: { zh: '金额', en: 'amount', unit: '元' },
    },
  },
  states: {
    zh: '有无对比',
    en: 'With and without',
    columns: {
      id,
      service: { zh: '服务', en: 'service' },
      variable: { zh: '变量', en: 'variable' },
      unit: { zh: '单位', en: 'unit' },
      with: { zh: '有项目', en: 'with' },
      without: { zh: '无项目', en: 'without' },
    },
  },
  prices: {
    zh: '单价',
    en: 'Prices',
    columns: {
      id,
      service: { zh: '服务', en: 'service' },
      price: { zh: '单价', en: 'price' },
      unit: { zh: '单位', en: 'unit' },
      ground: { zh: '依据', en: 'ground' },
    },
  },
} as const satisfies Record<string, SheetSpec>
export type SheetName = keyof typeof SHEETS

/** One row: its unit id and its cells by column key. */
export interface UnitRow<K extends string = string> {
  readonly unit: string
  readonly row: number
  readonly cells: Readonly<Partial<Record<K, Cell>>>
  /** The unit named by the heading of a column. */
  readonly headingUnits: Readonly<Partial<Record<K, string>>>
}

const plain = (s: string): string => s.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

export const findSheet = (sheets: readonly Sheet[], name: SheetName): Sheet | undefined =>
  sheets.find((s) => plain(s.name) === plain(SHEETS[name].zh) || plain(s.name) === plain(SHEETS[name].en))

/** Rows of a sheet with the problems of its table; a missing column is red. */
export function readUnitRows<N extends SheetName>(
  sheet: Sheet,
  name: N,
): {
  readonly rows: readonly UnitRow<keyof (typeof SHEETS)[N]['columns'] & string>[]
  readonly problems: readonly Problem[]
} {
  const spec: SheetSpec = SHEETS[name]
  const table: Table = readTable(sheet)
  const problems: Problem[] = [...table.problems]
  const where = new Map<string, { readonly index: number; readonly heading: Heading }>()
  for (const [key, column] of Object.entries(spec.columns)) {
    const index = table.headings.findIndex((h) => [column.zh, column.en].map(plain).includes(plain(h.text)))
    if (index >= 0) where.set(key, { index, heading: table.headings[index]! })
    else if (!column.optional && table.headings.length > 0)
      problems.push(
        problem('vep.no-column', { sheet: sheet.name, column: column.zh }, { file: sheet.file, sheet: sheet.name }),
      )
  }
  const at = where.get('id')
  if (!at || problems.some((p) => p.severity === 'red')) return { rows: [], problems }
  const rows = table.rows.flatMap((r) => {
    const unit = r.cells[at.index]?.text.trim()
    if (!unit) return []
    const cells = Object.fromEntries([...where].flatMap(([k, w]) => (r.cells[w.index] ? [[k, r.cells[w.index]]] : [])))
    const headingUnits = Object.fromEntries(
      [...where].flatMap(([k, w]) => (w.heading.unitText ? [[k, w.heading.unitText]] : [])),
    )
    return [{ unit, row: r.row, cells, headingUnits } as UnitRow<keyof (typeof SHEETS)[N]['columns'] & string>]
  })
  return { rows, problems }
}

export interface Reader {
  readonly problems: Problem[]
  /** SHA-256 of the workbook. */
  readonly sha256: string
}

export const textAt = (cell: Cell | undefined): string => cell?.text.trim() ?? ''

/** The number of a cell as a quantity in `unitText`; a percentage counts as a ratio. Pushes a problem where it is none. */
export function amountAt(
  cell: Cell | undefined,
  unitText: string,
  at: Cell | undefined,
  reader: Reader,
): Quantity | undefined {
  const found = findUnit(unitText)
  if (!found) {
    reader.problems.push(problem('vep.bad-unit', { text: unitText, want: '元' }, at ? placeOf(at) : undefined))
    return undefined
  }
  const n = numberOf(cell)
  if (n === 'missing') {
    const place = cell ?? at
    reader.problems.push(
      problem(
        'vep.bad-cell',
        { want: '数字', wantEn: 'a number', text: textAt(cell) },
        place ? placeOf(place) : undefined,
      ),
    )
    return undefined
  }
  if ('severity' in n) {
    reader.problems.push(n)
    return undefined
  }
  if (!n.percent) return { value: n.value, unit: found }
  return convert({ value: n.value, unit: unitOf('1') }, found)
}

/** A fact from a cell. `want` is the unit it is kept in where the two agree. */
export function factAt(
  given: {
    readonly argument: string
    readonly unit: string
    readonly item: string
    readonly year: string | number
    readonly cell: Cell | undefined
    readonly beside: Cell | undefined
    readonly unitText: string
    readonly want?: string
    readonly of: number
    readonly source?: string
    /** What the number means where it is not the number typed (age of a voucher). */
    readonly reads?: (typed: Dec) => Dec
  },
  reader: Reader,
): Fact | undefined {
  const amount = amountAt(given.cell, given.unitText, given.beside, reader)
  if (!amount || !given.cell) return undefined
  if (given.want !== undefined && !sameDimensions(amount.unit, unitOf(given.want))) {
    reader.problems.push(problem('vep.bad-unit', { text: given.unitText, want: given.want }, placeOf(given.cell)))
    return undefined
  }
  const quantity = given.reads ? { ...amount, value: given.reads(amount.value) } : amount
  return {
    id: factId(given.argument, given.unit, given.item, given.year),
    argument: given.argument,
    region: given.unit,
    item: given.item,
    year: given.of,
    quantity,
    typed: given.cell.text,
    origin: {
      file: given.cell.file,
      sha256: reader.sha256,
      ...(given.cell.sheet === '' ? {} : { sheet: given.cell.sheet }),
      cell: given.cell.address,
    },
    mark: 'reported',
    ...(given.source ? { source: given.source } : {}),
  }
}

/** A whole number of a cell between two bounds. */
export function wholeAt(
  cell: Cell | undefined,
  beside: Cell | undefined,
  low: number,
  high: number,
  reader: Reader,
): number | undefined {
  const n = numberOf(cell)
  if (n !== 'missing' && !('severity' in n) && n.value.isInteger() && n.value.gte(low) && n.value.lte(high))
    return dec(n.value).toNumber()
  const place = cell ?? beside
  reader.problems.push(
    problem(
      'vep.bad-cell',
      { want: `${low}–${high} 的整数`, wantEn: `a whole number ${low}–${high}`, text: textAt(cell) },
      place ? placeOf(place) : undefined,
    ),
  )
  return undefined
}

/** The key of a word in a table of choices, by its Chinese or English text. */
export function choiceAt<K extends string>(
  cell: Cell | undefined,
  beside: Cell | undefined,
  choices: Readonly<Record<K, readonly string[]>>,
  reader: Reader,
): K | undefined {
  const typed = plain(textAt(cell))
  for (const key of Object.keys(choices) as K[]) if (choices[key].some((c) => plain(c) === typed)) return key
  const place = cell ?? beside
  const all = Object.values<readonly string[]>(choices).map((c) => c[0]!)
  reader.problems.push(
    problem(
      'vep.bad-cell',
      { want: all.join('、'), wantEn: `one of ${all.join(', ')}`, text: textAt(cell) },
      place ? placeOf(place) : undefined,
    ),
  )
  return undefined
}
