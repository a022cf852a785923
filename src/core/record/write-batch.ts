// Writing a batch: acts that were decided (or read back from the journal) go to the database in one statement, the log
// head with them. Deciding and replaying meet here, so that what is replayed is written exactly as it was the first time.

import { createHash } from 'node:crypto'
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
  blockOf,
  blockOfCells,
  insertBlock,
  join,
  joinBlocks,
  keysOfBlock,
  lastOfEachKey,
  list,
  putBlock,
  rowsOfBlock,
  rowsSql,
  sql,
  StoreError,
  trusted,
  type AnyRow,
  type Block,
  type Cells,
  type Reader,
  type RowOf,
  type Sql,
  type Table,
} from '../store/index.ts'
import { actRow, contentOf, writtenOf, type Content, type WrittenRows } from './content.ts'
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
  readonly rows: readonly WrittenRows[]
  readonly entry: Uint8Array
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** @param known content and rows where they are at hand as data; else they are read from the text */
export function preparedAct(
  act: Omit<PreparedAct, 'document' | 'rows' | 'entry'>,
  known?: Pick<PreparedAct, 'document' | 'rows'>,
): PreparedAct {
  const { document, rows } = known ?? { document: contentOf(act.content), rows: writtenOf(act.effects) }
  return { ...act, document, rows, entry: leafEntry(act.salt, act.content, sha256) }
}

export interface Head {
  readonly frontier: Frontier
  /** Entries of the journal that the database holds. */
  readonly journal: bigint
  readonly recorded: Instant
}

