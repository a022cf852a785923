// Certificates as an office and their holders see them. What a stranger sees is the check page's.

import { field, form, text, type Json, type JsonObject } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql } from '../store/index.ts'
import * as f from './fields.ts'
import { stateOn, STATES, STATUSES, type CertificateState } from './model.ts'

const status = field.choice({
  title: text('状态', 'status'),
  grade: 'public',
  choices: STATUSES.map((value) => ({ value, title: STATES[value] })),
  example: 'valid',
})
const number = f.shown('编号', 'number', 'ZS-430725-2026-000001-7')

const certificates = query({
  name: 'certificates',
  title: text('证书', 'certificates'),
  groups: ['certificates'],
  input: form({
    certificate: field.optional(f.certificateId),
    number: field.optional(number),
    about: f.about,
    status: field.optional(status),
    on: field.optional(
      field.civilDate({
        title: text('今天', 'today'),
        hint: text('按这一天说有没有生效、过期', 'tells whether it has begun or expired'),
        grade: 'public',
        example: '2026-03-02',
      }),
    ),
  }),
  row: form({
    id: f.certificateId,
    number,
    code: f.shown('核验码', 'code', 'K7M2-9T4X-3'),
    kind: f.kind,
    titleZh: f.titleZh,
    titleEn: f.titleEn,
    place: f.place,
    /** Of an organisation or a body; a person's name is the next field. */
    holder: field.optional(f.shown('持有单位', 'holder')),
    holderName: f.holderName,
    holderOrganisation: f.holderOrganisation,
    holderParty: f.holderParty,
    about: f.about,
    issuer: f.issuer,
    basis: f.basis,
    lines: f.lines,
    personalLines: f.personalLines,
    issuedOn: f.issuedOn,
    validFrom: f.issuedOn,
    validTo: f.validTo,
    status,
    state: field.optional(
      field.choice({
        title: text('现在', 'now'),
        grade: 'public',
        choices: (Object.keys(STATES) as CertificateState[]).map((value) => ({ value, title: STATES[value] })),
        example: 'valid',
      }),
    ),
    supersedes: field.optional(f.certificateId),
    supersededBy: field.optional(f.certificateId),
    endedOn: field.optional(f.issuedOn),
    reason: field.optional(f.reason),
  }),
  run: async (reader, i, scope) => {
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select c.id::text as id, c.number, c.code, c.kind, c.title_zh as "titleZh", c.title_en as "titleEn", c.place,
            case when c.holder_name not like '~%' then c.holder_name end as holder,
            case when c.holder_name like '~%' then c.holder_name end as "holderName",
            c.holder_organisation::text as "holderOrganisation", c.holder_party::text as "holderParty", c.about, c.issuer,
            c.basis, c.lines, c.personal_lines as "personalLines", c.issued_on::text as "issuedOn",
            c.valid_from::text as "validFrom", c.valid_to::text as "validTo", c.status,
            c.supersedes::text as supersedes, c.superseded_by::text as "supersededBy", c.ended_on::text as "endedOn", c.reason
          from certificate c where ${scope.within(sql`c.place`, sql`c.holder_organisation`)}
            and (${i.certificate ?? null}::uuid is null or c.id = ${i.certificate ?? null}::uuid)
            and (${i.number ?? null}::text is null or c.number = ${i.number ?? null}::text)
            and (${i.about ?? null}::text is null or c.about = ${i.about ?? null}::text)
            and (${i.status ?? null}::text is null or c.status = ${i.status ?? null}::text)
          order by c.number limit 1000`,
    )
    const { on } = i
    return rows.map((r) => {
      const { status: recorded, validFrom, validTo } = r as unknown as Days
      const state = on && stateOn(on, { status: recorded, valid_from: validFrom, valid_to: validTo })
      const told = { ...r, ...(state === undefined ? {} : { state }) }
      return Object.fromEntries(Object.entries(told).filter(([, v]) => v !== null)) as JsonObject
    })
  },
})

interface Days {
  readonly status: string
  readonly validFrom: string
  readonly validTo: string | null
}

export const certificateQueries: readonly AnyQuery[] = [certificates]
