// The backup file: gzip over lines of JSON, the same whatever engine it came from and goes to.
//   {"format":"qingshan-backup","version":1,…,"crc":"…"}          the header
//   {"file":"<sha-256>","crc":"…"} {"chunk":"<base64>",…} {"fileEnd":…}      documents
//   {"table":"posting","columns":[["id","uuid",false],…],"key":["id"],…}     then its rows in the order of the key:
//   ["0190…","12",null,"<crc>"]                                    cells in the text form of the database
//   {"tableEnd":"posting","rows":"1200","sha256":"…","crc":"…"}
//   {"total":{…},"crc":"…"}
//   {"packed":"000000012345678","sha256":"…"}                      the seal: SHA-256 over all packed bytes before it
// Every line ends with the CRC-32 of its text before, so damage is named by its row; the seal stands in a gzip part
// of its own that is stored byte for byte, so also the packing cannot change unseen.

import { crc32 } from 'node:zlib'
import * as z from 'zod'
import type { Json, Problem } from '../../../kernel/index.ts'
import type { ColumnType } from '../sql.ts'
import type { Table } from '../table.ts'
import type { TableHash } from './table-text.ts'

export const FORMAT = 'qingshan-backup'
export const VERSION = 1

const NAME = z.string().regex(/^[a-z][a-z0-9_]*$/)
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/)
const COUNT = z.int().nonnegative()
const TYPES = [
  'uuid',
  'text',
  'int8',
  'int4',
  'bool',
  'date',
  'timestamptz',
  'jsonb',
  'bytea',
  'numeric',
  'text[]',
] as const satisfies readonly ColumnType[]

const header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  engine: z.enum(['pglite', 'postgresql']),
  /** An instant. */
  createdAt: z.string(),
  /** Applied migrations in their order, with their digests. */
  migrations: z.array(z.strictObject({ id: z.string(), digest: z.string() })),
  /** What the caller wants to know again: the heads of the log and of the journal. */
  meta: z.record(z.string(), z.json()),
})
export type ArchiveHeader = z.infer<typeof header>

const lines = z.union([
  header,
  z.strictObject({ file: SHA256 }),
  z.strictObject({ chunk: z.base64() }),
  z.strictObject({ fileEnd: SHA256, bytes: COUNT }),
  z.strictObject({ table: NAME, columns: z.array(z.tuple([NAME, z.enum(TYPES), z.boolean()])), key: z.array(NAME) }),
  z.strictObject({ tableEnd: NAME, rows: COUNT, sha256: SHA256 }),
  z.strictObject({ total: z.strictObject({ tables: COUNT, rows: COUNT, files: COUNT, fileBytes: COUNT }) }),
])
/** A line that is no row. */
export type ArchiveLine = z.infer<typeof lines>

export type TextRow = readonly (string | null)[]

const hexCrc = (text: string | Uint8Array): string => crc32(text).toString(16).padStart(8, '0')
const ROW_TAIL = ',"00000000"]'.length
const LINE_TAIL = ',"crc":"00000000"}'.length

/** The text of a row that its table's hash is taken over: JSON without the closing bracket. */
export const rowText = (row: TextRow): string => JSON.stringify(row).slice(0, -1)

export const rowLine = (text: string): string => `${text},"${hexCrc(text)}"]\n`

export function archiveLine(line: ArchiveLine): string {
  const text = JSON.stringify(line).slice(0, -1)
  return `${text},"crc":"${hexCrc(text)}"}\n`
}

/** What a line without its line feed says; undefined when it is damaged. */
export function readArchiveLine(
  bytes: Buffer,
): { readonly row: TextRow; readonly text: Uint8Array } | { readonly line: ArchiveLine } | undefined {
  const isRow = bytes[0] === '['.charCodeAt(0)
  const text = bytes.subarray(0, Math.max(0, bytes.length - (isRow ? ROW_TAIL : LINE_TAIL)))
  const crc = hexCrc(text)
  const tail = bytes.toString('latin1', text.length)
  if (tail !== (isRow ? `,"${crc}"]` : `,"crc":"${crc}"}`)) return undefined
  try {
    const said: unknown = JSON.parse(`${text.toString()}${isRow ? ']' : '}'}`)
    if (!isRow) return { line: lines.parse(said) }
    const cells = said as readonly unknown[]
    return cells.every((c) => c === null || typeof c === 'string') ? { row: cells, text } : undefined
  } catch {
    return undefined
  }
}

