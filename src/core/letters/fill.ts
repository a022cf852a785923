// Filling a template: values by name, rows for what repeats; the written letter is a Word file again. Every missing field is
// named at once, with its row; nothing is left blank that was asked for.
// Always holds: the same template and values give the same bytes; a value is text and never markup.

import type { Json, JsonObject, Problem } from '../../kernel/index.ts'
import { writeZip } from '../exchange-formats/index.ts'
import { FORMS } from './forms.ts'
import { letterProblem } from './problems.ts'
import { tagOf, type TemplateField } from './tags.ts'
import type { Template } from './template.ts'

/** Text, yes or no, or rows of the same. */
export type LetterValue = string | boolean | readonly LetterValues[]
export interface LetterValues {
  readonly [name: string]: LetterValue
}

export interface Written {
  readonly docx: Uint8Array
  /** Yellow: values the template has no place for. */
  readonly remarks: readonly Problem[]
}

/** @returns the values, numbers as text; problems where there is something else among them */
export function readValues(given: Json): LetterValues | readonly Problem[] {
  const problems: Problem[] = []
  const wrong = (field: string): void => void problems.push(letterProblem('letter.values', { field: field || '{}' }))
  const rowOf = (row: Json | undefined, at: string): LetterValues => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      wrong(at)
      return {}
    }
    const read: Record<string, LetterValue> = {}
    for (const [name, value] of Object.entries(row as JsonObject)) {
      const here = at === '' ? name : `${at}.${name}`
      if (typeof value === 'string' || typeof value === 'boolean') read[name] = value
      else if (typeof value === 'number' && Number.isSafeInteger(value)) read[name] = String(value)
      else if (Array.isArray(value)) read[name] = value.map((one: Json, i) => rowOf(one, `${here}[${i + 1}]`))
      else wrong(here)
    }
    return read
  }
  const values = rowOf(given, '')
  return problems.length > 0 ? problems : values
}

/** What stands in the way of filling, and what is over. */
export function judgeValues(fields: readonly TemplateField[], values: LetterValues, at = ''): readonly Problem[] {
  const found: Problem[] = []
  for (const field of fields) {
    const name = `${at}${field.name}`
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined
    if (value === undefined) found.push(letterProblem('letter.missing', { name }))
    else if (field.rows) found.push(...judgeRows(field.rows, value, { name, around: values }))
    else if (typeof value !== 'string') found.push(letterProblem('letter.missing', { name }))
    else if (field.form !== undefined && FORMS[field.form](value) === undefined)
      found.push(letterProblem('letter.wrong-value', { name, value: value.slice(0, 40), form: field.form }))
  }
  const known = new Set(fields.map((f) => f.name))
  for (const name of Object.keys(values))
    if (!known.has(name)) found.push(letterProblem('letter.unused', { name: `${at}${name}` }))
  return found
}

/** A row may use what stands around it, as the headings of a table do. */
function judgeRows(
  fields: readonly TemplateField[],
  value: LetterValue,
  { name, around }: { readonly name: string; readonly around: LetterValues },
): readonly Problem[] {
  const inherited = (row: LetterValues): LetterValues => {
    const wanted = fields.map((f) => f.name).filter((n) => !Object.hasOwn(row, n) && Object.hasOwn(around, n))
    return { ...Object.fromEntries(wanted.map((n) => [n, around[n]!])), ...row }
  }
  if (value === false) return []
  if (value === true) return judgeValues(fields, inherited({}), `${name}.`)
  if (typeof value === 'string') return [letterProblem('letter.not-a-list', { name })]
  return value.flatMap((row, i) => judgeValues(fields, inherited(row), `${name}[${i + 1}].`))
}

/** @returns the letter, or all red problems together */
export async function fillTemplate(template: Template, values: LetterValues): Promise<Written | readonly Problem[]> {
  const judged = judgeValues(template.fields, values)
  const red = judged.filter((p) => p.severity === 'red')
  if (red.length > 0) return red
  const [{ default: Docxtemplater }, { default: PizZip }] = await Promise.all([
    import('docxtemplater'),
    import('pizzip'),
  ])
  try {
    const document = new Docxtemplater(new PizZip(writeZip(template.parts)), {
      paragraphLoop: true,
      linebreaks: true,
      errorLogging: false,
      // The whole language of a template: a name looked up, and a form from the closed list.
      parser: (said: string) => ({ get: (scope: unknown) => written(said, scope) }),
      nullGetter: () => '',
    })
    document.render(values)
    const filled = document.getZip()
    const parts = new Map<string, Uint8Array>()
    for (const [name, file] of Object.entries(filled.files)) if (!file.dir) parts.set(name, file.asUint8Array())
    return { docx: writeZip(parts), remarks: judged }
  } catch (e) {
    return [letterProblem('letter.not-written', { why: whyOf(e) })]
  }
}

function written(said: string, scope: unknown): unknown {
  const tag = tagOf(said)
  if ('severity' in tag || typeof scope !== 'object' || scope === null || !Object.hasOwn(scope, tag.name))
    return undefined
  const value = (scope as LetterValues)[tag.name]
  if (typeof value !== 'string') return value
  return tag.form === undefined ? value.replace(NO_XML, '') : FORMS[tag.form](value)
}

/** Signs that XML 1.0 does not know (section 2.2). */
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** What the filler says, in its first words. Anything it does not explain is a bug. */
function whyOf(e: unknown): string {
  const { properties } = e as { readonly properties?: { readonly id?: string; readonly explanation?: string } }
  if (properties?.id === undefined) throw e
  return (properties.explanation ?? properties.id).slice(0, 120)
}
