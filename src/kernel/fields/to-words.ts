// A right submission as the words a command line or the query of an address carries: the way back of `fromWords`.
// Always holds: what `check` keeps is read back from its words as it was.

import type { Json } from '../canonical-json.ts'
import type { JsonObject } from './check.ts'
import type { Field, Fields } from './field.ts'

/** Groups are spread over dotted paths; lists of lists and of groups, and what no word can say, are JSON text. */
export function toWords(
  form: { readonly fields: Fields },
  json: JsonObject,
): Record<string, string | readonly string[]> {
  const words = (
    fields: Fields,
    given: JsonObject,
    before: string,
  ): (readonly [string, string | readonly string[]])[] =>
    Object.entries(fields).flatMap(([name, field]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      const path = before + name
      if (value === undefined) return []
      if (field.fields && Object.keys(value as JsonObject).length > 0)
        return words(field.fields, value as JsonObject, `${path}.`)
      return [[path, field.item ? listWords(field.item, value as readonly Json[]) : word(field, value)]]
    })
  return Object.fromEntries(words(form.fields, json, ''))
}

function listWords(item: Field, rows: readonly Json[]): string | readonly string[] {
  const all = rows.map((row) => word(item, row))
  // A single word that looks like a list would be read as one.
  const plain = all.length > 0 && !item.item && !item.fields && !all[0]!.startsWith('[')
  return plain ? all : JSON.stringify(rows)
}

function word({ kind }: Field, value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { value: number, unit, from, to } = value as JsonObject
  if (kind === 'quantity' && unit !== '1') return `${String(number)} ${String(unit)}`
  if (kind === 'period') return to === undefined ? String(from) : `${String(from)}..${String(to)}`
  return JSON.stringify(value)
}
