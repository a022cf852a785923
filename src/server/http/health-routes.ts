// Whether the process lives, whether it can work, and what it measures of itself.
// Always holds: measurements are told on the machine itself only, never through a proxy, and name no person and no value.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { readHead } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'
import { metricsText, type Measures } from './metrics.ts'
import { httpProblem } from './problems.ts'
import type { Publishing } from './publishing.ts'
import { refuse, sendProblems } from './refuse.ts'
import type { Serving } from './serving.ts'

/** A database that does not answer within this is away. */
const PATIENCE_MS = 3_000

export interface Ready {
  /** Entries of the log; its head is the last thing every write touches. */
  readonly logSize: number
  /** Seconds the longest waiting job has waited beyond its time. */
  readonly oldestJobSeconds: number
}

/** What the record says of itself now. @throws ProblemError `store.…`, `http.not-ready` */
export async function lookAtRecord({ house }: Pick<Serving, 'house'>): Promise<Ready> {
  const look = async (): Promise<Ready> => {
    const { frontier } = await readHead(house.store)
    const [job] = await house.store.query<{ since: string | null }>(
      sql`select min(not_before) as since from job where status = 'waiting'`,
    )
    const waited =
      job === undefined || job.since === null ? 0 : (Date.parse(house.world.now()) - Date.parse(job.since)) / 1000
    return { logSize: frontier.size, oldestJobSeconds: Math.max(0, waited) }
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProblemError(httpProblem('http.not-ready'))), PATIENCE_MS)
  })
  try {
    return await Promise.race([look(), late])
  } finally {
    clearTimeout(timer)
  }
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

/** @throws ProblemError `http.not-from-outside` */
export function requireLocal({ socket, headers }: FastifyRequest): void {
  const forwarded = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined
  if (forwarded || !LOOPBACK.includes(socket.remoteAddress ?? '')) refuse(httpProblem('http.not-from-outside'))
}

export function addHealthRoutes(
  app: FastifyInstance,
  serving: Serving,
  { measures, publishing, closing }: { measures: Measures; publishing: Publishing; closing: () => boolean },
): void {
  app.get('/health', () => ({ alive: true }))

  app.get('/ready', async (_, reply) => {
    if (closing()) return refuse(httpProblem('http.not-ready'))
    try {
      const { logSize } = await lookAtRecord(serving)
      return reply.header('cache-control', 'no-store').send({ ready: true, log: logSize })
    } catch (e) {
      const problems: readonly Problem[] = e instanceof ProblemError ? e.problems : []
      return sendProblems(reply, problems.length > 0 ? problems : [httpProblem('http.not-ready')])
    }
  })

  app.get('/metrics', async (request, reply) => {
    requireLocal(request)
    const record = await lookAtRecord(serving).catch(() => undefined)
    const published = await publishing.published().catch(() => undefined)
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metricsText(measures, { ...(record ? { record } : {}), publishedSize: published?.size ?? 0 }))
  })
}
