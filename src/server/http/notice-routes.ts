// Public notices without signing in: reading them, objecting by a plain form without script, the receipt, the copy for the board.
// Always holds: no session and no cookie is looked at here; a form that another site's page sends is refused; a browser is answered
// by a page, a program by a problem.

import { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { ProblemError, Problem } from '../../kernel/index.ts'
import { FILE_TYPES } from '../../core/files/index.ts'
import { NOTICES_PATH, refusedPage, type Typed } from '../../core/notices/index.ts'
import { statusOf } from '../../core/record/index.ts'
import { noticePages } from '../house/index.ts'
import { httpProblem } from './problems.ts'
import { problemsOf, readsPages, refuse, sendProblems } from './refuse.ts'
import type { Serving } from './serving.ts'

const HTML = 'text/html; charset=utf-8'
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
/** A name, a telephone and two thousand characters, percent-encoded: nine bytes a Chinese character. */
const FORM_BYTES = 32 * 1024
const MINUTE = 60_000

type ById = { Params: { id: string } }

export async function addNoticeRoutes(app: FastifyInstance, { house, limits }: Serving): Promise<void> {
  const pages = noticePages(house)
  const page = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
    reply
      .code(status)
      .type(HTML)
      .header('content-security-policy', POLICY)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'same-origin')
      .send(html)
  const missing = (id: string) => httpProblem('http.not-found', { what: id.slice(0, 60) })

  await app.register(async (open) => {
    open.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_, body, done) => done(null, body),
    )
    open.setErrorHandler((error: FastifyError | ProblemError, request, reply) => {
      const problems = problemsOf(error, request)
      return readsPages(request)
        ? page(reply, refusedPage(problems), statusOf(problems))
        : sendProblems(reply, problems)
    })
    const shown = (html: string | undefined, id: string, reply: FastifyReply): FastifyReply =>
      html === undefined ? refuse(missing(id)) : page(reply, html)

    open.get(NOTICES_PATH, async (_, reply) => page(reply, await pages.index()))
    open.get<ById>(`${NOTICES_PATH}/:id`, async ({ params: { id } }, reply) => shown(await pages.page(id), id, reply))
    open.get<ById>(`${NOTICES_PATH}/:id/object`, async ({ params: { id } }, reply) =>
      shown(await pages.form(id), id, reply),
    )
    open.get<ById>(`${NOTICES_PATH}/:id/print`, async (request, reply) => {
      const { id } = request.params
      return shown(await pages.print(id, `${request.protocol}://${request.host}`), id, reply)
    })
    open.get<{ Params: { id: string; objection: string } }>(
      `${NOTICES_PATH}/:id/receipt/:objection`,
      async ({ params: { id, objection } }, reply) => shown(await pages.receipt(id, objection), objection, reply),
    )
    open.get<ById>(`${NOTICES_PATH}/:id/list`, async ({ params: { id } }, reply) => {
      const hash = await pages.listDocument(id)
      const stored = hash === undefined ? undefined : await house.files.find(hash)
      if (!stored) return refuse(missing(id))
      return reply
        .type(FILE_TYPES[stored.type].media)
        .header('content-length', stored.size)
        .header('content-disposition', `attachment; filename="list-${id}.${stored.type}"`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(Readable.from(house.files.read(stored.hash)))
    })

    open.post<ById>(
      `${NOTICES_PATH}/:id/object`,
      {
        bodyLimit: FORM_BYTES,
        config: { publicForm: true, rateLimit: { max: limits.publicFormsPerMinute, timeWindow: MINUTE } },
      },
      async (request, reply) => {
        const { id } = request.params
        const { submission, typed } = formOf(request.body)
        const outcome = await pages.object(id, submission, typed)
        if ('receipt' in outcome) return reply.code(303).header('location', outcome.receipt).send()
        const { problems } = outcome
        const again = readsPages(request) ? await pages.form(id, { typed, problems: forPeople(problems) }) : undefined
        return again === undefined ? refuse(...problems) : page(reply, again, statusOf(problems))
      },
    )
  })
}

/** What stands in the form; whatever else was sent is not looked at. @throws ProblemError `http.wrong-content-type` */
function formOf(body: unknown): { readonly submission: string; readonly typed: Typed } {
  if (typeof body !== 'string') return refuse(httpProblem('http.wrong-content-type'))
  const sent = new URLSearchParams(body)
  // A browser ends lines of a text with CRLF.
  const of = (name: string): string => (sent.get(name) ?? '').replaceAll('\r\n', '\n')
  return { submission: of('id'), typed: { objector: of('objector'), phone: of('phone'), text: of('text') } }
}

/** Problems of fields name the field, which the form shows by its title. */
const forPeople = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((p) => {
    const title = TITLES[p.at?.field ?? '']
    return title === undefined ? p : { ...p, zh: `${title.zh}：${p.zh}`, en: `${title.en}: ${p.en}` }
  })
const TITLES: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>> = {
  objector: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话', en: 'Telephone' },
  text: { zh: '异议内容', en: 'Objection' },
}
