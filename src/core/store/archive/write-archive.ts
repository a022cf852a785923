// Writes a backup: everything of one moment, in one file that any engine restores. It stands under its name only
// when it is whole and on the disk; until then, and after a failure, there is no such file.

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Problem, ProblemError } from '../../../kernel/index.ts'
import { compareTables } from '../migrate.ts'
import type { Reader, Store } from '../port.ts'
import { sql } from '../sql.ts'
import { columnNames, columnOf, type Table } from '../table.ts'
import {
  archiveLine,
  type ArchiveMeta,
  type ArchiveLine,
  type ArchiveSummary,
  FORMAT,
  rowLine,
  rowText,
  sealBytes,
  VERSION,
} from './format.ts'
import { problem } from './problems.ts'
import { fixTexts, type TableHash, tableHash, textRows } from './table-text.ts'

/** Documents by the SHA-256 of their bytes, in hex. */
export interface ArchiveFiles {
  list(): AsyncIterable<string>
  read(sha256: string): AsyncIterable<Uint8Array>
}

export interface ArchiveSource {
  readonly store: Store
  /** All tables of the database but the list of migrations. */
  readonly tables: readonly Table[]
  readonly files?: ArchiveFiles
  /** An instant. */
  readonly createdAt: string
  /** Read within the same unchanging view as the tables: the heads of the log and of the journal. */
  readonly meta?: (tx: Reader) => Promise<ArchiveMeta>
}

/** Told after each page of rows and each document. */
export type ArchiveProgress = (done: { readonly part: string; readonly rows: number }) => void

/** Bytes of a document in one line. */
const CHUNK = 192 * 1024

/** @throws ProblemError `archive.exists`, `archive.write-failed`, `archive.tables-differ`, and `store.…` of the port */
export async function writeArchive(
  source: ArchiveSource,
  path: string,
  progress: ArchiveProgress = () => undefined,
): Promise<ArchiveSummary> {
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (there) throw new ProblemError(problem('archive.exists', { name: basename(path) }))
  const half = `${path}.part`
  const out = packing(half)
  try {
    const summary = await source.store.transaction((tx) => writeAll(tx, source, out.add, progress), { snapshot: true })
    await out.end()
    await rename(half, path)
    await syncFolder(dirname(path))
    return summary
  } catch (error) {
    await out.drop()
    throw isFromDisk(error) ? new ProblemError(problem('archive.write-failed', { reason: error.code })) : error
  }
}

const isFromDisk = (error: unknown): error is { code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'

type Add = (text: string) => Promise<void>

async function writeAll(
  tx: Reader,
  source: ArchiveSource,
  add: Add,
  progress: ArchiveProgress,
): Promise<ArchiveSummary> {
  await fixTexts(tx)
  const strange = [...(await compareTables(tx, source.tables)), ...(await undeclared(tx, source.tables))]
  if (strange.length > 0)
    throw new ProblemError(strange.map((difference): Problem => problem('archive.tables-differ', { difference })))

  const migrations = await tx.query<{ id: string; digest: string }>(
    sql`select id, digest from migration order by place`,
  )
  const header = {
    format: FORMAT,
    version: VERSION,
    engine: tx.engine,
    createdAt: source.createdAt,
    migrations: migrations.map(({ id, digest }) => ({ id, digest })),
    meta: { ...((await source.meta?.(tx)) ?? {}) },
  } as const
  const say = (line: ArchiveLine): Promise<void> => add(archiveLine(line))
  await say(header as ArchiveLine)

  const { rotten, ...documents } = await writeFiles(source.files, say, progress)
  const tables: TableHash[] = []
  for (const table of source.tables) {
    const columns = columnNames(table).map((c) => {
      const { type, nullable } = columnOf(table, c)
      return [c, type, nullable] satisfies [string, typeof type, boolean]
    })
    await say({ table: table.name, columns, key: [...table.key] })
    const hash = tableHash()
    let rows = 0
    for await (const page of textRows(tx, table)) {
      const texts = page.map(rowText)
      for (const text of texts) hash.add(text)
      await add(texts.map(rowLine).join(''))
      progress({ part: table.name, rows: (rows += page.length) })
    }
    const end = hash.end()
    await say({ tableEnd: table.name, ...end })
    tables.push({ table: table.name, ...end })
  }
  const rows = tables.reduce((sum, t) => sum + t.rows, 0)
  await say({ total: { tables: tables.length, rows, ...documents } })
  return { header: header as ArchiveSummary['header'], tables, rows, ...documents, problems: rotten }
}

/** Tables nobody declared: a backup that left them out would look whole. */
async function undeclared(tx: Reader, tables: readonly Table[]): Promise<readonly string[]> {
  const known = new Set(['migration', ...tables.map((t) => t.name)])
  const stand = await tx.query<{ t: string }>(
    sql`select table_name::text as t from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`,
  )
  return stand.filter((r) => !known.has(r.t)).map((r) => `${r.t}: in the database, not declared`)
}

async function writeFiles(
  files: ArchiveFiles | undefined,
  say: (line: ArchiveLine) => Promise<void>,
  progress: ArchiveProgress,
): Promise<{ files: number; fileBytes: number; rotten: readonly Problem[] }> {
  const count = { files: 0, fileBytes: 0 }
  const rotten: Problem[] = []
  if (!files) return { ...count, rotten }
  for await (const file of files.list()) {
    await say({ file })
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of files.read(file)) {
      hash.update(piece)
      bytes += piece.length
      for (let at = 0; at < piece.length; at += CHUNK)
        await say({ chunk: Buffer.from(piece.subarray(at, at + CHUNK)).toString('base64') })
    }
    // Under the hash it has now: a document that rotted on the disk stops no backup, and none hides it.
    const found = hash.digest('hex')
    if (found !== file) rotten.push(problem('archive.document-damaged', { file }))
    await say({ fileEnd: found, bytes })
    count.files += 1
    count.fileBytes += bytes
    progress({ part: file, rows: count.files })
  }
  return { ...count, rotten }
}

/** gzip into a file, with the seal at its end. */
function packing(path: string): { add: Add; end(): Promise<void>; drop(): Promise<void> } {
  const gzip = createGzip({ level: 6 })
  const file = createWriteStream(path, { mode: 0o600 })
  const hash = createHash('sha256')
  let packed = 0
  let failure: Error | undefined
  gzip.on('data', (bytes: Buffer) => {
    hash.update(bytes)
    packed += bytes.length
    if (!file.write(bytes)) gzip.pause()
  })
  file.on('drain', () => gzip.resume())
  file.on('error', (error) => {
    failure = error
    gzip.destroy(error)
  })
  gzip.on('error', (error) => (failure ??= error))
  const stopIfFailed = (): void => {
    if (failure) throw failure
  }
  return {
    async add(text) {
      stopIfFailed()
      if (!gzip.write(text)) await once(gzip, 'drain')
      stopIfFailed()
    },
    async end() {
      stopIfFailed()
      gzip.end()
      await finished(gzip)
      file.end(sealBytes({ packed, sha256: hash.digest('hex') }))
      await finished(file)
      const handle = await open(path, 'r+')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    async drop() {
      gzip.destroy()
      if (!file.closed) {
        // A write under way ends with an error: it is closed all the same.
        const closed = new Promise<void>((resolve) => void file.once('close', () => resolve()))
        file.destroy()
        await closed
      }
      await rm(path, { force: true })
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder to sync it; NTFS keeps names by its own journal.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
