// How a refusal leaves the server: problem+json with the status of its problems, whatever went wrong and wherever.
// Always holds: what only a mistake of ours can cause tells its number and nothing else; it is logged without its text, which
// may repeat what somebody typed.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { problemBody, statusOf } from '../../core/record/index.ts'
import { httpProblem } from './problems.ts'

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

/** Throws what the handler of errors turns into a refusal. */
export function refuse(...problems: readonly Problem[]): never {
  throw new ProblemError(problems)
}

export function sendProblems(reply: FastifyReply, problems: readonly Problem[]): FastifyReply {
  return reply
    .code(statusOf(problems))
    .type(PROBLEM_JSON)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(problems)))
}

export function onError(
  error: FastifyError | ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendProblems(reply, problemsOf(error, request))
}

/** What is told of whatever went wrong; a mistake of ours is logged here. */
export function problemsOf(error: FastifyError | ProblemError, request: FastifyRequest): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems
  const known = knownProblem(error)
  if (known) return [known]
  request.log.error({ bug: describeBug(error) })
  return [httpProblem('http.bug', { request: request.id })]
}

/** What the web framework refuses by itself. */
function knownProblem(error: FastifyError): Problem | undefined {
  if (error.statusCode === 429 && 'seconds' in error)
    return httpProblem('http.too-many-requests', { seconds: Number(error.seconds) })
  if (error.statusCode === 413) return httpProblem('http.body-too-large')
  if (error.statusCode === 415) return httpProblem('http.wrong-content-type')
  if (error.statusCode === 404 || error.statusCode === 414 || error.code === 'FST_ERR_BAD_URL')
    return httpProblem('http.unknown-route')
  if (error.statusCode === 400) return httpProblem('http.not-json')
  if (error.statusCode === 503) return httpProblem('http.not-ready')
  return undefined
}

/** Name and places of a mistake, without its message. */
export function describeBug(e: unknown): Readonly<Record<string, string | readonly string[]>> {
  if (!(e instanceof Error)) return { name: typeof e }
  const { code } = e as Error & { code?: unknown }
  return {
    name: e.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: (e.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
  }
}

/** Whether a refusal is better told as a page: a browser says that it reads them, a program of ours says nothing. */
export const readsPages = (request: FastifyRequest): boolean => (request.headers.accept ?? '').includes('text/html')
