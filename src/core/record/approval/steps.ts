// A request and its steps, pure: who may take which step, what a step does to the request, what the request says to people.
// Serves approval by two (and more): requester and approvers are different people; on paper a person signs whom somebody
// else enters.

import { uuidFrom, type Json, type Problem, type Text, type Uuid } from '../../../kernel/index.ts'
import type { Actor, ApprovalStep } from '../model.ts'
import { recordProblem } from '../problems.ts'
import { sha256Hex } from '../effects.ts'
import type { RequestRow, RequestStepRow } from '../schema.ts'

export type RequestStatus = 'waiting' | 'returned' | 'withdrawn' | 'accepted'

/** Status words as clerks know them from 联网直报. */
export const REQUEST_STATUS: Readonly<Record<RequestStatus, Text>> = {
  waiting: { zh: '审核中', en: 'waiting' },
  returned: { zh: '审核未通过', en: 'returned' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  accepted: { zh: '已通过', en: 'accepted' },
}

export const stepsOf = (r: Pick<RequestRow, 'steps'>): readonly ApprovalStep[] =>
  r.steps as unknown as readonly ApprovalStep[]

/** The steps in words: 科长审核 → 局长签批 */
export const stepsText = (steps: readonly ApprovalStep[]): Text => ({
  zh: steps.map((s) => s.title.zh).join(' → '),
  en: steps.map((s) => s.title.en).join(' → '),
})

export const statusProblem = (r: RequestRow): Problem => {
  const status = REQUEST_STATUS[r.status as RequestStatus]
  return recordProblem('approval.not-waiting', { status: status.zh, statusEn: status.en })
}

/** What speaks against this person taking the next step. */
export function stepProblems(r: RequestRow, taken: readonly RequestStepRow[], actor: Actor): readonly Problem[] {
  if (r.status !== 'waiting') return [statusProblem(r)]
  const next = stepsOf(r)[r.step]
  if (next && actor.role !== next.role) return [recordProblem('approval.other-role', { role: next.role })]
  const earlier = [r.person, ...taken.filter((t) => t.paper_signer === null).map((t) => t.person)]
  return earlier.includes(actor.person) ? [recordProblem('approval.same-person')] : []
}

/** The request after its next step. */
export function advanced(r: RequestRow): RequestRow {
  const step = r.step + 1
  return { ...r, step, waits_for: stepsOf(r)[step]?.role ?? null }
}

export const isLastStep = (r: RequestRow): boolean => r.step + 1 >= stepsOf(r).length

/** The code printed on the sheet that is signed by hand: eight characters of the digest of what is signed. */
export const sheetCode = (r: Pick<RequestRow, 'id' | 'command' | 'version' | 'preview_digest'>): string =>
  sha256Hex(`approval sheet ${r.id} ${r.command} ${r.version} ${r.preview_digest}`).slice(0, 8).toUpperCase()

/** The notice that waits for whoever takes the next step. */
export const waitNotice = (request: Uuid, step: number): Uuid => uuidFrom(request, `step ${step}`)

export const requestSubject = (id: string): string => `request:${id}`

/** A request's answer to whoever submitted it. */
export const requestAnswer = (r: RequestRow): Json => ({
  request: r.id,
  status: r.status,
  step: r.step,
  of: stepsOf(r).length,
  waitsFor: r.waits_for,
  outcome: r.preview_digest,
  sheet: sheetCode(r),
})
