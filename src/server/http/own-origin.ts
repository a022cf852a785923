// Against requests that a foreign page makes in a signed-in browser: what changes something must carry a header that no form
// can send, and must say that it comes from a page of this site.
// Always holds: a request other than GET or HEAD without both is refused before anything of it is read; a public form, which acts
// for nobody who is signed in, is refused only where it says that it comes from elsewhere.

import type { FastifyRequest } from 'fastify'
import { ROLE_HEADER } from '../../core/record/index.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'

const SAFE: readonly string[] = ['GET', 'HEAD']

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A plain form for everybody, behind which no session is looked at: it cannot carry a header of ours. */
    publicForm?: boolean
  }
}

/** @throws ProblemError `http.foreign-origin` */
export function requireOwnOrigin({ method, headers, host, routeOptions }: FastifyRequest): void {
  if (SAFE.includes(method)) return
  const ownHeader = headers['qingshan-request'] === '1' || headers[ROLE_HEADER.toLowerCase()] !== undefined
  const site = headers['sec-fetch-site']
  const { origin } = headers
  const ownSite = site === undefined || site === 'same-origin'
  const ownAddress = origin === undefined || hostOf(origin) === host
  const said = site !== undefined || origin !== undefined
  if (routeOptions.config.publicForm === true && ownSite && ownAddress) return
  if (!ownHeader || !said || !ownSite || !ownAddress) refuse(httpProblem('http.foreign-origin'))
}

/** `127.0.0.1:8080`; undefined where the text is no address (`null` is what a browser says of a page without one). */
const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)
