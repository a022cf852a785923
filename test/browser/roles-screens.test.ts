// The first screens of the roles whose work turns about rights, money and the house itself, in a real browser; and what whoever decides
// or stands in needs there: the paper behind a change, several changes at once, a person found by their login name.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { civilDateIn, instantOfMs, type Json } from '../../src/kernel/index.ts'
import { COUNTY, PASSWORD, type Seat } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, seriousOn, settled, type Desk } from './desk.ts'
import { openFilledHouse, type FilledHouse } from './filled-house.ts'

const SEATS: readonly Seat[] = [
  { login: 'cz-001', name: '财政子', role: 'finance-officer', place: '430100' },
  { login: 'yh-001', name: '银行丑', role: 'bank-officer', place: '430100', firm: 'brew' },
  { login: 'jy-001', name: '交易寅', role: 'exchange-operator', place: '430100' },
  { login: 'djy-001', name: '登记卯', role: 'registrar', place: '430100' },
]
const browser = await openBrowser()
const today = civilDateIn(instantOfMs(Date.now()), '+08:00')
let served: FilledHouse
let desk: Desk
/** Of the certificate that was issued about the permit. */
let certificate: { readonly number: string; readonly code: string }
let retirement: string

const answer = <T>(json: Json): T => json as unknown as T
const one = async (sql: string): Promise<Readonly<Record<string, string>>> =>
  (await served.house.store.query<Readonly<Record<string, string>>>({ pieces: [sql] }))[0]!

