// The strict shape of an input list, the same for account.yaml and for its twin sheet.
// Always holds: an unknown key is refused, a text is never empty, numbers that matter stay text with the digits typed.

import { z } from 'zod'
import { text, type Text } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'

const words = z.string().trim().min(1)
const both = z.strictObject({ zh: words, en: words })
const year = z.int().min(1900).max(2200)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const number = z.string().regex(/^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/)
const opt = z.exactOptional
const column = z.strictObject({ column: words })
const mark = z.enum(['confirmed', 'back-solved', 'unconfirmed'])

export const bindingSchema = z.strictObject({
  argument: words,
  file: words,
  sheet: opt(words),
  header: opt(z.int().min(1).max(1_048_576)),
  column: words,
  where: opt(z.strictObject({ column: words, is: words })),
  region: opt(z.union([column, z.strictObject({ code: words })])),
  class: opt(
    z.union([
      z.strictObject({ column: words, crosswalk: opt(words), codes: opt(z.record(words, words)) }),
      z.strictObject({ code: words }),
    ]),
  ),
  code: opt(z.strictObject({ column: words, map: words, band: opt(z.int().min(1).max(10_000)) })),
  item: opt(z.union([column, z.strictObject({ name: words })])),
  unit: words,
  days: opt(
    z.strictObject({
      date: words,
      take: z.enum(['sum', 'mean', 'max', 'count', 'each', 'years']),
      per: opt(z.enum(['year', 'month'])),
      atLeast: opt(number),
      above: opt(number),
      missing: opt(z.int().min(0).max(366)),
      years: opt(z.enum(['all', 'account'])),
    }),
  ),
  resampling: opt(z.enum(['nearest', 'bilinear'])),
  year: opt(z.union([year, column])),
  mark: opt(z.union([column, z.enum([...mark.options, 'reported'])])),
  source: opt(z.union([column, words])),
  fallback: opt(
    z.strictObject({
      kind: z.enum(['neighbour-year', 'neighbour-region', 'provincial-mean', 'literature']),
      year,
      reason: words,
    }),
  ),
  ground: opt(both),
  question: opt(both),
})

export const overridesSchema = z.array(
  z.strictObject({
    parameter: words,
    key: opt(words),
    region: opt(words),
    value: number,
    unit: words,
    reason: words,
    approver: words,
    source: opt(words),
    mark: opt(mark),
    act: opt(z.strictObject({ id: words, leaf: z.int().min(0), proof: words })),
  }),
)

export const listSchema = z.strictObject({
  qingshan: z.literal('account/1'),
  title: both,
  year,
  priceYear: year,
  set: words,
  status: z.enum(['trial', 'preliminary', 'official']),
  region: z.strictObject({ code: words, name: both }),
  accepted: opt(z.strictObject({ by: words, on: day })),
  prepared: opt(
    z.strictObject({
      organisation: opt(words),
      filledBy: opt(words),
      computedBy: opt(words),
      reviewedBy: opt(words),
    }),
  ),
  sample: opt(z.boolean()),
  previous: opt(words),
  regions: opt(
    z.strictObject({
      file: words,
      sheet: opt(words),
      header: opt(z.int().min(1).max(1_048_576)),
      code: words,
      name: words,
      parent: opt(words),
    }),
  ),
  boundaries: opt(
    z.strictObject({ file: words, layer: opt(words), code: words, mapNumber: opt(words), datum: opt(words) }),
  ),
  methods: opt(z.record(words, z.array(words).min(1))),
  choices: opt(z.record(words, words)),
  notApplicable: opt(z.record(words, words)),
  arguments: z.array(bindingSchema),
  prices: opt(z.array(z.strictObject({ price: words, item: opt(words), class: opt(words), book: words, key: words }))),
  overrides: opt(overridesSchema),
  accepts: opt(z.array(z.strictObject({ what: words, reason: words, by: words }))),
  explained: opt(z.array(z.strictObject({ finding: words, about: opt(words), reason: words, by: words }))),
  published: opt(z.array(z.strictObject({ what: words, value: number, unit: words, source: words }))),
})

