// The content of registered accounts: statement, reasons, findings, grounds, zones, pixels, comparison, report files.
// Always holds: an account is answered to whoever the query `accounts` shows it to, and to nobody else; figures are read from
// its package by the domain's own functions, never from a second copy.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../../kernel/index.ts'
import { API } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'
import { contentOf, takingTurns } from '../house/index.ts'
import type * as answersOfAccounts from './account-answers.ts'
import type { Shelf, Shelved } from './account-shelf.ts'
import { actingOf, callerOf, type Acting } from './caller.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

type Answers = typeof answersOfAccounts

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const REPORT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
}

/** Opened after the start; half of what the house keeps open, so that they do not push each other out. */
const MOST_WARM = 2

interface At {
  readonly Params: { readonly id: string }
  readonly Querystring: Readonly<Record<string, string | readonly string[] | undefined>>
}
type Request = FastifyRequest<At>

export function addAccountRoutes(app: FastifyInstance, serving: Serving): void {
  const { house, answers } = serving
  const read = (hash: string): Promise<Uint8Array | undefined> => contentOf(house.files, hash)
  let loaded: Promise<{ readonly views: Answers; readonly shelf: Shelf }> | undefined
  const load = () =>
    (loaded ??= import('./account-answers.ts').then((views) => ({
      views,
      shelf: views.accountShelf(house.packages, takingTurns()),
    })))
  let closing = false
  let warming: Promise<void> | undefined
  app.addHook('onListen', () => void (warming = warm()))
  app.addHook('onClose', async () => {
    closing = true
    await warming
    await (await loaded)?.shelf.close()
  })

  /** Opens what will be asked for first. What cannot be opened now is told to whoever asks for it. */
  const warm = async (): Promise<void> => {
    try {
      const latest = await house.store.query<{ package: string }>(
        sql`select g.package from gep_publication p join gep_account g on g.id = p.account
            where p.status = 'published' order by p.id desc limit ${MOST_WARM}`,
      )
      for (const { package: hash } of latest) if (!closing) await (await load()).shelf.open(hash)
    } catch (e) {
      app.log.warn({ warming: e instanceof ProblemError ? e.problems.map((p) => p.code) : 'bug' })
    }
  }

  /** Hash of the package of an account the caller may see. */
  const packageSeen = async (acting: Acting, id: string): Promise<string> => {
    const missing = httpProblem('http.not-found', { what: id.slice(0, 60) })
    if (!UUID.test(id)) return refuse(missing)
    const seen = await answers.ask({ query: 'accounts', input: { account: id }, ...acting })
    if (!seen.ok) return refuse(...seen.problems)
    const hash = seen.rows[0]?.['package']
    return typeof hash === 'string' ? hash : refuse(missing)
  }

  const packageOf = async (request: Request, reply: FastifyReply, id: string): Promise<string> =>
    packageSeen(await actingOf(serving, request, reply), id)

  /** `GET /api/v1/accounts/ID/WHAT` */
  const answer = (
    what: string,
    give: (views: Answers, shelved: Shelved, request: Request, shelf: Shelf, reply: FastifyReply) => unknown,
  ): void => {
    app.get<At>(`${API}/accounts/:id${what}`, async (request, reply) => {
      const hash = await packageOf(request, reply, request.params.id)
      const { views, shelf } = await load()
      const told = await give(views, await shelf.open(hash), request, shelf, reply)
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(told))
    })
  }

  answer('', (v, s) => v.headView(s))
  answer('/statement', (v, s, r) => v.statementView(s, regionOf(s, r)))
  answer('/regions', (v, s) => v.regionsView(s))
  answer('/classes', (v, s, r) => v.classesView(s, regionOf(s, r)))
  answer('/findings', (v, s) => v.findingsView(s))
  answer('/grounds', (v, s) => v.groundsView(s))
  answer('/why', (v, s, r) => v.whyView(s, word(r, 'code') ?? ''))
  answer('/map', (v, s, r) => {
    const basis = word(r, 'basis') ?? 'constant'
    if (!v.isBasis(basis)) return refuse(wrong('basis', 'constant, current'))
    const subject = word(r, 'subject') ?? 'per-area'
    return /^[A-Za-z0-9*-]{1,12}$/.test(subject) ? v.mapView(s, subject, basis) : refuse(wrong('subject', 'R2'))
  })
  answer('/pixel', (v, s, r) => {
    const at = [Number(word(r, 'x') ?? 'x'), Number(word(r, 'y') ?? 'y')] as const
    if (!at.every(Number.isFinite)) return refuse(wrong('x, y', '111.1, 27.5'))
    return v.pixelView(s, at, word(r, 'code'))
  })
  answer('/compare', async (v, s, r, shelf, reply) => {
    const other = word(r, 'with') ?? ''
    return v.compareView(s, await shelf.open(await packageOf(r, reply, other)))
  })
  answer('/files', async (v, _, request, __, reply) => {
    const bytes = await read(await packageOf(request, reply, request.params.id))
    return [...v.reportFiles(bytes!)].map(([name, { size }]) => ({ name, size }))
  })

  // The role stands in the path: links between the pages of a report are relative, and lead on in the same role.
  app.get<{ Params: { id: string; role: string; '*': string } }>(
    `${API}/accounts/:id/as/:role/*`,
    async (request, reply) => {
      const { id, role, '*': name } = request.params
      const { person } = await callerOf(serving, request, reply)
      const bytes = await read(await packageSeen({ person, role }, id))
      const { views } = await load()
      const file = bytes && views.reportFiles(bytes).get(name)
      if (!file) return refuse(httpProblem('http.not-found', { what: name.slice(0, 60) }))
      const type = REPORT_TYPES[name.split('.').at(-1)!]
      const plain = encodeURIComponent(name.split('/').at(-1)!)
      return reply
        .type(type ?? 'application/octet-stream')
        .header('content-security-policy', `${READ_ONLY_POLICY}; sandbox`)
        .header('content-disposition', `${type ? 'inline' : 'attachment'}; filename*=UTF-8''${plain}`)
        .send(Buffer.from(file.bytes()))
    },
  )
}

function word(request: Request, name: string): string | undefined {
  const value = request.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const wrong = (name: string, as: string) => httpProblem('http.parameter', { name, why: `如 as ${as}` })

/** The region asked for; the whole account where none is. */
function regionOf(s: Shelved, request: Request): string {
  const { head } = s.account
  const code = word(request, 'region') ?? head.region
  return head.regions.some((r) => r.code === code) ? code : refuse(wrong('region', head.region))
}
