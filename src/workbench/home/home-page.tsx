// The first screen: what this role is for in one sentence, what waits for it, what was done last, and what it does most.
// From here everything a person wants first is within three clicks: what waits for me, the last account, why this figure,
// who approved it.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { menuTree } from '../frame/menu-tree.ts'
import { LastAccount } from '../gep/last-account.tsx'
import { GEP_MENU } from '../gep/pages.ts'
import { InboxList } from '../inbox/inbox-list.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { useRows } from '../table/use-rows.ts'
import { OwnPart } from './own-part.tsx'

const FIRST_FEW = 5

export function HomePage() {
  const { t } = useLanguage()
  const { me, role } = useSession()
  const title: Text = { zh: role?.title.zh ?? '首页', en: role?.title.en ?? 'First screen' }
  return (
    <Page title={title} about={role?.opens}>
      <LastAccount />
      <OwnPart />
      <div className="home">
        <Waits />
        <Quick />
        <Last />
      </div>
      <p className="hint">
        {t({
          zh: `${me.person.name}（${me.person.login}）· ${(role?.places ?? []).map((p) => p.name).join('、')}`,
          en: `${me.person.name} (${me.person.login}) · ${(role?.places ?? []).map((p) => p.name).join(', ')}`,
        })}
      </p>
    </Page>
  )
}

function Waits() {
  const { t } = useLanguage()
  const inbox = useRows('inbox', { limit: 200 })
  const total = inbox.data?.total ?? 0
  return (
    <Part
      title={{ zh: `待办 ${inbox.data ? total : ''}`, en: `To do ${inbox.data ? total : ''}` }}
      actions={<Link href="/w/inbox">{t({ zh: '全部待办已办', en: 'All to do and done' })}</Link>}
    >
      {inbox.isPending ? (
        <Waiting />
      ) : inbox.isError ? (
        <Failed error={inbox.error} again={() => void inbox.refetch()} />
      ) : total === 0 ? (
        <Nothing what={{ zh: '现在没有等您办的事。', en: 'Nothing waits for you now.' }} />
      ) : (
        <InboxList rows={inbox.data.rows.slice(0, FIRST_FEW)} />
      )}
    </Part>
  )
}

const SELDOM = new Set(['/w/do/stand-in', '/w/do/attach-document'])

/** What this role does: its own commands first, then what it asks. */
function Quick() {
  const { t } = useLanguage()
  const state = useMenu()
  const own = menuTree(state)
    .flatMap((g) => g.entries)
    .filter(
      (e) =>
        (e.to.startsWith('/w/do/') && !SELDOM.has(e.to)) ||
        GEP_MENU.includes(e) ||
        e.to === '/w/ledger' ||
        e.to === '/w/people',
    )
  const asks = state.menu.queries.filter((q) => ['permits', 'indicatorValues', 'requests'].includes(q.name))
  return (
    <Part title={{ zh: '常办', en: 'What you do most' }}>
      <ul className="quick">
        {own.slice(0, 8).map((e) => (
          <li key={e.to}>
            <Link href={e.to}>{t(e.title)}</Link>
          </li>
        ))}
        {asks.map((q) => (
          <li key={q.name}>
            <Link href={`/w/ask/${kebab(q.name)}`}>{t(q.title)}</Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}

const LAST_COLUMNS = ['command', 'legalDate', 'recorded', 'place', 'id']

function Last() {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const query = mayAsk('acts') ? 'acts' : 'doneByMe'
  const last = useRows(query, { input: { limit: String(FIRST_FEW) }, limit: FIRST_FEW })
  const title: Text =
    query === 'acts' ? { zh: '最近办的事', en: 'Last acts' } : { zh: '我最近办的事', en: 'What I did last' }
  return (
    <Part
      title={title}
      actions={
        query === 'acts' ? (
          <Link href="/w/ask/acts">{t({ zh: '全部', en: 'All' })}</Link>
        ) : (
          <Link href="/w/inbox?tab=done">{t({ zh: '全部', en: 'All' })}</Link>
        )
      }
    >
      {last.isPending ? (
        <Waiting />
      ) : last.isError ? (
        <Failed error={last.error} again={() => void last.refetch()} />
      ) : last.data.rows.length === 0 ? (
        <Nothing what={{ zh: '还没有办过事。', en: 'Nothing was done yet.' }} />
      ) : (
        <RowsTable
          label={t(title)}
          columns={LAST_COLUMNS.flatMap((name) => {
            const column = last.data.columns.find((c) => c.name === name)
            return column ? [name === 'id' ? { ...column, name: 'id', kind: 'act-id' as const } : column] : []
          })}
          rows={last.data.rows}
          struck={(row) => row['correctedBy'] !== undefined}
        />
      )}
    </Part>
  )
}