/** Compile-time proof that the schema gives what the model declares, and the other way round. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
type Loose<T> = T extends readonly (infer U)[]
  ? Loose<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Loose<T[K]> }
    : T
export const schemaIsTheModel: Same<Loose<z.infer<typeof listSchema>>, Loose<InputList>> = true

export interface SchemaComplaint {
  readonly path: readonly (string | number)[]
  readonly kind: 'unknown-key' | 'missing-key' | 'wrong-value'
  readonly key: string
  /** What is expected there; for an unknown key the keys that are allowed. */
  readonly wanted: Text
}

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

/** Parses plain data. Complaints carry the path, so that the YAML reader can name a line and the sheet reader a cell. */
export function parseList(data: unknown): {
  readonly list?: InputList
  readonly complaints: readonly SchemaComplaint[]
} {
  const result = listSchema.safeParse(data)
  if (result.success) return { list: withoutEmpty(result.data), complaints: [] }
  return { complaints: result.error.issues.flatMap((i) => complain(i, [], data)) }
}

/** An empty group says the same as none: leaving it out makes the two writings of a list equal. */
export function withoutEmpty(list: InputList): InputList {
  const holds = (v: unknown): boolean => typeof v !== 'object' || v === null || Object.keys(v).length > 0
  const kept = Object.entries(list).filter(([k, v]) => k === 'arguments' || (v !== undefined && holds(v)))
  return Object.fromEntries(kept) as unknown as InputList
}

function complain(issue: Issue, above: Path, data: unknown): readonly SchemaComplaint[] {
  const path = [...above, ...(issue.path as (string | number)[])]
  const key = String(path.findLast((p) => typeof p === 'string') ?? '')
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(listSchema, path).join(' ')
    return issue.keys.map((k) => ({ path: [...path, k], kind: 'unknown-key', key: k, wanted: text(allowed, allowed) }))
  }
  if (issue.code === 'invalid_union' && typeof at(data, path) === 'object') {
    // Of the branches, the one with the fewest complaints is what the writer meant.
    const best = [...issue.errors].sort((a, b) => a.length - b.length)[0]
    if (best) return best.flatMap((i) => complain(i, path, data))
  }
  const kind = at(data, path) === undefined ? 'missing-key' : 'wrong-value'
  return [{ path, kind, key, wanted: wanted(issue) }]
}

function wanted(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number'
        ? text('应是整数', 'a whole number is expected')
        : issue.expected === 'array'
          ? text('应是列表（每条以 - 开头）', 'a list is expected')
          : issue.expected === 'object' || issue.expected === 'record'
            ? text('应是“键: 值”的一组', 'a group of `key: value` is expected')
            : text('应是文字', 'a text is expected')
    case 'invalid_value':
      return text(`只能是 ${issue.values.map(String).join('、')}`, `one of ${issue.values.map(String).join(', ')}`)
    case 'invalid_format':
      return text('数字写成 "0.05"，日期写成 2026-01-31', 'numbers as "0.05", dates as 2026-01-31')
    case 'too_small':
      return issue.origin === 'string' ? text('不能为空', 'it may not be empty') : text('数太小', 'too small')
    case 'too_big':
      return text('数太大', 'too large')
    default:
      return text('写法不对', 'not of the right shape')
  }
}

/** The keys the schema allows at a path; both branches of a union count. */
function keysAt(schema: unknown, path: Path): readonly string[] {
  const def = (schema as { readonly def: Readonly<Record<string, unknown>> }).def
  switch (def['type']) {
    case 'optional':
      return keysAt(def['innerType'], path)
    case 'union':
      return [...new Set((def['options'] as readonly unknown[]).flatMap((o) => keysAt(o, path)))]
    case 'object': {
      const shape = def['shape'] as Readonly<Record<string, unknown>>
      const [head, ...rest] = path
      return head === undefined ? Object.keys(shape) : shape[head] ? keysAt(shape[head], rest) : []
    }
    case 'array':
      return keysAt(def['element'], path.slice(1))
    default:
      return []
  }
}

export function at(data: unknown, path: Path): unknown {
  let here = data
  for (const step of path) here = (here as Record<string | number, unknown> | undefined | null)?.[step]
  return here
}
