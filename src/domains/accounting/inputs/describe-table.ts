// What the columns of a table hold, judged by their headings and by their cells: regions, classes, items, years, units, numbers.

import { numberOf, type Heading, type Table, type TableRow } from '../../../core/exchange-formats/index.ts'
import type { Dec } from '../../../kernel/index.ts'
import { isUnitColumn } from './columns.ts'
import { matchLabel, type Vocabulary } from './labels.ts'
import { findItem, type ClassNames } from './names.ts'
import { plainName } from './plain-name.ts'
import { ARGUMENTS } from '../arguments.ts'

export type Role =
  'number' | 'region' | 'class' | 'item' | 'indicator' | 'year' | 'unit' | 'mark' | 'source' | 'note' | 'empty'

export interface Column {
  readonly heading: Heading
  readonly role: Role
  readonly texts: readonly string[]
  readonly numbers: readonly Dec[]
  /** Every number is shown as a percentage. */
  readonly percent: boolean
  /** For class columns of codes: the crosswalk that knows them. */
  readonly crosswalk?: string
}

export interface Described {
  readonly table: Table
  readonly columns: readonly Column[]
  readonly find: (role: Role) => Column | undefined
}

const REGION_HEAD =
  /^(地区|区域|行政区|行政区划|行政单元|县|市县|区县|县市|县区|县名|乡镇|地市|市州|region|county|district|area name|city|name of region|admin)/i
const CODE_HEAD = /(代码|编码|编号|序号|^code$|^id$|_id$|^no\.?$|经度|纬度|longitude|latitude|^lon$|^lat$)/i
const YEAR_HEAD = /^(年份|年度|年|year)$/i
const MARK_HEAD = /^(标记|证据|证据标记|mark|evidence)$/i
const SOURCE_HEAD = /^(来源|数据来源|资料来源|出处|source)$/i
const NOTE_HEAD = /^(备注|说明|note|remark|remarks)$/i
/** How a price came about (市场价, 治理成本): no item, though its cells are words. */
const BASIS_HEAD = /^(价格|计价|定价|单价)?(基准|依据|口径)$|^(price )?basis$/i
const CLASS_HEAD = /(类型|地类|生态系统|植被|class|ecosystem|land ?cover)/i
const PLACE_NAME =
  /^[\u4e00-\u9fff]{1,12}(省|市|县|(?<![景园库林灌牧矿社校湖山垦渔保护])区|州|旗|镇|乡|街道)$|^\d{6}(\d{3}|\d{6})?$|\b(County|City|District|Prefecture)$/

export function describeTable(table: Table, words: Vocabulary): Described {
  const columns = onePerRole(table.headings.map((h, k) => describeColumn(h, table.rows, k, words)))
  return { table, columns, find: (role) => columns.find((c) => c.role === role) }
}

function describeColumn(heading: Heading, rows: readonly TableRow[], k: number, words: Vocabulary): Column {
  const texts: string[] = []
  const numbers: Dec[] = []
  let percent = 0
  for (const row of rows) {
    const cell = row.cells[k]
    const read = numberOf(cell)
    if (read === 'missing') continue
    if (!('severity' in read)) {
      numbers.push(read.percent ? read.value.times(100) : read.value)
      if (read.percent) percent++
    }
    if (cell) texts.push(cell.text.trim())
  }
  const base = { heading, texts, numbers, percent: percent > 0 && percent === numbers.length }
  const name = heading.path.at(-1) ?? ''
  const share = (test: (s: string) => boolean): number =>
    texts.length === 0 ? 0 : texts.filter(test).length / texts.length
  const allNumbers = numbers.length === texts.length && texts.length > 0
  const as = (role: Role, more: Partial<Column> = {}): Column => ({ ...base, role, ...more })

  if (texts.length === 0) return as('empty')
  if (isUnitColumn(heading)) return as('unit')
  if (YEAR_HEAD.test(name) && share((s) => /^(19|20)\d\d\s*年?$/.test(s)) === 1) return as('year')
  if (MARK_HEAD.test(name)) return as('mark')
  if (SOURCE_HEAD.test(name)) return as('source')
  if (NOTE_HEAD.test(name) || BASIS_HEAD.test(name)) return as('note')
  const isRegion = share((s) => words.regions.find(s) !== undefined || PLACE_NAME.test(s))
  if (allNumbers && CLASS_HEAD.test(name)) {
    const crosswalk = crosswalkOf(texts, words.classes)
    if (crosswalk !== undefined) return as('class', { crosswalk })
  }
  if (allNumbers && (REGION_HEAD.test(name) || CODE_HEAD.test(name)) && isRegion === 1) return as('region')
  if (allNumbers && share((s) => words.regions.find(s) !== undefined) === 1) return as('region')
  if (allNumbers) return CODE_HEAD.test(name) || isCount(texts, heading) ? as('note') : as('number')
  if (share((s) => isClass(s, words.classes)) >= 0.7) return as('class')
  if (numbers.length * 2 >= texts.length) return as('number')
  const crosswalk = CLASS_HEAD.test(name) ? crosswalkOf(texts, words.classes) : undefined
  if (crosswalk !== undefined) return as('class', { crosswalk })
  if (isRegion >= 0.7 || (REGION_HEAD.test(name) && isRegion >= 0.5)) return as('region')
  if (share((s) => isIndicator(s, words)) >= 0.6) return as('indicator')
  return as('item')
}

/** 1, 2, 3 … down a column without a unit is a row number. */
const isCount = (texts: readonly string[], heading: Heading): boolean =>
  texts.length > 2 && heading.unitText === undefined && texts.every((s, k) => s === String(k + 1))

const isClass = (s: string, classes: ClassNames): boolean => {
  const found = classes.find(s)
  return found !== undefined && !/^\d/.test(s)
}

function crosswalkOf(texts: readonly string[], classes: ClassNames): string | undefined {
  return classes.crosswalks
    .map((name) => ({ name, hits: texts.filter((s) => classes.find(s, name) !== undefined).length }))
    .filter((x) => x.hits / texts.length >= 0.8)
    .sort((a, b) => b.hits - a.hits || (a.name < b.name ? -1 : 1))[0]?.name
}

/** A row label that names an argument, not merely an item of one. */
function isIndicator(s: string, words: Vocabulary): boolean {
  const best = matchLabel(s.replace(/[（(][^（()）]*[)）]\s*$/, ''), words)[0]
  return best !== undefined && best.strength >= 0.9
}

/** Of several region columns (code and name) the one with the more certain text counts: the code. */
function onePerRole(columns: readonly Column[]): readonly Column[] {
  const first = new Map<Role, Column>()
  for (const c of columns) {
    const known = first.get(c.role)
    const better = c.role === 'region' && known && /^\d{6}/.test(c.texts[0]!) && !/^\d{6}/.test(known.texts[0]!)
    if (!known || better) first.set(c.role, c)
  }
  return columns.map((c) =>
    c.role === 'number' || c.role === 'item' || first.get(c.role) === c ? c : { ...c, role: 'note' },
  )
}

/** The closed lists the cells of a column belong to, by the share of cells that each knows. */
export function closedLists(
  texts: readonly string[],
): readonly { readonly argument: string; readonly share: number }[] {
  const distinct = [...new Set(texts.map(plainName))]
  return ARGUMENTS.filter((a) => a.items)
    .map((a) => ({
      argument: a.id,
      share: texts.filter((s) => findItem(a, s) !== undefined).length / Math.max(1, texts.length),
    }))
    .filter((x) => x.share > 0 && distinct.length > 0)
}
