// A made-up domain for tests of the record: a tree nursery that enrols growers, visits them, publishes a figure and grants
// money on it by two approvals. Between them its commands do everything a command can do; `book` takes any entries at all.

import { field, form, instantMs, instantOfMs, type Json, type Uuid } from '../src/kernel/index.ts'
import type { AccountName, Asset, Entry, PostingId } from '../src/core/ledger/index.ts'
import type { IndicatorCard, IndicatorKey } from '../src/core/indicators/index.ts'
import { insert, put, type AnyCommand, type Command, type Domain, type SeriesName } from '../src/core/record/index.ts'
import { optional, table, type Migration } from '../src/core/store/index.ts'
import { defineProblems } from '../src/kernel/index.ts'

export const growerTable = table({
  name: 'grower',
  key: ['id'],
  columns: {
    id: 'uuid',
    number: 'text',
    name: 'text',
    telephone: optional('text'),
    visits: 'int8',
    act: 'uuid',
  },
})
export const grantTable = table({
  name: 'grant_made',
  key: ['id'],
  columns: { id: 'uuid', number: 'text', grower: 'uuid', amount_fen: 'int8', status: 'text', details: 'jsonb' },
})

export const nurseryMigrations: readonly Migration[] = [
  {
    id: 'nursery-0001',
    up: [
      `create table grower (id uuid primary key, number text not null unique, name text not null, telephone text,
        visits int8 not null, act uuid not null)`,
      `create table grant_made (id uuid primary key, number text not null unique, grower uuid not null,
        amount_fen int8 not null check (amount_fen > 0), status text not null, details jsonb not null)`,
    ],
    check: `select to_regclass('grant_made') is not null`,
  },
]

const nurseryProblem = defineProblems({
  'nursery.no-grower': {
    severity: 'red',
    zh: '没有这位苗农。',
    en: 'There is no such grower.',
    hint: { zh: '请先登记。', en: 'Enrol the grower first.' },
  },
  'nursery.number-taken': {
    severity: 'red',
    zh: '编号已被占用。',
    en: 'The number is taken.',
    hint: { zh: '请重试。', en: 'Try again.' },
  },
})

const t = (zh: string, en: string) => ({ zh, en })
const ID = '0190a5b4-0000-7000-8000-0000000000f1'
const grower = field.id({ title: t('苗农', 'grower'), example: ID })
const period = field.code({
  title: t('年份', 'period'),
  pattern: /^\d{4}$/,
  expects: t('四位数字', 'four digits'),
  example: '2025',
})
const amountFen = field.amount({ title: t('金额（分）', 'amount in fen'), min: 1n, example: '100' })
const PLACE = '430100'

export const yuan: Asset = {
  code: 'CNY',
  unit: '元',
  scale: 2,
  class: 'money',
  issuer: 'office',
  title: t('人民币', 'yuan'),
  lots: false,
}
export const purse = (owner: string): AccountName => ({ asset: 'CNY', owner, purpose: 'holding' })
const treasury: AccountName = { asset: 'CNY', owner: 'office', purpose: 'issued' }
const series = (kind: string, date: string): SeriesName => ({ kind, place: PLACE, year: Number(date.slice(0, 4)) })

export const figureCard: IndicatorCard = {
  id: 'nursery.trees',
  title: t('苗木株数', 'trees'),
  definition: t('在圃苗木株数', 'trees standing in the nursery'),
  unit: '1',
  boundary: t('全部苗圃', 'all nurseries'),
  clause: 'A7',
  overlaps: [],
  custodian: '林业局',
  grade: 'public',
}
export const figureKey = (of: string): IndicatorKey => ({
  indicator: figureCard.id,
  place: PLACE,
  period: of,
  dims: '',
  basis: '',
})

