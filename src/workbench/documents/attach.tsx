// Attaching: files are dragged here or picked, go to the house one after the other, and each is then named and graded. What a photo
// said of place and time is shown before it is attached.

import { Button } from 'antd'
import { useEffect, useId, useRef, useState, type DragEvent } from 'react'
import type { Said } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { Lookup } from '../form/lookup.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { sizeText, type DocumentShown } from './model.ts'
import { useUploads, type Uploaded } from './upload.ts'

export interface AttachProps {
  readonly about: string
  /** Of what it belongs to; without it the person says where. */
  readonly place?: string | undefined
  readonly organisation?: string | undefined
  /** The document a new version takes the place of. */
  readonly replaces?: DocumentShown | undefined
  readonly done: () => void
}

type Sending =
  | { readonly state: 'sending'; readonly sent: number }
  | { readonly state: 'here'; readonly uploaded: Uploaded }
  | { readonly state: 'refused'; readonly problems: readonly Said[] }

export function Attach({ about, place, organisation, replaces, done }: AttachProps) {
  const { t } = useLanguage()
  const upload = useUploads()
  const [files, setFiles] = useState<readonly File[]>([])
  const [sending, setSending] = useState<Sending>({ state: 'sending', sent: 0 })
  const [finished, setFinished] = useState(0)
  const [first] = files
  const started = useRef<File>(undefined)
  useEffect(() => {
    if (!first || started.current === first) return
    started.current = first
    setSending({ state: 'sending', sent: 0 })
    upload(first, (sent) => setSending({ state: 'sending', sent })).then(
      (uploaded) => setSending({ state: 'here', uploaded }),
      (error: unknown) => setSending({ state: 'refused', problems: saidOf(error) }),
    )
  })
  const next = (): void => {
    setFiles(files.slice(1))
    if (files.length === 1) done()
  }
  if (!first) return <Drop many={!replaces} take={setFiles} after={finished} />
  const share = sending.state === 'sending' ? Math.round((sending.sent / Math.max(1, first.size)) * 100) : 100
  return (
    <div className="attaching">
      <p role="status">
        {files.length > 1 && t({ zh: `还有 ${files.length} 份。`, en: `${files.length} to go. ` })}
        {first.name} · {sizeText(first.size)} {sending.state === 'sending' && t({ zh: '正在上传…', en: 'Uploading…' })}
        {sending.state === 'here' && `✓ ${t({ zh: '已上传', en: 'uploaded' })}`}
      </p>
      {sending.state === 'sending' && (
        <progress aria-label={t({ zh: '上传进度', en: 'Progress of the upload' })} max={100} value={share} />
      )}
      {sending.state === 'refused' && (
        <>
          <Problems problems={sending.problems} />
          <Button onClick={next}>{t({ zh: '不传这一份', en: 'Leave it out' })}</Button>
        </>
      )}
      {sending.state === 'here' && (
        <Named
          key={`${finished} ${sending.uploaded.hash}`}
          file={first}
          uploaded={sending.uploaded}
          {...{ about, place, organisation, replaces }}
          leave={next}
          done={() => {
            setFinished(finished + 1)
            next()
          }}
        />
      )}
    </div>
  )
}

function Drop(p: { readonly many: boolean; readonly take: (files: readonly File[]) => void; readonly after: number }) {
  const { t } = useLanguage()
  const id = useId()
  const [over, setOver] = useState(false)
  const onto = (is: boolean) => (e: DragEvent) => {
    e.preventDefault()
    setOver(is)
  }
  const taken = (list: FileList | null): void => {
    const files = [...(list ?? [])]
    if (files.length > 0) p.take(p.many ? files : files.slice(0, 1))
  }
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={onto(true)}
      onDragLeave={onto(false)}
      onDrop={(e) => {
        onto(false)(e)
        taken(e.dataTransfer.files)
      }}
    >
      <label htmlFor={id}>{t({ zh: '把文件拖到这里，或选择文件', en: 'Drag files here, or choose them' })}</label>
      <input id={id} type="file" multiple={p.many} onChange={(e) => taken(e.target.files)} />
      <p className="hint">
        {t({
          zh: '单个文件最大 100 MB；照片会去掉位置等信息再保存。',
          en: '100 MB a file at most; photos lose their place and other marks before they are stored.',
        })}
      </p>
    </div>
  )
}

/** The form of one file that has arrived. */
function Named({
  file,
  uploaded,
  about,
  place,
  organisation,
  replaces,
  leave,
  done,
}: AttachProps & { readonly file: File; readonly uploaded: Uploaded; readonly leave: () => void }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const form = useCommandForm('attach-document')
  const [chosen, choose] = useState('')
  const id = useId()
  const [own, other] = role?.places ?? []
  const known = place ?? (other === undefined ? own?.code : undefined)
  const region = known ?? (chosen === '' ? undefined : chosen)
  const { takenAt, longitude, latitude } = uploaded.photo ?? {}
  const preset = {
    about,
    hash: uploaded.hash,
    ...(region === undefined ? {} : { place: region }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(replaces === undefined ? {} : { replaces: replaces.id }),
    ...(takenAt === undefined ? {} : { takenAt }),
    ...(longitude === undefined || latitude === undefined ? {} : { longitude, latitude }),
    ...(uploaded.given === undefined ? {} : { givenHash: uploaded.given.hash }),
  }
  if (form.isPending) return <Waiting />
  if (form.isError) return <Failed error={form.error} />
  return (
    <>
      {uploaded.photo && (
        <p className="hint">
          {takenAt &&
            t({ zh: `拍摄时间 ${takenAt.replace('T', ' ')}。`, en: `Taken at ${takenAt.replace('T', ' ')}. ` })}
          {longitude && t({ zh: `位置 ${longitude}, ${latitude ?? ''}。`, en: `At ${longitude}, ${latitude ?? ''}. ` })}
          {t({
            zh: '保存的照片里已去掉这些信息，登记里留着。',
            en: 'The stored photo no longer holds this; the entry does.',
          })}
        </p>
      )}
      {known === undefined && (
        <div className="field">
          <label htmlFor={id}>{t({ zh: '行政区', en: 'Place' })}</label>
          <Lookup
            id={id}
            kind="region"
            schema={form.data.schema.properties['place']!}
            required
            invalid={false}
            describedBy={undefined}
            value={chosen}
            change={choose}
          />
        </div>
      )}
      {region !== undefined && (
        <CommandForm
          key={region}
          form={form.data}
          preset={preset}
          start={{ name: file.name, grade: 'internal' }}
          hidden={HIDDEN}
          submitWords={{ zh: '附上', en: 'Attach' }}
          onDone={done}
          beside={() => <Button onClick={leave}>{t({ zh: '不附', en: 'Leave it out' })}</Button>}
        />
      )}
    </>
  )
}

/** Known from the page or from the file itself. */
const HIDDEN = ['hash', 'about', 'place', 'organisation', 'replaces', 'takenAt', 'longitude', 'latitude', 'givenHash']
