// Values of people: what is kept opens its commitment, what was erased has neither salt nor value, and an
// act says so; what an act erased is gone.

import { opensCommitment } from '../../evidence/index.ts'
import { sql, type Reader } from '../../store/index.ts'
import { bytesOfHex } from './acts.ts'
import type { Checking } from './checking.ts'
import { checkProblem } from './problems.ts'
import { pagesOf } from './text-rows.ts'

interface Kept {
  readonly commitment: string
  readonly act: string
  readonly path: string
  readonly salt: string | null
  readonly value: string | null
}

/** @returns how many stand and how many were erased */
export async function checkPersonal(
  tx: Reader,
  work: Checking,
): Promise<{ readonly kept: number; readonly erased: number }> {
  let kept = 0
  let erased = 0
  const rows = sql`select commitment, act::text as act, path, salt::text as salt, value from personal_value`
  for await (const page of pagesOf<Kept>(tx, 'check_personal', rows)) {
    for (const { commitment, act, path, salt, value } of page) {
      const gone = salt === null && value === null
      if (gone) erased++
      else kept++
      const opens = salt !== null && value !== null && opensCommitment(commitment, bytesOfHex(salt), value)
      const ought = work.erased.has(commitment)
      if (gone !== ought)
        work.tell(checkProblem(ought ? 'check.personal-stands' : 'check.personal-gone', { commitment, act, path }))
      if (!gone && !opens) work.tell(checkProblem('check.personal-value', { commitment, act, path }))
    }
    work.progress({ stage: 'personal', done: kept + erased, of: kept + erased })
  }
  return { kept, erased }
}
