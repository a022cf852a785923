// An instant: a point of time in UTC with milliseconds, as text that sorts in the order of time. It says when something
// was recorded; the day on which it counts by law is a civil date, which an instant gives only together with a zone.
// Always holds: years 0000 to 9999, so that texts of equal length compare as times do.

import { civilDate, type CivilDate } from './period.ts'
import { defineProblems, ProblemError } from './problem.ts'

const problem = defineProblems({
  'instant.not-an-instant': {
    severity: 'red',
    zh: '“{value}”不是时刻。',
    en: '"{value}" is not a point of time.',
    hint: {
      zh: '请按 2026-01-31T08:00:00Z 或 2026-01-31T16:00:00+08:00 的样子填写，秒的小数不超过三位。',
      en: 'Write it as 2026-01-31T08:00:00Z or 2026-01-31T16:00:00+08:00, with no more than three digits of a second.',
    },
  },
  'instant.not-a-zone': {
    severity: 'red',
    zh: '“{value}”不是时区。',
    en: '"{value}" is not a time zone.',
    hint: { zh: '请写与世界时的差，例如 +08:00。', en: 'Write the difference from UTC, for example +08:00.' },
  },
})

declare const instantMark: unique symbol
/** `2026-01-31T08:00:00.000Z`; texts compare in the order of time. */
export type Instant = string & { readonly [instantMark]: true }

const WRITTEN = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:\d{2})$/
const ZONE = /^([+-])(\d{2}):(\d{2})$/
const FIRST_MS = Date.UTC(2000, 0, 1) - 730_485 * 86_400_000
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Reads ISO 8601 text with a zone; undefined where it is none. Leap seconds are not counted and not accepted. */
export function findInstant(value: string): Instant | undefined {
  const m = WRITTEN.exec(value.trim())
  if (!m) return undefined
  const [h, min, s] = [Number(m[2]), Number(m[3]), Number(m[4])]
  const offset = m[6] === 'Z' ? 0 : zoneMinutes(m[6]!)
  if (h > 23 || min > 59 || s > 59 || offset === undefined || !isDay(m[1]!)) return undefined
  const day = Date.parse(`${m[1]}T00:00:00.000Z`)
  const ms = day + ((h * 60 + min - offset) * 60 + s) * 1000 + Number((m[5] ?? '').padEnd(3, '0'))
  return ms < FIRST_MS || ms > LAST_MS ? undefined : instantOfMs(ms)
}

/** @throws ProblemError `instant.not-an-instant` */
export function instant(value: string): Instant {
  const found = findInstant(value)
  if (found === undefined) throw new ProblemError(problem('instant.not-an-instant', { value: value.slice(0, 60) }))
  return found
}

/** @param ms of the Unix epoch, whole, in years 0000 to 9999 @throws RangeError */
export function instantOfMs(ms: number): Instant {
  if (!Number.isInteger(ms) || ms < FIRST_MS || ms > LAST_MS) throw new RangeError(`no instant: ${ms} ms`)
  return new Date(ms).toISOString() as Instant
}

export const instantMs = (i: Instant): number => Date.parse(i)

/** @throws RangeError beyond the years 0000 to 9999 */
export const addMs = (i: Instant, ms: number): Instant => instantOfMs(instantMs(i) + ms)

/** The day it is at that instant where clocks differ from UTC by `zone`, for example `+08:00`.
 *  @throws ProblemError `instant.not-a-zone` @throws RangeError beyond the years 0000 to 9999 */
export function civilDateIn(i: Instant, zone: string): CivilDate {
  const minutes = zoneMinutes(zone)
  if (minutes === undefined) throw new ProblemError(problem('instant.not-a-zone', { value: zone.slice(0, 60) }))
  return civilDate(addMs(i, minutes * 60_000).slice(0, 10))
}

/** Zones reach from −12:00 to +14:00. */
function zoneMinutes(zone: string): number | undefined {
  const m = ZONE.exec(zone)
  if (!m || Number(m[3]) > 59) return undefined
  const minutes = (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]))
  return minutes < -12 * 60 || minutes > 14 * 60 ? undefined : minutes
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}
