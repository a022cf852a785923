// Writing a batch: acts that were decided (or read back from the journal) go to the database with one statement a table, the
// log head last. Deciding and replaying meet here, so that what is replayed is written exactly as it was the first time.

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
  insertCells,
  insertRows,
  putCells,
  sql,
  type Cells,
  type Param,
  type Reader,
  type RowOf,
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

/** Writes everything but the log: one statement a table and kind of write, tables in the order of the house. */
export async function writeRows(tx: Reader, batch: Batch, tables: readonly Table[]): Promise<void> {
  const inserts = new Map<string, Cells[]>()
  const puts = new Map<string, Cells[]>()
  const add = (table: string, how: 'insert' | 'put', cells: Cells): void => {
    const to = how === 'insert' ? inserts : puts
    const rows = to.get(table)
    if (rows) rows.push(cells)
    else to.set(table, [cells])
  }
  if (batch.acts.length > 0) {
    await tx.query(
      insertRows(
        actTable,
        batch.acts.map((a) => actRow(a.content, a.effects, a.salt, a.document)),
      ),
    )
    const subjects = batch.acts.flatMap(({ document: { id, subjects: of } }) =>
      [...new Set(of)].map((subject) => ({ subject, act: id })),
    )
    if (subjects.length > 0) await tx.query(insertRows(actSubjectTable, subjects))
    const sealed = batch.acts.flatMap((a) => a.sealed.map((s) => ({ ...s, act: a.document.id })))
    if (sealed.length > 0) await tx.query(insertRows(personalValueTable, sealed))
    const jobs = batch.acts.flatMap((a) => a.jobs)
    if (jobs.length > 0) await tx.query(insertRows(jobTable, jobs))
  }
  for (const a of batch.acts) for (const [table, how, cells] of a.rows) add(table, how, cells)
  for (const l of batch.loose) add(l.table, l.how, l.cells)
  const known = new Set(tables.map((t) => t.name))
  for (const t of [...inserts.keys(), ...puts.keys()]) assert(known.has(t), `a row of the unknown table ${t}`)
  for (const t of tables) {
    const fresh = inserts.get(t.name)
    if (fresh) await tx.query(insertCells(t, fresh))
    const changed = puts.get(t.name)
    if (changed) await tx.query(putCells(t, changed))
  }
  const erases = batch.acts.flatMap((a) => a.erases)
  if (erases.length > 0) await tx.query(eraseValues(erases))
}

export const eraseValues = (commitments: readonly string[]): ReturnType<typeof sql> =>
  sql`update personal_value set salt = null, value = null
      where commitment in (${joinParams(commitments)})`

function joinParams(values: readonly Param[]): ReturnType<typeof sql> {
  return { pieces: values.flatMap((v, i) => [...(i === 0 ? [] : [', ']), ...sql`${v}`.pieces]) }
}

/** Takes the log's head and appends the leaves: the last statement of a batch. Where another process was faster, the head is
 *  read again under its lock. @returns the head before and after */
export async function appendToLog(
  tx: Reader,
  batch: Batch,
  expected: Head,
): Promise<{ readonly before: Head; readonly after: Head }> {
  const write = async (before: Head): Promise<Head | undefined> => {
    const after = headAfter(before, batch)
    const head = {
      id: 1,
      size: BigInt(after.frontier.size),
      frontier: encodeFrontier(after.frontier),
      journal: after.journal,
      recorded_at: after.recorded,
    }
    if (before.journal === 0n) {
      // The first batch of all: whoever inserts the row is first.
      const made = await tx.query(
        sql`insert into log_head (id, size, frontier, journal, recorded_at)
            values (1, ${head.size}, ${head.frontier}, ${head.journal}, ${head.recorded_at}) on conflict do nothing returning id`,
      )
      if (made.length === 0) return undefined
    } else {
      const moved = await tx.query(
        sql`update log_head set size = ${head.size}, frontier = ${head.frontier}, journal = ${head.journal},
            recorded_at = greatest(recorded_at, ${head.recorded_at}::timestamptz)
            where id = 1 and journal = ${before.journal} returning id`,
      )
      if (moved.length === 0) return undefined
    }
    return after
  }
  let before = expected
  let after = await write(before)
  if (!after) {
    before = await readHead(tx, true)
    after = await write(before)
    assert(after, 'the log head moved under its lock')
  }
  if (batch.acts.length > 0)
    await tx.query(
      insertRows(
        logLeafTable,
        batch.acts.map((a, i) => ({
          leaf_index: BigInt(before.frontier.size + i),
          act: a.document.id,
          entry: a.entry,
        })),
      ),
    )
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
