// What the first screens of roles are told, out of an office with real accounts on both engines: what a county is reminded of, two
// accounts of a term of office with causes and changes.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { openPackage } from '../../src/domains/accounting/index.ts'
import { dec, type Json, type Uuid } from '../../src/kernel/index.ts'
import type { House } from '../../src/server/index.ts'
import {
  act,
  COUNTY,
  foundOffice,
  openOffice,
  smallFolder,
  smallPackage,
  STAFF,
  YEAR,
  type Login,
  type Office,
} from '../office.fixture.ts'
import { storyFolder } from './folders.ts'

const home = storyFolder('first-screens')
const first = smallPackage(smallFolder(join(home, 'first')))
const second = smallPackage(
  smallFolder(join(home, 'second'), {
    overrides: [
      {
        parameter: 'gep.r2.bulk-density',
        key: 'ganzi-2010',
        value: '1.27',
        unit: 't/m3',
        reason: '本县实测',
        approver: '测试',
        mark: 'unconfirmed',
      },
    ],
  }),
)
const served: TestStore[] = []
afterAll(async () => {
  for (const s of served) await s.close()
})

type Row = Readonly<Record<string, Json>>

describe.each(ENGINES)('first screens on %s', (engine) => {
  let office: Office
  let house: House
  let opening: Uuid
  let closing: Uuid

  const as = (who: Login, command: string, input: Json) => act(house, office.people[who], STAFF[who], command, input)
  const ask = async (who: Login, query: string, input: Json): Promise<readonly Row[]> => {
    const answer = await house.ask({ query, input, person: office.people[who], role: STAFF[who] })
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.code).join())
    return answer.rows as never
  }
  const register = async (bytes: Uint8Array): Promise<Uuid> => {
    const { hash } = await house.files.put(bytes)
    const receipt = await as('jsy-001', 'registerAccount', { place: COUNTY, package: hash })
    return (receipt.answer as { account: Uuid }).account
  }
  const owed = async (year = YEAR): Promise<readonly Row[]> => ask('sb-001', 'accountReminder', { place: COUNTY, year })

  beforeAll(async () => {
    const folder = join(home, engine)
    mkdirSync(folder)
    let url: string | undefined
    if (engine === 'postgresql') {
      const store = await openTestStore(engine, [])
      await store.empty()
      served.push(store)
      url = store.url
    }
    office = await foundOffice(join(folder, 'data'), url)
    house = await openOffice(office)
    opening = await register(first)
  })
  afterAll(() => house.close())

  test('a county without an account is reminded of that alone, and by nobody else', async () => {
    expect(await owed(1999)).toMatchObject([{ kind: 'no-account', owedBy: 'county' }])
    await expect(ask('tby-001', 'accountReminder', { place: COUNTY, year: YEAR })).rejects.toThrow('role-may-not')
  })

  test('what the county owes is what its package lacks and leaves without a reason, and what was asked; not what others sit on', async () => {
    const { account } = openPackage(first, 'first.zip')
    const of = async (kind: string) => (await owed()).filter((r) => r['kind'] === kind)
    const lacking = new Set(account.lines.filter((l) => l.state === 'missing' && !l.memo).map((l) => l.service))
    const said = (await of('missing')).map((r) => String(r['zh']).split(' ')[0])
    expect(new Set(said)).toEqual(lacking)
    expect((await of('finding')).length).toBe(account.findings.filter((f) => !f.explained).length)
    expect((await of('not-submitted')).length).toBe(1)

    const figure = account.figures[0]!
    await as('shy-001', 'commentFigure', { account: opening, figure: figure.code, text: '请说明依据' })
    expect(await of('comment')).toMatchObject([{ code: figure.code, owedBy: 'county' }])

    const { answer } = await as('jsy-001', 'advanceAccount', { account: opening, to: 'preliminary' })
    const { request } = answer as { readonly request: Uuid }
    expect([await of('not-submitted'), await of('waits')]).toMatchObject([[], [{ owedBy: 'office' }]])
    await as('shy-001', 'returnRequest', { request, reason: '降雨资料不全，请补' })
    expect(String((await of('returned'))[0]!['zh'])).toContain('降雨资料不全')
  })

  test('every figure of the place stands at opening and closing with its change, as a plain subtraction gives it', async () => {
    closing = await register(second)
    const rows = await ask('shy-001', 'termFigures', { account: closing, against: opening })
    const figures = (bytes: Uint8Array) =>
      new Map(
        openPackage(bytes, 'account.zip')
          .account.figures.filter((f) => f.region === COUNTY)
          .map((f) => [f.key, f]),
      )
    const [a, b] = [figures(first), figures(second)]
    expect(rows.map((r) => r['key']).sort()).toEqual([...new Set([...a.keys(), ...b.keys()])].sort())
    for (const r of rows) {
      const [old, now] = [a.get(String(r['key'])), b.get(String(r['key']))]
      if (!old || !now) continue
      const change = now.quantity.value.minus(old.quantity.value)
      expect(dec(String(r['change'])).minus(change).abs().lessThan(dec('0.0000011')), String(r['key'])).toBe(true)
      if (old.quantity.value.isZero()) expect(r['percent']).toBeUndefined()
    }
    expect(rows.some((r) => r['change'] !== '0')).toBe(true)
  })

  test('the causes name the changed parameter with its effect and who approved it, and what the total did', async () => {
    const rows = await ask('shy-001', 'termCauses', { account: closing, against: opening })
    const [changed] = rows.filter((r) => r['kind'] === 'override')
    const { override } = openPackage(second, 'second.zip').account.parameters.find((p) => p.override)!
    expect(changed).toMatchObject({ effect: override!.effect })
    expect(String(changed!['noteZh'])).toContain('测试')
    const totals = await ask('shy-001', 'accounts', { place: COUNTY, all: true })
    const gep = (id: Uuid) => totals.find((r) => r['id'] === id)!['gepConstant']
    expect(rows.find((r) => r['kind'] === 'total')).toMatchObject({ opening: gep(opening), closing: gep(closing) })
    expect(await ask('shy-001', 'termCauses', { account: opening, against: opening })).toMatchObject([
      { kind: 'total' },
      { kind: 'total' },
    ])
  })

  test('the changes are the acts of the place between two days, each with who and on what; other places are not told', async () => {
    const rows = await ask('shy-001', 'termChanges', { place: COUNTY })
    expect(rows.map((r) => r['command'])).toEqual([
      'registerAccount',
      'commentFigure',
      'advanceAccount',
      'returnRequest',
      'registerAccount',
    ])
    expect(rows[0]).toMatchObject({ person: office.people['jsy-001'], role: 'technician' })
    expect(String(rows[0]!['what'])).toMatch(/^HS-/)
    expect(await ask('shy-001', 'termChanges', { place: COUNTY, to: '2020-12-31' })).toEqual([])
    expect(await ask('shy-001', 'termChanges', { place: '520381' })).toEqual([])
  })

  test('a deputy asks about a figure; it waits for clerk and reviewer until one of them answers, and no deputy answers it', async () => {
    const [figure] = openPackage(first, 'first.zip').account.figures
    const { answer } = await as('db-001', 'commentFigure', {
      account: opening,
      figure: figure!.code,
      text: '为什么比邻县高？',
    })
    const { comment } = answer as { readonly comment: Uuid }
    const waits = async (who: Login) =>
      (await ask(who, 'inbox', {})).filter((r) => r['about'] === `gep-comment:${comment}`).map((r) => r['zh'])
    const said = [await waits('tby-001'), await waits('shy-001'), await waits('jsy-001')].flat()
    expect(said.map((zh) => String(zh).startsWith('人大代表问：'))).toEqual([true, true, true])

    const other = await as('tby-001', 'commentFigure', { account: opening, figure: figure!.code, text: '已核对' })
    const own = (other.answer as { readonly comment: Uuid }).comment
    await expect(as('db-001', 'answerComment', { comment: own, text: '同意' })).rejects.toThrow(
      'comment.office-answers',
    )

    await as('tby-001', 'answerComment', { comment, text: '因为今年水面增加。' })
    expect([await waits('tby-001'), await waits('shy-001')]).toEqual([[], []])
    expect(await waits('db-001')).toHaveLength(1)
    const [row] = (await ask('db-001', 'comments', { account: opening })).filter((r) => r['id'] === comment)
    expect(row).toMatchObject({ role: 'deputy', status: 'answered', answers: [{ role: 'county-clerk' }] })
    await as('db-001', 'resolveComment', { comment })
  })

  test('what departments owe is the files of the last list by who keeps their arguments; a file handed over again leaves the first', async () => {
    const owes = (year: number): Promise<readonly Row[]> => ask('tby-001', 'owedTables', { place: COUNTY, year })
    const rows = await owes(YEAR + 1)
    const { list } = smallFolder(join(home, `${engine}-list`))
    expect(new Set(rows.map((r) => r['sheet']))).toEqual(new Set(list.arguments.map((b) => b.file)))
    expect(new Set(rows.map((r) => r['state']))).toEqual(new Set(['missing']))
    expect(await owes(1990)).toEqual([])

    const { department, sheet } = rows[0]! as { readonly department: string; readonly sheet: string }
    const give = async (content: string) => {
      const { hash } = await house.files.put(new TextEncoder().encode(content))
      const input = {
        place: COUNTY,
        year: YEAR + 1,
        department,
        sheet,
        file: hash,
        name: '数据.csv',
        rows: 1,
        receiver: '县发改局',
      }
      return (await as('tby-001', 'handOverInput', input)).answer as {
        readonly handOver: Uuid
        readonly number: string
      }
    }
    const one = await give('甲,1')
    await expect(give('甲,1')).rejects.toThrow('hand-over.same')
    const two = await give('甲,2')
    const told = await ask('shy-001', 'handOvers', { handOver: one.handOver })
    expect(told.map((r) => [r['id'], r['version'], r['status']])).toEqual([
      [one.handOver, 1, 'replaced'],
      [two.handOver, 2, 'standing'],
    ])
    expect((await owes(YEAR + 1)).find((r) => r['sheet'] === sheet && r['department'] === department)).toMatchObject({
      state: 'handed-in',
      number: two.number,
    })
    await expect(as('db-001', 'handOverInput', {})).rejects.toThrow()
  })
})
