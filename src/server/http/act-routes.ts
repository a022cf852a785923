// Submitting: one address a command. What the record answers is passed on as it is.

import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Uuid } from '../../kernel/index.ts'
import type { CommandRoute } from '../../core/record/index.ts'
import { readBody } from './body.ts'
import { actingOf } from './caller.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

/** `input` is judged by the command's own form. */
const envelope = z.strictObject({ id: z.string().max(64), version: z.int().optional(), input: z.unknown() })

export function addActRoutes(app: FastifyInstance, serving: Serving, routes: readonly CommandRoute[]): void {
  for (const { path, command } of routes)
    app.post(path, async (request, reply) => {
      const acting = await actingOf(serving, request, reply)
      const { id, version, input } = readBody(envelope, request.body)
      const outcome = await serving.house.recorder.submit({
        id: id as Uuid,
        command: command.name,
        ...(version === undefined ? {} : { version }),
        input,
        ...acting,
      })
      return outcome.ok ? outcome.receipt : refuse(...outcome.problems)
    })
}
