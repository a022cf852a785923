// The server over an open house: every route, in the order in which a request meets them. Whoever opens it listens and closes.
// Always holds: nothing is answered but JSON, problems and our own pages; a request that is under way is finished before the
// server is closed, and a new one is refused.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { problemBody } from '../../core/record/index.ts'
import { startClock, type Clock } from '../../core/timer/index.ts'
import { placesOf, type House } from '../house/index.ts'
import { foldersIn, openRuns } from '../jobs/index.ts'
import { addAccountFolderRoutes } from './account-folder-routes.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addActRoutes } from './act-routes.ts'
import { answerCache } from './answers.ts'
import { addCheckRoutes } from './check-routes.ts'
import { addDeadlineRoutes } from './deadline-routes.ts'
import { addDocsRoutes } from './docs-routes.ts'
import { addDoctorRoutes } from './doctor-routes.ts'
import { addDraftRoutes } from './draft-routes.ts'
import { addFileRoutes } from './file-routes.ts'
import { addHeaders } from './headers.ts'
import { addHealthRoutes } from './health-routes.ts'
import { addImportRoutes } from './import-routes.ts'
import { addLetterRoutes } from './letter-routes.ts'
import { addLogRoutes } from './log-routes.ts'
import { addMarkRoute } from './mark-route.ts'
import { addMenuRoutes } from './menu-routes.ts'
import { measure } from './metrics.ts'
import { offeredRoutes } from './offered.ts'
import { addNoticeRoutes } from './notice-routes.ts'
import { LIMITS, type ServerOptions } from './options.ts'
import { requireOwnOrigin } from './own-origin.ts'
import { addOidcRoutes } from './oidc-routes.ts'
import { addPeopleRoutes } from './people-routes.ts'
import { addPlaceRoutes } from './place-routes.ts'
import { httpProblem } from './problems.ts'
import { addPublicRoutes } from './public-routes.ts'
import { publishing } from './publishing.ts'
import { addQueryRoutes } from './query-routes.ts'
import { addRateLimits } from './rate-limits.ts'
import { addRunRoutes } from './run-routes.ts'
import { onError, PROBLEM_JSON, sendProblems } from './refuse.ts'
import { logController, logRequests, logSettings } from './request-log.ts'
import { sessionCache } from './session-cache.ts'
import { addSessionRoutes } from './session-routes.ts'
import type { Serving } from './serving.ts'
import { watchWrites } from './watch-writes.ts'
import { addWhyRoutes } from './why-routes.ts'
import { addWorkbench } from './workbench-files.ts'

export interface Server {
  readonly app: FastifyInstance
  /** Every address it has. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** @returns the address, `http://127.0.0.1:8080` */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>
  /** Finishes what is under way and takes nothing new. The house stays open. */
  close(): Promise<void>
}

/** For the whole of a request to arrive: an upload over a slow line, not a caller that sends a byte a minute. */
const REQUEST_MS = 600_000

const clockMs = (): number => performance.now()

export async function openServer(openHouse: House, options: ServerOptions): Promise<Server> {
  const watched = watchWrites(openHouse)
  const limits = { ...LIMITS, ...options.limits }
  const serving: Serving = {
    house: watched.house,
    options,
    limits,
    sessions: sessionCache(watched, clockMs),
    answers: answerCache(watched, clockMs),
  }
  let requests = 0
  const app = Fastify({
    bodyLimit: limits.bodyBytes,
    logger: logSettings(options.logLine),
    logController: logController(),
    requestTimeout: REQUEST_MS,
    genReqId: () => `${process.pid.toString(36)}-${(requests += 1).toString(36)}`,
    trustProxy: options.proxies === undefined ? false : [...options.proxies],
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // What cannot even be read as a request is answered like everything else.
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return
      const body = JSON.stringify(problemBody([httpProblem('http.not-json')]))
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_JSON}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
    frameworkErrors: (error, request, reply) => void onError(error, request, reply as never),
  })
  const routes: { readonly method: string; readonly path: string }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const m of [method].flat()) if (m !== 'HEAD') routes.push({ method: m, path: url })
  })
  app.setErrorHandler(onError)
  app.setNotFoundHandler((_, reply) => sendProblems(reply, [httpProblem('http.unknown-route')]))
  logRequests(app)
  const measures = measure(app, watched.acts)
  let closing = false
  // Whoever was answered last leaves, instead of holding an idle line open.
  app.addHook('onSend', async (_, reply) => void (closing && reply.header('connection', 'close')))
  await addHeaders(app, options.secure)
  await addRateLimits(app, limits)
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    requireOwnOrigin(request)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })

  const offered = offeredRoutes(watched.house.registry)
  addSessionRoutes(app, serving)
  await addOidcRoutes(app, serving, clockMs)
  addPeopleRoutes(app, serving)
  addMenuRoutes(app, serving, offered)
  addActRoutes(app, serving, offered.commands)
  addQueryRoutes(app, serving, offered.queries)
  addDraftRoutes(app, serving)
  addWhyRoutes(app, serving)
  addDocsRoutes(app, serving)
  await addFileRoutes(app, serving)
  addLetterRoutes(app, serving)
  addImportRoutes(app, serving)
  addPlaceRoutes(app, serving)
  addAccountRoutes(app, serving)
  const log = publishing(watched.house, {
    loop: options.clock === true,
    onTrouble: (code) => app.log.warn({ publishing: code }),
  })
  addLogRoutes(app, serving, log)
  addPublicRoutes(app, serving, log)
  await addNoticeRoutes(app, serving)
  addDeadlineRoutes(app, serving)
  addCheckRoutes(app, serving, log)
  const work = placesOf(openHouse.folder).work
  const { files: store, newId } = openHouse
  const runs =
    options.entry === undefined
      ? undefined
      : openRuns({ root: join(work, 'runs'), entry: options.entry, store, newId, now: openHouse.world.now })
  if (runs) {
    const folders = foldersIn(join(work, 'folders'), { store, newId })
    addRunRoutes(app, serving, { runs, folders })
    addAccountFolderRoutes(app, serving, folders)
  }
  addDoctorRoutes(app, serving)
  addHealthRoutes(app, serving, { measures, publishing: log, closing: () => closing })
  addMarkRoute(app)
  if (options.workbench !== undefined) addWorkbench(app, options.workbench)

  const clock = options.clock === true ? runClock(watched.house, app) : undefined
  return {
    app,
    routes,
    listen: (at) => app.listen(at),
    close: async () => {
      closing = true
      // From now on new requests are refused; those under way go on while clock and log come to their end.
      const closed = app.close()
      await clock?.stop()
      await log.stop()
      await runs?.close()
      await closed
    },
  }
}

/** What is due and what follows from acts is done while the server runs. */
function runClock(house: House, app: FastifyInstance): Clock {
  return startClock({
    recorder: house.recorder,
    now: house.world.now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    onTrouble: (e) => app.log.warn({ clock: e ? e.problems.map((p) => p.code) : 'well' }),
    onBug: () => app.log.error({ clock: 'bug' }),
  })
}
