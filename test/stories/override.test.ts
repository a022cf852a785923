// First light of the office: one change of one parameter is proposed, approved by a second person, posted and logged, proved by
// itself, and seen in the recomputed figure. On both databases, with the program killed (kill -9) in the middle, twice.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyProof } from '../../src/core/evidence/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import {
  explainer,
  openPackage,
  overridesText,
  readOverrides,
  valueKey,
  verifyPackage,
  withApproved,
  writePackage,
  type Account,
  type PassportNode,
} from '../../src/domains/accounting/index.ts'
import { dec, idMaker, instantOfMs, type Json, type Uuid } from '../../src/kernel/index.ts'
import { actProof, approvedOverrides, type House } from '../../src/server/index.ts'
import {
  act,
  COUNTY,
  foundOffice,
  openOffice,
  smallFolder,
  smallPackage,
  YEAR,
  type Login,
  type Office,
} from '../office.fixture.ts'
import { codes } from '../record-house.fixture.ts'
import { startOffice, type OfficeProcess } from './crash-process.ts'
import { accountOf, rules, storyFolder } from './folders.ts'

const home = storyFolder('override')
const PARAMETER = 'gep.r2.bulk-density'
const KEY = 'ganzi-2010'
const CHANGE = {
  place: COUNTY,
  parameter: PARAMETER,
  key: KEY,
  yearFrom: YEAR,
  value: { value: '1.27', unit: 't/m3' },
  mark: 'confirmed',
  reason: '本县 48 个剖面实测平均容重高于通用值',
  source: '第三次土壤普查成果报告，第 41 页',
} as const

const given = smallFolder(home)
const before = accountOf(given)
const served: TestStore[] = []
afterAll(async () => {
  for (const s of served) await s.close()
})

/** A figure in 元. */
const yuan = (a: Account, key: string) => dec(a.figures.find((f) => f.key === key)!.quantity.value)
const nodes = (n: PassportNode): readonly PassportNode[] => [n, ...n.children.flatMap(nodes)]

