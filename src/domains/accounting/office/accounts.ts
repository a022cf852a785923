// Accounts on the record: registered as a package with all their figures (试算), signed off to 初步 and to 正式 by people who are
// neither the one who registered it nor each other. A later version takes the place of the earlier one; both stay. Clause A6.
// Always holds: of a region and a year one version at most is open to work on and one official at most is in force; a value in
// force is never replaced by one of a version that is not official yet.

import { decText, field, form, text, type Problem, type Uuid } from '../../../kernel/index.ts'
import { documentTable } from '../../../core/files/index.ts'
import { insert, put, type AnyCommand, type Command, type SeriesName } from '../../../core/record/index.ts'
import { sql, type Reader } from '../../../core/store/index.ts'
import { statusGate } from '../fitness.ts'
import { STATUS_TEXT, type Account, type Status } from '../model.ts'
import { attached } from './attached.ts'
import { accountId, place } from './fields.ts'
import { officeProblem } from './problems.ts'
import {
  commentTable,
  gepAccountTable,
  gepFigureTable,
  weakFigureTable,
  type GepAccountRow,
  type GepFigureRow,
} from './schema.ts'
import { spineCards, spineValues, under } from './spine.ts'
import type { Packages, StoredPackage } from './stored-package.ts'
import { weakestFigures, type WeakFigure } from './weakest-figures.ts'

export const accountSubject = (id: string): string => `gep-account:${id}`
const yearSubject = (r: { readonly place: string; readonly year: number }): string => `gep-year:${r.place}:${r.year}`
const numbers = (place: string, year: number): SeriesName => ({ kind: 'HS', place, year })

