// Certificates: issued, replaced and revoked by acts; printed with a code; checked by strangers.

import type { Domain } from '../record/index.ts'
import { certificateCommands, type PartyBook } from './commands.ts'
import { certificateQueries } from './queries.ts'
import { certificateTable } from './schema.ts'

export {
  certificateReads,
  certificateReadsMore,
  newCertificate,
  type CertificateGiven,
  type HolderGiven,
  type PartyBook,
} from './commands.ts'
export {
  certificateSubject,
  kindOf,
  linesOf,
  firstSignOnly,
  stateOn,
  STATES,
  type CertificateLine,
  type CertificateState,
} from './model.ts'
export { certificatesMigrations, certificateTable, certificateWords, type CertificateRow } from './schema.ts'
export { certificatePdf, certificatesPdf, PRINTED_MOST, unprintable, type PrintedCertificate } from './pdf.ts'
export {
  checkPage,
  lookUpPage,
  type CheckedCertificate,
  type CheckLinks,
  type CheckPage,
  type CheckProof,
} from './check-page.ts'
export { certificateProblem } from './problems.ts'
export { qrSvg } from './qr.ts'

/** @param parties where holders that are parties stand; left out, there are none */
export const certificatesDomain = (parties?: PartyBook): Domain => ({
  name: 'certificates',
  title: { zh: '证书', en: 'certificates' },
  commands: certificateCommands(parties),
  queries: certificateQueries,
  tables: [certificateTable],
})
