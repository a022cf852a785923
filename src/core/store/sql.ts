// One statement: its text with numbered places and the values for them. Values never become text of a statement, so nothing
// a user types can become SQL. Statements nest; their places are numbered when the outermost is sent.
// Always holds: what is not a value is a name from our own tables, checked by `name`.

import { assert, canonicalJson, type Json } from '../../kernel/index.ts'

/** What a place may be filled with. Everything travels as text, so both engines read it alike. */
export type Param = null | boolean | number | bigint | string | Uint8Array

declare const encoded: unique symbol
/** A value that is already in the text form of the database: JSON, or an array of one type. */
interface Encoded {
  readonly [encoded]: true
  readonly text: string
  readonly cast: string
}

type Piece = { readonly param: string | null }

export interface Sql {
  readonly pieces: readonly (string | Piece)[]
}

/** Types of columns that the house uses, each with its value in TypeScript (see `Value`). */
export type ColumnType =
  'uuid' | 'text' | 'int8' | 'int4' | 'bool' | 'date' | 'timestamptz' | 'jsonb' | 'bytea' | 'numeric' | 'text[]'

const isSql = (v: unknown): v is Sql => typeof v === 'object' && v !== null && 'pieces' in v
const isEncoded = (v: unknown): v is Encoded => typeof v === 'object' && v !== null && 'cast' in v

export const hexText = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

/** The text form of one value. */
export function paramText(v: Param): string | null {
  if (v === null) return null
  if (typeof v === 'string') return v
  if (v instanceof Uint8Array) return hexText(v)
  return String(v)
}

/** `sql\`select amount from posting where id = ${id}\`` */
export function sql(strings: TemplateStringsArray, ...values: readonly (Param | Sql | Encoded)[]): Sql {
  const pieces: (string | Piece)[] = []
  strings.forEach((s, i) => {
    pieces.push(s)
    if (i >= values.length) return
    const v = values[i]!
    if (isSql(v)) pieces.push(...v.pieces)
    else if (isEncoded(v)) pieces.push({ param: v.text }, `::${v.cast}`)
    else pieces.push({ param: paramText(v) })
  })
  return { pieces }
}

/** A name of ours: a table or a column. @throws Error on anything else, since only a bug could bring it here */
export function name(identifier: string): Sql {
  assert(/^[a-z][a-z0-9_]*$/.test(identifier), `not a name of ours: ${identifier}`)
  return { pieces: [`"${identifier}"`] }
}

/** Statements one after the other with a text of ours between them. */
export function join(parts: readonly Sql[], between: ', ' | ' and ' | ' or ' | ' union ' | ' union all ' | ' '): Sql {
  return { pieces: parts.flatMap((p, i) => (i === 0 ? p.pieces : [between, ...p.pieces])) }
}

/** Text of ours as it stands: migrations and column lists. Never for anything a user typed. */
export const trusted = (text: string): Sql => ({ pieces: [text] })

/** A JSON value as jsonb. */
export const json = (value: Json): Encoded => ({ text: canonicalJson(value), cast: 'jsonb' }) as Encoded

/** An array of one type for `= any(…)` and `unnest(…)`. */
export const list = (type: Exclude<ColumnType, 'text[]'>, values: readonly Param[]): Encoded =>
  ({ text: arrayText(values.map(paramText)), cast: `${type}[]` }) as Encoded

/** Signs that JSON writes otherwise than an array of the database does. */
const OWN_WAY = /[\u0000-\u001f\u007f\ud800-\udfff]/
/** Texts without any of these stand in quotes as they are. */
const ESCAPED = /[\\"]/

/** One text of an array, in quotes. JSON escapes `\\` and `"` in the same way and is written by the engine itself; only texts
 *  with signs that JSON spells out go the long way. */
const quoted = (v: string): string =>
  !ESCAPED.test(v) ? `"${v}"` : OWN_WAY.test(v) ? `"${v.replace(/[\\"]/g, '\\$&')}"` : JSON.stringify(v)

/** The text form of an array. */
export function arrayText(values: readonly (string | null)[]): string {
  let text = '{'
  for (const [i, v] of values.entries()) text += (i === 0 ? '' : ',') + (v === null ? 'NULL' : quoted(v))
  return `${text}}`
}

export interface Statement {
  readonly text: string
  readonly params: readonly (string | null)[]
}

/** Numbers the places. */
export function statement(q: Sql): Statement {
  const params: (string | null)[] = []
  let text = ''
  for (const piece of q.pieces) {
    if (typeof piece === 'string') text += piece
    else text += `$${params.push(piece.param)}`
  }
  return { text, params }
}
