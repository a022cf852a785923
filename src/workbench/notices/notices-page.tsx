// Public notices: which run, until when and for how many days more, and which have an objection that nobody has closed yet.

import { useId } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { Page } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf } from '../table/rows.ts'
import { DAYS, STATUS } from './words.ts'

export function NoticesPage() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const [words, setWords] = useSearchParams()
  const id = useId()
  const status = words.get('status') ?? ''
  const open = words.get('open') === 'true'
  const ask = (change: Readonly<Record<string, string>>): void =>
    setWords(Object.fromEntries(Object.entries({ status, open: String(open), ...change }).filter(([, v]) => v !== '')))
  return (
    <Page
      title={{ zh: '公示与异议', en: 'Public notices' }}
      about={{
        zh: '公示期满、异议办结以前，等它的事项办不了。',
        en: 'What waits for a notice is not accepted before its days are over and every objection is closed.',
      }}
      actions={
        <>
          {mayRun('publishNotice') && <Link href="/w/notices/new">{t({ zh: '发布公示', en: 'Post a notice' })}</Link>}
          <a href="/public/notices" target="_blank" rel="noreferrer">
            {t({ zh: '公众看到的清单', en: 'The list as the public sees it' })}
          </a>
        </>
      }
    >
      <p className="tools">
        <label htmlFor={`${id}-status`}>{t({ zh: '状态', en: 'Status' })}</label>
        <select id={`${id}-status`} className="native" value={status} onChange={(e) => ask({ status: e.target.value })}>
          <option value="">{t({ zh: '全部', en: 'All' })}</option>
          {Object.entries(STATUS).map(([value, title]) => (
            <option key={value} value={value}>
              {t(title)}
            </option>
          ))}
        </select>
        <label>
          <input type="checkbox" checked={open} onChange={(e) => ask({ open: e.target.checked ? 'true' : '' })} />{' '}
          {t({ zh: '只看有未办结异议的', en: 'With open objections only' })}
        </label>
      </p>
      <QueryTable
        key={`${status} ${String(open)}`}
        query="publicNotices"
        title={{ zh: '公示', en: 'Public notices' }}
        input={{ on: today(), status, ...(open ? { openOnly: 'true' } : {}) }}
        choices={{ status: STATUS, kind: DAYS }}
        hidden={HIDDEN}
        empty={{ zh: '没有这样的公示。', en: 'There is no such notice.' }}
        actions={(row) => (
          <Link href={`/w/notices/${textOf(row, 'id') ?? ''}`}>{t({ zh: '打开这件公示', en: 'Open the notice' })}</Link>
        )}
      />
    </Page>
  )
}

/** Told on the page of the notice; the choice of columns brings them back. */
const HIDDEN = ['id', 'about', 'clause', 'organisation', 'page', 'reason', 'deadline', 'suspended', 'unconfirmed', 'days', 'kind', 'fromOn'] // prettier-ignore
