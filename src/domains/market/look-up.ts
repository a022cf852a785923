// One right looked up from the paper somebody holds out: by the number or the check code of its certificate, or by the number of the
// permit. Serves the credit officer who asks whether it is a right, whose and free, and the exchange that checks a listing.
// Always holds: one right at a time, by its whole number; numbers follow one another, so one is answered only within the regions of
// the asker's grant, a check code everywhere, as the public page does. Of people the first sign of the name is told, of the ledger
// whether the holder still has as much and whether some of it is reserved, never how much.

import { field, form, parsePassportCode, text, type Json, type JsonObject } from '../../kernel/index.ts'
import { certificateSubject, firstSignOnly } from '../../core/certificates/index.ts'
import { query, type AnyQuery, type Scope } from '../../core/record/index.ts'
import { sql, type Reader, type Sql } from '../../core/store/index.ts'
import { permitCode, permitSubject, POLLUTANTS, type Pollutant } from './model.ts'

const said = (zh: string, en: string) => field.text({ title: text(zh, en), example: '—' })
const maybe = (zh: string, en: string) => field.optional(said(zh, en))
const id = (zh: string, en: string) =>
  field.optional(field.id({ title: text(zh, en), example: '0190a5b4-0000-7000-8000-0000000000f1' }))
const yes = (zh: string, en: string) => field.optional(field.flag({ title: text(zh, en), example: true }))

const certificate = {
  number: said('证书编号', 'Number of the certificate'),
  code: said('核验码', 'Check code'),
  titleZh: said('证书名称', 'Title of the certificate'),
  titleEn: maybe('证书名称（英）', 'Title in English'),
  holder: maybe('持有人', 'Holder'),
  issuer: said('发证单位', 'Issuer'),
  basis: maybe('发证依据', 'Ground'),
  issuedOn: said('发证日期', 'Issued on'),
  validFrom: said('有效期起', 'Valid from'),
  validTo: maybe('有效期止', 'Valid to'),
  status: said('状态', 'Status'),
  supersededBy: maybe('代替它的证书', 'Superseded by'),
  endedOn: maybe('终止日期', 'Ended on'),
  about: maybe('证明的对象', 'What it is about'),
}
const right = {
  id: id('权利编号', 'Id of the right'),
  number: said('证号', 'Number of the permit'),
  holder: said('权利人', 'Holder of the right'),
  pollutant: field.choice({ title: text('污染物', 'Pollutant'), choices: POLLUTANTS, example: 'COD' }),
  amountKg: said('证载数量（千克）', 'Amount on the permit (kg)'),
  basis: said('核定依据', 'Basis'),
  validFrom: said('有效期起', 'Valid from'),
  validTo: said('有效期止', 'Valid to'),
  status: said('状态', 'Status'),
  covered: yes('权利人现仍持有证载数量', 'The holder still has that amount'),
  reserved: yes('其中有被占用的', 'Some of it is reserved'),
  documents: said('所附材料份数', 'Documents attached'),
}

export const lookUpRight = query({
  name: 'lookUpRight',
  title: text('查一项权利', 'Look up a right'),
  groups: ['rights-look-up'],
  input: form({
    number: field.text({
      title: text('证号或核验码', 'Number or check code'),
      hint: text('证书编号、证书上的核验码，或排污权证号', 'of the certificate, or the number of the permit'),
      max: 60,
      example: 'ZS-430725-2026-000001-7',
    }),
  }),
  row: form({
    place: field.region({ title: text('地区', 'Place'), example: '430725' }),
    certificate: field.optional(field.group(certificate, { title: text('证书', 'Certificate') })),
    right: field.optional(field.group(right, { title: text('权利', 'Right') })),
    history: field.list(
      field.group(
        {
          command: said('业务', 'Matter'),
          day: said('日期', 'Day'),
          act: said('行为', 'Act'),
          leaf: said('存证序号', 'Place in the log'),
        },
        { title: text('一件事', 'One act') },
      ),
      { title: text('经过', 'History') },
    ),
  }),
  run: async (reader, input, scope) => {
    const code = parsePassportCode(input.number)
    const number = input.number.trim().toUpperCase()
    const found = await findCertificate(
      reader,
      code === undefined ? sql`c.number = ${number} and ${granted(scope, sql`c.place`)}` : sql`c.code = ${code}`,
    )
    const permit = await findPermit(
      reader,
      found
        ? sql`'permit:' || p.id::text = ${String(found['about'] ?? '')}`
        : sql`p.number = ${number} and ${granted(scope, sql`p.place`)}`,
    )
    // A permit may have a certificate of its own that nobody held out.
    const paper =
      found ??
      (permit && (await findCertificate(reader, sql`c.about = ${permitSubject(permit.id)} and c.status = 'valid'`)))
    if (!paper && !permit) return []
    const subjects = [
      ...(paper ? [certificateSubject(String(paper['id']))] : []),
      ...(permit ? [permitSubject(permit.id)] : []),
    ]
    const { id: _, place, ...certificateSaid } = paper ?? {}
    return [
      filled({
        place: String(permit?.place ?? place),
        certificate: paper && filled(certificateSaid),
        right: permit && (await rightSaid(reader, permit)),
        history: await historyOf(reader, subjects),
      }),
    ]
  },
})

