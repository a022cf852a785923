// Parties: people, households, collectives, firms, governments; their codes, mandates, succession.

export { maskedAccount, maskedCode, maskedIdNumber, maskedPassport, maskedPhone } from './masks.ts'
export {
  isPersonal,
  mandateCovers,
  MATTERS,
  PARTY_KINDS,
  type MandateTerms,
  type Matter,
  type PartyKind,
} from './model.ts'
export {
  allBankAccounts,
  allParties,
  findParty,
  homesOf,
  partyBatches,
  partyReads,
  standing,
  standingParty,
  type Homes,
} from './read-party.ts'
export { findMandate, mandateReads } from './commands/mandates.ts'
export { householdsImport } from './households-import.ts'
export { partiesDomain, partyWords } from './domain.ts'
export { partiesBeside, partiesMigrations, partyTable, mandateTable, type MandateRow, type PartyRow } from './schema.ts'
export type { PartyWorld } from './judge.ts'
