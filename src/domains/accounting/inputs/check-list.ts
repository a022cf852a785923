// What a list must satisfy beyond its shape, judged without opening a single file:
// known arguments, units that convert, dimensions that are stated.

import { findUnit, sameDimensions, unit, type Place, type Problem } from '../../../kernel/index.ts'
import { ARGUMENTS, findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import { nearest } from './nearest.ts'
import { problem } from './problems.ts'

/** Where an entry of the list stands: a line of account.yaml or a cell of the twin sheet. */
export type Locate = (path: readonly (string | number)[]) => Place

const NOWHERE: Locate = () => ({})

/** @returns red problems; empty when every binding can be read as written */
export function checkList(list: InputList, locate: Locate = NOWHERE): readonly Problem[] {
  return list.arguments.flatMap((b, k) => checkBinding(b, (key) => locate(['arguments', k, ...(key ? [key] : [])])))
}

function checkBinding(b: Binding, locate: (key?: keyof Binding) => Place): readonly Problem[] {
  const argument = findArgument(b.argument)
  if (!argument) {
    const near = nearest(
      b.argument,
      ARGUMENTS.map((a) => a.id),
    ).join('、')
    return [problem('list.unknown-argument', { argument: b.argument, nearest: near }, locate('argument'))]
  }
  const out: Problem[] = []
  const have = findUnit(b.unit)
  if (!have) out.push(problem('list.unknown-unit', { unit: b.unit, argument: b.argument }, locate('unit')))
  else if (!sameDimensions(have, unit(argument.unit)))
    out.push(problem('list.unit-mismatch', { argument: b.argument, want: argument.unit, have: b.unit }, locate('unit')))
  // A class may be left out where a region has one value for all classes, and so may the item of a factor whose items are
  // names (one value of time for all sites); the item of an amount, or one of a closed list, never can.
  if (argument.by.includes('item') && !b.item && (argument.extensive || argument.items !== undefined))
    out.push(problem('list.needs-dimension', { argument: b.argument, dim: '项目 item', key: 'item' }, locate()))
  return out
}

/** Accepted, and nothing left to answer: only then does a list run. */
export function checkAccepted(list: InputList, file: string, locate: Locate = NOWHERE): readonly Problem[] {
  const open = list.arguments.flatMap((b, k) =>
    b.question
      ? [
          problem(
            'list.open-question',
            { argument: b.argument, question: `${b.question.zh} / ${b.question.en}` },
            locate(['arguments', k, 'question']),
          ),
        ]
      : [],
  )
  return list.accepted ? open : [problem('list.not-accepted', { file }, { file }), ...open]
}
