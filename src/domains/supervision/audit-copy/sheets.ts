// The workbooks of a copy. Rows come one after the other; a workbook that is full is written and the next begun, so that a
// province fits into memory and every file opens on an office machine.

import { Dec } from '../../../kernel/index.ts'
import { writeWorkbook, type CellSpec } from '../../../core/exchange-formats/index.ts'
import type { WholeFolder } from './whole-folder.ts'

/** Rows in one workbook: it opens in a few seconds in Excel and WPS. */
const MOST_ROWS = 20_000
/** More digits than a spreadsheet keeps. */
const DIGITS = 15

export interface Column {
  readonly zh: string
  readonly en: string
  readonly width: number
  /** Decimal text shown as a number. */
  readonly number?: boolean
}

export interface SheetBook {
  add(row: readonly string[]): Promise<void>
  /** @returns the names of the workbooks */
  finish(): Promise<readonly string[]>
  readonly rows: number
}

export function sheetBook(
  folder: WholeFolder,
  about: { readonly file: string; readonly title: string; readonly note: string; readonly columns: readonly Column[] },
): SheetBook {
  const files: string[] = []
  let rows: CellSpec[][] = []
  let all = 0
  const write = async (): Promise<void> => {
    const file = `${about.file}${files.length === 0 ? '' : `-${files.length + 1}`}.xlsx`
    const columns = about.columns.length
    await folder.write(
      file,
      await writeWorkbook({
        title: about.title,
        footer: about.title,
        sheets: [
          {
            name: about.file,
            landscape: true,
            frozenRows: 3,
            repeatedRows: [3, 3],
            widths: about.columns.map((c) => c.width),
            rows: [
              [{ value: about.title, style: 'title', span: { columns } }],
              [{ value: about.note, style: 'note', span: { columns } }],
              about.columns.map((c): CellSpec => ({ value: `${c.zh}\n${c.en}`, style: 'heading' })),
              ...rows,
            ],
          },
        ],
      }),
    )
    files.push(file)
    rows = []
  }
  return {
    get rows() {
      return all
    },
    add: async (row) => {
      rows.push(row.map((value, i) => cell(about.columns[i]!, value)))
      all++
      if (rows.length >= MOST_ROWS) await write()
    },
    finish: async () => {
      if (rows.length > 0 || files.length === 0) await write()
      return files
    },
  }
}

function cell(column: Column, value: string): CellSpec {
  const short = /^-?\d+(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= DIGITS
  if (column.number !== true || !short) return { value, style: 'text' }
  const places = value.split('.')[1]?.length ?? 0
  return { value: new Dec(value), style: 'number', format: `#,##0${places > 0 ? `.${'0'.repeat(places)}` : ''}` }
}
