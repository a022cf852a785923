// Who asks: the session of the cookie, and the role of the header.
// Always holds: a session whose password must be changed first may do that and nothing else.

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Uuid } from '../../kernel/index.ts'
import type { FoundSession } from '../../core/identity/index.ts'
import { ROLE_HEADER } from '../../core/record/index.ts'
import { refuse } from './refuse.ts'
import { httpProblem } from './problems.ts'
import type { Serving } from './serving.ts'

export const COOKIE = 'qingshan_session'

const cookieOptions = (serving: Serving) =>
  ({ httpOnly: true, sameSite: 'strict', path: '/', secure: serving.options.secure }) as const

export const setSessionCookie = (serving: Serving, reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie(COOKIE, token, cookieOptions(serving))

export const clearSessionCookie = (serving: Serving, reply: FastifyReply): FastifyReply =>
  reply.clearCookie(COOKIE, cookieOptions(serving))

/** The session, also one whose password must be changed. @throws ProblemError `http.no-session`, `identity.session-ended`; the
 *  cookie of an ended one is taken away */
export async function sessionOf(serving: Serving, request: FastifyRequest, reply: FastifyReply): Promise<FoundSession> {
  const token = request.cookies[COOKIE]
  if (token === undefined || token === '') refuse(httpProblem('http.no-session'))
  const found = await serving.sessions.find(token)
  if (!('code' in found)) return found
  clearSessionCookie(serving, reply)
  return refuse(found)
}

/** @throws ProblemError as `sessionOf`, and `http.must-change-password` */
export async function callerOf(serving: Serving, request: FastifyRequest, reply: FastifyReply): Promise<FoundSession> {
  const session = await sessionOf(serving, request, reply)
  if (session.mustChange) refuse(httpProblem('http.must-change-password'))
  return session
}

const HEADER = ROLE_HEADER.toLowerCase()
/** As long as a role's name may be. */
const ROLE = /^[a-z][a-z0-9-]{0,60}$/

export interface Acting {
  readonly person: Uuid
  readonly role: string
}

/** A link to a file carries no header, so what is only read may name the role in the address. */
export const ROLE_WORD = '_role'
const linkedRole = ({ method, query }: FastifyRequest): unknown =>
  method === 'GET' ? (query as Readonly<Record<string, unknown>>)[ROLE_WORD] : undefined

/** Caller and role. Whether the person holds it is said by the grants, with each command and query.
 *  @throws ProblemError as `callerOf`, and `http.no-role` */
export async function actingOf(serving: Serving, request: FastifyRequest, reply: FastifyReply): Promise<Acting> {
  const { person } = await callerOf(serving, request, reply)
  const role = request.headers[HEADER] ?? linkedRole(request)
  if (typeof role !== 'string' || !ROLE.test(role)) return refuse(httpProblem('http.no-role'))
  return { person, role }
}
