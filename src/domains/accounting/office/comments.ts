// Comments pinned to a figure: asked by whoever reads the account, answered by whoever made it, resolved by who asked or by a
// reviewer. An open comment keeps an account from being official. A comment by a deputy is a question to the office: it waits in the
// 待办 of those who have to answer until one of them does. Clause A6.

import { field, form, parsePassportCode, text, type Problem, type Uuid } from '../../../kernel/index.ts'
import { insert, noticeTable, put, type AnyCommand, type Command, type Notice } from '../../../core/record/index.ts'
import { sql, type Reader } from '../../../core/store/index.ts'
import { accountSubject, findAccount } from './accounts.ts'
import { accountId } from './fields.ts'
import { officeProblem } from './problems.ts'
import { answerTable, commentTable, type CommentRow, type GepAccountRow, type GepFigureRow } from './schema.ts'

export const commentSubject = (id: string): string => `gep-comment:${id}`

/** Who asks a question rather than comments, and who has to answer it. */
export const ASKS = 'deputy'
const ANSWER_ROLES = ['county-clerk', 'reviewer'] as const

const words = field.longText({ title: text('内容', 'text'), max: 4000, example: '比上年增加三成，请说明原因和依据' })
const commentId = field.id({
  title: text('批注', 'comment'),
  hint: text('批注清单里显示的编号', 'the id shown in the list of comments'),
  example: '019e2f6a-7c00-7000-8000-000000000001',
})
export const figureCode = field.text({
  title: text('数的编码', 'code of the figure'),
  hint: text('数旁边印的编码', 'the code printed beside it'),
  grade: 'public',
  max: 20,
  example: 'TSRH-0QVG-9',
})

const commentInput = form({ account: accountId, figure: figureCode, text: words })

interface ToComment {
  readonly account: GepAccountRow
  readonly figure: GepFigureRow
}

export async function findFigure(
  reader: Reader,
  account: GepAccountRow,
  typed: string,
): Promise<GepFigureRow | readonly Problem[]> {
  const code = parsePassportCode(typed)
  const [figure] = await reader.query<GepFigureRow>(
    sql`select * from gep_figure where account = ${account.id} and code = ${code ?? ''}`,
  )
  return figure ?? [officeProblem('comment.no-figure', { number: account.number, code: typed })]
}

const commentFigure: Command<typeof commentInput, ToComment> = {
  name: 'commentFigure',
  version: 1,
  title: text('对一个数写批注', 'comment on a figure'),
  clause: 'A6',
  groups: ['comments'],
  input: commentInput,
  prepare: async (reader, i) => {
    const account = await findAccount(reader, i.account)
    if (!('id' in account)) return account
    const figure = await findFigure(reader, account, i.figure)
    return 'key' in figure ? { account, figure } : figure
  },
  place: (_, p) => p.account.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  decide: (_, i, c, { account, figure }) => ({
    act: 'figure-commented',
    subjects: [commentSubject(c.subject), accountSubject(account.id)],
    rows: [
      insert(commentTable, {
        id: c.subject,
        account: account.id,
        place: account.place,
        year: account.year,
        code: figure.code,
        key: figure.key,
        title_zh: figure.title_zh,
        title_en: figure.title_en,
        text: i.text,
        status: 'open',
        person: c.actor.person,
        role: c.actor.role,
        resolved_by: null,
        act: c.subject,
      }),
    ],
    notices:
      c.actor.role === ASKS
        ? [{ toPerson: account.registered_by as Uuid }, ...ANSWER_ROLES.map((toRole) => ({ toRole }))].map((to) => ({
            ...to,
            text: text(
              `人大代表问：${figure.title_zh}（核算 ${account.number}），请答复`,
              `A deputy asks about ${figure.title_en} (account ${account.number}): to be answered`,
            ),
            place: account.place,
            about: commentSubject(c.subject),
          }))
        : [
            notice(
              account.registered_by,
              account.place,
              c.subject,
              `核算 ${account.number} 有新批注：${figure.title_zh}`,
              `A new comment on account ${account.number}: ${figure.title_en}`,
            ),
          ],
    answer: { comment: c.subject },
  }),
}

