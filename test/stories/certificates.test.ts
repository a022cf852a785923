// Certificates on both databases: issued by two people with a number and a code, replaced, revoked, corrected; a stranger reads
// on one page without script whether the paper is in force, and checks the proof without the house.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyProof } from '../../src/core/evidence/index.ts'
import { checkRecord, isNumber } from '../../src/core/record/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { parsePassportCode, ProblemError, type Json, type Problem, type Uuid } from '../../src/kernel/index.ts'
import { BESIDE, checkPages, openServer, personByLogin, printCertificate, type House } from '../../src/server/index.ts'
import { act, COUNTY, foundOffice, openOffice, type Office } from '../office.fixture.ts'
import { storyFolder } from './folders.ts'

const home = storyFolder('certificates')
const served: TestStore[] = []
afterAll(async () => {
  for (const s of served) await s.close()
})

const CERTIFICATE = {
  kind: 'certificate',
  place: COUNTY,
  titleZh: '林权流转证书',
  titleEn: 'Certificate of forest lease',
  holderName: '张青山',
  issuer: '桃源县林业局',
  basis: '桃林〔2026〕12 号',
  lines: [
    { label: '面积', value: '12.5 亩' },
    { label: '坐落', value: '青山村三组 <script>alert(1)</script>' },
  ],
  personalLines: [{ label: '身份证号', value: '430725194912310012' }],
  issuedOn: '2026-03-02',
} as const

interface Issued {
  readonly certificate: Uuid
  readonly number: string
  readonly code: string
  readonly act: Uuid
}

