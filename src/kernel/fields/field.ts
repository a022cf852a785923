// What a field and a form are, and the TypeScript types that follow from a declaration.
// `Encoded` is the canonical JSON that is stored and hashed; `Decoded` is what a decision works with: bigint, quantities,
// and for personal and secret values only their commitment.

import type * as z from 'zod'
import type { Json } from '../canonical-json.ts'
import type { Text } from '../text.ts'
import type { Commitment, Grade, SealedGrade } from './grade.ts'

export type FieldKind =
  | 'text'
  | 'long-text'
  | 'code'
  | 'id'
  | 'act-id'
  | 'person'
  | 'organisation'
  | 'account'
  | 'civil-date'
  | 'instant'
  | 'year'
  | 'period'
  | 'quantity'
  | 'money'
  | 'amount'
  | 'integer'
  | 'flag'
  | 'choice'
  | 'region'
  | 'file-hash'
  | 'list'
  | 'group'

export interface Choice<V extends string = string> {
  readonly value: V
  readonly title: Text
}

/** One field. @typeParam D decoded @typeParam E encoded, canonical JSON @typeParam R false where it may be left out */
export interface Field<D = unknown, E = unknown, R extends boolean = boolean> {
  readonly kind: FieldKind
  readonly title: Text
  readonly hint?: Text
  /** The value's own grade. A list or group without one leaves it to its parts. */
  readonly grade: Grade
  /** What a right value looks like, in canonical JSON. */
  readonly example: Json
  readonly required: R
  /** How a right value is written, told to who wrote a wrong one. */
  readonly expects: Text
  /** Of quantities: values in any unit of the same dimension are accepted. */
  readonly unit?: string
  /** Bounds as text: of numbers (fen as yuan), and of how many rows a list has. */
  readonly least?: string
  readonly most?: string
  readonly choices?: readonly Choice[]
  /** Of lists. */
  readonly item?: Field
  /** Of groups. */
  readonly fields?: Fields
  /** What a person gives, before sealing. */
  readonly plain: z.ZodType
  /** What is stored: as `plain`, or the commitment of a personal or secret value. */
  readonly stored: z.ZodType<D, E>
}

export type Fields = Readonly<Record<string, Field>>

/** A set of named fields: what a command or a query takes. */
export interface Form<F extends Fields = Fields> {
  readonly fields: F
  readonly plain: z.ZodType
  readonly stored: z.ZodType
}

type Flat<T> = { readonly [K in keyof T]: T[K] }
type NeedNot<F extends Fields> = { [K in keyof F]: F[K] extends { readonly required: false } ? K : never }[keyof F]

export type DecodedFields<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, NeedNot<F>>]: Decoded<F[K]> } & { readonly [K in NeedNot<F>]?: Decoded<F[K]> }
>
export type EncodedFields<F extends Fields> = Flat<
  { readonly [K in Exclude<keyof F, NeedNot<F>>]: Encoded<F[K]> } & { readonly [K in NeedNot<F>]?: Encoded<F[K]> }
>

/** What a decision works with, of a field or a form. */
export type Decoded<T extends Field | Form> =
  T extends Form<infer F> ? DecodedFields<F> : T extends Field<infer D> ? D : never

/** Canonical JSON as stored, of a field or a form. */
export type Encoded<T extends Field | Form> =
  T extends Form<infer F> ? EncodedFields<F> : T extends Field<infer _D, infer E> ? E : never

/** What every field is declared with. */
export interface About<E = Json> {
  readonly title: Text
  readonly hint?: Text
  /** `internal` where left out. */
  readonly grade?: Grade
  readonly example: E
}

/** A field of values `D`, which are commitments where the declared grade is a sealed one. */
export type FieldOf<A, D, E> = A extends { readonly grade: SealedGrade }
  ? Field<Commitment, string, true>
  : Field<D, E, true>
