// Through all values of a form with the field and the grade of each: how personal values are sealed before they are
// stored, and how readers are shown only what they may see.

import type { Json } from '../canonical-json.ts'
import type { JsonObject } from './check.ts'
import type { Field, Fields } from './field.ts'
import { higherGrade, MASK, sees, type Grade } from './grade.ts'

export interface Visited {
  /** `lines.2.amount` */
  readonly path: string
  readonly field: Field
  /** The value's own grade or a higher one of what surrounds it. */
  readonly grade: Grade
}

/** What is to stand in the place of a value; undefined keeps it and goes into its parts. */
export type Visit = (value: Json, at: Visited) => Json | undefined

type Root = { readonly fields: Fields }

/** Visits every value, surrounding before surrounded, fields in the order of the form and rows in their own.
 *  Members that no field is declared for are left out. */
export function walk(form: Root, json: JsonObject, visit: Visit): JsonObject {
  const value = (field: Field, given: Json, path: string, above: Grade): Json => {
    const grade = higherGrade(above, field.grade)
    const other = visit(given, { path, field, grade })
    if (other !== undefined) return other
    if (field.item && Array.isArray(given))
      return (given as readonly Json[]).map((row, i) => value(field.item!, row, `${path}.${i}`, grade))
    return field.fields && isObject(given) ? members(field.fields, given, `${path}.`, grade) : given
  }
  const members = (fields: Fields, given: JsonObject, before: string, above: Grade): JsonObject =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        const one = Object.hasOwn(given, name) ? given[name] : undefined
        return one === undefined ? [] : [[name, value(field, one, before + name, above)]]
      }),
    )
  return members(form.fields, json, '', 'public')
}

const isObject = (json: Json): json is JsonObject => typeof json === 'object' && json !== null && !Array.isArray(json)

/** What a reader of grade `may` is shown: values above it are replaced by a mark that is the same for all. */
export const mask = (form: Root, json: JsonObject, may: Grade): JsonObject =>
  walk(form, json, (_, { grade }) => (sees(may, grade) ? undefined : MASK))
