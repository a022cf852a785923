// Clocks that are due submit their commands as the system. One firing is one act: the command's, or, where that was refused,
// the note that says so; both bear the id of the firing, and the clock's row changes by that same act.
// Always holds: a restart at any moment neither misses a firing nor doubles one.

import { ProblemError, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import { firingId, type timerTable } from '../record/index.ts'
import { sql, type RowOf } from '../store/index.ts'
import { failureOf, isPassing, submitAsSystem, type Submitting } from './submit-as-system.ts'

export interface FireOptions extends Submitting {
  readonly now: () => Instant
  /** Asked between two firings. */
  readonly stopping?: () => boolean
}

export interface Fired {
  readonly fired: number
  /** Refused; noted and shown to administrators. */
  readonly failed: number
  /** There may be more that are due. */
  readonly more: boolean
}

/** Clocks read at once. */
const MOST = 100

type DueTimer = RowOf<typeof timerTable> & { readonly place: string | null }

/** Fires what is due, the longest due first; what is due at the same instant goes together.
 *  @throws ProblemError where the database is away; what was fired until then stays */
export async function fireDueTimers(options: FireOptions): Promise<Fired> {
  const { recorder, now, stopping = () => false } = options
  const due = await recorder.store.query<DueTimer>(
    sql`select t.*, a.place from timer t join act a on a.id = t.act
        where t.status = 'running' and t.due <= ${now()}::timestamptz order by t.due, t.id limit ${MOST}`,
  )
  let [fired, failed] = [0, 0]
  const troubles: Problem[] = []
  for (let at = 0; at < due.length && !stopping();) {
    const together = due.slice(at).filter((t) => t.due === due[at]!.due)
    for (const result of await Promise.all(together.map((t) => fire(t, options).catch(problemsOf)))) {
      if (result === 'fired') fired += 1
      else if (result === 'failed') failed += 1
      else troubles.push(...result)
    }
    at += together.length
    if (troubles.some(isPassing)) break
  }
  if (troubles.length > 0) throw new ProblemError(troubles)
  return { fired, failed, more: due.length === MOST }
}

async function fire(t: DueTimer, options: FireOptions): Promise<'fired' | 'failed' | readonly Problem[]> {
  const firing = { id: firingId(t), timer: t.id as Uuid }
  const outcome = await submitAsSystem(options, { ...firing, command: t.command, input: t.input })
  if (outcome.ok) return 'fired'
  if (isGone(outcome.problems)) return []
  const noted = await submitAsSystem(options, {
    ...firing,
    command: 'noteFailedTimer',
    input: { timer: t.id, ...failureOf(outcome.problems, t.place) },
  })
  if (noted.ok) return 'failed'
  return isGone(noted.problems) ? [] : noted.problems
}

const problemsOf = (e: unknown): readonly Problem[] => {
  if (e instanceof ProblemError) return e.problems
  throw e
}

/** Another process fired it, or an act stopped or moved it since it was read. */
const isGone = (problems: readonly Problem[]): boolean => problems.some((p) => p.code === 'record.clock-not-running')
