// What an engine throws, told apart: gone, full, or refused. The engines' own texts (PGlite prints pages of source) go no further.

import { ProblemError } from '../../kernel/index.ts'
import { StoreError } from './port.ts'
import { storeProblem } from './problems.ts'

/** SQLSTATE classes that mean the server is going or gone. */
const GONE = /^(08...|57P0[1-4])$/
const SOCKET = /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENOENT)$/
const FULL = /^(53100|53200|ENOSPC)$/

export function storeFailure(e: unknown): unknown {
  if (e instanceof ProblemError || e instanceof StoreError) return e
  if (!(e instanceof Error)) return e
  const { code, constraint } = e as Error & { code?: unknown; constraint?: unknown }
  const state = typeof code === 'string' ? code : ''
  const why = e.message.slice(0, 200)
  if (FULL.test(state) || /No space left on device/i.test(why))
    return new ProblemError(storeProblem('store.full', { why }))
  if (
    GONE.test(state) ||
    SOCKET.test(state) ||
    /Connection terminated|timeout expired|Client has encountered a connection error|PGlite is clos|Cannot use a pool after/.test(
      why,
    )
  )
    return new ProblemError(storeProblem('store.unreachable', { why }))
  if (/^[0-9A-Z]{5}$/.test(state))
    return new StoreError(why, state, typeof constraint === 'string' ? constraint : undefined)
  return e
}

export async function telling<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (e) {
    throw storeFailure(e)
  }
}
