// The kinds of fields a form is declared with:
//   form({ firm: field.organisation({ title: text('企业', 'Firm'), example: '…' }), … })
// Always holds: the example a field is declared with passes its own check (`exampleOf`, tested for every kind).

import * as z from 'zod'
import type { Json } from '../canonical-json.ts'
import { dec, decText, type Dec } from '../decimal.ts'
import { isUuid, uuidVersion, type Uuid } from '../id.ts'
import type { Instant } from '../instant.ts'
import { fenText, type Fen } from '../money.ts'
import type { CivilDate, Period } from '../period.ts'
import { assert } from '../problem.ts'
import type { Quantity, QuantityText } from '../quantity.ts'
import type { Text } from '../text.ts'
import { isSealed } from './grade.ts'
import type { About, Choice, DecodedFields, EncodedFields, Field, FieldKind, FieldOf, Fields, Form } from './field.ts'
import { AMOUNT_MAX, CODE_MAX, LIST_MAX, LONG_TEXT_MAX, TEXT_MAX, YEAR_MAX, YEAR_MIN } from './limits.ts'
import * as schemas from './schemas.ts'

interface Made<D, E> {
  readonly kind: FieldKind
  readonly expects: Text
  readonly schema: z.ZodType<D, E>
  readonly more?: Partial<Pick<Field, 'unit' | 'least' | 'most' | 'choices' | 'item' | 'fields'>>
}

/** Puts what is common to all kinds around a schema, and a commitment in the place of sealed values. */
function make<A extends About<unknown>, D, E>(
  about: A,
  { kind, expects, schema, more = {} }: Made<D, E>,
): FieldOf<A, D, E> {
  const grade = about.grade ?? 'internal'
  const made: Field = {
    kind,
    title: about.title,
    ...(about.hint ? { hint: about.hint } : {}),
    grade,
    example: about.example as Json,
    required: true,
    expects,
    ...more,
    plain: schema,
    stored: isSealed(grade) ? schemas.commitment() : schema,
  }
  return made as FieldOf<A, D, E>
}

const said = (zh: string, en: string): Text => ({ zh, en })
const lower = (s: string): string => schemas.plainSigns(s).toLowerCase()

/** A line of text; spaces around it go, Unicode is composed (NFC). @param about.max characters, at most 200 */
const text = <A extends About<string> & { readonly max?: number }>(about: A): FieldOf<A, string, string> =>
  make(about, {
    kind: 'text',
    expects: said('一行文字', 'a line of text'),
    schema: schemas.lineOfText(Math.min(about.max ?? TEXT_MAX, TEXT_MAX)),
  })

/** A text of several lines. @param about.max characters, 10 000 where left out */
const longText = <A extends About<string> & { readonly max?: number }>(about: A): FieldOf<A, string, string> =>
  make(about, {
    kind: 'long-text',
    expects: said('一段文字', 'a text'),
    schema: schemas.linesOfText(Math.min(about.max ?? LONG_TEXT_MAX, LONG_TEXT_MAX)),
  })

/** A code of one pattern (`^…$`, linear: no repeated group inside a repetition). @param about.expects what a right one looks like */
const code = <A extends About<string> & { readonly pattern: RegExp; readonly expects: Text; readonly max?: number }>(
  about: A,
): FieldOf<A, string, string> => {
  assert(/^\^.*\$$/s.test(about.pattern.source), `pattern of a code has both ends: ${about.pattern.source}`)
  return make(about, {
    kind: 'code',
    expects: about.expects,
    schema: schemas.patterned<string>(about.pattern, Math.min(about.max ?? CODE_MAX, CODE_MAX)),
  })
}

const UUID_LENGTH = 36
const uuidOf = <A extends About<string>>(about: A, kind: FieldKind, expects: Text): FieldOf<A, Uuid, string> =>
  make(about, { kind, expects, schema: schemas.uuid(isUuid, UUID_LENGTH, lower) })

const id = <A extends About<string>>(about: A): FieldOf<A, Uuid, string> =>
  uuidOf(about, 'id', said('编号（UUID）', 'an id (UUID)'))
const person = <A extends About<string>>(about: A): FieldOf<A, Uuid, string> =>
  uuidOf(about, 'person', said('人员的编号', 'the id of a person'))
const organisation = <A extends About<string>>(about: A): FieldOf<A, Uuid, string> =>
  uuidOf(about, 'organisation', said('单位的编号', 'the id of an organisation'))
const account = <A extends About<string>>(about: A): FieldOf<A, Uuid, string> =>
  uuidOf(about, 'account', said('账户的编号', 'the id of an account'))

