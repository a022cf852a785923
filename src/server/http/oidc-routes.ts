// Signing in through the office's identity provider: the browser is sent there, and comes back with a code.
// Always holds: what comes back counts once, and only in the browser that began; where it leads afterwards is a page of ours.
// The way back is a page that another site opened: the session's strict cookie is not sent along, and none is needed.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../../kernel/index.ts'
import { beginOidc, finishOidc, OIDC_PENDING_MS, signInLinked } from '../../core/identity/index.ts'
import { API, statusOf } from '../../core/record/index.ts'
import { oidcSettingsOf, PROVIDER_FINISH, readProviderSecret } from '../house/index.ts'
import { begunSignIns } from './begun-sign-ins.ts'
import { enter } from './entering.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { deviceOf, signInWorld } from './session-routes.ts'
import { httpProblem } from './problems.ts'
import { providerConnection, type ProviderConnection } from './provider-connection.ts'
import { strictly } from './rate-limits.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'
import { refusedPage } from './sign-in-refused-page.ts'

const BEGIN = `${API}/oidc/begin`
/** Lax: it must come along when the provider sends the browser back. */
const COOKIE = 'qingshan_oidc'
const HOME = '/w/'

export async function addOidcRoutes(app: FastifyInstance, serving: Serving, clock: () => number): Promise<void> {
  const { house, options, limits } = serving
  const { now, random } = house.world
  const begun = begunSignIns({ random, now })
  const { signInProvider: provider } = house.settings
  const cookie = { httpOnly: true, sameSite: 'lax', path: `${API}/oidc`, secure: options.secure } as const
  const connection: ProviderConnection | undefined =
    provider &&
    providerConnection(
      oidcSettingsOf(provider, options.providerSecret ?? (await readProviderSecret(house.folder))),
      clock,
    )

  app.get(`${API}/sign-in-ways`, () => ({
    password: true,
    ...(provider ? { provider: { title: { ...provider.title }, begin: BEGIN } } : {}),
  }))

  app.get<{ Querystring: { to?: unknown } }>(BEGIN, strictly(limits), (request, reply) =>
    orPage(request, reply, async () => {
      if (!connection) return refuse(httpProblem('http.no-provider'))
      const { url, pending } = await beginOidc(await connection.connect(), { random, now: now() })
      const name = begun.keep({ ...pending, to: ownPage(request.query.to) })
      return reply.setCookie(COOKIE, name, { ...cookie, maxAge: OIDC_PENDING_MS / 1000 }).redirect(url, 302)
    }),
  )

  app.get(PROVIDER_FINISH, strictly(limits), (request, reply) => {
    // The address holds the code; nobody is told it as where one came from.
    void reply.header('referrer-policy', 'no-referrer').clearCookie(COOKIE, cookie)
    return orPage(request, reply, async () => {
      if (!connection) return refuse(httpProblem('http.no-provider'))
      const pending = begun.take(request.cookies[COOKIE] ?? '')
      if (!pending) return refuse(httpProblem('http.sign-in-not-begun'))
      const there = await connection.connect()
      const returned = there.settings.redirectUri + (/\?.*$/s.exec(request.url)?.[0] ?? '')
      const subject = await finishOidc(there, { pending, returned, now: now() })
      if ('code' in subject) return refuse(subject)
      const signed = await signInLinked(signInWorld(serving), { ...subject, ...deviceOf(request) })
      if ('code' in signed) return refuse(signed)
      await enter(serving, request, reply, signed)
      return reply.redirect(pending.to, 303)
    })
  })
}

/** A page of the workbench, as the address line shows it; its front page where the text is anything else. */
function ownPage(to: unknown): string {
  if (typeof to !== 'string' || !to.startsWith(HOME)) return HOME
  // Read as the browser will read it: `..`, backslashes and control characters must not lead elsewhere.
  const url = new URL(to, 'http://own.invalid')
  return url.host === 'own.invalid' && url.pathname.startsWith(HOME) ? url.pathname + url.search + url.hash : HOME
}

/** Whoever reads pages is told what is wrong on one, with the way back; whoever reads JSON as always. */
async function orPage(
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (e) {
    if (!(e instanceof ProblemError) || !String(request.headers.accept ?? '').includes('text/html')) throw e
    return reply
      .code(statusOf(e.problems))
      .type('text/html; charset=utf-8')
      .header('content-security-policy', READ_ONLY_POLICY)
      .send(refusedPage(e.problems))
  }
}
