// Why a thing is as it is: `why/posting/ID` asks the query `whyPosting` for the posting, and so for everything that explains
// itself by a query of that name.

import type { FastifyInstance } from 'fastify'
import { API } from '../../core/record/index.ts'
import { actingOf } from './caller.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

interface Explained {
  readonly query: string
  /** The field of the query's form that takes the id. */
  readonly by: string
}

/** Words under which a thing is also asked for. */
const ALSO: Readonly<Record<string, string>> = { record: 'act' }

export function addWhyRoutes(app: FastifyInstance, serving: Serving): void {
  const { queries } = serving.house.registry
  const explained = new Map<string, Explained>()
  const whyPosting = queries.find((q) => q.name === 'whyPosting')
  // An act without an explanation of its own is explained by its postings.
  if (whyPosting) explained.set('act', { query: 'whyPosting', by: 'act' })
  for (const { name, input } of queries) {
    const what = /^why([A-Z]\w*)$/.exec(name)?.[1]
    const by = what === undefined ? '' : what[0]!.toLowerCase() + what.slice(1)
    if (by in input.fields) explained.set(by, { query: name, by })
  }

  app.get<{ Params: { what: string; '*': string } }>(`${API}/why/:what/*`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { what, '*': id } = request.params
    const found = explained.get(ALSO[what] ?? what)
    if (!found) return refuse(httpProblem('http.unknown-route'))
    const answer = await serving.answers.ask({ query: found.query, input: { [found.by]: id }, ...acting })
    if (!answer.ok) return refuse(...answer.problems)
    return answer.rows[0] ?? refuse(httpProblem('http.not-found', { what: id.slice(0, 60) }))
  })
}