const notice = (to: string, place: string, comment: string, zh: string, en: string): Notice => ({
  text: text(zh, en),
  toPerson: to as NonNullable<Notice['toPerson']>,
  place,
  about: commentSubject(comment),
})

async function findComment(reader: Reader, id: string): Promise<CommentRow | readonly Problem[]> {
  const [row] = await reader.query<CommentRow>(sql`select * from gep_comment where id = ${id}`)
  return row ?? [officeProblem('comment.not-found', { id })]
}

const resolveInput = form({ comment: commentId })

/** What is done to a comment: in its place, on its own row. */
const onComment = {
  version: 1,
  clause: 'A6',
  groups: ['comments'],
  prepare: (reader, i) => findComment(reader, i.comment),
  place: (_, row) => row.place,
  legalDate: (_, today) => today,
  subjects: (i) => [commentSubject(i.comment)],
  reads: [(i) => ({ rows: [{ table: commentTable, key: { id: i.comment } }] })],
} satisfies Partial<Command<typeof resolveInput, CommentRow>>

const answerInput = form({ comment: commentId, text: words })

const answerComment: Command<typeof answerInput, CommentRow> = {
  name: 'answerComment',
  ...onComment,
  title: text('答复批注', 'answer a comment'),
  input: answerInput,
  reads: [
    (i) => ({
      rows: [{ table: commentTable, key: { id: i.comment } }],
      sets: [{ table: noticeTable, where: { about: commentSubject(i.comment) } }],
    }),
  ],
  decide: (state, i, c) => {
    const row = state.row(commentTable, { id: i.comment })!
    if (row.status === 'resolved') return [officeProblem('comment.resolved')]
    const own = row.person === c.actor.person
    if (!own && c.actor.role === ASKS) return [officeProblem('comment.office-answers')]
    return {
      act: 'comment-answered',
      subjects: [commentSubject(row.id), accountSubject(row.account)],
      rows: [
        insert(answerTable, {
          id: c.subject,
          comment: row.id,
          text: i.text,
          person: c.actor.person,
          role: c.actor.role,
          act: c.subject,
        }),
        // Who asked may add to the question; that is no answer.
        ...(own ? [] : [put(commentTable, { ...row, status: 'answered' })]),
      ],
      // A question that was answered waits for nobody any more.
      closes: own
        ? []
        : state
            .rows(noticeTable, { about: commentSubject(row.id) })
            .filter((n) => n.closed_by === null && (n.to_role !== null || n.to_person === c.actor.person))
            .map((n) => n.id as Uuid),
      notices: own
        ? []
        : [
            notice(
              row.person,
              row.place,
              row.id,
              `批注已答复：${row.title_zh}`,
              `Your comment was answered: ${row.title_en}`,
            ),
          ],
      answer: { comment: row.id },
    }
  },
}

const resolveComment: Command<typeof resolveInput, CommentRow> = {
  name: 'resolveComment',
  ...onComment,
  title: text('办结批注', 'resolve a comment'),
  input: resolveInput,
  decide: (state, i, c) => {
    const row = state.row(commentTable, { id: i.comment })!
    if (row.status === 'resolved') return [officeProblem('comment.resolved')]
    if (row.person !== c.actor.person && c.actor.role !== 'reviewer') return [officeProblem('comment.not-yours')]
    return {
      act: 'comment-resolved',
      subjects: [commentSubject(row.id), accountSubject(row.account)],
      rows: [put(commentTable, { ...row, status: 'resolved', resolved_by: c.actor.person })],
      answer: { comment: row.id },
    }
  },
}

export const commentCommands = [commentFigure, answerComment, resolveComment] as unknown as readonly AnyCommand[]
