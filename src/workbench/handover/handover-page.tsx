// 本部门要交的表: what a department owes for the account of a place and year, table by table, with template, deadline, state and a box
// to hand the file over; every hand-over has a sheet that is printed and signed. Serves department contacts and clerks.

import { Button } from 'antd'
import { useId, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useNameOf } from '../api/names.ts'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { keep, kept } from '../kept.ts'
import { useLanguage } from '../language.tsx'
import { save } from '../save.ts'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { HandOverForm } from './hand-over-form.tsx'
import { HandOverSheet } from './hand-over-sheet.tsx'
import { templateCsv } from './template.ts'
import { DEPARTMENTS, STATES } from './words.ts'

const HAND_OVER: Text = { zh: '移交文件', en: 'Hand the file over' }
const AGAIN: Text = { zh: '重新移交', en: 'Hand over again' }
const TITLE: Text = { zh: '部门要交的表', en: 'Tables that departments owe' }

export function HandOverPage() {
  const { t } = useLanguage()
  const [words] = useSearchParams()
  const sheet = words.get('sheet') ?? ''
  if (sheet !== '')
    return (
      <Page
        title={{ zh: '资料交接单', en: 'Hand-over sheet' }}
        actions={
          <>
            <Button type="primary" onClick={() => globalThis.print()}>
              {t({ zh: '打印', en: 'Print' })}
            </Button>
            <Link href="/w/handover">{t({ zh: '回到要交的表', en: 'Back to the tables' })}</Link>
          </>
        }
      >
        <HandOverSheet id={sheet} />
      </Page>
    )
  return (
    <Page
      title={TITLE}
      about={{
        zh: '清单来自这个地区上一份核算：哪个文件、里面要有哪些项。上传后得到带校验值的交接单，以后改动看得见。',
        en: 'The list comes from the last account of the place: which file, and what stands in it. Handing over gives a sheet with the hash; later changes stay visible.',
      }}
    >
      <OwedTables />
    </Page>
  )
}

