// The deadlines somebody may see, as a file that calendar programs take in.

import type { FastifyInstance } from 'fastify'
import type { CivilDate } from '../../kernel/index.ts'
import { icalendar } from '../../core/calendar/index.ts'
import { API } from '../../core/record/index.ts'
import { actingOf } from './caller.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

export function addDeadlineRoutes(app: FastifyInstance, serving: Serving): void {
  app.get(`${API}/deadlines.ics`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const told = await serving.answers.ask({ query: 'deadlines', input: { status: 'running' }, ...acting })
    if (!told.ok) return refuse(...told.problems)
    const entries = told.rows.map((r) => ({
      id: String(r['id']),
      title: `到期：${String(r['title'])}`,
      note: `${String(r['clause'])}\n${String(r['subject'])}${r['unconfirmed'] === true ? '\n放假安排未与原文核对' : ''}`,
      on: r['dueOn'] as CivilDate,
    }))
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deadlines.ics"')
      .send(icalendar('期限', entries, serving.house.world.now()))
  })
}
