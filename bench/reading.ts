// Reading one generated workbook of plain numbers and names: our reader and exceljs, each in a process of its own.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { readWorkbook, writeWorkbook } from '../src/core/exchange-formats/index.ts'
import { inChild, peak, timed, type Measured } from './measure.ts'

const ROWS = 10_000
const COLUMNS = 12
export const CELLS = (ROWS + 1) * COLUMNS

/** Numbers of the kind yearbooks hold: up to six digits and two decimals; every third column a name. */
const cell = (r: number, c: number): string | number =>
  c % 3 === 0 ? `乡镇 ${(r * 7 + c) % 500}` : ((r * 7919 + c * 104_729) % 10_000_000) / 100

export async function readingBench(): Promise<{ readonly ours: Measured; readonly exceljs: Measured }> {
  const folder = mkdtempSync(join(tmpdir(), 'qingshan-bench-'))
  const file = join(folder, 'cells.xlsx')
  const columns = Array.from({ length: COLUMNS }, (_, c) => c)
  const rows = Array.from({ length: ROWS }, (_, r) => columns.map((c) => ({ value: cell(r, c) })))
  const heads = columns.map((c) => ({ value: `第 ${c + 1} 列` }))
  try {
    writeFileSync(file, await writeWorkbook({ title: '基准', sheets: [{ name: '表', rows: [heads, ...rows] }] }))
    return { ours: inChild('read', 'ours', file), exceljs: inChild('read', 'exceljs', file) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export async function readOnce(reader: string, file: string): Promise<Measured> {
  const bytes = readFileSync(file)
  let cells = 0
  const { cpu } = await timed(async () => {
    if (reader === 'ours') {
      for (const sheet of readWorkbook(bytes, file).sheets)
        for (const row of sheet.filledRows()) cells += row.cells.length
      return
    }
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as unknown as ArrayBuffer)
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell(() => (cells += 1))))
  })
  if (cells !== CELLS) throw new Error(`${reader} read ${cells} of ${CELLS} cells`)
  return { cpu, cells, peak: peak() }
}
