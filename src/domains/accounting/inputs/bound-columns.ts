// The columns of a table that a binding reads: found by their headings, all that are missing told at once.

import type { Cell, Heading, Table, TableRow } from '../../../core/exchange-formats/index.ts'
import type { Problem } from '../../../kernel/index.ts'
import type { Binding } from '../input-list.ts'
import { findColumn, isUnitColumn } from './columns.ts'
import { plainName } from './plain-name.ts'

export interface Columns {
  readonly value: Heading
  readonly where?: Heading
  readonly region?: Heading
  readonly class?: Heading
  readonly item?: Heading
  readonly date?: Heading
  readonly code?: Heading
  readonly year?: Heading
  readonly mark?: Heading
  readonly source?: Heading
  readonly unit?: Heading
}

/** Cell problems matter where the cell stands in a column that is read. */
export function inColumns(p: Problem, used: ReadonlySet<number>): boolean {
  const letters = /^([A-Z]+)\d+$/.exec(p.at?.cell ?? '')?.[1]
  if (letters === undefined) return true
  const col = [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)
  return used.has(col)
}

export function findColumns(table: Table, b: Binding): Columns | Problem[] {
  if (table.headings.length === 0) return [...table.problems]
  const wanted: Readonly<Record<string, string | undefined>> = {
    value: b.column,
    where: b.where?.column,
    region: b.region && 'column' in b.region ? b.region.column : undefined,
    class: b.class && 'column' in b.class ? b.class.column : undefined,
    item: b.item && 'column' in b.item ? b.item.column : undefined,
    code: b.code?.column,
    date: b.days?.date,
    year: typeof b.year === 'object' ? b.year.column : undefined,
    mark: typeof b.mark === 'object' ? b.mark.column : undefined,
    source: typeof b.source === 'object' ? b.source.column : undefined,
  }
  const found: Record<string, Heading> = {}
  const wrong: Problem[] = []
  for (const [role, name] of Object.entries(wanted)) {
    if (name === undefined) continue
    const heading = findColumn(table, name)
    if ('severity' in heading) wrong.push(heading)
    else found[role] = heading
  }
  const unitColumn = table.headings.find(isUnitColumn)
  if (unitColumn) found['unit'] = unitColumn
  return wrong.length > 0 ? wrong : (found as unknown as Columns)
}

export const cellAt = (row: TableRow, table: Table, h: Heading | undefined): Cell | undefined =>
  h ? row.cells[table.headings.indexOf(h)] : undefined
export const textAt = (row: TableRow, table: Table, h: Heading | undefined): string =>
  cellAt(row, table, h)?.text.trim() ?? ''

export const matches = (row: TableRow, table: Table, b: Binding, cols: Columns): boolean =>
  !b.where || plainName(textAt(row, table, cols.where)) === plainName(b.where.is)