/** The format version a damaged or newer header claims. */
export function claimedVersion(bytes: Buffer): number | undefined {
  const m = /^\{"format":"qingshan-backup","version":(\d{1,6}),/.exec(bytes.toString('latin1', 0, 100))
  return m ? Number(m[1]) : undefined
}

export const tableOf = (line: Extract<ArchiveLine, { table: string }>): Table => ({
  name: line.table,
  key: line.key,
  columns: Object.fromEntries(line.columns.map(([name, type, nullable]) => [name, { type, nullable }])),
})

export interface Seal {
  /** Bytes before the seal. */
  readonly packed: number
  readonly sha256: string
}

/** The seal as a gzip part of one stored block (RFC 1951 3.2.4, RFC 1952): every byte of it is determined. */
export function sealBytes({ packed, sha256 }: Seal): Buffer {
  const text = Buffer.from(`{"packed":"${String(packed).padStart(15, '0')}","sha256":"${sha256}"}\n`)
  const out = Buffer.alloc(10 + 5 + text.length + 8)
  out.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1])
  out.writeUInt16LE(text.length, 11)
  out.writeUInt16LE(~text.length & 0xffff, 13)
  text.copy(out, 15)
  out.writeUInt32LE(crc32(text), 15 + text.length)
  out.writeUInt32LE(text.length, 19 + text.length)
  return out
}

export const SEAL_SIZE = sealBytes({ packed: 0, sha256: '0'.repeat(64) }).length

/** The seal these bytes are; undefined when a byte of them is not as `sealBytes` writes it. */
export function readSeal(bytes: Buffer): Seal | undefined {
  const m = /\{"packed":"(\d{15})","sha256":"([0-9a-f]{64})"\}\n/.exec(bytes.toString('latin1'))
  if (!m) return undefined
  const seal = { packed: Number(m[1]), sha256: m[2]! }
  return sealBytes(seal).equals(bytes) ? seal : undefined
}

/** Where in a backup something is, as a person says it. */
export type ArchiveWhere =
  | { readonly part: 'header' | 'total' | 'seal' }
  | { readonly part: 'table'; readonly table: string }
  | { readonly part: 'row'; readonly table: string; readonly row: number }
  | { readonly part: 'file'; readonly file: string }

/** The values of a problem that says where. */
export function whereValues(where: ArchiveWhere): Readonly<Record<string, string | number>> {
  switch (where.part) {
    case 'header':
      return { whereZh: '文件头', whereEn: 'the header' }
    case 'total':
      return { whereZh: '末尾的合计', whereEn: 'the totals at the end' }
    case 'seal':
      return { whereZh: '最后的封签', whereEn: 'the seal at the end' }
    case 'file':
      return { whereZh: `附件 ${where.file} `, whereEn: `document ${where.file}`, file: where.file }
    case 'table':
      return { whereZh: `表 ${where.table} 的首尾`, whereEn: `the frame of table ${where.table}`, table: where.table }
    case 'row': {
      const { table, row } = where
      return { whereZh: `表 ${table} 第 ${row} 行`, whereEn: `table ${table}, row ${row}`, table, row }
    }
  }
}

/** What a backup holds. */
export interface ArchiveSummary {
  readonly header: ArchiveHeader
  readonly tables: readonly TableHash[]
  readonly rows: number
  readonly files: number
  readonly fileBytes: number
  /** Documents that were damaged when the backup was made (yellow). */
  readonly problems: readonly Problem[]
}

export type ArchiveMeta = Readonly<Record<string, Json>>
