// A request read back with the command it asks for: what never changes of it, read before the approval waits in the queue.

import { decode, type Problem, type Uuid } from '../../../kernel/index.ts'
import { sql, type Reader } from '../../store/index.ts'
import type { Actor, AnyCommand } from '../model.ts'
import { recordProblem } from '../problems.ts'
import type { RequestRow } from '../schema.ts'

export interface PreparedRequest {
  /** As it stood when read; only what never changes of it may be used before the locked row is read. */
  readonly request: RequestRow
  readonly target: AnyCommand
  readonly input: never
  readonly prepared: never
}

export async function prepareRequest(
  reader: Reader,
  id: Uuid,
  find: (name: string) => AnyCommand | undefined,
): Promise<PreparedRequest | readonly Problem[]> {
  const rows = await reader.query<RequestRow>(sql`select * from request where id = ${id}`)
  const request = rows[0]
  if (!request) return [recordProblem('approval.no-request', { id })]
  const target = find(request.command)
  if (!target) return [recordProblem('record.unknown-command', { name: request.command })]
  if (target.version !== request.version)
    return [recordProblem('record.unknown-version', { name: request.command, version: request.version })]
  const input = decode(target.input, request.input) as never
  const prepared = target.prepare ? await target.prepare(reader, input) : undefined
  if (Array.isArray(prepared)) return prepared as readonly Problem[]
  return { request, target, input, prepared: prepared as never }
}

/** Who asked, as the decision of the last step sees it. */
export const requester = (r: RequestRow): Actor => ({
  person: r.person as Uuid,
  role: r.role,
  place: r.place ?? '',
  ...(r.organisation === null ? {} : { organisation: r.organisation as Uuid }),
})
