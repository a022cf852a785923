// Restores a backup into an empty database, or not at all: the file is checked whole first, then everything is
// written in one transaction that commits only after each table, read back from the database, has the hash the
// backup names. Documents go first: they are found by their hash, so one too many does no harm.

import { assert, type Problem, ProblemError } from '../../../kernel/index.ts'
import { type Reader, type Store, StoreError } from '../port.ts'
import { join, name, sql, trusted } from '../sql.ts'
import { insertCells } from '../table-sql.ts'
import { type Cells, columnNames, type Table } from '../table.ts'
import type { ArchivePart } from './archive-order.ts'
import { type ArchiveHeader, type ArchiveSummary, type TextRow, whereValues } from './format.ts'
import { problem } from './problems.ts'
import { checkArchive, readArchive } from './read-archive.ts'
import { fixTexts, hashTable } from './table-text.ts'
import type { ArchiveProgress } from './write-archive.ts'

/** Where documents go; writing one that is there already does nothing. */
export interface ArchiveFilesTarget {
  write(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
}

export interface ArchiveTarget {
  /** Empty, with exactly the migrations of the backup (`readArchiveHeader` names them). */
  readonly store: Store
  /** Must be there when the backup holds documents. */
  readonly files?: ArchiveFilesTarget
}

/** Rows that one statement inserts, and about how much text of theirs. */
const ROWS = 500
const CHARS = 4_000_000

/** @throws ProblemError `archive.…`; then the database is as empty as before */
export async function restoreArchive(
  path: string,
  target: ArchiveTarget,
  progress: ArchiveProgress = () => undefined,
): Promise<ArchiveSummary> {
  const summary = await checkArchive(path)
  const tables = summary.tables.map((t) => t.table)
  await target.store.transaction((tx) => mayRestore(tx, summary.header, tables))
  const rotten = new Set(summary.problems.map((p) => p.values['file']))
  const parts = readArchive(path)
  try {
    const first = await restoreFiles(parts, target.files, rotten, progress)
    await target.store.transaction(async (tx) => {
      await mayRestore(tx, summary.header, tables)
      await fixTexts(tx)
      const links = await takeLinksAway(tx)
      await restoreTables(tx, parts, first, progress)
      for (const link of links) await putLinkBack(tx, link)
    })
  } finally {
    await parts.return(undefined)
  }
  return summary
}

const stop = (p: Problem): never => {
  throw new ProblemError(p)
}

/** Locks all tables, so that nothing comes in between. */
async function mayRestore(tx: Reader, header: ArchiveHeader, tables: readonly string[]): Promise<void> {
  const applied = await tx.query<{ id: string; digest: string }>(sql`select id, digest from migration order by place`)
  const line = (list: readonly { id: string; digest: string }[]): string => list.map((m) => m.id + m.digest).join()
  const last = (list: readonly { id: string }[]): string => `${list.length}: ${list.at(-1)?.id ?? '-'}`
  if (line(applied) !== line(header.migrations))
    stop(problem('archive.target-differs', { stands: last(applied), wanted: last(header.migrations) }))
  if (tables.length === 0) return
  await tx.query(sql`lock table ${join(tables.map(name), ', ')} in access exclusive mode`)
  for (const table of tables)
    if ((await tx.query(sql`select 1 as one from ${name(table)} limit 1`)).length > 0)
      stop(problem('archive.target-not-empty', { table }))
}

/** @param rotten documents that were damaged before the backup was made: they are left out
 *  @returns the first part that is no document */
async function restoreFiles(
  parts: AsyncGenerator<ArchivePart>,
  files: ArchiveFilesTarget | undefined,
  rotten: ReadonlySet<unknown>,
  progress: ArchiveProgress,
): Promise<ArchivePart | undefined> {
  let done = 0
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const { value: part } = next
    if (part.part !== 'header' && part.part !== 'file') return part
    if (part.part === 'header') continue
    assert(files, 'a backup with documents is restored without a place for them')
    const chunks = chunksOf(parts)
    if (!rotten.has(part.file)) await files.write(part.file, chunks)
    // Whoever writes may know the document already and read none of it.
    while (!(await chunks.next()).done);
    progress({ part: part.file, rows: ++done })
  }
  return undefined
}

/** The bytes of the document that began. Ending it early leaves the rest to be read. */
function chunksOf(parts: AsyncGenerator<ArchivePart>): AsyncIterableIterator<Uint8Array> {
  let ended = false
  const done = { done: true, value: undefined } as const
  return {
    async next() {
      if (ended) return done
      const { value: part } = (await parts.next()) as IteratorYieldResult<ArchivePart>
      ended = part.part !== 'chunk'
      return part.part === 'chunk' ? { done: false, value: part.bytes } : done
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function restoreTables(
  tx: Reader,
  parts: AsyncGenerator<ArchivePart>,
  first: ArchivePart | undefined,
  progress: ArchiveProgress,
): Promise<void> {
  let table: Table | undefined
  let rows: Cells[] = []
  let chars = 0
  let done = 0
  const flush = async (): Promise<void> => {
    if (!table || rows.length === 0) return
    const from = whereValues({ part: 'row', table: table.name, row: done + 1 })
    await refusedAt(from, () => tx.query(insertCells(table!, rows)))
    done += rows.length
    rows = []
    chars = 0
    progress({ part: table.name, rows: done })
  }
  for (let part = first; part !== undefined; part = await nextOf(parts)) {
    if (part.part === 'table') {
      table = part.table
      done = 0
    } else if (part.part === 'row' && table) {
      rows.push(cellsOfRow(table, part.row))
      chars += part.row.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
      if (rows.length === ROWS || chars > CHARS) await flush()
    } else if (part.part === 'table-end') {
      await flush()
      const stands = await refusedAt(whereValues({ part: 'table', table: part.table.name }), () =>
        hashTable(tx, part.table),
      )
      if (stands.rows !== part.rows || stands.sha256 !== part.sha256)
        stop(problem('archive.restored-differs', { table: part.table.name }))
    }
  }
}

const nextOf = async (parts: AsyncGenerator<ArchivePart>): Promise<ArchivePart | undefined> => {
  const next = await parts.next()
  return next.done ? undefined : next.value
}

const cellsOfRow = (table: Table, row: TextRow): Cells =>
  Object.fromEntries(columnNames(table).map((c, i) => [c, row[i] ?? null]))

async function refusedAt<T>(where: Readonly<Record<string, string | number>>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new ProblemError(problem('archive.refused', { ...where, why: error.message }))
  }
}

interface Link {
  readonly table: string
  readonly drop: string
  readonly add: string
}

/** Foreign keys are taken away while rows go in and put back before the commit, where the database checks them all:
 *  so rows may name later rows, of their own table too, and a backup may come in the order of its keys. */
async function takeLinksAway(tx: Reader): Promise<readonly Link[]> {
  const links = await tx.query<Link>(
    sql`select conrelid::regclass::text as "table",
               format('alter table %s drop constraint %I', conrelid::regclass, conname) as "drop",
               format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as "add"
        from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, conname`,
  )
  for (const link of links) await tx.query(trusted(link.drop))
  return links
}

const putLinkBack = (tx: Reader, { table, add }: Link): Promise<unknown> =>
  refusedAt(whereValues({ part: 'table', table }), () => tx.query(trusted(add)))
