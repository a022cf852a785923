// Messages of PostgreSQL's protocol as the embedded database takes and gives them (PostgreSQL 15, chapter 55.7): a statement
// with its values goes out in one piece, rows and refusals are read from what comes back.
// Chosen: written here. Rejected: the library's `query`, which plans each statement anew in six messages, and its parser, which
// makes an object of every message.

const code = (letter: string): number => letter.charCodeAt(0)
const PARSE = code('P')
const BIND = code('B')
const DESCRIBE = code('D')
const EXECUTE = code('E')
const SYNC = code('S')
/** `describe` the portal without a name, `execute` it to its end, `sync`. */
const REST = Buffer.from([DESCRIBE, 0, 0, 0, 6, code('P'), 0, EXECUTE, 0, 0, 0, 9, 0, 0, 0, 0, 0, SYNC, 0, 0, 0, 4])

export interface Ask {
  /** The statement that stands under this name; '' for the one without. */
  readonly name: string
  /** Its text, where it does not stand yet. */
  readonly text?: string
  readonly values: readonly (string | null)[]
}

/** What runs the statements one after the other. All values go as text; whoever gets the bytes may keep them. */
export function requestBytes(asks: readonly Ask[]): Uint8Array {
  const measured = asks.map(({ name, text, values }) => {
    const sizes = values.map((v) => (v === null ? -1 : Buffer.byteLength(v)))
    return {
      name,
      text,
      values,
      sizes,
      parse: text === undefined ? 0 : 4 + name.length + 1 + Buffer.byteLength(text) + 1 + 2,
      bind: 4 + 1 + name.length + 1 + 2 + 2 + sizes.reduce((all, n) => all + 4 + Math.max(n, 0), 0) + 2,
    }
  })
  const size = measured.reduce((all, m) => all + (m.parse > 0 ? m.parse + 1 : 0) + m.bind + 1 + REST.length, 0)
  const bytes = Buffer.allocUnsafeSlow(size)
  let at = 0
  for (const { name, text, values, sizes, parse, bind } of measured) {
    if (text !== undefined) {
      at = bytes.writeUInt8(PARSE, at)
      at = bytes.writeInt32BE(parse, at)
      at += bytes.write(name, at, 'latin1')
      at = bytes.writeUInt8(0, at)
      at += bytes.write(text, at, 'utf8')
      at = bytes.writeUInt8(0, at)
      at = bytes.writeInt16BE(0, at) // types of values: the database's to find
    }
    at = bytes.writeUInt8(BIND, at)
    at = bytes.writeInt32BE(bind, at)
    at = bytes.writeUInt8(0, at) // the portal without a name
    at += bytes.write(name, at, 'latin1')
    at = bytes.writeUInt8(0, at)
    at = bytes.writeInt16BE(0, at) // every value is text
    at = bytes.writeUInt16BE(values.length, at)
    for (let i = 0; i < values.length; i++) {
      at = bytes.writeInt32BE(sizes[i]!, at)
      if (values[i] !== null) at += bytes.write(values[i]!, at, 'utf8')
    }
    at = bytes.writeInt16BE(0, at) // every column as text
    at += REST.copy(bytes, at)
  }
  return bytes
}

/** Reads one column's text. */
export type ColumnReader = (text: string) => unknown

export interface Answer<R> {
  /** Rows of the last statement that gave any. */
  readonly rows: readonly R[]
  /** What the last statement did: `COMMIT`, `INSERT 0 3`. */
  readonly done: string
  readonly refused?: { readonly code: string; readonly message: string; readonly constraint: string | undefined }
}

/** Reads what the database answered. @param readerOf by the number of the column's type */
export function readAnswer<R>(answer: Uint8Array, readerOf: (oid: number) => ColumnReader): Answer<R> {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.length)
  const found: { rows: R[]; done: string; refused?: NonNullable<Answer<R>['refused']> } = {
    rows: [],
    done: '',
  }
  let columns: readonly { readonly name: string; readonly read: ColumnReader }[] = []
  for (let at = 0; at < bytes.length;) {
    const kind = bytes[at]!
    const end = at + 1 + bytes.readInt32BE(at + 1)
    const body = at + 5
    if (kind === code('D')) found.rows.push(rowAt(bytes, body, columns) as R)
    else if (kind === code('T')) {
      columns = columnsAt(bytes, body, readerOf)
      found.rows = []
    } else if (kind === code('C')) found.done = bytes.toString('utf8', body, end - 1)
    else if (kind === code('E')) found.refused ??= refusalAt(bytes, body)
    at = end
  }
  return found
}

const textEnd = (bytes: Buffer, at: number): number => bytes.indexOf(0, at)

function columnsAt(bytes: Buffer, from: number, readerOf: (oid: number) => ColumnReader) {
  let at = from + 2
  return Array.from({ length: bytes.readUInt16BE(from) }, () => {
    const end = textEnd(bytes, at)
    const name = bytes.toString('utf8', at, end)
    // Table (4 bytes), place in it (2), type (4), its size (2), modifier (4), format (2).
    const oid = bytes.readUInt32BE(end + 7)
    at = end + 19
    return { name, read: readerOf(oid) }
  })
}

function rowAt(
  bytes: Buffer,
  from: number,
  columns: readonly { readonly name: string; readonly read: ColumnReader }[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  let at = from + 2
  for (const { name, read } of columns) {
    const size = bytes.readInt32BE(at)
    at += 4
    row[name] = size < 0 ? null : read(bytes.toString('utf8', at, at + size))
    at += Math.max(size, 0)
  }
  return row
}

/** Fields of a refusal: a letter and a text each (chapter 55.8). */
function refusalAt(bytes: Buffer, from: number): NonNullable<Answer<never>['refused']> {
  const fields = new Map<string, string>()
  for (let at = from; bytes[at] !== 0;) {
    const end = textEnd(bytes, at)
    fields.set(String.fromCharCode(bytes[at]!), bytes.toString('utf8', at + 1, end))
    at = end + 1
  }
  return { code: fields.get('C') ?? '', message: fields.get('M') ?? '', constraint: fields.get('n') }
}
