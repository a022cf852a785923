// A house with something for every part of an audit copy: permits traded and approved on paper, a scan, a person, a figure, a
// field above most auditors' grade, grants; and its log, published.

import { createHash } from 'node:crypto'
import { identityMigrations } from '../../core/identity/index.ts'
import { logKeys, logSigner, memoryFolder, ORIGIN } from '../../core/evidence/evidence.fixture.ts'
import { publishLog, verifierOf } from '../../core/evidence/index.ts'
import { filesMigrations } from '../../core/files/index.ts'
import { readHead, type AnyCommand, type Command, type Domain } from '../../core/record/index.ts'
import { villageDomain, villagerMigrations } from '../../core/record/check/check.fixture.ts'
import { sql, type Engine, type Migration } from '../../core/store/index.ts'
import { civilDate, field, form, type Json, type Uuid } from '../../kernel/index.ts'
import {
  CLERK,
  done,
  FIRM_1,
  FIRM_2,
  issue,
  openTestHouse,
  PERMIT,
  TRADER,
  type TestHouse,
} from '../../../test/record-house.fixture.ts'
import type { AuditAsk, AuditHouse } from './index.ts'

const noteInput = form({
  place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' }),
  finding: field.text({ title: { zh: '核查意见', en: 'finding' }, grade: 'restricted', example: '超标' }),
})
const noteFinding: Command<typeof noteInput> = {
  name: 'noteFinding',
  version: 1,
  title: { zh: '登记核查意见', en: 'note a finding' },
  input: noteInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  decide: () => ({ act: 'finding-noted' }),
}
const inspection: Domain = {
  name: 'inspection',
  title: { zh: '示范', en: 'test' },
  commands: [noteFinding] as unknown as readonly AnyCommand[],
}

const migrations: readonly Migration[] = [...villagerMigrations, ...identityMigrations, ...filesMigrations]

export const SECRET_FINDING = '疑似偷排，待查'
export const VILLAGER = '示范户甲'
export const SCAN_BYTES = Buffer.from('%PDF-1.7 scan of the signed sheet')
export const SCAN_HASH = createHash('sha256').update(SCAN_BYTES).digest('hex')
/** A text that a careless table would run. */
export const FORMULA = '=HYPERLINK("http://x")<b>&'

export const openAuditHouse = (engine: Engine): Promise<TestHouse> =>
  openTestHouse(engine, { domains: [villageDomain, inspection], migrations })

export async function history(house: TestHouse, trades = 12): Promise<void> {
  const submit = async (command: string, input: unknown, person = TRADER, role = 'exchange-operator'): Promise<Json> =>
    done(await house.recorder.submit({ id: house.id(), command, input, person, role })).answer
  await issue(house)
  const trade = { seller: FIRM_1, buyer: FIRM_2, pollutant: 'COD', place: '430100', on: '2026-03-02' }
  for (let i = 0; i < trades; i++)
    await submit('transferPermit', { ...trade, amountKg: String(10 + i), contract: i === 0 ? FORMULA : `示范 ${i}` })
  const asked = (await submit('issuePermit', { ...PERMIT, amountKg: '5' }, CLERK, 'department-contact')) as {
    readonly request: string
    readonly sheet: string
  }
  const paper = { request: asked.request, sheet: asked.sheet, signer: '王某某（局长）', signedOn: '2026-03-02' }
  await submit('approveOnPaper', { ...paper, scan: SCAN_HASH }, CLERK, 'department-contact')
  await submit('addVillager', { name: VILLAGER, place: '430100' })
  await submit('publishValue', { place: '430100', value: '12.50' })
  await submit('noteFinding', { place: '430100', finding: SECRET_FINDING })
  await submit('addVillager', { name: '外县农户', place: '520100' })
  await grants(house)
}

/** Rows as the acts of `core/identity` leave them; that room's own tests make them through its commands. */
async function grants(house: TestHouse): Promise<void> {
  const [name] = await house.store.query<{ c: string }>(
    sql`select commitment as c from personal_value where value = ${VILLAGER}`,
  )
  const put = (id: Uuid, login: string) =>
    house.store.query(
      sql`insert into person (id, login, name, place, disabled, erased)
          values (${id}, ${login}, ${name!.c}, '430100', false, false)`,
    )
  await put(CLERK, 'sthj-001')
  await put(TRADER, 'jys-007')
  const grant = (id: string, person: Uuid, role: string, from: string, to: string | null) =>
    house.store.query(
      sql`insert into role_grant (id, person, role, place, valid_from, valid_to)
          values (${id}::uuid, ${person}, ${role}, '430100', ${from}::date, ${to}::date)`,
    )
  await grant('0190a5b4-0000-7000-8000-000000000a01', CLERK, 'department-contact', '2026-01-01', null)
  await grant('0190a5b4-0000-7000-8000-000000000a02', TRADER, 'exchange-operator', '2025-01-01', '2025-12-31')
}

/** The house's log as published now, and what an audit copy is made from. */
export async function auditHouse(house: TestHouse, script = '/* verifier */'): Promise<AuditHouse> {
  const folder = memoryFolder()
  const { frontier } = await readHead(house.store)
  const checkpoint = await publishLog(folder, {
    origin: ORIGIN,
    frontier,
    async *entries(from, to) {
      const rows = await house.store.query<{ entry: Uint8Array }>(
        sql`select entry from log_leaf where leaf_index >= ${from} and leaf_index < ${to} order by leaf_index`,
      )
      yield* rows.map((r) => r.entry)
    },
    signers: [logSigner],
    trust: { logs: [verifierOf(logKeys.verifierKey)], witnesses: [] },
    atSeconds: 1_790_000_000,
  })
  return {
    store: house.store,
    registry: house.recorder.registry,
    log: { read: folder.read, checkpoint },
    verifier: { script, keys: { logs: [logKeys.verifierKey], witnesses: [], quorum: 0 } },
    files: {
      async *read(hash) {
        if (hash === SCAN_HASH) yield await Promise.resolve(SCAN_BYTES)
      },
    },
  }
}

export const ASK: AuditAsk = {
  region: '430100',
  from: civilDate('2026-01-01'),
  to: civilDate('2026-12-31'),
  grade: 'restricted',
  seed: '审计组 2026-11-22',
  now: '2026-11-22T01:00:00.000Z' as AuditAsk['now'],
  zone: '+08:00',
}
