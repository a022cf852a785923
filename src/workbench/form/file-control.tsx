// A document in a form: it is uploaded when chosen, and the form keeps the hash of its content. Where the browser can,
// the hash is computed here too, so that what arrived is what was chosen.

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Refused } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'
import type { ControlProps } from './field.tsx'

interface Uploaded {
  readonly hash: string
  readonly size: number
  /** Of a photo, what was given: the house keeps the stripped one. */
  readonly given?: { readonly hash: string }
}

export function FileControl(
  p: ControlProps & { readonly value: string; readonly change: (hash: string) => void; readonly accept?: string },
) {
  const { t } = useLanguage()
  const upload = useUpload()
  const [name, setName] = useState('')
  const put = useMutation({
    mutationFn: upload,
    onSuccess: ({ hash }) => p.change(hash),
    onError: () => p.change(''),
  })
  return (
    <div className="file">
      <input
        id={p.id}
        type="file"
        aria-required={p.required}
        aria-invalid={p.invalid}
        {...(p.accept === undefined ? {} : { accept: p.accept })}
        {...(p.describedBy ? { 'aria-describedby': p.describedBy } : {})}
        onChange={(e) => {
          const file = e.target.files?.[0]
          setName(file?.name ?? '')
          if (file) put.mutate(file)
          else p.change('')
        }}
      />
      <p role="status" className="hint">
        {put.isPending && t({ zh: '正在上传…', en: 'Uploading…' })}
        {p.value !== '' && !put.isPending && (
          <>
            ✓ {name !== '' && `${name} · `}
            {t({ zh: '校验值', en: 'hash' })} <code className="code">{p.value.slice(0, 16)}…</code>
          </>
        )}
      </p>
      {put.isError && <Problems problems={saidOf(put.error)} />}
    </div>
  )
}

/** Uploads a file and compares its hash. @throws Refused */
export function useUpload(): (file: File) => Promise<Uploaded> {
  const { ask } = useSession()
  return async (file) => {
    const [uploaded, own] = await Promise.all([
      ask<Uploaded>('/api/v1/files', {
        method: 'PUT',
        body: file,
        headers: { 'content-type': file.type || 'application/octet-stream', 'x-name': encodeURIComponent(file.name) },
      }),
      sha256Of(file),
    ])
    if (own !== undefined && own !== (uploaded.given?.hash ?? uploaded.hash))
      throw new Refused(422, [
        {
          code: 'workbench.upload-differs',
          severity: 'red',
          zh: '服务器收到的文件与选的不一样。',
          en: 'What the server received is not the file that was chosen.',
          hint: { zh: '请重新选择文件再传一次。', en: 'Choose the file again.' },
        },
      ])
    return uploaded
  }
}

/** Undefined where the browser hashes nothing: a page without TLS from another machine. */
async function sha256Of(file: Blob): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return undefined
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('')
}
