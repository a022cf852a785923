// The gate of a public notice: any command may refuse while a notice about its subject runs, has an objection that is not
// closed, or was never posted. How to use it:
//   const gate = noticeGate('unit:019e…')
//   reads: [() => gate.reads], decide: (state) => { const found = gate.problems(state); if (found.length > 0) return found; … }
// The command must name `about` among its own subjects: publishing and objecting do, so that the two wait for one another.
// Always holds: withdrawing a notice does not open the gate, and does not make its objections go away.

import type { Problem } from '../../kernel/index.ts'
import type { State, Wanted } from '../record/index.ts'
import { noticesProblem } from './problems.ts'
import { objectionTable, publicNoticeTable, type ObjectionRow, type PublicNoticeRow } from './schema.ts'

export interface NoticeGate {
  readonly reads: Wanted
  /** Empty where the way is free. Problems `public-notice.not-published`, `.running`, `.objections-open`. */
  readonly problems: (state: State) => readonly Problem[]
}

/** @param about the subject a notice is about, `unit:…` */
export const noticeGate = (about: string): NoticeGate => ({
  reads: {
    sets: [
      { table: publicNoticeTable, where: { about } },
      { table: objectionTable, where: { about } },
    ],
  },
  problems: (state) => gateProblems(state.rows(publicNoticeTable, { about }), state.rows(objectionTable, { about })),
})

/** What speaks against going on, of all notices about one subject and all objections to them. */
export function gateProblems(
  notices: readonly Pick<PublicNoticeRow, 'number' | 'status'>[],
  objections: readonly Pick<ObjectionRow, 'number' | 'status'>[],
): readonly Problem[] {
  const standing = notices.filter((n) => n.status !== 'withdrawn')
  const running = standing.filter((n) => n.status === 'running')
  const open = objections.filter((o) => o.status !== 'closed')
  return [
    ...(standing.length === 0 ? [noticesProblem('public-notice.not-published')] : []),
    ...running.map((n) => noticesProblem('public-notice.running', { number: n.number })),
    ...(open.length === 0
      ? []
      : [
          noticesProblem('public-notice.objections-open', {
            count: open.length,
            numbers: open
              .slice(0, MOST_NAMED)
              .map((o) => o.number)
              .join('、'),
          }),
        ]),
  ]
}

/** Objections named in one sentence. */
const MOST_NAMED = 5
