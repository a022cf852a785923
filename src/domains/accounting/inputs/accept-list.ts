// A guess counts only when someone answers for it: accepting a list names who and when, and is refused while a question is open.

import { civilDate, ProblemError, type Problem } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'
import { checkAccepted, checkList } from './check-list.ts'

/** @throws ProblemError the open questions, or what is wrong with the list or the date */
export function acceptList(list: InputList, by: string, on: string): InputList {
  const accepted: InputList = { ...list, accepted: { by, on: civilDate(on) } }
  const problems: readonly Problem[] = [...checkList(accepted), ...checkAccepted(accepted, 'account.yaml')]
  if (problems.length > 0) throw new ProblemError(problems)
  return accepted
}
