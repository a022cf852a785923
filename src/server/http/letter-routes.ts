// Letters filled from registered templates or those that come along with the program, and a look at documents.
// Always holds: pages made of foreign content run no script and reach nothing but their own file.

import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { civilDateIn, type Json } from '../../kernel/index.ts'
import { FILE_TYPES } from '../../core/files/index.ts'
import { API } from '../../core/record/index.ts'
import { roleMay, rolesOf } from '../../core/identity/index.ts'
import { findBuiltIn, readTemplate } from '../../core/letters/index.ts'
import { contentOf, filePreview, writeBuiltIn, writeLetter } from '../house/index.ts'
import { readBody } from './body.ts'
import { actingOf, ROLE_WORD, type Acting } from './caller.ts'
import { nameForReader } from './file-tellers.ts'
import { PREVIEW_POLICY, READ_ONLY_POLICY } from './headers.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const HTML = 'text/html; charset=utf-8'
const ID = /^[0-9a-f-]{36}$/
const HASH = /^[0-9a-f]{64}$/
const letterBody = z.strictObject({ values: z.record(z.string().max(60), z.unknown()), as: z.enum(['docx', 'html']) })

const checkBody = z.strictObject({ hash: z.string().regex(HASH) })

const missing = (what: string) => httpProblem('http.not-found', { what: what.slice(0, 60) })

export function addLetterRoutes(app: FastifyInstance, serving: Serving): void {
  const { house } = serving

  /** The templates the role may see, or the one asked for; who may see none writes no letters. */
  const seen = async (acting: Acting, template: string | undefined) => {
    const input = template === undefined ? {} : { template }
    const answer = await serving.answers.ask({ query: 'letterTemplates', input, ...acting })
    return answer.ok ? answer.rows : refuse(...answer.problems)
  }

  app.get<{ Params: { template: string } }>(`${API}/letters/:template/file`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const builtIn = findBuiltIn(request.params.template) ?? refuse(missing(request.params.template))
    await seen(acting, undefined)
    return reply
      .type(FILE_TYPES.docx.media)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(builtIn.title.zh)}.docx`)
      .send(Buffer.from(builtIn.bytes))
  })

  // What registering would say of a file, before it is registered; for who may register.
  app.post(`${API}/letters/check`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { hash } = readBody(checkBody, request.body)
    const today = civilDateIn(house.world.now(), house.settings.zone)
    const held = (await rolesOf(house.store, house.roles, acting.person, today)).find((h) => h.role.id === acting.role)
    if (!held || !roleMay(held.role, { kind: 'command', name: 'registerTemplate', groups: ['letters'] }))
      return refuse(httpProblem('http.may-not-bring'))
    const bytes = await contentOf(house.files, hash)
    const read = bytes ? readTemplate(bytes) : refuse(missing(hash))
    return 'parts' in read ? { fields: read.fields, problems: [] } : { fields: [], problems: read }
  })

  app.post<{ Params: { template: string } }>(`${API}/letters/:template`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { template } = request.params
    const builtIn = findBuiltIn(template)
    if (!builtIn && !ID.test(template)) return refuse(missing(template))
    const { values, as } = readBody(letterBody, request.body)
    const wish = { values: values as Json, shape: as }
    const [row] = await seen(acting, builtIn ? undefined : template)
    const { content } = builtIn ? await writeBuiltIn(builtIn, wish) : await writeLetter(house, row, wish)
    const name = encodeURIComponent(builtIn ? builtIn.title.zh : String(row?.['name'] ?? 'letter'))
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
    if (!HASH.test(hash)) return refuse(missing(hash))
    const name = await nameForReader(serving, acting, hash)
    const href = `${API}/files/${hash}?${ROLE_WORD}=${encodeURIComponent(acting.role)}`
    const page = name === undefined ? undefined : await filePreview(house, { hash, name, href })
    if (page === undefined) return refuse(missing(hash))
    return reply
      .type(HTML)
      .header('content-security-policy', PREVIEW_POLICY)
      .header('x-frame-options', 'SAMEORIGIN')
      .header('cache-control', 'no-store')
      .send(page)
  })
}
