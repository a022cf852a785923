// Jobs: a listener that hears an act submits a command of its own, after the act is committed, as the system. The command's id
// follows from the act and the listener's name, so that however often a job is begun it is done once.
// Always holds: a job is done, waits for its next try, or stands as failed where people see it.

import { createHash } from 'node:crypto'
import { addMs, ProblemError, uuidBytes, uuidv7, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import { actRecord, jobTable, put, type ActRow } from '../record/index.ts'
import { list, sql, type RowOf } from '../store/index.ts'
import { timerProblem } from './problems.ts'
import { failureOf, isPassing, submitAsSystem, type Submitting } from './submit-as-system.ts'

export interface JobOptions extends Submitting {
  readonly now: () => Instant
  readonly stopping?: () => boolean
}

export interface JobsRun {
  readonly done: number
  /** Not accepted; tried again later, or now standing as failed. */
  readonly failed: number
  readonly more: boolean
}

type Job = RowOf<typeof jobTable>

/** Jobs taken at once, and for how long nobody else takes them. A process that dies leaves them to the others after that. */
const MOST = 50
const LEASE_MS = 60_000

const MINUTE = 60_000
/** Waits after the first, second … try that failed; after one more the job stands as failed. */
export const JOB_DELAYS_MS: readonly number[] = [MINUTE / 6, MINUTE, 10 * MINUTE, 60 * MINUTE, 360 * MINUTE]
export const JOB_TRIES = JOB_DELAYS_MS.length + 1

/** The id of what a listener submits: the time of the act it heard, the rest from both names. */
export const jobActId = (job: Pick<Job, 'act' | 'listener'>): Uuid => idAfter(job, '')

function idAfter({ act, listener }: Pick<Job, 'act' | 'listener'>, more: string): Uuid {
  const ms = uuidBytes(act as Uuid)
    .subarray(0, 6)
    .reduce((n, b) => n * 256 + b, 0)
  return uuidv7(ms, Uint8Array.from(createHash('sha256').update(`${act} ${listener}${more}`).digest().subarray(0, 10)))
}

/** @throws ProblemError where the database is away; jobs begun are taken up again after their lease */
export async function runJobs(options: JobOptions): Promise<JobsRun> {
  const { recorder, now, stopping = () => false } = options
  const jobs = await claim(options)
  let [done, failed] = [0, 0]
  for (const job of jobs) {
    if (stopping()) break
    const problems = await run(job, options)
    const next = problems ? afterFailure(job, problems, now()) : doneNow(job)
    if (problems && next.status === 'failed') await note(next, problems, options)
    await recorder.writeLoose([put(jobTable, next)])
    if (problems) failed += 1
    else done += 1
  }
  return { done, failed, more: jobs.length === MOST }
}

/** The lease is no part of the record: lost, it means only that a job is begun twice, which does nothing twice. */
const claim = ({ recorder, now }: JobOptions): Promise<readonly Job[]> =>
  recorder.store.transaction(async (tx) => {
    const at = now()
    const jobs = await tx.query<Job>(
      sql`select * from job where status = 'waiting' and not_before <= ${at}::timestamptz
          order by not_before, act, listener limit ${MOST} for update skip locked`,
    )
    if (jobs.length > 0)
      await tx.query(
        sql`update job set not_before = ${addMs(at, LEASE_MS)}::timestamptz
            where id = any(${list(
              'uuid',
              jobs.map((j) => j.id),
            )})`,
      )
    return jobs
  })

/** @returns what is wrong, or nothing where the job is done */
async function run(job: Job, options: JobOptions): Promise<readonly Problem[] | undefined> {
  const { registry, store } = options.recorder
  const listener = registry.listeners.find((l) => l.name === job.listener)
  if (!listener) return [timerProblem('timer.no-listener', { name: job.listener })]
  const id = jobActId(job)
  // Done before, by a process that did not come to say so. Asking the listener again could give another answer by now.
  const acts = await store.query<ActRow>(sql`select * from act where id in (${job.act}::uuid, ${id}::uuid)`)
  if (acts.some((a) => a.id === id)) return undefined
  let asked: Awaited<ReturnType<typeof listener.submit>>
  try {
    asked = await listener.submit(actRecord(acts[0]!), store)
  } catch (e) {
    if (!(e instanceof ProblemError)) {
      options.onBug?.(e)
      return [timerProblem('timer.bug', { name: job.listener })]
    }
    if (e.problems.some(isPassing)) throw e
    return e.problems
  }
  if (!asked) return undefined
  const outcome = await submitAsSystem(options, { id, command: asked.command, input: asked.input })
  // Two processes began it and the other was first.
  if (outcome.ok || outcome.problems.some((p) => p.code === 'act.replayed-differently')) return undefined
  return outcome.problems
}

/** Told once a round: where the process dies before the row says so, the same note is taken for done. */
async function note(job: Job, problems: readonly Problem[], options: JobOptions): Promise<void> {
  const [heard] = await options.recorder.store.query<{ place: string | null }>(
    sql`select place from act where id = ${job.act}`,
  )
  await submitAsSystem(options, {
    id: idAfter(job, ` failed ${job.tries}`),
    command: 'noteFailedJob',
    input: { job: job.id, ...failureOf(problems, heard!.place) },
  })
}

const doneNow = (job: Job): Job => ({ ...job, status: 'done', tries: job.tries + 1, problem: null })

function afterFailure(job: Job, problems: readonly Problem[], now: Instant): Job {
  // Tries go on counting when people order another round.
  const delay = JOB_DELAYS_MS[job.tries % JOB_TRIES]
  const tried = { ...job, tries: job.tries + 1, problem: problems[0]!.code }
  return delay === undefined ? { ...tried, status: 'failed' } : { ...tried, not_before: addMs(now, delay) }
}
