// A document on its way to the house, with how far it is. What arrived is compared with what was chosen where the browser can hash;
// of a photo the house keeps the stripped one and tells the hash of the one it was given.

import { Refused, type Said } from '../api/call.ts'
import { useSession } from '../api/session.tsx'

export interface Uploaded {
  /** SHA-256 of what is stored. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
  /** A key of `FILE_TYPES`. */
  readonly kind: string
  /** What a photo said of itself; degrees WGS 84. */
  readonly photo?: { readonly takenAt?: string; readonly longitude?: string; readonly latitude?: string }
  /** What was given, where something else was stored. */
  readonly given?: { readonly hash: string; readonly size: number }
}

/** @param progress bytes sent so far, and in all */
export type Upload = (file: File, progress: (sent: number, of: number) => void) => Promise<Uploaded>

const DIFFERS: Said = {
  code: 'workbench.upload-differs',
  severity: 'red',
  zh: '服务器收到的文件与选的不一样。',
  en: 'What the server received is not the file that was chosen.',
  hint: { zh: '请重新选择文件再传一次。', en: 'Choose the file again.' },
}
const BROKEN: Said = {
  code: 'workbench.unreachable',
  severity: 'red',
  zh: '上传中断。',
  en: 'The upload was interrupted.',
  hint: { zh: '检查网络后重新选择文件。', en: 'Check the network and choose the file again.' },
}

/** Rejects with `Refused`. */
export function useUploads(): Upload {
  const { role } = useSession()
  return async (file, progress) => {
    const [uploaded, own] = await Promise.all([send(file, role?.role, progress), sha256Of(file)])
    if (own !== undefined && own !== (uploaded.given?.hash ?? uploaded.hash)) throw new Refused(422, [DIFFERS])
    return uploaded
  }
}

/** By the older interface, since `fetch` does not tell how much was sent. */
const send = (file: File, role: string | undefined, progress: Parameters<Upload>[1]): Promise<Uploaded> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('PUT', '/api/v1/files')
    request.responseType = 'json'
    const headers = {
      accept: 'application/json',
      'qingshan-request': '1',
      'content-type': file.type || 'application/octet-stream',
      'x-name': encodeURIComponent(file.name),
      ...(role === undefined ? {} : { 'qingshan-role': role }),
    }
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => progress(loaded, total)
    const broken = (): void => fail(new Refused(503, [BROKEN]))
    request.onerror = broken
    request.onabort = broken
    request.onload = () => {
      const answer = request.response as unknown
      if (request.status >= 200 && request.status < 300) done(answer as Uploaded)
      else fail(new Refused(request.status, saidIn(answer, request.status)))
    }
    request.send(file)
  })

function saidIn(answer: unknown, status: number): readonly Said[] {
  const told = (answer ?? {}) as Partial<Said> & { readonly problems?: readonly Said[] }
  if (told.problems && told.problems.length > 0) return told.problems
  const { code, zh, en, hint } = told
  return [
    {
      ...BROKEN,
      ...(code === undefined || zh === undefined || en === undefined ? { code: `http.${status}` } : { code, zh, en }),
      ...(hint ? { hint } : {}),
    },
  ]
}

/** Undefined where the browser hashes nothing: a page without TLS from another machine. */
async function sha256Of(file: Blob): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return undefined
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('')
}
