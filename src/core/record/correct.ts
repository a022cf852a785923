// Correction by a new act: it names the act it corrects, takes back its postings and withdraws its indicator values. What else
// the act wrote is taken back by the command's own `reverse`, or not at all. Nothing is ever edited.

import { decode, field, form, type Json, type Problem } from '../../kernel/index.ts'
import { indicatorTables, indicatorValueTable, valueOf, type ValueRow } from '../indicators/index.ts'
import { ledgerTables, reverseOf, type PostingId } from '../ledger/index.ts'
import { sql } from '../store/index.ts'
import { REQUESTED } from './approval/request.ts'
import { actRecord } from './content.ts'
import type { ActRecord, AnyCommand, ApprovalStep, Command, State } from './model.ts'
import { recordProblem } from './problems.ts'
import { actTable, recordTables, type ActRow, type RequestRow } from './schema.ts'

interface Prepared {
  readonly original: ActRecord
  readonly command: AnyCommand
  readonly input: never
  readonly postings: readonly PostingId[]
  readonly subjects: readonly string[]
  readonly steps: readonly ApprovalStep[]
}

const input = form({
  act: field.actId({
    title: { zh: '被更正的行为', en: 'act to correct' },
    example: '019e2f6a-7c00-7000-8000-000000000001',
  }),
  reason: field.longText({ title: { zh: '更正理由', en: 'reason' }, example: '核定量录入错误，应为 80 千克' }),
})

/** Tables whose rows a correction knows how to take back. */
const KNOWN: readonly string[] = [...ledgerTables, ...indicatorTables, ...recordTables].map((t) => t.name)

export function correctCommand(find: (name: string) => AnyCommand | undefined): AnyCommand {
  const correct: Command<typeof input, Prepared> = {
    name: 'correctAct',
    version: 1,
    title: { zh: '更正', en: 'correct an act' },
    groups: ['correction'],
    input,
    prepare: async (reader, { act }) => {
      const row = (await reader.query<ActRow>(sql`select * from act where id = ${act}`))[0]
      if (!row) return [recordProblem('correct.no-act', { id: act })]
      const original = actRecord(row)
      // A request did nothing yet: it is withdrawn, not corrected.
      if (original.kind === REQUESTED) return [recordProblem('correct.is-request')]
      const command = find(original.command)
      if (!command) return [recordProblem('record.unknown-command', { name: original.command })]
      const postings = await reader.query<{ id: string }>(
        sql`select id from posting where act = ${act} order by ordinal`,
      )
      const subjects = await reader.query<{ subject: string }>(
        sql`select subject from act_subject where act = ${act} order by subject`,
      )
      const request =
        original.request === undefined
          ? undefined
          : (await reader.query<RequestRow>(sql`select * from request where id = ${original.request}`))[0]
      return {
        original,
        command,
        input: decode(command.input, original.input) as never,
        postings: postings.map((p) => p.id as PostingId),
        subjects: subjects.map((s) => s.subject),
        // What needed approval needs it to be taken back.
        steps: (request?.steps ?? []) as unknown as readonly ApprovalStep[],
      }
    },
    place: (_, p) => p.original.place,
    legalDate: (_, today) => today,
    subjects: (_, p) => [`corrects:${p.original.id}`, ...p.subjects],
    approval: (_, p) => p.steps,
    corrects: ({ act }) => act,
    reads: [
      (_, __, ___, p) => {
        const own = p.command.reverseReads?.(p.input, p.original)
        return {
          ...own,
          reversals: p.postings,
          sets: [
            ...(own?.sets ?? []),
            { table: actTable, where: { corrects: p.original.id } },
            { table: indicatorValueTable, where: { act: p.original.id } },
          ],
        }
      },
      (_, state, __, p) => ({
        sets: state
          .rows(indicatorValueTable, { act: p.original.id })
          .map((r) => ({ table: indicatorValueTable, where: versionsOf(r) })),
      }),
    ],
    decide: (state, { reason }, context, p) => {
      if (state.rows(actTable, { corrects: p.original.id }).length > 0) return [recordProblem('correct.already')]
      const own = p.command.reverse?.(state, p.input, context, p.original)
      if (Array.isArray(own)) return own as readonly Problem[]
      if (!own && p.original.wrote.some((t) => !KNOWN.includes(t)))
        return [recordProblem('correct.not-reversible', { title: p.command.title.zh, titleEn: p.command.title.en })]
      const back = own as Exclude<typeof own, readonly Problem[]>
      const values = state
        .rows(indicatorValueTable, { act: p.original.id })
        .filter((r) => r.status !== 'withdrawn' && isInForce(r, state))
        .map((r) => ({
          ...valueOf(r),
          status: 'withdrawn' as const,
          fit: [],
          recipe: { withdraws: p.original.id } as Json,
        }))
      const postings = p.postings.map((id) => state.book.postings.get(id)!)
      return {
        act: 'act-corrected',
        subjects: p.subjects,
        postings: reverseOf(state.book, postings, {
          why: { zh: `更正：${reason}`, en: `Correction: ${reason}` },
          effective: context.legalDate,
        }),
        rows: back?.rows ?? [],
        indicators: [...values, ...(back?.indicators ?? [])],
        timers: back?.timers ?? [],
        notices: back?.notices ?? [],
        answer: { corrects: p.original.id },
      }
    },
  }
  return correct as unknown as AnyCommand
}

const versionsOf = ({ indicator, place, period, dims, basis }: ValueRow) => ({ indicator, place, period, dims, basis })

/** A value that a later act has replaced is not touched: what stands now is not this act's. */
const isInForce = (r: ValueRow, state: State): boolean =>
  state.rows(indicatorValueTable, versionsOf(r)).every((o) => o.version <= r.version)
