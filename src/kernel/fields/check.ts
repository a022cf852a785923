// The three ways through a form: untrusted input → canonical JSON, stored JSON → values, values → stored JSON.
// Always holds: what `check` accepts, `check` accepts again unchanged; `encode(decode(json))` is `json` again.

import * as z from 'zod'
import type { Json } from '../canonical-json.ts'
import { assert, ProblemError, type Problem } from '../problem.ts'
import type { DecodedFields, Fields, Form } from './field.ts'
import { issueProblems, refusals } from './issue-problem.ts'
import { PROBLEMS_MAX } from './limits.ts'
import { fieldProblem } from './problems.ts'
import { takeIn } from './take-in.ts'

export type JsonObject = { readonly [key: string]: Json | undefined }

export type Checked =
  { readonly ok: true; readonly json: JsonObject } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Judges what somebody submits. Texts are trimmed and composed (NFC), codes and numbers written in plain digits, units
 *  in their one spelling; no digit is lost. Personal and secret values are judged and returned as they are: sealing is
 *  the next step's work.
 *  @returns canonical JSON, or all problems found, each at the path of its field; never throws */
export function check(form: Form, given: unknown): Checked {
  const taken = takeIn(given, refusals(form))
  if (taken.json === undefined)
    return {
      ok: false,
      problems: taken.problems.length > 0 ? some(taken.problems) : [fieldProblem('field.not-a-form')],
    }
  const read = z.safeDecode(form.plain, taken.json)
  const problems = [...taken.problems, ...(read.success ? [] : problemsOf(form, taken.json, read.error))]
  if (!read.success || problems.length > 0) return { ok: false, problems: some(problems) }
  return { ok: true, json: z.encode(form.plain, read.data) as JsonObject }
}

/** Reads stored JSON. @throws ProblemError where it is not what the form stores */
export function decode<F extends Fields>(form: Form<F>, stored: Json): DecodedFields<F> {
  const read = z.safeDecode(form.stored, stored)
  if (!read.success) throw new ProblemError(some(problemsOf(form, stored, read.error)))
  return read.data as DecodedFields<F>
}

/** Reads what passed `check` and is never stored, as the words of a question: a personal value is the text itself, which takes the
 *  place of its commitment. @throws ProblemError where it did not pass */
export function decodeGiven<F extends Fields>(form: Form<F>, given: Json): DecodedFields<F> {
  const read = z.safeDecode(form.plain, given)
  if (!read.success) throw new ProblemError(some(problemsOf(form, given, read.error)))
  return read.data as DecodedFields<F>
}

/** Writes values as stored JSON. @throws Error where a value is not one of its field: a bug of who made it */
export function encode<F extends Fields>(form: Form<F>, values: DecodedFields<F>): JsonObject {
  const written = z.safeEncode(form.stored, values)
  assert(written.success, `values of a form: ${written.error?.message ?? ''}`)
  // Bounds are looked at on the way in only, and nothing may be stored that cannot be read back.
  const read = z.safeDecode(form.stored, written.data)
  assert(read.success, `values of a form: ${read.error?.message ?? ''}`)
  return written.data as JsonObject
}

/** One problem a field: what follows from the first mistake in a value is no news. */
function problemsOf(form: Form, json: Json, error: z.core.$ZodError): readonly Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const problem of error.issues.flatMap((issue) => issueProblems(form, json, issue))) {
    const place = problem.at?.field ?? ''
    if (!byPlace.has(place)) byPlace.set(place, problem)
  }
  return [...byPlace.values()]
}

const some = (problems: readonly Problem[]): readonly Problem[] =>
  problems.length <= PROBLEMS_MAX
    ? problems
    : [
        ...problems.slice(0, PROBLEMS_MAX),
        fieldProblem('field.more-problems', { count: problems.length - PROBLEMS_MAX }),
      ]
