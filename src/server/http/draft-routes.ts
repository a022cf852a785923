// What somebody has begun to fill in, kept for them alone: saved over as they type, discarded when done.

import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { isUuid, type Uuid } from '../../kernel/index.ts'
import { API, discardDraft, findDraft, saveDraft } from '../../core/record/index.ts'
import { readBody } from './body.ts'
import { callerOf } from './caller.ts'
import { offered } from './offered.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const body = z.strictObject({ command: z.string().max(100), input: z.unknown() })

export function addDraftRoutes(app: FastifyInstance, serving: Serving): void {
  const { house } = serving
  const commands = new Map(offered(house.registry).commands.map((c) => [c.name, c]))
  const missing = httpProblem('http.not-found', { what: 'draft' })
  const idOf = (id: string): Uuid => (isUuid(id) ? id : refuse(missing))

  app.put<{ Params: { id: string } }>(`${API}/drafts/:id`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const id = idOf(request.params.id)
    const { command: name, input } = readBody(body, request.body)
    const command = commands.get(name) ?? refuse(httpProblem('http.not-found', { what: name }))
    const standing = await findDraft(house.store, id)
    const savedAt = house.world.now()
    const saved = saveDraft({ id, person, command, input, savedAt }, standing)
    if (!('change' in saved)) return refuse(...saved)
    await house.recorder.writeLoose([saved.change])
    return { draft: id, savedAt, leftOut: saved.leftOut }
  })

  app.delete<{ Params: { id: string } }>(`${API}/drafts/:id`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const id = idOf(request.params.id)
    const change = discardDraft({ id, person }, await findDraft(house.store, id))
    if (!('table' in change)) return refuse(...change)
    await house.recorder.writeLoose([change])
    return reply.code(204).send()
  })
}
