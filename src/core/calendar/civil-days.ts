// Arithmetic of civil dates: days, months, weekdays. No zone but that of the law: China keeps one time, UTC+8, so a legal day
// ends at 16:00 UTC.

import { civilDate, instantOfMs, type CivilDate, type Instant } from '../../kernel/index.ts'

const DAY_MS = 86_400_000
/** Beijing time (国务院 uses one time for the whole country). */
const LEGAL_ZONE_MS = 8 * 3_600_000

const msOf = (d: CivilDate): number => Date.parse(`${d}T00:00:00.000Z`)
const dayOf = (ms: number): CivilDate => civilDate(new Date(ms).toISOString().slice(0, 10))

export const addDays = (d: CivilDate, days: number): CivilDate => dayOf(msOf(d) + days * DAY_MS)

/** Days from one date to another; negative where `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => (msOf(to) - msOf(from)) / DAY_MS

/** The same day of the month so many months later, or the last day of that month where it has none such (民法典 202). */
export function addMonths(d: CivilDate, months: number): CivilDate {
  const [y, m, day] = [Number(d.slice(0, 4)), Number(d.slice(5, 7)), Number(d.slice(8, 10))]
  const last = new Date(Date.UTC(y, m + months, 0)).getUTCDate()
  return dayOf(Date.UTC(y, m - 1 + months, Math.min(day, last)))
}

export const yearOf = (d: CivilDate): number => Number(d.slice(0, 4))

/** Saturday or Sunday. */
export const isWeekend = (d: CivilDate): boolean => [0, 6].includes(new Date(msOf(d)).getUTCDay())

/** The moment the day begins by the clock of the law. */
export const dayStart = (d: CivilDate): Instant => instantOfMs(msOf(d) - LEGAL_ZONE_MS)

/** The moment the day is over, 24:00 by the clock of the law (民法典 203). */
export const dayEnd = (d: CivilDate): Instant => dayStart(addDays(d, 1))
