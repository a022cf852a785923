// Behind a cell of the provincial table: what a county still owes, item by item, each leading to where it stands, and a letter (催报)
// that is ready to be printed or saved as Word. Serves the provincial office.
// Always holds: the letter says what the record says; whatever else stands in it was typed by whoever sends it.

import { Link, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useNameOf } from '../api/names.ts'
import { Page, Part } from '../frame/page.tsx'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { Letter } from './letter.tsx'

const KINDS: Readonly<Record<string, Text>> = {
  'no-account': { zh: '未登记', en: 'not registered' },
  'not-submitted': { zh: '未提交', en: 'not submitted' },
  returned: { zh: '退回待改', en: 'returned' },
  missing: { zh: '缺资料', en: 'missing input' },
  finding: { zh: '待说明', en: 'to explain' },
  comment: { zh: '批注未答复', en: 'comment' },
  waits: { zh: '审批中', en: 'waits' },
  publish: { zh: '待公布', en: 'to be published' },
}
/** The tab of the account on which an item is dealt with. */
const TABS: Readonly<Record<string, string>> = {
  missing: 'grounds',
  finding: 'findings',
  comment: 'comments',
  publish: 'publish',
}

export function RemindPage() {
  const [words] = useSearchParams()
  const [place, year] = [words.get('place') ?? '', words.get('year') ?? '']
  const name = useNameOf(place === '' ? undefined : 'region', place) ?? place
  const known = place !== '' && year !== ''
  const title: Text = known
    ? { zh: `催报：${name} ${year}`, en: `Reminder: ${place}, ${year}` }
    : { zh: '催报', en: 'Reminder' }
  return (
    <Page title={title}>
      {known ? (
        <Asked key={`${place} ${year}`} place={place} name={name} year={year} />
      ) : (
        <Nothing
          what={{
            zh: '从首页的进度表点标 ✗ 的格子打开这一页。',
            en: 'Open this page by a cell marked ✗ on the first screen.',
          }}
        />
      )}
    </Page>
  )
}

function Asked(p: { readonly place: string; readonly name: string; readonly year: string }) {
  const asked = useRows('accountReminder', { input: { place: p.place, year: p.year }, limit: 500 })
  const deadlines = useRows('deadlines', { input: { subject: `gep-year:${p.place}:${p.year}`, status: 'running' } })
  if (asked.isPending || deadlines.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows } = asked.data
  const owed = rows.filter((r) => r['owedBy'] === 'county')
  const due = deadlines.data?.rows.map((r) => textOf(r, 'dueOn') ?? '').sort()[0]
  return (
    <>
      <Items rows={rows} due={due} {...p} />
      {owed.length === 0 ? (
        <Nothing
          what={{ zh: '没有该由县里办的事，不必催。', en: 'Nothing is owed by the county; no letter is due.' }}
        />
      ) : (
        <Letter
          {...p}
          due={due}
          key={due}
          items={owed.map((r) => textOf(r, 'zh') ?? '')}
          number={rows.map((r) => textOf(r, 'number')).find((n) => n !== undefined)}
        />
      )}
    </>
  )
}

function Items(p: {
  readonly rows: readonly Row[]
  readonly due: string | undefined
  readonly place: string
  readonly year: string
}) {
  const { t, lang } = useLanguage()
  const { mayRun } = useMenu()
  const by = p.rows.map((r) => textOf(r, 'registeredBy')).find((b) => b !== undefined)
  return (
    <div className="screen-only">
      <Part title={{ zh: '差什么', en: 'What is missing' }}>
        {p.rows.length === 0 ? (
          <Nothing what={{ zh: '已全部完成。', en: 'All is done.' }} />
        ) : (
          <ul className="owed">
            {p.rows.map((r, i) => (
              <li key={i}>
                <span className="kind">{t(KINDS[textOf(r, 'kind') ?? ''] ?? { zh: '事项', en: 'item' })}</span>{' '}
                <ItemLink row={r}>{(lang === 'zh' ? textOf(r, 'zh') : textOf(r, 'en')) ?? ''}</ItemLink>
              </li>
            ))}
          </ul>
        )}
        <p className="hint">
          {by !== undefined && (
            <>
              {t({ zh: '登记人', en: 'Registered by' })}：<NameOf who={by} /> ·{' '}
            </>
          )}
          {p.due === undefined
            ? t({ zh: '记录里没有这项核算的期限。', en: 'The record holds no deadline of this account.' })
            : t({ zh: `期限：${p.due}`, en: `Deadline: ${p.due}` })}{' '}
          {p.due === undefined && mayRun('startDeadline') && (
            <Link href={`/w/do/${kebab('startDeadline')}?subject=gep-year:${p.place}:${p.year}&place=${p.place}`}>
              {t({ zh: '登记期限', en: 'Set a deadline' })}
            </Link>
          )}
        </p>
      </Part>
    </div>
  )
}

function ItemLink({ row, children }: { readonly row: Row; readonly children: string }) {
  const account = textOf(row, 'account')
  if (account === undefined) return <strong className="bad">{children}</strong>
  const code = textOf(row, 'code')
  const tab = TABS[textOf(row, 'kind') ?? ''] ?? 'review'
  return <Link href={`/w/gep/${account}/${tab}${code === undefined ? '' : `?why=${code}`}`}>{children}</Link>
}
