// From an issue of a schema to a problem a clerk can act on: which field, what is wrong with it, how a right one looks.
// Always holds: what was given for a personal or secret field is not repeated.

import type * as z from 'zod'
import type { Json } from '../canonical-json.ts'
import type { Place, Problem } from '../problem.ts'
import { isSealed, MASK } from './grade.ts'
import { locate, type Located } from './locate.ts'
import { CHARACTERS_MAX, DEPTH_MAX, QUOTE_MAX, VALUES_MAX } from './limits.ts'
import { fieldProblem, type FieldProblemCode, type IssueMark } from './problems.ts'
import type { Fields } from './field.ts'
import type { Path, Refusals } from './take-in.ts'

type Root = { readonly fields: Fields }
type Values = Readonly<Record<string, string | number>>

const placeAt = (path: Path): Place => ({ field: path.join('.').slice(0, 200) })

/** All the sentences of a field's problems may mention. */
function wordsOf({ field, label }: Located): Values {
  return {
    labelZh: label.zh,
    labelEn: label.en,
    ...(field ? { expectsZh: field.expects.zh, expectsEn: field.expects.en } : {}),
    ...(field?.unit ? { unit: field.unit } : {}),
    ...(field?.choices ? { choicesZh: field.expects.zh, choicesEn: field.expects.en } : {}),
  }
}

function problemAt(form: Root, path: Path, code: FieldProblemCode, values: Values = {}): Problem {
  const at = locate(form, path)
  const shown = isSealed(at.grade) && 'value' in values ? { ...values, value: MASK } : values
  return fieldProblem(code, { ...wordsOf(at), ...shown }, placeAt(path))
}

/** What was given, as a reader recognises it. */
export function quote(value: Json | undefined): string {
  const whole =
    typeof value === 'object' && value !== null && 'value' in value && 'unit' in value
      ? `${String(value.value)} ${String(value.unit)}`
      : JSON.stringify(value ?? null)
  return whole.length > QUOTE_MAX ? `${[...whole].slice(0, QUOTE_MAX).join('')}…` : whole
}

function valueAt(json: Json, path: Path): Json | undefined {
  let at: Json | undefined = json
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Readonly<Record<string, Json | undefined>>)[step]
  }
  return at
}

function unknownField(form: Root, path: Path): Problem {
  const parent = locate(form, path.slice(0, -1))
  const name = String(path.at(-1)).slice(0, QUOTE_MAX)
  const known = parent.below ?? (parent.field?.kind === 'quantity' ? { value: 0, unit: 0 } : { from: 0, to: 0 })
  return fieldProblem('field.unknown', { name, known: Object.keys(known).join(', ') }, placeAt(path))
}

/** The problems that stand before any schema is asked. */
export const refusals = (form: Root): Refusals => ({
  notJson: (path) => problemAt(form, path, 'field.not-json'),
  unknown: (path) => unknownField(form, path),
  tooDeep: (path) => problemAt(form, path, 'field.too-deep', { max: DEPTH_MAX }),
  tooLarge: () => fieldProblem('field.too-large', { values: VALUES_MAX, characters: CHARACTERS_MAX }),
})

/** The problems of one issue: one for each unknown field, otherwise one, at the field and not inside its value. */
export function issueProblems(form: Root, json: Json, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownField(form, [...path, name]))
  const at = locate(form, path)
  if (at.field === undefined) return [fieldProblem('field.not-a-form')]
  const given = valueAt(json, at.path)
  const { problem, values = {} } = codeOf(issue, at, given)
  return [problemAt(form, at.path, problem, { value: quote(given), ...values })]
}

function codeOf(issue: z.core.$ZodIssue, at: Located, given: Json | undefined): IssueMark {
  if (given === undefined) return { problem: 'field.missing' }
  if (issue.code === 'custom' && issue.params?.['problem'] !== undefined) return issue.params as unknown as IssueMark
  if (issue.code === 'invalid_value') return { problem: 'field.not-a-choice' }
  if (given === '') return { problem: 'field.empty' }
  if (at.field?.kind === 'list' && issue.code === 'too_small')
    return { problem: 'field.too-few', values: { min: String(issue.minimum) } }
  if (at.field?.kind === 'list' && issue.code === 'too_big')
    return { problem: 'field.too-many', values: { max: String(issue.maximum) } }
  if (typeof given === 'number' && issue.code === 'too_small')
    return { problem: 'field.below-least', values: { min: String(issue.minimum) } }
  if (typeof given === 'number' && issue.code === 'too_big')
    return { problem: 'field.above-most', values: { max: String(issue.maximum) } }
  return { problem: 'field.wrong-form' }
}
