// The workbench in a real browser over a real server and house: an emission permit is asked for by keyboard, approved by a
// second person, asked why, proved, corrected; on paper too; refused to who may not. One house for all journeys, in their order.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openServed, PASSWORD, type Served } from '../../src/server/http/server.fixture.ts'
import { openBrowser } from './browser.ts'
import { openDesk, SCREEN, type Desk } from './desk.ts'

const browser = await openBrowser()
const dist = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

const ASKS = 'shifan-jbr'
const APPROVES = 'shifan-shy'
const AUDITS = 'shifan-sjy'

let served: Served
let address: string
let desk: Desk

beforeAll(async () => {
  if (!browser) return
  served = await openServed({
    workbench: dist('workbench'),
    verifierScript: readFileSync(dist('verifier-page.js'), 'utf8'),
  })
  address = await served.server.listen({ host: '127.0.0.1', port: 0 })
  desk = openDesk(browser, () => address, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const PERMIT = {
  pollutant: 'COD',
  amountKg: '1200',
  decidedOn: '2026-03-02',
  validFrom: '2026-01-01',
  validTo: '2030-12-31',
  basis: '湘排核〔2026〕7号',
}

/** Puts the words of a date field where the keyboard would. */
async function fillPermit(page: Page, given: typeof PERMIT = PERMIT): Promise<void> {
  await page.getByLabel('污染物').selectOption(given.pollutant)
  await page.getByLabel('数量（千克）').fill(given.amountKg)
  await page.getByLabel('核定日期').fill(given.decidedOn)
  await page.getByLabel('有效期起').fill(given.validFrom)
  await page.getByLabel('有效期止').fill(given.validTo)
  await page.getByLabel('核定依据').fill(given.basis)
}

const formAddress = (): string => `/w/do/issue-permit?firm=${served.firms.get('paper')!}`
const acts = async (): Promise<number> =>
  (await served.house.store.query<{ n: number }>({ pieces: ['select count(*)::int4 as n from act'] }))[0]!.n

describe.skipIf(!browser)('the workbench', () => {
  test('a wrong password is told in words, and the right one opens the address that was asked for', async () => {
    const context = await browser!.newContext({ viewport: SCREEN })
    const page = await context.newPage()
    await page.goto(`${address}/w/ask/permits`)
    await page.getByLabel('登录名').fill(ASKS)
    await page.getByLabel('密码').fill('Wrong-password-1')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('alert').getByText('登录名、密码或验证码不对。').waitFor()
    await page.getByLabel('密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '排污权证' }).waitFor()
    expect(await page.title()).toBe('排污权证 · 青山')
    await context.close()
  })

  test('a form says at its fields what is missing and what is wrong, and moves there', async () => {
    const page = await desk.page(ASKS, formAddress())
    await page.getByRole('button', { name: '提交申请' }).click()
    const pollutant = page.getByLabel('污染物')
    expect(await pollutant.getAttribute('aria-invalid')).toBe('true')
    expect(await page.evaluate('document.activeElement.labels?.[0]?.textContent')).toContain('污染物')
    await fillPermit(page, { ...PERMIT, amountKg: '12.5' })
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.locator('.kind-amount .field-problem').waitFor()
    expect(await page.getByLabel('数量（千克）').getAttribute('aria-invalid')).toBe('true')
    await page.close()
  })

  test('a permit is asked for by keyboard alone, and a double click asks once', async () => {
    const page = await desk.page(ASKS)
    // The first key reaches the link over the menu, and it leads to the page.
    await page.locator('nav.menu').waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.goto(`${address}/w/do/issue-permit`)
    await page.getByRole('heading', { level: 1, name: '核发排污权' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const focused = (): Promise<string> => page.evaluate('document.activeElement.labels?.[0]?.textContent ?? ""')
    const reach = async (label: string): Promise<void> => {
      for (let i = 0; i < 30 && !(await focused()).startsWith(label); i++) await page.keyboard.press('Tab')
      expect(await focused()).toContain(label)
    }
    await reach('单位')
    await page.keyboard.type('造纸')
    await page.locator('.ant-select-item-option', { hasText: '示范酿造' }).waitFor({ state: 'detached' })
    await page.locator('.ant-select-item-option', { hasText: '示范造纸有限公司' }).waitFor()
    await page.keyboard.press('Enter')
    await reach('污染物')
    await page.keyboard.press('ArrowDown')
    await reach('数量')
    await page.keyboard.type(PERMIT.amountKg)
    for (const [label, date] of [
      ['核定日期', '03022026'],
      ['有效期起', '01012026'],
      ['有效期止', '12312030'],
    ] as const) {
      await reach(label)
      await page.keyboard.type(date)
    }
    await reach('核定依据')
    await page.keyboard.type(PERMIT.basis)
    const before = await acts()
    await page.getByRole('button', { name: '提交申请' }).dblclick()
    await page.getByText('申请已提交，等待审批。').waitFor()
    expect(await acts()).toBe(before + 1)
    await page.close()
  })

  test('a draft is kept, found again on another page, and gone once it is submitted or dropped', async () => {
    const page = await desk.page(ASKS, formAddress())
    await page.getByLabel('核定依据').fill('草稿一号')
    await page.getByRole('button', { name: '暂存' }).click()
    await page.getByText('✓ 已暂存').waitFor()
    await page.goto(`${address}/w/inbox?tab=drafts`)
    await page.locator('main').getByRole('link', { name: '核发排污权' }).click()
    await page.getByLabel('核定依据').waitFor()
    expect(await page.getByLabel('核定依据').inputValue()).toBe('草稿一号')
    await page.goto(`${address}/w/inbox?tab=drafts`)
    await page.getByRole('button', { name: '丢弃' }).click()
    await page.getByText('没有暂存的内容。').waitFor()
    await page.close()
  })

  test('from the first screen the second person sees what waits, what it will do, and approves it in three clicks', async () => {
    const page = await desk.page(APPROVES)
    await page.getByRole('heading', { level: 2, name: '待办 1' }).waitFor()
    await page.locator('ul.inbox').getByRole('link', { name: '核发排污权' }).click()
    await page.getByText('同意后的结果').waitFor()
    expect(await page.locator('.outcome').first().textContent()).toContain('1200')
    await page.locator('.command-form').getByRole('button', { name: '同意' }).click()
    await page.getByText('✓ 已办理，已入存证日志。').waitFor()
    await page.close()
  })

  test('an auditor walks from the permit to its history, its reason, its approval and its proof', async () => {
    const page = await desk.page(AUDITS, '/w/ask/permits')
    await page.getByRole('button', { name: '打开第 1 行' }).click()
    await page.getByRole('dialog').getByRole('link', { name: '历史' }).click()
    await page.getByRole('heading', { level: 1, name: '历史' }).waitFor()
    await page.locator('tbody tr').nth(1).waitFor()
    await page.locator('tbody tr').nth(1).locator('a').first().click()
    await page.getByRole('heading', { level: 2, name: '审批' }).waitFor()
    const text = await page.locator('main').innerText()
    for (const word of [
      '示范审核（shifan-shy）',
      '示范经办（shifan-jbr）',
      'M4',
      '示范造纸有限公司（持有）',
      '湘排核〔2026〕7号',
    ])
      expect(text).toContain(word)
    await page.getByRole('link', { name: '凭证' }).click()
    await page.getByText('✓ 凭证成立').waitFor()
    expect(await page.locator('.steps li').count()).toBe(5)
    await page.close()
  })

  test('a statement shows what moved up to a day, and the table can be searched, sorted, cut to columns and taken along', async () => {
    const page = await desk.page(AUDITS, `/w/ledger?owner=${served.firms.get('paper')!}&asset=permit.COD&to=2026-12-31`)
    const statement = page.getByRole('region', { name: /明细/ })
    await statement.getByText('期末').waitFor()
    expect(await statement.innerText()).toContain('1200')
    await page.goto(`${address}/w/ask/acts`)
    const table = page.getByRole('region', { name: '行为列表' })
    await table.waitFor()
    await page
      .getByRole('button', { name: '存证序号' })
      .or(page.getByRole('button', { name: '日志序号' }))
      .click()
    await page.locator('th[aria-sort=ascending]').waitFor()
    await page.getByLabel('在表中查找').fill('permit-issued')
    await page.keyboard.press('Enter')
    await page.getByText('共 1 行').waitFor()
    await page.getByText('选列').click()
    await page.getByRole('checkbox', { name: '法定日期' }).uncheck()
    expect(await table.getByRole('columnheader', { name: '法定日期' }).count()).toBe(0)
    await page.reload()
    await table.waitFor()
    expect(await table.getByRole('columnheader', { name: '法定日期' }).count()).toBe(0)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    const saved = readFileSync(await download.path(), 'utf8')
    expect(saved.startsWith('\uFEFF')).toBe(true)
    expect(saved).not.toContain('法定日期')
    await page.close()
  })

  test('a signature on paper is entered with its sheet and scan, and says so wherever it is shown', async () => {
    const page = await desk.page(ASKS, formAddress())
    await fillPermit(page, { ...PERMIT, pollutant: 'TP', amountKg: '30' })
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByRole('link', { name: '看申请和签批单' }).click()
    const sheet = await page.locator('.sheet-code strong').innerText()
    await page.getByRole('button', { name: '录入纸质签批' }).first().click()
    await page.getByLabel('校验码').fill(sheet)
    await page.getByLabel('签批人').fill('李建国')
    await page.getByLabel('签批日期').fill('2026-03-02')
    await page.locator('input[type=file]').setInputFiles({
      name: '签批单.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
    })
    await page.getByText('✓ 签批单.pdf').waitFor()
    await page.locator('.command-form').getByRole('button', { name: '录入纸质签批' }).click()
    await page.getByText('✓ 已办理，已入存证日志。').waitFor()
    await page.locator('.paper').first().waitFor()
    expect(await page.locator('.paper').first().innerText()).toContain('纸质签批：李建国')
    await page.close()
  })

  test('a correction takes an act back, and the history strikes it through beside what took its place', async () => {
    const [permit] = await served.house.store.query<{ id: string; act: string }>({
      pieces: [
        `select s.subject as id, a.id::text as act from act a join act_subject s on s.act = a.id
         where a.kind = 'permit-issued' and s.subject like 'permit:%' order by a.id limit 1`,
      ],
    })
    const page = await desk.page(ASKS, `/w/acts/${permit!.act}`)
    await page.getByRole('button', { name: '更正' }).click()
    await page.getByLabel('理由').fill('核定量录入有误')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('申请已提交，等待审批。').waitFor()
    await page.close()
    const second = await desk.page(APPROVES, '/w/inbox')
    await second.locator('ul.inbox a').first().click()
    await second.locator('.command-form').getByRole('button', { name: '同意' }).click()
    await second.getByText('✓ 已办理，已入存证日志。').waitFor()
    await second.close()
    const third = await desk.page(AUDITS, `/w/history?subject=${permit!.id}`)
    await third.locator('tr.struck').waitFor()
    expect(await third.locator('tr.struck').count()).toBe(1)
    await third.goto(`${address}/w/acts/${permit!.act}`)
    await third.getByRole('note').getByText('已被更正').waitFor()
    await third.close()
  })

  test('who may not do a thing is not offered it, and is refused in words when trying', async () => {
    const page = await desk.page(AUDITS, formAddress())
    await page.getByRole('heading', { level: 1, name: '核发排污权' }).waitFor()
    expect(await page.locator('nav.menu').getByRole('link', { name: '核发排污权' }).count()).toBe(0)
    await fillPermit(page)
    await page.getByLabel('行政区').fill('长沙')
    await page.locator('.ant-select-item-option', { hasText: '长沙市' }).click()
    const before = await acts()
    await page.getByRole('button', { name: '提交申请' }).click()
    await page
      .getByRole('alert')
      .getByText(/不能办理/)
      .first()
      .waitFor()
    expect(await acts()).toBe(before)
    await page.goto(`${address}/w/doctor`)
    await page.close()
  })

  test('a session that was ended elsewhere asks to sign in again and goes on at the same place', async () => {
    const page = await desk.page(APPROVES, '/w/inbox?tab=done')
    await page.locator('tbody tr').first().waitFor()
    await page.context().clearCookies()
    await page.getByRole('link', { name: '我的申请' }).click()
    await page.getByLabel('密码').waitFor()
    await page.getByLabel('登录名').fill(APPROVES)
    await page.getByLabel('密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '待办已办' }).waitFor()
    expect(page.url()).toContain('tab=asked')
    await page.close()
  })

  test('no page broke, and none asked a stranger for anything', () => {
    expect(desk.complaints).toEqual([])
  })
})
