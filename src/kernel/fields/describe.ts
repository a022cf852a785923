// A form as rows, for pages of documentation and of permissions, and its example.

import { assert } from '../problem.ts'
import type { Text } from '../text.ts'
import { check, type JsonObject } from './check.ts'
import type { Field, FieldKind, Fields, Form } from './field.ts'
import { higherGrade, type Grade } from './grade.ts'

export interface FieldRow {
  /** `lines.*.amount` */
  readonly path: string
  readonly title: Text
  readonly hint?: Text
  readonly kind: FieldKind
  /** The highest grade on the way to it. */
  readonly grade: Grade
  /** Whether it must be given where what surrounds it is given. */
  readonly required: boolean
  readonly expects: Text
  readonly unit?: string
}

/** A row for every field; groups and lists before their parts, a list's item only by its parts or its own kind. */
export function describeForm(form: { readonly fields: Fields }): readonly FieldRow[] {
  const rows = (field: Field, path: string, above: Grade): readonly FieldRow[] => {
    const { title, hint, kind, required, expects, unit } = field
    const grade = higherGrade(above, field.grade)
    const row: FieldRow = {
      path,
      title,
      ...(hint ? { hint } : {}),
      kind,
      grade,
      required,
      expects,
      ...(unit === undefined ? {} : { unit }),
    }
    if (field.item) return [row, ...rows(field.item, `${path}.*`, grade)]
    return [row, ...parts(field.fields ?? {}, `${path}.`, grade)]
  }
  const parts = (fields: Fields, before: string, above: Grade): readonly FieldRow[] =>
    Object.entries(fields).flatMap(([name, field]) => rows(field, before + name, above))
  return parts(form.fields, '', 'public')
}

/** A right submission with every field, optional ones too, made of the fields' examples.
 *  @throws Error where a field is declared with an example it would refuse itself: a bug of the declaration */
export function exampleOf(form: Form): JsonObject {
  const given = Object.fromEntries(Object.entries(form.fields).map(([name, field]) => [name, field.example]))
  const checked = check(form, given)
  assert(checked.ok, `example: ${checked.ok ? '' : checked.problems.map((p) => `${p.at?.field}: ${p.en}`).join('; ')}`)
  return checked.json
}
