// The act as canonical JSON: what the log's leaf commits to. Everything in it is text or a small whole number; personal
// values stand in it as commitments only; what the act wrote stands in it by digest.

import { canonicalJson, type CivilDate, type Instant, type Json, type Uuid } from '../../kernel/index.ts'
import { cellsOfBlock, type Block, type Cells } from '../store/index.ts'
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

/** Rows that an act wrote one after the other into one table. */
export interface WrittenRows {
  readonly table: string
  readonly how: 'insert' | 'put'
  readonly block: Block
}

interface Said {
  readonly act: string
  readonly reasons?: Readonly<Record<string, Json>>
  /** Commitments whose values the act erased. */
  readonly erases?: readonly string[]
}

/** What an act wrote, row by row. */
export interface EffectsDocument extends Said {
  readonly rows: readonly (readonly [string, 'insert' | 'put', Cells])[]
}

type Cell = string | null

/** What an act wrote, as the one text its digest is taken of: canonical JSON. Columns are named once and their values stand
 *  together; a value in which all rows agree stands once. So an act of a hundred postings is not mostly repetition. */
export function effectsText(said: Said, written: readonly WrittenRows[]): string {
  const rows = written.map(({ table, how, block }) => ({
    columns: Object.keys(block.columns),
    how,
    table,
    values: Object.values(block.columns).map((values, i) =>
      block.count === 1 || (i > 0 && values.every((v) => v === values[0])) ? values[0]! : values,
    ),
  }))
  const erases = said.erases ? `,"erases":${canonicalJson(said.erases)}` : ''
  const reasons = said.reasons ? `,"reasons":${canonicalJson(said.reasons)}` : ''
  // Members stand in their order and hold texts only: written thus, JSON is canonical.
  return `{"act":${JSON.stringify(said.act)}${erases}${reasons},"rows":${JSON.stringify(rows)}}`
}

/** Reads the rows that `effectsText` wrote. */
export const writtenOf = (text: string): readonly WrittenRows[] => readEffects(text).rows

/** Reads what `effectsText` wrote, row by row. */
export function effectsOf(text: string): EffectsDocument {
  const { rows, ...said } = readEffects(text)
  return {
    ...said,
    rows: rows.flatMap(({ table, how, block }) => cellsOfBlock(block).map((cells) => [table, how, cells] as const)),
  }
}

function readEffects(text: string): Said & { readonly rows: readonly WrittenRows[] } {
  const { rows, ...said } = JSON.parse(text) as Said & {
    readonly rows: readonly {
      readonly table: string
      readonly how: 'insert' | 'put'
      readonly columns: readonly string[]
      readonly values: readonly (Cell | readonly Cell[])[]
    }[]
  }
  return {
    ...said,
    rows: rows.map(({ table, how, columns, values }) => {
      const [first] = values
      const count = Array.isArray(first) ? first.length : 1
      const all = (v: Cell | readonly Cell[]): readonly Cell[] =>
        Array.isArray(v) ? (v as readonly Cell[]) : (Array(count).fill(v) as Cell[])
      return {
        table,
        how,
        block: { count, columns: Object.fromEntries(columns.map((c, i) => [c, all(values[i] ?? null)])) },
      }
    }),
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
    wrote: [...new Set(writtenOf(row.effects).map((r) => r.table))],
  }
}
