// Issuing, replacing and revoking certificates, each by two people. Other rooms hand out theirs by the same functions:
// `certificateReads` and `certificateReadsMore` among what they want, `newCertificate` among what they write.
// Always holds: one certificate has one holder; what was replaced names its successor; a number is never used twice.

import { form, type CivilDate, type Decoded, type Json, type Problem, type Uuid } from '../../kernel/index.ts'
import { organisation } from '../identity/index.ts'
import {
  insert,
  isProblems,
  put,
  type ActRecord,
  type AnyCommand,
  type Command,
  type Context,
  type RowChange,
  type SeriesName,
  type State,
  type Wanted,
} from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import * as f from './fields.ts'
import { certificateSubject, codesOf, kindOf, STATES, type CertificateLine, type CertificateStatus } from './model.ts'
import { certificateProblem } from './problems.ts'
import { certificateTable, type CertificateRow } from './schema.ts'

/** Where parties stand, given by the house: what to read of one, in two stages, and its name or the commitment of it. */
export interface PartyBook {
  readonly wanted: (party: Uuid) => Wanted
  /** What the second stage reads, knowing what the first found. */
  readonly more: (state: State, party: Uuid) => Wanted
  /** Undefined: it does not stand. */
  readonly name: (state: State, party: Uuid) => string | undefined
}

/** Either an organisation, or a party, or a name alone. */
export interface HolderGiven {
  readonly holderOrganisation?: Uuid
  readonly holderParty?: Uuid
  /** Name or its commitment. */
  readonly holderName?: string
}

export interface CertificateGiven extends HolderGiven {
  readonly kind: string
  readonly place: string
  readonly titleZh: string
  readonly titleEn?: string
  readonly about?: string
  readonly issuer: string
  readonly basis?: string
  readonly lines: readonly CertificateLine[]
  readonly personalLines?: readonly CertificateLine[]
  readonly issuedOn: CivilDate
  readonly validFrom?: CivilDate
  readonly validTo?: CivilDate
}

interface Made {
  readonly row: RowChange
  readonly number: string
  readonly code: string
}

const seriesOf = (g: Pick<CertificateGiven, 'kind' | 'place' | 'issuedOn'>): SeriesName => ({
  kind: kindOf(g.kind).series,
  place: g.place,
  year: Number(g.issuedOn.slice(0, 4)),
})

/** What issuing reads. @param id the certificate's, as a rule `context.subject` */
export function certificateReads(id: Uuid, g: CertificateGiven, parties?: PartyBook): Wanted {
  const party = g.holderParty === undefined ? undefined : parties?.wanted(g.holderParty)
  return {
    rows: [
      { table: certificateTable, key: { id } },
      ...(g.holderOrganisation === undefined ? [] : [{ table: organisation, key: { id: g.holderOrganisation } }]),
      ...(party?.rows ?? []),
    ],
    sets: [...codesOf(id).map((code) => ({ table: certificateTable, where: { code } })), ...(party?.sets ?? [])],
    series: [seriesOf(g)],
  }
}

/** What issuing reads in the stage after that. */
export const certificateReadsMore = (state: State, g: HolderGiven, parties?: PartyBook): Wanted =>
  g.holderParty === undefined || !parties ? {} : parties.more(state, g.holderParty)

/** The row of a new certificate, or all that speaks against it. @param supersedes the one it takes the place of */
export function newCertificate(
  state: State,
  context: Pick<Context, 'subject'>,
  g: CertificateGiven,
  { parties, supersedes }: { readonly parties?: PartyBook | undefined; readonly supersedes?: Uuid } = {},
): Made | readonly Problem[] {
  const id = context.subject
  const wrong: Problem[] = []
  const holder = holderOf(state, g, parties)
  if (typeof holder !== 'string') wrong.push(holder)
  const from = g.validFrom ?? g.issuedOn
  if (g.validTo !== undefined && g.validTo < from)
    wrong.push(certificateProblem('certificate.days', { from, to: g.validTo }))
  const labels = [...g.lines, ...(g.personalLines ?? [])].map((l) => l.label)
  const twice = labels.find((l, i) => labels.indexOf(l) !== i)
  if (twice !== undefined) wrong.push(certificateProblem('certificate.same-label', { label: twice }))
  const code = codesOf(id).find((c) => state.rows(certificateTable, { code: c }).length === 0)
  if (code === undefined) wrong.push(certificateProblem('certificate.code-taken'))
  if (wrong.length > 0 || typeof holder !== 'string' || code === undefined) return wrong
  const number = state.number(seriesOf(g))
  const row = insert(certificateTable, {
    id,
    number,
    code,
    kind: g.kind,
    title_zh: g.titleZh,
    title_en: g.titleEn ?? null,
    place: g.place,
    holder_organisation: g.holderOrganisation ?? null,
    holder_party: g.holderParty ?? null,
    holder_name: holder,
    about: g.about ?? null,
    issuer: g.issuer,
    basis: g.basis ?? null,
    lines: g.lines as unknown as Json,
    personal_lines: (g.personalLines ?? []) as unknown as Json,
    issued_on: g.issuedOn,
    valid_from: from,
    valid_to: g.validTo ?? null,
    status: 'valid',
    supersedes: supersedes ?? null,
    superseded_by: null,
    ended_on: null,
    reason: null,
    act: id,
  })
  return { row, number, code }
}

