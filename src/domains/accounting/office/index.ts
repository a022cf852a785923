// What an office does with accounts (A3, A6, A7): parameters changed by two people; accounts registered, commented on, signed off
// by two people, published. Everything goes through the record.

import { text } from '../../../kernel/index.ts'
import type { Domain } from '../../../core/record/index.ts'
import { NO_WORLD, type OfficeWorld } from './office-world.ts'
import { overrideCommands } from './overrides.ts'
import { overrideQueries } from './override-queries.ts'
import { officeTables } from './schema.ts'

export { officeMigrations } from './schema.ts'
export type { OfficeWorld } from './office-world.ts'

export const accountingOffice = (world: OfficeWorld = NO_WORLD): Domain => ({
  name: 'accounting',
  title: text('生态产品总值核算', 'GEP accounts'),
  commands: overrideCommands(world),
  queries: overrideQueries(world),
  tables: officeTables,
})
