// Letters filled from registered templates, and a look at documents.
// Always holds: pages made of foreign content run no script and reach nothing but their own file.

import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Json } from '../../kernel/index.ts'
import { FILE_TYPES } from '../../core/files/index.ts'
import { API } from '../../core/record/index.ts'
import { filePreview, writeLetter } from '../house/index.ts'
import { readBody } from './body.ts'
import { actingOf, ROLE_WORD } from './caller.ts'
import { nameForReader } from './file-tellers.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const HTML = 'text/html; charset=utf-8'
const ID = /^[0-9a-f-]{36}$/
const HASH = /^[0-9a-f]{64}$/
const letterBody = z.strictObject({ values: z.record(z.string().max(60), z.unknown()), as: z.enum(['docx', 'html']) })

export function addLetterRoutes(app: FastifyInstance, serving: Serving): void {
  const { house } = serving
  app.post<{ Params: { template: string } }>(`${API}/letters/:template`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { template } = request.params
    if (!ID.test(template)) return refuse(httpProblem('http.not-found', { what: template.slice(0, 60) }))
    const { values, as } = readBody(letterBody, request.body)
    const answer = await serving.answers.ask({ query: 'letterTemplates', input: { template }, ...acting })
    if (!answer.ok) return refuse(...answer.problems)
    const [row] = answer.rows
    const { content } = await writeLetter(house, row, { values: values as Json, shape: as })
    const name = encodeURIComponent(String(row?.['name'] ?? 'letter'))
    reply.header('cache-control', 'no-store')
    if (as === 'html')
      return reply.type(HTML).header('content-security-policy', READ_ONLY_POLICY).send(Buffer.from(content))
    return reply
      .type(FILE_TYPES.docx.media)
      .header('content-disposition', `attachment; filename*=UTF-8''${name}.docx`)
      .send(Buffer.from(content))
  })

  app.get<{ Params: { hash: string } }>(`${API}/files/:hash/preview`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { hash } = request.params
    const missing = httpProblem('http.not-found', { what: hash.slice(0, 64) })
    if (!HASH.test(hash)) return refuse(missing)
    const name = await nameForReader(serving, acting, hash)
    const href = `${API}/files/${hash}?${ROLE_WORD}=${encodeURIComponent(acting.role)}`
    const page = name === undefined ? undefined : await filePreview(house, { hash, name, href })
    if (page === undefined) return refuse(missing)
    return reply
      .type(HTML)
      .header('content-security-policy', READ_ONLY_POLICY)
      .header('cache-control', 'no-store')
      .send(page)
  })
}
