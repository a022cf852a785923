// The house of one operator: its data folder, its parts, opening and founding it.

export {
  placesOf,
  readProviderSecret,
  readSettings,
  requireEmpty,
  writeProviderSecret,
  writeSettings,
  writeWhole,
  logFolder,
  type HouseSettings,
} from './data-folder.ts'
export { archivedTables, BESIDE, houseRegistry, IMPORTS, MIGRATIONS } from './house-parts.ts'
export { findPersonalKey, isPersonalKey, writePersonalKey } from './personal-key.ts'
export { contentOf, openHouse, openStoreOf, type House, type World } from './open-house.ts'
export { takingTurns } from './taking-turns.ts'
export { actProof, type ActProof } from './act-proof.ts'
export { approvedOverrides } from './approved-overrides.ts'
export { checkPages, type CheckPages } from './check-pages.ts'
export { checkAddress, printCertificate, printCertificates } from './print-certificate.ts'
export { FILE_COLUMNS, recordedFiles } from './recorded-files.ts'
export { takeIn } from './take-in.ts'
export { moveDocuments } from './documents-store.ts'
export { filePreview } from './file-preview.ts'
export { writeBuiltIn, writeLetter, type LetterShape } from './write-letter.ts'
export { noticePages, type NoticePages } from './notice-pages.ts'
export { publicPages, type PublicAddresses, type PublicPages } from './public-pages.ts'
export { asSystem, initHouse, type FirstPerson, type Founding } from './init-house.ts'
export { addSampleAccount } from './sample-account.ts'
export { foundSampleHouse, type SampleHouse } from './sample-house.ts'
export { findServer, noteBackup, noteRestore, noteServer, readUpkeep, type Upkeep } from './upkeep.ts'
export { addSamplePeople, personByLogin, SAMPLE_FIRMS, SAMPLE_PEOPLE } from './sample-people.ts'
export {
  oidcSettingsOf,
  PROVIDER_FINISH,
  PROVIDER_TITLE,
  redirectUriOf,
  signInProvider,
  type SignInProvider,
} from './sign-in-provider.ts'
