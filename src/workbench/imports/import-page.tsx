// Rows come in, for every chapter in the same way: choose the file, say which column is which, look at what would come in and what
// is wrong with it, say why the yellow is right, take it in as one act. Nothing is written before the last button.

import { Button, Progress } from 'antd'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { newActId } from '../act-id.ts'
import { useSession } from '../api/session.tsx'
import { useUpload } from '../form/file-control.tsx'
import { Fields } from '../form/field.tsx'
import { Lookup } from '../form/lookup.tsx'
import { ReceiptShown } from '../form/receipt.tsx'
import { emptyOf, inputOf, missingOf, setAt, type Group, type Value } from '../form/values.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { accept, useImports, usePreview, type Finding, type ImportOffer, type Preview, type Wish } from './asked.ts'

export function ImportPage() {
  const { t } = useLanguage()
  const asked = useImports()
  const [words, setWords] = useSearchParams()
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const offers = asked.data.imports
  const offer = offers.find((o) => o.name === words.get('of')) ?? (offers.length === 1 ? offers[0] : undefined)
  return (
    <Page
      title={{ zh: '批量导入', en: 'Bring rows in' }}
      about={{
        zh: '一、选资料；二、对列；三、看检查结果；四、接收。接收前什么都不写；接收后可以整批撤回。',
        en: 'Choose, map the columns, look at the findings, accept. Nothing is written before; afterwards all of it can be taken back.',
      }}
    >
      {offers.length === 0 ? (
        <Nothing what={{ zh: '您现在的角色没有可以导入的资料。', en: 'Your present role brings nothing in.' }} />
      ) : (
        <>
          <Part title={{ zh: '导入什么', en: 'What comes in' }}>
            <div className="choices">
              {offers.map((o) => (
                <button
                  key={o.name}
                  type="button"
                  className="choice-card"
                  aria-pressed={o === offer}
                  onClick={() => setWords({ of: o.name })}
                >
                  <strong>{t(o.title)}</strong>
                  <span className="hint">
                    {o.maps
                      ? t({ zh: '.xlsx、.csv；Shapefile（ZIP）、GeoPackage、GeoJSON', en: 'tables and maps' })
                      : t({ zh: '.xlsx、.csv', en: 'tables' })}
                  </span>
                </button>
              ))}
            </div>
          </Part>
          {offer && <OneImport key={offer.name} offer={offer} />}
        </>
      )}
    </Page>
  )
}

function OneImport({ offer }: { readonly offer: ImportOffer }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const id = useId()
  const upload = useUpload()
  const places = role?.places ?? []
  const [place, setPlace] = useState(places.length === 1 ? places[0]!.code : '')
  const [options, setOptions] = useState<Value>(() => emptyOf(offer.options as never))
  const [change, setChange] = useState<Pick<Wish, 'sheet' | 'mapping'>>({})
  const [wish, setWish] = useState<Wish>()
  const put = useMutation({
    mutationFn: async (file: File) => ({ ...(await upload(file)), name: file.name }),
    onSuccess: () => setChange({}),
  })
  const hasOptions = Object.keys(offer.options.properties).length > 0
  const gaps = hasOptions ? missingOf(offer.options, options) : []
  const ready = put.data !== undefined && place !== '' && gaps.length === 0
  const wanted: Wish | undefined = ready
    ? {
        file: put.data.hash,
        fileName: put.data.name,
        place,
        ...change,
        ...(hasOptions ? { options: inputOf(offer.options, options) } : {}),
      }
    : undefined
  return (
    <>
      <Part title={{ zh: '一、选资料', en: 'One: the file' }}>
        <div className="fields">
          <div className="field">
            <label htmlFor={`${id}-file`}>{t({ zh: '文件', en: 'File' })}</label>
            <input
              id={`${id}-file`}
              type="file"
              disabled={put.isPending}
              onChange={(e) => {
                setWish(undefined)
                const file = e.target.files?.[0]
                if (file) put.mutate(file)
                else put.reset()
              }}
            />
            <p role="status" className="hint">
              {put.isPending && t({ zh: '正在上传…', en: 'Uploading…' })}
              {put.data && `✓ ${put.data.name}`}
            </p>
            {put.isError && <Problems problems={saidOf(put.error)} />}
          </div>
          <div className="field">
            <label htmlFor={`${id}-place`}>{t({ zh: '行政区', en: 'Region' })}</label>
            <Lookup
              id={`${id}-place`}
              kind="region"
              required
              invalid={false}
              describedBy={undefined}
              schema={PLACE}
              value={place}
              change={setPlace}
            />
          </div>
        </div>
        {hasOptions && (
          <Fields
            schema={offer.options}
            value={options}
            path={[]}
            problems={[]}
            prefix={id}
            change={(path, v) => setOptions((all) => setAt(all, path, v))}
          />
        )}
        <p className="buttons">
          <Button type="primary" disabled={!wanted} onClick={() => setWish(wanted)}>
            {t({ zh: '检查', en: 'Look at it' })}
          </Button>
          <span className="hint">{t({ zh: '只检查，不写入', en: 'Nothing is written' })}</span>
        </p>
      </Part>
      {wish && (
        <Previewed
          offer={offer}
          wish={wish}
          again={(next) => {
            setChange(next)
            setWish({ ...wish, ...next })
          }}
        />
      )}
    </>
  )
}