beforeAll(async () => {
  if (!browser) return
  served = await openFilledHouse(false, SEATS)
  desk = openDesk(browser, () => served.address, PASSWORD)
  await served.act('qy-001', 'retirePermit', {
    firm: served.firm,
    pollutant: 'COD',
    amountKg: '300',
    place: '430100',
    on: '2026-03-05',
    purpose: '抵扣 2026 年度排放',
  })
  retirement = (await one(`select id::text as id from act where kind = 'permit-retired'`))['id']!
  const permit = await one('select id::text as id from permit')
  const { request } = answer<{ request: string }>(
    await served.act('djy-001', 'issueCertificate', {
      kind: 'certificate',
      place: '430100',
      holderName: '张青山',
      about: `permit:${permit['id']}`,
      titleZh: '排污权登记证书',
      titleEn: 'Certificate of an emission permit',
      issuer: '长沙市生态环境局',
      basis: '湘排核〔2026〕7号',
      lines: [{ label: '数量', value: '1200 千克' }],
      issuedOn: today,
    }),
  )
  certificate = answer(await served.act('shy-002', 'approve', { request }))
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Nothing serious on the page, in either language. */
async function sound(page: Page): Promise<void> {
  await settled(page)
  expect(await seriousOn(page)).toEqual([])
  const nested = await page.evaluate<number>(`document.querySelectorAll('a button, button a').length`)
  expect(nested).toBe(0)
}

describe.skipIf(!browser)('a first screen', () => {
  test('of a firm tells what it holds, which serials expire when, and hands out the certificate of what was retired', async () => {
    const page = await desk.page('qy-001')
    const position = page.getByRole('region', { name: '我的持有与义务' })
    await position.waitFor()
    const row = await position.getByRole('row', { name: /化学需氧量排污权/ }).innerText()
    expect(row).toMatch(/900 kg\s+900 kg\s+0 kg\s+300 kg\s+2030-12-31 还有 \d+ 天/)
    const lots = await page.getByRole('region', { name: '批次、编号段与到期日' }).innerText()
    expect(lots).toMatch(/\d+\s*(至|–|-|—|\.\.)\s*\S*\d+/)
    expect(lots).toContain('2030-12-31')
    await sound(page)
    await position.getByRole('link', { name: '注销' }).click()
    await page.getByRole('heading', { level: 1, name: /注销排污权/ }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: '注销证明' }).click()
    await page.getByRole('heading', { level: 1, name: '注销证明' }).waitFor()
    const paper = await page.locator('main').innerText()
    for (const words of ['300 kg', '2026-03-05', '抵扣 2026 年度排放', retirement]) expect(paper).toContain(words)
    await sound(page)
    await page.close()
  })

  test('of finance tells whether each asset balances and leads from a posting to its reason', async () => {
    const page = await desk.page('cz-001')
    const books = page.getByRole('region', { name: '各项资产是否平衡' })
    await books.waitFor()
    expect(await books.innerText()).toMatch(/permit\.COD.*是/s)
    await sound(page)
    await page.getByRole('region', { name: '最近的分录' }).getByRole('link', { name: '为什么' }).first().click()
    await page.getByText('抵扣 2026 年度排放').first().waitFor()
    await page.close()
  })

  test('of a bank looks up a right by the check code and by the number, and tells no name of a person', async () => {
    const page = await desk.page('yh-001')
    const asked = page.getByLabel('证号或核验码')
    await asked.fill(certificate.code)
    await page.keyboard.press('Enter')
    await page.getByText(`证书 ${certificate.number} 有效`).waitFor()
    const told = await page.locator('main').innerText()
    expect(told).toContain('张＊＊')
    expect(told).not.toContain('张青山')
    expect(told).toContain('不在本系统登记')
    // Three hundred of its kilograms are retired.
    expect(told).toMatch(/现仍持有证载数量\s+✗ 否/)
    await sound(page)
    expect(await page.getByRole('link', { name: /公开核验页/ }).getAttribute('href')).toBe(
      `/check/${encodeURIComponent(certificate.code)}`,
    )
    await asked.fill(certificate.number.toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByText(`证书 ${certificate.number} 有效`).waitFor()
    await asked.fill('ZS-000000')
    await page.keyboard.press('Enter')
    await page.getByText('没有查到“ZS-000000”').waitFor()
    await page.close()
  })

  test('of the exchange checks a listing and says what it does not know', async () => {
    const page = await desk.page('jy-001')
    const permit = await one('select number from permit')
    await page.getByLabel('证号或核验码').fill(permit['number']!)
    await page.keyboard.press('Enter')
    const checks = page.getByRole('region', { name: '核验' })
    await checks.waitFor()
    const rows = (await checks.getByRole('row').allInnerTexts()).join('\n')
    expect(rows).toMatch(/权利有登记\s+✓ 通过/)
    expect(rows).toMatch(/证书有效\s+✓ 通过/)
    expect(rows).toMatch(/权利人现仍持有证载数量\s+✗ 不通过/)
    expect(rows).toMatch(/质押、查封\s+\? 另查/)
    expect(rows).toMatch(/材料\s+✗ 不通过/)
    await sound(page)
    await page.close()
  })

  test('of those who keep the house tells what is not well, who failed to sign in, who is there, what was changed', async () => {
    const door = await desk.stranger('/w')
    await door.getByLabel('登录名').fill('cz-001')
    await door.getByLabel('密码').fill('Not-the-password-1')
    await door.keyboard.press('Enter')
    await door.getByRole('alert').first().waitFor()
    await door.close()
    const officer = await desk.page('aqy-001')
    await officer.getByRole('region', { name: '系统体检' }).waitFor()
    expect(await officer.getByRole('region', { name: '系统体检' }).innerText()).toContain('备份')
    const failed = officer.getByRole('region', { name: '一周内失败的登录' })
    expect(await failed.innerText()).toMatch(/cz-001\s+密码\s+密码不对/)
    expect(await officer.getByRole('region', { name: '在线会话' }).innerText()).toContain('aqy-001')
    const changes = officer.getByRole('region', { name: '最近的人员与权限变动' })
    expect(await changes.innerText()).toMatch(/授予角色|授权/)
    await sound(officer)
    await officer.close()
    const admin = await desk.page('gly-001')
    await admin.getByRole('region', { name: '最近的人员与权限变动' }).waitFor()
    expect(await admin.getByRole('region', { name: '一周内失败的登录' }).count()).toBe(0)
    await sound(admin)
    await admin.close()
  })
})

describe.skipIf(!browser)('at a desk', () => {
  const propose = async (value: string, more: Readonly<Record<string, Json>> = {}): Promise<string> =>
    answer<{ request: string }>(
      await served.act('hsy-001', 'proposeOverride', {
        place: COUNTY,
        parameter: 'gep.r2.bulk-density',
        key: 'ganzi-2010',
        yearFrom: 2031,
        value: { value, unit: 't/m3' },
        mark: 'confirmed',
        reason: '本县实测平均容重高于通用值',
        source: '第三次土壤普查成果报告',
        ...more,
      }),
    ).request

  test('the paper behind a change is opened before it is decided, by whoever decides it', async () => {
    const { hash } = await served.house.files.put(Buffer.from('%PDF-1.4\nsoil survey'))
    const request = await propose('1.31', { document: hash })
    const page = await desk.page('shy-001', `/w/requests/${request}`)
    const link = page.getByRole('link', { name: /打开文件/ })
    await link.waitFor()
    const opened = await page.context().request.get(served.address + (await link.getAttribute('href'))!)
    expect([opened.status(), await opened.text()]).toEqual([200, '%PDF-1.4\nsoil survey'])
    await sound(page)
    await page.close()
    const firm = await desk.page('qy-001')
    const refused = await firm.context().request.get(`${served.address}/api/v1/files/${hash}?_role=firm-manager`)
    expect(refused.status()).toBe(404)
    await firm.close()
  })

  test('of two changes of one thing the batch says so beforehand; each is answered, and what was not done still waits', async () => {
    await propose('1.32')
    const page = await desk.page('shy-001', '/w/inbox')
    await page.getByRole('checkbox', { name: '全选' }).check()
    await page.getByRole('button', { name: /^批量审批/ }).click()
    await page.getByText(/改的是同一个对象，先不勾选/).waitFor()
    const items = page.locator('ol.batch > li')
    const all = await items.count()
    const later = items.filter({ hasText: /与第 \d+ 件改的是同一个对象/ })
    expect(await later.count()).toBeGreaterThan(0)
    const boxes = items.getByRole('checkbox')
    for (const box of await boxes.all()) await box.check()
    await page.getByRole('button', { name: `都看过了，同意这 ${all} 件` }).click()
    await page.getByRole('button', { name: '完成' }).waitFor()
    const done = await items.filter({ hasText: '✓ 已同意' }).count()
    const waits = await items.filter({ hasText: '没有办，仍在待办里' }).count()
    expect(done).toBeGreaterThan(0)
    expect(waits).toBeGreaterThan(0)
    expect(done + waits).toBe(all)
    await sound(page)
    await page.getByRole('button', { name: '完成' }).click()
    await settled(page)
    expect(await page.locator('ul.inbox').getByText('待审批').count()).toBe(waits)
    await page.close()
  })

  test('who may not ask for people finds a stand-in by the whole login name, and no part of one', async () => {
    const page = await desk.page('tby-001', '/w/do/stand-in')
    const person = page.getByRole('combobox', { name: /代理人|代理/ }).first()
    await person.fill('shy-00')
    await page.getByText('没有找到').first().waitFor()
    await person.fill('shy-001')
    const offer = page.locator('.ant-select-item-option', { hasText: 'shy-001' })
    await offer.waitFor()
    await person.press('ArrowDown')
    await person.press('Enter')
    await page.locator('.lookup', { hasText: 'shy-001' }).waitFor()
    await sound(page)
    await page.close()
  })

  test('what a change does is told in English without a Chinese word of ours', async () => {
    const page = await desk.page('sjy-001', `/w/acts/${served.permitAct}`)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Effects' }).waitFor()
    const lines = await page.locator('.outcome').innerText()
    expect(lines).toMatch(/^Written: emission permit · number = /)
    expect(lines).not.toMatch(/登记|证号|单位/)
    await page.close()
  })
})

describe.skipIf(!browser)('a page that anybody reads', () => {
  test('has its mark: no picture of it is missing, and no policy is broken', async () => {
    const page = await desk.stranger('about:blank')
    const said: string[] = []
    page.on('console', (m) => void (m.type() === 'error' && said.push(`${page.url()} ${m.text()}`)))
    page.on('response', (r) => void (r.status() >= 400 && said.push(`${r.status()} ${r.url()}`)))
    for (const path of ['/public', '/public/notices', '/check', '/verify', '/docs', '/w']) {
      await page.goto(served.address + path)
      await page.locator('h1, h2, main').first().waitFor()
      const mark = await page.evaluate<string>(
        `document.querySelector('link[rel=icon]')?.href ?? location.origin + '/favicon.ico'`,
      )
      if (mark.startsWith('http')) {
        const answered = await page.context().request.get(mark)
        expect([answered.status(), answered.headers()['content-type']], path).toEqual([200, 'image/svg+xml'])
      } else expect(mark, path).toMatch(/^data:image\/svg\+xml,/)
    }
    // Nobody is signed in at the door of the workbench.
    expect(said.filter((s) => !/api\/v1\/session|status of 401/.test(s))).toEqual([])
    await page.close()
  })

  test('broke nothing, and asked nothing of a stranger', () => {
    expect(desk.complaints).toEqual([])
  })
})
