// Civil dates and periods as the law counts them: no time zone, ISO text, both ends included.

import { defineProblems, ProblemError } from './problem.ts'

const problem = defineProblems({
  'date.not-a-date': {
    severity: 'red',
    zh: '“{value}”不是日期。',
    en: '"{value}" is not a date.',
    hint: { zh: '请按 2026-01-31 的样子填写。', en: 'Write it as 2026-01-31.' },
  },
})

declare const civil: unique symbol
/** `2026-01-31`; texts compare in the order of the dates. */
export type CivilDate = string & { readonly [civil]: true }

export interface Period {
  readonly from: CivilDate
  readonly to?: CivilDate
}

/** @throws ProblemError `date.not-a-date` */
export function civilDate(value: string): CivilDate {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.trim())
  if (m) {
    const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])]
    const t = new Date(Date.UTC(y, mo - 1, d))
    if (t.getUTCFullYear() === y && t.getUTCMonth() === mo - 1 && t.getUTCDate() === d) return value.trim() as CivilDate
  }
  throw new ProblemError(problem('date.not-a-date', { value }))
}

export const inPeriod = (date: CivilDate, p: Period): boolean => date >= p.from && (p.to === undefined || date <= p.to)

/** The last day of a year: the legal date on which an account of that year chooses its rules. */
export const yearEnd = (year: number): CivilDate => civilDate(`${String(year).padStart(4, '0')}-12-31`)
