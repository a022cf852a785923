// Submitting as the system, and telling what is only in the way now from what is wrong with the command itself.

import { ProblemError, type JsonObject, type Problem } from '../../kernel/index.ts'
import { SYSTEM_PERSON } from '../identity/index.ts'
import type { Outcome, Recorder, Submission } from '../record/index.ts'
import { timerProblem } from './problems.ts'

export interface Submitting {
  readonly recorder: Recorder
  /** Told what only a mistake of the program can throw. The command at fault is set aside; the others go on. */
  readonly onBug?: (e: unknown) => void
}

/** @throws ProblemError where the database, the disk or the clock of the machine is in the way: nothing is decided then */
export async function submitAsSystem(
  { recorder, onBug }: Submitting,
  submission: Omit<Submission, 'person' | 'role'>,
): Promise<Outcome> {
  let outcome: Outcome
  try {
    outcome = await recorder.submit({ ...submission, person: SYSTEM_PERSON, role: 'system' })
  } catch (e) {
    onBug?.(e)
    return { ok: false, problems: [timerProblem('timer.bug', { name: submission.command })] }
  }
  if (!outcome.ok && outcome.problems.some(isPassing)) throw new ProblemError(outcome.problems)
  return outcome
}

/** What a note of a failure takes. */
export const failureOf = (problems: readonly Problem[], place: string | null): JsonObject => ({
  code: problems[0]!.code,
  zh: problems.map((p) => p.zh).join('\n'),
  en: problems.map((p) => p.en).join('\n'),
  ...(place === null ? {} : { place }),
})

const PASSING = ['record.busy', 'record.reopen', 'record.closing', 'record.clock-backwards']

/** Not the command's fault: the same command may be accepted later. */
export const isPassing = ({ code }: Problem): boolean =>
  PASSING.includes(code) || code.startsWith('store.') || code.startsWith('journal.')
