// The zod schemas the kinds of fields are made of: texts tidied first and checked after, and codecs between canonical
// JSON and values. Every one is made when a form is declared and none before, so that a page that only verifies carries
// no schemas. Always holds: a tidied text is tidy (tidying twice changes nothing), and an issue carries the problem
// it becomes.

import * as z from 'zod'
import { decText, dec, type Dec } from '../decimal.ts'
import type { Uuid } from '../id.ts'
import { findInstant, type Instant } from '../instant.ts'
import { fenText } from '../money.ts'
import { civilDate, type CivilDate, type Period } from '../period.ts'
import { convert, quantityText, type Quantity } from '../quantity.ts'
import { findUnit, isDimensionless, sameDimensions, unit } from '../unit.ts'
import { COMMITMENT } from './grade.ts'
import { DIGITS_MAX, NUMBER_TEXT_MAX, UNIT_TEXT_MAX } from './limits.ts'
import type { FieldProblemCode, IssueMark } from './problems.ts'

/** What a schema's check asks for when it does not hold. */
export const mark = (problem: FieldProblemCode, values: IssueMark['values'] = {}): { params: object } => ({
  params: { problem, values } satisfies IssueMark,
})

/** Adds a problem from inside a codec and gives what zod wants in return. */
function refuse(ctx: z.core.ParsePayload, problem: FieldProblemCode, values: IssueMark['values'] = {}): never {
  ctx.issues.push({ code: 'custom', input: ctx.value, ...mark(problem, values) })
  return z.NEVER
}

/** Full-width letters, digits and signs of a Chinese keyboard to their plain form. */
export const plainSigns = (s: string): string => s.normalize('NFKC').replace(/[−–]/g, '-').trim()

/** Nothing else is asked of a text that is too long: a pattern over megabytes would hold everyone up. */
const STOP = { abort: true }

const characters = (s: string): number => [...s].length

/** Control characters, marks that turn the direction of writing (a name could pretend to be another), lone surrogates. */
const UNREADABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u

