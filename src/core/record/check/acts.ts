// Every act in the order of the log: its columns against its content, what it wrote against its digest, its leaf against the
// log, the head against all leaves. What the acts wrote is folded on the way, for the rows to be compared with.

import { canonicalJson, type Instant, type Json } from '../../../kernel/index.ts'
import {
  ACT_SALT_BYTES,
  append,
  EMPTY_FRONTIER,
  encodeFrontier,
  leafEntry,
  leafHash,
  type Frontier,
} from '../../evidence/index.ts'
import { cellsOf, columnNames, hexText, sql, type AnyRow, type Cells, type Reader } from '../../store/index.ts'
import { actRow, contentOf } from '../content.ts'
import { sha256Hex } from '../effects.ts'
import { actTable, logHeadTable } from '../schema.ts'
import { START } from '../write-batch.ts'
import { shown, type Checking } from './checking.ts'
import { checkProblem } from './problems.ts'
import { decided, rowsOfAct } from './rows-of-act.ts'
import { pagesOf, storedCells, textCells, writtenCells } from './text-rows.ts'

/** A leaf with its act in the text of the database; without the act where it is gone. */
export type LeafRow = Cells & { readonly leaf: string; readonly leaf_act: string; readonly entry: string }

export const leafRows = (tx: Reader, cursor: string): AsyncGenerator<readonly LeafRow[]> =>
  pagesOf<LeafRow>(
    tx,
    cursor,
    sql`select l.leaf_index::text as leaf, l.act::text as leaf_act, l.entry::text as entry, ${textCells(actTable, 'a')}
        from log_leaf l left join act a on a.id = l.act order by l.leaf_index`,
  )

export const bytesOfHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.slice(2), 'hex'))

export interface ActsChecked {
  readonly acts: number
}

export async function checkActs(tx: Reader, work: Checking): Promise<ActsChecked> {
  const [count] = await tx.query<{ n: bigint }>(sql`select count(*)::int8 as n from log_leaf`)
  const of = Number(count!.n)
  let next = 0
  let ofActs: Frontier = EMPTY_FRONTIER
  let ofEntries: Frontier = EMPTY_FRONTIER
  let last = START
  for await (const page of leafRows(tx, 'check_leaves')) {
    for (const row of page) {
      const leaf = Number(row.leaf)
      if (leaf !== next) work.tell(checkProblem('check.leaf-missing', { leaf: next, found: leaf }))
      next = leaf + 1
      const entry = bytesOfHex(row.entry)
      ofEntries = append(ofEntries, [leafHash(entry)])
      if (row['content'] === null || row['content'] === undefined) {
        work.tell(checkProblem('check.act-missing', { leaf, act: row.leaf_act }))
        continue
      }
      const own = checkAct(row, leaf, work)
      ofActs = append(ofActs, [leafHash(own.entry ?? entry)])
      if (own.recorded > last) last = own.recorded
      if (!own.entry || !Buffer.from(own.entry).equals(entry))
        work.tell(checkProblem('check.leaf-differs', { leaf, act: row.leaf_act }))
    }
    work.progress({ stage: 'acts', done: Math.min(next, of), of })
  }
  const loose = await tx.query<{ id: string }>(
    sql`select a.id::text as id from act a where not exists (select 1 from log_leaf l where l.act = a.id) order by a.id`,
  )
  for (const { id } of loose) work.tell(checkProblem('check.act-without-leaf', { act: id }))
  await checkHead(tx, work, { size: of, frontiers: [ofActs, ofEntries], recorded: last })
  return { acts: of }
}

/** @returns the leaf's entry as it should be; undefined where the salt is none */
function checkAct(
  row: LeafRow,
  leaf: number,
  work: Checking,
): { readonly entry: Uint8Array | undefined; readonly recorded: Instant } {
  const act = row.leaf_act
  const content = row['content']!
  const effects = row['effects']!
  const salt = bytesOfHex(row['salt']!)
  const entry = salt.length === ACT_SALT_BYTES ? leafEntry(salt, content) : undefined
  try {
    if (canonicalJson(JSON.parse(content) as Json) !== content) throw new SyntaxError('not canonical')
    const c = contentOf(content)
    const expected = writtenCells(actTable, cellsOf(actTable, actRow(content, effects, salt) as AnyRow))
    const stored = storedCells(actTable, row)
    for (const column of columnNames(actTable))
      if (stored[column] !== expected[column])
        work.tell(
          checkProblem('check.column-differs', {
            act,
            leaf,
            column,
            stored: shown(stored[column]),
            expected: shown(expected[column]),
          }),
        )
    if (sha256Hex(effects) !== c.effects) work.tell(checkProblem('check.effects-differ', { act, leaf }))
    fold({ content, effects }, act, leaf, work)
    return { entry, recorded: c.recorded }
  } catch {
    // Text that is no act: what reads it throws in its own way.
    work.tell(checkProblem('check.content-not-canonical', { act, leaf }))
    return { entry, recorded: START }
  }
}

function fold(
  texts: { readonly content: string; readonly effects: string },
  act: string,
  leaf: number,
  work: Checking,
): void {
  let written
  try {
    written = rowsOfAct(texts, work.tables, work.registry)
  } catch {
    // Its digest has told already that the text was changed.
    return
  }
  for (const commitment of written.erases) work.erased.add(commitment)
  for (const table of written.unknownTables) work.tell(checkProblem('check.table-unknown', { act, leaf, table }))
  if (written.unknownCommand) {
    const { command, version } = contentOf(texts.content)
    work.tell(checkProblem('check.command-unknown', { act, leaf, command, version }))
  }
  for (const { table, cells } of written.rows)
    if (!work.beside.has(table.name)) work.fold.write(decided(table), cells, leaf)
}

interface Expected {
  readonly size: number
  /** As the acts and as the entries of the log lead to it: where they differ, one of them was told before. */
  readonly frontiers: readonly Frontier[]
  readonly recorded: Instant
}

async function checkHead(tx: Reader, work: Checking, expected: Expected): Promise<void> {
  const [row] = await tx.query<Cells>(sql`select ${textCells(logHeadTable)} from log_head t`)
  if (!row) {
    if (expected.size > 0)
      work.tell(
        checkProblem('check.head-differs', { column: 'size', stored: shown(null), expected: String(expected.size) }),
      )
    return
  }
  const head = storedCells(logHeadTable, row)
  const frontiers = expected.frontiers.map((f) => hexText(encodeFrontier(f)))
  const differs = (column: string, should: string): void =>
    work.tell(checkProblem('check.head-differs', { column, stored: shown(head[column]), expected: shown(should) }))
  if (head['size'] !== String(expected.size)) differs('size', String(expected.size))
  if (!frontiers.includes(head['frontier']!)) differs('frontier', frontiers[0]!)
  if (head['recorded_at'] !== expected.recorded) differs('recorded_at', expected.recorded)
}
