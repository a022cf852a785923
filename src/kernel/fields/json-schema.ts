// The JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a form: what a form component draws, what an outside program
// reads. Always holds: every canonical value passes it, and no field it does not name is accepted.

import * as z from 'zod'
import type { Json } from '../canonical-json.ts'
import { GRADE_TITLES, isSealed, MASK, type Grade } from './grade.ts'
import type { JsonObject } from './check.ts'
import type { Field, Fields } from './field.ts'

/** `given`: what a person submits. `stored`: with commitments in the place of sealed values. `shown`: what a reader is
 *  given: every value that is not public may be masked; a sealed one is text, whether it is open, erased or committed to. */
export type Side = 'given' | 'stored' | 'shown'

type Root = { readonly fields: Fields }

export const jsonSchema = (form: Root, side: Side = 'given'): JsonObject => objectSchema(form.fields, side)

function objectSchema(fields: Fields, side: Side): JsonObject {
  const named = Object.entries(fields)
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, field]) => [name, fieldSchema(field, side)])),
    required: named.filter(([, field]) => field.required).map(([name]) => name),
    additionalProperties: false,
  }
}

function fieldSchema(field: Field, side: Side): JsonObject {
  const open = side === 'given' || !isSealed(field.grade)
  const value = open ? valueSchema(field, side) : side === 'stored' ? leafSchema(field.stored) : { type: 'string' }
  const masked = open && side === 'shown' && field.grade !== 'public'
  return {
    ...(masked ? { anyOf: [value, { const: MASK }] } : value),
    ...about(field),
    ...(open ? { examples: [field.example] } : {}),
  }
}

function valueSchema(field: Field, side: Side): JsonObject {
  if (field.fields) return objectSchema(field.fields, side)
  if (field.item)
    return {
      type: 'array',
      items: fieldSchema(field.item, side),
      minItems: Number(field.least),
      maxItems: Number(field.most),
    }
  return leafSchema(field.plain)
}

function leafSchema(schema: z.ZodType): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })
  return rest as JsonObject
}

/** What a reader is told, in both languages, and what a form component needs to draw the field. */
function about({ kind, title, hint, grade, unit, choices, least, most, item }: Field): JsonObject {
  const sentences = [title.en, hint?.zh, hint?.en, gradeWords(grade)].filter((s) => s !== undefined)
  return {
    title: title.zh,
    description: sentences.join(' · '),
    'x-title': { ...title },
    ...(hint ? { 'x-hint': { ...hint } } : {}),
    'x-kind': kind,
    'x-grade': grade,
    ...(unit === undefined ? {} : { 'x-unit': unit }),
    ...(choices ? { 'x-choices': choices.map(({ value, title: t }): Json => ({ value, title: { ...t } })) } : {}),
    ...(least === undefined || item ? {} : { 'x-least': least }),
    ...(most === undefined || item ? {} : { 'x-most': most }),
  }
}

const gradeWords = (grade: Grade): string => `${GRADE_TITLES[grade].zh} ${GRADE_TITLES[grade].en}`