/** The name it is made out to, or its commitment. */
function holderOf(state: State, g: HolderGiven, parties: PartyBook | undefined): string | Problem {
  const given = [g.holderOrganisation, g.holderParty, g.holderName].filter((x) => x !== undefined)
  if (given.length !== 1) return certificateProblem('certificate.holder')
  if (g.holderName !== undefined) return g.holderName
  if (g.holderOrganisation !== undefined)
    return (
      state.row(organisation, { id: g.holderOrganisation })?.name ??
      certificateProblem('certificate.no-holder', { id: g.holderOrganisation })
    )
  const party = g.holderParty!
  return parties?.name(state, party) ?? certificateProblem('certificate.no-holder', { id: party })
}

const APPROVAL = [{ role: 'reviewer', title: { zh: '审核', en: 'review' } }] as const

const content = {
  titleZh: f.titleZh,
  titleEn: f.titleEn,
  holderOrganisation: f.holderOrganisation,
  holderParty: f.holderParty,
  holderName: f.holderName,
  about: f.about,
  issuer: f.issuer,
  basis: f.basis,
  lines: f.lines,
  personalLines: f.personalLines,
  issuedOn: f.issuedOn,
  validFrom: f.validFrom,
  validTo: f.validTo,
}
const issueInput = form({ kind: f.kind, place: f.place, ...content })

/** Optional fields come as they are typed: left out, not undefined. */
const givenOf = (i: Decoded<typeof issueInput>): CertificateGiven => i as CertificateGiven

const idOf = (original: ActRecord): Uuid => (original.answer as { readonly certificate: Uuid }).certificate

const REVERSED = '发证行为已更正 / the act that issued it was corrected'

const issueCertificate = (parties: PartyBook | undefined): Command<typeof issueInput> => ({
  name: 'issueCertificate',
  version: 1,
  title: { zh: '发证', en: 'issue a certificate' },
  groups: ['certificates'],
  input: issueInput,
  place: (i) => i.place,
  legalDate: (i) => i.issuedOn,
  subjects: (i) => (i.about === undefined ? [] : [i.about]),
  approval: () => APPROVAL,
  reads: [
    (i, _, c) => certificateReads(c.subject, givenOf(i), parties),
    (i, state) => certificateReadsMore(state, givenOf(i), parties),
  ],
  decide: (state, i, c) => {
    const made = newCertificate(state, c, givenOf(i), { parties })
    if (isProblems(made)) return made
    return {
      act: 'certificate-issued',
      subjects: [certificateSubject(c.subject), ...(i.about === undefined ? [] : [i.about])],
      rows: [made.row],
      answer: { certificate: c.subject, number: made.number, code: made.code },
    }
  },
  reverseReads: (_, original) => ({ rows: [{ table: certificateTable, key: { id: idOf(original) } }] }),
  reverse: (state, _, c, original) => {
    const row = state.row(certificateTable, { id: idOf(original) })!
    if (row.status !== 'valid') return [certificateProblem('certificate.followed', { number: row.number })]
    return { rows: [put(certificateTable, { ...row, status: 'revoked', ended_on: c.today, reason: REVERSED })] }
  },
})

export async function findCertificate(reader: Reader, id: Uuid): Promise<CertificateRow | readonly Problem[]> {
  const [row] = await reader.query<CertificateRow>(sql`select * from certificate where id = ${id}`)
  return row ?? [certificateProblem('certificate.not-found', { id })]
}

const notValid = ({ number, status }: CertificateRow): readonly Problem[] => {
  const { zh, en } = STATES[status as CertificateStatus]
  return [certificateProblem('certificate.not-valid', { number, state: zh, stateEn: en })]
}

const replaceInput = form({ certificate: f.certificateId, reason: f.reason, ...content })

