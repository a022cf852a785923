// The tables as they stand against what all acts together wrote: cell by cell, each row by name.

import { name, sql, type Cells, type Reader, type Table } from '../../store/index.ts'
import { leafOf } from './act-at.ts'
import { keyShown, shown, type Checking } from './checking.ts'
import { checkProblem } from './problems.ts'
import { personalPlace, rowsOfAct, type RowsOfAct } from './rows-of-act.ts'
import { tableRows } from './text-rows.ts'

/** @returns rows compared, by table */
export async function checkRows(
  tx: Reader,
  work: Checking,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const t of tables) {
    const [count] = await tx.query<{ n: bigint }>(sql`select count(*)::int8 as n from ${name(t.name)}`)
    let done = 0
    for await (const cells of tableRows(tx, t)) {
      if (t === personalPlace && work.brought.has(cells['act'] ?? '')) continue
      const met = work.fold.meet(t, cells)
      if (!met) work.tell(checkProblem('check.row-extra', { table: t.name, key: keyShown(t, cells) }))
      else if (!met.same) await tellDifference(tx, work, t, cells, met.leaf)
      if (++done % 1000 === 0) work.progress({ stage: 'rows', table: t.name, done, of: Number(count!.n) })
    }
    counts.set(t.name, done)
    work.progress({ stage: 'rows', table: t.name, done, of: done })
  }
  for (const leaf of work.fold.missing()) {
    const { act, rows } = await written(tx, work, leaf)
    for (const { table, cells } of rows)
      if (work.fold.takeMissing(table, cells, leaf))
        work.tell(checkProblem('check.row-missing', { table: table.name, key: keyShown(table, cells), act }))
  }
  return counts
}

async function tellDifference(tx: Reader, work: Checking, t: Table, stored: Cells, leaf: number): Promise<void> {
  const { act, rows } = await written(tx, work, leaf)
  const expected = rows.findLast((r) => r.table.name === t.name && t.key.every((k) => r.cells[k] === stored[k]))?.cells
  for (const column of Object.keys(t.columns))
    if (expected && expected[column] !== stored[column])
      work.tell(
        checkProblem('check.cell-differs', {
          table: t.name,
          key: keyShown(t, stored),
          column,
          stored: shown(stored[column]),
          expected: shown(expected[column]),
          act,
        }),
      )
}

async function written(tx: Reader, work: Checking, leaf: number): Promise<RowsOfAct & { readonly act: string }> {
  const found = await leafOf(tx, leaf)
  return { act: found.act, ...rowsOfAct(found, work.tables, work.registry) }
}
