// Uploaded folders and long runs: started, watched while they go, cancelled, and what they made.
// Always holds: a person sees their own; a page that a run made runs no script and reaches nothing.

import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Uuid } from '../../kernel/index.ts'
import { API, ROLE_HEADER } from '../../core/record/index.ts'
import { isOver, RUN_KINDS, SAMPLE, type Folders, type Run, type Runs } from '../jobs/index.ts'
import { readBody } from './body.ts'
import { callerOf } from './caller.ts'
import { approvedFor } from './account-overrides.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { requireBringer } from './may-bring.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const folderBody = z.union([
  z.strictObject({ files: z.array(z.strictObject({ path: z.string().max(1_000), hash })).max(10_000) }),
  z.strictObject({ zip: hash }),
])
const runBody = z.strictObject({ kind: z.enum(RUN_KINDS), data: z.string().max(64) })

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}
/** So that whoever stands between does not take a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000

export function addRunRoutes(
  app: FastifyInstance,
  serving: Serving,
  { runs, folders }: { runs: Runs; folders: Folders },
): void {
  const missing = (what: string) => httpProblem('http.not-found', { what: what.slice(0, 60) })
  const streams = new Set<() => void>()
  app.addHook('preClose', (done) => {
    for (const end of streams) end()
    done()
  })

  app.post(`${API}/folders`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    await requireBringer(serving, person)
    const body = readBody(folderBody, request.body)
    const made = 'zip' in body ? await folders.fromZip(person, body.zip) : await folders.fromFiles(person, body.files)
    return reply.code(201).send({ folder: made.id, files: made.files })
  })

  app.post(`${API}/runs`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    await requireBringer(serving, person)
    const { kind, data } = readBody(runBody, request.body)
    const folder = data === SAMPLE ? undefined : ((await folders.find(person, data)) ?? refuse(missing(data)))
    const path = folder?.at
    const overrides = await approvedFor(serving, person, request.headers[ROLE_HEADER.toLowerCase()], path)
    return reply.code(202).send(told(await runs.start(kind, { person, data, path, overrides })))
  })

  app.get(`${API}/runs`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    return { runs: runs.list(person).map(told) }
  })

  const own = (person: Uuid, id: string): Run => runs.find(person, id) ?? refuse(missing(id))

  app.get<{ Params: { id: string } }>(`${API}/runs/:id`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    return told(own(person, request.params.id))
  })

  app.delete<{ Params: { id: string } }>(`${API}/runs/:id`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    runs.cancel(own(person, request.params.id).id)
    return told(own(person, request.params.id))
  })

  app.get<{ Params: { id: string; '*': string } }>(`${API}/runs/:id/files/*`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const { id, '*': name } = request.params
    const path = runs.made(own(person, id), name)
    if (path === undefined) return refuse(missing(name))
    const type = TYPES[extname(name)]
    return reply
      .type(type ?? 'application/octet-stream')
      .header('content-security-policy', READ_ONLY_POLICY)
      .header(
        'content-disposition',
        `${type === undefined ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name.split('/').at(-1)!)}`,
      )
      .send(createReadStream(path))
  })

  app.get<{ Params: { id: string } }>(`${API}/runs/:id/events`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const run = own(person, request.params.id)
    reply.hijack()
    const { raw } = reply
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value)
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    const end = (): void => {
      clearInterval(heartbeat)
      unfollow()
      streams.delete(end)
      raw.end()
    }
    const tell = (now: Run): void => {
      raw.write(`event: run\ndata: ${JSON.stringify(told(now))}\n\n`)
      if (isOver(now)) end()
    }
    const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS)
    const unfollow = runs.follow(run.id, tell)
    streams.add(end)
    raw.on('close', end)
    tell(runs.find(person, run.id)!)
  })
}

/** A run as its owner is told of it. */
const told = ({ person: _, ...run }: Run) => run