function words(max: number, tidy: (s: string) => string, allowed: string): z.ZodType<string, string> {
  return z
    .string()
    .overwrite((s) => tidy(s.normalize('NFC')).trim())
    .check((ctx) => {
      const s = ctx.value
      const bad = [...s].find((c) => !allowed.includes(c) && UNREADABLE.test(c))
      if (s === '') refuse(ctx, 'field.empty')
      else if (characters(s) > max) refuse(ctx, 'field.too-long', { have: characters(s), max })
      else if (bad !== undefined)
        refuse(ctx, 'field.unreadable-character', {
          character: `U+${bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
        })
    })
    .meta({ minLength: 1, maxLength: max })
}

export const lineOfText = (max: number): z.ZodType<string, string> => words(max, (s) => s, '')
export const linesOfText = (max: number): z.ZodType<string, string> =>
  words(max, (s) => s.replace(/\r\n?/g, '\n'), '\n\t')

/** A text of one pattern, tidied first. @param pattern with ^ and $ */
export const patterned = <T extends string>(
  pattern: RegExp,
  max: number,
  tidy: (s: string) => string = plainSigns,
): z.ZodType<T, T> => z.string().overwrite(tidy).max(max, STOP).regex(pattern) as unknown as z.ZodType<T, T>

export const uuid = (
  is: (s: string) => s is Uuid,
  length: number,
  tidy: (s: string) => string,
): z.ZodType<Uuid, string> =>
  z
    .string()
    .overwrite(tidy)
    .max(length, STOP)
    .refine(is, mark('field.wrong-form'))
    .meta({ format: 'uuid' }) as unknown as z.ZodType<Uuid, string>

export const safeInteger = (min: number, max: number): z.ZodType<number, number> => z.int().min(min).max(max)

const isDay = (s: string): boolean => {
  try {
    return civilDate(s) === s
  } catch {
    return false
  }
}

export const day = (): z.ZodType<CivilDate, string> =>
  z
    .string()
    .overwrite(plainSigns)
    .refine(isDay, mark('field.wrong-form'))
    .meta({ format: 'date' }) as unknown as z.ZodType<CivilDate, string>

const canonicalInstant = (s: string): string => findInstant(plainSigns(s)) ?? s
export const moment = (): z.ZodType<Instant, string> =>
  z
    .string()
    .max(NUMBER_TEXT_MAX, STOP)
    .overwrite(canonicalInstant)
    .refine((s) => findInstant(s) === s, mark('field.wrong-form'))
    .meta({ format: 'date-time' }) as unknown as z.ZodType<Instant, string>

/** Thousands separators and a plus sign are a person's; they carry no digit. */
function plainNumber(source: string): string {
  const s = plainSigns(source).replace(/^\+/, '')
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(s) ? s.replaceAll(',', '') : s
}

const isBigint = (): z.ZodType<bigint, bigint> => z.custom<bigint>((v) => typeof v === 'bigint')

const within = (ctx: z.core.ParsePayload, b: bigint, min: bigint, max: bigint, show: (b: bigint) => string): bigint =>
  b < min
    ? refuse(ctx, 'field.below-least', { min: show(min) })
    : b > max
      ? refuse(ctx, 'field.above-most', { max: show(max) })
      : b

export const wholeNumber = (min: bigint, max: bigint): z.ZodType<bigint, string> =>
  z.codec(
    z
      .string()
      .overwrite(plainNumber)
      .max(NUMBER_TEXT_MAX, STOP)
      .regex(/^-?\d+$/),
    isBigint(),
    {
      decode: (s, ctx) => within(ctx, BigInt(s), min, max, String),
      encode: String,
    },
  )

/** Yuan with at most two decimals ↔ fen. */
export const yuan = (min: bigint, max: bigint): z.ZodType<bigint, string> =>
  z.codec(
    z
      .string()
      .overwrite(plainNumber)
      .max(NUMBER_TEXT_MAX, STOP)
      .regex(/^-?\d+(\.\d{1,2})?$/),
    isBigint(),
    {
      decode: (s, ctx) => {
        const [whole, part = ''] = s.split('.')
        return within(ctx, BigInt(whole! + part.padEnd(2, '0')), min, max, fenText)
      },
      encode: fenText,
    },
  )

const isQuantity = (): z.ZodType<Quantity, Quantity> =>
  z.custom<Quantity>(
    (v) => typeof v === 'object' && v !== null && 'value' in v && 'unit' in v && typeof v.unit === 'object',
  )
export interface Bounds {
  readonly min?: Dec
  readonly max?: Dec
}

/** Any unit of the declared one's dimension ↔ a quantity; bounds are in the declared unit. */
export function measured(unitText: string, { min, max }: Bounds): z.ZodType<Quantity, { value: string; unit: string }> {
  const declared = unit(unitText)
  const number = z
    .string()
    .overwrite(plainNumber)
    .max(NUMBER_TEXT_MAX, STOP)
    .regex(/^-?\d+(\.\d+)?$/)
  const unitName = z.string().max(UNIT_TEXT_MAX, STOP)
  return z.codec(z.strictObject({ value: number, unit: unitName }), isQuantity(), {
    decode: (given, ctx) => {
      if (given.unit.trim() === '' && !isDimensionless(declared))
        return refuse(ctx, 'field.no-unit', { unit: unitText })
      const found = findUnit(given.unit)
      if (!found) return refuse(ctx, 'field.unknown-unit', { value: given.unit, unit: unitText })
      if (!sameDimensions(found, declared))
        return refuse(ctx, 'field.wrong-unit', { value: given.unit, unit: unitText })
      const q: Quantity = { value: dec(given.value), unit: found }
      if (q.value.precision() > DIGITS_MAX) return refuse(ctx, 'field.too-many-digits', { max: DIGITS_MAX })
      const size = convert(q, declared).value
      if (min && size.lt(min)) return refuse(ctx, 'field.below-least', { min: `${decText(min)} ${unitText}` })
      if (max && size.gt(max)) return refuse(ctx, 'field.above-most', { max: `${decText(max)} ${unitText}` })
      return q
    },
    encode: quantityText,
  })
}

export const span = (): z.ZodType<Period, { readonly from: string; readonly to?: string }> =>
  z
    .strictObject({ from: day(), to: day().optional() })
    .refine((p) => p.to === undefined || p.to >= p.from, mark('field.period-backwards')) as unknown as z.ZodType<
    Period,
    { readonly from: string; readonly to?: string }
  >

export const commitment = (): z.ZodType<string, string> => patterned(COMMITMENT, 65, (s) => s)
