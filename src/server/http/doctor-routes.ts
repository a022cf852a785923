// How the house is, for whoever keeps it: for roles that look after people and sign-ins, and for the machine itself.

import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { civilDateIn } from '../../kernel/index.ts'
import { roleMay, rolesOf } from '../../core/identity/index.ts'
import { API } from '../../core/record/index.ts'
import { doctorPage, judge, lookAt, type Diagnosis } from '../doctor/index.ts'
import { actingOf } from './caller.ts'
import { requireLocal } from './health-routes.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

/** Whoever may ask one of these keeps the house. */
const KEEPERS_ASK = ['people', 'signInEvents'] as const

export function addDoctorRoutes(app: FastifyInstance, serving: Serving): void {
  const { house, options } = serving
  const look = async (): Promise<Diagnosis> =>
    judge(
      await lookAt(house, {
        engine: options.engine,
        ports: app.server.listening ? app.addresses().flatMap((a) => (typeof a === 'string' ? [] : [portOf(a)])) : [],
      }),
    )

  const portOf = ({ address: host, port }: AddressInfo) => ({ host, port, behindProxy: options.proxies !== undefined })

  app.get<{ Querystring: { _format?: string } }>(`${API}/doctor`, async (request, reply) => {
    const { person, role: name } = await actingOf(serving, request, reply)
    const today = civilDateIn(house.world.now(), house.settings.zone)
    const role = (await rolesOf(house.store, house.roles, person, today)).find((h) => h.role.id === name)?.role
    const queries = house.registry.queries.filter((q) => KEEPERS_ASK.some((k) => k === q.name))
    const may = queries.some((q) => role && roleMay(role, { kind: 'query', name: q.name, groups: q.groups ?? [] }))
    if (!may) return refuse(httpProblem('http.role-not-held', { role: name }))
    const diagnosis = await look()
    if (request.query._format !== 'html') return diagnosis
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', READ_ONLY_POLICY)
      .send(doctorPage(diagnosis, house.settings.origin))
  })

  app.get('/doctor', async (request) => {
    requireLocal(request)
    return look()
  })
}
