// Checking a certificate without signing in, and its paper for whoever may print it.
// Always holds: the public pages are without script; an address is a code and, below it, the name of a proof.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { API } from '../../core/record/index.ts'
import { checkPages, printCertificate } from '../house/index.ts'
import { actingOf } from './caller.ts'
import { httpProblem } from './problems.ts'
import type { Publishing } from './publishing.ts'
import { readsPages, refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const HTML = 'text/html; charset=utf-8'
/** A form that asks this house, styles in the page, nothing else. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
/** Longer is neither a code nor a number. */
const TYPED_MOST = 60
const ID = /^[0-9a-f-]{36}$/

export function addCheckRoutes(app: FastifyInstance, serving: Serving, publishing: Publishing): void {
  const { house } = serving
  const pages = checkPages(house, { base: '/check', verify: '/verify' }, (leaf) => publishing.upTo(leaf))
  const page = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
    reply
      .code(status)
      .type(HTML)
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .send(html)

  const look = async (typed: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const said = typed.trim().slice(0, TYPED_MOST)
    const code = await pages.find(said)
    const found = code === undefined ? undefined : await pages.page(code)
    if (found !== undefined) return page(reply, found)
    return readsPages(request)
      ? page(reply, pages.lookUp(said), 404)
      : refuse(httpProblem('http.not-found', { what: said }))
  }

  app.get<{ Querystring: { code?: unknown } }>('/check', async (request, reply) => {
    const { code } = request.query
    return typeof code === 'string' && code.trim() !== '' ? look(code, request, reply) : page(reply, pages.lookUp())
  })
  app.get<{ Params: { code: string } }>('/check/:code', async (request, reply) =>
    look(request.params.code, request, reply),
  )
  app.get<{ Params: { code: string; file: string } }>('/check/:code/:file', async (request, reply) => {
    const { code, file } = request.params
    const [, which] = /^(issued|ended)\.proof$/.exec(file) ?? []
    const known = which === undefined ? undefined : await pages.find(code)
    const proof = known === undefined ? undefined : await pages.proof(known, which!)
    if (proof === undefined) return refuse(httpProblem('http.not-found', { what: file.slice(0, TYPED_MOST) }))
    return reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="certificate-${which!}.proof"`)
      .send(proof)
  })

  app.get<{ Params: { id: string } }>(`${API}/certificates/:id/pdf`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { id } = request.params
    const missing = httpProblem('http.not-found', { what: id.slice(0, TYPED_MOST) })
    if (!ID.test(id)) return refuse(missing)
    const answer = await serving.answers.ask({ query: 'certificates', input: { certificate: id }, ...acting })
    if (!answer.ok) return refuse(...answer.problems)
    const [row] = answer.rows
    if (!row) return refuse(missing)
    const pdf = await printCertificate(house, row)
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${String(row['number'])}.pdf"`)
      .send(Buffer.from(pdf))
  })
}