const PLACE = { 'x-kind': 'region', 'x-title': { zh: '行政区', en: 'Region' } } as const

function Previewed(p: {
  readonly offer: ImportOffer
  readonly wish: Wish
  readonly again: (change: Pick<Wish, 'sheet' | 'mapping'>) => void
}) {
  const { t } = useLanguage()
  const [far, tell] = useFar()
  const asked = usePreview(p.offer.name, p.wish, tell)
  if (asked.isPending)
    return (
      <Part title={{ zh: '二、对列', en: 'Two: the columns' }}>
        <Far far={far} />
      </Part>
    )
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const seen = asked.data
  const reds = seen.findings.filter((f) => f.severity === 'red')
  return (
    <>
      <Part title={{ zh: '二、对列', en: 'Two: the columns' }}>
        <Columns offer={p.offer} wish={p.wish} seen={seen} again={p.again} />
      </Part>
      <Part title={{ zh: '三、检查结果', en: 'Three: what was found' }}>
        <p>
          {t({ zh: `${seen.counts.lines} 行`, en: `${seen.counts.lines} rows` })}{' '}
          <span className={seen.counts.red > 0 ? 'bad' : 'good'}>
            {seen.counts.red > 0 ? '✗' : '✓'} {t({ zh: `红色 ${seen.counts.red}`, en: `${seen.counts.red} red` })}
          </span>{' '}
          <span className={seen.counts.yellow > 0 ? 'warn' : 'good'}>
            {seen.counts.yellow > 0 ? '!' : '✓'}{' '}
            {t({ zh: `黄色 ${seen.counts.yellow}`, en: `${seen.counts.yellow} yellow` })}
          </span>{' '}
          {seen.counts.leftOut > 0 &&
            t({ zh: `未计入 ${seen.counts.leftOut} 行`, en: `${seen.counts.leftOut} left out` })}
        </p>
        <ul className="findings">
          {seen.findings.map((f) => (
            <FindingShown key={f.code} finding={f} />
          ))}
        </ul>
      </Part>
      {reds.length > 0 ? (
        <p className="bad">
          {t({ zh: '改好文件里的红色项，重新选文件。', en: 'Mend what is red in the file and choose it again.' })}
        </p>
      ) : (
        <Accept offer={p.offer} wish={p.wish} seen={seen} />
      )}
    </>
  )
}

type HowFar = readonly [done: number, of: number] | undefined

function useFar(): readonly [HowFar, (done: number, of: number) => void] {
  const [far, setFar] = useState<HowFar>()
  const [tell] = useState(() => (done: number, of: number) => setFar([done, of]))
  return [far, tell]
}

function Far({ far }: { readonly far: HowFar }) {
  const { t } = useLanguage()
  if (!far) return <Waiting />
  return (
    <Progress
      percent={Math.min(100, Math.floor((100 * far[0]) / Math.max(1, far[1])))}
      aria-label={t({ zh: '读取进度', en: 'Progress' })}
    />
  )
}

