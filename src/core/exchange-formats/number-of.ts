// Judges a cell where a number is wanted: a number, a declared gap, or a problem that names the cell. Nothing is guessed:
// "约35" and "12吨" go back to their owner, since a silently mended figure has no source.

import { findUnit, parseDecimal, type Dec, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import { placeOf, type Cell } from './sheet.ts'

export interface NumberRead {
  readonly value: Dec
  /** The cell shows a percentage: 0.35 for 35%. The heading's unit decides what it means; both together are a question. */
  readonly percent: boolean
}

/** What Chinese and English statistics write for "no data". 无 is not among them: it may mean nought. */
const MISSING =
  /^([-—–―－_/／\\*]+|[….]{1,6}|n\.?\/?a\.?|nan|null|none|#n\/a|nodata|no data|missing|缺|缺测|缺失|缺数|空缺|空白|无数据|暂无|暂无数据|没有数据|未统计|未监测|未测|不详|未知)$/i

/** A cell as a number. An absent cell is missing. A percentage written as text (`35%`) reads like a percent format. */
export function numberOf(cell: Cell | undefined): NumberRead | 'missing' | Problem {
  if (!cell) return 'missing'
  const { value } = cell
  if (value.kind === 'number') return { value: value.digits, percent: cell.percentFormat }
  if (value.kind === 'date') return problem('table.date-in-number-cell', { text: cell.text }, placeOf(cell))
  const text = cell.text.trim()
  if (value.kind === 'error') return problem('workbook.error-cell', { error: text }, placeOf(cell))
  if (value.kind === 'text') {
    if (text === '' || MISSING.test(text)) return 'missing'
    const number = parseDecimal(text)
    if (number) return { value: number, percent: false }
    const percent = /^(.*)[%％]$/.exec(text)
    const share = percent && parseDecimal(percent[1]!)
    if (share) return { value: share.div(100), percent: true }
    const split = /^([^A-Za-z\u4e00-\u9fff℃°㎡㎢㎥]*\d)\s*(\D.*)$/.exec(text)
    if (split && parseDecimal(split[1]!) && findUnit(split[2]!))
      return problem('table.number-with-unit', { text: text.slice(0, 40), unit: split[2]! }, placeOf(cell))
  }
  return problem('table.text-in-number-cell', { text: text.slice(0, 40) }, placeOf(cell))
}
