// The strict shape of vep.yaml: the description of a folder of units. Serves the reader; the rows of accounts, deals,
// vouchers and services stand in the workbook it names. Always holds: every scalar is text with the digits typed, an
// unknown key is refused, and what a method needs may be missing here only because the check after it says so kindly.

import { z } from 'zod'
import { EVIDENCE, KINDS, METHODS, SCHOOLS, TIMING, USES } from './model.ts'

const words = z.string().trim().min(1)
const both = z.strictObject({ zh: words, en: words })
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const yes = z.enum(['true', 'false']).transform((s) => s === 'true')
const whole = z.string().regex(/^\d{1,3}$/)
const opt = z.exactOptional
const keysOf = <T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(table) as [keyof T & string, ...(keyof T & string)[]]

/** `5 %`, `0.35`, `1200 亩`: a number with its unit, and the ground on which it was chosen. */
const chosen = z.strictObject({
  value: z.string().regex(/^[+-]?\d+(\.\d+)?\s*\S*$/),
  ground: opt(words),
})

const rule = z.strictObject({ id: words, output: words, keys: opt(z.record(words, words)) })

const unit = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/),
  name: both,
  kind: z.enum(keysOf(KINDS)),
  region: z.strictObject({ code: words, name: both }),
  right: z.strictObject({
    kind: words,
    holder: words,
    proof: z.strictObject({ number: words, file: words }),
    from: day,
    to: day,
  }),
  term: opt(whole),
  school: opt(z.enum(keysOf(SCHOOLS))),
  method: z.enum(keysOf(METHODS)),
  use: z.enum(keysOf(USES)),
  valid: z.strictObject({ from: day, to: day }),
  evidence: z.array(z.strictObject({ kind: z.enum(keysOf(EVIDENCE)), title: words, file: words })),
  risks: opt(z.array(both)),
  timing: opt(z.enum(keysOf(TIMING))),
  discount: opt(chosen),
  contribution: opt(chosen),
  compounding: opt(chosen),
  size: opt(chosen),
  profit: opt(chosen),
  depreciation: opt(chosen),
  change: opt(z.enum(['annual', 'npv'])),
  services: opt(z.array(z.strictObject({ name: words, service: words, rule: opt(rule) }))),
})

export const vepSchema = z.strictObject({
  qingshan: z.literal('vep/1'),
  title: both,
  date: day,
  sample: opt(yes),
  workbook: words,
  boundaries: z.strictObject({ file: words, key: words }),
  mapNumber: opt(words),
  prepared: opt(z.strictObject({ organisation: opt(words), computedBy: opt(words), reviewedBy: opt(words) })),
  units: z.array(unit).min(1),
})

export type VepYaml = z.infer<typeof vepSchema>
export type UnitYaml = VepYaml['units'][number]
