// One act: what it did in words, who did it and in which role, under which clause, with which effects, who approved it (on
// paper or not), what was filled in, what it corrects and what corrected it. From here to its proof and its history.

import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { Button } from 'antd'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Page, Part } from '../frame/page.tsx'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { OutcomeShown } from '../inbox/outcome.tsx'
import { FilledShown, TakenShown } from '../inbox/sheet.tsx'
import { NameOf, PersonName } from '../inbox/person-name.tsx'
import { useRoleTitle } from '../api/role-title.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { ThreadLinks } from '../table/threads-links.tsx'
import { grouped, momentText } from '../words.ts'
import { useSubject, useWhy, type Explained, type OtherAct, type WhyWhat } from './explained.ts'
import { PostingsShown } from './postings.tsx'

const TITLE: Text = { zh: '办理的事', en: 'Act' }

export function ActPage() {
  return <Why what="act" id={useParams<{ id: string }>().id} />
}

export function WhyPostingPage() {
  return <Why what="posting" id={useParams<{ id: string }>().id} />
}

function Why({ what, id }: { readonly what: WhyWhat; readonly id: string }) {
  const why = useWhy(what, id)
  if (why.isPending) return <Waiting />
  if (why.isError)
    return (
      <Page title={TITLE}>
        <Failed error={why.error} again={() => void why.refetch()} />
      </Page>
    )
  return <ActShown act={why.data} />
}

function ActShown({ act: a }: { readonly act: Explained }) {
  const { t, lang } = useLanguage()
  const { mayRun } = useMenu()
  const titleOf = useRoleTitle()
  const [correcting, correct] = useState(false)
  const subject = useSubject(a.act)
  return (
    <Page
      title={{ zh: a.zh, en: a.en }}
      actions={
        <>
          <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>
          {mayRun('correctAct') && a.correctedBy === undefined && (
            <Button aria-expanded={correcting} onClick={() => correct(!correcting)}>
              {t({ zh: '更正', en: 'Correct' })}
            </Button>
          )}
        </>
      }
    >
      {a.correctedBy && (
        <p className="corrected" role="note">
          <OtherShown words={{ zh: '已被更正', en: 'Corrected' }} other={a.correctedBy} />
        </p>
      )}
      <ThreadLinks act={a.act} subject={subject} />
      {correcting && <Correct act={a.act} />}
      <div className={a.correctedBy ? 'part struck-part' : 'part'}>
        <Pairs
          pairs={[
            [
              { zh: '办理人', en: 'Done by' },
              <span key="w">
                <PersonName of={a} /> · {t(titleOf(a.role))}
              </span>,
            ],
            ...(a.standInFor === undefined
              ? []
              : [[{ zh: '代', en: 'In place of' }, <NameOf key="f" who={a.standInFor} />] as const]),
            ...(a.requester
              ? [
                  [
                    { zh: '申请人', en: 'Requested by' },
                    <span key="r">
                      <PersonName of={a.requester} /> · {t(titleOf(a.requester.role))} ·{' '}
                      {momentText(a.requester.recorded, lang)}
                    </span>,
                  ] as const,
                ]
              : []),
            [{ zh: '法定日期', en: 'Legal date' }, a.legalDate],
            [{ zh: '记录时间', en: 'Recorded' }, momentText(a.recorded, lang)],
            ...(a.place === undefined ? [] : [[{ zh: '地区', en: 'Place' }, a.placeName ?? a.place] as const]),
            ...(a.clause === undefined ? [] : [[{ zh: '依据条款', en: 'Clause' }, a.clause] as const]),
            [{ zh: '存证序号', en: 'Place in the log' }, a.leaf],
            [
              { zh: '编号', en: 'Id' },
              <code key="id" className="code">
                {a.act}
              </code>,
            ],
            ...(a.corrects
              ? [
                  [
                    { zh: '更正了', en: 'Corrects' },
                    <OtherShown key="c" words={{ zh: '', en: '' }} other={a.corrects} />,
                  ] as const,
                ]
              : []),
          ]}
        />
      </div>
      {a.steps.length > 0 && (
        <Part title={{ zh: '审批', en: 'Approval' }}>
          <ol className="steps">
            {a.steps.map((s, i) => (
              <li key={i}>
                <strong>{t(s)}</strong> · {t(titleOf(s.role))}
                <TakenShown step={s} />
              </li>
            ))}
          </ol>
          {a.request !== undefined && (
            <p>
              <Link href={`/w/requests/${a.request}`}>{t({ zh: '看签批单', en: 'See the sheet' })}</Link>
            </p>
          )}
        </Part>
      )}
      {(a.outcome?.length ?? 0) > 0 && (
        <Part title={{ zh: '结果', en: 'Effects' }}>
          <OutcomeShown of={a} />
        </Part>
      )}
      {a.postings.length > 0 && <PostingsShown postings={a.postings} struck={a.correctedBy !== undefined} />}
      {a.input.length > 0 && (
        <Part title={{ zh: '填报内容', en: 'What was filled in' }}>
          <FilledShown input={a.input} />
        </Part>
      )}
      {a.reasons.length > 0 && (
        <Part title={{ zh: '数额的理由', en: 'How the amounts came about' }}>
          <Pairs
            pairs={a.reasons.map((r) => [
              {
                zh: [r.about, r.name].filter(Boolean).join(' · '),
                en: [r.aboutEn, r.nameEn].filter(Boolean).join(' · '),
              },
              grouped(r.value),
            ])}
          />
        </Part>
      )}
    </Page>
  )
}

function OtherShown({ words, other }: { readonly words: Text; readonly other: OtherAct }) {
  const { t, lang } = useLanguage()
  return (
    <>
      {t(words)} <Link href={`/w/acts/${other.act}`}>{momentText(other.recorded, lang)}</Link>
      {other.reason !== undefined && t({ zh: `，理由：${other.reason}`, en: `, because: ${other.reason}` })}
    </>
  )
}

/** A correction is a new act that takes this one back; nothing is rubbed out. */
function Correct({ act }: { readonly act: string }) {
  const form = useCommandForm('correct-act')
  if (form.isPending) return <Waiting />
  if (form.isError) return <Failed error={form.error} />
  return (
    <Part title={{ zh: '更正这件事', en: 'Correct this act' }}>
      <CommandForm form={form.data} preset={{ act }} hidden={['act']} />
    </Part>
  )
}