const enrolInput = form({
  name: field.text({ title: t('姓名', 'name'), grade: 'personal', example: '某某' }),
  telephone: field.optional(field.text({ title: t('电话', 'telephone'), grade: 'personal', example: '000' })),
})
const enrol: Command<typeof enrolInput> = {
  name: 'enrolGrower',
  version: 1,
  title: t('登记苗农', 'enrol a grower'),
  input: enrolInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(_, __, c) => ({ series: [series('ZH', c.today)] })],
  decide: (state, i, c) => {
    const number = state.number(series('ZH', c.today))
    return {
      act: 'grower-enrolled',
      subjects: [`grower:${c.subject}`],
      rows: [
        insert(growerTable, {
          id: c.subject,
          number,
          name: i.name,
          telephone: i.telephone ?? null,
          visits: 0n,
          act: c.subject,
        }),
      ],
      notices: [{ text: t('请走访', 'please visit'), toRole: 'forester', place: PLACE, about: `grower:${c.subject}` }],
      timers: [timer(c.subject, instantOfMs(instantMs(c.recorded) + 86_400_000 * 30))],
      answer: { number },
    }
  },
}
const timer = (id: Uuid, due: ReturnType<typeof instantOfMs>) => ({
  subject: `grower:${id}`,
  clock: 'visit',
  due,
  command: 'visitGrower',
  input: { grower: id },
})

const visitInput = form({ grower })
const visit: Command<typeof visitInput> = {
  name: 'visitGrower',
  version: 1,
  title: t('走访', 'visit a grower'),
  input: visitInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: (i) => [`grower:${i.grower}`],
  reads: [(i) => ({ rows: [{ table: growerTable, key: { id: i.grower } }] })],
  decide: (state, i, c) => {
    const row = state.row(growerTable, { id: i.grower })
    if (!row) return [nurseryProblem('nursery.no-grower')]
    const visits = row.visits + 1n
    return {
      act: 'grower-visited',
      subjects: [`grower:${i.grower}`],
      rows: [put(growerTable, { ...row, visits })],
      timers:
        visits % 3n === 0n
          ? [{ subject: `grower:${i.grower}`, clock: 'visit' }]
          : [timer(i.grower, instantOfMs(instantMs(c.recorded) + 86_400_000 * 10))],
      answer: { visits: visits.toString() },
    }
  },
}

const forget: Command<typeof visitInput> = {
  name: 'forgetGrower',
  version: 1,
  title: t('删除个人信息', 'erase what is personal'),
  input: visitInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: (i) => [`grower:${i.grower}`],
  reads: [(i) => ({ rows: [{ table: growerTable, key: { id: i.grower } }] })],
  decide: (state, i) => {
    const row = state.row(growerTable, { id: i.grower })
    if (!row) return [nurseryProblem('nursery.no-grower')]
    return {
      act: 'grower-forgotten',
      subjects: [`grower:${i.grower}`],
      erases: [row.name, ...(row.telephone === null ? [] : [row.telephone])],
    }
  },
}

const figureInput = form({
  period,
  trees: field.amount({ title: t('株数', 'trees'), example: '5' }),
  fit: field.flag({ title: t('可作补偿参考', 'fit for compensation'), example: true }),
})
const publish: Command<typeof figureInput> = {
  name: 'publishFigure',
  version: 1,
  title: t('发布株数', 'publish the figure'),
  input: figureInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: (i) => [`figure:${i.period}`],
  reads: [(i) => ({ indicators: [figureKey(i.period)] })],
  decide: (_, i, c) => ({
    act: 'figure-published',
    subjects: [`figure:${i.period}`],
    cards: [figureCard],
    indicators: [
      {
        ...figureKey(i.period),
        value: i.trees.toString(),
        unit: '1',
        status: 'official',
        fit: i.fit ? ['compensation'] : [],
        unfit: [],
        recipe: { counted: i.trees.toString() },
        legalDate: c.legalDate,
      },
    ],
  }),
}

