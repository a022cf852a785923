// Personal values of a file: sealed as those of a form are, with salts that follow from the house's key, the batch and the place in
// the file. So the file read again gives the same commitments, and nobody without the key can guess a value from one.

import { createHmac } from 'node:crypto'
import { isSealed, walk, type Form, type Grade, type Json, type JsonObject } from '../../kernel/index.ts'
import { commitmentOf, PERSONAL_SALT_BYTES } from '../evidence/index.ts'

/** Bytes of the house's key for personal values. */
export const HOUSE_KEY_BYTES = 32

export interface BroughtValue {
  readonly commitment: string
  readonly path: string
  readonly grade: Grade
  readonly salt: Uint8Array
  readonly value: string
}

const mac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Finds a value by equality. @returns 64 hexadecimal digits */
export const keyedHash = (key: Uint8Array, kind: string, text: string): string =>
  mac(key, `qingshan lookup v1\n${kind}\n${text}`).toString('hex')

/** Puts commitments in the place of personal and secret values. */
export function sealLine(
  columns: Form,
  json: JsonObject,
  { key, batch, line }: { readonly key: Uint8Array; readonly batch: string; readonly line: number },
): { readonly json: JsonObject; readonly values: readonly BroughtValue[] } {
  const values: BroughtValue[] = []
  const sealed = walk(columns, json, (value: Json, { path, grade }) => {
    if (!isSealed(grade)) return undefined
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const salt = Uint8Array.from(
      mac(key, `qingshan import salt v1\n${batch}\n${line}\n${path}`).subarray(0, PERSONAL_SALT_BYTES),
    )
    const commitment = commitmentOf(salt, text)
    values.push({ commitment, path: `line.${line}.${path}`, grade, salt, value: text })
    return commitment
  })
  return { json: sealed, values }
}
