// What people do beside the straight way, in a real browser: choose their own first password, upload a folder, stop a run, mend a
// wrong code, approve several at once, return, remind, withdraw, sign on paper, stand in for a colleague, check the proof of a
// public page, and fail where they have no right. One house for all, each journey with requests of its own.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { civilDateIn, instantOfMs, type Json } from '../../src/kernel/index.ts'
import { storyFolder } from '../stories/folders.ts'
import { COUNTY, FIRST, openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, signIn, type Desk } from './desk.ts'
import { bareFolder, packageOf, workbookFolder } from './small-accounts.ts'

const browser = await openBrowser()
const home = storyFolder('browser-journeys')
const given = workbookFolder(home)
/** A run is a process of its own on a machine that may be busy. */
const LONG = 90_000

let served: AccountHouse
let desk: Desk
/** An official account. */
let account = ''

beforeAll(async () => {
  if (!browser) return
  served = await openAccountHouse([
    { login: 'tby-001', name: '填报丁', role: 'county-clerk', place: COUNTY },
    { login: 'xin-001', name: '新人戊', role: 'technician', place: COUNTY, isNew: true },
  ])
  desk = openDesk(browser, () => served.address, PASSWORD)
  account = await served.register(packageOf(given))
  await served.signOff(account)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Asks for a change of a parameter. @returns the id of the request */
async function requested(value: string, yearFrom: number, more: { readonly key?: string } = {}): Promise<string> {
  const answer = await served.act('hsy-001', 'proposeOverride', {
    place: COUNTY,
    parameter: 'gep.r2.bulk-density',
    key: 'ganzi-2010',
    yearFrom,
    yearTo: yearFrom,
    value: { value, unit: 't/m3' },
    mark: 'confirmed',
    reason: '本县 48 个剖面实测平均容重高于通用值',
    source: '第三次土壤普查成果报告，第 41 页',
    ...more,
  } satisfies Json)
  return (answer as { readonly request: string }).request
}

const waiting = (page: Page, request: string) =>
  page.locator('ul.inbox li:has(.kind:text-is("待审批"))').locator(`a[href="/w/requests/${request}"]`)
const choose = (page: Page, words: string) =>
  page.getByRole('group', { name: '怎样办' }).getByRole('button', { name: words }).click()
const confirm = (page: Page, words: string) =>
  page.locator('.command-form').getByRole('button', { name: words }).click()

describe.skipIf(!browser)('beside the straight way', () => {
  test('a password that somebody else set opens nothing until its owner has chosen another', async () => {
    const page = await desk.stranger('/w/inbox')
    await signIn(page, 'xin-001', FIRST)
    await page.getByRole('heading', { name: '修改密码' }).waitFor()
    await page.goto(`${served.address}/w/gep`)
    await page.getByRole('heading', { name: '修改密码' }).waitFor()
    expect(await page.locator('nav.menu').count()).toBe(0)
    const tried = async (first: string, second: string): Promise<void> => {
      await page.getByLabel('现在的密码').fill(FIRST)
      await page.getByLabel('新密码', { exact: true }).fill(first)
      await page.getByLabel('再输一次新密码').fill(second)
      await page.keyboard.press('Enter')
    }
    await tried('Own-Zebra-79', 'Own-Zebra-80')
    await page.getByRole('alert').getByText('两次输入的新密码不一样').waitFor()
    await tried('xin-001-Aa', 'xin-001-Aa')
    await page.getByRole('alert').getByText('登录名').waitFor()
    await tried('Own-Zebra-79', 'Own-Zebra-79')
    await page.getByRole('heading', { level: 1, name: '核算' }).waitFor()
    await page.getByRole('button', { name: '退出' }).click()
    await signIn(page, 'xin-001', FIRST)
    await page.getByRole('alert').getByText('登录名、密码或验证码不对').waitFor()
    await signIn(page, 'xin-001', 'Own-Zebra-79')
    await page.locator('nav.menu').waitFor()
    await page.context().close()
  })

  test('a folder is uploaded file by file and looked at', async () => {
    const page = await desk.page('hsy-001', '/w/gep/run')
    await page.getByLabel('一个文件夹').setInputFiles(bareFolder(home, given))
    await page.getByText('红色 0 项').waitFor()
    expect(await page.getByText(/读到 \d+ 个数/).textContent()).toMatch(/读到 [1-9]\d* 个数、[1-9]\d* 个文件/)
    await page.close()
  })

  test(
    'a run that is under way is stopped, and nothing of it stays but that it was stopped',
    async () => {
      const page = await desk.page('hsy-001', '/w/gep/run')
      await page.getByRole('button', { name: /示范数据/ }).click()
      await page.getByRole('button', { name: '开始核算' }).click()
      await page.getByRole('status').getByText('正在核算').waitFor({ timeout: LONG })
      await page.getByRole('button', { name: '取消', exact: true }).click()
      await page.getByRole('status').getByText('已取消').waitFor()
      expect(await page.getByRole('button', { name: '登记', exact: true }).count()).toBe(0)
      const run = new URL(page.url()).searchParams.get('run')!
      const told = await page.request.get(`${served.address}/api/v1/runs/${run}`)
      expect(await told.json()).toMatchObject({ state: 'cancelled', files: [] })
      await page.getByRole('button', { name: '再算一份' }).click()
      await page.locator('ul.inbox li', { hasText: '已取消' }).waitFor()
      await page.close()
    },
    LONG,
  )

  test('a code that cannot be one is told at its field, with an example, before anything is asked for', async () => {
    const page = await desk.page('hsy-001', '/w/do/propose-override?value.unit=t/m3')
    const fill = (label: string | RegExp, words: string) => page.getByLabel(label).first().fill(words)
    await fill(/^参数/, '容重')
    await fill(/^条目/, 'ganzi-2010')
    await fill(/^起年/, '2010')
    await page.getByRole('textbox', { name: /^数值/ }).fill('1,27')
    await page.getByLabel('证据等级').selectOption('confirmed')
    await fill('理由', '本县 48 个剖面实测平均容重高于通用值')
    await fill('出处', '第三次土壤普查成果报告')
    await page.getByRole('button', { name: '提交申请' }).click()
    const parameter = page.locator('.kind-code', { has: page.getByLabel(/^参数/) })
    await parameter.locator('.field-problem').waitFor()
    expect(await parameter.locator('.field-problem').textContent()).toContain('gep.r2.bulk-density')
    expect(await page.getByLabel(/^参数/).getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('textbox', { name: /^数值/ }).getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('.receipt').count()).toBe(0)
    await page.close()
  })

  test('several requests are approved at once after each was listed with what it will do', async () => {
    await requested('1.25', 2031)
    await requested('1.26', 2032, { key: 'youyang' })
    const page = await desk.page('shy-001', '/w/inbox')
    await page.getByRole('checkbox', { name: '全选' }).check()
    await page.getByRole('button', { name: '批量审批（2）' }).click()
    await page.locator('.batch .outcome li').nth(1).waitFor()
    const items = page.locator('ol.batch > li')
    expect(await items.count()).toBe(2)
    expect(await items.nth(0).innerText()).not.toBe(await items.nth(1).innerText())
    const both = await page.locator('ol.batch').innerText()
    for (const words of ['1.25', '1.26', '2031', '2032']) expect(both).toContain(words)
    await page.getByRole('button', { name: '都看过了，同意这 2 件' }).click()
    await items.nth(1).getByText('✓ 已同意').waitFor()
    await items.nth(0).getByText('✓ 已同意').waitFor()
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByText('现在没有等您办的事').waitFor()
    await page.close()
  })

  test('a request is reminded of, returned with its reason, and who asked is told', async () => {
    const request = await requested('1.28', 2033)
    const asks = await desk.page('hsy-001', `/w/requests/${request}`)
    await choose(asks, '催办')
    await confirm(asks, '催办')
    await asks.locator('.receipt').waitFor()
    const decides = await desk.page('shy-001', '/w/inbox')
    await decides
      .locator('ul.inbox')
      .getByText(/催办：/)
      .waitFor()
    await waiting(decides, request).click()
    await choose(decides, '退回')
    await confirm(decides, '退回')
    await decides.locator('.field-problem').first().waitFor()
    await decides.getByLabel('理由').fill('请附剖面清单')
    await confirm(decides, '退回')
    await decides.locator('.receipt').waitFor()
    await asks.goto(`${served.address}/w/inbox`)
    await asks
      .locator('ul.inbox')
      .getByText(/被退回：请附剖面清单/)
      .click()
    await asks.getByText('已退回').waitFor()
    expect(await asks.locator('.sheet').innerText()).toContain('请附剖面清单')
    expect(await asks.getByRole('group', { name: '怎样办' }).count()).toBe(0)
    await asks.close()
    await decides.close()
  })

  test('a request is withdrawn by who made it, and nobody can approve it any more', async () => {
    const request = await requested('1.29', 2034)
    const late = await desk.page('shy-001', `/w/requests/${request}`)
    await late.locator('.command-form').getByRole('button', { name: '同意' }).waitFor()
    const page = await desk.page('hsy-001', `/w/requests/${request}`)
    await choose(page, '撤回')
    await confirm(page, '撤回')
    await page.locator('.receipt').waitFor()
    await page.locator('.sheet').getByText('已撤回').waitFor()
    await confirm(late, '同意')
    await late.getByRole('alert').waitFor()
    expect(await late.locator('.receipt').count()).toBe(0)
    await late.goto(`${served.address}/w/inbox`)
    await late.locator('ul.inbox, .nothing').first().waitFor()
    expect(await waiting(late, request).count()).toBe(0)
    await page.close()
    await late.close()
  })

  test('what was signed on paper is entered by another with its scan, and the sheet says on paper, by whom, entered by whom', async () => {
    const request = await requested('1.31', 2035)
    const page = await desk.page('tby-001', `/w/requests/${request}`)
    const sheet = await page.locator('.sheet-code strong').innerText()
    await choose(page, '录入纸质签批')
    await page.getByLabel('校验码').fill(sheet)
    await page.getByLabel('签批人').fill('李建国（副局长）')
    await page.getByLabel('签批日期').fill('2026-03-02')
    await page.locator('input[type=file]').setInputFiles({
      name: '签批单.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
    })
    await page.getByText('✓ 签批单.pdf').waitFor()
    await confirm(page, '录入纸质签批')
    await page.locator('.paper').waitFor()
    const step = await page.locator('ol.steps li', { has: page.locator('.paper') }).innerText()
    expect(step).toContain('纸质签批：李建国（副局长），2026-03-02')
    expect(step).toContain('tby-001')
    expect(step).not.toContain('申请人本人录入')
    await page.close()
  })

  test('the security officer sets a stand-in, who acts for the absent person, and the act says for whom', async () => {
    const officer = await desk.page('aqy-001', '/w/do/stand-in')
    const pick = async (label: string, words: string, offered: string): Promise<void> => {
      await officer.getByLabel(new RegExp(`^${label}`)).fill(words)
      await officer.locator('.ant-select-item-option:visible', { hasText: offered }).first().click()
    }
    await pick('被代理人', 'hsy-001', 'hsy-001')
    await pick('代理人', 'tby-001', 'tby-001')
    await officer.getByLabel('角色').last().fill('technician')
    await pick('区域', '青山县', COUNTY)
    const today = civilDateIn(instantOfMs(Date.now()), '+08:00')
    await officer.getByLabel('起日').fill(today)
    await officer.getByLabel('止日').fill(`${Number(today.slice(0, 4)) + 1}-01-31`)
    await confirm(officer, '办理')
    await officer.locator('.receipt').waitFor()
    await officer.close()
    const page = await desk.page('tby-001', '/w')
    await page
      .getByText(/代理一个角色/)
      .first()
      .waitFor()
    await page.locator('.header select').selectOption('technician')
    await page.goto(`${served.address}/w/gep/${account}`)
    await page.locator('.totals .figure').first().click()
    await page.getByRole('button', { name: '批注', exact: true }).click()
    await page.getByLabel(/内容/).fill('代核算员问：本数与年鉴不同')
    await page.getByRole('button', { name: '提交批注' }).click()
    await page.locator('.comment-open').getByText('代核算员问').waitFor()
    await page.goto(`${served.address}/w/inbox?tab=done`)
    await page.locator('tbody tr').first().locator('a').first().click()
    await page.locator('dt', { hasText: /^代$/ }).waitFor()
    await page.close()
  })

  test('who reads the public page downloads its proof, and the verifier page finds it good and a changed one bad', async () => {
    await served.act('sbg-001', 'publishAccount', {
      account,
      titleZh: '青山县生态产品总值',
      titleEn: 'GEP of Qingshan',
      withMap: false,
    })
    const page = await desk.stranger('/public/')
    await page.getByRole('link', { name: /青山县生态产品总值/ }).click()
    await page.getByRole('heading', { level: 1, name: /青山县生态产品总值/ }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /凭证/ }).first().click(),
    ])
    const proof = readFileSync(await download.path(), 'utf8')
    await page.getByRole('link', { name: /核验/ }).first().click()
    const judge = async (name: string, text: string): Promise<string> => {
      const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) }
      await page.getByLabel('选择文件 choose files').setInputFiles(file)
      const line = page.locator('#results summary', { hasText: name })
      await line.waitFor()
      return (await line.textContent())!
    }
    expect(await judge('as-downloaded.json', proof)).toContain('✓ 成立')
    expect(await judge('changed.json', proof.replace('GEP of Qingshan', 'GEP of Qingshen'))).toContain('✗ 不成立')
    await page.context().close()
  })

  test('who may not make, sign or publish an account is not offered it, and is refused in words when trying', async () => {
    const page = await desk.page('shy-001', '/w/gep/run')
    await page.getByText('您现在的角色不做核算').waitFor()
    await page.goto(`${served.address}/w/gep/${account}/publish`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: '公布', exact: true }).count()).toBe(0)
    await page.goto(`${served.address}/w/do/advance-account?account=${account}&to=official`)
    await page.locator('.command-form button[type=submit]').click()
    await page
      .getByRole('alert')
      .getByText(/不能办理/)
      .first()
      .waitFor()
    expect(await page.locator('.receipt').count()).toBe(0)
    await page.goto(`${served.address}/w/people`)
    await page.getByText('您现在的角色不能看这里').waitFor()
    await page.close()
  })

  test('no page broke, and none asked a stranger for anything', () => {
    expect(desk.complaints).toEqual([])
  })
})
