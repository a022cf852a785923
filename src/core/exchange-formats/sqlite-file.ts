// Tables of an SQLite database, read only and without the library (file format: sqlite.org/fileformat2.html).
// Serves geopackage.ts. Always holds: no page is visited twice in one table, and what is read is never more than the file
// is large, so that a crafted file cannot run for ever. Rows come in the order of their row ids.

import { ProblemError, type Place } from '../../kernel/index.ts'
import { problem } from './vector-problems.ts'

/** Integers beyond 2^53 come as text with their digits. */
export type SqliteValue = number | string | Uint8Array | null

export interface SqliteTable {
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly columns: readonly string[]
  /** Values by column name. @throws ProblemError `vector.sqlite-damaged` */
  rows(): Iterable<Readonly<Record<string, SqliteValue>>>
}

const MAGIC = 'SQLite format 3\0'
const FILE_HEADER = 100
const INTERIOR = 0x05
const LEAF = 0x0d
/** A tree of this height holds more rows than any file has bytes. */
const MAX_HEIGHT = 20

export const isSqlite = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length)) === MAGIC

/** The tables and views of a database, by lower-case name. @throws ProblemError `vector.sqlite-damaged` */
export function openSqlite(bytes: Uint8Array, fileName: string): ReadonlyMap<string, SqliteTable> {
  const file = openPages(bytes, { file: fileName })
  const tables = new Map<string, SqliteTable>()
  for (const { values } of rowsOf(file, 1)) {
    const [kind, name, , root, sql] = values
    if ((kind !== 'table' && kind !== 'view') || typeof name !== 'string') continue
    const columns = kind === 'table' && typeof sql === 'string' ? columnsOf(sql) : []
    tables.set(name.toLowerCase(), {
      name,
      kind,
      columns: columns.map((c) => c.name),
      rows: () => (kind === 'table' && typeof root === 'number' ? namedRows(file, root, columns) : []),
    })
  }
  return tables
}

interface Pages {
  readonly size: number
  /** Bytes of a page that hold content. */
  readonly usable: number
  readonly count: number
  readonly decode: (raw: Uint8Array) => string
  page(number: number): DataView
  damaged(page: number, reason: string): ProblemError
  readonly bytes: number
}

