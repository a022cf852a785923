// A password for somebody else, good for one sign-in. It is made here, told once to whoever may reset it, and kept nowhere.

import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { isUuid } from '../../kernel/index.ts'
import { firstPassword, newPassword, PASSWORD_COST, revokeSessions } from '../../core/identity/index.ts'
import { API } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'
import { readBody } from './body.ts'
import { actingOf } from './caller.ts'
import { httpProblem } from './problems.ts'
import { strictly } from './rate-limits.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

export function addPeopleRoutes(app: FastifyInstance, serving: Serving): void {
  const { house, limits } = serving
  app.post<{ Params: { person: string } }>(
    `${API}/people/:person/password`,
    strictly(limits),
    async (request, reply) => {
      const acting = await actingOf(serving, request, reply)
      readBody(z.strictObject({}), request.body)
      const { person } = request.params
      const [found] = isUuid(person)
        ? await house.store.query<{ login: string }>(sql`select login from person where id = ${person} and not erased`)
        : []
      if (!found || !isUuid(person)) return refuse(httpProblem('http.not-found', { what: 'person' }))
      const password = firstPassword(house.world.random, found.login)
      const cost = serving.options.cost ?? PASSWORD_COST
      const made = await newPassword({ store: house.store, random: house.world.random, cost }, { person, password })
      if (!('hash' in made)) return refuse(...made)
      const id = house.newId()
      const outcome = await house.recorder.submit({ id, command: 'resetPassword', input: made, ...acting })
      if (!outcome.ok) return refuse(...outcome.problems)
      // Whoever had got hold of the account is out.
      await revokeSessions({ store: house.store, now: house.world.now }, { person, why: 'password-changed' })
      serving.sessions.forget()
      return { login: found.login, password }
    },
  )
}
