// Canonical JSON (RFC 8785): one text for one value, so that a hash of it means something.
// House rule on top: quantities are strings, so the only numbers are small integers.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Canonical text. Keys sort by UTF-16 code units, `undefined` members are left out.
 *  @throws Error on a number that is not a safe integer: a quantity must be a string. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new Error(`canonical JSON: ${value} is not an integer; write quantities as text`)
    return String(value === 0 ? 0 : value)
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  const object = value as { readonly [key: string]: Json | undefined }
  const members = Object.keys(object)
    .filter((k) => object[k] !== undefined)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonicalJson(object[k]!)}`)
  return `{${members.join(',')}}`
}
