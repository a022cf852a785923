// Asking: one address a query, with words in it or with a body, which alone may hold something personal. Rows within the asker's scope and masked by grade come from the record; the page is cut here.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { check, fromWords, type JsonObject } from '../../kernel/index.ts'
import { exportRows, type ExportColumn } from '../../core/imports/index.ts'
import type { AnyQuery, QueryRoute, Question } from '../../core/record/index.ts'
import { readBody } from './body.ts'
import { actingOf, type Acting } from './caller.ts'
import { arranged, chosen, columnsOf } from './paging.ts'
import { posted, readWanted, wordsOfPage, type Wanted } from './query-words.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

export function addQueryRoutes(app: FastifyInstance, serving: Serving, routes: readonly QueryRoute[]): void {
  for (const { path, query, method } of routes) {
    const columns = columnsOf(query.row)
    const answer = async (reply: FastifyReply, acting: Acting, wanted: Wanted, input: unknown) => {
      const { page, format } = wanted
      const question = { query: query.name, input, ...acting }
      const { rows, total } = await rowsOf(serving, query, question, wanted)
      const shown = page.columns ? page.columns.map((name) => columns.find((c) => c.name === name)!) : columns
      if (format !== 'json') return sendFile(reply, query.name, shown, rows, wanted)
      const told = { rows: page.columns ? chosen(rows, page.columns) : rows, total, columns: shown }
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(told))
    }
    if (method === 'GET')
      app.get(path, async (request, reply) => {
        const acting = await actingOf(serving, request, reply)
        const wanted = readWanted(query, request.query as Readonly<Record<string, string | readonly string[]>>)
        return answer(reply, acting, wanted, fromWords(query.input, wanted.words))
      })
    app.post(path, async (request, reply) => {
      const acting = await actingOf(serving, request, reply)
      const { input, ...page } = readBody(posted, request.body)
      // Judged before it is looked for among kept answers: what is no text cannot be a key.
      const checked = check(query.input, input)
      if (!checked.ok) return refuse(...checked.problems)
      return answer(reply, acting, readWanted(query, wordsOfPage(page)), checked.json)
    })
  }
}

/** Rows of a file of a table that is longer than a screen; a spreadsheet takes a million. */
const FILE_ROWS = 200_000

/** The page of what this reader may see, or all of it for a file: cut by the database where the query is a table, else here. */
async function rowsOf(
  { answers, house }: Serving,
  query: AnyQuery,
  question: Question,
  { page, format }: Wanted,
): Promise<{ readonly rows: readonly JsonObject[]; readonly total: number }> {
  const whole = format !== 'json'
  const { search, sort } = page
  if (query.table) {
    const words = { ...(search === undefined ? {} : { search }), ...(sort ? { sort } : {}) }
    const answer = whole
      ? await house.askPage(question, { ...words, limit: FILE_ROWS, offset: 0 })
      : await answers.page(question, { ...words, limit: page.limit, offset: page.offset })
    return answer.ok ? answer : refuse(...answer.problems)
  }
  const answer = await answers.ask(question)
  if (!answer.ok) return refuse(...answer.problems)
  const all = arranged(query.row, answer.rows, page)
  return { rows: whole ? all : all.slice(page.offset, page.offset + page.limit), total: all.length }
}

async function sendFile(
  reply: FastifyReply,
  name: string,
  columns: readonly ExportColumn[],
  rows: readonly JsonObject[],
  { format, lang }: Wanted,
): Promise<FastifyReply> {
  const { bytes, type, extension } = await exportRows({ name, columns, rows, lang }, format)
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}.${extension}"`)
    .send(Buffer.from(bytes))
}
