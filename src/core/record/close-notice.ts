// Closing a notice: whoever it is for says that it was seen and dealt with, and it leaves the 待办. It closes for all whose
// inbox shows it: a notice to a role is closed by the first who takes it on.

import { field, form, type Problem, type Uuid } from '../../kernel/index.ts'
import { sql, type Reader, type RowOf } from '../store/index.ts'
import { put, type AnyCommand, type Command } from './model.ts'
import { recordProblem } from './problems.ts'
import { noticeTable } from './schema.ts'

type NoticeRow = RowOf<typeof noticeTable>

const input = form({
  notice: field.id({
    title: { zh: '通知编号', en: 'notice' },
    hint: { zh: '待办中显示的编号', en: 'the id shown in the inbox' },
    example: '019e2f6a-7c00-7000-8000-000000000001',
  }),
})

/** Names no organisation: who acts for one has no notice of a role, as no inbox shows them one. */
const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000' as Uuid

const command: Command<typeof input, NoticeRow> = {
  name: 'closeNotice',
  version: 1,
  title: { zh: '办结通知', en: 'close a notice' },
  groups: ['everybody'],
  input,
  prepare: async (reader: Reader, { notice }): Promise<NoticeRow | readonly Problem[]> =>
    (await reader.query<NoticeRow>(sql`select * from notice where id = ${notice}`))[0] ?? [
      recordProblem('notice.not-found', { id: notice }),
    ],
  // A notice to a person follows the person; one to a role is for those who have the role at its place.
  place: (_, n) => (n.to_person !== null || n.place === '' ? undefined : n.place),
  organisation: (_, n) => (n.to_person !== null || n.place === '' ? undefined : NO_ORGANISATION),
  legalDate: (_, today) => today,
  subjects: (i) => [`notice:${i.notice}`],
  reads: [(i) => ({ rows: [{ table: noticeTable, key: { id: i.notice } }] })],
  decide: (state, i, { actor }) => {
    const row = state.row(noticeTable, { id: i.notice })!
    const isTheirs = row.to_person === null ? row.to_role === actor.role : row.to_person === actor.person
    if (!isTheirs) return [recordProblem('notice.not-yours')]
    if (row.closed_by !== null) return [recordProblem('notice.closed-already')]
    return { act: 'notice-closed', subjects: [row.about], closes: [i.notice], answer: { notice: i.notice } }
  },
  reverseReads: (i) => ({ rows: [{ table: noticeTable, key: { id: i.notice } }] }),
  reverse: (state, i) => ({
    rows: [put(noticeTable, { ...state.row(noticeTable, { id: i.notice })!, closed_by: null })],
  }),
}

export const closeNotice = command as unknown as AnyCommand
