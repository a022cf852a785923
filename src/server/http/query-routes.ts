// Asking: one address a query. Rows within the asker's scope and masked by grade come from the record; the page is cut here.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { fromWords, type JsonObject } from '../../kernel/index.ts'
import type { QueryRoute } from '../../core/record/index.ts'
import { actingOf } from './caller.ts'
import { csvOf, XLSX_TYPE, xlsxOf } from './export-rows.ts'
import { arranged, chosen, columnsOf } from './paging.ts'
import { readWanted, type Wanted } from './query-words.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

export function addQueryRoutes(app: FastifyInstance, serving: Serving, routes: readonly QueryRoute[]): void {
  for (const { path, query } of routes) {
    const columns = columnsOf(query.row)
    app.get(path, async (request, reply) => {
      const acting = await actingOf(serving, request, reply)
      const wanted = readWanted(query, request.query as Readonly<Record<string, string | readonly string[]>>)
      const answer = await serving.answers.ask({
        query: query.name,
        input: fromWords(query.input, wanted.words),
        ...acting,
      })
      if (!answer.ok) return refuse(...answer.problems)
      const rows = arranged(query.row, answer.rows, wanted.page)
      const shown = wanted.page.columns
        ? wanted.page.columns.map((name) => columns.find((c) => c.name === name)!)
        : columns
      if (wanted.format !== 'json') return sendFile(reply, query.name, shown, rows, wanted)
      const { offset, limit } = wanted.page
      const page = rows.slice(offset, offset + limit)
      return reply.type('application/json; charset=utf-8').send(
        JSON.stringify({
          rows: wanted.page.columns ? chosen(page, wanted.page.columns) : page,
          total: rows.length,
          columns: shown,
        }),
      )
    })
  }
}

async function sendFile(
  reply: FastifyReply,
  name: string,
  columns: Parameters<typeof csvOf>[0],
  rows: readonly JsonObject[],
  { format, lang }: Wanted,
): Promise<FastifyReply> {
  const csv = format === 'csv'
  return reply
    .type(csv ? 'text/csv; charset=utf-8' : XLSX_TYPE)
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(Buffer.from(csv ? csvOf(columns, rows, lang) : await xlsxOf(name, columns, rows, lang)))
}
