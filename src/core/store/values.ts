// Values as they come from either engine, made one: instants in UTC with milliseconds, int8 as bigint, bytes as Uint8Array.
// Both drivers take their parsers from here, and one test asks both for every type.

import pg from 'pg'
import type { ColumnType } from './sql.ts'

/** Type numbers of PostgreSQL's catalogue (pg_type.dat). */
export const OID = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  json: 114,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
} as const

/** `2026-01-31 08:00:00.1+00` → `2026-01-31T08:00:00.100Z`; the session's zone is UTC on both engines. */
export function instantText(text: string): string {
  const m = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(?:\+00(?::00)?)?$/.exec(text)
  return m ? `${m[1]!}T${m[2]!}.${(m[3] ?? '').padEnd(3, '0').slice(0, 3)}Z` : text
}

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/^\\x/, ''), 'hex'))

const TEXT_ARRAY: number = 1009

/** One parser a type; what is not named here stays text. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.bool]: (t) => t === 't' || t === 'true',
  [OID.int2]: Number,
  [OID.int4]: Number,
  [OID.int8]: BigInt,
  [OID.bytea]: bytesOf,
  [OID.json]: JSON.parse,
  [OID.jsonb]: JSON.parse,
  [OID.date]: (t) => t,
  [OID.numeric]: (t) => t,
  [OID.timestamp]: (t) => t,
  [OID.timestamptz]: instantText,
  [TEXT_ARRAY]: pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => unknown,
}

/** The name the catalogue gives a column type, for comparing declarations with the database. */
export const CATALOGUE_NAME: Readonly<Record<ColumnType, string>> = {
  uuid: 'uuid',
  text: 'text',
  int8: 'bigint',
  int4: 'integer',
  bool: 'boolean',
  date: 'date',
  timestamptz: 'timestamp with time zone',
  jsonb: 'jsonb',
  bytea: 'bytea',
  numeric: 'numeric',
  'text[]': 'ARRAY',
}
