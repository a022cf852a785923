// Checking a certificate without signing in, and its paper for whoever may print it.
// Always holds: the public pages are without script; an address is a code and, below it, the name of a proof.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { JsonObject } from '../../kernel/index.ts'
import { certificateProblem, PRINTED_MOST, qrSvg } from '../../core/certificates/index.ts'
import { API } from '../../core/record/index.ts'
import { checkAddress, checkPages, printCertificate, printCertificates } from '../house/index.ts'
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

  /** As the query answers them to whoever asks; 404 where one of them is not theirs to see. */
  const rowsOf = async (
    ids: readonly string[],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<readonly JsonObject[]> => {
    const acting = await actingOf(serving, request, reply)
    const rows: JsonObject[] = []
    for (const id of ids) {
      const missing = httpProblem('http.not-found', { what: id.slice(0, TYPED_MOST) })
      if (!ID.test(id)) return refuse(missing)
      const answer = await serving.answers.ask({ query: 'certificates', input: { certificate: id }, ...acting })
      if (!answer.ok) return refuse(...answer.problems)
      rows.push(answer.rows[0] ?? refuse(missing))
    }
    return rows
  }
  const sendPdf = (reply: FastifyReply, name: string, pdf: Uint8Array): FastifyReply =>
    reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${name}.pdf"`)
      .send(Buffer.from(pdf))

  app.get<{ Params: { id: string } }>(`${API}/certificates/:id/pdf`, async (request, reply) => {
    const [row] = await rowsOf([request.params.id], request, reply)
    return sendPdf(reply, String(row!['number']), await printCertificate(house, row!))
  })
  app.get<{ Querystring: { ids?: unknown } }>(`${API}/certificates/pdf`, async (request, reply) => {
    const { ids } = request.query
    const asked = typeof ids === 'string' ? [...new Set(ids.split(',').filter((id) => id !== ''))] : []
    if (asked.length === 0 || asked.length > PRINTED_MOST)
      return refuse(certificateProblem('certificate.print-count', { most: PRINTED_MOST }))
    const rows = await rowsOf(asked, request, reply)
    return sendPdf(reply, `certificates-${rows.length}`, await printCertificates(house, rows))
  })
  /** The code as it stands on the paper. */
  app.get<{ Params: { id: string } }>(`${API}/certificates/:id/qr.svg`, async (request, reply) => {
    const [row] = await rowsOf([request.params.id], request, reply)
    const code = String(row!['code'])
    return reply
      .type('image/svg+xml')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(qrSvg(checkAddress(house, code) ?? code))
  })
}
