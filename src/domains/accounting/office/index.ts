// What an office does with accounts (A3, A6, A7): parameters changed by two people; accounts registered, commented on, signed off
// by two people, published. Everything goes through the record.

import { text } from '../../../kernel/index.ts'
import type { Domain, TableWords } from '../../../core/record/index.ts'
import type { Migration } from '../../../core/store/index.ts'
import { accountCommands } from './accounts.ts'
import { accounts } from './account-queries.ts'
import { comments } from './comment-queries.ts'
import { accountFigure, accountFigures, weakest, whyFigure } from './figure-queries.ts'
import { reviewOpinion } from './opinion-query.ts'
import { publications } from './publication-queries.ts'
import { commentCommands } from './comments.ts'
import { handOverCommands } from './hand-over.ts'
import { handOvers, owedTables } from './hand-over-queries.ts'
import { handOverMigrations, handOverTable, handOverWords } from './hand-over-schema.ts'
import { NO_WORLD, type OfficeWorld } from './office-world.ts'
import { overrideCommands } from './overrides.ts'
import { overrideQueries } from './override-queries.ts'
import { publicationCommands } from './publications.ts'
import { accountReminder } from './reminder-query.ts'
import { ruleQueries } from './rule-queries.ts'
import { officeMigrations as firstMigrations, officeTables } from './schema.ts'
import { officeWords as words } from './words.ts'
import { termCauses, termChanges, termFigures } from './term-queries.ts'

export const officeMigrations: readonly Migration[] = [...firstMigrations, ...handOverMigrations]
export type { OfficeWorld } from './office-world.ts'
export { publicAccountPage, publicIndexPage, type PublishedEntry } from './public-page.ts'
export type { PageLinks, PageProof, PublicationHead, PublicPage, RegisteredHead } from './public-sheet.ts'
export { publishedCsv, publishedFigures, publishedWorkbook, type DownloadHead } from './published-figures.ts'
export const officeWords: readonly TableWords[] = [...words, handOverWords]
export { under } from './spine.ts'
export { storedPackages, type Packages, type StoredPackage } from './stored-package.ts'

export function accountingOffice(world: OfficeWorld = NO_WORLD): Domain {
  const { packages } = world
  return {
    name: 'accounting',
    title: text('生态产品总值核算', 'GEP accounts'),
    commands: [
      ...overrideCommands(world, packages),
      ...accountCommands(packages),
      ...commentCommands,
      ...publicationCommands(packages),
      ...handOverCommands(world.findFile),
    ],
    queries: [
      ...overrideQueries(world),
      ...ruleQueries(world),
      accounts,
      accountFigures,
      accountFigure,
      whyFigure(packages),
      weakest,
      comments,
      reviewOpinion,
      publications,
      accountReminder(packages),
      termFigures,
      termCauses(packages),
      termChanges,
      owedTables(packages),
      handOvers,
    ],
    tables: [...officeTables, handOverTable],
  }
}
