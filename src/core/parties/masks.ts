// How personal values are shown to people who may know them in part: on lists, notices and screens. Nobody is shown a whole code.

/** The ends stay: `430725********1234`. Short codes keep only their last sign. */
export function maskedCode(code: string, ends: { readonly first: number; readonly last: number }): string {
  const { first, last } = code.length >= ends.first + ends.last + 4 ? ends : { first: 0, last: 1 }
  return `${code.slice(0, first)}${'*'.repeat(Math.max(4, code.length - first - last))}${code.slice(-last)}`
}

export const maskedIdNumber = (code: string): string => maskedCode(code, { first: 6, last: 4 })
export const maskedPassport = (code: string): string => maskedCode(code, { first: 1, last: 2 })
export const maskedAccount = (code: string): string => maskedCode(code, { first: 4, last: 4 })
export const maskedPhone = (code: string): string => maskedCode(code, { first: 3, last: 4 })
