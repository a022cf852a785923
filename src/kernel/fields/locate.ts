// From a path (`lines.2.amount`, or `lines.*.amount` for every row) to the field that stands there, what a reader calls
// it and who may see it. A grade above covers what is below.

import type { Text } from '../text.ts'
import type { Field, Fields } from './field.ts'
import { higherGrade, type Grade } from './grade.ts'

export interface Located {
  /** Undefined for the form itself and for what no field is declared for. */
  readonly field?: Field
  /** As far as fields go: a value inside a quantity is located at the quantity. */
  readonly path: readonly (string | number)[]
  /** `明细 第 3 项 数量` */
  readonly label: Text
  readonly grade: Grade
  /** Names that may stand below. */
  readonly below?: Fields
}

const WHOLE: Text = { zh: '提交的内容', en: 'what was submitted' }

type Step = string | number
type Root = { readonly fields: Fields }

export function locate(form: Root, path: readonly Step[]): Located {
  let at: Located = { path: [], label: WHOLE, grade: 'public', below: form.fields }
  for (const step of path) {
    const next = below(at, step)
    if (!next) break
    at = next
  }
  return at
}

function below(at: Located, step: Step): Located | undefined {
  const item = at.field?.item
  const field = item ?? (at.below && Object.hasOwn(at.below, step) ? at.below[step] : undefined)
  if (!field) return undefined
  const words = item ? position(step) : field.title
  return {
    field,
    path: [...at.path, step],
    label: at.path.length === 0 ? words : { zh: `${at.label.zh} ${words.zh}`, en: `${at.label.en}, ${words.en}` },
    grade: higherGrade(at.grade, field.grade),
    ...(field.fields ? { below: field.fields } : {}),
  }
}

/** Rows are counted from 1 where people read and from 0 in paths. */
function position(step: Step): Text {
  const row = Number(step)
  return Number.isInteger(row) ? { zh: `第 ${row + 1} 项`, en: `item ${row + 1}` } : { zh: '各项', en: 'each item' }
}

function found(form: Root, path: string): Located {
  const steps = path.split('.')
  const at = locate(form, steps)
  if (at.path.length < steps.length) throw new Error(`no field at ${path}`)
  return at
}

/** What readers call the value at a path. @throws Error where no field is declared */
export const titleOf = (form: Root, path: string): Text => found(form, path).label

/** Who may see the value at a path: the highest grade on the way to it. @throws Error where no field is declared */
export const gradeOf = (form: Root, path: string): Grade => found(form, path).grade
