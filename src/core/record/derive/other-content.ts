// Another right submission for a form: the example with one value changed. A test needs it to show that one id stands for
// one content.

import {
  canonicalJson,
  check,
  exampleOf,
  walk,
  type Field,
  type Form,
  type Json,
  type JsonObject,
} from '../../../kernel/index.ts'

/** @returns undefined where the form leaves no choice, as one without fields does */
export function otherContent(form: Form): JsonObject | undefined {
  const example = exampleOf(form)
  const paths: string[] = []
  walk(form, example, (_, { path }) => {
    paths.push(path)
    return undefined
  })
  const before = canonicalJson(example)
  for (const target of paths) {
    const changed = walk(form, example, (value, { path, field }) =>
      path === target ? changedValue(field, value) : undefined,
    )
    const checked = check(form, changed)
    if (checked.ok && canonicalJson(checked.json) !== before) return checked.json
  }
  const spare = Object.entries(form.fields).find(([, field]) => !field.required)
  return spare && Object.fromEntries(Object.entries(example).filter(([name]) => name !== spare[0]))
}

/** A value of the same kind that differs; undefined where the kind has no simple one. */
function changedValue({ kind, choices }: Field, value: Json): Json | undefined {
  switch (kind) {
    case 'text':
    case 'long-text':
      return `${String(value)}2`
    case 'amount':
      return String(BigInt(String(value)) + 1n)
    case 'money':
      return value === '1' ? '2' : '1'
    case 'integer':
    case 'year':
      return Number(value) + 1
    case 'flag':
      return value !== true
    case 'choice':
      return choices?.find((c) => c.value !== value)?.value
    case 'quantity':
      return { ...(value as JsonObject), value: (value as JsonObject)['value'] === '1' ? '2' : '1' }
    case 'id':
    case 'act-id':
    case 'person':
    case 'organisation':
    case 'account':
    case 'file-hash':
      return String(value).replace(/.$/, (c) => (c === '0' ? '1' : '0'))
    case 'code':
    case 'region':
    case 'civil-date':
    case 'instant':
    case 'period':
    case 'list':
    case 'group':
      return undefined
    default: {
      const never: never = kind
      return never
    }
  }
}
