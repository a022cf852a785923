// Small workbooks and the national list of ecosystem types, for the tests of this folder.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { writeWorkbook, type CellSpec } from '../../../core/exchange-formats/index.ts'
import type { ClassSource } from './names.ts'

export type Cell = string | number | CellSpec | undefined

/** A workbook of sheets of rows: texts, numbers, or cells with formula, format or span. */
export const workbook = (sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<Uint8Array> =>
  writeWorkbook({
    title: '测试',
    sheets: Object.entries(sheets).map(([name, rows]) => ({
      name,
      rows: rows.map((row) => row.map((c) => (typeof c === 'string' || typeof c === 'number' ? { value: c } : c))),
    })),
  })

export const ECOSYSTEM_TYPES: ClassSource = parse(
  readFileSync(new URL('../../../../rules/national/ecosystem-types.yaml', import.meta.url), 'utf8'),
) as ClassSource