describe.each(ENGINES)('certificates on %s', (engine) => {
  let office: Office
  let house: House
  let registrar: Uuid

  const submit = (command: string, input: Json) =>
    house.recorder.submit({ id: house.newId(), command, input, person: registrar, role: 'registrar' })
  const refusal = async (command: string, input: Json): Promise<readonly string[]> => {
    const outcome = await submit(command, input)
    return outcome.ok ? [] : outcome.problems.map((p) => p.code)
  }
  const approve = (request: string) => act(house, office.people['shy-001'], 'reviewer', 'approve', { request })
  /** Two people: asked for and approved. */
  const by2 = async (command: string, input: Json): Promise<Issued> => {
    const asked = await act(house, registrar, 'registrar', command, input)
    const done = await approve(asked.act)
    return { ...(done.answer as unknown as Issued), act: done.act }
  }
  const rowOf = async (certificate: string, person = registrar, role = 'registrar') => {
    const answer = await house.ask({ query: 'certificates', input: { certificate }, person, role })
    if (!answer.ok) throw new ProblemError(answer.problems)
    return answer.rows[0]
  }
  const pages = () => checkPages(house, { base: '/check', verify: '/verify' })
  const pageOf = async (code: string): Promise<string> => (await pages().page(code))!

  beforeAll(async () => {
    const store = engine === 'pglite' ? undefined : await openTestStore(engine, [])
    if (store) served.push(store)
    mkdirSync(join(home, engine), { recursive: true })
    office = await foundOffice(join(home, engine, 'data'), store?.url)
    house = await openOffice(office)
    const admin = (await personByLogin(house, 'gly-001'))!
    const officer = (await personByLogin(house, 'aqy-001'))!
    const made = await act(house, admin, 'administrator', 'registerPerson', {
      login: 'djy-001',
      name: '登记员',
      place: COUNTY,
    })
    registrar = (made.answer as { person: Uuid }).person
    const grant = { person: registrar, role: 'registrar', place: COUNTY, from: '2026-01-01' }
    await act(house, officer, 'security-officer', 'grantRole', grant)
  })
  afterAll(() => house.close())

  test('two people issue it; it has a number that checks itself and a code that can be read aloud', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    expect(isNumber(made.number)).toBe(true)
    expect(made.number).toMatch(/^ZS-430725-2026-\d{6}-.$/)
    expect(parsePassportCode(made.code.toLowerCase().replaceAll('-', ' '))).toBe(made.code)
    expect(await rowOf(made.certificate)).toMatchObject({
      number: made.number,
      code: made.code,
      status: 'valid',
      holderName: '张青山',
      validFrom: '2026-03-02',
      personalLines: [{ label: '身份证号', value: '430725194912310012' }],
    })
  })

  test('who may not see personal data gets stars, and no paper', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    const row = (await rowOf(made.certificate, office.people['tby-001'], 'county-clerk'))!
    expect(JSON.stringify(row)).not.toMatch(/张青山|430725194912310012/)
    await expect(printCertificate(house, row)).rejects.toMatchObject({
      problems: [{ code: 'certificate.personal-hidden' }],
    })
    const pdf = await printCertificate(house, (await rowOf(made.certificate))!)
    expect(Buffer.from(pdf).subarray(0, 5).toString('latin1')).toBe('%PDF-')
  })

  test('a stranger reads that it is in force, what it says, and no more of the holder than the first sign', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    const page = await pageOf((await pages().find(made.code.toLowerCase()))!)
    for (const words of [
      '这份证书现在有效',
      '林权流转证书',
      made.number,
      '张＊＊',
      '12.5 亩',
      '桃源县林业局',
      '身份证号',
      '检查点',
    ])
      expect(page).toContain(words)
    expect(page).not.toMatch(/张青山|430725194912310012|青山＊/)
    expect(page).not.toMatch(/<script|javascript:|\son[a-z]+=|<link|@import|src="http/i)
    // A number leads nowhere: numbers can be counted up.
    expect(await pages().find(made.number)).toBeUndefined()
    expect(await pages().find('K7M2-9T4X-4')).toBeUndefined()
    expect(await pages().page("' or 1=1")).toBeUndefined()
  })

  test('the proofs of its issue and of its end hold without the house', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    const trust = { ...(await house.trust()), quorum: 0 }
    const issued = verifyProof((await pages().proof(made.code, 'issued'))!, trust)
    expect(issued.holds).toBe(true)
    expect(JSON.parse(issued.proved!.act)).toMatchObject({ kind: 'certificate-issued', answer: { code: made.code } })
    expect(issued.proved!.act).not.toContain('张青山')
    expect(await pages().proof(made.code, 'ended')).toBeUndefined()
    await by2('revokeCertificate', { certificate: made.certificate, on: '2026-05-01', reason: '面积有误' })
    const ended = verifyProof((await pages().proof(made.code, 'ended'))!, trust)
    expect(JSON.parse(ended.proved!.act)).toMatchObject({ kind: 'certificate-revoked' })
    expect(ended.holds).toBe(true)
  })

  test('a replaced one names its successor, holder and personal lines go over; it cannot be replaced or revoked again', async () => {
    const old = await by2('issueCertificate', CERTIFICATE)
    const change = {
      certificate: old.certificate,
      reason: '面积复核',
      titleZh: '林权流转证书',
      issuer: '桃源县林业局',
      lines: [{ label: '面积', value: '12.8 亩' }],
      issuedOn: '2026-04-01',
    }
    const made = await by2('supersedeCertificate', change)
    expect(made.number).not.toBe(old.number)
    expect(await rowOf(made.certificate)).toMatchObject({
      status: 'valid',
      holderName: '张青山',
      personalLines: CERTIFICATE.personalLines,
    })
    const page = await pageOf(old.code)
    for (const words of [
      '已被新证代替',
      '面积复核',
      made.number,
      `/check/${encodeURIComponent(made.code)}`,
      '2026-04-01',
    ])
      expect(page).toContain(words)
    expect(await pageOf(made.code)).toContain(old.number)
    const again = await act(house, registrar, 'registrar', 'supersedeCertificate', change).then(
      () => 'accepted',
      (e: Error) => e.message,
    )
    expect(again).toContain('certificate.not-valid')
    expect(
      await refusal('revokeCertificate', { certificate: old.certificate, on: '2026-05-01', reason: '重复' }),
    ).toEqual(['certificate.not-valid'])
  })

  test('a revoked one says why and when; taking the revocation back puts it in force again', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    const ended = await by2('revokeCertificate', {
      certificate: made.certificate,
      on: '2026-05-01',
      reason: '申请人放弃',
    })
    const page = await pageOf(made.code)
    for (const words of ['已被撤销', '申请人放弃', '2026-05-01']) expect(page).toContain(words)
    expect(await by2('correctAct', { act: ended.act, reason: '撤销的不是这一份' })).toBeDefined()
    expect(await pageOf(made.code)).toContain('这份证书现在有效')
  })

  test('correcting the issue revokes it, correcting a replacement puts the old one in force again', async () => {
    const first = await by2('issueCertificate', CERTIFICATE)
    const { lines, issuer, titleZh } = CERTIFICATE
    const next = { certificate: first.certificate, reason: '换证', titleZh, issuer, lines, issuedOn: '2026-04-01' }
    const second = await by2('supersedeCertificate', next as unknown as Json)
    await by2('correctAct', { act: second.act, reason: '不该换证' })
    expect(await pageOf(first.code)).toContain('这份证书现在有效')
    expect(await pageOf(second.code)).toContain('已被撤销')
    await by2('correctAct', { act: first.act, reason: '不该发证' })
    expect(await pageOf(first.code)).toContain('已被撤销')
  })

  test('one holder and no more, days in their order, each line once', async () => {
    const { holderName, ...none } = CERTIFICATE
    const firm = (
      (
        await act(house, (await personByLogin(house, 'gly-001'))!, 'administrator', 'registerOrganisation', {
          name: '青山合作社',
          kind: 'cooperative',
          place: COUNTY,
        })
      ).answer as { organisation: string }
    ).organisation
    const made = await by2('issueCertificate', { ...none, holderOrganisation: firm })
    expect(await pageOf(made.code)).toContain('青山合作社')
    expect(await refusal('issueCertificate', none)).toEqual(['certificate.holder'])
    expect(await refusal('issueCertificate', { ...none, holderName, holderOrganisation: firm })).toEqual([
      'certificate.holder',
    ])
    expect(await refusal('issueCertificate', { ...none, holderOrganisation: house.newId() })).toEqual([
      'certificate.no-holder',
    ])
    expect(await refusal('issueCertificate', { ...none, holderParty: house.newId() })).toEqual([
      'certificate.no-holder',
    ])
    expect(await refusal('issueCertificate', { ...CERTIFICATE, validTo: '2026-03-01' })).toEqual(['certificate.days'])
    expect(
      await refusal('issueCertificate', {
        ...CERTIFICATE,
        lines: [...CERTIFICATE.lines, { label: '面积', value: '1' }],
      }),
    ).toEqual(['certificate.same-label'])
    expect(
      await refusal('revokeCertificate', { certificate: house.newId(), on: '2026-05-01', reason: '没有' }),
    ).toEqual(['certificate.not-found'])
  })

  test('a registered household holds one under its own name; what was never registered holds none', async () => {
    const { holderName: _, ...none } = CERTIFICATE
    const household = { name: '李绿水', place: COUNTY, since: '2020-01-01' }
    const made = await act(house, registrar, 'registrar', 'registerHousehold', household)
    const holderParty = (made.answer as { party: Uuid }).party
    const issued = await by2('issueCertificate', { ...none, holderParty })
    expect(await rowOf(issued.certificate)).toMatchObject({ holderName: '李绿水', holderParty })
    const page = await pageOf(issued.code)
    expect(page).toContain('李＊＊')
    expect(page).not.toContain('绿水')
    const { lines, issuer, titleZh } = CERTIFICATE
    const next = { certificate: issued.certificate, reason: '换证', titleZh, issuer, lines, issuedOn: '2026-04-01' }
    const second = await by2('supersedeCertificate', next as unknown as Json)
    expect(await rowOf(second.certificate)).toMatchObject({ holderName: '李绿水', holderParty })
  })

  test('a period that has ended or not begun is told to whoever checks', async () => {
    const past = await by2('issueCertificate', { ...CERTIFICATE, validTo: '2026-03-31' })
    const future = await by2('issueCertificate', { ...CERTIFICATE, validFrom: '2099-01-01' })
    expect(await pageOf(past.code)).toContain('有效期已经结束')
    expect(await pageOf(future.code)).toContain('有效期还没有开始')
  })

  test('anybody checks over HTTP without signing in; the paper is only for who may see all of it', async () => {
    const made = await by2('issueCertificate', CERTIFICATE)
    const server = await openServer(house, { engine: 'qingshan test', secure: false })
    try {
      const get = (url: string, more: Readonly<Record<string, string>> = {}) =>
        server.app.inject({ method: 'GET', url, headers: { host: '127.0.0.1:8080', ...more } })
      const page = await get(`/check/${encodeURIComponent(made.code)}`)
      expect(page.statusCode).toBe(200)
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'self'/)
      expect(page.body).toContain('这份证书现在有效')
      expect((await get(`/check?code=${made.code.replaceAll('-', '+')}`)).body).toContain(made.number)
      const none = await get('/check?code=%3Cb%3E', { accept: 'text/html' })
      expect([none.statusCode, none.body.includes('&lt;b&gt;')]).toEqual([404, true])
      expect((await get('/check')).body).toContain('证书查验')
      expect(
        (await get(`/check/${encodeURIComponent(made.code)}/issued.proof`)).headers['content-disposition'],
      ).toContain('attachment')
      expect((await get(`/check/${encodeURIComponent(made.code)}/../../house.json`)).statusCode).toBe(404)
      expect((await get(`/check/${encodeURIComponent(made.code)}/other.proof`)).statusCode).toBe(404)
      expect((await get(`/api/v1/certificates/${made.certificate}/pdf`)).statusCode).toBe(401)
    } finally {
      await server.close()
    }
  })

  test('the whole record still checks', async () => {
    const found: string[] = []
    const tell = (p: Problem): void => void found.push(p.code)
    await checkRecord(house.store, house.registry, { tell, beside: BESIDE })
    expect(found).toEqual([])
  })
})
