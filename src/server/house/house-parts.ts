// What the house is made of: domains, migrations and tables of all rooms, in their order. A chapter that is added is one
// line here.

import {
  calendarDomain,
  calendarMigrations,
  calendarWords,
  NO_CALENDAR,
  type Calendar,
} from '../../core/calendar/index.ts'
import {
  certificatesDomain,
  certificatesMigrations,
  certificateWords,
  type PartyBook,
} from '../../core/certificates/index.ts'
import {
  directory,
  identityBeside,
  identityDomain,
  identityMigrations,
  type RoleBook,
} from '../../core/identity/index.ts'
import { filesDomain, filesMigrations, type FindFile } from '../../core/files/index.ts'
import {
  HOUSE_KEY_BYTES,
  importsBeside,
  importsDomain,
  importsMigrations,
  type AnyImport,
} from '../../core/imports/index.ts'
import { indicatorMigrations } from '../../core/indicators/index.ts'
import { ledgerMigrations } from '../../core/ledger/index.ts'
import { noticesDomain, noticesMigrations, noticesWords } from '../../core/notices/index.ts'
import {
  indicatorDomain,
  indicatorWords,
  recordDomain,
  recordMigrations,
  registryOf,
  type Registry,
} from '../../core/record/index.ts'
import {
  householdsImport,
  partyBatches,
  partyReads,
  standing,
  partiesBeside,
  partiesDomain,
  partiesMigrations,
  partyWords,
} from '../../core/parties/index.ts'
import { placesDomain, placesMigrations, placesWords, pointsImport, unitsImport } from '../../core/places/index.ts'
import { table, type Migration, type Table } from '../../core/store/index.ts'
import { timerDomain, timerMigrations } from '../../core/timer/index.ts'
import {
  accountingOffice,
  officeMigrations,
  officeWords,
  type OfficeWorld,
} from '../../domains/accounting/office/index.ts'
import { lettersDomain, lettersMigrations, letterWords, type ReadFile } from '../../core/letters/index.ts'
import { marketDomain, marketMigrations, marketWords } from '../../domains/market/index.ts'
import { supervisionDomain } from '../../domains/supervision/index.ts'

export const MIGRATIONS: readonly Migration[] = [
  ...ledgerMigrations,
  ...indicatorMigrations,
  ...recordMigrations,
  ...identityMigrations,
  ...filesMigrations,
  ...timerMigrations,
  ...calendarMigrations,
  ...importsMigrations,
  ...partiesMigrations,
  ...noticesMigrations,
  ...placesMigrations,
  ...certificatesMigrations,
  ...lettersMigrations,
  ...marketMigrations,
  ...officeMigrations,
]

/** What files may bring in. */
export const IMPORTS: readonly AnyImport[] = [householdsImport, unitsImport, pointsImport]

/** What stands beside the acts, and why: a check of the record asks others about it. */
export const BESIDE = [...identityBeside, ...importsBeside(IMPORTS), ...partiesBeside] as const

/** What people call the tables that approvals and acts show. */
const WORDS = [
  ...indicatorWords,
  ...marketWords,
  ...officeWords,
  ...certificateWords,
  ...letterWords,
  ...calendarWords,
  ...noticesWords,
  ...partyWords,
  ...placesWords,
]

const noFiles: FindFile = () => Promise.resolve(undefined)
const noContent: ReadFile = () => Promise.resolve(undefined)

/** Holders of certificates that are parties. */
const HOLDERS: PartyBook = {
  wanted: (party) => partyReads(party),
  more: (state, party) => partyBatches(state, party),
  name: (state, party) => {
    const row = standing(state, party)
    return 'id' in row ? row.name : undefined
  },
}

/** Of a registry that only tells what there is. */
const NO_KEY = new Uint8Array(HOUSE_KEY_BYTES)

/** @param office what the accounting office wants of the house beside the files
 *  @param calendar what days are counted with
 *  @param personalKey the house's key for personal codes
 *  @param readFile a whole document */
export function houseRegistry(
  roles: RoleBook,
  findFile: FindFile = noFiles,
  office?: Omit<OfficeWorld, 'findFile'>,
  calendar: Calendar = NO_CALENDAR,
  personalKey: Uint8Array = NO_KEY,
  readFile: ReadFile = noContent,
): Registry {
  const hasFile = async (hash: string): Promise<boolean> => (await findFile(hash)) !== undefined
  const registry: Registry = registryOf([
    recordDomain((name) => registry.findCommand(name), directory, hasFile, WORDS),
    indicatorDomain,
    identityDomain(roles),
    filesDomain(findFile),
    timerDomain,
    calendarDomain(calendar),
    importsDomain(IMPORTS),
    partiesDomain({ key: personalKey, hasFile }),
    placesDomain,
    noticesDomain(calendar, findFile),
    certificatesDomain(HOLDERS),
    lettersDomain(readFile),
    marketDomain,
    accountingOffice(office && { ...office, findFile }),
    supervisionDomain,
  ])
  return registry
}

/** Locks between processes; holds nothing, and is named because a backup must know every table. */
const subject = table({ name: 'subject', key: ['key'], columns: { key: 'text' } })

export const archivedTables = (registry: Registry): readonly Table[] => [...registry.tables, subject]
