// The table of class values of a delivery model, in the columns InVEST users have (lucode, usle_c, usle_p, load_n, eff_n …).
// Always holds: a class code is a whole number and stands once; every value asked for is there and within its range.

import { basename, dirname } from 'node:path'
import { ProblemError, type Problem, type Text } from '../kernel/index.ts'
import { numberOf, placeOf, readFileByName, readSheets, readTable } from '../core/exchange-formats/index.ts'
import type { Cell } from '../core/exchange-formats/index.ts'
import { LOAD_TYPES } from '../raster/index.ts'
import { problem } from './delivery-problems.ts'

export interface WantedColumn {
  readonly name: string
  readonly holds: 'share' | 'amount' | 'load-type'
  /** Where the table has no such column. */
  readonly otherwise?: number
}

/** By class code: the wanted values by column. A load type is its place in LOAD_TYPES. */
export type ClassTable = ReadonlyMap<number, Readonly<Record<string, number>>>

const WANTED: Readonly<Record<WantedColumn['holds'], Text>> = {
  share: { zh: '0 到 1 之间的数', en: 'a number from 0 to 1' },
  amount: { zh: '不小于 0 的数', en: 'a number not below 0' },
  'load-type': { zh: LOAD_TYPES.join(' 或 '), en: LOAD_TYPES.join(' or ') },
}
const CODE = 'lucode'

/** @throws ProblemError `delivery.…`, `folder.…`, `workbook.…`, `delimited.…` */
export function readClassTable(file: string, columns: readonly WantedColumn[]): ClassTable {
  const { name, bytes } = readFileByName(dirname(file), basename(file))
  const { sheets, problems: unread } = readSheets(bytes, name)
  const red = unread.filter((p) => p.severity === 'red')
  if (red.length > 0) throw new ProblemError(red)
  const table = sheets[0] && readTable(sheets[0])
  if (!table || table.headings.length === 0) throw new ProblemError(problem('delivery.no-table', {}, { file: name }))
  const names = table.headings.map((h) => h.text.trim().toLowerCase())
  const places = new Map([CODE, ...columns.map((c) => c.name)].map((c) => [c, names.indexOf(c)]))
  const absent = [CODE, ...columns.filter((c) => c.otherwise === undefined).map((c) => c.name)]
    .filter((c) => places.get(c) === -1)
    .map((column) => problem('delivery.no-column', { column, columns: names.join('、') }, { file: name }))
  if (absent.length > 0) throw new ProblemError(absent)

  const problems: Problem[] = []
  const out = new Map<number, Readonly<Record<string, number>>>()
  for (const { cells, row } of table.rows) {
    const codeCell = cells[places.get(CODE)!]
    const code = numberIn(codeCell)
    const at = codeCell ? placeOf(codeCell) : { file: name, line: row }
    if (code === undefined || !Number.isInteger(code)) {
      problems.push(problem('delivery.table-code', { value: codeCell?.text ?? '' }, at))
      continue
    }
    if (out.has(code)) problems.push(problem('delivery.table-twice', { code }, at))
    const values: Record<string, number> = {}
    for (const { name: column, holds, otherwise } of columns) {
      const place = places.get(column)!
      const cell = place < 0 ? undefined : cells[place]
      const value = place < 0 ? otherwise : valueIn(cell, holds)
      if (value !== undefined) values[column] = value
      else
        problems.push(
          problem(
            'delivery.table-value',
            { code, column, value: cell?.text ?? '', ...WANTED[holds] },
            cell ? placeOf(cell) : at,
          ),
        )
    }
    out.set(code, values)
  }
  if (problems.length > 0) throw new ProblemError(problems)
  return out
}

function numberIn(cell: Cell | undefined): number | undefined {
  const read = numberOf(cell)
  return typeof read === 'object' && 'value' in read ? read.value.toNumber() : undefined
}

function valueIn(cell: Cell | undefined, holds: WantedColumn['holds']): number | undefined {
  if (holds === 'load-type') {
    const place = LOAD_TYPES.findIndex((type) => type === cell?.text.trim().toLowerCase())
    return place < 0 ? undefined : place
  }
  const value = numberIn(cell)
  return value === undefined || value < 0 || (holds === 'share' && value > 1) ? undefined : value
}
