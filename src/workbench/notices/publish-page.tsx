// Posting a notice: what it is about, its text, its days and its list. The list is pasted as the office has it and masked here, before
// anything is sent; the last day, and the holidays that lie before it, are told while one still chooses.
// Always holds: nothing unmasked leaves this page; what stands under 公众将看到的 is what is posted.

import { Button } from 'antd'
import { useId, useRef, useState, type SyntheticEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import { listText, maskedList, pastedList, type Text } from '../../kernel/index.ts'
import type { Said } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { fieldId, Fields } from '../form/field.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { ReceiptShown } from '../form/receipt.tsx'
import type { CommandFormSchema, GroupSchema } from '../form/schema.ts'
import { useSubmit, type Receipt } from '../form/use-submit.ts'
import { emptyOf, inputOf, missingOf, setAt, type Group, type Value } from '../form/values.ts'
import { Page, Part } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { NoticeShown } from './shown.tsx'
import { About } from './about.tsx'
import { numberOf, term } from './words.ts'

const TITLE: Text = { zh: '发布公示', en: 'Post a notice' }

export function PublishPage() {
  const form = useCommandForm('publish-notice')
  const [words] = useSearchParams()
  if (form.isPending) return <Waiting />
  if (form.isError)
    return (
      <Page title={TITLE}>
        <Failed error={form.error} again={() => void form.refetch()} />
      </Page>
    )
  return <Publish key={words.toString()} form={form.data} given={Object.fromEntries(words)} />
}

/** The list is asked for by a part of this page of its own. */
const LIST = ['list', 'listText']

const without = ({ properties, required = [] }: GroupSchema, names: readonly string[]): GroupSchema => ({
  properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
  required: required.filter((name) => !names.includes(name)),
})

function Publish({
  form,
  given,
}: {
  readonly form: CommandFormSchema
  readonly given: Readonly<Record<string, string>>
}) {
  const { t } = useLanguage()
  const { role } = useSession()
  const prefix = useId()
  const schema = without(form.schema, LIST)
  const submit = useSubmit()
  const [only] = role?.places ?? []
  const [value, setValue] = useState<Group>(() => ({
    ...(emptyOf(schema) as Group),
    place: given['place'] ?? (role?.places.length === 1 && only ? only.code : ''),
    about: given['about'] ?? '',
    from: today(),
    days: '7',
    kind: 'working',
  }))
  const [pasted, paste] = useState('')
  const [missing, setMissing] = useState<readonly Said[]>([])
  const [done, setDone] = useState<Receipt>()
  const box = useRef<HTMLFormElement>(null)
  const given_ = pastedList(pasted)
  const list = maskedList(given_)
  const masked = changedCells(given_.rows, list.rows)
  const ragged = list.rows.findIndex((row) => row.length !== list.columns.length)
  const said = (name: string): string => {
    const v: Value = value[name]
    return typeof v === 'string' ? v : ''
  }
  const due = useDue({ from: said('from'), days: said('days'), kind: said('kind') })
  if (done) return <Posted receipt={done} />
  const refusals = submit.isError ? saidOf(submit.error) : []
  const problems = [...missing, ...refusals]
  const elsewhere = problems.filter((p) => p.field === undefined || !document.getElementById(fieldId(prefix, p.field)))
  const change = (name: string, v: Value): void => {
    setValue((whole) => ({ ...whole, [name]: v }))
    setMissing((all) => all.filter((p) => p.field !== name))
  }
  const send = (e: SyntheticEvent): void => {
    e.preventDefault()
    if (submit.isPending) return
    const gaps = missingOf(schema, value)
    setMissing(gaps.map(missingSaid))
    if (gaps[0] !== undefined) {
      document.getElementById(fieldId(prefix, gaps[0]))?.focus()
      return submit.reset()
    }
    const input = { ...inputOf(schema, value), ...(list.rows.length === 0 ? {} : { listText: listText(list) }) }
    submit.mutate({ command: 'publish-notice', version: form.version, input }, { onSuccess: setDone })
  }
  return (
    <Page title={TITLE} actions={<Link href="/w/notices">{t({ zh: '返回清单', en: 'All notices' })}</Link>}>
      <form ref={box} onSubmit={send} noValidate className="command-form">
        <About
          id={fieldId(prefix, 'about')}
          value={said('about')}
          problem={problems.find((p) => p.field === 'about')}
          choose={(about, place) => {
            change('about', about)
            if (place !== undefined) change('place', place)
          }}
        />
        <Fields
          schema={without(schema, ['about'])}
          value={value}
          path={[]}
          problems={problems}
          prefix={prefix}
          change={(path, v) => {
            setValue((whole) => setAt(whole, path, v) as Group)
            setMissing((all) => all.filter((p) => p.field !== path.join('.')))
          }}
        />
        <p role="status" className="due">
          {due.data ? <Due row={due.data} /> : due.problems && <Problems problems={due.problems} />}
        </p>
        <div className="field kind-long-text">
          <label htmlFor={`${prefix}-paste`}>
            {t({ zh: '名单（从表格复制，粘贴在这里）', en: 'The list, copied from a spreadsheet and pasted here' })}
            <span className="may">{t({ zh: '选填', en: 'optional' })}</span>
          </label>
          <textarea
            id={`${prefix}-paste`}
            className="native"
            rows={5}
            value={pasted}
            aria-describedby={`${prefix}-paste-hint`}
            onChange={(e) => paste(e.target.value)}
          />
          <p className="hint" id={`${prefix}-paste-hint`}>
            {t({
              zh: '第一行是表头。姓名、身份证号、手机号、银行卡号在本机自动遮盖，不会传出去。',
              en: 'Headings first. Names and numbers of people are masked on this computer and never sent.',
            })}
          </p>
          {list.rows.length > 0 && (
            <p role="status" className={ragged < 0 ? 'good' : 'bad'}>
              {ragged < 0
                ? t({
                    zh: `✓ ${list.rows.length} 行，遮盖了 ${masked} 格。`,
                    en: `✓ ${list.rows.length} rows, ${masked} cells masked.`,
                  })
                : t({
                    zh: `✗ 第 ${ragged + 1} 行有 ${list.rows[ragged]!.length} 格，表头有 ${list.columns.length} 格。`,
                    en: `✗ Row ${ragged + 1} has ${list.rows[ragged]!.length} cells, the heading ${list.columns.length}.`,
                  })}
            </p>
          )}
        </div>
        <Part title={{ zh: '公众将看到的', en: 'What the public will read' }}>
          <NoticeShown
            title={said('title')}
            body={said('body')}
            contact={said('contact')}
            columns={list.columns}
            rows={list.rows}
            listDocument={said('listDocument') === '' ? undefined : said('listDocument')}
            days={due.data && daysOf(said('from'), said('days'), said('kind'), textOf(due.data, 'dueOn') ?? '')}
          />
        </Part>
        {elsewhere.length > 0 && <Problems problems={elsewhere} />}
        <p className="buttons">
          <Button type="primary" htmlType="submit" loading={submit.isPending}>
            {t({ zh: '发布', en: 'Post it' })}
          </Button>
          <span className="hint">
            {t({
              zh: '发布后马上公开；内容不能改，只能撤回重发。',
              en: 'It is public at once; it is not edited, only withdrawn and posted anew.',
            })}
          </span>
        </p>
      </form>
    </Page>
  )
}

const changedCells = (before: readonly (readonly string[])[], after: readonly (readonly string[])[]): number =>
  after.reduce((n, row, i) => n + row.filter((cell, k) => cell !== before[i]?.[k]).length, 0)

const missingSaid = (field: string): Said => ({
  code: 'workbench.missing',
  severity: 'red',
  field,
  zh: '这一项必须填。',
  en: 'This must be filled in.',
})

const daysOf = (from: string, days: string, kind: string, due: string): Text => ({
  zh: `公示期：${from} 至 ${due}（${term(days, kind).zh}，起始日不计入）`,
  en: `From ${from} to ${due} (${term(days, kind).en}, the first day is not counted)`,
})

/** Counted by the server with the holiday tables, while the three fields are whole. */
function useDue({ from, days, kind }: { readonly from: string; readonly days: string; readonly kind: string }) {
  const whole = /^\d{4}-\d\d-\d\d$/.test(from) && /^[1-9]\d{0,2}$/.test(days) && kind !== ''
  const asked = useRows('countDays', { input: { from, days, kind } }, whole)
  return {
    data: whole && !asked.isError ? asked.data?.rows[0] : undefined,
    problems: whole && asked.isError ? saidOf(asked.error) : undefined,
  }
}

function Due({ row }: { readonly row: Readonly<Record<string, unknown>> }) {
  const { t } = useLanguage()
  const off = t({ zh: textOf(row, 'off') ?? '', en: textOf(row, 'offEn') ?? '' })
  const worked = textOf(row, 'worked')
  return (
    <>
      <strong>{t({ zh: `最后一日：${textOf(row, 'dueOn')}`, en: `Last day: ${textOf(row, 'dueOn')}` })}</strong>
      {t({
        zh: `，其间 ${numberOf(row, 'workingDays')} 个工作日`,
        en: `, ${numberOf(row, 'workingDays')} working days until then`,
      })}
      {off !== '' && t({ zh: `；其间放假：${off}`, en: `; days off: ${off}` })}
      {worked !== undefined && t({ zh: `；调休上班：${worked}`, en: `; worked weekends: ${worked}` })}
      {row['unconfirmed'] === true && (
        <span className="warn">
          {' '}
          ! {t({ zh: '放假安排尚未与原文核对', en: 'the holiday table was not yet compared with its instrument' })}
        </span>
      )}
    </>
  )
}

/** Where to go on: the notice, its public page, the copy for the board. */
function Posted({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useLanguage()
  const told = (receipt.answer ?? {}) as {
    readonly publicNotice?: string
    readonly page?: string
    readonly dueOn?: string
  }
  return (
    <Page title={TITLE}>
      <ReceiptShown receipt={receipt}>
        <Link href={`/w/notices/${told.publicNotice}`}>{t({ zh: '打开这件公示', en: 'Open the notice' })}</Link>
        <a href={told.page} target="_blank" rel="noreferrer">
          {t({ zh: '公示页（公众）', en: 'Public page' })}
        </a>
        <a href={`${told.page}/print`} target="_blank" rel="noreferrer">
          {t({ zh: '打印张贴稿（大字）', en: 'Copy for the board' })}
        </a>
      </ReceiptShown>
    </Page>
  )
}
