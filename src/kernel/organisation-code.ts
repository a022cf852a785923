// The unified social credit code of organisations (GB 32100-2015): 18 characters, the last of which checks the others.
// Always holds: a code with one character wrong or two neighbours swapped is found.

/** Without I, O, S, V and Z, which look like digits or like one another (GB 32100-2015, table 4). */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

export const normaliseOrganisationCode = (given: string): string =>
  given.normalize('NFKC').replaceAll(' ', '').toUpperCase()

/** The check character of the first 17: C18 = 31 − Σ Cᵢ × 3^(i−1) mod 31 (GB 32100-2015, 4.6 and annex A). */
export function organisationCheckSign(first17: string): string {
  let [sum, weight] = [0, 1]
  for (const sign of first17) {
    sum += SIGNS.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return SIGNS[(31 - (sum % 31)) % 31]!
}

/** @param code as `normaliseOrganisationCode` gives it */
export const isOrganisationCode = (code: string): boolean =>
  FORM.test(code) && organisationCheckSign(code.slice(0, 17)) === code[17]