export interface Batch {
  readonly acts: readonly PreparedAct[]
  /** Accounts that were decided on unread, and the line each must stand at: see `KeptBook`. */
  readonly taken?: ReadonlyMap<string, bigint>
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

interface OfTable {
  readonly inserts: Block[]
  readonly puts: Block[]
}

/** What a batch writes, by table: rows to insert and rows to put. */
function rowsOf(batch: Batch, tables: readonly Table[]): ReadonlyMap<Table, OfTable> {
  const written = new Map<Table, OfTable>()
  const known = new Map(tables.map((t) => [t.name, t]))
  const add = (table: string, how: 'insert' | 'put', block: (t: Table) => Block): void => {
    const t = known.get(table)
    assert(t, `a row of the unknown table ${table}`)
    let of = written.get(t)
    if (!of) written.set(t, (of = { inserts: [], puts: [] }))
    ;(how === 'insert' ? of.inserts : of.puts).push(block(t))
  }
  const insert = (t: Table, rows: readonly object[]): void => {
    if (rows.length > 0) add(t.name, 'insert', () => blockOf(t, rows as readonly AnyRow[]))
  }
  const { acts } = batch
  insert(
    actTable,
    acts.map((a) => actRow(a.content, a.effects, a.salt, a.document)),
  )
  insert(
    actSubjectTable,
    acts.flatMap(({ document: { id, subjects } }) => [...new Set(subjects)].map((subject) => ({ subject, act: id }))),
  )
  insert(
    personalValueTable,
    acts.flatMap((a) => a.sealed.map((s) => ({ ...s, act: a.document.id }))),
  )
  insert(
    jobTable,
    acts.flatMap((a) => a.jobs),
  )
  for (const a of acts) for (const { table, how, block } of a.rows) add(table, how, () => block)
  for (const l of batch.loose) add(l.table, l.how, (t) => blockOfCells(t, [l.cells]))
  return written
}

/** A row that the same batch inserts and then puts is inserted as it stands at the end: one statement touches a row once. */
function settled(t: Table, { inserts, puts }: OfTable): { readonly fresh: Block; readonly changed: Block } {
  const fresh = joinBlocks(t, inserts)
  const changed = lastOfEachKey(t, joinBlocks(t, puts))
  if (fresh.count === 0 || changed.count === 0) return { fresh, changed }
  const both = joinBlocks(t, [fresh, changed])
  const keys = keysOfBlock(t, both)
  const last = new Map(keys.map((key, i) => [key, i]))
  const made = new Set(keys.slice(0, fresh.count))
  const places = Array.from({ length: both.count }, (_, i) => i)
  return {
    fresh: rowsOfBlock(
      both,
      places.slice(0, fresh.count).map((i) => last.get(keys[i]!)!),
    ),
    changed: rowsOfBlock(
      both,
      places.slice(fresh.count).filter((i) => !made.has(keys[i]!)),
    ),
  }
}

/** A part of the statement that writes a batch. */
interface Part {
  readonly sql: Sql
  /** How many rows it must find standing, and of a row that it wrote whether it stood as it should. */
  readonly stand?: number
  readonly stood?: Sql
}

/** One part a table and kind of write, tables in the order of the house. */
function writes(batch: Batch, tables: readonly Table[]): readonly Part[] {
  const written = rowsOf(batch, tables)
  const { taken } = batch
  const standing = taken && { column: 'lines', at: (id: string) => taken.get(id)?.toString(), otherwise: -1n }
  const changes = (t: Table, block: Block): Part =>
    !t.fixed
      ? { sql: putBlock(t, block) }
      : {
          sql: putBlock(t, block, standing),
          stand: block.count,
          ...(standing ? { stood: trusted(`t.${standing.column} = n.${standing.column}`) } : {}),
        }
  return tables.flatMap((t): Part[] => {
    const of = written.get(t)
    if (!of) return []
    const { fresh, changed } = settled(t, of)
    return [
      ...(fresh.count > 0 ? [{ sql: insertBlock(t, fresh) }] : []),
      ...(changed.count > 0 ? [changes(t, changed)] : []),
    ]
  })
}

export const eraseValues = (commitments: readonly string[]): Sql =>
  sql`update personal_value set salt = null, value = null
      where commitment = any(${list('text', commitments)})`

/** The head moves from `before`, if it stands there once nobody else holds it. It is taken after the parts named, so that nobody
 *  waits for it longer than the leaves take, and nobody holds it who still waits for something else. Whether it stands there is
 *  asked of each value: a condition would be judged by what stood when the statement began. */
function moveHead(before: Head, after: Head, parts: readonly Part[]): Sql {
  const size = BigInt(after.frontier.size)
  const frontier = encodeFrontier(after.frontier)
  const done = parts.map((_, i) =>
    trusted(`${i === 0 && before.journal === 0n ? 'where' : 'and'} (select count(*) from w${i}) >= 0`),
  )
  // The first batch of all: whoever inserts the row is first.
  if (before.journal === 0n)
    return sql`insert into log_head (id, size, frontier, journal, recorded_at)
          select 1, ${size}::int8, ${frontier}::bytea, ${after.journal}::int8, ${after.recorded}::timestamptz ${join(done, ' ')}
          on conflict do nothing returning true as moved`
  // The number alone would also stand where another batch came in the place of the one that this one follows.
  const here = sql`(journal = ${before.journal}::int8 and frontier = ${encodeFrontier(before.frontier)}::bytea)`
  return sql`update log_head set size = case when ${here} then ${size}::int8 else size end,
          frontier = case when ${here} then ${frontier}::bytea else frontier end,
          recorded_at = case when ${here} then greatest(recorded_at, ${after.recorded}::timestamptz) else recorded_at end,
          journal = case when ${here} then ${after.journal}::int8 else journal end
          where id = 1 ${join(done, ' ')} returning size = ${size}::int8 and journal = ${after.journal}::int8
            and frontier = ${frontier}::bytea as moved`
}

const newLeaves = (batch: Batch, before: Head): Sql =>
  sql`insert into log_leaf (leaf_index, act, entry) ${rowsSql(
    logLeafTable,
    batch.acts.map((a, i) => ({
      leaf_index: BigInt(before.frontier.size + i),
      act: a.document.id,
      entry: a.entry,
    })),
  )} where exists (select 1 from head where moved)`

/** The head before a batch and after it. */
export interface Written {
  readonly before: Head
  readonly after: Head
}

/** A batch that is ready to be written. */
export interface ReadyBatch {
  /** The head that it leaves, if nobody else writes meanwhile. */
  readonly after: Head
  /** @throws StoreError 40001 where an account no longer stands where it was decided on */
  readonly write: (tx: Reader) => Promise<Written>
  /** The same as one statement, which counts only if the head stands where it was expected; left out where it takes more. */
  readonly alone?: AloneStatement
}

export interface AloneStatement {
  readonly statement: Sql
  /** What its one row reads if it counts. */
  readonly wanted: readonly string[]
  readonly written: Written
}

/** Makes ready a batch: its rows, the log's head, the leaves, all in one statement, since a message to the database costs more
 *  than a row. Where another process was faster at the head, rows stand and the head is taken again under its lock. */
export function readyBatch(batch: Batch, tables: readonly Table[], expected: Head): ReadyBatch {
  const statement = (before: Head, after: Head, parts: readonly Part[]): Sql => {
    const all = [
      ...parts.map(
        (part, i) => sql`${trusted(`w${i}`)} as (${part.sql} returning ${part.stood ?? trusted('true')} as done)`,
      ),
      sql`head as (${moveHead(before, after, parts)})`,
      ...(batch.acts.length > 0 ? [sql`leaves as (${newLeaves(batch, before)})`] : []),
    ]
    const stood = parts.flatMap((p, i) =>
      p.stand === undefined ? [] : [trusted(`(select count(*) from w${i} where done)`)],
    )
    return sql`with ${join(all, ', ')}
      select count(*)::int4 as n, (${join([trusted('0'), ...stood], ' + ')})::int4 as stood from head where moved`
  }
  const parts = writes(batch, tables)
  const stand = parts.reduce((n, p) => n + (p.stand ?? 0), 0)
  const erases = batch.acts.flatMap((a) => a.erases)
  const next = headAfter(expected, batch)
  const first = statement(expected, next, parts)
  const write = async (tx: Reader): Promise<Written> => {
    let before = expected
    let after = next
    const [moved] = await tx.query<{ n: number; stood: number }>(first)
    // A batch decided just before may have opened an account and have failed since.
    if (moved!.stood !== stand) throw new StoreError(`${stand} rows were to be changed, ${moved!.stood} stood`, '40001')
    if (moved!.n === 0) {
      before = await readHead(tx, true)
      after = headAfter(before, batch)
      const [again] = await tx.query<{ n: number }>(statement(before, after, []))
      assert(again!.n === 1, 'the log head moved under its lock')
    }
    if (erases.length > 0) await tx.query(eraseValues(erases))
    return { before, after }
  }
  if (erases.length > 0) return { after: next, write }
  const alone = { statement: first, wanted: ['1', String(stand)], written: { before: expected, after: next } }
  return { after: next, write, alone }
}

const hex = (b: Uint8Array): string => Buffer.from(b).toString('hex')
const bytes = (h: string): Uint8Array => Uint8Array.from(Buffer.from(h, 'hex'))

export interface JournalText {
  readonly body: string
  readonly personal: Readonly<Record<string, { readonly salt: string; readonly value: Json } | null>>
}

/** A batch as the journal keeps it: canonical JSON around the acts' own texts, which are canonical. Personal values stand beside
 *  the body, so that they can be erased. */
export function journalText(batch: Batch, after: Head): JournalText {
  const acts = batch.acts.map((a) => {
    const rest = canonicalJson({
      erases: a.erases,
      jobs: a.jobs.map((j) => ({ ...j })),
      salt: hex(a.salt),
      sealed: a.sealed.map((s) => ({ commitment: s.commitment, path: s.path, grade: s.grade })),
    })
    return `{"content":${a.content},"effects":${a.effects},${rest.slice(1)}`
  })
  const rest = canonicalJson({
    loose: batch.loose.map((l) => ({ ...l })),
    root: hex(root(after.frontier)),
    size: after.frontier.size,
  })
  return {
    body: `{"acts":[${acts.join(',')}],${rest.slice(1)}`,
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
      content: Json
      effects: Json
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
      content: canonicalJson(a.content),
      effects: canonicalJson(a.effects),
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
