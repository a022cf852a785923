// Submitting a command that needs approval is asking for it: the act keeps the input, what it would do is rehearsed and shown,
// and nothing takes effect before the last step.

import type { Json, Problem } from '../../../kernel/index.ts'
import type { JsonObject } from '../json-object.ts'
import { insert, type AnyCommand, type ApprovalStep, type Context, type Effects } from '../model.ts'
import { requestTable, type RequestRow } from '../schema.ts'
import { requestAnswer, requestSubject } from './steps.ts'

export const REQUESTED = 'approval-requested'

export function requestEffects(
  command: AnyCommand,
  steps: readonly ApprovalStep[],
  given: { readonly json: JsonObject; readonly prepared: unknown; readonly place: string | undefined },
  context: Context,
): Effects | readonly Problem[] {
  const input = given.json as Json
  const rehearsed = context.rehearse({ command, input, prepared: given.prepared, context })
  if (!('effects' in rehearsed)) return rehearsed
  const request: RequestRow = {
    id: context.subject,
    command: command.name,
    version: command.version,
    input,
    legal_date: context.legalDate,
    place: given.place ?? null,
    organisation: context.actor.organisation ?? null,
    person: context.actor.person,
    role: context.actor.role,
    title_zh: command.title.zh,
    title_en: command.title.en,
    status: 'waiting',
    steps: steps as unknown as Json,
    step: 0,
    waits_for: steps[0]?.role ?? null,
    preview: rehearsed.outcome,
    preview_digest: rehearsed.digest,
    accepted_by: null,
    remarks: null,
  }
  return {
    act: REQUESTED,
    subjects: [requestSubject(request.id), ...(rehearsed.effects.subjects ?? [])],
    rows: [insert(requestTable, request)],
    tries: rehearsed.effects,
    answer: requestAnswer(request),
  }
}
