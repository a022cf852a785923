// A file by the hash of its content, opened in a window of its own: pictures and PDF are drawn there, everything else is saved.
// Always holds: offered only where the server told the reader of the file.

import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { shortId } from '../words.ts'

export function OpenFile({ hash }: { readonly hash: string }) {
  const { t } = useLanguage()
  const { role } = useSession()
  return (
    <a href={address(`/api/v1/files/${hash}`, { _role: role?.role })} title={hash} target="_blank" rel="noreferrer">
      {t({ zh: '打开文件', en: 'Open the file' })} <code className="code">{shortId(hash)}</code>
    </a>
  )
}
