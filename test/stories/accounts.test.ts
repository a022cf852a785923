// An account on the record, on both databases: registered with its figures, commented on, signed off to 初步 and 正式 by people who
// did not register it, superseded by a later version, published. Each rule of the ladder refuses whoever breaks it.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyProof } from '../../src/core/evidence/index.ts'
import { readWorkbook } from '../../src/core/exchange-formats/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { sql } from '../../src/core/store/index.ts'
import { openPackage, valueKey } from '../../src/domains/accounting/index.ts'
import { identityBeside } from '../../src/core/identity/index.ts'
import { checkRecord } from '../../src/core/record/index.ts'
import { problemText, type Json, type Problem, type Uuid } from '../../src/kernel/index.ts'
import { arranged } from '../../src/server/http/paging.fixture.ts'
import { openServer, publicPages, type House } from '../../src/server/index.ts'
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

const home = storyFolder('accounts')
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

describe.each(ENGINES)('accounts on %s', (engine) => {
  let office: Office
  let house: House
  let account: Uuid
  let hashes: readonly string[]

  const as = (who: Login, command: string, input: Json) => act(house, office.people[who], STAFF[who], command, input)
  const ask = async (who: Login, query: string, input: Json): Promise<readonly Record<string, Json>[]> => {
    const answer = await house.ask({ query, input, person: office.people[who], role: STAFF[who] })
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.code).join())
    return answer.rows as never
  }
  const register = async (who: Login, hash: string): Promise<Uuid> =>
    ((await as(who, 'registerAccount', { place: COUNTY, package: hash })).answer as { account: Uuid }).account
  const row = async (id: Uuid = account) => (await ask('jsy-001', 'accounts', { account: id, all: true }))[0]!
  const advance = (who: Login, to: string, id: Uuid = account) => as(who, 'advanceAccount', { account: id, to })

  beforeAll(async () => {
    const store = engine === 'pglite' ? undefined : await openTestStore(engine, [])
    if (store) served.push(store)
    mkdirSync(join(home, engine), { recursive: true })
    office = await foundOffice(join(home, engine, 'data'), store?.url)
    house = await openOffice(office)
    hashes = [(await house.files.put(first)).hash, (await house.files.put(second)).hash]
  })
  afterAll(() => house.close())

  test('a package is registered with every figure; what is no package of the place is refused', async () => {
    account = await register('jsy-001', hashes[0]!)
    const pack = openPackage(first, 'account.zip')
    expect(await row()).toMatchObject({
      number: `HS-${COUNTY}-${YEAR}-000001-`.concat(String((await row())['number']).slice(-1)),
      status: 'trial',
      version: '1',
      packageId: pack.id,
      figures: String(pack.account.figures.length),
      registeredBy: 'jsy-001',
      openComments: '0',
    })
    const total = pack.account.figures.find((f) => f.key === valueKey('constant', COUNTY))!
    const [value] = await ask('jsy-001', 'indicatorValues', { indicator: 'gep', period: String(YEAR) })
    expect(value).toMatchObject({ place: COUNTY, status: '试算 trial', unit: '元' })
    expect(await ask('db-001', 'documents', {}).catch((e: Error) => e.message)).toContain('identity.role-may-not')
    await expect(register('jsy-001', hashes[0]!)).rejects.toThrow('gep.same-package')
    await expect(as('jsy-001', 'registerAccount', { place: '430700', package: hashes[0]! })).rejects.toThrow(
      'gep.other-place',
    )
    await expect(register('jsy-001', '0'.repeat(64))).rejects.toThrow('gep.no-package')
    const text = (await house.files.put(new TextEncoder().encode('no package'))).hash
    await expect(register('jsy-001', text)).rejects.toThrow('gep.not-a-package')
    const found = await ask('shy-001', 'accountFigures', { account, find: total.code })
    expect(found).toMatchObject([{ key: total.key, unit: '元' }])
    expect(
      (await ask('shy-001', 'accountFigures', { account, service: 'R1', basis: 'constant' })).length,
    ).toBeGreaterThan(3)
    const why = await ask('shy-001', 'whyFigure', { account, figure: total.code })
    expect(why[0]).toMatchObject({ depth: '0', kind: 'figure', code: total.code })
  })

  test('the weakest figures say why they are weak, the heaviest first', async () => {
    const weak = await ask('shy-001', 'weakestFigures', { account })
    expect(weak.length).toBeGreaterThan(5)
    expect(weak.length).toBeLessThanOrEqual(20)
    const score = weak.map((w) => Number(w['share']) * Number(w['weakness']))
    expect(score).toEqual([...score].sort((a, b) => b - a))
    expect(weak.every((w) => w['whyZh'] !== '')).toBe(true)
  })

  test('an open comment keeps the account from being official; answered and resolved it does not', async () => {
    const [figure] = await ask('shy-001', 'accountFigures', { account, service: 'R2', basis: 'constant' })
    await expect(
      as('shy-001', 'commentFigure', { account, figure: 'K7M2-9T4X-3', text: '请说明依据' }),
    ).rejects.toThrow('comment.no-figure')
    const made = await as('shy-001', 'commentFigure', {
      account,
      figure: String(figure!['code']).toLowerCase(),
      text: '比上年增加三成，请说明依据',
    })
    const { comment } = made.answer as { comment: Uuid }
    expect((await ask('jsy-001', 'inbox', {})).map((n) => n['about'])).toContain(`gep-comment:${comment}`)
    const asked = await advance('jsy-001', 'preliminary')
    await as('shy-001', 'approve', { request: asked.act })
    await expect(advance('jsy-001', 'official')).rejects.toThrow('gep.open-comments')
    await as('jsy-002', 'answerComment', { comment, text: '采用第三次土壤普查实测值，见附表 3' })
    await expect(as('tby-001', 'resolveComment', { comment })).rejects.toThrow('comment.not-yours')
    expect(await ask('db-001', 'comments', { account, open: true })).toMatchObject([
      { status: 'answered', by: 'shy-001', answers: [{ by: 'jsy-002', text: '采用第三次土壤普查实测值，见附表 3' }] },
    ])
    await as('shy-001', 'resolveComment', { comment })
    await expect(as('shy-001', 'answerComment', { comment, text: '补充' })).rejects.toThrow('comment.resolved')
    expect(await ask('db-001', 'comments', { account, open: true })).toEqual([])
  })

  test('each step is approved by another person, and a return says why', async () => {
    await expect(advance('jsy-001', 'preliminary')).rejects.toThrow('gep.ladder')
    await expect(
      as('jsy-001', 'publishAccount', { account, titleZh: '县', titleEn: 'x', withMap: false }),
    ).rejects.toThrow('identity.role-may-not')
    await expect(
      as('tby-001', 'publishAccount', { account, titleZh: '县', titleEn: 'x', withMap: false }),
    ).rejects.toThrow('publish.not-official')
    const back = await advance('jsy-001', 'official')
    await as('sb-001', 'returnRequest', { request: back.act, reason: '请补充数据截止日期' })
    const again = await advance('jsy-002', 'official')
    await as('sb-001', 'approve', { request: again.act })
    expect(await row()).toMatchObject({ status: 'official', preliminaryBy: 'shy-001', officialBy: 'sb-001' })
    const values = await ask('jsy-001', 'indicatorValues', { indicator: 'gep', period: String(YEAR) })
    expect(values.map((v) => v['status'])).toContain('正式 official')
  })

  test('who registered it cannot approve it, nor one person both steps', async () => {
    // A reviewer who is a technician as well, and a provincial officer who is a reviewer as well.
    const grant = async (who: Login, role: string, place: string) => {
      const officer = (await house.store.query<{ id: Uuid }>(sql`select id from person where login = ${'aqy-001'}`))[0]!
        .id
      const input = { person: office.people[who], role, place, from: '2026-01-01' }
      await act(house, officer, 'security-officer', 'grantRole', input)
    }
    await grant('shy-002', 'technician', COUNTY)
    await grant('sb-001', 'reviewer', COUNTY)
    const made = await act(house, office.people['shy-002'], 'technician', 'registerAccount', {
      place: COUNTY,
      package: hashes[1]!,
    })
    const { account: later, version } = made.answer as { account: Uuid; version: number }
    expect(version).toBe(2)
    const values = await ask('jsy-001', 'indicatorValues', { indicator: 'gep', period: String(YEAR) })
    expect(values.at(-1)!['status']).toBe('正式 official')
    const asked = await advance('jsy-001', 'preliminary', later)
    await expect(as('shy-002', 'approve', { request: asked.act })).rejects.toThrow('gep.registrar-approves')
    await act(house, office.people['sb-001'], 'reviewer', 'approve', { request: asked.act })
    // An unconfirmed parameter nobody accepted by name: the package's own gate.
    await expect(advance('jsy-001', 'official', later)).rejects.toThrow('status.unaccepted-parameter')
    expect(await row(later)).toMatchObject({ status: 'preliminary', version: '2' })
    expect(await row()).not.toHaveProperty('supersededBy')
    const history = await ask('jsy-001', 'accountFigure', {
      account: later,
      figure: String(
        (await ask('jsy-001', 'accountFigures', { account: later, service: '*', basis: 'constant', class: '*' }))[0]![
          'code'
        ],
      ),
    })
    expect(history.map((h) => [h['version'], h['status'], h['this']])).toEqual([
      ['1', 'official', false],
      ['2', 'preliminary', true],
    ])
  })

  test('it is published once, with a map only under its review number, and withdrawn with a reason', async () => {
    const titles = { titleZh: '桃源县 2010 年生态产品总值', titleEn: 'GEP of Taoyuan, 2010' }
    await expect(as('tby-001', 'publishAccount', { account, ...titles, withMap: true })).rejects.toThrow(
      'publish.map-number',
    )
    const made = await as('tby-001', 'publishAccount', { account, ...titles, withMap: false })
    const { publication } = made.answer as { publication: Uuid }
    await expect(as('tby-001', 'publishAccount', { account, ...titles, withMap: false })).rejects.toThrow(
      'publish.already',
    )
    const everybody = await house.ask({ query: 'publications', input: {}, person: house.newId(), role: 'public' })
    expect(everybody.ok && everybody.rows).toMatchObject([{ id: publication, status: 'published' }])
    await as('tby-001', 'withdrawPublication', { publication, reason: '发现一处数据来源有误' })
    expect(await ask('db-001', 'publications', {})).toMatchObject([
      { status: 'withdrawn', reason: '发现一处数据来源有误' },
    ])
    const third = await as('tby-001', 'publishAccount', { account, ...titles, withMap: false })
    expect((third.answer as { publication: Uuid }).publication).not.toBe(publication)
  })

  test('accounts, publications, acts and histories are searched, ordered and cut by the database as their rows would be here', async () => {
    const asked = [
      ['accounts', { all: true }],
      ['publications', {}],
      ['acts', { limit: 1000 }],
      ['acts', { limit: 3 }],
      ['history', { subject: `gep-account:${account}`, limit: 1000 }],
    ] as const
    const wholes = new Map<unknown, readonly Record<string, Json>[]>()
    for (const one of asked) wholes.set(one, await ask('shy-001', one[0], one[1]))
    expect([...wholes.values()].map((rows) => rows.length > 1)).toEqual(asked.map(() => true))
    const word = fc.constantFrom(
      '',
      '桃源',
      'GEP',
      '%',
      '430725 official',
      '正式',
      '已公布',
      'withdrawn',
      'true',
      'T0',
      "'",
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...asked).chain((one) => {
          const columns = Object.keys(house.registry.getQuery(one[0]).row.fields)
          const sort = fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() })
          return fc.record({ one: fc.constant(one), search: word, sort: fc.option(sort, { nil: undefined }) })
        }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(6),
        async ({ one, search, sort }, limit, offset) => {
          const page = { search, ...(sort ? { sort } : {}), limit, offset }
          const question = { query: one[0], input: one[1], person: office.people['shy-001'], role: STAFF['shy-001'] }
          const expected = arranged(house.registry.getQuery(one[0]).row, wholes.get(one)!, page)
          expect(await house.askPage(question, page)).toEqual({
            ok: true,
            total: expected.length,
            rows: expected.slice(offset, offset + limit),
          })
        },
      ),
      { numRuns: 80 },
    )
  })

  test('the opinion says what was decided, what is weak, what was asked and answered, and works on paper', async () => {
    const [made] = await ask('shy-001', 'reviewOpinion', { account })
    const page = String(made!['html'])
    for (const words of [
      '评审意见',
      '转为初步',
      '转为正式',
      '已通过',
      '审核未通过',
      '请补充数据截止日期',
      '采用第三次土壤普查实测值',
      '@page{size:A4',
    ])
      expect(page).toContain(words)
    expect(page).not.toMatch(/<script|https?:\/\//)
    expect(await ask('shy-001', 'reviewOpinion', { account: house.newId() })).toEqual([])
  })

  test('the published page has no script, stays small, and its proof holds without the house', async () => {
    const pages = publicPages(house, { base: '/public', verify: '/verify' })
    const [published, withdrawn] = await ask('jsy-001', 'publications', {}).then((rows) => [
      rows.find((r) => r['status'] === 'published')!,
      rows.find((r) => r['status'] === 'withdrawn')!,
    ])
    const id = String(published!['id'])
    const page = (await pages.page(id))!
    expect(gzipSync(page).length).toBeLessThan(100_000)
    expect(page).not.toMatch(/<script|javascript:|\son[a-z]+=|<link|@import|src="http/i)
    for (const words of [
      '桃源县 2010 年生态产品总值',
      'GEP of Taoyuan, 2010',
      '正式',
      '考核口径',
      '不变价',
      '检查点',
      '/verify',
      `${id}.csv`,
    ])
      expect(page).toContain(words)
    // Every number of money has its code beside it.
    const total = openPackage(first, 'x').account.figures.find((f) => f.key === valueKey('constant', COUNTY))!
    expect(page).toContain(total.code)
    expect(await pages.page(String(withdrawn!['id']))).toContain('本次公布已撤回')
    expect(await pages.page(house.newId())).toBeUndefined()
    expect(await pages.page('../../etc/passwd')).toBeUndefined()
    expect(await pages.index()).toContain(`/public/${id}`)
    const proof = (await pages.proof(id))!
    const verdict = verifyProof(proof, { ...(await house.trust()), quorum: 0 })
    expect(verdict.holds).toBe(true)
    expect(JSON.parse(verdict.proved!.act)).toMatchObject({
      kind: 'account-published',
      answer: { package: hashes[0], packageId: openPackage(first, 'x').id },
    })
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode((await pages.csv(id))!)
    expect(csv.startsWith('\ufeff编码 code')).toBe(true)
    expect(csv).toContain(total.code)
    const { sheets } = readWorkbook((await pages.xlsx(id))!, 'x.xlsx')
    expect(sheets.map((x) => x.name)).toEqual(['公布的数'])
  })

  test('anybody reads it over HTTP, and nothing else is there', async () => {
    const server = await openServer(house, { engine: 'qingshan test', secure: false })
    try {
      const [p] = (await ask('jsy-001', 'publications', {})).filter((r) => r['status'] === 'published')
      const get = async (path: string) => server.app.inject({ method: 'GET', url: path })
      const page = await get(`/public/${String(p!['id'])}`)
      expect(page.statusCode).toBe(200)
      expect(page.headers['content-security-policy']).toContain("default-src 'none'")
      expect(page.body).toContain('检查点')
      expect((await get('/public/')).body).toContain(String(p!['id']))
      for (const ending of ['csv', 'xlsx', 'proof'])
        expect((await get(`/public/${String(p!['id'])}.${ending}`)).statusCode, ending).toBe(200)
      for (const wrong of [house.newId(), 'x', `${String(p!['id'])}.exe`, '..%2Fhouse.json'])
        expect((await get(`/public/${wrong}`)).statusCode, wrong).toBe(404)
    } finally {
      await server.close()
    }
  })

  test('text from outside is text on the page, whatever it holds', async () => {
    const titles = { titleZh: '<script>alert(1)</script>', titleEn: '"><img onerror=x>', note: "</style><b>'" }
    const [standing] = (await ask('jsy-001', 'publications', {})).filter((r) => r['status'] === 'published')
    await as('tby-001', 'withdrawPublication', { publication: standing!['id']!, reason: '标题需要更正后重新公布' })
    const made = await as('tby-001', 'publishAccount', { account, ...titles, withMap: false })
    const { publication } = made.answer as { publication: Uuid }
    const page = (await publicPages(house, { base: '/public', verify: '/verify' }).page(publication))!
    expect(page).not.toMatch(/<script|<img|<b>'/)
    expect(page).toContain('&lt;script&gt;')
  })

  test('the record and its tables agree after all of this', async () => {
    const found: string[] = []
    const tell = (p: Problem): void => void found.push(problemText(p, 'en'))
    await checkRecord(house.store, house.registry, { tell, beside: identityBeside })
    expect(found).toEqual([])
  })

  test('an act of an account tells what it did in words of an office', async () => {
    const [registered] = await ask('jsy-001', 'history', { subject: `gep-account:${account}` })
    const told = async (id: Json) =>
      ((await ask('jsy-001', 'whyAct', { act: id! }))[0]!['outcome'] as readonly string[]).join('\n')
    const effects = await told(registered!['id']!)
    expect(effects).toContain('登记生态产品总值核算：核算号＝HS-430725-')
    expect(effects).toMatch(/状态＝试算（trial）.*登记人＝/)
    expect(effects).toMatch(/登记核算的数 \d+ 条\n登记证据弱的数 \d+ 条/)
    expect(effects).not.toMatch(/gep_|[a-z]+_[a-z]+＝/)
    const published = await ask('tby-001', 'acts', { kind: 'account-published' })
    expect(await told(published[0]!['id']!)).toMatch(
      /^登记公布：标题＝.*带地图＝否（false），状态＝已公布（published）/,
    )
    expect(await ask('jsy-001', 'whyAct', { act: house.newId() })).toEqual([])
  })

  test('a proposed parameter states what it would do to the registered account, and keeps the paper that justifies it', async () => {
    const paper = await house.files.put(new TextEncoder().encode('水库淤积测量报告'))
    const asked = await as('jsy-001', 'proposeOverride', {
      place: COUNTY,
      parameter: 'gep.r2.silting-share',
      yearFrom: YEAR,
      value: { value: '0.30', unit: '1' },
      mark: 'confirmed',
      reason: '水库淤积实测资料推算',
      source: '水利局 2010 年水库淤积测量报告',
      document: paper.hash,
    })
    const [stored] = await house.store.query<{
      preview: { answer: { effect: { text: { zh: string }; figures: Row[] } } }
    }>(sql`select preview from request where id = ${asked.act}`)
    const { effect } = stored!.preview.answer
    expect(effect.text.zh).toMatch(/重算2010 年核算.*GEP 考核口径（不变价） [\d.]+ 元 → [\d.]+ 元，\+/)
    expect(effect.figures.map((f) => f.title.zh).join()).toContain('土壤保持')
    expect(effect.figures.every((f) => f.percent.startsWith('+'))).toBe(true)
    await as('shy-001', 'approve', { request: asked.act })
    expect(await ask('jsy-002', 'overridesInForce', { parameter: 'gep.r2.silting-share' })).toMatchObject([
      { id: asked.act, document: paper.hash },
    ])
    expect(await ask('jsy-002', 'documents', { hash: paper.hash })).toMatchObject([
      { about: `override:${asked.act}`, name: expect.stringMatching(/^CS-430725-\d+-000001-.\.text$/) as string },
    ])
  })
})

interface Row {
  readonly title: { readonly zh: string }
  readonly percent: string
}
