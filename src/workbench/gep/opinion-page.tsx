// The reviewer's opinion as one sheet to print and sign: the account, its status and findings, what was decided, the twenty weakest
// figures, the comments with their answers, and room for a conclusion and a signature. What stands on it can be looked up by its codes.

import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'
import { useHead, useRegistered } from './ask.ts'
import { Ladder } from './ladder.tsx'
import { Weakest } from './review-tab.tsx'
import { withUnit } from './digits.ts'

export function OpinionPage() {
  const { id } = useParams<{ id: string }>()
  const { t, lang } = useLanguage()
  const { me, role } = useSession()
  const [words, setWords] = useState('')
  const head = useHead(id)
  const row = useRegistered(id)
  const comments = useRows('comments', { input: { account: id }, limit: 1000 })
  const title = { zh: '审核意见', en: 'Opinion of the reviewer' }
  if (head.isPending)
    return (
      <Page title={title}>
        <Waiting />
      </Page>
    )
  if (head.isError)
    return (
      <Page title={title}>
        <Failed error={head.error} again={() => void head.refetch()} />
      </Page>
    )
  const h = head.data
  return (
    <Page
      title={title}
      actions={
        <>
          <Button type="primary" onClick={() => globalThis.print()}>
            {t({ zh: '打印', en: 'Print' })}
          </Button>
          <Link href={`/w/gep/${id}/review`}>{t({ zh: '回到审核', en: 'Back to the review' })}</Link>
        </>
      }
    >
      <Part title={h.title}>
        <Pairs
          pairs={[
            [
              { zh: '核算号', en: 'Account' },
              row
                ? `${textOf(row, 'number') ?? ''} · ${t({ zh: '版本', en: 'version' })} ${textOf(row, 'version') ?? ''}`
                : '—',
            ],
            [{ zh: '核算年份', en: 'Year' }, String(h.year)],
            ...h.totals.map(
              (x) =>
                [
                  { zh: `GEP ${x.basis.zh}`, en: `GEP, ${x.basis.en}` },
                  withUnit(x.cell.text, x.cell.unit, lang),
                ] as const,
            ),
            [
              { zh: '检查', en: 'Findings' },
              t({
                zh: `红 ${h.findings.red}，黄 ${h.findings.yellow}（未说明 ${h.findings.open}）`,
                en: `red ${h.findings.red}, yellow ${h.findings.yellow} (${h.findings.open} without a reason)`,
              }),
            ],
            [{ zh: '包编号', en: 'Package' }, <code className="code">{h.packageId}</code>],
          ]}
        />
        {row && <Ladder row={row} />}
      </Part>
      <Decisions id={id} />
      <Part
        title={{
          zh: '值大而证据弱的二十个数',
          en: 'The twenty figures with the largest effect on the weakest evidence',
        }}
      >
        <Weakest id={id} plain />
      </Part>
      <Part title={{ zh: '批注与答复', en: 'Comments and answers' }}>
        {(comments.data?.rows ?? []).length === 0 ? (
          <p className="hint">{t({ zh: '没有批注。', en: 'No comments.' })}</p>
        ) : (
          <ol>
            {comments.data!.rows.map((c) => (
              <li key={textOf(c, 'id')}>
                <strong>{lang === 'zh' ? textOf(c, 'titleZh') : textOf(c, 'titleEn')}</strong>{' '}
                <code className="code">{textOf(c, 'code')}</code>：{textOf(c, 'text')}（
                <NameOf who={textOf(c, 'by') ?? ''} />）
                {((c['answers'] ?? []) as readonly { id: string; text: string; by: string }[]).map((a) => (
                  <p key={a.id}>
                    → {a.text}（
                    <NameOf who={a.by} />）
                  </p>
                ))}
              </li>
            ))}
          </ol>
        )}
      </Part>
      <Part title={{ zh: '结论', en: 'Conclusion' }}>
        <label className="screen-only" htmlFor="conclusion">
          {t({
            zh: '写在这里的只印在这张纸上；要留在系统里，请写批注或在申请里写意见。',
            en: 'What is written here is printed on this sheet only; to keep it, comment on a figure or write a remark in the request.',
          })}
        </label>
        <textarea
          id="conclusion"
          className="native screen-only"
          rows={4}
          value={words}
          onChange={(e) => setWords(e.target.value)}
        />
        <p className="pre print-only conclusion">{words}</p>
        <p className="signature">
          {t({ zh: '审核人', en: 'Reviewer' })}：{me.person.name}（{role ? t(role.title) : ''}）{' '}
          {t({ zh: '签字', en: 'Signature' })}：____________ {t({ zh: '日期', en: 'Date' })}：____________
        </p>
      </Part>
    </Page>
  )
}

interface Decision {
  readonly titleZh: string
  readonly titleEn: string
  readonly statusZh: string
  readonly statusEn: string
  readonly asked: string
  readonly decided?: string
  readonly by?: string
  readonly remarks?: string
}

/** What was asked for and decided so far, with what was said. */
function Decisions({ id }: { readonly id: string }) {
  const { t, lang } = useLanguage()
  const asked = useRows('reviewOpinion', { input: { account: id } }, useMenu().mayAsk('reviewOpinion'))
  const all = (asked.data?.rows[0]?.['decisions'] ?? []) as unknown as readonly Decision[]
  if (all.length === 0) return null
  return (
    <Part title={{ zh: '审定经过', en: 'Decisions' }}>
      <ol>
        {all.map((d, i) => (
          <li key={i}>
            {t({ zh: d.titleZh, en: d.titleEn })}：{t({ zh: d.statusZh, en: d.statusEn })} ·{' '}
            {t({ zh: '提出', en: 'asked' })} {momentText(d.asked, lang)}
            {d.by !== undefined && (
              <>
                {' '}
                · <NameOf who={d.by} /> {d.decided !== undefined && momentText(d.decided, lang)}
              </>
            )}
            {d.remarks !== undefined && `：${d.remarks}`}
          </li>
        ))}
      </ol>
    </Part>
  )
}
