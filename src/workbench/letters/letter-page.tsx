// One letter: a form made of its template's fields; sums in words and dates in Chinese are shown as they will stand; a look before
// it is downloaded as Word or opened to be printed.
// Always holds: what is filled in stays in the page and is kept nowhere.

import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useSession } from '../api/session.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { callForFile } from '../api/call.ts'
import { save } from '../save.ts'
import {
  askedOf,
  derived,
  FORM_WORDS,
  isDay,
  isSum,
  valuesOf,
  type Asked,
  type Filled,
  type FilledRow,
} from './fields.ts'
import { fieldsIn } from './letters-page.tsx'

export function LetterPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { t } = useLanguage()
  const asked = useRows('letterTemplates', { input: { template: id }, limit: 1 })
  if (asked.isPending) return <Waiting />
  const row = asked.data?.rows[0]
  const usable = row && textOf(row, 'status') === 'in-force'
  return (
    <Page
      title={{ zh: `填写 ${(row && textOf(row, 'name')) ?? '文书'}`, en: 'Fill in a letter' }}
      about={{ zh: '填的内容只用来生成这份文书，不保存。', en: 'What is filled in makes this letter and is not kept.' }}
      actions={<Link href="/w/letters">{t({ zh: '全部模板', en: 'All templates' })}</Link>}
    >
      {asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : !row || !usable ? (
        <Nothing what={{ zh: '没有这个模板，或已停用。', en: 'There is no such template, or it is no longer used.' }} />
      ) : (
        <Fill id={id} row={row} />
      )}
    </Page>
  )
}

function Fill({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const asked = askedOf(fieldsIn(row))
  const [filled, fill] = useState<FilledRow>({})
  const write = (as: 'docx' | 'html') =>
    callForFile(`/api/v1/letters/${id}`, {
      method: 'POST',
      role: role?.role,
      body: { values: valuesOf(asked, filled), as },
    })
  const look = useMutation({ mutationFn: async () => (await write('html')).text() })
  const print = useMutation({
    mutationFn: () => write('html'),
    onSuccess: (page) => {
      const url = URL.createObjectURL(page)
      globalThis.open(url, '_blank', 'noopener')
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
  })
  const word = useMutation({
    mutationFn: () => write('docx'),
    onSuccess: (bytes) => save(bytes, `${textOf(row, 'name') ?? 'letter'}.docx`),
  })
  const failed = [look, print, word].find((m) => m.isError)
  return (
    <>
      <form
        className="command-form"
        autoComplete="off"
        onSubmit={(e) => {
          e.preventDefault()
          look.mutate()
        }}
      >
        <LetterFields
          asked={asked}
          filled={filled}
          change={(to) => {
            fill(to)
            for (const m of [look, print, word]) m.reset()
          }}
        />
        {failed && <Problems problems={saidOf(failed.error)} />}
        <p className="buttons">
          <Button type="primary" htmlType="submit" loading={look.isPending}>
            {t({ zh: '预览', en: 'Look at it' })}
          </Button>
          <Button loading={word.isPending} onClick={() => word.mutate()}>
            {t({ zh: '下载 Word', en: 'Download as Word' })}
          </Button>
          <Button loading={print.isPending} onClick={() => print.mutate()}>
            {t({ zh: '打开打印稿', en: 'Open to print' })}
          </Button>
        </p>
      </form>
      {look.data !== undefined && (
        <Part title={{ zh: '预览', en: 'Preview' }}>
          <iframe className="letter-look" sandbox="" srcDoc={look.data} title={t({ zh: '预览', en: 'Preview' })} />
        </Part>
      )}
    </>
  )
}

function LetterFields(p: {
  readonly asked: readonly Asked[]
  readonly filled: FilledRow
  readonly change: (to: FilledRow) => void
}) {
  return (
    <div className="fields">
      {p.asked.map((field) => (
        <LetterField
          key={field.name}
          field={field}
          value={p.filled[field.name]}
          change={(value) => p.change({ ...p.filled, [field.name]: value })}
        />
      ))}
    </div>
  )
}

function LetterField({
  field,
  value,
  change,
}: {
  readonly field: Asked
  readonly value: Filled | undefined
  readonly change: (value: Filled) => void
}) {
  const { t } = useLanguage()
  const id = useId()
  if (field.rows && field.rows.length > 0)
    return <LetterRows field={field} rows={field.rows} value={value} change={change} />
  if (field.rows)
    return (
      <div className="field">
        <label>
          <input type="checkbox" checked={value === true} onChange={(e) => change(e.target.checked)} /> {field.name}
        </label>
      </div>
    )
  const text = typeof value === 'string' ? value : ''
  const told = field.forms.flatMap((form) => {
    const written = derived(form, text)
    return written === undefined ? [] : [`${t(FORM_WORDS[form] ?? { zh: form, en: form })}：${written}`]
  })
  return (
    <div className="field">
      <label htmlFor={id}>{field.name}</label>
      <Input
        id={id}
        {...(isDay(field) ? { type: 'date' } : {})}
        {...(isSum(field)
          ? {
              inputMode: 'decimal' as const,
              suffix: field.forms.includes('大写') ? t({ zh: '元', en: 'yuan' }) : undefined,
            }
          : {})}
        aria-describedby={`${id}-told`}
        value={text}
        onChange={(e) => change(e.target.value)}
      />
      <p className="hint" id={`${id}-told`} role="status">
        {told.join('　')}
      </p>
    </div>
  )
}

function LetterRows({
  field,
  rows,
  value,
  change,
}: {
  readonly field: Asked
  readonly rows: readonly Asked[]
  readonly value: Filled | undefined
  readonly change: (value: Filled) => void
}) {
  const { t } = useLanguage()
  const all = Array.isArray(value) ? (value as readonly FilledRow[]) : []
  return (
    <fieldset className="field-group">
      <legend>{field.name}</legend>
      {all.map((row, i) => (
        <div className="row" key={i}>
          <LetterFields
            asked={rows}
            filled={row}
            change={(to) => change(all.map((other, at) => (at === i ? to : other)))}
          />
          <Button size="small" onClick={() => change(all.filter((_, at) => at !== i))}>
            {t({ zh: `删去第 ${i + 1} 行`, en: `Remove row ${i + 1}` })}
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => change([...all, {}])}>
        {t({ zh: `加一行${field.name}`, en: 'Add a row' })}
      </Button>
    </fieldset>
  )
}
