// Letters: the templates an office made in its own Word, which fields each wants, who registered it; a new one is looked through
// before it is registered.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { address, type Said } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { SmallForm } from '../form/small-form.tsx'
import { FileControl } from '../form/file-control.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Problems, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'
import { askedOf, fieldsText, type TemplateField } from './fields.ts'

export function LettersPage() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const asked = useRows('letterTemplates', { limit: 500 })
  const [older, showOlder] = useState(false)
  const rows = asked.data?.rows ?? []
  const current = rows.filter((row) => textOf(row, 'status') === 'in-force')
  const shown = older ? rows : current
  return (
    <Page
      title={{ zh: '文书', en: 'Letters' }}
      about={{
        zh: '模板用 Word 或 WPS 编辑，字段写在花括号里；在这里填好字段，得到可以盖章的文书。',
        en: 'Templates are made in Word with fields in braces; fill in the fields here and get a letter to be sealed.',
      }}
    >
      <Part title={{ zh: '模板', en: 'Templates' }}>
        {asked.isPending ? (
          <Waiting />
        ) : asked.isError ? (
          <Failed error={asked.error} again={() => void asked.refetch()} />
        ) : shown.length === 0 ? (
          <Nothing what={{ zh: '还没有登记模板。', en: 'No template is registered yet.' }} />
        ) : (
          <Templates rows={shown} />
        )}
        {rows.length > current.length && (
          <p>
            <label>
              <input type="checkbox" checked={older} onChange={(e) => showOlder(e.target.checked)} />{' '}
              {t({ zh: '也看以前的版本', en: 'earlier versions too' })}
            </label>
          </p>
        )}
      </Part>
      {mayRun('registerTemplate') && <Register current={current} />}
    </Page>
  )
}

const HEADS: readonly Text[] = [
  { zh: '模板', en: 'Template' },
  { zh: '版本', en: 'Version' },
  { zh: '要填的字段', en: 'Fields' },
  { zh: '行政区', en: 'Region' },
  { zh: '登记', en: 'Registered' },
]
const STATUS: Readonly<Record<string, Text>> = {
  'in-force': { zh: '在用', en: 'in force' },
  replaced: { zh: '已有新版本', en: 'replaced' },
  withdrawn: { zh: '已停用', en: 'withdrawn' },
}

export const fieldsIn = (row: Row): readonly TemplateField[] =>
  JSON.parse(textOf(row, 'shape') ?? '[]') as readonly TemplateField[]