function openPages(bytes: Uint8Array, at: Place): Pages {
  const damaged = (page: number, reason: string): ProblemError =>
    new ProblemError(problem('vector.sqlite-damaged', { page, reason }, at))
  if (bytes.length < FILE_HEADER || !isSqlite(bytes)) throw damaged(1, 'header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stated = view.getUint16(16)
  const size = stated === 1 ? 65536 : stated
  const usable = size - bytes[20]!
  if (size < 512 || (size & (size - 1)) !== 0 || usable < 480) throw damaged(1, 'page size')
  // The last page of a cut-off file is there in part: it is not counted.
  const count = Math.floor(bytes.length / size)
  const expected = view.getUint32(28)
  // The count in the header holds only where it was written together with the change counter.
  if (view.getUint32(24) === view.getUint32(92) && expected > count) throw damaged(count + 1, 'cut off')
  const encoding = view.getUint32(56)
  const decoder = new TextDecoder(encoding === 2 ? 'utf-16le' : encoding === 3 ? 'utf-16be' : 'utf-8', {
    ignoreBOM: true,
  })
  return {
    size,
    usable,
    count,
    bytes: bytes.length,
    damaged,
    decode: (raw) => decoder.decode(raw),
    page: (number) => {
      if (!Number.isInteger(number) || number < 1 || number > count) throw damaged(number, 'no such page')
      return new DataView(bytes.buffer, bytes.byteOffset + (number - 1) * size, size)
    },
  }
}

interface RawRow {
  readonly id: number | string
  readonly values: readonly SqliteValue[]
}

function* rowsOf(file: Pages, root: number): Iterable<RawRow> {
  const seen = new Set<number>()
  let left = file.bytes
  function* walk(number: number, height: number): Iterable<RawRow> {
    const page = file.page(number)
    if (seen.has(number) || height > MAX_HEIGHT) throw file.damaged(number, 'pages in a circle')
    seen.add(number)
    const start = number === 1 ? FILE_HEADER : 0
    const type = page.getUint8(start)
    const cells = page.getUint16(start + 3)
    const list = start + (type === INTERIOR ? 12 : 8)
    if ((type !== INTERIOR && type !== LEAF) || list + cells * 2 > file.usable)
      throw file.damaged(number, `type ${type}`)
    for (let i = 0; i < cells; i++) {
      const cell = page.getUint16(list + i * 2)
      if (cell + 4 > file.usable) throw file.damaged(number, 'cell')
      if (type === INTERIOR) yield* walk(page.getUint32(cell), height + 1)
      else {
        const { size, id, payload } = leafCell(file, page, number, cell)
        left -= size
        if (left < 0) throw file.damaged(number, 'more rows than bytes')
        yield { id, values: record(file, payload, number) }
      }
    }
    if (type === INTERIOR) yield* walk(page.getUint32(start + 8), height + 1)
  }
  yield* walk(root, 0)
}

interface Varint {
  readonly value: bigint
  readonly next: number
}

/** Up to nine bytes, seven bits each, the ninth whole. */
function varint(view: DataView, at: number, fail: () => ProblemError): Varint {
  let value = 0n
  for (let i = 0; i < 9; i++) {
    if (at + i >= view.byteLength) throw fail()
    const byte = view.getUint8(at + i)
    if (i === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), next: at + 9 }
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, next: at + i + 1 }
  }
  throw fail()
}

const plain = (n: bigint): number | string =>
  n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n.toString()

function leafCell(
  file: Pages,
  page: DataView,
  number: number,
  cell: number,
): { readonly size: number; readonly id: number | string; readonly payload: DataView } {
  const fail = (): ProblemError => file.damaged(number, 'cell')
  const length = varint(page, cell, fail)
  const id = varint(page, length.next, fail)
  const size = Number(length.value)
  if (size < 0 || size > file.bytes) throw fail()
  // How much of a payload stands on its page: file format, section 1.6.
  const most = file.usable - 35
  const least = Math.floor(((file.usable - 12) * 32) / 255) - 23
  const spilled = least + ((size - least) % (file.usable - 4))
  const local = size <= most ? size : spilled <= most ? spilled : least
  if (id.next + local + (local < size ? 4 : 0) > file.usable) throw fail()
  if (local === size)
    return { size, id: plain(id.value), payload: new DataView(page.buffer, page.byteOffset + id.next, size) }
  const whole = new Uint8Array(size)
  whole.set(new Uint8Array(page.buffer, page.byteOffset + id.next, local))
  let next = page.getUint32(id.next + local)
  for (let n = local; n < size;) {
    const over = file.page(next)
    const piece = Math.min(size - n, file.usable - 4)
    whole.set(new Uint8Array(over.buffer, over.byteOffset + 4, piece), n)
    n += piece
    next = over.getUint32(0)
  }
  return { size, id: plain(id.value), payload: new DataView(whole.buffer) }
}

function record(file: Pages, payload: DataView, page: number): readonly SqliteValue[] {
  const fail = (): ProblemError => file.damaged(page, 'record')
  const head = varint(payload, 0, fail)
  let body = Number(head.value)
  if (body < 1 || body > payload.byteLength) throw fail()
  const values: SqliteValue[] = []
  const take = (length: number): number => {
    const from = body
    if (length < 0 || from + length > payload.byteLength) throw fail()
    body += length
    return from
  }
  const end = body
  for (let at = head.next; at < end;) {
    const type = varint(payload, at, fail)
    at = type.next
    values.push(valueOf(file, payload, Number(type.value), take, fail))
  }
  return values
}

