// What is filled in while it is being filled in, and what is submitted of it. Pure. Always holds: amounts stay the text
// that was typed, what was left empty is left out, and a list that was left empty is an empty list.

import type { FieldSchema, GroupSchema } from './schema.ts'

export type Value = string | boolean | Group | readonly Value[] | undefined
export interface Group {
  readonly [name: string]: Value
}
export type Step = string | number

export const isGroup = (v: Value): v is Group => typeof v === 'object' && !Array.isArray(v)

/** A new whole with one value changed; what is missing on the way is made. */
export function setAt(whole: Value, path: readonly Step[], value: Value): Value {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (typeof step === 'number') {
    const rows = Array.isArray(whole) ? [...(whole as readonly Value[])] : []
    rows[step] = setAt(rows[step], rest, value)
    return rows
  }
  const group: Group = whole !== undefined && isGroup(whole) ? whole : {}
  return { ...group, [step]: setAt(group[step], rest, value) }
}

/** What a fresh row or form begins with. */
export function emptyOf(schema: FieldSchema | GroupSchema): Value {
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, emptyOf(field)]))
  if (!('x-kind' in schema)) return undefined
  if (schema['x-kind'] === 'list') return Array.from({ length: schema.minItems ?? 0 }, () => emptyOf(schema.items!))
  if (schema['x-kind'] === 'quantity') return { value: '', unit: schema['x-unit'] ?? '' }
  return schema['x-kind'] === 'flag' ? false : ''
}

export const isEmpty = (schema: FieldSchema, value: Value): boolean => {
  if (value === undefined || value === '') return true
  if (schema['x-kind'] === 'quantity') return isGroup(value) && (value['value'] ?? '') === ''
  if (schema['x-kind'] === 'group')
    return isGroup(value) && Object.entries(schema.properties!).every(([name, f]) => isUntouched(f, value[name]))
  return false
}

/** A row nobody has written in: a flag counts as untouched while it is off, a list while its rows are. */
const isUntouched = (schema: FieldSchema, value: Value): boolean =>
  isEmpty(schema, value) ||
  value === false ||
  (Array.isArray(value) && (value as readonly Value[]).every((v) => isUntouched(schema.items!, v)))

/** @returns JSON for the server */
export function inputOf(schema: GroupSchema, value: Value): Record<string, unknown> {
  const group = value !== undefined && isGroup(value) ? value : {}
  const required = schema.required ?? []
  const input: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.properties)) {
    const given = group[name]
    if (isEmpty(field, given) && !(field['x-kind'] === 'list' && required.includes(name))) continue
    // What was never touched says nothing where nothing is asked.
    if (!required.includes(name) && isUntouched(field, given)) continue
    input[name] = jsonOf(field, given)
  }
  return input
}

function jsonOf(schema: FieldSchema, value: Value): unknown {
  switch (schema['x-kind']) {
    case 'list':
      return (Array.isArray(value) ? (value as readonly Value[]) : []).map((v) => jsonOf(schema.items!, v))
    case 'group':
      return inputOf({ properties: schema.properties!, required: schema.required ?? [] }, value)
    case 'integer':
    case 'year':
      // What is no whole number goes as it was typed: the server says what is wrong with it.
      return typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value.trim()) : value
    case 'amount':
    case 'money':
    case 'code':
    case 'id':
    case 'act-id':
    case 'region':
    case 'civil-date':
    case 'instant':
    case 'period':
      return typeof value === 'string' ? value.trim() : value
    default:
      return value
  }
}

/** Paths (`lines.2.amount`) of required fields that are empty. */
export function missingOf(schema: GroupSchema, value: Value, above = ''): readonly string[] {
  const group = value !== undefined && isGroup(value) ? value : {}
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    const path = above + name
    const required = schema.required?.includes(name) ?? false
    const given = group[name]
    if (field['x-kind'] === 'list') {
      const rows = Array.isArray(given) ? (given as readonly Value[]) : []
      return rows.flatMap((row, i) => missingInside(field.items!, row, `${path}.${i}`))
    }
    if (isEmpty(field, given)) return required ? [path] : []
    return missingInside(field, given, path)
  })
}

function missingInside(field: FieldSchema, value: Value, path: string): readonly string[] {
  if (field.properties)
    return missingOf({ properties: field.properties, required: field.required ?? [] }, value, `${path}.`)
  return isEmpty(field, value) ? [path] : []
}

/** What a link brings along (`?request=…&value.unit=t`) for the fields that exist and hold a single value. */
export function presetOf(schema: GroupSchema, words: Readonly<Record<string, string>>, whole: Value): Group {
  let filled: Value = whole
  for (const [name, word] of Object.entries(words)) {
    const path = name.split('.')
    const field = fieldAt(schema, path)
    if (!field || field.properties || field.items) continue
    filled = setAt(filled, path, field['x-kind'] === 'flag' ? word === 'true' : word)
  }
  return filled as Group
}

function fieldAt(schema: GroupSchema, [step, ...rest]: readonly string[]): FieldSchema | undefined {
  const field = step === undefined ? undefined : schema.properties[step]
  if (!field || rest.length === 0) return field
  return field.properties ? fieldAt({ properties: field.properties }, rest) : undefined
}