function Templates({ rows }: { readonly rows: readonly Row[] }) {
  const { t, lang } = useLanguage()
  const { role } = useSession()
  return (
    <div className="table-box" role="region" aria-label={t({ zh: '模板清单', en: 'List of templates' })} tabIndex={0}>
      <table className="rows-table">
        <thead>
          <tr>
            {HEADS.map((h) => (
              <th key={h.zh} scope="col">
                {t(h)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t({ zh: '办理', en: 'Do' })}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const [id, name, hash] = ['id', 'name', 'hash'].map((n) => textOf(row, n) ?? '')
            const status = textOf(row, 'status') ?? ''
            const by = textOf(row, 'registeredBy')
            return (
              <tr key={id}>
                <td>
                  {name}{' '}
                  <Link href={`/w/history?subject=letter-template:${id!}`}>{t({ zh: '历史', en: 'History' })}</Link>
                </td>
                <td>
                  {String(row['version'])} · {t(STATUS[status] ?? { zh: status, en: status })}
                </td>
                <td className="long">{fieldsText(askedOf(fieldsIn(row))) || t({ zh: '没有字段', en: 'none' })}</td>
                <td>
                  <Name kind="region" id={textOf(row, 'place') ?? ''} />
                </td>
                <td>
                  {by !== undefined && <Name kind="person" id={by} />} {momentText(textOf(row, 'registered'), lang)}
                </td>
                <td className="open">
                  {status === 'in-force' && (
                    <Link href={`/w/letters/${id!}`} aria-label={t({ zh: `填写 ${name!}`, en: `Fill in ${name!}` })}>
                      {t({ zh: '填写', en: 'Fill in' })}
                    </Link>
                  )}{' '}
                  <a
                    href={address(`/api/v1/files/${hash!}`, { _role: role?.role })}
                    aria-label={t({ zh: `下载模板 ${name!}`, en: `The template ${name!}` })}
                  >
                    {t({ zh: '下载模板', en: 'Template' })}
                  </a>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface Checked {
  readonly fields: readonly TemplateField[]
  readonly problems: readonly Said[]
}

/** The file first: what it wants and what is wrong with it is told before it is registered. */
function Register({ current }: { readonly current: readonly Row[] }) {
  const { t } = useLanguage()
  const { ask, role } = useSession()
  const [hash, setHash] = useState('')
  const [replaces, replace] = useState('')
  const [round, setRound] = useState(0)
  const checked = useQuery({
    queryKey: ['letter-check', hash, role?.role],
    queryFn: () => ask<Checked>('/api/v1/letters/check', { method: 'POST', body: { hash } }),
    enabled: hash !== '',
    retry: false,
  })
  const known = current.find((row) => textOf(row, 'id') === replaces)
  const before = known && new Set(askedOf(fieldsIn(known)).map((f) => f.name))
  const now = checked.data && askedOf(checked.data.fields)
  const gone = before && now && [...before].filter((name) => !now.some((f) => f.name === name))
  const fresh = before && now?.filter((f) => !before.has(f.name))
  return (
    <Part title={{ zh: '登记模板', en: 'Register a template' }}>
      <div className="field">
        <label htmlFor="letter-file">{t({ zh: 'Word 模板（.docx）', en: 'Word template (.docx)' })}</label>
        <FileControl
          key={round}
          id="letter-file"
          schema={{ 'x-kind': 'file-hash', 'x-title': { zh: '模板', en: 'Template' } }}
          required
          invalid={false}
          describedBy={undefined}
          accept=".docx"
          value={hash}
          change={setHash}
        />
      </div>
      {current.length > 0 && (
        <div className="field">
          <label htmlFor="letter-replaces">{t({ zh: '代替哪个模板（新版本）', en: 'It takes the place of' })}</label>
          <select id="letter-replaces" className="native" value={replaces} onChange={(e) => replace(e.target.value)}>
            <option value="">{t({ zh: '都不代替，是新模板', en: 'none, it is a new one' })}</option>
            {current.map((row) => (
              <option key={textOf(row, 'id')} value={textOf(row, 'id')}>
                {textOf(row, 'name')} · {String(row['version'])}
              </option>
            ))}
          </select>
        </div>
      )}
      {checked.isFetching && <Waiting />}
      {checked.isError && <Failed error={checked.error} />}
      {checked.data && checked.data.problems.length > 0 && (
        <>
          <p className="bad">
            ✗ {t({ zh: '这份文件不能做模板，请改好再传：', en: 'This cannot be a template; mend it:' })}
          </p>
          <Problems problems={checked.data.problems} />
        </>
      )}
      {now && checked.data.problems.length === 0 && (
        <>
          <p role="status" className="good">
            ✓ {t({ zh: '模板可用。', en: 'It can be filled.' })} {t({ zh: '字段：', en: 'Fields: ' })}
            {fieldsText(now) || t({ zh: '没有', en: 'none' })}
          </p>
          {gone && gone.length > 0 && (
            <p className="warn">
              ! {t({ zh: '原来有、现在没有的字段：', en: 'Fields it no longer has: ' })}
              {gone.join('，')}
            </p>
          )}
          {fresh && fresh.length > 0 && (
            <p className="warn">
              ! {t({ zh: '新出现的字段：', en: 'Fields that are new: ' })}
              {fieldsText(fresh)}
            </p>
          )}
          <SmallForm
            key={`${hash} ${replaces}`}
            command="register-template"
            preset={{
              hash,
              ...(known ? { replaces, place: textOf(known, 'place') ?? '' } : {}),
            }}
            {...(known ? {} : { start: { replaces: '' } })}
            words={{ zh: '登记模板', en: 'Register it' }}
            done={() => {
              setHash('')
              replace('')
              setRound(round + 1)
            }}
          />
        </>
      )}
    </Part>
  )
}
