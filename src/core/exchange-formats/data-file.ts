// One door for every file that holds tables: the content says whether it is a workbook or delimited text; the extension
// only decides which problem a file that is neither gets.

import { readCsv } from './delimited.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

const WORKBOOK_NAME = /\.(xls[xmb]?|xlt[xm]?|et|ett|ods)$/i

/** Reads the sheets of a workbook or of a text file. Never throws. */
export const readSheets = (bytes: Uint8Array, fileName: string): Workbook =>
  isWorkbookFile(bytes, fileName) ? readWorkbook(bytes, fileName) : readCsv(bytes, fileName)

/** Whether a file is read as a workbook, be it a right one or not. */
export function isWorkbookFile(bytes: Uint8Array, fileName: string): boolean {
  const packed = bytes[0] === 0x50 && bytes[1] === 0x4b
  const compound = bytes[0] === 0xd0 && bytes[1] === 0xcf
  return packed || compound || WORKBOOK_NAME.test(fileName)
}
