// What follows a good sign-in, whichever way it came: the cookie, and an end to the session this browser had before.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { revokeSessions, type OpenedSession } from '../../core/identity/index.ts'
import { COOKIE, setSessionCookie } from './caller.ts'
import type { Serving } from './serving.ts'

export async function enter(
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
  { token }: OpenedSession,
): Promise<void> {
  const { house, sessions } = serving
  const before = request.cookies[COOKIE]
  if (before !== undefined) {
    const old = await sessions.find(before)
    if (!('code' in old))
      await revokeSessions(
        { store: house.store, now: house.world.now },
        { person: old.person, id: old.id, why: 'signed-out' },
      )
  }
  sessions.forget()
  setSessionCookie(serving, reply, token)
}
