// The record as it is measured: a domain of two commands over any asset, asked for by sixteen clerks who hold a grant, on a database
// of its own. The permit is the one of a real house.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  identityMigrations,
  keepingPermit,
  permitOf,
  person,
  regionClosureTable,
  regionEdition,
  roleBook,
  roleGrant,
} from '../src/core/identity/index.ts'
import { indicatorMigrations } from '../src/core/indicators/index.ts'
import { ledgerMigrations, type AccountName, type Asset } from '../src/core/ledger/index.ts'
import {
  openRecorder,
  recordMigrations,
  registryOf,
  type AnyCommand,
  type Command,
  type Domain,
  type Outcome,
  type Recorder,
  type Submission,
} from '../src/core/record/index.ts'
import type { RuleBook } from '../src/core/rules/index.ts'
import {
  insertRows,
  migrate,
  openJournal,
  openPglite,
  openPostgresql,
  sql,
  type Store,
} from '../src/core/store/index.ts'
import { field, form, idMaker, uuidFrom, type Instant, type Uuid } from '../src/kernel/index.ts'

const yuan: Asset = {
  code: 'CNY',
  unit: '元',
  scale: 2,
  class: 'money',
  issuer: 'office',
  title: { zh: '人民币', en: 'yuan' },
  lots: false,
}
/** As many holders as a county has firms. */
export const HOLDERS = 256
const holding = (n: number): AccountName => ({ asset: 'CNY', owner: `holder ${n % HOLDERS}`, purpose: 'holding' })
const bank: AccountName = { asset: 'CNY', owner: 'office', purpose: 'clearing:bank' }

const number = (zh: string, en: string) => field.integer({ title: { zh, en }, min: 0, max: 1_000_000, example: 1 })
const payInput = form({ from: number('付', 'from'), to: number('收', 'to') })
const pay: Command<typeof payInput> = {
  name: 'pay',
  version: 1,
  title: { zh: '付款', en: 'pay' },
  input: payInput,
  place: () => '430100',
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(i) => ({ accounts: [holding(i.from), holding(i.to)] })],
  decide: (_, i) => ({
    act: 'paid',
    postings: [{ debit: holding(i.from), credit: holding(i.to), amount: 1n, why: { zh: '付款', en: 'payment' } }],
  }),
}

const spreadInput = form({ first: number('起', 'first'), count: number('笔数', 'postings') })
/** One act of many postings: a list of payments to households. */
const spread: Command<typeof spreadInput> = {
  name: 'spread',
  version: 1,
  title: { zh: '发放', en: 'spread' },
  input: spreadInput,
  place: () => '430100',
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [
    (i) => ({ assets: ['CNY'], accounts: [bank, ...Array.from({ length: i.count }, (_, n) => holding(i.first + n))] }),
  ],
  decide: (_, i) => ({
    act: 'spread',
    assets: [yuan],
    postings: Array.from({ length: i.count }, (_, n) => ({
      debit: bank,
      credit: holding(i.first + n),
      amount: 1_000n,
      why: { zh: '发放', en: 'paid out' },
    })),
  }),
}
const domain: Domain = {
  name: 'bench',
  title: { zh: '测量', en: 'measured' },
  commands: [pay, spread] as unknown as readonly AnyCommand[],
}

/** @param at a folder, or the address of a server */
export async function openMeasured(at: { readonly folder: string } | { readonly url: string }): Promise<Recorder> {
  const store = 'url' in at ? await openPostgresql(at) : await openPglite({ folder: join(at.folder, 'database') })
  await migrate(store, [...ledgerMigrations, ...indicatorMigrations, ...recordMigrations, ...identityMigrations])
  await admit(store)
  return openRecorder({
    store,
    registry: registryOf([domain]),
    permit: 'url' in at ? permitOf(roles) : keepingPermit(roles),
    rules: {} as RuleBook,
    now,
    random,
    zone: '+08:00',
    ...('url' in at ? {} : { journal: await openJournal(join(at.folder, 'journal')) }),
  })
}

const now = (): Instant => new Date().toISOString() as Instant
const random = (n: number): Uint8Array => Uint8Array.from(randomBytes(n))
const id = idMaker({ now, random })
/** As many as there are clients. */
const CLERKS: readonly Uuid[] = Array.from({ length: 16 }, (_, n) => uuidFrom('person', `clerk ${n}`))
let submitted = 0

const roles = roleBook([
  {
    id: 'clerk',
    title: { zh: '经办', en: 'clerk' },
    grade: 'internal',
    scope: 'place',
    opens: { zh: '', en: '' },
    commands: ['pay', 'spread'],
    queries: [],
    conflicts: [],
  },
])

/** The clerks with their grants, once. */
async function admit(store: Store): Promise<void> {
  const [there] = await store.query<{ n: number }>(sql`select count(*)::int as n from person`)
  if (there!.n > 0) return
  const edition = {
    edition: 1,
    file_hash: '',
    source: '',
    licence: '',
    state: '2026-01-01',
    regions: 1,
    in_force: true,
  }
  await store.query(insertRows(regionEdition, [edition]))
  await store.query(insertRows(regionClosureTable, [{ edition: 1, ancestor: '430000', descendant: '430100' }]))
  await store.query(
    insertRows(
      person,
      CLERKS.map((id, n) => ({
        id,
        login: `clerk-${n}`,
        name: '~',
        phone: null,
        organisation: null,
        place: '430100',
        disabled: false,
        erased: false,
      })),
    ),
  )
  await store.query(
    insertRows(
      roleGrant,
      CLERKS.map((id, n) => ({
        id: uuidFrom('grant', `clerk ${n}`),
        person: id,
        role: 'clerk',
        place: '430000',
        organisation: null,
        valid_from: '2026-01-01',
        valid_to: null,
        stand_in_for: null,
        revoked: null,
      })),
    ),
  )
}

export const submission = (command: string, input: Readonly<Record<string, number>>): Submission => ({
  id: id(),
  command,
  input,
  person: CLERKS[submitted++ % CLERKS.length]!,
  role: 'clerk',
})

export function done(outcome: Outcome): void {
  if (!outcome.ok) throw new Error(outcome.problems.map((p) => p.code).join(' '))
}
