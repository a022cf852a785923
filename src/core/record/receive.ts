// What a submission goes through before it waits: its form is checked (an earlier version by its own form), personal values are
// sealed, and the command looks up what it needs to know from outside the decision.

import { check, civilDateIn, decode, uuidVersion, type Instant, type Json } from '../../kernel/index.ts'
import type { Store } from '../store/index.ts'
import type { JsonObject } from './json-object.ts'
import { isProblems, refused, type AnyCommand, type Outcome, type Submission } from './model.ts'
import { recordProblem } from './problems.ts'
import type { Registry } from './registry.ts'
import { seal } from './seal.ts'
import type { Ready } from './waiting.ts'

/** Where submissions are received. */
export interface Desk {
  readonly store: Store
  readonly registry: Registry
  readonly now: () => Instant
  readonly random: (count: number) => Uint8Array
  readonly zone: string
}

/** Validates, seals and prepares a submission, before it waits. */
export async function receive(submission: Submission, options: Desk): Promise<Ready | Outcome> {
  const command = options.registry.getCommand(submission.command)
  if (uuidVersion(submission.id) !== 7)
    return refused(recordProblem('record.bad-id', { id: String(submission.id).slice(0, 60) }))
  const upgraded = upgrade(command, submission)
  if ('ok' in upgraded && upgraded.ok === false) return upgraded
  const plain = (upgraded as { json: JsonObject }).json
  const { json, values } = seal(command.input, plain, options.random)
  const input = decode(command.input, json as Json) as never
  const prepared = command.prepare ? await command.prepare(options.store, input, plain) : undefined
  if (isProblems(prepared)) return { ok: false, problems: prepared }
  const ready = prepared as never
  const today = civilDateIn(options.now(), options.zone)
  return {
    submission,
    command,
    version: command.version,
    plain,
    json,
    sealed: values,
    input,
    prepared: ready,
    place: command.place(input, ready),
    organisation: command.organisation?.(input, ready),
    legalDate: command.legalDate(input, today, ready),
    subjects: [...command.subjects(input, ready), `act:${submission.id}`],
  }
}

/** Input of an earlier version of the form is checked by that form and brought up to today's. */
function upgrade(
  command: AnyCommand,
  submission: Submission,
): { readonly json: JsonObject } | Extract<Outcome, { ok: false }> {
  const version = submission.version ?? command.version
  const unknown = (): Extract<Outcome, { ok: false }> => ({
    ok: false,
    problems: [recordProblem('record.unknown-version', { name: command.name, version })],
  })
  if (version !== command.version && !command.past?.[version]) return unknown()
  const first = check(version === command.version ? command.input : command.past![version]!.input, submission.input)
  if (!first.ok) return first
  let json = first.json as Json
  for (let v = version; v < command.version; v++) {
    const step = command.past?.[v]
    if (!step) return unknown()
    json = step.toNext(json)
  }
  const last = check(command.input, json)
  return last.ok ? { json: last.json } : last
}