/** The id of an act, made by who submits it. */
const actId = <A extends About<string>>(about: A): FieldOf<A, Uuid, string> =>
  make(about, {
    kind: 'act-id',
    expects: said('办理事项的编号（第 7 版 UUID）', 'the id of an act (UUID version 7)'),
    schema: schemas.uuid((s): s is Uuid => uuidVersion(s) === 7, UUID_LENGTH, lower),
  })

const civilDate = <A extends About<string>>(about: A): FieldOf<A, CivilDate, string> =>
  make(about, {
    kind: 'civil-date',
    expects: said('日期，例如 2026-01-31', 'a date such as 2026-01-31'),
    schema: schemas.day(),
  })

/** Any zone is accepted and kept as UTC. */
const instant = <A extends About<string>>(about: A): FieldOf<A, Instant, string> =>
  make(about, {
    kind: 'instant',
    expects: said(
      '带时区的时刻，例如 2026-01-31T16:00:00+08:00',
      'a time with its zone such as 2026-01-31T16:00:00+08:00',
    ),
    schema: schemas.moment(),
  })

/** A calendar year, a JSON number. */
const year = <A extends About<number>>(about: A): FieldOf<A, number, number> =>
  make(about, {
    kind: 'year',
    expects: said('四位年份，例如 2026', 'a year such as 2026'),
    schema: schemas.safeInteger(YEAR_MIN, YEAR_MAX),
    more: { least: String(YEAR_MIN), most: String(YEAR_MAX) },
  })

/** Both days belong to it; without `to` it has no end. */
const period = <A extends About<{ readonly from: string; readonly to?: string }>>(
  about: A,
): FieldOf<A, Period, { readonly from: string; readonly to?: string }> =>
  make(about, {
    kind: 'period',
    expects: said(
      '起止日期，例如 {"from": "2026-01-01", "to": "2026-12-31"}',
      'a period such as {"from": "2026-01-01", "to": "2026-12-31"}',
    ),
    schema: schemas.span(),
  })

/** A number with its unit; any unit of the same dimension is accepted and kept as given. Bounds are in `unit`. */
const quantity = <
  A extends About<QuantityText> & { readonly unit: string; readonly min?: string; readonly max?: string },
>(
  about: A,
): FieldOf<A, Quantity, { readonly value: string; readonly unit: string }> => {
  const bound = (s: string | undefined): Dec | undefined => (s === undefined ? undefined : dec(s))
  const [min, max] = [bound(about.min), bound(about.max)]
  return make(about, {
    kind: 'quantity',
    expects: said(
      `数和单位，都用文字写，例如 {"value": "${about.example.value}", "unit": "${about.example.unit}"}`,
      `a number and a unit, both as text, such as {"value": "${about.example.value}", "unit": "${about.example.unit}"}`,
    ),
    schema: schemas.measured(about.unit, { ...(min ? { min } : {}), ...(max ? { max } : {}) }),
    more: {
      unit: about.unit,
      ...(min ? { least: decText(min) } : {}),
      ...(max ? { most: decText(max) } : {}),
    },
  })
}

interface Range {
  readonly min?: bigint
  readonly max?: bigint
}

const range = ({ min = 0n, max = AMOUNT_MAX }: Range): readonly [bigint, bigint] => [min, max]

/** Yuan as text ↔ fen. Zero and more, unless `min` (in fen) says otherwise. */
const money = <A extends About<string> & Range>(about: A): FieldOf<A, Fen, string> => {
  const [min, max] = range(about)
  return make(about, {
    kind: 'money',
    expects: said(
      '以元计的金额，用文字写，最多两位小数，例如 "1200.50"',
      'an amount in yuan as text such as "1200.50"',
    ),
    schema: schemas.yuan(min, max),
    more: { unit: '元', least: fenText(min), most: fenText(max) },
  })
}

/** A whole number of an asset's smallest unit, as text ↔ bigint. Zero and more, unless `min` says otherwise. */
const amount = <A extends About<string> & Range>(about: A): FieldOf<A, bigint, string> => {
  const [min, max] = range(about)
  return make(about, {
    kind: 'amount',
    expects: said('整数，用文字写，例如 "1200"', 'a whole number as text such as "1200"'),
    schema: schemas.wholeNumber(min, max),
    more: { least: String(min), most: String(max) },
  })
}

/** A small whole number, a JSON number: counts and ranks, never money and never a measure. */
const integer = <A extends About<number> & { readonly min?: number; readonly max?: number }>(
  about: A,
): FieldOf<A, number, number> => {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = about
  return make(about, {
    kind: 'integer',
    expects: said('整数，例如 12', 'a whole number such as 12'),
    schema: schemas.safeInteger(min, max),
    more: { least: String(min), most: String(max) },
  })
}

/** Yes or no; nothing else counts as either. */
const flag = <A extends About<boolean>>(about: A): FieldOf<A, boolean, boolean> =>
  make(about, { kind: 'flag', expects: said('true（是）或 false（否）', 'true or false'), schema: z.boolean() })

