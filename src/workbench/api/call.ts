// One way to the server: JSON there and back, the role in its header, a refusal as `Refused` with its problems in both
// languages. Always holds: only addresses of our own origin, and every call that changes something carries the header
// that a foreign page cannot send.

import type { Text } from '../../kernel/index.ts'

/** What the server refuses with, one of maybe several (RFC 9457 with our words). */
export interface Said extends Text {
  readonly code: string
  readonly severity: 'red' | 'yellow'
  readonly hint?: Text
  /** What the sentence was filled with. */
  readonly values?: Readonly<Record<string, string | number>>
  /** `lines.2.amount` */
  readonly field?: string
}

export class Refused extends Error {
  readonly status: number
  readonly problems: readonly Said[]
  constructor(status: number, problems: readonly Said[]) {
    super(problems.map((p) => `${p.code}: ${p.zh} / ${p.en}`).join('\n'))
    this.name = 'Refused'
    this.status = status
    this.problems = problems
  }
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON, or as it is where it is a file. */
  readonly body?: unknown
  readonly role?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const UNREACHABLE: Said = {
  code: 'workbench.unreachable',
  severity: 'red',
  zh: '连不上服务器。',
  en: 'The server cannot be reached.',
  hint: {
    zh: '检查网络，或请信息中心看服务是否在运行；填写的内容还在，可以重试。',
    en: 'Check the network, or ask whether the service runs; what you filled in is still here, try again.',
  },
}

/** @throws Refused */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const answer = await reach(path, options)
  const json = await bodyOf(answer)
  if (!answer.ok) throw new Refused(answer.status, problemsOf(json, answer.status))
  return json as T
}

/** The bytes of a file the server writes. @throws Refused */
export async function callForFile(path: string, options: CallOptions): Promise<Blob> {
  const answer = await reach(path, options)
  if (!answer.ok) throw new Refused(answer.status, problemsOf(await bodyOf(answer), answer.status))
  return answer.blob()
}

/** Long work that tells how far it is, a line of JSON at a time: `{done, of}`, at last `{answer}` or a problem.
 *  @throws Refused */
export async function callLines<T>(
  path: string,
  { progress, ...options }: CallOptions & { readonly progress: (done: number, of: number) => void },
): Promise<T> {
  const answer = await reach(path, { method: 'POST', ...options })
  if (!answer.ok || !answer.body) throw new Refused(answer.status, problemsOf(await bodyOf(answer), answer.status))
  let rest = ''
  let last: unknown
  for await (const piece of answer.body.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      last = JSON.parse(line)
      const { done, of } = last as { readonly done?: number; readonly of?: number }
      if (done !== undefined && of !== undefined) progress(done, of)
    }
  }
  if (typeof last === 'object' && last !== null && 'answer' in last) return last.answer as T
  const { status } = (last ?? {}) as { readonly status?: number }
  throw new Refused(status ?? 503, last === undefined ? [UNREACHABLE] : problemsOf(last, status ?? 500))
}

async function bodyOf(answer: Response): Promise<unknown> {
  const type = answer.headers.get('content-type') ?? ''
  const text = await answer.text()
  return type.includes('json') && text !== '' ? JSON.parse(text) : text
}

async function reach(path: string, { method = 'GET', body, role, headers, signal }: CallOptions): Promise<Response> {
  const raw = body instanceof Blob
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(role === undefined ? {} : { 'qingshan-role': role }),
        ...(method === 'GET' ? {} : { 'qingshan-request': '1' }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e
    throw new Refused(503, [UNREACHABLE])
  }
}

interface ProblemJson {
  readonly code?: string
  readonly title?: string
  readonly zh?: string
  readonly en?: string
  readonly hint?: Text
  readonly problems?: readonly (Said & { readonly path?: string; readonly at?: { readonly field?: string } })[]
}

function problemsOf(json: unknown, status: number): readonly Said[] {
  const told = (typeof json === 'object' && json !== null ? json : {}) as ProblemJson
  if (told.problems && told.problems.length > 0)
    return told.problems.map(({ path, at, ...p }) => {
      const field = p.field ?? path ?? at?.field
      return { ...p, ...(field === undefined ? {} : { field }) }
    })
  return [
    {
      code: told.code ?? `http.${status}`,
      severity: 'red',
      zh: told.zh ?? `服务器没有办成（${status}）。`,
      en: told.en ?? `The server did not do it (${status}).`,
      ...(told.hint ? { hint: told.hint } : {}),
    },
  ]
}

/** `/path?name=value` with what is empty left out. */
export function address(path: string, words: Readonly<Record<string, string | number | undefined>> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(words))
    if (value !== undefined && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
