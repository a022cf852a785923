// 待办 and 已办: what waits for this role, what this person asked for, what they did. Several requests are approved at once
// only after each has been listed with what it will do.

import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../frame/page.tsx'
import { useDrafts, useDropDraft } from '../form/drafts.ts'
import { useSubmit } from '../form/use-submit.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { statusWords } from '../table/cell.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { MOST_ACTS, textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'
import { Batch } from './batch.tsx'
import { InboxList, isRequest } from './inbox-list.tsx'

const TABS = [
  { id: 'waiting', title: { zh: '待办', en: 'To do' }, shown: ToDo },
  { id: 'asked', title: { zh: '我的申请', en: 'My requests' }, shown: Asked },
  { id: 'drafts', title: { zh: '草稿', en: 'Drafts' }, shown: Drafts },
  { id: 'done', title: { zh: '已办', en: 'Done' }, shown: Done },
] as const

export function InboxPage() {
  const { t } = useLanguage()
  const [words] = useSearchParams()
  const tab = TABS.find((x) => x.id === words.get('tab')) ?? TABS[0]
  const Shown = tab.shown
  return (
    <Page title={{ zh: '待办已办', en: 'To do and done' }}>
      <nav className="tabs" aria-label={t({ zh: '待办已办', en: 'To do and done' })}>
        {TABS.map((x) => (
          <Link key={x.id} href={`/w/inbox?tab=${x.id}`} {...(x === tab ? { 'aria-current': 'page' as const } : {})}>
            {t(x.title)}
          </Link>
        ))}
      </nav>
      <h2 className="unseen">{t(tab.title)}</h2>
      <Shown />
    </Page>
  )
}

function ToDo() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const inbox = useRows('inbox', { limit: 200 })
  const [chosen, choose] = useState<readonly string[]>([])
  const [batch, setBatch] = useState<readonly Row[]>()
  if (inbox.isPending) return <Waiting />
  if (inbox.isError) return <Failed error={inbox.error} again={() => void inbox.refetch()} />
  const rows = inbox.data.rows
  if (batch)
    return (
      <Batch
        rows={batch}
        close={() => {
          setBatch(undefined)
          choose([])
        }}
      />
    )
  if (rows.length === 0) return <Nothing what={{ zh: '现在没有等您办的事。', en: 'Nothing waits for you now.' }} />
  const requests = rows.filter(isRequest)
  const marked = requests.filter((r) => chosen.includes(textOf(r, 'id')!))
  return (
    <>
      {mayRun('approve') && requests.length > 1 && (
        <p className="tools">
          <Checkbox
            checked={marked.length === requests.length}
            onChange={(e) => choose(e.target.checked ? requests.map((r) => textOf(r, 'id')!) : [])}
          >
            {t({ zh: '全选', en: 'All' })}
          </Checkbox>
          <Button disabled={marked.length === 0} onClick={() => setBatch(marked)}>
            {t({ zh: `批量审批（${marked.length}）`, en: `Approve several (${marked.length})` })}
          </Button>
        </p>
      )}
      <InboxList
        rows={rows}
        {...(mayRun('approve') && requests.length > 1
          ? {
              before: (row: Row) => {
                const id = textOf(row, 'id')!
                return isRequest(row) ? (
                  <Checkbox
                    aria-label={t({ zh: `选择 ${textOf(row, 'zh')}`, en: `Choose ${textOf(row, 'en')}` })}
                    checked={chosen.includes(id)}
                    onChange={(e) => choose(e.target.checked ? [...chosen, id] : chosen.filter((c) => c !== id))}
                  />
                ) : null
              },
            }
          : {})}
        beside={(row) => (!isRequest(row) && mayRun('closeNotice') ? <CloseNotice id={textOf(row, 'id')!} /> : null)}
      />
    </>
  )
}

function CloseNotice({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const submit = useSubmit()
  return (
    <>
      <Button
        size="small"
        loading={submit.isPending}
        onClick={() => submit.mutate({ command: 'close-notice', input: { notice: id } })}
      >
        {t({ zh: '知道了', en: 'Seen' })}
      </Button>
      {submit.isError && <Problems problems={saidOf(submit.error)} />}
    </>
  )
}

/** Own requests, with what can be done while they wait: remind, withdraw. */
function Asked() {
  const { t } = useLanguage()
  const { me } = useSession()
  const asked = useRows('requests', { limit: 200 })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const rows = asked.data.rows.filter((r) => r['person'] === me.person.id)
  if (rows.length === 0)
    return <Nothing what={{ zh: '您还没有提交过申请。', en: 'You have submitted no request yet.' }} />
  return (
    <ul className="inbox">
      {rows.map((row) => {
        const id = textOf(row, 'id')!
        const status = textOf(row, 'status') ?? ''
        return (
          <li key={id}>
            <span className={`kind status-${status}`}>{t(statusWords(status))}</span>
            <Link href={`/w/requests/${id}`}>{t({ zh: textOf(row, 'zh') ?? id, en: textOf(row, 'en') ?? id })}</Link>
            <span className="hint">
              {textOf(row, 'legalDate')} {t({ zh: `第 ${textOf(row, 'step')} 步`, en: `step ${textOf(row, 'step')}` })}
              {row['remarks'] !== undefined && ` · ${textOf(row, 'remarks')}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function Drafts() {
  const { t, lang } = useLanguage()
  const drafts = useDrafts()
  const drop = useDropDraft()
  if (drafts.isPending) return <Waiting />
  if (drafts.isError) return <Failed error={drafts.error} again={() => void drafts.refetch()} />
  if (drafts.data.length === 0) return <Nothing what={{ zh: '没有暂存的内容。', en: 'Nothing was begun and left.' }} />
  return (
    <ul className="inbox">
      {drafts.data.map((d) => (
        <li key={d.draft}>
          <span className="kind">{t({ zh: '已暂存', en: 'Draft' })}</span>
          <Link href={`/w/do/${kebab(d.command)}?draft=${d.draft}`}>{t(d)}</Link>
          <span className="hint">
            {momentText(d.saved, lang)} {d.gone}
          </span>
          <Button size="small" loading={drop.isPending} onClick={() => drop.mutate(d.draft)}>
            {t({ zh: '丢弃', en: 'Drop' })}
          </Button>
        </li>
      ))}
    </ul>
  )
}

const DONE: Text = { zh: '已办', en: 'Done' }

function Done() {
  return (
    <QueryTable
      query="doneByMe"
      title={DONE}
      input={{ limit: String(MOST_ACTS) }}
      hidden={['kind', 'person', 'clause', 'request', 'standInFor', 'corrects']}
      struck={(row) => row['correctedBy'] !== undefined}
      empty={{ zh: '您还没有办过事。', en: 'You have done nothing yet.' }}
    />
  )
}
