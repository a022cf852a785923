// Comments on figures with their answers, oldest first.

import { field, form, text } from '../../../kernel/index.ts'
import { query, type Scope } from '../../../core/record/index.ts'
import { sql, type Reader } from '../../../core/store/index.ts'
import { figureCode } from './comments.ts'
import {
  accountId,
  choicesOf,
  codeOf,
  filled,
  flag,
  idField,
  place,
  said,
  saidMaybe,
  shown,
  year,
  type Row,
} from './fields.ts'
import { FIGURE } from './figure-queries.ts'
import { COMMENT_STATUS } from './words.ts'

export const comments = query({
  name: 'comments',
  title: text('批注', 'comments'),
  groups: ['comments'],
  input: form({
    account: field.optional(accountId),
    figure: field.optional(figureCode),
    open: field.optional(flag('只看未办结的', 'only those not resolved')),
  }),
  row: form({
    id: idField('编号', 'id'),
    account: idField('核算', 'account'),
    number: shown('核算号', 'number'),
    place,
    year,
    code: FIGURE.code,
    titleZh: FIGURE.titleZh,
    titleEn: FIGURE.titleEn,
    text: said('批注', 'comment'),
    status: field.choice({
      title: text('状态', 'status'),
      choices: choicesOf(COMMENT_STATUS),
      example: 'open',
    }),
    by: said('写的人', 'by'),
    role: said('角色', 'role', 'reviewer'),
    recorded: said('时间', 'when'),
    answers: field.list(
      field.group(
        {
          id: idField('编号', 'id'),
          text: said('答复', 'answer'),
          by: said('答复人', 'by'),
          role: said('角色', 'role', 'technician'),
          recorded: said('时间', 'when'),
        },
        { title: text('答复', 'answer') },
      ),
      { title: text('答复', 'answers') },
    ),
    resolvedBy: saidMaybe('办结人', 'resolved by'),
  }),
  run: async (reader, i, scope) => (await commentRows(reader, scope, i)).map(filled),
})

export interface CommentRead {
  readonly id: string
  readonly number: string
  readonly code: string
  readonly titleZh: string
  readonly titleEn: string
  readonly text: string
  readonly status: keyof typeof COMMENT_STATUS
  readonly by: string
  readonly role: string
  readonly recorded: string
  readonly answers: readonly {
    readonly text: string
    readonly by: string
    readonly role: string
    readonly recorded: string
  }[]
}

/** Comments with their answers, oldest first. */
export async function commentRows(
  reader: Reader,
  scope: Pick<Scope, 'within'>,
  i: {
    readonly account?: string | undefined
    readonly figure?: string | undefined
    readonly open?: boolean | undefined
  },
): Promise<readonly (CommentRead & Row)[]> {
  const rows = await reader.query<CommentRead & Row>(
    sql`select k.id::text as id, k.account::text as account, g.number, k.place, k.year, k.code, k.title_zh as "titleZh",
          k.title_en as "titleEn", k.text, k.status, coalesce(p.login, k.person::text) as by, k.role, a.recorded_at as recorded,
          coalesce(r.login, k.resolved_by::text) as "resolvedBy"
        from gep_comment k join gep_account g on g.id = k.account join act a on a.id = k.act
          left join person p on p.id = k.person left join person r on r.id = k.resolved_by
        where ${scope.within(sql`k.place`)} and (${i.account ?? null}::uuid is null or k.account = ${i.account ?? null}::uuid)
          and (${i.figure ?? null}::text is null or k.code = ${i.figure === undefined ? null : codeOf(i.figure)}::text)
          and (not ${i.open === true} or k.status <> 'resolved')
        order by k.id limit 5000`,
  )
  const answers = await reader.query<{ comment: string } & CommentRead['answers'][number]>(
    sql`select n.id::text as id, n.comment::text as comment, n.text, coalesce(p.login, n.person::text) as by, n.role,
          a.recorded_at as recorded
        from gep_answer n join gep_comment k on k.id = n.comment join act a on a.id = n.act left join person p on p.id = n.person
        where ${scope.within(sql`k.place`)} and (${i.account ?? null}::uuid is null or k.account = ${i.account ?? null}::uuid)
        order by n.id limit 20000`,
  )
  return rows.map((r) => ({
    ...r,
    answers: answers.filter((n) => n.comment === r.id).map(({ comment: _, ...n }) => n),
  }))
}
