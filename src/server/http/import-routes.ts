// Rows of files: which imports a role has, what a file would bring, and bringing it in as one act. Reading a long file is told
// line by line of JSON while it goes on; the last line is the answer, or the problems.
// Always holds: looking writes nothing; what was filled in for an act that was refused is let go again.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import * as z from 'zod'
import {
  civilDateIn,
  jsonSchema,
  ProblemError,
  type Fields,
  type Form,
  type Json,
  type Uuid,
} from '../../kernel/index.ts'
import { permitOf, roleMay, rolesOf } from '../../core/identity/index.ts'
import {
  commandName,
  dropStage,
  previewImport,
  stageImport,
  type AnyImport,
  type ImportProgress,
  type Wish,
} from '../../core/imports/index.ts'
import { API, problemBody } from '../../core/record/index.ts'
import { IMPORTS } from '../house/index.ts'
import { readBody } from './body.ts'
import { actingOf, type Acting } from './caller.ts'
import { httpProblem } from './problems.ts'
import { describeBug, refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const NAME_MOST = 200
const short = z.string().max(NAME_MOST)
const wishShape = {
  file: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: short.min(1),
  place: z.string().max(12),
  sheet: short.optional(),
  mapping: z.record(z.string().max(60), short).optional(),
  options: z.record(z.string().max(60), z.unknown()).optional(),
}
const wishBody = z.strictObject(wishShape)
const acceptBody = z.strictObject({
  ...wishShape,
  id: z.string().max(64),
  reasons: z.array(z.strictObject({ code: z.string().max(80), reason: z.string().max(2_000) })).max(200),
})

/** Between two lines of progress: often enough to see it move. */
const TELL_MS = 200

export function addImportRoutes(app: FastifyInstance, serving: Serving): void {
  const { house } = serving
  const today = () => civilDateIn(house.world.now(), house.settings.zone)
  const commandOf = (declared: AnyImport) => house.registry.getCommand(commandName(declared))
  const permit = permitOf(house.roles)

  const declaredAs = (name: string): AnyImport =>
    IMPORTS.find((d) => d.name === name) ?? refuse(httpProblem('http.not-found', { what: name.slice(0, 60) }))

  /** Whoever may run the command there may look at what it would bring. @throws ProblemError */
  const requireMay = async (declared: AnyImport, place: string, acting: Acting): Promise<void> => {
    const ask = { ...acting, command: commandOf(declared), place, organisation: undefined, date: today() }
    const [answer] = await permit(house.store, [ask])
    if (answer && 'code' in answer) refuse(answer)
  }

  app.get(`${API}/imports`, async (request, reply) => {
    const { person, role } = await actingOf(serving, request, reply)
    const held = (await rolesOf(house.store, house.roles, person, today())).find((r) => r.role.id === role)
    if (!held) return refuse(httpProblem('http.role-not-held', { role }))
    const mine = IMPORTS.filter((d) => {
      const { name, groups = [] } = commandOf(d)
      return roleMay(held.role, { kind: 'command', name, groups })
    })
    return { imports: mine.map(offered) }
  })

  app.post<{ Params: { name: string } }>(`${API}/imports/:name/preview`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const declared = declaredAs(request.params.name)
    const wish = wishOf(readBody(wishBody, request.body))
    await requireMay(declared, wish.place, acting)
    return told(reply, async (progress) => {
      const { input: _, ...preview } = await previewImport(house.importWorld, declared, wish, progress)
      return preview
    })
  })

  app.post<{ Params: { name: string } }>(`${API}/imports/:name`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const declared = declaredAs(request.params.name)
    const { id, reasons, ...rest } = readBody(acceptBody, request.body)
    const wish = wishOf(rest)
    await requireMay(declared, wish.place, acting)
    return told(reply, async (progress) => {
      const staged = await stageImport(house.importWorld, declared, wish, progress)
      const { input } = staged
      if (!input) throw new ProblemError(staged.findings.filter((f) => f.severity === 'red').flatMap((f) => f.first))
      const outcome = await house.recorder.submit({
        id: id as Uuid,
        command: commandName(declared),
        input: { ...input, ...(reasons.length > 0 ? { reasons } : {}) },
        ...acting,
      })
      if (outcome.ok) return outcome.receipt
      await dropStage(house.store, declared, staged.batch)
      throw new ProblemError(outcome.problems)
    })
  })

  /** Answers line by line: `{"done": 3, "of": 9}` while it goes on, at the end `{"answer": …}` or a problem's body. */
  async function told(reply: FastifyReply, work: (progress: ImportProgress) => Promise<object>): Promise<void> {
    reply.hijack()
    const { raw } = reply
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
    raw.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'x-accel-buffering': 'no' })
    let last = 0
    const line = (what: object): void => void raw.write(`${JSON.stringify(what)}\n`)
    try {
      const answer = await work(async (done, of) => {
        const now = performance.now()
        if (now - last < TELL_MS) return
        last = now
        line({ done, of })
        // Others are answered in between.
        await sleep(0)
      })
      line({ answer })
    } catch (e) {
      if (!(e instanceof ProblemError)) app.log.error({ bug: describeBug(e) })
      const problems = e instanceof ProblemError ? e.problems : [httpProblem('http.bug', { request: reply.request.id })]
      line(problemBody(problems))
    }
    raw.end()
  }
}

const wishOf = ({ sheet, mapping, options, ...rest }: z.infer<typeof wishBody>): Wish => ({
  ...rest,
  ...(sheet === undefined ? {} : { sheet }),
  ...(mapping === undefined ? {} : { mapping }),
  ...(options === undefined ? {} : { options: options as Json }),
})

const offered = (d: AnyImport) => ({
  name: d.name,
  title: d.title,
  ...(d.clause === undefined ? {} : { clause: d.clause }),
  columns: jsonSchema(d.columns),
  options: jsonSchema(d.options as unknown as Form<Fields>),
  maps: d.maps === true,
  approval: d.approval !== undefined,
})
