// What happens to a clock whose command was refused: the system notes it, administrators see it in their 待办, and order
// another try once the reason is gone. Likewise for jobs.

import { field, form, type Problem, type Uuid } from '../../kernel/index.ts'
import {
  jobTable,
  noticeTable,
  put,
  recordProblem,
  timerTable,
  type AnyCommand,
  type Command,
  type Notice,
} from '../record/index.ts'
import { sql, type Reader, type RowOf } from '../store/index.ts'
import { timerProblem } from './problems.ts'

const id = (zh: string, en: string) => field.id({ title: { zh, en }, example: '0190a5b4-0000-8000-8000-000000000001' })
const said = (zh: string, en: string, example: string) => field.longText({ title: { zh, en }, example })

const failure = {
  code: field.text({ title: { zh: '问题代码', en: 'code of the problem' }, example: 'ledger.insufficient' }),
  zh: said('问题', 'problem in Chinese', '余额不足。'),
  en: said('问题（英）', 'problem', 'The balance does not suffice.'),
  place: field.optional(field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' })),
}
interface Failure {
  readonly zh: string
  readonly en: string
  readonly place?: string
}

const toAdministrators = (i: Failure, about: string, zh: string, en: string): Notice => ({
  text: { zh: `${zh}：${i.zh}`, en: `${en}: ${i.en}` },
  toRole: 'administrator',
  place: i.place ?? '',
  about,
})

const noteInput = form({ timer: id('时钟', 'clock'), ...failure })

/** Submitted under the id of the firing, so that only the firing that was refused can be noted, and once. */
const noteFailedTimer: Command<typeof noteInput> = {
  name: 'noteFailedTimer',
  version: 1,
  title: { zh: '记录到期办理失败', en: 'note that a clock failed' },
  groups: ['clock'],
  input: noteInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(i) => ({ rows: [{ table: timerTable, key: { id: i.timer } }] })],
  decide: (state, i, c) => {
    const row = state.row(timerTable, { id: i.timer })
    if (row?.status !== 'running') return [recordProblem('record.clock-not-running')]
    return {
      act: 'clock-failed',
      subjects: [row.subject],
      rows: [put(timerTable, { ...row, status: 'failed', act: c.subject })],
      notices: [
        toAdministrators(i, row.subject, `到期办理“${row.command}”被拒绝`, `"${row.command}" was due and was refused`),
      ],
    }
  },
}

const noteJobInput = form({ job: id('后续办理', 'job'), ...failure })

/** Submitted when a job has failed for the last time of a round; its row stands beside the acts and is moved on there. */
const noteFailedJob: Command<typeof noteJobInput> = {
  name: 'noteFailedJob',
  version: 1,
  title: { zh: '记录后续办理失败', en: 'note that a job failed' },
  groups: ['clock'],
  input: noteJobInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(i) => ({ rows: [{ table: jobTable, key: { id: i.job } }] })],
  decide: (state, i) => {
    const row = state.row(jobTable, { id: i.job })
    if (!row) return [timerProblem('timer.not-failed')]
    return {
      act: 'job-failed',
      subjects: [jobSubject(i.job)],
      notices: [
        toAdministrators(i, jobSubject(i.job), `后续办理“${row.listener}”失败`, `The job "${row.listener}" failed`),
      ],
    }
  },
}

const jobSubject = (job: string): string => `job:${job}`

interface Placed {
  readonly place: string | undefined
}

/** The region of the act by which a row stands as it does. */
const placeOf = async (reader: Reader, from: 'timer' | 'job', row: Uuid): Promise<Placed | readonly Problem[]> => {
  const found = await reader.query<{ place: string | null }>(
    from === 'timer'
      ? sql`select a.place from timer t join act a on a.id = t.act where t.id = ${row}`
      : sql`select a.place from job j join act a on a.id = j.act where j.id = ${row}`,
  )
  return found[0] ? { place: found[0].place ?? undefined } : [timerProblem('timer.not-failed')]
}

const openNotices = (notices: readonly RowOf<typeof noticeTable>[]): readonly Uuid[] =>
  notices.filter((n) => n.closed_by === null).map((n) => n.id as Uuid)

const retryTimerInput = form({ timer: id('时钟', 'clock') })

const retryTimer: Command<typeof retryTimerInput, Placed> = {
  name: 'retryTimer',
  version: 1,
  title: { zh: '重试到期办理', en: 'try a failed clock again' },
  groups: ['operation'],
  input: retryTimerInput,
  prepare: (reader, i) => placeOf(reader, 'timer', i.timer),
  place: (_, p) => p.place,
  legalDate: (_, today) => today,
  subjects: (i) => [`timer:${i.timer}`],
  reads: [
    (i) => ({ rows: [{ table: timerTable, key: { id: i.timer } }] }),
    (i, state) => ({
      sets: [{ table: noticeTable, where: { act: state.row(timerTable, { id: i.timer })?.act ?? null } }],
    }),
  ],
  decide: (state, i, c) => {
    const row = state.row(timerTable, { id: i.timer })
    if (row?.status !== 'failed') return [timerProblem('timer.not-failed')]
    return {
      act: 'clock-restarted',
      subjects: [row.subject],
      // Started by this act, its firing has another id than the one that was noted as refused.
      rows: [put(timerTable, { ...row, status: 'running', act: c.subject })],
      closes: openNotices(state.rows(noticeTable, { act: row.act })),
    }
  },
}

const retryJobInput = form({ job: id('后续办理', 'job') })

const retryJob: Command<typeof retryJobInput, Placed> = {
  name: 'retryJob',
  version: 1,
  title: { zh: '重试后续办理', en: 'try a failed job again' },
  groups: ['operation'],
  input: retryJobInput,
  prepare: (reader, i) => placeOf(reader, 'job', i.job),
  place: (_, p) => p.place,
  legalDate: (_, today) => today,
  subjects: (i) => [jobSubject(i.job)],
  reads: [
    (i) => ({
      rows: [{ table: jobTable, key: { id: i.job } }],
      sets: [{ table: noticeTable, where: { about: jobSubject(i.job) } }],
    }),
  ],
  decide: (state, i, c) => {
    const row = state.row(jobTable, { id: i.job })
    if (row?.status !== 'failed') return [timerProblem('timer.not-failed')]
    return {
      act: 'job-restarted',
      subjects: [jobSubject(i.job)],
      rows: [put(jobTable, { ...row, status: 'waiting', not_before: c.recorded })],
      closes: openNotices(state.rows(noticeTable, { about: jobSubject(i.job) })),
    }
  },
}

export const timerCommands = [noteFailedTimer, noteFailedJob, retryTimer, retryJob] as unknown as readonly AnyCommand[]
