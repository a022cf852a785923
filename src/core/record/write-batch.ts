// Writing a batch: acts that were decided (or read back from the journal) go to the database in one statement, the log
// head with them. Deciding and replaying meet here, so that what is replayed is written exactly as it was the first time.

import { assert, canonicalJson, type Instant, type Json } from '../../kernel/index.ts'
import {
  append,
  decodeFrontier,
  EMPTY_FRONTIER,
  encodeFrontier,
  leafEntry,
  leafHash,
  root,
  type Frontier,
} from '../evidence/index.ts'
import {
  cellsOf,
  insertCells,
  join,
  keyOfCells,
  putCells,
  rowsSql,
  sql,
  trusted,
  type AnyRow,
  type Cells,
  type Param,
  type Reader,
  type RowOf,
  type Sql,
  type Table,
} from '../store/index.ts'
import { actRow, contentOf, effectsOf, type Content, type EffectsDocument } from './content.ts'
import type { logHeadTable } from './schema.ts'
import { actSubjectTable, actTable, jobTable, logLeafTable, personalValueTable } from './schema.ts'
import type { SealedValue } from './seal.ts'

/** An act as it is written and journalled. Rows it wrote stand in `effects`. */
export interface PreparedAct {
  readonly content: string
  readonly effects: string
  readonly salt: Uint8Array
  readonly sealed: readonly SealedValue[]
  /** Jobs for listeners that hear it. */
  readonly jobs: readonly RowOf<typeof jobTable>[]
  /** Commitments whose values it erases. */
  readonly erases: readonly string[]
  /** Content and rows as data, and the entry in the log: made once, since log, journal and tables all need them. */
  readonly document: Content
  readonly rows: EffectsDocument['rows']
  readonly entry: Uint8Array
}

/** @param known content and rows where they are at hand as data; else they are read from the text */
export function preparedAct(
  act: Omit<PreparedAct, 'document' | 'rows' | 'entry'>,
  known?: Pick<PreparedAct, 'document' | 'rows'>,
): PreparedAct {
  const { document, rows } = known ?? { document: contentOf(act.content), rows: effectsOf(act.effects).rows }
  return { ...act, document, rows, entry: leafEntry(act.salt, act.content) }
}

export interface Head {
  readonly frontier: Frontier
  /** Entries of the journal that the database holds. */
  readonly journal: bigint
  readonly recorded: Instant
}

export interface Batch {
  readonly acts: readonly PreparedAct[]
  /** Rows outside the log: drafts and the like. */
  readonly loose: readonly { readonly table: string; readonly how: 'insert' | 'put'; readonly cells: Cells }[]
}

export const START = '1970-01-01T00:00:00.000Z' as Instant

export async function readHead(reader: Reader, lock = false): Promise<Head> {
  const rows = await reader.query<RowOf<typeof logHeadTable>>(
    lock ? sql`select * from log_head where id = 1 for update` : sql`select * from log_head where id = 1`,
  )
  const row = rows[0]
  return row
    ? { frontier: decodeFrontier(row.frontier), journal: row.journal, recorded: row.recorded_at as Instant }
    : { frontier: EMPTY_FRONTIER, journal: 0n, recorded: START }
}

/** The head after the batch. */
export function headAfter(head: Head, batch: Batch): Head {
  const leaves = batch.acts.map((a) => leafHash(a.entry))
  const last = batch.acts.at(-1)
  return {
    frontier: append(head.frontier, leaves),
    journal: head.journal + 1n,
    recorded: last ? last.document.recorded : head.recorded,
  }
}

