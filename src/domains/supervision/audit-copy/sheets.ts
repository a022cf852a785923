// The workbooks of a copy. Rows come one after the other; a workbook that is full is written and the next begun, so that a
// province fits into memory and every file opens on an office machine.

import { lettersOf, plainWorkbook, rowXml, type PlainColumn } from './plain-workbook.ts'
import type { WholeFolder } from './whole-folder.ts'

/** Rows in one workbook: it opens in a few seconds in Excel and WPS. */
const MOST_ROWS = 50_000

export interface Column {
  readonly zh: string
  readonly en: string
  readonly width: number
  /** Decimal text shown as a number. */
  readonly number: boolean
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
  const { title, note } = about
  const columns = about.columns.map((c): PlainColumn => ({ ...c, heading: `${c.zh}\n${c.en}` }))
  const letters = lettersOf(columns)
  const files: string[] = []
  let rows: string[] = []
  let all = 0
  const write = async (): Promise<void> => {
    const file = `${about.file}${files.length === 0 ? '' : `-${files.length + 1}`}.xlsx`
    await folder.write(file, plainWorkbook({ name: about.file, title, note, columns, rows }))
    files.push(file)
    rows = []
  }
  return {
    get rows() {
      return all
    },
    add: async (row) => {
      rows.push(rowXml(columns, letters, rows.length, row))
      all++
      if (rows.length >= MOST_ROWS) await write()
    },
    finish: async () => {
      if (rows.length > 0 || files.length === 0) await write()
      return files
    },
  }
}