/** What the new one says; who holds it and what it is about stay where nothing else is said. */
function replacementOf(i: Decoded<typeof replaceInput>, old: CertificateRow): CertificateGiven {
  const { certificate, reason, ...rest } = i
  const named = [i.holderOrganisation, i.holderParty, i.holderName].some((x) => x !== undefined)
  const before: HolderGiven =
    old.holder_organisation !== null
      ? { holderOrganisation: old.holder_organisation as Uuid }
      : old.holder_party !== null
        ? { holderParty: old.holder_party as Uuid }
        : { holderName: old.holder_name }
  const kept = named ? {} : before
  return {
    ...(old.about === null ? {} : { about: old.about }),
    personalLines: old.personal_lines as unknown as readonly CertificateLine[],
    ...(rest as Omit<CertificateGiven, 'kind' | 'place'>),
    ...kept,
    kind: old.kind,
    place: old.place,
  }
}

const supersedeCertificate = (parties: PartyBook | undefined): Command<typeof replaceInput, CertificateRow> => ({
  name: 'supersedeCertificate',
  version: 1,
  title: { zh: '换证', en: 'replace a certificate' },
  groups: ['certificates'],
  input: replaceInput,
  prepare: (reader, i) => findCertificate(reader, i.certificate),
  place: (_, old) => old.place,
  legalDate: (i) => i.issuedOn,
  subjects: (i) => [certificateSubject(i.certificate)],
  approval: () => APPROVAL,
  reads: [
    (i, _, c, old) => {
      const wanted = certificateReads(c.subject, replacementOf(i, old), parties)
      return { ...wanted, rows: [...(wanted.rows ?? []), { table: certificateTable, key: { id: i.certificate } }] }
    },
    (i, state, _, old) => certificateReadsMore(state, replacementOf(i, old), parties),
  ],
  decide: (state, i, c, before) => {
    const old = state.row(certificateTable, { id: i.certificate })!
    if (old.status !== 'valid') return notValid(old)
    const given = replacementOf(i, before)
    const made = newCertificate(state, c, given, { parties, supersedes: i.certificate })
    if (isProblems(made)) return made
    const { reason, issuedOn } = i
    const ended = { status: 'superseded', superseded_by: c.subject, ended_on: issuedOn, reason }
    return {
      act: 'certificate-superseded',
      subjects: [
        certificateSubject(c.subject),
        certificateSubject(old.id),
        ...(given.about === undefined ? [] : [given.about]),
      ],
      rows: [made.row, put(certificateTable, { ...old, ...ended })],
      answer: { certificate: c.subject, number: made.number, code: made.code, supersedes: old.number },
    }
  },
  reverseReads: (i, original) => ({
    rows: [idOf(original), i.certificate].map((id) => ({ table: certificateTable, key: { id } })),
  }),
  reverse: (state, i, c, original) => {
    const row = state.row(certificateTable, { id: idOf(original) })!
    const old = state.row(certificateTable, { id: i.certificate })!
    if (row.status !== 'valid') return [certificateProblem('certificate.followed', { number: row.number })]
    const again = { status: 'valid', superseded_by: null, ended_on: null, reason: null }
    return {
      rows: [
        put(certificateTable, { ...row, status: 'revoked', ended_on: c.today, reason: REVERSED }),
        put(certificateTable, { ...old, ...again }),
      ],
    }
  },
})

const revokeInput = form({ certificate: f.certificateId, on: f.issuedOn, reason: f.reason })

const revokeCertificate: Command<typeof revokeInput, CertificateRow> = {
  name: 'revokeCertificate',
  version: 1,
  title: { zh: '撤销证书', en: 'revoke a certificate' },
  groups: ['certificates'],
  input: revokeInput,
  prepare: (reader, i) => findCertificate(reader, i.certificate),
  place: (_, row) => row.place,
  legalDate: (i) => i.on,
  subjects: (i) => [certificateSubject(i.certificate)],
  approval: () => APPROVAL,
  reads: [(i) => ({ rows: [{ table: certificateTable, key: { id: i.certificate } }] })],
  decide: (state, i) => {
    const row = state.row(certificateTable, { id: i.certificate })!
    if (row.status !== 'valid') return notValid(row)
    return {
      act: 'certificate-revoked',
      subjects: [certificateSubject(row.id), ...(row.about === null ? [] : [row.about])],
      rows: [put(certificateTable, { ...row, status: 'revoked', ended_on: i.on, reason: i.reason })],
      answer: { certificate: row.id, number: row.number },
    }
  },
  reverseReads: (i) => ({ rows: [{ table: certificateTable, key: { id: i.certificate } }] }),
  reverse: (state, i) => {
    const row = state.row(certificateTable, { id: i.certificate })!
    return { rows: [put(certificateTable, { ...row, status: 'valid', ended_on: null, reason: null })] }
  },
}

export const certificateCommands = (parties: PartyBook | undefined): readonly AnyCommand[] =>
  [issueCertificate(parties), supersedeCertificate(parties), revokeCertificate] as unknown as readonly AnyCommand[]