/** What a batch writes, by table: rows to insert and rows to put, the last state of each. */
function rowsOf(batch: Batch): {
  readonly inserts: ReadonlyMap<string, readonly Cells[]>
  readonly puts: ReadonlyMap<string, readonly Cells[]>
} {
  const inserts = new Map<string, Cells[]>()
  const puts = new Map<string, Cells[]>()
  const add = (to: Map<string, Cells[]>, table: string, cells: Cells): void => {
    const rows = to.get(table)
    if (rows) rows.push(cells)
    else to.set(table, [cells])
  }
  const insert = (t: Table, row: object): void => add(inserts, t.name, cellsOf(t, row as AnyRow))
  for (const a of batch.acts) {
    const { id, subjects } = a.document
    insert(actTable, actRow(a.content, a.effects, a.salt, a.document))
    for (const subject of new Set(subjects)) insert(actSubjectTable, { subject, act: id })
    for (const s of a.sealed) insert(personalValueTable, { ...s, act: id })
    for (const j of a.jobs) insert(jobTable, j)
    for (const [table, how, cells] of a.rows) add(how === 'insert' ? inserts : puts, table, cells)
  }
  for (const l of batch.loose) add(l.how === 'insert' ? inserts : puts, l.table, l.cells)
  return { inserts, puts }
}

/** A row that the same batch inserts and then puts is inserted as it stands at the end: one statement touches a row once. */
function settled(
  t: Table,
  fresh: readonly Cells[],
  changed: readonly Cells[],
): { readonly fresh: readonly Cells[]; readonly changed: readonly Cells[] } {
  if (fresh.length === 0 || changed.length === 0) return { fresh, changed }
  const made = new Set(fresh.map((c) => keyOfCells(t, c)))
  const last = new Map(changed.map((c) => [keyOfCells(t, c), c]))
  return {
    fresh: fresh.map((c) => last.get(keyOfCells(t, c)) ?? c),
    changed: changed.filter((c) => !made.has(keyOfCells(t, c))),
  }
}

/** The parts of the statement that writes a batch: one a table and kind of write, tables in the order of the house. */
function writes(batch: Batch, tables: readonly Table[]): readonly Sql[] {
  const { inserts, puts } = rowsOf(batch)
  const known = new Set(tables.map((t) => t.name))
  for (const t of [...inserts.keys(), ...puts.keys()]) assert(known.has(t), `a row of the unknown table ${t}`)
  return tables.flatMap((t) => {
    const { fresh, changed } = settled(t, inserts.get(t.name) ?? [], puts.get(t.name) ?? [])
    return [...(fresh.length > 0 ? [insertCells(t, fresh)] : []), ...(changed.length > 0 ? [putCells(t, changed)] : [])]
  })
}

export const eraseValues = (commitments: readonly string[]): Sql =>
  sql`update personal_value set salt = null, value = null
      where commitment in (${joinParams(commitments)})`

function joinParams(values: readonly Param[]): Sql {
  return { pieces: values.flatMap((v, i) => [...(i === 0 ? [] : [', ']), ...sql`${v}`.pieces]) }
}

/** The head moves from `before`, if it stands there. It is taken after the parts named, so that nobody waits for it longer than
 *  the leaves take, and nobody holds it who still waits for something else. */
function moveHead(before: Head, after: Head, parts: readonly Sql[]): Sql {
  const size = BigInt(after.frontier.size)
  const frontier = encodeFrontier(after.frontier)
  const done = parts.map((_, i) =>
    trusted(`${i === 0 && before.journal === 0n ? 'where' : 'and'} (select count(*) from w${i}) >= 0`),
  )
  // The first batch of all: whoever inserts the row is first.
  return before.journal === 0n
    ? sql`insert into log_head (id, size, frontier, journal, recorded_at)
          select 1, ${size}::int8, ${frontier}::bytea, ${after.journal}::int8, ${after.recorded}::timestamptz ${join(done, ' ')}
          on conflict do nothing returning id`
    : sql`update log_head set size = ${size}, frontier = ${frontier}, journal = ${after.journal},
          recorded_at = greatest(recorded_at, ${after.recorded}::timestamptz)
          where id = 1 and journal = ${before.journal} ${join(done, ' ')} returning id`
}

