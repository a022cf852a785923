// The letter itself: its fields at the left, the sheet as it is printed at the right. What is the same in every letter of an office
// (letterhead, who signs, contact) is kept on this computer.

import { Button } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { callForFile } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { keep, kept } from '../kept.ts'
import { useLanguage } from '../language.tsx'
import { save } from '../save.ts'
import { Problems, saidOf } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'
import { dayText, paragraphsOf, titleOf } from './letter-words.ts'

/** Room for a pen where a field is left empty. */
const BLANK = '　　　　　　'
const BUILT_IN = 'reminder'

interface Fields {
  readonly head: string
  readonly number: string
  readonly title: string
  readonly to: string
  readonly signed: string
  readonly date: string
  readonly due: string
  readonly contact: string
  readonly phone: string
}

const LABELS: readonly (readonly [name: keyof Fields, label: Text, kind: 'text' | 'date'])[] = [
  ['head', { zh: '发文机关（信头）', en: 'Letterhead' }, 'text'],
  ['number', { zh: '发文字号', en: 'Number of the letter' }, 'text'],
  ['title', { zh: '标题', en: 'Title' }, 'text'],
  ['to', { zh: '主送', en: 'To' }, 'text'],
  ['due', { zh: '办理期限', en: 'To be done by' }, 'date'],
  ['signed', { zh: '落款', en: 'Signed by' }, 'text'],
  ['date', { zh: '成文日期', en: 'Date' }, 'date'],
  ['contact', { zh: '联系人', en: 'Contact' }, 'text'],
  ['phone', { zh: '电话', en: 'Telephone' }, 'text'],
]
/** The same in every letter of an office. */
const KEPT: readonly (keyof Fields)[] = ['head', 'signed', 'phone']

const today = (): string => momentText(new Date().toISOString()).slice(0, 10)
const keptField = (name: string): string => kept(`letter.${name}`) ?? ''

export function Letter(p: {
  readonly name: string
  readonly year: string
  readonly items: readonly string[]
  readonly number: string | undefined
  readonly due: string | undefined
}) {
  const { t } = useLanguage()
  const { me } = useSession()
  const id = useId()
  const [changed, setChanged] = useState<Partial<Fields>>({})
  // What nobody typed follows the record, also while it is still being asked.
  const fields: Fields = {
    head: keptField('head'),
    number: '',
    title: titleOf(p),
    to: `${p.name}人民政府`,
    signed: keptField('signed'),
    date: today(),
    due: p.due ?? '',
    contact: me.person.name,
    phone: keptField('phone'),
    ...changed,
  }
  const [typed, type] = useState<string>()
  const ready = paragraphsOf({ ...p, today: fields.date, due: fields.due }).join('\n')
  const body = typed ?? ready
  const change = (name: keyof Fields, to: string): void => {
    setChanged((f) => ({ ...f, [name]: to }))
    if (KEPT.includes(name)) keep(`letter.${name}`, to)
  }
  const paragraphs = body.split('\n').filter((line) => line.trim() !== '')
  return (
    <div className="letter-desk">
      <div className="screen-only">
        <Part title={{ zh: '催报函', en: 'The letter' }}>
          {LABELS.map(([name, label, kind]) => (
            <p key={name} className="letter-field">
              <label htmlFor={id + name}>{t(label)}</label>
              <input
                id={id + name}
                className="native"
                type={kind}
                value={fields[name]}
                onChange={(e) => change(name, e.target.value)}
              />
            </p>
          ))}
          <p className="letter-field">
            <label htmlFor={`${id}body`}>{t({ zh: '正文', en: 'Text' })}</label>
            <textarea
              id={`${id}body`}
              className="native"
              rows={8}
              value={body}
              onChange={(e) => type(e.target.value)}
            />
          </p>
          {typed !== undefined && (
            <p className="buttons">
              <Button size="small" onClick={() => type(undefined)}>
                {t({ zh: '恢复自动正文', en: 'Back to the text of the record' })}
              </Button>
            </p>
          )}
          <Save fields={fields} paragraphs={paragraphs} />
        </Part>
      </div>
      <Sheet fields={fields} paragraphs={paragraphs} />
    </div>
  )
}

