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
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value as readonly Json[]) items += (items === '' ? '' : ',') + canonicalJson(item)
    return `[${items}]`
  }
  const object = value as { readonly [key: string]: Json | undefined }
  let members = ''
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}
