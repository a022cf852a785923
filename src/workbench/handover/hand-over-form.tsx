// Handing one table over: the file is uploaded as the department made it, then who receives it. Name and size come from the file.

import { Button } from 'antd'
import { useId, useState, type SyntheticEvent } from 'react'
import { useLocation } from 'wouter'
import { useUpload } from '../form/file-control.tsx'
import { useSubmit } from '../form/use-submit.ts'
import { keep, kept } from '../kept.ts'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'

export function HandOverForm(p: {
  readonly place: string
  readonly year: string
  readonly department: string
  readonly sheet: string
}) {
  const { t } = useLanguage()
  const id = useId()
  const upload = useUpload()
  const submit = useSubmit()
  const [, go] = useLocation()
  const [file, setFile] = useState<File>()
  const [rows, setRows] = useState('')
  const [receiver, setReceiver] = useState(() => kept('receiver') ?? '')
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const send = async (e: SyntheticEvent): Promise<void> => {
    e.preventDefault()
    if (!file || busy) return
    setBusy(true)
    setError(undefined)
    try {
      const { hash } = await upload(file)
      const receipt = await submit.mutateAsync({
        command: 'hand-over-input',
        input: {
          place: p.place,
          year: Number(p.year),
          department: p.department,
          sheet: p.sheet,
          file: hash,
          name: file.name,
          receiver,
          ...(rows === '' ? {} : { rows: Number(rows) }),
          ...(note === '' ? {} : { note }),
        },
      })
      keep('receiver', receiver)
      go(`/w/handover?sheet=${(receipt.answer as { readonly handOver: string }).handOver}`)
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="hand-over-form" onSubmit={(e) => void send(e)}>
      <p>
        <label htmlFor={`${id}file`}>{t({ zh: '文件', en: 'File' })}</label>{' '}
        <input id={`${id}file`} type="file" required onChange={(e) => setFile(e.target.files?.[0])} />
      </p>
      <p>
        <label htmlFor={`${id}rows`}>{t({ zh: '数据行数（选填）', en: 'Rows of data (optional)' })}</label>{' '}
        <input
          id={`${id}rows`}
          className="native"
          inputMode="numeric"
          pattern="[0-9]*"
          value={rows}
          onChange={(e) => setRows(e.target.value.replace(/\D/g, ''))}
        />
      </p>
      <p>
        <label htmlFor={`${id}to`}>{t({ zh: '接收人（单位和姓名）', en: 'Received by (office and name)' })}</label>{' '}
        <input
          id={`${id}to`}
          className="native"
          required
          value={receiver}
          onChange={(e) => setReceiver(e.target.value)}
        />
      </p>
      <p>
        <label htmlFor={`${id}note`}>{t({ zh: '说明（选填）', en: 'Note (optional)' })}</label>{' '}
        <input id={`${id}note`} className="native" value={note} onChange={(e) => setNote(e.target.value)} />
      </p>
      {error !== undefined && <Problems problems={saidOf(error)} />}
      <p className="buttons">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t({ zh: '移交并出交接单', en: 'Hand over and make the sheet' })}
        </Button>
      </p>
    </form>
  )
}