describe.each(ENGINES)('a parameter is changed by two people on %s', (engine) => {
  let office: Office
  let running: OfficeProcess | undefined
  let house: House
  let request: Uuid
  const newId = idMaker({
    now: () => instantOfMs(Date.now()),
    random: (n) => crypto.getRandomValues(new Uint8Array(n)),
  })

  const start = async (): Promise<void> => {
    const made = await startOffice(office.folder, office.url ?? 'embedded', undefined, 'crash-house')
    if (!('submit' in made)) throw new Error(`did not start: ${made.join(' ')}`)
    running = made
  }
  const submit = (who: Login, role: string, command: string, input: Json, id = newId()) =>
    running!.submit({ id, command, input, person: office.people[who], role })

  beforeAll(async () => {
    const store = engine === 'pglite' ? undefined : await openTestStore(engine, [])
    if (store) served.push(store)
    mkdirSync(join(home, engine), { recursive: true })
    office = await foundOffice(join(home, engine, 'data'), store?.url)
    await start()
  })
  afterAll(async () => {
    await running?.stop()
    await house.close()
  })
  /** From the program to the house in this one. */
  const comeHome = async (): Promise<void> => {
    await running?.stop()
    running = undefined
    house = await openOffice(office)
  }
  const asked = () => ({ person: office.people['jsy-001'], role: 'technician', place: COUNTY, year: YEAR })

  test('what is wrong with a proposal is told before anybody has to approve it', async () => {
    const wrong = async (more: object, who: Login = 'jsy-001', role = 'technician') => {
      const outcome = await submit(who, role, 'proposeOverride', { ...CHANGE, ...more } as Json)
      return codes(outcome!)
    }
    expect(await wrong({ parameter: 'gep.r2.bulk-densty' })).toEqual(['override.no-parameter'])
    expect(await wrong({ key: 'hunan' })).toEqual(['override.no-key'])
    expect(await wrong({ value: { value: '1.27', unit: 'km2' } })).toEqual(['override.unit'])
    expect(await wrong({ reason: '实测' })).toEqual(['office.reason'])
    expect(await wrong({ yearTo: YEAR - 1 })).toEqual(['override.years'])
    expect(await wrong({ document: '0'.repeat(64) })).toEqual(['override.no-source'])
    expect(await wrong({ place: '520381' })).toEqual(['identity.place-not-covered'])
    expect(await wrong({}, 'shy-001', 'reviewer')).toEqual(['identity.role-may-not'])
  })

  test('it is asked for, the program is killed, and the question is still there and was asked once', async () => {
    request = newId()
    const asked = await submit('jsy-001', 'technician', 'proposeOverride', CHANGE, request)
    expect(asked).toMatchObject({ ok: true, receipt: { kind: 'approval-requested', answer: { waitsFor: 'reviewer' } } })
    await running!.kill()
    await start()
    const again = await submit('jsy-001', 'technician', 'proposeOverride', CHANGE, request)
    expect(again).toMatchObject({ ok: true, receipt: { act: request, replayed: true } })
    expect(codes((await submit('jsy-001', 'technician', 'approve', { request }))!)).not.toEqual([])
  })

  test('a second person approves it while the program is killed, and it is in force once', async () => {
    const approval = newId()
    const answered = submit('shy-001', 'reviewer', 'approve', { request }, approval)
    await new Promise((r) => setTimeout(r, Number(request.charCodeAt(30)) % 40))
    await running!.kill()
    await answered
    await start()
    const done = await submit('shy-001', 'reviewer', 'approve', { request }, approval)
    expect(done).toMatchObject({ ok: true, receipt: { act: approval, kind: 'parameter-overridden' } })
    expect(codes((await submit('jsy-002', 'technician', 'proposeOverride', CHANGE))!)).toEqual(['override.same'])
    await comeHome()
    const rows = async (person: Uuid, role: string, input: Json) => {
      const answer = await house.ask({ query: 'overridesInForce', input, person, role })
      return answer.ok ? answer.rows : answer.problems.map((p) => p.code)
    }
    expect(await rows(office.people['db-001'], 'deputy', {})).toMatchObject([
      {
        parameter: PARAMETER,
        value: '1.27',
        act: approval,
        proposedBy: 'jsy-001',
        approvedBy: 'shy-001',
        version: '1',
      },
    ])
    expect(await rows(office.people['sb-001'], 'provincial-office', { place: COUNTY, year: YEAR - 1 })).toEqual([])
  })

  test('the act proves itself, and the recomputed figure says who changed what', async () => {
    const approved = await approvedOverrides(house, asked())
    const trust = { ...(await house.trust()), quorum: 0 }
    const { act: put } = approved[0]!
    const verdict = verifyProof((await actProof(house, put!.id as Uuid)).proof, trust)
    expect(verdict.holds).toBe(true)
    expect(verifyProof(put!.proof, trust).holds).toBe(true)

    const exported = readOverrides(overridesText(approved), 'x.json')
    const list = withApproved(given.list, exported)
    const after = accountOf({ ...given, list })
    const key = valueKey('constant', COUNTY, '*', 'R2')
    expect(yuan(after, key).eq(yuan(before, key))).toBe(false)
    // Silt falls as 1 over the density; what else soil retention is worth does not depend on it.
    const silt = (a: Account) =>
      a.figures.filter((f) => f.key.startsWith(`value|constant|${COUNTY}|`) && f.key.endsWith('|R2|sediment'))
    const ratio = dec(silt(after)[0]!.quantity.value).div(silt(before)[0]!.quantity.value)
    expect(ratio.minus(dec('0.93').div('1.27')).abs().lt('0.000001')).toBe(true)

    const inputs = new Map(openPackage(smallPackage(given), 'x').files)
    const pack = writePackage({
      account: after,
      list,
      rules: rules.files,
      report: new Map(),
      inputs: new Map([...inputs].flatMap(([n, b]) => (/^inputs\/.*xlsx$/.test(n) ? [[n.slice(7), b] as const] : []))),
    })
    const opened = openPackage(pack.bytes, 'account.zip')
    expect((await verifyPackage(opened)).problems).toEqual([])
    const why = explainer(opened.account, rules.book, list.overrides).byKey(silt(after)[0]!.key)!
    const note = nodes(why.root).find((n) => n.kind === 'parameter' && n.note?.zh.includes('参数改动'))!.note!
    expect(note.zh).toContain(`行为 ${put!.id}`)
    expect(note.zh).toContain('批准人 审核专家 shy-001')
    expect(note.zh).toContain(`日志第 ${put!.leaf} 条`)
    expect(why.recomputed).toBe(true)
  })

  test('a value changed by hand after the approval stops the run', async () => {
    const [one] = await approvedOverrides(house, asked())
    const run = (o: typeof one) => {
      try {
        accountOf({ ...given, list: withApproved(given.list, [o!]) })
        return 'run'
      } catch (e) {
        return (e as Error).message
      }
    }
    expect(run(one)).toBe('run')
    expect(run({ ...one!, value: '1.30' })).toContain('list.override-not-proved')
    const proof = one!.act!.proof.replace('1.27', '1.30')
    expect(run({ ...one!, value: '1.30', act: { ...one!.act!, proof } })).toContain('list.override-not-proved')
    expect(run({ ...one!, act: { ...one!.act!, leaf: one!.act!.leaf + 1 } })).toContain('list.override-not-proved')
    expect(run({ ...one!, act: { ...one!.act!, proof: '{' } })).toContain('list.override-not-proved')
  })

  test('it is withdrawn by two people again, and every version stays', async () => {
    const both = async (command: string, input: Json): Promise<Uuid> => {
      const { act: request } = await act(house, office.people['jsy-001'], 'technician', command, input)
      await act(house, office.people['shy-002'], 'reviewer', 'approve', { request })
      return request
    }
    const later = await both('proposeOverride', {
      ...CHANGE,
      yearFrom: YEAR + 1,
      value: { value: '1.3', unit: 't/m3' },
    })
    const inside = { ...CHANGE, yearFrom: YEAR + 3, yearTo: YEAR + 4 }
    await expect(act(house, office.people['jsy-001'], 'technician', 'proposeOverride', inside)).rejects.toThrow(
      'override.inside',
    )
    await both('withdrawOverride', { override: later, reason: '复测后发现取样深度不一致' })
    const ask = async (input: Json) => {
      const answer = await house.ask({
        query: 'overridesInForce',
        input,
        person: office.people['jsy-001'],
        role: 'technician',
      })
      return answer.ok ? answer.rows.map((r) => [r['value'], r['status'], r['yearTo'] ?? null]) : []
    }
    expect(await ask({})).toEqual([['1.27', 'in-force', YEAR]])
    expect(await ask({ ended: true })).toEqual([
      ['1.27', 'in-force', YEAR],
      ['1.3', 'withdrawn', null],
    ])
    const found = await house.ask({
      query: 'parameters',
      input: { find: '容重' },
      person: office.people['jsy-001'],
      role: 'technician',
    })
    expect(found.ok && found.rows.find((r) => r['key'] === KEY)).toMatchObject({
      id: PARAMETER,
      value: '0.93',
      mark: 'back-solved',
    })
  })
})
