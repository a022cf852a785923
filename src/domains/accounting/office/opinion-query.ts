// The opinion of a review, for print: the account, its weakest figures, the comments, who decided what.

import { field, form, text } from '../../../kernel/index.ts'
import { query, REQUEST_STATUS, type RequestStatus } from '../../../core/record/index.ts'
import { sql } from '../../../core/store/index.ts'
import { STATUS_TEXT, type Status } from '../model.ts'
import { accountRows } from './account-queries.ts'
import { commentRows } from './comment-queries.ts'
import { accountId, filled, said, saidMaybe } from './fields.ts'
import { weakRows } from './figure-queries.ts'
import { reviewOpinionPage, type OpinionDecision } from './review-opinion.ts'
import { COMMENT_STATUS } from './words.ts'

export const reviewOpinion = query({
  name: 'reviewOpinion',
  title: text('评审意见（打印）', 'opinion of the review, for print'),
  groups: ['comments'],
  input: form({ account: accountId }),
  row: form({
    html: said('网页', 'page'),
    decisions: field.list(
      field.group(
        {
          titleZh: said('事项', 'matter in Chinese'),
          titleEn: said('事项（英）', 'matter'),
          statusZh: said('状态', 'status in Chinese'),
          statusEn: said('状态（英）', 'status'),
          asked: said('提出', 'asked'),
          decided: saidMaybe('决定', 'decided'),
          by: saidMaybe('办理人', 'by'),
          remarks: saidMaybe('意见', 'remarks'),
        },
        { title: text('审定经过', 'decision') },
      ),
      { title: text('审定经过', 'decisions') },
    ),
  }),
  run: async (reader, i, scope) => {
    const [a] = await accountRows(reader, scope, { account: i.account })
    if (!a) return []
    const weak = await weakRows(reader, scope, i.account)
    const decided = await reader.query<Readonly<Record<string, string | null>>>(
      sql`select r.input->>'to' as target, r.status, q.recorded_at as asked, d.recorded_at as decided,
            coalesce(p.login, d.person::text) as by, r.remarks
          from request r join act q on q.id = r.id
            left join act d on d.id = coalesce(r.accepted_by, (select x.id from act x join act_subject s on s.act = x.id
              where s.subject = 'request:' || r.id::text and x.kind = 'request-returned' limit 1))
            left join person p on p.id = d.person
          where r.command = 'advanceAccount' and r.input->>'account' = ${i.account}::text order by r.id`,
    )
    const decisions = decided.map((d): OpinionDecision => {
      const to = STATUS_TEXT[d['target'] as Status]
      return {
        title: text(`转为${to.zh}`, `to ${to.en.toLowerCase()}`),
        status: REQUEST_STATUS[d['status'] as RequestStatus],
        asked: d['asked']!,
        ...(d['decided'] === null ? {} : { decided: d['decided']! }),
        ...(d['by'] === null ? {} : { by: d['by']! }),
        ...(d['remarks'] === null ? {} : { remarks: d['remarks']! }),
      }
    })
    const given = (k: string): string | undefined => (a[k] === undefined ? undefined : String(a[k]))
    const said = (k: string): string => given(k) ?? ''
    const page = reviewOpinionPage({
      account: {
        number: said('number'),
        version: said('version'),
        title: text(said('titleZh'), said('titleEn')),
        place: said('place'),
        year: Number(a['year']),
        status: a['status'] as Status,
        packageId: said('packageId'),
        engine: said('engine'),
        ...(given('gepConstant') === undefined ? {} : { gepConstant: said('gepConstant') }),
        ...(given('gepCurrent') === undefined ? {} : { gepCurrent: said('gepCurrent') }),
        registeredBy: said('registeredBy'),
        registered: said('registered'),
      },
      weakest: weak.map((w) => ({ ...w, title: text(w.titleZh, w.titleEn), why: text(w.whyZh, w.whyEn) })),
      comments: (await commentRows(reader, scope, { account: i.account })).map((c) => ({
        ...c,
        title: text(c.titleZh, c.titleEn),
        status: COMMENT_STATUS[c.status],
      })),
      decisions,
    })
    return [
      {
        html: page,
        decisions: decisions.map(({ title, status: given, ...d }) =>
          filled({ titleZh: title.zh, titleEn: title.en, statusZh: given.zh, statusEn: given.en, ...d }),
        ),
      },
    ]
  },
})
