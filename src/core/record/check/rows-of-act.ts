// The rows that should stand because of one act: those its effects name, whose history it belongs to, and the personal values
// it sealed. Read from the act's own texts, so that it can be done again when a row is found to differ.

import { isSealed, walk, type Json } from '../../../kernel/index.ts'
import { isCommitment } from '../../evidence/index.ts'
import { table, type Cells, type Table } from '../../store/index.ts'
import { contentOf, effectsOf, type Content } from '../content.ts'
import type { JsonObject } from '../json-object.ts'
import type { Registry } from '../registry.ts'
import { actSubjectTable, personalValueTable } from '../schema.ts'
import { writtenCells } from './text-rows.ts'

/** What an act decides of a personal value; value and salt are opened, not compared. */
export const personalPlace = table({
  name: personalValueTable.name,
  key: ['commitment'],
  columns: { commitment: 'text', act: 'uuid', path: 'text', grade: 'text' },
})

/** The table as far as acts decide its cells. */
export const decided = (t: Table): Table => (t.name === personalPlace.name ? personalPlace : t)

export interface WrittenRow {
  readonly table: Table
  readonly cells: Cells
}

export interface ActTexts {
  readonly content: string
  readonly effects: string
}

export interface RowsOfAct {
  readonly rows: readonly WrittenRow[]
  /** Commitments whose values it erased. */
  readonly erases: readonly string[]
  readonly unknownTables: readonly string[]
  /** Its form is not in this program. */
  readonly unknownCommand: boolean
}

/** @throws SyntaxError, TypeError where the texts are no act's */
export function rowsOfAct(act: ActTexts, tables: ReadonlyMap<string, Table>, registry: Registry): RowsOfAct {
  const c = contentOf(act.content)
  const unknownTables = new Set<string>()
  const effects = effectsOf(act.effects)
  const rows = effects.rows.flatMap(([name, , cells]): WrittenRow[] => {
    const t = tables.get(name)
    if (!t) unknownTables.add(name)
    return t ? [{ table: decided(t), cells: writtenCells(decided(t), cells) }] : []
  })
  const subjects = [...new Set(c.subjects)].map((subject) => ({
    table: actSubjectTable as Table,
    cells: { subject, act: c.id },
  }))
  const sealed = sealedIn(c, registry)
  return {
    rows: [...rows, ...subjects, ...(sealed ?? [])],
    erases: effects.erases ?? [],
    unknownTables: [...unknownTables],
    unknownCommand: sealed === undefined,
  }
}

/** The personal values the act's own input brought. What was approved had been sealed by its request. */
function sealedIn(c: Content, registry: Registry): readonly WrittenRow[] | undefined {
  if (c.request !== undefined) return []
  const command = registry.findCommand(c.command)
  const input = c.version === command?.version ? command.input : command?.past?.[c.version]?.input
  if (!input) return undefined
  const found: WrittenRow[] = []
  walk(input, c.input as JsonObject, (value: Json, { path, grade }) => {
    if (!isSealed(grade)) return undefined
    if (typeof value === 'string' && isCommitment(value))
      found.push({ table: personalPlace, cells: { commitment: value, act: c.id, path, grade } })
    return value
  })
  return found
}
