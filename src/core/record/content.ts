// The act as canonical JSON: what the log's leaf commits to. Everything in it is text or a small whole number; personal
// values stand in it as commitments only; what the act wrote stands in it by digest.

import { canonicalJson, type CivilDate, type Instant, type Json, type Uuid } from '../../kernel/index.ts'
import type { ActRecord, Actor } from './model.ts'
import type { ActRow } from './schema.ts'

export const ACT_FORMAT = 'qingshan act 1'

export interface Content {
  readonly id: Uuid
  readonly kind: string
  readonly command: string
  readonly version: number
  readonly input: Json
  readonly legalDate: CivilDate
  readonly recorded: Instant
  readonly actor: Actor
  readonly place: string | undefined
  readonly clause: string | undefined
  readonly request: Uuid | undefined
  readonly corrects: Uuid | undefined
  readonly subjects: readonly string[]
  readonly answer: Json
  /** SHA-256 of the effects text, hex. */
  readonly effects: string
}

export const contentText = (c: Content): string =>
  canonicalJson({
    format: ACT_FORMAT,
    id: c.id,
    kind: c.kind,
    command: c.command,
    version: c.version,
    input: c.input,
    legalDate: c.legalDate,
    recorded: c.recorded,
    actor: {
      person: c.actor.person,
      role: c.actor.role,
      place: c.actor.place,
      organisation: c.actor.organisation,
      standInFor: c.actor.standInFor,
    },
    place: c.place,
    clause: c.clause,
    request: c.request,
    corrects: c.corrects,
    subjects: c.subjects,
    answer: c.answer,
    effects: c.effects,
  })

/** @throws Error where the text is no act: the check of the record reads it with care first */
export function contentOf(text: string): Content {
  const c = JSON.parse(text) as Content & { readonly format: string }
  if (c.format !== ACT_FORMAT) throw new Error(`not an act: ${String(c.format)}`)
  return c
}

/** The columns of an act are copies of its content, for asking; the content is what counts.
 *  @param c the content as data, where it is at hand */
export function actRow(content: string, effects: string, salt: Uint8Array, c: Content = contentOf(content)): ActRow {
  return {
    id: c.id,
    kind: c.kind,
    command: c.command,
    version: c.version,
    legal_date: c.legalDate,
    recorded_at: c.recorded,
    person: c.actor.person,
    role: c.actor.role,
    place: c.place ?? null,
    organisation: c.actor.organisation ?? null,
    stand_in_for: c.actor.standInFor ?? null,
    clause: c.clause ?? null,
    request: c.request ?? null,
    corrects: c.corrects ?? null,
    content,
    effects,
    salt,
    answer: c.answer,
  }
}

export interface EffectsDocument {
  readonly act: string
  readonly rows: readonly (readonly [string, 'insert' | 'put', Readonly<Record<string, string | null>>])[]
  readonly reasons?: Readonly<Record<string, Json>>
  /** Commitments whose values the act erased. */
  readonly erases?: readonly string[]
}

/** Reads what `effectsText` wrote. */
export function effectsOf(text: string): EffectsDocument {
  const { columns, rows, ...rest } = JSON.parse(text) as Omit<EffectsDocument, 'rows'> & {
    readonly columns: Readonly<Record<string, readonly string[]>>
    readonly rows: readonly (readonly [string, 'insert' | 'put', readonly (string | null)[]])[]
  }
  return {
    ...rest,
    rows: rows.map(([table, how, values]) => [
      table,
      how,
      Object.fromEntries((columns[table] ?? []).map((c, i) => [c, values[i] ?? null])),
    ]),
  }
}

export function actRecord(row: Pick<ActRow, 'content' | 'effects'>): ActRecord {
  const c = contentOf(row.content)
  return {
    id: c.id,
    kind: c.kind,
    command: c.command,
    version: c.version,
    input: c.input,
    legalDate: c.legalDate,
    recorded: c.recorded,
    actor: c.actor,
    place: c.place,
    ...(c.clause === undefined ? {} : { clause: c.clause }),
    ...(c.request === undefined ? {} : { request: c.request }),
    ...(c.corrects === undefined ? {} : { corrects: c.corrects }),
    answer: c.answer,
    wrote: [...new Set(effectsOf(row.effects).rows.map(([t]) => t))],
  }
}