/** The letter on paper; Chinese, as official letters are. */
function Sheet({ fields: f, paragraphs }: { readonly fields: Fields; readonly paragraphs: readonly string[] }) {
  const { t } = useLanguage()
  return (
    <section className="letter-sheet" lang="zh-CN" aria-label={t({ zh: '催报函', en: 'The letter' })}>
      <p className="letter-head">{f.head || BLANK}</p>
      <p className="letter-number">{f.number}</p>
      <h2 className="letter-title">{f.title}</h2>
      <p>{f.to}：</p>
      {paragraphs.map((line, i) => (
        <p key={i} className="letter-text">
          {line}
        </p>
      ))}
      <p className="letter-end">{f.signed || f.head || BLANK}</p>
      <p className="letter-end">{dayText(f.date)}</p>
      <p className="letter-text">
        （联系人：{f.contact || BLANK}，电话：{f.phone || BLANK}）
      </p>
    </section>
  )
}

function Save({ fields: f, paragraphs }: { readonly fields: Fields; readonly paragraphs: readonly string[] }) {
  const { t } = useLanguage()
  const { role, askFile } = useSession()
  const may = useMenu().mayAsk('letterTemplates')
  const own = useRows('letterTemplates', { limit: 200 }, may)
  const [template, choose] = useState(BUILT_IN)
  const fitting = (own.data?.rows ?? []).filter(
    (r) =>
      r['status'] === 'in-force' && /主送/.test(textOf(r, 'fields') ?? '') && /正文/.test(textOf(r, 'fields') ?? ''),
  )
  const word = useMutation({
    mutationFn: async () => {
      const values = {
        发文机关: f.head || BLANK,
        发文字号: f.number,
        标题: f.title,
        主送: f.to,
        正文: paragraphs.map((段) => ({ 段 })),
        落款: f.signed || f.head || BLANK,
        日期: f.date,
        联系人: f.contact || BLANK,
        电话: f.phone || BLANK,
      }
      const path = `/api/v1/letters/${template}`
      save(
        await callForFile(path, { method: 'POST', body: { values, as: 'docx' }, role: role?.role }),
        `${f.title}.docx`,
      )
    },
  })
  const file = useMutation({
    mutationFn: async () => save(await askFile(`/api/v1/letters/${BUILT_IN}/file`), '催报函.docx'),
  })
  return (
    <>
      {fitting.length > 0 && (
        <p className="letter-field">
          <label>
            {t({ zh: '模板', en: 'Template' })}{' '}
            <select className="native" value={template} onChange={(e) => choose(e.target.value)}>
              <option value={BUILT_IN}>{t({ zh: '自带', en: 'built in' })}</option>
              {fitting.map((r) => (
                <option key={textOf(r, 'id')} value={textOf(r, 'id')}>
                  {textOf(r, 'name')}
                </option>
              ))}
            </select>
          </label>
        </p>
      )}
      <p className="buttons">
        <Button type="primary" onClick={() => globalThis.print()}>
          {t({ zh: '打印', en: 'Print' })}
        </Button>
        {may && (
          <>
            <Button onClick={() => word.mutate()} loading={word.isPending}>
              {t({ zh: '存为 Word', en: 'Save as Word' })}
            </Button>
            <Button onClick={() => file.mutate()} loading={file.isPending}>
              {t({ zh: '下载模板', en: 'Template' })}
            </Button>
          </>
        )}
      </p>
      {may && (
        <p className="hint">
          {t({
            zh: '模板可用 Word 改成本机关的格式，再登记为文书模板。',
            en: 'Change the template in Word to the form of your office and register it as a letter template.',
          })}
        </p>
      )}
      {[word, file].map((m, i) => m.isError && <Problems key={i} problems={saidOf(m.error)} />)}
    </>
  )
}
