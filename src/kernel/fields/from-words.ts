// What was typed on a command line, read as what `check` judges: `--amount 100 --area "5 km2" --lines.0.lot A-1`.
// Always holds: nothing is refused here and nothing is guessed; a word that cannot be read stays the text it is, so that
// `check` names it by its field.

import type { Choice, Field, Fields } from './field.ts'

export type Words = Readonly<Record<string, string | readonly string[]>>

/** @param words by option: a path of field names (`applicant.name`, `lines.0.amount`), also written with hyphens
 *  (`issued-to`). Several words are the items of a list; a group, a list or a row may be given as JSON. */
export function fromWords(form: { readonly fields: Fields }, words: Words): unknown {
  const root = emptyObject()
  for (const [option, said] of Object.entries(words)) {
    const path = option.split('.').map(camel)
    put(root, path, read(fieldAt(form.fields, path), said))
  }
  return rowsOf({ fields: form.fields }, root)
}

type Slots = Record<string, unknown>

/** An object without prototype: no word can reach anything but its own members. */
const emptyObject = (): Slots => Object.create(null) as Slots
const isSlots = (value: unknown): value is Slots =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null

const camel = (word: string): string => word.replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase())

function fieldAt(fields: Fields, path: readonly string[]): Field | undefined {
  const [name, ...rest] = path
  let field = name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
  for (const step of rest)
    field = field?.item ?? (field?.fields && Object.hasOwn(field.fields, step) ? field.fields[step] : undefined)
  return field
}

/** Sets a value at a path; where a word already stands on the way, the option stays whole and is told as unknown. */
function put(root: Slots, path: readonly string[], value: unknown): void {
  let at = root
  for (const step of path.slice(0, -1)) {
    at[step] ??= emptyObject()
    const next = at[step]
    if (!isSlots(next)) {
      root[path.join('.')] = value
      return
    }
    at = next
  }
  at[path.at(-1)!] = value
}

/** Rows given one by one (`lines.0`, `lines.1`) to a list; gaps and other names stay for `check` to refuse. */
function rowsOf(field: Pick<Field, 'fields' | 'item'>, value: unknown): unknown {
  if (!isSlots(value)) return value
  const inner = Object.entries(value).map(([name, part]) => {
    const below = field.item ?? (field.fields && Object.hasOwn(field.fields, name) ? field.fields[name] : undefined)
    return [name, below ? rowsOf(below, part) : part] as const
  })
  const whole = field.item !== undefined && inner.every(([name], i) => name === String(i))
  if (whole) return inner.map(([, part]) => part)
  const out = emptyObject()
  for (const [name, part] of inner) out[name] = part
  return out
}

function read(field: Field | undefined, said: string | readonly string[]): unknown {
  if (field?.kind === 'list') return readList(field, said)
  if (typeof said !== 'string') return said.length === 1 ? read(field, said[0]!) : said
  return field ? readWord(field, said.trim()) : said
}

function readList(field: Field, said: string | readonly string[]): unknown {
  const all = typeof said === 'string' ? [said] : said
  const whole = all.length === 1 && all[0]!.trim().startsWith('[') ? fromJson(all[0]!) : undefined
  return whole ?? all.map((word) => readWord(field.item!, word.trim()))
}

function readWord(field: Field, word: string): unknown {
  switch (field.kind) {
    case 'group':
    case 'list':
      return fromJson(word) ?? word
    case 'integer':
    case 'year':
      return /^-?\d{1,16}$/.test(word) ? Number(word) : word
    case 'flag':
      return FLAGS.get(word.toLowerCase()) ?? word
    case 'quantity': {
      if (word.startsWith('{')) return fromJson(word) ?? word
      const m = /^([+-]?[\d,]*\.?\d+)\s*(\D.*)?$/.exec(word.normalize('NFKC'))
      return m ? { value: m[1]!, unit: m[2] ?? '' } : word
    }
    case 'period': {
      if (word.startsWith('{')) return fromJson(word) ?? word
      const [from, to, ...more] = word.split(/\.\.|\//)
      return more.length > 0 ? word : to ? { from, to } : { from }
    }
    case 'choice':
      return choiceOf(field.choices ?? [], word)
    case 'text':
    case 'long-text':
    case 'code':
    case 'id':
    case 'act-id':
    case 'person':
    case 'organisation':
    case 'account':
    case 'civil-date':
    case 'instant':
    case 'money':
    case 'amount':
    case 'region':
    case 'file-hash':
      return word
    default: {
      const never: never = field.kind
      return never
    }
  }
}

const FLAGS = new Map([
  ...['true', 'yes', '是'].map((word) => [word, true] as const),
  ...['false', 'no', '否'].map((word) => [word, false] as const),
])

/** A choice may be named by its value or by what readers call it. */
const choiceOf = (choices: readonly Choice[], word: string): string =>
  choices.find((c) => c.value === word)?.value ??
  choices.find((c) => c.title.zh === word || c.title.en === word)?.value ??
  word

function fromJson(word: string): unknown {
  try {
    return JSON.parse(word) as unknown
  } catch {
    return undefined
  }
}