const newLeaves = (batch: Batch, before: Head): Sql =>
  sql`insert into log_leaf (leaf_index, act, entry) ${rowsSql(
    logLeafTable,
    batch.acts.map((a, i) => ({
      leaf_index: BigInt(before.frontier.size + i),
      act: a.document.id,
      entry: a.entry,
    })),
  )} where exists (select 1 from head)`

/** Writes a batch: its rows, the log's head, the leaves, all in one statement, since a message to the database costs more than
 *  a row. Where another process was faster at the head, rows stand and the head is taken again under its lock.
 *  @returns the head before and after */
export async function writeBatch(
  tx: Reader,
  batch: Batch,
  tables: readonly Table[],
  expected: Head,
): Promise<{ readonly before: Head; readonly after: Head }> {
  const take = async (before: Head, parts: readonly Sql[]): Promise<Head | undefined> => {
    const after = headAfter(before, batch)
    const all = [
      ...parts.map((part, i) => sql`${trusted(`w${i}`)} as (${part} returning 1)`),
      sql`head as (${moveHead(before, after, parts)})`,
      ...(batch.acts.length > 0 ? [sql`leaves as (${newLeaves(batch, before)})`] : []),
    ]
    const [moved] = await tx.query<{ n: number }>(sql`with ${join(all, ', ')} select count(*)::int4 as n from head`)
    return moved!.n === 1 ? after : undefined
  }
  const erases = batch.acts.flatMap((a) => a.erases)
  let before = expected
  let after = await take(before, writes(batch, tables))
  if (!after) {
    before = await readHead(tx, true)
    after = await take(before, [])
    assert(after, 'the log head moved under its lock')
  }
  if (erases.length > 0) await tx.query(eraseValues(erases))
  return { before, after }
}

const hex = (b: Uint8Array): string => Buffer.from(b).toString('hex')
const bytes = (h: string): Uint8Array => Uint8Array.from(Buffer.from(h, 'hex'))

export interface JournalText {
  readonly body: string
  readonly personal: Readonly<Record<string, { readonly salt: string; readonly value: Json } | null>>
}

/** A batch as the journal keeps it. Personal values stand beside the body, so that they can be erased. */
export function journalText(batch: Batch, after: Head): JournalText {
  return {
    body: canonicalJson({
      acts: batch.acts.map((a) => ({
        content: a.content,
        effects: a.effects,
        salt: hex(a.salt),
        sealed: a.sealed.map((s) => ({ commitment: s.commitment, path: s.path, grade: s.grade })),
        jobs: a.jobs.map((j) => ({ ...j })),
        erases: a.erases,
      })),
      loose: batch.loose.map((l) => ({ ...l })),
      size: after.frontier.size,
      root: hex(root(after.frontier)),
    }),
    personal: Object.fromEntries(
      batch.acts.flatMap((a) => a.sealed.map((s) => [s.commitment, { salt: hex(s.salt), value: s.value }])),
    ),
  }
}

/** Reads it back. A value that was erased comes back without value and salt. */
export function batchOf(text: JournalText): {
  readonly batch: Batch
  readonly size: number
  readonly root: string
  readonly erased: readonly string[]
} {
  const doc = JSON.parse(text.body) as {
    acts: {
      content: string
      effects: string
      salt: string
      sealed: { commitment: string; path: string; grade: SealedValue['grade'] }[]
      jobs: RowOf<typeof jobTable>[]
      erases: string[]
    }[]
    loose: Batch['loose']
    size: number
    root: string
  }
  const erased: string[] = []
  const acts = doc.acts.map((a) =>
    preparedAct({
      content: a.content,
      effects: a.effects,
      salt: bytes(a.salt),
      sealed: a.sealed.map((s) => {
        const p = text.personal[s.commitment] ?? null
        if (p === null) erased.push(s.commitment)
        return { ...s, salt: p === null ? new Uint8Array(0) : bytes(p.salt), value: p === null ? '' : String(p.value) }
      }),
      jobs: a.jobs,
      erases: a.erases,
    }),
  )
  return { batch: { acts, loose: doc.loose }, size: doc.size, root: doc.root, erased }
}
