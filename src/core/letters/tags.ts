// The fields of a template: what stands between braces in a paragraph, however Word has cut it into runs. A name, or a name and a
// form; `#` opens and `/` closes a part that is repeated or left out, `^` one that stands where there is nothing.
// Always holds: a tag is a name and never an expression; whatever else stands between braces is a problem with its text.

import type { Problem } from '../../kernel/index.ts'
import { FORMS, isForm, type FormName } from './forms.ts'
import { letterProblem } from './problems.ts'

export interface Tag {
  readonly kind: 'field' | 'open' | 'close' | 'none'
  readonly name: string
  readonly form?: FormName
}

/** A field, with the fields of its rows where it is repeated. */
export interface TemplateField {
  readonly name: string
  readonly form?: FormName
  readonly rows?: readonly TemplateField[]
}

const NAME = /^[\p{L}_][\p{L}\p{N}_·-]{0,39}$/u

/** @returns what the words between braces are; problems where they are no field */
export function tagOf(said: string): Tag | Problem {
  const words = said.trim()
  const sign = words[0] ?? ''
  const kind = sign === '#' ? 'open' : sign === '/' ? 'close' : sign === '^' ? 'none' : 'field'
  const [name = '', form, ...more] = (kind === 'field' ? words : words.slice(1)).split('|').map((s) => s.trim())
  const tag = `{${words}}`.slice(0, 60)
  if (!NAME.test(name) || more.length > 0 || (form !== undefined && kind !== 'field'))
    return letterProblem('letter.not-a-field', { tag })
  if (form === undefined) return { kind, name }
  return isForm(form)
    ? { kind, name, form }
    : letterProblem('letter.unknown-form', { tag, form, forms: Object.keys(FORMS).join('、') })
}

/** All fields of paragraphs in their order, or everything that is wrong with them. */
export function fieldsOf(paragraphs: readonly string[]): {
  readonly fields: readonly TemplateField[]
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const root: TemplateField[] = []
  const open: { readonly name: string; readonly fields: TemplateField[] }[] = []
  const here = (): TemplateField[] => open.at(-1)?.fields ?? root
  const add = (field: TemplateField): void => {
    const fields = here()
    const known = fields.find((f) => f.name === field.name)
    if (!known) fields.push(field)
    // A part that opens twice has the fields of both.
    else if (field.rows) fields[fields.indexOf(known)] = { ...known, rows: merged(known.rows ?? [], field.rows) }
  }
  const unpaired = (name: string, why: string, whyEn: string): void =>
    void problems.push(letterProblem('letter.loop', { name, why, whyEn }))
  for (const paragraph of paragraphs)
    for (const { text, whole } of braces(paragraph)) {
      if (!whole) {
        problems.push(letterProblem('letter.broken-tag', { near: text.slice(0, 40) }))
        continue
      }
      const tag = tagOf(text)
      if ('severity' in tag) problems.push(tag)
      else if (tag.kind === 'field') add({ name: tag.name, ...(tag.form ? { form: tag.form } : {}) })
      else if (tag.kind !== 'close') open.push({ name: tag.name, fields: [] })
      else if (open.at(-1)?.name !== tag.name) unpaired(tag.name, '结束得早了或没有开始', 'it closes before it opened')
      else {
        const { name, fields } = open.pop()!
        add({ name, rows: fields })
      }
    }
  for (const { name } of open) unpaired(name, '没有结束', 'it has no end')
  return { fields: root, problems }
}

const merged = (a: readonly TemplateField[], b: readonly TemplateField[]): readonly TemplateField[] => [
  ...a,
  ...b.filter((f) => !a.some((x) => x.name === f.name)),
]

/** What stands between braces; a brace without its partner with what is near it. */
function* braces(text: string): Generator<{ readonly text: string; readonly whole: boolean }> {
  for (let at = 0; ;) {
    const from = text.slice(at).search(/[{}]/)
    if (from < 0) return
    const start = at + from
    const end = text.slice(start + 1).search(/[{}]/)
    const close = start + 1 + end
    if (text[start] === '}' || end < 0 || text[close] === '{') {
      yield { text: text.slice(start, start + 40), whole: false }
      at = start + 1
    } else {
      yield { text: text.slice(start + 1, close), whole: true }
      at = close + 1
    }
  }
}
