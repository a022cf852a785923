// What anybody reads without signing in: the list of published accounts, each page, its downloads and its proof.
// Always holds: pages without script; an address is an id with one of four endings and nothing else.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { publicPages } from '../house/index.ts'
import { httpProblem } from './problems.ts'
import type { Publishing } from './publishing.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const HTML = 'text/html; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Pages hold their own style and pictures and no script at all. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

export function addPublicRoutes(app: FastifyInstance, { house }: Serving, publishing: Publishing): void {
  const pages = publicPages(house, { base: '/public', verify: '/verify' }, (leaf) => publishing.upTo(leaf))
  const page = (reply: FastifyReply, html: string): FastifyReply =>
    reply.type(HTML).header('content-security-policy', POLICY).header('cache-control', 'no-cache').send(html)
  const index = async (_: unknown, reply: FastifyReply): Promise<FastifyReply> => page(reply, await pages.index())
  app.get('/public', index)
  app.get('/public/', index)
  app.get<{ Params: { file: string } }>('/public/:file', async (request, reply) => {
    const { file } = request.params
    const [, id, ending] = /^([0-9a-f-]{36})(?:\.(csv|xlsx|proof))?$/.exec(file) ?? []
    const missing = () => refuse(httpProblem('http.not-found', { what: file.slice(0, 60) }))
    if (id === undefined) return missing()
    if (ending === undefined) {
      const html = await pages.page(id)
      return html === undefined ? missing() : page(reply, html)
    }
    const made =
      ending === 'csv' ? await pages.csv(id) : ending === 'xlsx' ? await pages.xlsx(id) : await pages.proof(id)
    if (made === undefined) return missing()
    const type =
      ending === 'csv' ? 'text/csv; charset=utf-8' : ending === 'xlsx' ? XLSX : 'application/json; charset=utf-8'
    return reply
      .type(type)
      .header('cache-control', 'no-cache')
      .header('content-disposition', `attachment; filename="gep-${id}.${ending}"`)
      .send(typeof made === 'string' ? made : Buffer.from(made))
  })
}