function valueOf(
  file: Pages,
  payload: DataView,
  type: number,
  take: (length: number) => number,
  fail: () => ProblemError,
): SqliteValue {
  switch (type) {
    case 0:
      return null
    case 1:
      return payload.getInt8(take(1))
    case 2:
      return payload.getInt16(take(2))
    case 3: {
      const o = take(3)
      return payload.getInt8(o) * 65536 + payload.getUint16(o + 1)
    }
    case 4:
      return payload.getInt32(take(4))
    case 5: {
      const o = take(6)
      return payload.getInt16(o) * 2 ** 32 + payload.getUint32(o + 2)
    }
    case 6:
      return plain(payload.getBigInt64(take(8)))
    case 7:
      return payload.getFloat64(take(8))
    case 8:
      return 0
    case 9:
      return 1
    default: {
      if (type < 12) throw fail()
      const length = Math.floor((type - 12) / 2)
      const raw = new Uint8Array(payload.buffer, payload.byteOffset + take(length), length)
      return type % 2 === 0 ? raw : file.decode(raw)
    }
  }
}

interface Column {
  readonly name: string
  /** Its values are the row ids and do not stand in the record. */
  readonly isRowId: boolean
}

function* namedRows(file: Pages, root: number, columns: readonly Column[]): Iterable<Record<string, SqliteValue>> {
  for (const { id, values } of rowsOf(file, root))
    // A column added later is missing in older rows.
    yield Object.fromEntries(columns.map((c, k) => [c.name, c.isRowId ? id : (values[k] ?? null)]))
}

/** The stored columns of a CREATE TABLE statement, in order. */
export function columnsOf(sql: string): readonly Column[] {
  const items = definitions(sql)
  const keys = items.flatMap((tokens) => (/^(constraint|primary)$/i.test(tokens[0] ?? '') ? [keyOf(tokens)] : []))
  const columns: Column[] = []
  for (const tokens of items) {
    const [first, type] = [tokens[0] ?? '', tokens[1] ?? '']
    if (/^(constraint|primary|unique|check|foreign)$/i.test(first)) continue
    const rest = tokens.slice(1).join(' ')
    // A computed column that is not stored takes no place in the record.
    if (/\bas \(/i.test(rest) && !/\bstored\b/i.test(rest)) continue
    const name = unquoted(first)
    const alone = keys.some((k) => k?.toLowerCase() === name.toLowerCase())
    columns.push({
      name,
      isRowId: /^integer$/i.test(unquoted(type)) && (/\bprimary key\b(?! desc\b)/i.test(rest) || alone),
    })
  }
  return columns
}

/** The column of a key of one column. */
function keyOf(tokens: readonly string[]): string | undefined {
  const at = tokens.findIndex((t) => /^primary$/i.test(t))
  const open = tokens.indexOf('(', at)
  return at >= 0 && open > at && tokens[open + 2] === ')' ? unquoted(tokens[open + 1]!) : undefined
}

/** The tokens of each item between the outer brackets. */
function definitions(sql: string): readonly (readonly string[])[] {
  const token = /--[^\n]*|\/\*[^]*?\*\/|"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|[(),]|[^\s(),"'`[]+/g
  const items: string[][] = []
  let depth = 0
  for (const [t] of sql.matchAll(token)) {
    if (t.startsWith('--') || t.startsWith('/*')) continue
    if (t === ')') depth--
    if (depth >= 1) {
      if (depth === 1 && t === ',') items.push([])
      else items.at(-1)!.push(t)
    } else if (t === '(' && items.length === 0) items.push([])
    if (t === '(') depth++
  }
  return items
}

function unquoted(token: string): string {
  const quote = token[0] ?? ''
  if (quote === '[') return token.slice(1, -1)
  return '"\'`'.includes(quote) && quote !== '' && token.length > 1
    ? token.slice(1, -1).replaceAll(quote + quote, quote)
    : token
}
