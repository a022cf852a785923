// Personal and secret values leave the input before anything is decided, hashed or written: the act holds their commitments,
// the values with their salts stand in a table of their own and can be erased.

import { canonicalJson, isSealed, walk, type Form, type Grade, type Json } from '../../kernel/index.ts'
import { commit, commitmentOf } from '../evidence/index.ts'
import type { JsonObject } from './json-object.ts'

export interface SealedValue {
  readonly commitment: string
  readonly path: string
  readonly grade: Grade
  readonly salt: Uint8Array
  /** The text that was committed to: a text as it is, anything else as canonical JSON. */
  readonly value: string
}

export interface Sealed {
  readonly json: JsonObject
  readonly values: readonly SealedValue[]
}

export const plainText = (value: Json): string => (typeof value === 'string' ? value : canonicalJson(value))

/** Puts a commitment in the place of every personal or secret value. */
export function seal(form: Form, json: JsonObject, random: (count: number) => Uint8Array): Sealed {
  const values: SealedValue[] = []
  const sealed = walk(form, json, (value, { path, grade }) => {
    if (!isSealed(grade)) return undefined
    const text = plainText(value)
    const { commitment, salt } = commit(text, random)
    values.push({ commitment, path, grade, salt, value: text })
    return commitment
  })
  return { json: sealed, values }
}

/** Seals again with the salts of an earlier submission, so that the two can be compared. A value that was erased meanwhile
 *  cannot be compared: its old commitment is taken over. */
export function sealLike(
  form: Form,
  json: JsonObject,
  earlier: ReadonlyMap<string, { readonly commitment: string; readonly salt: Uint8Array | null }>,
): JsonObject {
  return walk(form, json, (value, { path, grade }) => {
    if (!isSealed(grade)) return undefined
    const before = earlier.get(path)
    if (!before) return '~'
    return before.salt === null ? before.commitment : commitmentOf(before.salt, plainText(value))
  })
}
