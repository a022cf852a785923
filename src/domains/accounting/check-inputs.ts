// What stands in the way of a run, before it is begun: the list, the numbers it points at, the maps. The same reading as the run's
// own, without computing anything.

import type { Problem } from '../../kernel/index.ts'
import type { RuleBook } from '../../core/rules/index.ts'
import type { InputList } from './input-list.ts'
import { checkAccepted, checkList, readFacts } from './inputs/index.ts'
import { openMaps } from './maps/open-maps.ts'
import { overrideProblems } from './override-proof.ts'
import { classificationOf, sameSaid } from './run.ts'

export interface InputsChecked {
  readonly problems: readonly Problem[]
  /** Numbers that were read. */
  readonly facts: number
  readonly files: number
}

/** Red and yellow problems together; a run would stop at the red ones. */
export function checkInputs(folder: string, list: InputList, book: RuleBook): InputsChecked {
  const before = [...checkList(list), ...checkAccepted(list, 'account.yaml'), ...overrideProblems(list.overrides ?? [])]
  const read = readFacts(folder, list, { classification: classificationOf(book) })
  const opened = openMaps(folder, list, read, book)
  opened.stack?.close()
  const told = new Set(read.problems.map(sameSaid))
  const problems = [...before, ...read.problems, ...opened.problems.filter((p) => !told.has(sameSaid(p)))]
  return { problems, facts: read.facts.length + opened.facts.length, files: read.sources.length }
}