const registerInput = form({
  place,
  package: field.fileHash({
    title: text('核算包', 'package'),
    hint: text('account.zip 上传后显示的校验值', 'the hash shown after account.zip was uploaded'),
    grade: 'public',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
  note: field.optional(
    field.longText({
      title: text('说明', 'note'),
      hint: text('与上一版本相比改了什么', 'what changed against the version before'),
      grade: 'public',
      max: 2000,
      example: '采用已批准的土壤容重',
    }),
  ),
})

interface ToRegister {
  readonly pack: StoredPackage
  readonly weak: readonly WeakFigure[]
}

const registerAccount = (packages: Packages): Command<typeof registerInput, ToRegister> => ({
  name: 'registerAccount',
  version: 1,
  title: text('登记核算', 'register an account'),
  clause: 'A6',
  groups: ['accounts'],
  input: registerInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i, p) => [yearSubject({ place: i.place, year: p.pack.account.head.year })],
  prepare: async (reader, i) => {
    const pack = await packages(i.package)
    if (!('account' in pack)) return pack
    const { region, year } = pack.account.head
    if (region !== i.place) return [officeProblem('gep.other-place', { has: region, place: i.place })]
    return { pack, weak: weakestFigures(pack.account, await valuesOf(reader, region, year - 1)) }
  },
  reads: [
    (i, _, __, { pack }) => ({
      sets: [{ table: gepAccountTable, where: { place: i.place, year: pack.account.head.year } }],
      series: [numbers(i.place, pack.account.head.year)],
    }),
  ],
  decide: (state, i, c, { pack, weak }) => {
    const { account } = pack
    const { year } = account.head
    const all = state.rows(gepAccountTable, { place: i.place, year })
    const open = all.filter((r) => r.superseded_by === null)
    const same = open.find((r) => r.package === i.package)
    if (same) return [officeProblem('gep.same-package', { number: same.number })]
    const official = open.some((r) => r.status === 'official')
    const displaced = open.filter((r) => r.status !== 'official')
    const number = state.number(numbers(i.place, year))
    return {
      act: 'account-registered',
      subjects: [
        accountSubject(c.subject),
        ...displaced.map((r) => accountSubject(r.id)),
        yearSubject({ place: i.place, year }),
      ],
      rows: [
        ...displaced.map((r) => put(gepAccountTable, { ...r, superseded_by: c.subject })),
        insert(gepAccountTable, {
          id: c.subject,
          number,
          place: i.place,
          year,
          version: all.length + 1,
          title_zh: account.head.title.zh,
          title_en: account.head.title.en,
          package: i.package,
          package_id: pack.id,
          engine: pack.engine,
          indicator_set: account.head.set,
          price_year: account.head.priceYear,
          sample: account.head.sample,
          status: 'trial',
          superseded_by: null,
          registered_by: c.actor.person,
          act: c.subject,
        }),
        ...figureRows(account, c.subject).map((r) => insert(gepFigureTable, r)),
        ...weak.map((w, k) => insert(weakFigureTable, weakRow(w, k + 1, c.subject))),
        insert(
          documentTable,
          attached({
            id: c.subject,
            about: accountSubject(c.subject),
            file: { hash: i.package, type: 'zip', size: pack.bytes },
            name: `account-${i.place}-${year}.zip`,
            grade: 'internal',
            note: i.note ?? null,
            place: i.place,
          }),
        ),
      ],
      // A trial does not take the place of what was signed off.
      ...(official
        ? {}
        : {
            cards: spineCards(account),
            indicators: spineValues(account, 'trial', { hash: i.package, id: pack.id, account: c.subject }),
          }),
      reasons: { account: { package: i.package, packageId: pack.id, engine: pack.engine, note: i.note ?? null } },
      answer: {
        account: c.subject,
        number,
        version: all.length + 1,
        year,
        figures: account.figures.length,
        weakest: weak.length,
      },
    }
  },
})

const figureRows = (account: Account, id: Uuid): readonly GepFigureRow[] =>
  account.figures.map((f) => ({
    account: id,
    key: f.key,
    code: f.code,
    measure: f.measure,
    basis: f.basis,
    region: f.region,
    class: f.class,
    service: f.service,
    item: f.item,
    value: decText(f.quantity.value),
    unit: f.quantity.unit.text,
    title_zh: f.title.zh,
    title_en: f.title.en,
  }))

/** Digits of a share and of a weakness: for ranking, not for books. */
const rounded = (d: WeakFigure['share']): string => decText(d.toDecimalPlaces(6))

const weakRow = (w: WeakFigure, rank: number, account: Uuid) => ({
  account,
  rank,
  code: w.figure.code,
  key: w.figure.key,
  title_zh: w.figure.title.zh,
  title_en: w.figure.title.en,
  value: decText(w.figure.quantity.value),
  unit: w.figure.quantity.unit.text,
  share: rounded(w.share),
  weakness: rounded(w.weakness),
  why_zh: w.why.map((x) => x.zh).join('；'),
  why_en: w.why.map((x) => x.en).join('; '),
})

/** Values of the region's account of a year in 元, as it stands. */
async function valuesOf(reader: Reader, region: string, year: number): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.query<{ key: string; value: string }>(
    sql`select f.key, f.value::text as value from gep_figure f
        where f.account = (select id from gep_account where place = ${region} and year = ${year}
            order by (status = 'official' and superseded_by is null) desc, version desc limit 1)
          and f.measure = 'value' and f.basis = 'constant' and f.region = ${region} and f.unit = '元'`,
  )
  return new Map(rows.map((r) => [r.key, r.value]))
}

const TARGETS = (['preliminary', 'official'] as const satisfies readonly Status[]).map((value) => ({
  value,
  title: STATUS_TEXT[value],
}))

const advanceInput = form({
  account: accountId,
  to: field.choice({ title: text('转为', 'to'), grade: 'public', choices: TARGETS, example: 'preliminary' }),
  remark: field.optional(
    field.longText({ title: text('意见', 'remark'), grade: 'public', max: 2000, example: '资料齐全，异常已逐项说明' }),
  ),
})

interface ToAdvance {
  readonly row: GepAccountRow
  readonly pack: StoredPackage
  readonly gate: readonly Problem[]
  /** Who approved it as 初步. */
  readonly signer: string | undefined
}

const BEFORE: Readonly<Record<'preliminary' | 'official', Status>> = { preliminary: 'trial', official: 'preliminary' }