const choice = <const C extends readonly Choice[], A extends About<C[number]['value']>>(
  about: A & { readonly choices: C },
): FieldOf<A, C[number]['value'], C[number]['value']> => {
  const values: readonly C[number]['value'][] = about.choices.map((c) => c.value)
  assert(values.length > 0 && new Set(values).size === values.length, `choices differ: ${values.join(' ')}`)
  return make<A, C[number]['value'], C[number]['value']>(about, {
    kind: 'choice',
    expects: said(
      about.choices.map((c) => `${c.value}（${c.title.zh}）`).join('、'),
      about.choices.map((c) => `${c.value} (${c.title.en})`).join(', '),
    ),
    schema: z.enum(values),
    more: { choices: about.choices },
  })
}

/** The code of a region (GB/T 2260 or the operator's own). */
const region = <A extends About<string>>(about: A): FieldOf<A, string, string> =>
  make(about, {
    kind: 'region',
    expects: said('区域代码，例如 430725', 'the code of a region such as 430725'),
    schema: schemas.patterned<string>(/^[0-9A-Za-z-]{2,20}$/, 20),
  })

/** The SHA-256 of a stored document. */
const fileHash = <A extends About<string>>(about: A): FieldOf<A, string, string> =>
  make(about, {
    kind: 'file-hash',
    expects: said('文件的 SHA-256（64 位十六进制）', 'the SHA-256 of a file, 64 hexadecimal digits'),
    schema: schemas.patterned<string>(/^[0-9a-f]{64}$/, 64, lower),
  })

type AboutParts = Omit<About, 'example'>

/** Rows of one item. Without a grade of its own its items carry theirs; with a sealed one it is sealed as a whole. */
const list = <D, E, A extends AboutParts & { readonly min?: number; readonly max?: number; readonly example?: Json }>(
  item: Field<D, E, true>,
  about: A,
): FieldOf<A, readonly D[], readonly E[]> => {
  const [min, max] = [about.min ?? 0, Math.min(about.max ?? LIST_MAX, LIST_MAX)]
  const rows = (of: z.ZodType): z.ZodType => z.array(of).min(min).max(max)
  const example = about.example ?? Array.from({ length: Math.max(min, 1) }, () => item.example)
  return containing({ ...about, example }, { kind: 'list', item, least: String(min), most: String(max) }, [
    rows(item.plain),
    rows(item.stored),
  ]) as FieldOf<A, readonly D[], readonly E[]>
}

/** Fields that belong together. Without a grade of its own its fields carry theirs. */
const group = <F extends Fields, A extends AboutParts>(
  fields: F,
  about: A,
): FieldOf<A, DecodedFields<F>, EncodedFields<F>> => {
  const inner = form(fields)
  const example = Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.example]))
  return containing({ ...about, example }, { kind: 'group', fields }, [inner.plain, inner.stored]) as FieldOf<
    A,
    DecodedFields<F>,
    EncodedFields<F>
  >
}

function containing(
  about: About,
  more: { readonly kind: 'list' | 'group' } & Made<unknown, unknown>['more'],
  [plain, stored]: readonly [z.ZodType, z.ZodType],
): Field {
  const { kind, ...parts } = more
  const expects = kind === 'list' ? said('一个列表', 'a list') : said('一组字段', 'a set of fields')
  const grade = about.grade ?? 'public'
  const made: Field = make({ ...about, grade }, { kind, expects, schema: plain, more: parts })
  return isSealed(grade) ? made : { ...made, stored }
}

/** A field that may be left out; `null` and empty text are not left out. */
const optional = <D, E>(of: Field<D, E, true>): Field<D, E, false> => ({ ...of, required: false })

export const field = {
  text,
  longText,
  code,
  id,
  actId,
  person,
  organisation,
  account,
  civilDate,
  instant,
  year,
  period,
  quantity,
  money,
  amount,
  integer,
  flag,
  choice,
  region,
  fileHash,
  list,
  group,
  optional,
} as const

/** Names are TypeScript names and appear in paths, routes and command lines as they are. */
const NAME = /^[a-z][A-Za-z0-9]*$/

/** Puts fields together to what a command or a query takes. */
export function form<F extends Fields>(fields: F): Form<F> {
  const shape = (side: 'plain' | 'stored'): z.ZodType =>
    z.strictObject(
      Object.fromEntries(
        Object.entries(fields).map(([name, f]) => [name, f.required ? f[side] : z.optional(f[side])] as const),
      ),
    )
  for (const name of Object.keys(fields)) assert(NAME.test(name) && !(name in Object.prototype), `field name ${name}`)
  return { fields, plain: shape('plain'), stored: shape('stored') }
}
