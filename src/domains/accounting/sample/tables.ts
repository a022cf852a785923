// Writing the workbooks of examples and samples: a title line, a heading line, rows. Numbers stay decimals to the last digit.

import { dec, parseDecimal } from '../../../kernel/index.ts'
import { writeWorkbook, type CellSpec, type SheetSpec } from '../../../core/exchange-formats/index.ts'

export type Cell = string | undefined
export interface PlainSheet {
  readonly name: string
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly note?: string
}

/** A text that reads as a number becomes a number cell, except in columns of codes. */
function cellOf(value: Cell, isCode: boolean): CellSpec | undefined {
  if (value === undefined || value === '') return undefined
  const number = isCode ? undefined : parseDecimal(value)
  return number ? { value: dec(number), style: 'number' } : { value, style: 'text' }
}

export function plainSheet(s: PlainSheet): SheetSpec {
  const codes = s.headings.map((h) => /代码|编码|code/i.test(h))
  return {
    name: s.name,
    rows: [
      [{ value: s.title, style: 'title', span: { columns: s.headings.length } }],
      s.headings.map((h): CellSpec => ({ value: h, style: 'heading' })),
      ...s.rows.map((r) => r.map((c, i) => cellOf(c, codes[i]!))),
      ...(s.note ? [[{ value: `注：${s.note}`, style: 'note' } as const]] : []),
    ],
    frozenRows: 2,
    repeatedRows: [1, 2],
  }
}

export const workbookOf = (title: string, sheets: readonly PlainSheet[]): Promise<Uint8Array> =>
  writeWorkbook({ title, sheets: sheets.map(plainSheet) })
