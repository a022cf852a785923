// What this room brings to the house: one command for each import that is declared, the batches, and the tables of what was brought.

import { assert, text, ProblemError, type Text } from '../../kernel/index.ts'
import type { Domain } from '../record/index.ts'
import type { Table } from '../store/index.ts'
import { importCommand } from './commands.ts'
import type { AnyImport } from './model.ts'
import { importsProblem } from './problems.ts'
import { importBatches } from './queries.ts'
import { importStageTable, importTables, STAGED_WHY } from './schema.ts'

/** Tables that files filled, each once. */
const stagedTables = (all: readonly AnyImport[]): readonly Table[] => [...new Set(all.flatMap((i) => i.tables))]

/** @param all the imports of the house */
export function importsDomain(all: readonly AnyImport[]): Domain {
  const names = all.map((i) => i.name)
  assert(new Set(names).size === names.length, `imports have names of their own: ${names.join(' ')}`)
  return {
    name: 'imports',
    title: text('导入', 'Imports'),
    commands: all.map(importCommand),
    queries: [importBatches],
    tables: [...importTables, importStageTable, ...stagedTables(all)],
  }
}

/** What a check of the record does not expect acts to account for: `checkImports` does. */
export const importsBeside = (
  all: readonly AnyImport[],
): readonly { readonly tables: readonly Table[]; readonly why: Text }[] => [
  { tables: [importStageTable, ...stagedTables(all)], why: STAGED_WHY },
]

/** @throws ProblemError `imports.unknown` */
export function getImport(all: readonly AnyImport[], name: string): AnyImport {
  const found = all.find((i) => i.name === name)
  if (!found)
    throw new ProblemError(
      importsProblem('imports.unknown', { name: name.slice(0, 40), names: all.map((i) => i.name).join('、') }),
    )
  return found
}
