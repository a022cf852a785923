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
  readonly pieces: readonly (string | Piece | Sql)[]
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
  const pieces: (string | Piece | Sql)[] = []
  strings.forEach((s, i) => {
    pieces.push(s)
    if (i >= values.length) return
    const v = values[i]!
    if (isSql(v)) pieces.push(v)
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
export function join(
  parts: readonly Sql[],
  between: ', ' | ' and ' | ' or ' | ' union ' | ' union all ' | ' + ' | ' ',
): Sql {
  const pieces: (string | Sql)[] = []
  for (const part of parts) {
    if (pieces.length > 0) pieces.push(between)
    pieces.push(part)
  }
  return { pieces }
}

/** Text of ours as it stands: migrations and column lists. Never for anything a user typed. */
export const trusted = (text: string): Sql => ({ pieces: [text] })

/** A JSON value as jsonb. */
export const json = (value: Json): Encoded => ({ text: canonicalJson(value), cast: 'jsonb' }) as Encoded

/** An array of one type for `= any(…)` and `unnest(…)`. */
export const list = (type: Exclude<ColumnType, 'text[]'>, values: readonly Param[]): Encoded =>
  textList(type, values.map(paramText))

/** The same of values that are texts already. */
export const textList = (type: Exclude<ColumnType, 'text[]'>, values: readonly (string | null)[]): Encoded =>
  ({ text: listText(values), cast: `${type}[]` }) as Encoded

/** Signs that JSON writes otherwise than an array of the database does, as JSON writes them; perhaps more than those. */
const SPELT_OUT = /\\[bfnrtu]/

/** JSON writes an array as the database does, with other brackets (`null` is read in either case), and the engine writes it
 *  many times faster than a loop. Only texts with signs that JSON spells out go the long way. */
function listText(values: readonly (string | null)[]): string {
  const json = JSON.stringify(values)
  return json.includes('\\') && SPELT_OUT.test(json) ? arrayText(values) : `{${json.slice(1, -1)}}`
}

/** The text form of an array, as a column of arrays keeps it. */
export const arrayText = (values: readonly (string | null)[]): string =>
  `{${values.map((v) => (v === null ? 'NULL' : `"${v.replace(/[\\"]/g, '\\$&')}"`)).join(',')}}`

export interface Statement {
  readonly text: string
  readonly params: readonly (string | null)[]
}

/** Numbers the places. */
export function statement(q: Sql): Statement {
  const params: (string | null)[] = []
  let text = ''
  const add = ({ pieces }: Sql): void => {
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece
      else if ('param' in piece) text += `$${params.push(piece.param)}`
      else add(piece)
    }
  }
  add(q)
  return { text, params }
}
