// What waits to be decided: a submission that was checked, sealed and prepared. And which of those that wait may be decided
// together: no two on one subject, and none ahead of an earlier one on its subject.

import type { CivilDate, Uuid } from '../../kernel/index.ts'
import type { JsonObject } from './json-object.ts'
import type { AnyCommand, Submission } from './model.ts'
import type { SealedValue } from './seal.ts'

/** A submission that is ready to be decided. */
export interface Ready {
  readonly submission: Submission
  readonly command: AnyCommand
  readonly version: number
  /** Input as it came, personal values readable. */
  readonly plain: JsonObject
  /** The same with commitments in their places. */
  readonly json: JsonObject
  readonly sealed: readonly SealedValue[]
  readonly input: never
  readonly prepared: never
  readonly place: string | undefined
  readonly organisation: Uuid | undefined
  readonly legalDate: CivilDate
  readonly subjects: readonly string[]
}

/** Most commands in one batch. */
export const BATCH = 256

/** Takes from the queue what may be decided together; the rest stays in its order. */
export function takeBatch<T extends { readonly subjects: readonly string[] }>(queue: T[], most = BATCH): T[] {
  const taken: T[] = []
  const busy = new Set<string>()
  const left: T[] = []
  for (const item of queue) {
    const free = taken.length < most && item.subjects.every((s) => !busy.has(s))
    for (const s of item.subjects) busy.add(s)
    if (free) taken.push(item)
    else left.push(item)
  }
  queue.splice(0, queue.length, ...left)
  return taken
}
