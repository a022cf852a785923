// Numbers for people: kind, place, year, six digits and a check character, `PW-430124-2026-000012-7`. Without gaps, since a
// number is taken only by an act that is accepted. The check character is ISO/IEC 7064, MOD 37,36, over letters and digits:
// it finds every single wrong character and every swap of neighbours.

import { ProblemError } from '../../kernel/index.ts'
import type { SeriesName } from './model.ts'
import { recordProblem } from './problems.ts'

const CHARS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** @throws Error on a character that is neither a digit nor a capital letter */
export function checkCharacter(body: string): string {
  let p = 36
  for (const c of body.replaceAll('-', '')) {
    const v = CHARS.indexOf(c)
    if (v < 0) throw new Error(`number: ${body}`)
    p = (p + v) % 36
    if (p === 0) p = 36
    p = (p * 2) % 37
  }
  return CHARS[(37 - p) % 36]!
}

const LAST = 999_999n

/** @throws ProblemError `record.number-full` */
export function numberText(series: SeriesName, n: bigint): string {
  if (n > LAST) throw new ProblemError(recordProblem('record.number-full', { ...series }))
  const body = `${series.kind}-${series.place}-${series.year}-${n.toString().padStart(6, '0')}`
  return `${body}-${checkCharacter(body)}`
}

/** Whether a typed number is whole: its check character fits. */
export function isNumber(typed: string): boolean {
  const m = /^([A-Z0-9-]+)-([A-Z0-9])$/.exec(typed.normalize('NFKC').trim().toUpperCase())
  return m !== null && checkCharacter(m[1]!) === m[2]
}
