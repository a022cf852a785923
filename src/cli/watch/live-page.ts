// The run as a page on this machine: percentage, pace, time left and the table of counties fill while it goes, and a button
// cancels it. Always holds: it answers to loopback only, and only under an address nobody can guess, so that no other page can
// cancel the run; what it shows is sent as data and written as text.

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Text } from '../../kernel/index.ts'
import { LIVE_PAGE, LIVE_SCRIPT, LIVE_STYLE } from './live-page-html.ts'
import type { CountyTable, Ending, Told } from './told.ts'

export interface LivePage {
  readonly address: string
  take(told: Extract<Told, { kind: 'step' | 'stepped' | 'counties' }>): void
  /** Tells the page how the run ended, and closes. */
  end(how: Ending): Promise<void>
}

/** What the page is sent, whole each time. */
interface State {
  readonly title: Text
  readonly stage?: Text
  readonly what?: Text
  /** 0 to 1. */
  readonly share?: number
  readonly pixelsPerSecond?: number
  readonly secondsLeft?: number
  readonly table?: CountyTable
  readonly ended?: Ending
}

const SEND_MS = 250
/** Before this a pace means nothing. */
const LEAST_MS = 300
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; img-src data:; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", // prettier-ignore
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export async function openLivePage(title: Text, cancel: () => void): Promise<LivePage> {
  const token = randomBytes(16).toString('hex')
  const listeners = new Set<ServerResponse>()
  let state: State = { title }
  let [began, inPass, isSending] = [0, false, false]
  const line = (): string => `data: ${JSON.stringify(state)}\n\n`
  const change = (more: Partial<State>): void => {
    state = { ...state, ...more }
    if (isSending) return
    isSending = true
    setTimeout(() => {
      isSending = false
      for (const response of listeners) response.write(line())
    }, SEND_MS).unref()
  }
  const answer = (response: ServerResponse, type: string, body: string): void => {
    response.writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body)
  }
  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    [`GET /${token}/`]: (_, response) => answer(response, 'text/html', LIVE_PAGE),
    [`GET /${token}/page.js`]: (_, response) => answer(response, 'text/javascript', LIVE_SCRIPT),
    [`GET /${token}/page.css`]: (_, response) => answer(response, 'text/css', LIVE_STYLE),
    [`GET /${token}/events`]: (request, response) => {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' })
      response.write(line())
      listeners.add(response)
      request.on('close', () => listeners.delete(response))
    },
    [`POST /${token}/cancel`]: (_, response) => {
      response.writeHead(202, HEADERS).end(cancel)
    },
  }
  const server = createServer((request, response) => {
    // A name that somebody else's page made point here is not ours.
    const isOwn = /^(127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? '')
    const route = isOwn ? routes[`${request.method ?? ''} ${request.url ?? ''}`] : undefined
    if (route) route(request, response)
    else response.writeHead(404, HEADERS).end()
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  // A page nobody closes does not keep the run from ending.
  server.unref()
  const { port } = server.address() as AddressInfo

  return {
    address: `http://127.0.0.1:${port}/${token}/`,
    take(told) {
      if (told.kind === 'stepped') return
      if (told.kind === 'counties') return change({ table: told.table })
      const { title: stage, done, of, what, pass } = told
      const share = Math.min(1, done / Math.max(1, of))
      if (!pass || !inPass) began = performance.now()
      inPass = pass !== undefined
      const ms = performance.now() - began
      const { pixelsPerSecond: _, secondsLeft: __, ...rest } = state
      state = rest
      change({
        stage,
        what: pass?.work ?? what,
        share,
        ...(pass && share > 0 && ms > LEAST_MS
          ? { pixelsPerSecond: (share * pass.pixels * 1000) / ms, secondsLeft: (ms * (1 - share)) / share / 1000 }
          : {}),
      })
    },
    async end(ended) {
      state = { ...state, ended }
      await Promise.all([...listeners].map((r) => new Promise<void>((done) => r.end(line(), done))))
      server.close()
      server.closeAllConnections()
    },
  }
}