/** The tables of the chosen department, also as the first screen of a department contact. */
export function OwedTables() {
  const id = useId()
  const { t } = useLanguage()
  const { role } = useSession()
  const [words, setWords] = useSearchParams()
  const accounts = useRows('accounts', { limit: 1_000 })
  const rows = accounts.data?.rows ?? []
  const places = [...new Set(rows.map((r) => textOf(r, 'place') ?? ''))].sort()
  const own = (role?.places ?? []).map((p) => p.code)
  const place = words.get('place') ?? places.find((p) => own.includes(p)) ?? places[0] ?? ''
  const years = rows.filter((r) => r['place'] === place).map((r) => Number(r['year']))
  const last = Math.max(...years)
  const year = words.get('year') ?? String(last + 1)
  const [department, choose] = useState(() => kept('department') ?? '')
  const set = (name: string, to: string): void =>
    setWords((before) => {
      const after = new URLSearchParams(before)
      after.set(name, to)
      if (name === 'place') after.delete('year')
      return after
    })
  if (accounts.isPending) return <Waiting />
  if (accounts.isError) return <Failed error={accounts.error} again={() => void accounts.refetch()} />
  if (places.length === 0)
    return (
      <Nothing
        what={{
          zh: '您的地区还没有登记过核算，没有清单可依；要交的表由县里通知。',
          en: 'No account of your places is registered, so there is no list yet; the county tells what is owed.',
        }}
      />
    )
  return (
    <>
      <div className="search-form tools">
        <span className="inline-label">
          <label htmlFor={`${id}place`}>{t({ zh: '地区', en: 'Place' })}</label>{' '}
          <select id={`${id}place`} className="native" value={place} onChange={(e) => set('place', e.target.value)}>
            {places.map((code) => (
              <PlaceOption key={code} code={code} />
            ))}
          </select>
        </span>
        <label className="inline-label">
          {t({ zh: '核算年份', en: 'Year' })}{' '}
          <select className="native" value={year} onChange={(e) => set('year', e.target.value)}>
            {[...new Set([last + 1, ...years, Number(year)])]
              .sort((a, b) => b - a)
              .map((y) => (
                <option key={y}>{y}</option>
              ))}
          </select>
        </label>
        <label className="inline-label">
          {t({ zh: '部门', en: 'Department' })}{' '}
          <select
            className="native"
            value={department}
            onChange={(e) => {
              keep('department', e.target.value)
              choose(e.target.value)
            }}
          >
            <option value="">{t({ zh: '全部部门', en: 'All departments' })}</option>
            {Object.entries(DEPARTMENTS).map(([id, title]) => (
              <option key={id} value={id}>
                {t(title)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Tables place={place} year={year} department={department} />
    </>
  )
}

function PlaceOption({ code }: { readonly code: string }) {
  const name = useNameOf('region', code)
  return (
    <option value={code}>
      {name ?? ''} {code}
    </option>
  )
}

function Tables(p: { readonly place: string; readonly year: string; readonly department: string }) {
  const { t } = useLanguage()
  const asked = useRows('owedTables', {
    input: { place: p.place, year: p.year, department: p.department === '' ? undefined : p.department },
    limit: 500,
  })
  const [open, setOpen] = useState<string>()
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows } = asked.data
  const missing = rows.filter((r) => r['state'] === 'missing').length
  const due = rows.map((r) => textOf(r, 'dueOn')).find((d) => d !== undefined)
  return (
    <Part
      title={{
        zh: `要交 ${rows.length} 张表，还差 ${missing} 张`,
        en: `${rows.length} tables owed, ${missing} missing`,
      }}
    >
      <p className="hint">
        {due === undefined
          ? t({ zh: '记录里没有登记期限。', en: 'The record holds no deadline.' })
          : t({ zh: `期限：${due}`, en: `Due on ${due}` })}{' '}
        {rows[0] &&
          t({
            zh: `清单依据：核算 ${textOf(rows[0], 'listOf')}`,
            en: `By the list of account ${textOf(rows[0], 'listOf')}`,
          })}
      </p>
      {rows.length === 0 ? (
        <Nothing what={{ zh: '清单里没有这个部门的表。', en: 'The list names no table of this department.' }} />
      ) : (
        <ul className="owed-tables">
          {rows.map((r) => {
            const key = `${textOf(r, 'department')} ${textOf(r, 'sheet')}`
            return (
              <Table
                key={key}
                row={r}
                place={p.place}
                year={p.year}
                open={open === key}
                toggle={() => setOpen(open === key ? undefined : key)}
              />
            )
          })}
        </ul>
      )}
    </Part>
  )
}

function Table(p: {
  readonly row: Row
  readonly place: string
  readonly year: string
  readonly open: boolean
  readonly toggle: () => void
}) {
  const { t, lang } = useLanguage()
  const { mayRun } = useMenu()
  const [department, sheet] = [textOf(p.row, 'department') ?? '', textOf(p.row, 'sheet') ?? '']
  const state = STATES[textOf(p.row, 'state') ?? 'missing']!
  const [headings, handOver] = [textOf(p.row, 'headings'), textOf(p.row, 'handOver')]
  return (
    <li>
      <h3>
        <span className={state.look}>
          {state.sign} {t(state.title)}
        </span>{' '}
        {sheet} <span className="hint">{t(DEPARTMENTS[department] ?? { zh: department, en: department })}</span>
      </h3>
      <p>{lang === 'zh' ? textOf(p.row, 'zh') : textOf(p.row, 'en')}</p>
      <p className="links screen-only">
        {headings !== undefined && (
          <Button
            size="small"
            aria-label={`${t({ zh: '下载模板', en: 'Template' })} ${sheet}`}
            onClick={() =>
              save(new Blob([templateCsv(headings)], { type: 'text/csv' }), `${sheet.replace(/\.\w+$/, '')}-模板.csv`)
            }
          >
            {t({ zh: '下载模板', en: 'Template' })}
          </Button>
        )}
        {mayRun('handOverInput') && (
          <Button
            size="small"
            aria-label={`${t(handOver === undefined ? HAND_OVER : AGAIN)} ${sheet}`}
            aria-expanded={p.open}
            onClick={p.toggle}
          >
            {t(handOver === undefined ? HAND_OVER : AGAIN)}
          </Button>
        )}
        {handOver !== undefined && (
          <Link href={`/w/handover?sheet=${handOver}`}>
            {t({ zh: '交接单', en: 'Sheet' })} {textOf(p.row, 'number')}
          </Link>
        )}
      </p>
      {p.open && <HandOverForm place={p.place} year={p.year} department={department} sheet={sheet} />}
    </li>
  )
}
