// The act of an import, one command for each that is declared: it puts in force what was filled in, remembers the mapping, and says
// what was counted and why it is right. Correcting it puts the rows out of force again.

import { encode, type Decoded, type Form, type Json, type Problem } from '../../kernel/index.ts'
import { put, type AnyCommand, type Command } from '../record/index.ts'
import { sql, type Reader, type RowOf, type Table } from '../store/index.ts'
import { importForm } from './import-input.ts'
import { actName, commandName, type AnyImport } from './model.ts'
import { importsProblem } from './problems.ts'
import { batchId } from './read-import.ts'
import type { importStageTable } from './schema.ts'
import { importBatchTable, importMappingTable } from './schema.ts'

type ImportForm = ReturnType<typeof importForm>
type Input = Decoded<ImportForm>

interface Prepared {
  readonly batch: string
  readonly mapping: Readonly<Record<string, string>>
  readonly options: Json
  /** What speaks against it; told only to who may import here. */
  readonly problems: readonly Problem[]
}

const mappingOf = (given: Input): Readonly<Record<string, string>> =>
  Object.fromEntries(given.mapping.map((m) => [m.column, m.heading]))

export function importCommand(declared: AnyImport): AnyCommand {
  const input = importForm(declared.options as unknown as Form)
  const command: Command<ImportForm, Prepared> = {
    name: commandName(declared),
    version: 1,
    title: declared.title,
    ...(declared.clause === undefined ? {} : { clause: declared.clause }),
    groups: declared.groups,
    input,
    place: ({ place }) => place,
    legalDate: (_, today) => today,
    prepare: (reader, given) => prepared(declared, reader, given),
    subjects: (_, { batch }) => [`import:${batch}`],
    ...(declared.approval ? { approval: () => declared.approval! } : {}),
    reads: [
      (given, _, __, { batch }) => ({
        rows: [
          { table: importBatchTable, key: { id: batch } },
          { table: importMappingTable, key: { import: declared.name, place: given.place } },
        ],
      }),
    ],
    decide: (state, given, { subject }, { batch, mapping, options, problems }) => {
      if (problems.length > 0) return problems
      const before = state.row(importBatchTable, { id: batch })
      if (before?.in_force === true) return [importsProblem('imports.done-already', { name: before.file_name })]
      const { place, file, fileName, sheet, lines, leftOut, digest, reasons = [] } = given
      return {
        act: actName(declared),
        subjects: [`import:${batch}`],
        rows: [
          put(importBatchTable, {
            id: batch,
            import: declared.name,
            version: declared.version,
            place,
            file,
            file_name: fileName,
            sheet: sheet ?? null,
            mapping: mapping as unknown as Json,
            options,
            lines,
            left_out: leftOut,
            digest,
            reasons: Object.fromEntries(reasons.map((r) => [r.code, r.reason])) as Json,
            in_force: true,
            act: subject,
          }),
          put(importMappingTable, { import: declared.name, place, mapping: mapping as unknown as Json }),
        ],
        answer: { batch, lines },
      }
    },
    reverseReads: (_, original) => {
      const { batch } = original.answer as unknown as { readonly batch: string }
      return {
        rows: [{ table: importBatchTable, key: { id: batch } }],
        sets: (declared.changed ?? []).map((table) => ({ table, where: { batch } })),
      }
    },
    reverse: (state, _, __, original) => {
      const { batch } = original.answer as unknown as { readonly batch: string }
      const row = state.row(importBatchTable, { id: batch })!
      const used = (declared.changed ?? []).reduce((n, t: Table) => n + state.rows(t, { batch }).length, 0)
      if (used > 0) return [importsProblem('imports.rows-in-use', { count: used })]
      return { rows: [put(importBatchTable, { ...row, in_force: false })] }
    },
  }
  return command as unknown as AnyCommand
}

/** The rows must have been filled in from this very file in this very way; every finding that wants a reason has one. */
async function prepared(declared: AnyImport, reader: Reader, given: Input): Promise<Prepared> {
  const mapping = mappingOf(given)
  const options = encode(declared.options, given.options as never) as Json
  const batch = batchId({
    import: declared.name,
    version: declared.version,
    file: given.file,
    place: given.place,
    sheet: given.sheet,
    mapping,
    options,
  })
  const [stage] = await reader.query<RowOf<typeof importStageTable>>(
    sql`select * from import_stage where batch = ${batch}::uuid`,
  )
  const known = { batch, mapping, options }
  if (
    stage?.complete !== true ||
    stage.digest !== given.digest ||
    stage.lines !== given.lines ||
    stage.left_out !== given.leftOut
  )
    return { ...known, problems: [importsProblem('imports.not-staged')] }
  const explained = new Set((given.reasons ?? []).map((r) => r.code))
  const missing = (stage.yellow as readonly string[]).filter((code) => !explained.has(code))
  return { ...known, problems: missing.map((code) => importsProblem('imports.reason-missing', { code })) }
}
