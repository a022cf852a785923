// Follows the lines of a backup: each must be whole and in its place, and every count and hash must agree. Fed by
// whoever reads the file; what does not agree is thrown with where it stands.

import { createHash, type Hash } from 'node:crypto'
import { type Problem, ProblemError } from '../../../kernel/index.ts'
import type { Table } from '../table.ts'
import {
  type ArchiveHeader,
  type ArchiveLine,
  type ArchiveSummary,
  type ArchiveWhere,
  claimedVersion,
  readArchiveLine,
  tableOf,
  type TextRow,
  VERSION,
  whereValues,
} from './format.ts'
import { problem } from './problems.ts'
import { type TableHash, tableHash } from './table-text.ts'

export type ArchivePart =
  | { readonly part: 'header'; readonly header: ArchiveHeader }
  | { readonly part: 'file'; readonly file: string }
  | { readonly part: 'chunk'; readonly bytes: Uint8Array }
  /** `rotten`: the document was damaged before the backup was made. */
  | { readonly part: 'file-end'; readonly file: string; readonly rotten: boolean }
  | { readonly part: 'table'; readonly table: Table }
  | { readonly part: 'row'; readonly row: TextRow; readonly number: number }
  | { readonly part: 'table-end'; readonly table: Table; readonly rows: number; readonly sha256: string }
  | { readonly part: 'total'; readonly summary: ArchiveSummary }

export interface ArchiveOrder {
  /** Takes the next line, without its line feed. @throws ProblemError `archive.damaged`, `archive.newer`, `archive.not-a-backup` */
  take(line: Buffer): ArchivePart
  /** Where the next line would stand. */
  where(): ArchiveWhere
  /** All that was said; undefined until the last line was taken. */
  summary(): ArchiveSummary | undefined
}

interface OpenTable {
  readonly table: Table
  readonly width: number
  readonly hash: ReturnType<typeof tableHash>
  rows: number
}

export function archiveOrder(): ArchiveOrder {
  let header: ArchiveHeader | undefined
  let file: { readonly sha256: string; readonly hash: Hash; bytes: number } | undefined
  let open: OpenTable | undefined
  let whole: ArchiveSummary | undefined
  const tables: TableHash[] = []
  const problems: Problem[] = []
  const count = { rows: 0, files: 0, fileBytes: 0 }

  const where = (): ArchiveWhere => {
    if (!header) return { part: 'header' }
    if (file) return { part: 'file', file: file.sha256 }
    if (open) return { part: 'row', table: open.table.name, row: open.rows + 1 }
    const last = tables.at(-1)
    return last ? { part: 'table', table: last.table } : { part: 'header' }
  }
  const bad = (at = where()): ProblemError => new ProblemError(problem('archive.damaged', whereValues(at)))

  function takeRow(row: TextRow, text: Uint8Array): ArchivePart {
    if (!open || row.length !== open.width) throw bad()
    open.rows += 1
    open.hash.add(text)
    return { part: 'row', row, number: open.rows }
  }

  function takeLine(line: ArchiveLine): ArchivePart {
    if ('format' in line) {
      if (header) throw bad()
      header = line
      return { part: 'header', header }
    }
    if (!header || whole) throw bad()
    if ('chunk' in line) {
      if (!file) throw bad()
      const bytes = Buffer.from(line.chunk, 'base64')
      file.hash.update(bytes)
      file.bytes += bytes.length
      return { part: 'chunk', bytes }
    }
    if ('fileEnd' in line) return endFile(line)
    if ('tableEnd' in line) return endTable(line)
    if (file || open) throw bad()
    if ('file' in line) {
      if (tables.length > 0) throw bad()
      file = { sha256: line.file, hash: createHash('sha256'), bytes: 0 }
      return { part: 'file', file: line.file }
    }
    if ('table' in line) {
      const table = tableOf(line)
      const declared = line.key.length > 0 && line.key.every((k) => k in table.columns)
      if (!declared || tables.some((t) => t.table === line.table)) throw bad({ part: 'table', table: line.table })
      open = { table, width: line.columns.length, hash: tableHash(), rows: 0 }
      return { part: 'table', table }
    }
    const { total } = line
    const same = total.rows === count.rows && total.files === count.files && total.fileBytes === count.fileBytes
    if (!same || total.tables !== tables.length) throw bad({ part: 'total' })
    whole = { header, tables, ...count, problems }
    return { part: 'total', summary: whole }
  }

  function endFile(line: Extract<ArchiveLine, { fileEnd: string }>): ArchivePart {
    if (!file || file.bytes !== line.bytes || file.hash.digest('hex') !== line.fileEnd) throw bad()
    const { sha256 } = file
    const rotten = sha256 !== line.fileEnd
    if (rotten) problems.push(problem('archive.document-damaged', { file: sha256 }))
    count.files += 1
    count.fileBytes += line.bytes
    file = undefined
    return { part: 'file-end', file: sha256, rotten }
  }

  function endTable(line: Extract<ArchiveLine, { tableEnd: string }>): ArchivePart {
    if (!open) throw bad()
    const { table } = open
    const { rows, sha256 } = open.hash.end()
    if (line.tableEnd !== table.name || line.rows !== rows || line.sha256 !== sha256)
      throw bad({ part: 'table', table: table.name })
    tables.push({ table: table.name, rows, sha256 })
    count.rows += rows
    open = undefined
    return { part: 'table-end', table, rows, sha256 }
  }

  return {
    where,
    summary: () => whole,
    take(bytes) {
      const read = readArchiveLine(bytes)
      if (read) return 'row' in read ? takeRow(read.row, read.text) : takeLine(read.line)
      if (header) throw bad()
      const version = claimedVersion(bytes)
      if (version !== undefined && version > VERSION)
        throw new ProblemError(problem('archive.newer', { version, known: VERSION }))
      throw version === undefined ? new ProblemError(problem('archive.not-a-backup')) : bad()
    },
  }
}