const grantInput = form({ grower, amountFen, period })
const grant: Command<typeof grantInput> = {
  name: 'grantMoney',
  version: 1,
  title: t('发放补助', 'grant money'),
  input: grantInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: (i) => [`grower:${i.grower}`],
  approval: () => [
    { role: 'reviewer', title: t('审核', 'review') },
    { role: 'director', title: t('签批', 'sign') },
  ],
  reads: [
    (i, _, c) => ({
      rows: [{ table: growerTable, key: { id: i.grower } }],
      series: [series('BT', c.legalDate)],
      accounts: [treasury, purse(i.grower)],
      indicators: [figureKey(i.period)],
    }),
  ],
  decide: (state, i, c) => {
    if (!state.row(growerTable, { id: i.grower })) return [nurseryProblem('nursery.no-grower')]
    const number = state.number(series('BT', c.legalDate))
    return {
      act: 'money-granted',
      subjects: [`grower:${i.grower}`],
      assets: [yuan],
      rows: [
        insert(grantTable, {
          id: c.subject,
          number,
          grower: i.grower,
          amount_fen: i.amountFen,
          status: 'made',
          details: { 依据: ['A7', { 期: i.period }] },
        }),
      ],
      postings: [{ debit: treasury, credit: purse(i.grower), amount: i.amountFen, why: t('补助', 'grant') }],
      cites: [{ of: figureKey(i.period), use: 'compensation' }],
      reasons: { 'posting:0': { period: i.period } },
      answer: { grant: c.subject, number },
    }
  },
  reverseReads: (_, original) => ({ rows: [{ table: grantTable, key: { id: grantOf(original.answer) } }] }),
  reverse: (state, _, __, original) => ({
    rows: [put(grantTable, { ...state.row(grantTable, { id: grantOf(original.answer) })!, status: 'taken back' })],
  }),
}
const grantOf = (answer: Json): Uuid => (answer as { readonly grant: Uuid }).grant

const payInput = form({ from: grower, to: grower, amountFen })
const pay: Command<typeof payInput> = {
  name: 'payOn',
  version: 1,
  title: t('转付', 'pay on'),
  input: payInput,
  place: () => PLACE,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(i) => ({ accounts: [purse(i.from), purse(i.to)], assets: ['CNY'] })],
  decide: (_, i) => ({
    act: 'paid-on',
    assets: [yuan],
    postings: [{ debit: purse(i.from), credit: purse(i.to), amount: i.amountFen }],
  }),
}

const bookInput = form({
  entries: field.longText({ title: t('分录', 'entries'), example: '[]' }),
  assets: field.optional(field.longText({ title: t('资产', 'assets'), example: '[]' })),
})
/** Entries as a text of JSON, and back. */
export const entriesText = (entries: readonly Entry[]): string =>
  JSON.stringify(entries, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))
const entriesOf = (text: string): readonly Entry[] =>
  JSON.parse(text, (_, v: unknown) =>
    typeof v === 'string' && /^-?\d+n$/.test(v) ? BigInt(v.slice(0, -1)) : v,
  ) as readonly Entry[]
const assetsOf = (text: string | undefined): readonly Asset[] => JSON.parse(text ?? '[]') as readonly Asset[]

const book: Command<typeof bookInput> = {
  name: 'book',
  version: 1,
  title: t('记账', 'book entries'),
  input: bookInput,
  place: () => undefined,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [
    (i) => {
      const entries = entriesOf(i.entries)
      return {
        accounts: entries
          .flatMap((e) => ('debit' in e ? [e.debit, e.credit] : []))
          .filter((ref): ref is AccountName => typeof ref !== 'string'),
        assets: assetsOf(i.assets).map((a) => a.code),
        pendings: entries.flatMap((e) => ('pending' in e ? [e.pending] : [])),
        reversals: entries.flatMap((e): readonly PostingId[] => (e.reverses === undefined ? [] : [e.reverses])),
      }
    },
  ],
  decide: (_, i) => ({ act: 'booked', assets: assetsOf(i.assets), postings: entriesOf(i.entries) }),
}

export const nurseryDomain: Domain = {
  name: 'nursery',
  title: t('苗圃', 'nursery'),
  commands: [enrol, visit, forget, publish, grant, pay, book] as unknown as readonly AnyCommand[],
  tables: [growerTable, grantTable],
}