const advanceAccount = (packages: Packages): Command<typeof advanceInput, ToAdvance> => ({
  name: 'advanceAccount',
  version: 1,
  title: text('审定核算', 'sign an account off'),
  clause: 'A6',
  groups: ['accounts'],
  input: advanceInput,
  prepare: async (reader, i) => {
    const row = await findAccount(reader, i.account)
    if (!('id' in row)) return row
    const pack = await packages(row.package)
    if (!('account' in pack)) return pack
    const gate = statusGate(under(pack.account, i.to), { ...pack.list, status: i.to })
    const [signed] = await reader.query<{ person: string }>(
      sql`select a.person::text as person from act a join act_subject s on s.act = a.id
          where s.subject = ${accountSubject(row.id)} and a.kind = 'account-preliminary'`,
    )
    return { row, pack, gate, signer: signed?.person }
  },
  place: (_, p) => p.row.place,
  legalDate: (_, today) => today,
  subjects: (_, p) => [yearSubject(p.row)],
  approval: (i) =>
    i.to === 'preliminary'
      ? [{ role: 'reviewer', title: text('审核', 'review') }]
      : [{ role: 'provincial-office', title: text('审定', 'sign-off') }],
  reads: [
    (_, __, ___, { row }) => ({
      sets: [
        { table: gepAccountTable, where: { place: row.place, year: row.year } },
        { table: commentTable, where: { place: row.place, year: row.year } },
      ],
    }),
  ],
  decide: (state, i, c, { row: seen, pack, gate, signer }) => {
    const all = state.rows(gepAccountTable, { place: seen.place, year: seen.year })
    const row = all.find((r) => r.id === seen.id)!
    const { number } = row
    if (row.superseded_by !== null) return [officeProblem('gep.superseded', { number })]
    if (row.status !== BEFORE[i.to]) {
      const [has, to] = [STATUS_TEXT[row.status as Status], STATUS_TEXT[i.to]]
      const said = { status: has.zh, statusEn: has.en.toLowerCase(), to: to.zh, toEn: to.en.toLowerCase() }
      return [officeProblem('gep.ladder', { number, ...said })]
    }
    const wrong: Problem[] = [...gate]
    const count = state
      .rows(commentTable, { place: row.place, year: row.year })
      .filter((x) => x.status !== 'resolved').length
    if (i.to === 'official' && count > 0) wrong.push(officeProblem('gep.open-comments', { count }))
    if (c.approver?.person === row.registered_by) wrong.push(officeProblem('gep.registrar-approves', { number }))
    if (i.to === 'official' && c.approver !== undefined && c.approver.person === signer)
      wrong.push(officeProblem('gep.same-signer', { number }))
    if (wrong.length > 0) return wrong
    const others = all.filter((r) => r.id !== row.id && r.superseded_by === null && r.status === 'official')
    const displaced = i.to === 'official' ? others : []
    return {
      act: `account-${i.to}`,
      subjects: [accountSubject(row.id), ...displaced.map((r) => accountSubject(r.id)), yearSubject(row)],
      rows: [
        put(gepAccountTable, { ...row, status: i.to }),
        ...displaced.map((r) => put(gepAccountTable, { ...r, superseded_by: row.id })),
      ],
      ...(others.length > displaced.length
        ? {}
        : {
            cards: spineCards(pack.account),
            indicators: spineValues(pack.account, i.to, { hash: row.package, id: row.package_id, account: row.id }),
          }),
      reasons: { account: { package: row.package, remark: i.remark ?? null } },
      answer: { account: row.id, number, status: i.to },
    }
  },
})

/** The account as registered; what never changes of it may be used at once. */
export async function findAccount(reader: Reader, id: string): Promise<GepAccountRow | readonly Problem[]> {
  const [row] = await reader.query<GepAccountRow>(sql`select * from gep_account where id = ${id}`)
  return row ?? [officeProblem('gep.not-found', { id })]
}

export const accountCommands = (packages: Packages): readonly AnyCommand[] =>
  [registerAccount(packages), advanceAccount(packages)] as unknown as readonly AnyCommand[]
