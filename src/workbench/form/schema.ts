// The JSON Schema of a form as the server sends it: the part a screen reads. Everything stands in the declaration of the
// command; here is only its shape.

import type { FieldKind, Grade, Text } from '../../kernel/index.ts'

export interface FieldSchema {
  readonly 'x-kind': FieldKind
  readonly 'x-title': Text
  readonly 'x-hint'?: Text
  readonly 'x-grade'?: Grade
  readonly 'x-unit'?: string
  readonly 'x-choices'?: readonly { readonly value: string; readonly title: Text }[]
  readonly 'x-least'?: string
  readonly 'x-most'?: string
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: FieldSchema
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
  readonly examples?: readonly unknown[]
  /** A masked value is one of two: as it is, or the mask. */
  readonly anyOf?: readonly Partial<FieldSchema>[]
}

export interface GroupSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
}

/** `GET /api/v1/forms/<command>` */
export interface CommandFormSchema {
  readonly name: string
  readonly version: number
  readonly title: Text
  readonly clause?: string
  readonly approval: boolean
  readonly schema: GroupSchema
}

/** `GET /api/v1/forms/query/<query>` */
export interface QueryFormSchema {
  readonly name: string
  readonly title: Text
  readonly input: GroupSchema
  readonly row: GroupSchema
}