/** Within a region the asker holds the role in, whichever organisation it is held for. */
const granted = (scope: Scope, place: Sql): Sql =>
  sql`exists (select 1 from role_grant g join region_closure r on r.ancestor = g.place
      where r.edition = (select edition from region_edition where in_force) and r.descendant = ${place}
        and g.person = ${scope.person} and g.role = ${scope.role} and g.revoked is null)`

async function findCertificate(reader: Reader, where: Sql): Promise<Readonly<Record<string, Json>> | undefined> {
  const [row] = await reader.query<Readonly<Record<string, Json>> & { readonly person: string | null }>(
    sql`select c.id::text as id, c.place, c.number, c.code, c.title_zh as "titleZh", c.title_en as "titleEn", c.issuer, c.basis,
          c.issued_on::text as "issuedOn", c.valid_from::text as "validFrom", c.valid_to::text as "validTo", c.status, c.about,
          c.ended_on::text as "endedOn", (select n.number from certificate n where n.id = c.superseded_by) as "supersededBy",
          case when c.holder_name not like '~%' then c.holder_name end as holder,
          (select v.value from personal_value v where v.commitment = c.holder_name and v.grade = 'personal') as person
        from certificate c where ${where} order by c.number desc limit 1`,
  )
  if (!row) return undefined
  const { person, ...rest } = row
  return { ...rest, holder: person === null ? rest['holder']! : firstSignOnly(person) }
}

interface Permit {
  readonly id: string
  readonly number: string
  readonly firm: string
  readonly holder: string
  readonly pollutant: Pollutant
  readonly amountKg: string
  readonly basis: string
  readonly place: string
  readonly validFrom: string
  readonly validTo: string
  readonly status: string
}

const findPermit = async (reader: Reader, where: Sql): Promise<Permit | undefined> =>
  (
    await reader.query<Permit>(
      sql`select p.id::text as id, p.number, p.firm::text as firm, coalesce(o.name, '') as holder, p.pollutant,
            p.amount_kg::text as "amountKg", p.basis, p.place, p.valid_from::text as "validFrom", p.valid_to::text as "validTo",
            p.status
          from permit p left join organisation o on o.id = p.firm where ${where} limit 1`,
    )
  )[0]

async function rightSaid(reader: Reader, { firm, place: _, ...p }: Permit): Promise<JsonObject> {
  // A holding is an account of debits that come back: credits posted less debits posted stand free or reserved.
  const [held] = await reader.query<{ held: bigint; reserved: bigint }>(
    sql`select a.credits_posted - a.debits_posted as held, a.debits_pending as reserved from account a
        where a.owner = ${firm} and a.asset = ${permitCode(p.pollutant)} and a.purpose = 'holding'`,
  )
  const [papers] = await reader.query<{ n: bigint }>(
    sql`select count(*) as n from document d where d.about = ${permitSubject(p.id)} and d.status = 'attached'`,
  )
  return {
    ...p,
    covered: (held?.held ?? 0n) >= BigInt(p.amountKg),
    reserved: (held?.reserved ?? 0n) > 0n,
    documents: String(papers?.n ?? 0n),
  }
}

const historyOf = (reader: Reader, subjects: readonly string[]): Promise<readonly JsonObject[]> =>
  reader
    .query<{ command: string; day: string; act: string; leaf: string }>(
      sql`select distinct a.command, a.legal_date::text as day, a.id::text as act, l.leaf_index::text as leaf, l.leaf_index as n
        from act_subject s join act a on a.id = s.act join log_leaf l on l.act = a.id
        where s.subject = ${subjects[0] ?? ''} or s.subject = ${subjects[1] ?? subjects[0] ?? ''} order by n`,
    )
    .then((rows) => rows.map(({ command, day, act, leaf }) => ({ command, day, act, leaf })))

/** Leaves out what is not there. */
const filled = (row: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== undefined))

export const lookUpQueries: readonly AnyQuery[] = [lookUpRight]
