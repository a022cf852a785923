// One public notice as the office works with it: how far its days are and under which clause, what the public reads, the objections,
// and the act that waits for it. Printed, it is a sheet for the file; the copy for the village board has a page of its own.

import { Link, useParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { Documents } from '../documents/index.ts'
import { SmallForm } from '../form/small-form.tsx'
import { Folded } from '../frame/folded.tsx'
import { Page, Part } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { Pairs } from '../table/pairs.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { Objections } from './objections.tsx'
import { NoticeShown } from './shown.tsx'
import { numberOf, pageOf, stateOf, term } from './words.ts'
import { WhatWaits } from './waiting.tsx'

const TITLE = { zh: '公示', en: 'Public notice' }

export function NoticePage() {
  const { id = '' } = useParams<{ id: string }>()
  return <Found id={id} />
}

/** An objection is shown with its notice. */
export function ObjectionPage() {
  const { id = '' } = useParams<{ id: string }>()
  const asked = useRows('objections', { input: { objection: id } })
  if (asked.isPending) return <Waiting />
  const notice = asked.data?.rows[0] && textOf(asked.data.rows[0], 'publicNotice')
  return notice === undefined ? <Missing /> : <Found id={notice} />
}

const Missing = () => (
  <Page title={TITLE}>
    <Nothing
      what={{ zh: '没有这件公示，或不在您的地区。', en: 'There is no such notice, or it is not of your place.' }}
    />
  </Page>
)

function Found({ id }: { readonly id: string }) {
  const asked = useRows('publicNotices', { input: { publicNotice: id, on: today() } })
  if (asked.isPending) return <Waiting />
  if (asked.isError)
    return (
      <Page title={TITLE}>
        <Failed error={asked.error} again={() => void asked.refetch()} />
      </Page>
    )
  const [row] = asked.data.rows
  return row ? <Notice id={id} row={row} /> : <Missing />
}

function Notice({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const number = textOf(row, 'number') ?? ''
  const about = textOf(row, 'about') ?? ''
  const place = textOf(row, 'place') ?? ''
  const page = textOf(row, 'page') ?? ''
  const status = textOf(row, 'status') ?? ''
  const running = status === 'running'
  const organisation = textOf(row, 'organisation')
  const thing = pageOf(about)
  return (
    <Page
      title={{ zh: `公示 ${number}`, en: `Public notice ${number}` }}
      actions={
        <>
          <a href={page} target="_blank" rel="noreferrer">
            {t({ zh: '公示页（公众）', en: 'Public page' })}
          </a>
          <a href={`${page}/print`} target="_blank" rel="noreferrer">
            {t({ zh: '打印张贴稿（大字）', en: 'Copy for the board' })}
          </a>
          <Link href="/w/notices">{t({ zh: '返回清单', en: 'All notices' })}</Link>
        </>
      }
    >
      <p className={running ? 'notice-state' : 'notice-state over'} role="status">
        <strong>{t(stateOf(row))}</strong>
      </p>
      <WhatWaits about={about} place={place} />
      <Objections notice={row} running={running} />
      <Part title={{ zh: '期限', en: 'Its days' }}>
        <Pairs
          pairs={[
            [{ zh: '依据', en: 'Clause' }, textOf(row, 'clause') ?? ''],
            [{ zh: '起始日（不计入）', en: 'Posted on, not counted' }, textOf(row, 'fromOn') ?? ''],
            [{ zh: '期限', en: 'Days' }, t(term(numberOf(row, 'days') ?? '', textOf(row, 'kind')))],
            [{ zh: '最后一日', en: 'Last day' }, textOf(row, 'dueOn') ?? ''],
            [
              { zh: '中止', en: 'Standing still' },
              row['suspended'] === true ? t({ zh: '是', en: 'yes' }) : t({ zh: '否', en: 'no' }),
            ],
            ...(row['unconfirmed'] === true
              ? ([
                  [
                    { zh: '放假安排', en: 'Holidays' },
                    t({
                      zh: '所用安排尚未与国务院办公厅原文逐日核对',
                      en: 'not yet compared with the instrument',
                    }),
                  ],
                ] as const)
              : []),
            [
              { zh: '公示对象', en: 'What it is about' },
              thing !== undefined ? (
                <Link href={thing}>{t(OPEN)}</Link>
              ) : about.startsWith('import:') ? (
                <span title={about}>{t({ zh: '整批导入的空间单元', en: 'the units of an import' })}</span>
              ) : (
                <code className="code">{about}</code>
              ),
            ],
            [{ zh: '行政区', en: 'Region' }, <Name key="place" kind="region" id={place} />],
            ...(organisation === undefined
              ? []
              : ([
                  [
                    { zh: '村集体', en: 'Village collective' },
                    <Name key="organisation" kind="organisation" id={organisation} />,
                  ],
                ] as const)),
          ]}
        />
        <Clock deadline={textOf(row, 'deadline') ?? ''} row={row} />
      </Part>
      <Content id={id} row={row} />
      <Documents about={`notice:${id}`} place={place} organisation={organisation} />
      <Withdraw id={id} status={status} />
      <p className="links">
        <Link href={`/w/history?subject=notice:${id}`}>{t({ zh: '历史', en: 'History' })}</Link>
        <Link href={`/w/acts/${id}/proof`}>{t({ zh: '发布的凭证', en: 'Proof of its posting' })}</Link>
      </p>
    </Page>
  )
}

const OPEN = { zh: '打开', en: 'Open' }

/** Running longer, standing still and running on: each with its clause. */
function Clock({ deadline, row }: { readonly deadline: string; readonly row: Row }) {
  const { mayRun } = useMenu()
  if (textOf(row, 'status') !== 'running') return null
  const still = row['suspended'] === true
  return (
    <>
      {!still && mayRun('extendDeadline') && (
        <Folded title={{ zh: '延长', en: 'Let it run longer' }}>
          <SmallForm command="extend-deadline" preset={{ deadline }} words={{ zh: '延长', en: 'Extend' }} />
        </Folded>
      )}
      {!still && mayRun('suspendDeadline') && (
        <Folded title={{ zh: '中止计算', en: 'Let it stand still' }}>
          <SmallForm
            command="suspend-deadline"
            preset={{ deadline }}
            likely={{ on: today() }}
            words={{ zh: '中止', en: 'Suspend' }}
          />
        </Folded>
      )}
      {still && mayRun('resumeDeadline') && (
        <Folded title={{ zh: '恢复计算', en: 'Let it run on' }}>
          <SmallForm
            command="resume-deadline"
            preset={{ deadline }}
            likely={{ on: today() }}
            words={{ zh: '恢复', en: 'Resume' }}
          />
        </Folded>
      )}
    </>
  )
}

const words = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : [])

function Content({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const asked = useRows('noticeContent', { input: { publicNotice: id } })
  const said = asked.data?.rows[0]
  return (
    <Part title={{ zh: '公众看到的内容', en: 'What the public reads' }}>
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : (
        said && (
          <NoticeShown
            title={textOf(row, 'title') ?? ''}
            body={textOf(said, 'body') ?? ''}
            contact={textOf(said, 'contact') ?? ''}
            columns={words(said['columns'])}
            rows={Array.isArray(said['rows']) ? (said['rows'] as readonly (readonly string[])[]) : []}
            listDocument={textOf(said, 'listDocument')}
          />
        )
      )}
      {textOf(row, 'status') !== 'running' && (
        <p className="hint">
          {t({ zh: '名单只在公示期内给公众看。', en: 'The public sees the list only while the notice runs.' })}
        </p>
      )}
    </Part>
  )
}

function Withdraw({ id, status }: { readonly id: string; readonly status: string }) {
  const { mayRun } = useMenu()
  if (status === 'withdrawn' || !mayRun('withdrawPublicNotice')) return null
  return (
    <Folded title={{ zh: '撤回公示', en: 'Withdraw the notice' }}>
      <SmallForm
        command="withdraw-public-notice"
        preset={{ publicNotice: id }}
        words={{ zh: '撤回', en: 'Withdraw' }}
      />
    </Folded>
  )
}
