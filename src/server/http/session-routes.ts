// Signing in and out, one's sessions, one's password.
// Always holds: a token is only ever in the cookie; who changes the password ends all other sessions.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { isUuid } from '../../kernel/index.ts'
import {
  listSessions,
  newPassword,
  PASSWORD_COST,
  revokeSessions,
  signIn,
  type Caller,
  type SignInWorld,
} from '../../core/identity/index.ts'
import { API } from '../../core/record/index.ts'
import { accountOf, anyRole } from './account-of.ts'
import { readBody } from './body.ts'
import { callerOf, clearSessionCookie, COOKIE, sessionOf } from './caller.ts'
import { enter } from './entering.ts'
import { httpProblem } from './problems.ts'
import { strictly } from './rate-limits.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

/** Longer texts are no login names, passwords or codes of anybody. */
const WORD = z.string().max(1_000)
const signInBody = z.strictObject({ login: WORD, password: WORD, code: WORD.optional() })
const passwordBody = z.strictObject({ old: WORD, new: WORD })

export const signInWorld = ({ house, options }: Serving): SignInWorld => ({
  store: house.store,
  now: house.world.now,
  random: house.world.random,
  newId: house.newId,
  note: (changes) => house.recorder.writeLoose(changes),
  zone: house.settings.zone,
  ...(options.cost ? { cost: options.cost } : {}),
})

export const deviceOf = (request: FastifyRequest): Caller => {
  const device = request.headers['user-agent']
  return { fromAddress: request.ip, ...(device === undefined ? {} : { device }) }
}

export function addSessionRoutes(app: FastifyInstance, serving: Serving): void {
  const { house, limits, sessions } = serving

  app.post(`${API}/session`, strictly(limits), async (request, reply) => {
    const { login, password, code } = readBody(signInBody, request.body)
    const given = { login, password, ...(code === undefined ? {} : { code }), ...deviceOf(request) }
    const signed = await signIn(signInWorld(serving), given)
    if ('hint' in signed) return refuse(signed)
    await enter(serving, request, reply, signed)
    return accountOf(house, signed)
  })

  app.get(`${API}/session`, async (request, reply) => accountOf(house, await sessionOf(serving, request, reply)))

  app.delete(`${API}/session`, async (request, reply) => {
    const token = request.cookies[COOKIE]
    const found = token === undefined ? undefined : await sessions.find(token)
    if (found && !('code' in found)) await end({ person: found.person, id: found.id, why: 'signed-out' })
    clearSessionCookie(serving, reply)
    return reply.code(204).send()
  })

  app.get(`${API}/sessions`, async (request, reply) => {
    const { person, id } = await callerOf(serving, request, reply)
    const open = await listSessions({ store: house.store, now: house.world.now }, person)
    return { sessions: open.map((s) => ({ ...s, current: s.id === id })) }
  })

  app.delete<{ Params: { id: string } }>(`${API}/sessions/:id`, async (request, reply) => {
    const { person } = await callerOf(serving, request, reply)
    const { id } = request.params
    const ended = isUuid(id) ? await end({ person, id, why: 'revoked' }) : 0
    if (ended === 0) return refuse(httpProblem('http.not-found', { what: 'session' }))
    return reply.code(204).send()
  })

  app.post(`${API}/password`, strictly(limits), async (request, reply) => {
    const { person, id } = await sessionOf(serving, request, reply)
    const { old, new: password } = readBody(passwordBody, request.body)
    const { store, world, recorder } = house
    const cost = serving.options.cost ?? PASSWORD_COST
    const made = await newPassword({ store, random: world.random, cost }, { person, present: old, password })
    if (!('hash' in made)) return refuse(...made)
    const role = (await anyRole(house, person)) ?? ''
    const outcome = await recorder.submit({ id: house.newId(), command: 'changePassword', input: made, person, role })
    if (!outcome.ok) return refuse(...outcome.problems)
    await end({ person, except: id, why: 'password-changed' })
    return reply.code(204).send()
  })

  async function end(which: Parameters<typeof revokeSessions>[1]): Promise<number> {
    const ended = await revokeSessions({ store: house.store, now: house.world.now }, which)
    sessions.forget()
    return ended
  }
}