function Columns(p: {
  readonly offer: ImportOffer
  readonly wish: Wish
  readonly seen: Preview
  readonly again: (change: Pick<Wish, 'sheet' | 'mapping'>) => void
}) {
  const { t } = useLanguage()
  const { seen, wish } = p
  const required = p.offer.columns.required ?? []
  const change = (sheet: string | undefined, mapping: Wish['mapping']): void =>
    p.again({ ...(sheet === undefined ? {} : { sheet }), ...(mapping === undefined ? {} : { mapping }) })
  return (
    <>
      {seen.sheets.length > 1 && (
        <label className="inline-label">
          {t({ zh: '表（图层）', en: 'Sheet (layer)' })}
          <select className="native" value={seen.sheet ?? ''} onChange={(e) => change(e.target.value, undefined)}>
            {seen.sheets.map((s) => (
              <option key={s}>{s}</option>
            ))}
          </select>
        </label>
      )}
      <div className="table-box" role="region" aria-label={t({ zh: '对列', en: 'Columns' })} tabIndex={0}>
        <table className="rows-table">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '要的列', en: 'Wanted' })}</th>
              <th scope="col">{t({ zh: '文件里的列名', en: 'Heading of the file' })}</th>
              <th scope="col">{t({ zh: '说明', en: 'About it' })}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(p.offer.columns.properties).map(([name, field]) => (
              <tr key={name}>
                <th scope="row">
                  {t(field['x-title'])}
                  {required.includes(name) && <span className="must">*</span>}
                </th>
                <td>
                  <select
                    className="native"
                    aria-label={t(field['x-title'])}
                    value={seen.mapping[name] ?? NOT}
                    onChange={(e) => change(wish.sheet, { ...wish.mapping, [name]: e.target.value })}
                  >
                    <option value={NOT}>{t({ zh: '（不导入）', en: '(left out)' })}</option>
                    {seen.headings.map((h) => (
                      <option key={h}>{h}</option>
                    ))}
                  </select>{' '}
                  {required.includes(name) && seen.mapping[name] === undefined && (
                    <strong className="bad">✗ {t({ zh: '没有找到', en: 'not found' })}</strong>
                  )}
                </td>
                <td className="long hint">{field['x-hint'] && t(field['x-hint'])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {seen.unmapped.length > 0 && (
        <p className="hint">
          {t({ zh: '文件里没有用到的列：', en: 'Headings that are not used: ' })}
          {seen.unmapped.join(t({ zh: '、', en: ', ' }))}
        </p>
      )}
    </>
  )
}

/** As the server reads it: this column does not come in. */
const NOT = '-'

function FindingShown({ finding }: { readonly finding: Finding }) {
  const { t } = useLanguage()
  return (
    <li className={`finding-${finding.severity}`}>
      {finding.first.map((p, i) => (
        <p key={i}>
          {i === 0 && (
            <span className="kind">
              {finding.severity === 'red' ? t({ zh: '红', en: 'red' }) : t({ zh: '黄', en: 'yellow' })}
            </span>
          )}{' '}
          {p.at?.cell !== undefined && (
            <code className="code">{[p.at.sheet, p.at.cell].filter(Boolean).join('!')}</code>
          )}{' '}
          {t(p)} {i === 0 && p.hint && <span className="hint">{t(p.hint)}</span>}
        </p>
      ))}
      {finding.count > finding.first.length && (
        <p className="hint">
          {t({ zh: `共 ${finding.count} 处`, en: `${finding.count} in all` })}{' '}
          <code className="code">{finding.code}</code>
        </p>
      )}
    </li>
  )
}

function Accept(p: { readonly offer: ImportOffer; readonly wish: Wish; readonly seen: Preview }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const [far, tell] = useFar()
  const kept = useQueryClient()
  const id = useId()
  const yellows = p.seen.findings.filter((f) => f.severity === 'yellow')
  const [reasons, setReasons] = useState<Group>({})
  const last = useRef({ content: '', id: '' })
  const take = useMutation({
    mutationFn: () => {
      const given = yellows.map((f) => ({ code: f.code, reason: said(reasons[f.code]) }))
      const content = JSON.stringify([p.wish, given])
      // The same content once more is the same act.
      if (last.current.content !== content) last.current = { content, id: newActId() }
      return accept(
        p.offer.name,
        { ...p.wish, id: last.current.id, reasons: given },
        { role: role?.role, progress: tell },
      )
    },
    // What was looked at stays as it was shown: looked at again it would say that it is there already.
    onSuccess: () => kept.invalidateQueries({ predicate: ({ queryKey: [first] }) => !STAYS.includes(first) }),
  })
  const open = yellows.filter((f) => said(reasons[f.code]).trim() === '')
  if (take.data)
    return (
      <Part title={{ zh: '四、接收', en: 'Four: accept' }}>
        <ReceiptShown receipt={take.data}>
          <span className="hint">
            {t({
              zh: '要整批撤回，打开这件事，选“更正”。',
              en: 'To take all of it back, open the act and correct it.',
            })}
          </span>
        </ReceiptShown>
      </Part>
    )
  return (
    <Part title={{ zh: '四、接收', en: 'Four: accept' }}>
      {yellows.map((f) => (
        <div className="field" key={f.code}>
          <label htmlFor={`${id}-${f.code}`}>
            {t({ zh: '请说明：', en: 'Please explain: ' })}
            {t(f.first[0] ?? UNNAMED)}
          </label>
          <input
            id={`${id}-${f.code}`}
            className="ant-input"
            value={said(reasons[f.code])}
            maxLength={500}
            onChange={(e) => setReasons((all) => ({ ...all, [f.code]: e.target.value }))}
          />
        </div>
      ))}
      {take.isPending && <Far far={far} />}
      {take.isError && <Problems problems={saidOf(take.error)} />}
      <p className="buttons">
        <Button type="primary" disabled={open.length > 0} loading={take.isPending} onClick={() => take.mutate()}>
          {p.offer.approval
            ? t({ zh: '提交申请', en: 'Submit the request' })
            : t({ zh: `接收 ${p.seen.counts.lines} 行`, en: `Accept ${p.seen.counts.lines} rows` })}
        </Button>
        {open.length > 0 && (
          <span className="hint">
            {t({ zh: '黄色项都说明了，才能接收。', en: 'Explain every yellow finding first.' })}
          </span>
        )}
      </p>
    </Part>
  )
}

/** What an act changes nothing of. */
const STAYS: readonly unknown[] = ['menu', 'form', 'import', 'imports']

const said = (v: Value): string => (typeof v === 'string' ? v : '')
const UNNAMED: Text = { zh: '', en: '' }
