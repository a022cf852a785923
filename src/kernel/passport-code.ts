// Short codes a person can read aloud and type: Crockford base 32 with a check character, `K7M2-9T4X-3`.
// The code comes from the hash of a figure's key and not from its value, so a corrected value keeps its code.

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECK = DIGITS + '*~$=U'
/** Two digits together, of ten bits. */
const PAIRS = [...DIGITS].flatMap((a) => [...DIGITS].map((b) => a + b))

/** Forty bits are whole numbers in doubles. */
function value40(code: string): number {
  let v = 0
  for (const c of code) v = v * 32 + DIGITS.indexOf(c)
  return v
}

/** The code of the first 40 bits of a digest. */
export function passportCode(digest: Uint8Array): string {
  let v = 0
  for (let i = 0; i < 5; i++) v = v * 256 + (digest[i] ?? 0)
  return codeOf40(v)
}

/** The code of a whole number below 2⁴⁰. */
export function codeOf40(v: number): string {
  const [high, low] = [Math.floor(v / 0x100000), v % 0x100000]
  return `${PAIRS[high >> 10]!}${PAIRS[high & 1023]!}-${PAIRS[low >> 10]!}${PAIRS[low & 1023]!}-${CHECK[v % 37]!}`
}

/** Reads a typed code: case, spaces and hyphens do not matter, O is 0, I and L are 1. Undefined if the check fails. */
export function parsePassportCode(typed: string): string | undefined {
  const s = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
  if (s.length !== 9) return undefined
  const body = s.slice(0, 8).replaceAll('O', '0').replace(/[IL]/g, '1')
  const check = s[8] === 'O' ? '0' : s[8] === 'I' || s[8] === 'L' ? '1' : s[8]!
  if ([...body].some((c) => !DIGITS.includes(c))) return undefined
  if (CHECK[value40(body) % 37] !== check) return undefined
  return `${body.slice(0, 4)}-${body.slice(4)}-${check}`
}
