// Statements within a transaction of the embedded database: prepared once by their text, then bound and run by one message.
// Chosen: the protocol's own messages. Rejected: PGlite's `query`, which plans each statement anew in six messages and costs
// twice as much. Only a transaction may come here: nothing else runs on the connection then.

import type { PGlite, protocol as Protocol } from '@electric-sql/pglite'
import { statement, type Sql } from './sql.ts'

/** A longer statement is a bulk statement with its own text each time: it is not worth a name. */
const PREPARED_CHARS = 20_000
/** As many different statements as the house may have; beyond them `query` serves. */
const NAMES = 2000

export type RunPrepared = <R>(q: Sql) => Promise<readonly R[]> | undefined

/** @returns what runs a statement, or undefined where it is not worth a name */
export function preparedStatements(db: PGlite, { serialize }: typeof Protocol): RunPrepared {
  const names = new Map<string, Promise<string>>()
  let given = 0
  const rest = Buffer.concat([serialize.describe({ type: 'P' }), serialize.execute({}), serialize.sync()])
  const send = async (...messages: readonly Uint8Array[]) =>
    (await db.execProtocol(Buffer.concat(messages), { syncToFs: false })).messages

  function nameOf(text: string): Promise<string> {
    const known = names.get(text)
    if (known) return known
    // Never given twice: one that failed leaves the map while others stand.
    const name = `q${given++}`
    const made = send(serialize.parse({ name, text }), serialize.sync()).then(() => name)
    names.set(text, made)
    // What could not be prepared (in a transaction that has failed) may be prepared later.
    made.catch(() => names.delete(text))
    return made
  }

  async function run<R>(text: string, values: readonly (string | null)[]): Promise<readonly R[]> {
    const messages = await send(bind(await nameOf(text), values), rest)
    let read: (fields: readonly (string | null)[]) => unknown = () => ({})
    const rows: R[] = []
    for (const m of messages)
      if (m.name === 'rowDescription') read = rowReader(db, (m as unknown as RowDescription).fields)
      else if (m.name === 'dataRow') rows.push(read((m as unknown as DataRow).fields) as R)
    return rows
  }

  return (q) => {
    const { text, params } = statement(q)
    if (params.length === 0 || text.length > PREPARED_CHARS) return undefined
    return names.has(text) || names.size < NAMES ? run(text, params) : undefined
  }
}

/** The message that fills a prepared statement, all values as text. Written in one piece: the library's own grows its buffer
 *  with every long value, which took a tenth of the time of writing an act. */
function bind(name: string, values: readonly (string | null)[]): Uint8Array {
  const sizes = values.map((v) => (v === null ? -1 : Buffer.byteLength(v)))
  const size = 1 + 4 + 1 + name.length + 1 + 2 + 2 + sizes.reduce((all, n) => all + 4 + Math.max(n, 0), 0) + 2
  const message = Buffer.allocUnsafe(size)
  let at = message.writeUInt8(BIND, 0)
  at = message.writeInt32BE(size - 1, at)
  at = message.writeUInt8(0, at) // the portal without a name
  at += message.write(name, at, 'latin1')
  at = message.writeUInt8(0, at)
  at = message.writeInt16BE(0, at) // every value is text
  at = message.writeInt16BE(values.length, at)
  values.forEach((v, i) => {
    at = message.writeInt32BE(sizes[i]!, at)
    if (v !== null) at += message.write(v, at, 'utf8')
  })
  message.writeInt16BE(0, at) // every column as text
  return message
}
const BIND = 'B'.charCodeAt(0)

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}
interface DataRow {
  readonly fields: readonly (string | null)[]
}

const rowReader = (db: PGlite, columns: RowDescription['fields']) => {
  const parsers = columns.map((c) => db.parsers[c.dataTypeID] ?? ((text: string) => text))
  return (fields: DataRow['fields']) =>
    Object.fromEntries(
      columns.map((c, i): [string, unknown] => {
        const text = fields[i] ?? null
        return [c.name, text === null ? null : parsers[i]!(text, c.dataTypeID)]
      }),
    )
}
