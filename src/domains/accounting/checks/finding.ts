// A finding is a problem that a check made, with the figure it is about.

import type { Problem } from '../../../kernel/index.ts'
import type { CheckId, Finding } from '../model.ts'
import type { Subject } from './cases.ts'

/** `problem` made with the values of the sentence; place and figure come from the subject. */
export const finding = (check: CheckId, problem: Problem, about: Subject): Finding => ({
  ...problem,
  ...(about.at ? { at: about.at } : {}),
  check,
  ...(about.figure === undefined ? {} : { figure: about.figure }),
})
