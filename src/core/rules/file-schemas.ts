// What each kind of rule file may contain (docs/rules.md), as zod schemas over source text.
// Always holds: an unknown key is an error, and every schema leaves numbers as the text they were written in.

import { z } from 'zod'
import { civilDate, findUnit } from '../../kernel/index.ts'
import type { FileKind } from './model.ts'
import type { problem } from './problems.ts'

/** The code a refinement asks for; the reader of files turns it into a Problem with its line. */
const asks = (code: Parameters<typeof problem>[0]): { params: { problem: string } } => ({ params: { problem: code } })

const MARKS = ['confirmed', 'back-solved', 'unconfirmed'] as const
const MODES = ['half-up', 'half-even', 'down', 'up', 'floor', 'ceil'] as const
const BASES = [
  'capital',
  'annualised',
  'operation',
  'tax-rate',
  'market',
  'treatment',
  'restoration',
  'travel-cost',
  'agreed',
] as const

export const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/
const ID = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

const isDate = (s: string): boolean => {
  try {
    return civilDate(s) === s
  } catch {
    return false
  }
}

const words = z.string().min(1)
const bothLanguages = z.strictObject({ zh: words, en: words })
const decimal = z.string().refine((s) => DECIMAL.test(s), asks('rules.wrong-number'))
const unitName = z.string().refine((s) => findUnit(s) !== undefined, asks('rules.unknown-unit'))
const id = z.string().refine((s) => ID.test(s), asks('rules.wrong-id'))
const mark = z
  .string()
  .refine((s): s is (typeof MARKS)[number] => (MARKS as readonly string[]).includes(s), asks('rules.wrong-mark'))
const date = z.string().refine(isDate, asks('rules.wrong-date'))
const force = z
  .strictObject({ from: date, to: date.optional() })
  .refine((f) => f.to === undefined || f.to >= f.from, asks('rules.wrong-date'))
const region = z.string().regex(/^[0-9A-Za-z-]{2,20}$/)
const sources = z.array(words).min(1)
const oneOrMore = z
  .custom<string | string[]>(
    (v) => typeof v === 'string' || (Array.isArray(v) && v.every((s) => typeof s === 'string')),
  )
  .transform((v) => (typeof v === 'string' ? [v] : v))
const yes = z.enum(['true', 'false']).transform((s) => s === 'true')
const year = z.string().regex(/^\d{4}$/)
const range = z.tuple([decimal, decimal]).refine(([low, high]) => Number(low) <= Number(high))
const named = <T extends z.ZodType>(what: T): z.ZodRecord<z.ZodString, T> => z.record(z.string(), what)

const head = {
  kind: z.string(),
  id,
  title: bothLanguages,
  clause: words.optional(),
  instrument: words.optional(),
  source: sources,
  mark,
  force,
  region: region.optional(),
  note: bothLanguages.optional(),
}

const field = {
  unit: unitName,
  plain: yes.optional(),
  symbol: words.optional(),
  range: range.optional(),
}
const column = z.strictObject({ ...field, title: bothLanguages.optional() })
const output = z.strictObject({ ...field, title: bothLanguages })
/** An input is a number or a table; which keys go together is checked after this. */
const input = z.strictObject({
  unit: unitName.optional(),
  plain: yes.optional(),
  symbol: words.optional(),
  range: range.optional(),
  rows: named(column).optional(),
  title: bothLanguages.optional(),
})
const param = z.strictObject({
  book: id.optional(),
  by: words.optional(),
  key: words.optional(),
  value: decimal.optional(),
  unit: unitName.optional(),
  plain: yes.optional(),
  symbol: words.optional(),
  title: bothLanguages,
  basis: z.enum(BASES).optional(),
  year: year.optional(),
  range: range.optional(),
  source: oneOrMore.optional(),
  mark: mark.optional(),
  note: bothLanguages.optional(),
})
const table = z.strictObject({
  of: z.tuple([words]).optional(),
  unit: unitName.optional(),
  steps: z.array(z.strictObject({ below: decimal.optional(), gives: decimal })).min(1),
})
const cells = named(z.string())
const example = z.strictObject({
  given: named(
    z.custom<string | Record<string, string>[]>((v) => typeof v === 'string' || cells.array().safeParse(v).success),
  ),
  keys: cells.optional(),
  params: cells.optional(),
  gives: cells,
  within: decimal.optional(),
  cite: words.optional(),
  date: date.optional(),
})

const entry = {
  key: words.optional(),
  value: decimal,
  unit: unitName.optional(),
  range: range.optional(),
  region: region.optional(),
  source: oneOrMore.optional(),
  mark: mark.optional(),
  title: bothLanguages.optional(),
  note: bothLanguages.optional(),
  basis: z.enum(BASES).optional(),
  year: year.optional(),
}
const parameters = z.strictObject({
  ...head,
  unit: unitName,
  by: words.optional(),
  values: z.array(z.strictObject(entry)).min(1),
})

export const SCHEMAS = {
  rule: z.strictObject({
    ...head,
    inputs: named(input).optional(),
    params: named(param).optional(),
    tables: named(table).optional(),
    formula: named(words),
    gives: named(output),
    round: named(z.strictObject({ to: decimal, mode: z.enum(MODES) })).optional(),
    examples: z.array(example).optional(),
  }),
  parameters,
  prices: parameters,
  classification: z.strictObject({
    ...head,
    classes: z
      .array(
        z.strictObject({
          code: words,
          title: bothLanguages,
          number: words.optional(),
          mark: mark.optional(),
          names: z.array(words).optional(),
        }),
      )
      .min(1),
    crosswalks: named(cells).optional(),
  }),
  'indicator-set': z.strictObject({
    ...head,
    services: z.array(words).min(1),
    accepts: z.array(z.strictObject({ pair: z.tuple([words, words]), ground: bothLanguages })).optional(),
  }),
  instruments: z.strictObject({
    ...head,
    instruments: z.array(
      z.strictObject({
        id: words,
        title: bothLanguages,
        number: words.optional(),
        issuer: words.optional(),
        force,
        supersededBy: words.optional(),
        mark: mark.optional(),
        note: bothLanguages.optional(),
      }),
    ),
  }),
  sources: z.strictObject({
    ...head,
    sources: z.array(
      z.strictObject({ key: words, title: bothLanguages, locator: words.optional(), note: bothLanguages.optional() }),
    ),
  }),
  override: z.strictObject({
    ...head,
    of: id,
    reason: bothLanguages.optional(),
    approver: words.optional(),
    values: z.array(z.strictObject(entry)).min(1),
  }),
} as const satisfies Record<FileKind, z.ZodType>

export type Schemas = typeof SCHEMAS
export type Content<K extends FileKind> = z.output<Schemas[K]>
export type HeadContent = Pick<
  Content<'rule'>,
  'kind' | 'id' | 'title' | 'clause' | 'instrument' | 'source' | 'mark' | 'force' | 'region' | 'note'
>
