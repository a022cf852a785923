// How far each county has come: counties by rows, in the order of their codes, stages by columns. What is missing is named in words
// and leads to where it is done, the stage not reached to the missing items and a letter; nothing is ranked. The provincial office's first screen.

import { Link } from 'wouter'
import { useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

const STAGES: readonly { readonly title: Text; readonly reached: (account: Row) => boolean }[] = [
  { title: { zh: '登记（试算）', en: 'Registered (trial)' }, reached: () => true },
  {
    title: { zh: '初步', en: 'Preliminary' },
    reached: (a) => a['status'] === 'preliminary' || a['status'] === 'official',
  },
  { title: { zh: '正式', en: 'Official' }, reached: (a) => a['status'] === 'official' },
  { title: { zh: '公布', en: 'Published' }, reached: (a) => a['publication'] !== undefined },
]
const NEXT: readonly Text[] = [
  { zh: '未录入', en: 'nothing yet' },
  { zh: '待审核', en: 'to be reviewed' },
  { zh: '待审定', en: 'to be signed off' },
  { zh: '待公布', en: 'to be published' },
]

/** As many rows as the server gives at once. */
const MOST = 1_000

export function Progress() {
  const { t } = useLanguage()
  const { role } = useSession()
  const within = role?.places[0]?.code
  const accounts = useRows('accounts', { limit: MOST })
  const counties = useRows('regions', { input: { within, level: 'county' }, limit: MOST }, within !== undefined)
  const [chosen, choose] = useState<string>()
  if (accounts.isPending || (within !== undefined && counties.isPending)) return <Waiting />
  if (accounts.isError) return <Failed error={accounts.error} again={() => void accounts.refetch()} />
  const all = accounts.data.rows.filter((a) => a['supersededBy'] === undefined)
  const known = [...new Set(all.map((a) => String(a['year'])))].sort().reverse()
  const years = known.length > 0 ? known : [String(new Date().getFullYear() - 1)]
  const year = chosen ?? years[0]
  const ofYear = new Map(all.filter((a) => String(a['year']) === year).map((a) => [textOf(a, 'place')!, a]))
  const rows = placesOf(counties.data?.rows ?? [], all)
  const official = [...ofYear.values()].filter((a) => a['status'] === 'official').length
  return (
    <Part
      title={{ zh: `进度 ${year ?? ''}`, en: `Progress ${year ?? ''}` }}
      actions={
        years.length > 1 && (
          <label className="inline-label">
            {t({ zh: '年份', en: 'Year' })}
            <select className="native" value={year} onChange={(e) => choose(e.target.value)}>
              {years.map((y) => (
                <option key={y}>{y}</option>
              ))}
            </select>
          </label>
        )
      }
    >
      <p className="hint">
        {t({
          zh: `${rows.length} 个县（市、区）：已登记 ${ofYear.size}，已正式 ${official}。`,
          en: `${rows.length} counties: ${ofYear.size} registered, ${official} official.`,
        })}
      </p>
      <div
        className="table-box tall"
        role="region"
        aria-label={t({ zh: '各县进度', en: 'Progress by county' })}
        tabIndex={0}
      >
        <table className="rows-table">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '县（市、区）', en: 'County' })}</th>
              {STAGES.map((s) => (
                <th key={s.title.en} scope="col">
                  {t(s.title)}
                </th>
              ))}
              <th scope="col">{t({ zh: '差什么', en: 'What is missing' })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, name }) => (
              <County key={code} code={code} name={name} year={year!} account={ofYear.get(code)} />
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  )
}

function County(p: {
  readonly code: string
  readonly name: string
  readonly year: string
  readonly account: Row | undefined
}) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const { account } = p
  const letter = mayAsk('accountReminder') ? `/w/remind?place=${p.code}&year=${p.year}` : undefined
  const reached = account ? STAGES.filter((s) => s.reached(account)).length : 0
  const missing = NEXT[reached]
  const comments = account === undefined ? '0' : (textOf(account, 'openComments') ?? '0')
  const id = account && textOf(account, 'id')
  return (
    <tr>
      <th scope="row">
        {p.name} <span className="hint">{p.code}</span>
      </th>
      {STAGES.map((s, i) => (
        <td key={s.title.en}>
          {i < reached ? (
            '✓'
          ) : i > reached || letter === undefined ? (
            <span className="none">—</span>
          ) : (
            // The stage a county is late for opens what it lacks and the letter.
            <Link href={letter} className="bad">
              ✗ {t({ zh: '催报', en: 'remind' })}
            </Link>
          )}
        </td>
      ))}
      <td className="long">
        {missing === undefined ? (
          <span className="good">{t({ zh: '已完成', en: 'done' })}</span>
        ) : id === undefined ? (
          <strong className="bad">✗ {t(missing)}</strong>
        ) : (
          <Link href={`/w/gep/${id}/review`}>{t(missing)}</Link>
        )}
        {comments !== '0' && id !== undefined && (
          <>
            {' · '}
            <Link href={`/w/gep/${id}/comments`}>
              {t({ zh: `${comments} 条批注未办结`, en: `${comments} open comments` })}
            </Link>
          </>
        )}
      </td>
    </tr>
  )
}

/** The counties of the office, and whatever else has an account. */
function placesOf(counties: readonly Row[], accounts: readonly Row[]): readonly { code: string; name: string }[] {
  const names = new Map(counties.map((r) => [textOf(r, 'code')!, textOf(r, 'name') ?? '']))
  for (const a of accounts) {
    const place = textOf(a, 'place')
    if (place !== undefined && !names.has(place)) names.set(place, textOf(a, 'titleZh') ?? '')
  }
  return [...names].map(([code, name]) => ({ code, name })).sort((a, b) => (a.code < b.code ? -1 : 1))
}
