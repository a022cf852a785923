// A document in a drawer: pictures and PDF as the browser draws them, letters and tables as a page without script that the house
// makes of them.
// Always holds: what a document holds runs nothing: pages stand in a frame that allows nothing, and have no script of their own.

import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { sizeText, type DocumentShown } from './model.ts'

/** Larger pictures are fetched when somebody wants them: a county's line carries about a megabyte a second. */
const DRAWN_AT_ONCE_BYTES = 8_000_000

export function Preview({ document, close }: { readonly document: DocumentShown; readonly close: () => void }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const file = address(`/api/v1/files/${document.hash}`, { _role: role?.role })
  return (
    <Drawer open title={document.name} onClose={close} size={720} className="document-drawer">
      <p className="links">
        <a href={file} target="_blank" rel="noreferrer">
          {t({ zh: '打开或保存原件', en: 'Open or save the file' })}
        </a>
        <span className="hint">{sizeText(document.sizeBytes)}</span>
      </p>
      {document.look === 'image' && <Picture file={file} document={document} />}
      {document.look === 'pdf' && (
        <iframe className="document-page" src={file} title={t({ zh: '内容', en: 'Content' })} />
      )}
      {document.look === 'page' && (
        <iframe
          className="document-page"
          sandbox=""
          src={address(`/api/v1/files/${document.hash}/preview`, { _role: role?.role })}
          title={t({ zh: '内容', en: 'Content' })}
        />
      )}
      {document.look === 'none' && (
        <p className="nothing">
          {t({ zh: '这种文件没有预览，请取原件查看。', en: 'There is no preview; open the file itself.' })}
        </p>
      )}
    </Drawer>
  )
}

function Picture({ file, document }: { readonly file: string; readonly document: DocumentShown }) {
  const { t } = useLanguage()
  const [wanted, want] = useState(document.sizeBytes <= DRAWN_AT_ONCE_BYTES)
  if (wanted) return <img className="document-picture" src={file} alt={document.name} />
  return (
    <p className="nothing">
      {t({
        zh: `图片 ${sizeText(document.sizeBytes)}，较大。`,
        en: `The picture is large: ${sizeText(document.sizeBytes)}.`,
      })}{' '}
      <Button onClick={() => want(true)}>{t({ zh: '显示图片', en: 'Show it' })}</Button>
    </p>
  )
}
