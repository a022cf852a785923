// Rights and their trade. Today: emission permits.

import type { Domain } from '../../core/record/index.ts'
import { marketCommands } from './commands.ts'
import { lookUpQueries } from './look-up.ts'
import { marketQueries } from './queries.ts'
import { marketTables } from './schema.ts'

export { holding, issued, permitCode, POLLUTANTS, retired, type Pollutant } from './model.ts'
export { marketMigrations, marketWords } from './schema.ts'

export const marketDomain: Domain = {
  name: 'market',
  title: { zh: '市场', en: 'market' },
  commands: marketCommands,
  queries: [...marketQueries, ...lookUpQueries],
  tables: marketTables,
}
