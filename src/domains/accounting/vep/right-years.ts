// Years of a right counted from the valuation date: a term of n years ends on the day before the n-th anniversary.
// Serves the refusal of a term beyond the remaining right. Civil dates only; 29 February falls to the 28th.

import { civilDate, type CivilDate } from '../../../kernel/index.ts'

const DAY_MS = 86_400_000
const days = (d: CivilDate): number =>
  Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7)) - 1, Number(d.slice(8, 10))) / DAY_MS
const fromDays = (n: number): CivilDate => civilDate(new Date(n * DAY_MS).toISOString().slice(0, 10))

function anniversary(date: CivilDate, years: number): CivilDate {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0')
  const leap = new Date(Date.UTC(Number(year), 1, 29)).getUTCMonth() === 1
  return civilDate(date.slice(5) === '02-29' && !leap ? `${year}-02-28` : `${year}${date.slice(4)}`)
}

/** The last day of a term of `years` whole years that begins on `date`. */
export const termEnd = (date: CivilDate, years: number): CivilDate => fromDays(days(anniversary(date, years)) - 1)

/** Whole years from `date` that end within the right; 0 where less than one is left. */
export function remainingYears(date: CivilDate, rightTo: CivilDate): number {
  let years = Math.max(0, Number(rightTo.slice(0, 4)) - Number(date.slice(0, 4)) + 1)
  while (years > 0 && termEnd(date, years) > rightTo) years--
  return years
}
