// A certificate as paper, for whoever may see all of it: what the query answered them becomes the page. Serves the command line and
// HTTP alike.
// Always holds: what the reader may not see is not printed; a certificate with a hidden line is refused, not printed with stars.

import { civilDateIn, isCommitment, MASK, ProblemError, type JsonObject } from '../../kernel/index.ts'
import {
  certificatePdf,
  certificateProblem,
  certificatesPdf,
  linesOf,
  stateOn,
  type PrintedCertificate,
} from '../../core/certificates/index.ts'
import { placeName } from './check-pages.ts'
import type { House } from './open-house.ts'

/** @param row as the query `certificates` answered it @throws ProblemError `certificate.…` */
export const printCertificate = async (house: House, row: JsonObject): Promise<Uint8Array> =>
  certificatePdf(await printedOf(house, row))

/** Several in one file, in the order given. @throws ProblemError `certificate.…` */
export async function printCertificates(house: House, rows: readonly JsonObject[]): Promise<Uint8Array> {
  const printed: PrintedCertificate[] = []
  for (const row of rows) printed.push(await printedOf(house, row))
  return certificatesPdf(printed)
}

/** What the QR code of a certificate holds; undefined where the house has no public address. */
export const checkAddress = ({ settings: { publicAddress } }: House, code: string): string | undefined =>
  publicAddress === undefined ? undefined : new URL(`/check/${encodeURIComponent(code)}`, publicAddress).href

async function printedOf(house: House, row: JsonObject): Promise<PrintedCertificate> {
  const said = (key: string): string | undefined => (typeof row[key] === 'string' ? row[key] : undefined)
  const must = (key: string): string => said(key) ?? ''
  const today = civilDateIn(house.world.now(), house.settings.zone)
  const holder = said('holder') ?? must('holderName')
  const personalLines = linesOf(row['personalLines'] ?? [])
  if ([holder, ...personalLines.map((l) => l.value)].some((v) => v === MASK || isCommitment(v)))
    throw new ProblemError(certificateProblem('certificate.personal-hidden'))
  const code = must('code')
  return {
    number: must('number'),
    code,
    title: { zh: must('titleZh'), en: said('titleEn') },
    holder,
    placeName: await placeName(house, must('place')),
    issuer: must('issuer'),
    basis: said('basis'),
    lines: linesOf(row['lines'] ?? []),
    personalLines,
    issuedOn: must('issuedOn'),
    validFrom: must('validFrom'),
    validTo: said('validTo'),
    state: stateOn(today, {
      status: must('status'),
      valid_from: must('validFrom'),
      valid_to: said('validTo') ?? null,
    }),
    checkAt: checkAddress(house, code),
  }
}
