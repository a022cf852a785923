// An account through the workbench in a real browser: a folder is uploaded as an archive, looked at, computed with progress,
// registered; a figure tells why down to its cell, is commented on, answered, resolved; two other people take the account to
// 初步 and 正式; it is published and read without script. A second one with maps opens a pixel and is compared.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeZip } from '../../src/core/exchange-formats/index.ts'
import { listText, writePackage } from '../../src/domains/accounting/index.ts'
import { text } from '../../src/kernel/index.ts'
import { smallFolder } from '../office.fixture.ts'
import { between, mapAccount, putMapAccount } from '../../src/domains/accounting/maps/map-account.fixture.ts'
import { accountOf, rules, storyFolder } from '../stories/folders.ts'
import { COUNTY, openAccountHouse, PASSWORD, type AccountHouse, type Login } from './account-house.ts'
import { openBrowser } from './browser.ts'

const browser = await openBrowser()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const home = storyFolder('browser-account')
const SCREEN = { width: 1366, height: 768 }
/** A run is a process of its own on a machine that may be busy. */
const LONG = 90_000

let served: AccountHouse
const contexts = new Map<Login, BrowserContext>()
/** What a page complained about or asked of strangers. */
const complaints: string[] = []
/** Address of the account that the first journey registers, `/w/gep/ID`. */
let account = ''
/** The folder of data it was computed from, `data=ID`. */
let data = ''

beforeAll(async () => {
  if (browser) served = await openAccountHouse()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function pageOf(login: Login, path: string): Promise<Page> {
  const before = contexts.get(login)
  const context = before ?? (await browser!.newContext({ viewport: SCREEN }))
  contexts.set(login, context)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (e) => complaints.push(String(e)))
  page.on('request', (r) => {
    if (!r.url().startsWith(served.address) && !/^(data|blob):/.test(r.url())) complaints.push(r.url())
  })
  await page.goto(served.address + path)
  if (!before) {
    await page.getByLabel('登录名').fill(login)
    await page.getByLabel('密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.locator('nav.menu').waitFor()
  }
  return page
}

/** Serious mistakes of accessibility on what is shown. */
async function seriousOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')))`,
  )
}

/** The small account of the sample county's code, as one archive. */
function archive(): Buffer {
  const given = smallFolder(home, { region: { code: COUNTY, name: text('青山县', 'Qingshan') } })
  const files = new Map(
    accountOf(given).sources.map((s) => [s.file, Uint8Array.from(readFileSync(join(given.folder, s.file)))]),
  )
  files.set('account.yaml', new TextEncoder().encode(listText(given.list)))
  return Buffer.from(writeZip(files))
}

/** A small account over maps: rain and evaporation of three parts of the county. */
function accountOverMaps(): Uint8Array {
  const corner = (x: number, y: number) => [x + 0.01, y + 0.02] as const
  const part = (code: string, from: number, to: number) => ({
    code: `${COUNTY}${code}`,
    rings: [[corner(from, 0), corner(to, 0), corner(to, 16), corner(from, 16)]],
  })
  const given = mapAccount({
    cover: () => 1,
    layers: [
      { argument: 'precipitation', unit: 'mm', at: between(900, 1600, 3) },
      { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4) },
    ],
    regions: [part('001', 0, 8), part('002', 8, 15), part('003', 15, 22)],
    list: {
      methods: { R1: ['R1.water-balance.map'] },
      region: { code: COUNTY, name: text('青山县', 'Qingshan') },
    },
  })
  const folder = join(home, 'maps')
  putMapAccount(folder, given)
  const account = accountOf({ folder, list: given.list })
  const inputs = new Map(account.sources.map((s) => [s.file, Uint8Array.from(readFileSync(join(folder, s.file)))]))
  return writePackage({ account, list: given.list, rules: rules.files, report: new Map(), inputs }).bytes
}

/** Approves the request that the page shows. */
async function agree(page: Page): Promise<void> {
  await page.getByRole('button', { name: '同意' }).first().click()
  const form = page.locator('.command-form').getByRole('button', { name: '同意' })
  if ((await form.count()) > 0) await form.click()
  await page.locator('.receipt').waitFor()
}

describe.skipIf(!browser)('an account in the workbench', () => {
  test(
    'an archive is uploaded, looked at, computed with progress and registered as a trial',
    async () => {
      const page = await pageOf('hsy-001', '/w')
      await page.locator('nav.menu').getByRole('link', { name: '新核算' }).click()
      await page
        .getByLabel('压缩包或几个文件')
        .setInputFiles({ name: '资料.zip', mimeType: 'application/zip', buffer: archive() })
      await page.getByText('红色 0 项').waitFor()
      data = new URL(page.url()).searchParams.get('data')!
      expect(await page.getByText(/读到 \d+ 个数/).textContent()).toMatch(/读到 [1-9]\d* 个数/)
      expect(await seriousOn(page)).toEqual([])
      await page.getByRole('button', { name: '开始核算' }).click()
      await page.getByRole('progressbar').waitFor()
      await page.getByRole('heading', { name: '四、登记为试算' }).waitFor({ timeout: LONG })
      await page.getByRole('button', { name: '登记', exact: true }).click()
      await page.locator('.statement').waitFor({ timeout: LONG })
      account = new URL(page.url()).pathname
      expect(account).toMatch(/^\/w\/gep\/[0-9a-f-]{36}$/)
      expect(await page.locator('.ladder [aria-current]').textContent()).toContain('试算')
      await page.close()
    },
    LONG,
  )

  test('a figure tells why down to the cell of its workbook, by the keys alone', async () => {
    const page = await pageOf('hsy-001', account)
    await page.locator('.statement').waitFor()
    const opener = page.locator('.opener').first()
    await opener.focus()
    await page.keyboard.press('Enter')
    const part = page.locator('.kind-row-part td.number .figure').last()
    await part.focus()
    await page.keyboard.press('Enter')
    await page.locator('.reason').waitFor()
    expect(await page.getByText('刚才按下式重算，逐位相同').count()).toBe(1)
    for (const shut of await page.locator('.reason details:not([open]) > summary').all()) await shut.click()
    expect(await page.locator('.origin-fact').first().textContent()).toMatch(/\.xlsx › .+ › [A-Z]+\d+/)
    expect(await seriousOn(page)).toEqual([])
    await page.getByRole('button', { name: '凭证', exact: true }).click()
    await page.getByRole('link', { name: '看登记的凭证' }).waitFor()
    await page.getByRole('button', { name: '历史', exact: true }).click()
    await page.getByRole('table').last().waitFor()
    await page.close()
  })

  test('a comment stands at its figure, is answered by who made the account and resolved by who asked', async () => {
    const asks = await pageOf('shy-001', account)
    await asks.locator('.totals .figure').first().click()
    await asks.getByRole('button', { name: '批注', exact: true }).click()
    await asks.getByLabel(/内容/).fill('请说明与上年的差异')
    await asks.getByRole('button', { name: '提交批注' }).click()
    await asks.locator('.comment-open').getByText('请说明与上年的差异').waitFor()
    const answers = await pageOf('hsy-001', `${account}/comments`)
    await answers.getByRole('button', { name: '答复' }).click()
    await answers.getByLabel(/内容/).fill('价格年份不同，见参数表')
    await answers.getByRole('button', { name: '提交答复' }).click()
    await answers.locator('.answer').getByText('价格年份不同，见参数表').waitFor()
    await asks.goto(`${served.address}${account}/comments`)
    await asks.getByRole('button', { name: '办结' }).click()
    await asks.locator('.comment-resolved').waitFor()
    expect(await seriousOn(asks)).toEqual([])
    await answers.close()
    await asks.close()
  })

  test(
    'two other people take it from 试算 to 初步 to 正式, and the reviewer leaves with a printed opinion',
    async () => {
      const step = async (words: string, by: Login): Promise<void> => {
        const maker = await pageOf('hsy-001', `${account}/review`)
        await maker.getByRole('button', { name: words }).click()
        const request = (await maker.getByRole('link', { name: '打开申请' }).getAttribute('href'))!
        await maker.close()
        const other = await pageOf(by, request)
        await agree(other)
        await other.close()
      }
      const reviewer = await pageOf('shy-001', `${account}/opinion`)
      await reviewer.getByRole('heading', { name: '值大而证据弱的二十个数' }).waitFor()
      await reviewer.locator('.rows-table tbody tr').first().waitFor()
      const paper = await reviewer.pdf({ format: 'A4' })
      expect(paper.length).toBeGreaterThan(10_000)
      await reviewer.close()
      await step('报请转为初步', 'shy-001')
      await step('报请转为正式', 'sbg-001')
      const page = await pageOf('hsy-001', account)
      expect(await page.locator('.ladder [aria-current]').textContent()).toContain('正式 审定 sbg-001')
      await page.close()
    },
    LONG,
  )

  test('the official account is published, and its page is read without signing in and without script', async () => {
    const page = await pageOf('sbg-001', `${account}/publish`)
    await page.getByRole('button', { name: '公布', exact: true }).click()
    const link = page.getByRole('link', { name: /打开公开页/ }).first()
    await link.waitFor()
    const href = (await link.getAttribute('href'))!
    await page.close()
    const anybody = await browser!.newContext({ viewport: SCREEN, javaScriptEnabled: false })
    const open = await anybody.newPage()
    const answer = await open.goto(served.address + href)
    expect(answer!.status()).toBe(200)
    expect(await open.getByRole('heading', { level: 1 }).textContent()).toContain('示范县生态产品总值')
    expect(await open.getByRole('table').count()).toBeGreaterThan(0)
    await anybody.close()
  })

  test(
    'a parameter is changed from the account, by two people, and the next run of the same folder takes it along with its proof',
    async () => {
      const page = await pageOf('hsy-001', `${account}/grounds`)
      await page.getByLabel('查找参数').fill('bulk-density')
      await page.getByRole('link', { name: /^改 / }).first().click()
      await page.getByLabel('数值', { exact: false }).first().waitFor()
      expect(await page.getByLabel('参数', { exact: false }).first().inputValue()).toBe('gep.r2.bulk-density')
      await page.getByRole('textbox', { name: /^数值/ }).fill('1.27')
      await page.getByLabel('证据等级').selectOption('confirmed')
      await page.getByLabel('理由').fill('本县 48 个剖面实测平均容重高于通用值')
      await page.getByLabel('出处').fill('第三次土壤普查成果报告，第 41 页')
      await page.getByRole('button', { name: '提交申请' }).click()
      const request = (await page.locator('.receipt').getByRole('link', { name: /申请/ }).first().getAttribute('href'))!
      const other = await pageOf('shy-001', request)
      // The effect stands on the sheet before anybody decides.
      await other
        .getByText(/重算.*GEP/)
        .first()
        .waitFor()
      await agree(other)
      await other.close()
      await page.goto(`${served.address}/w/gep/run?data=${data}`)
      await page.getByRole('button', { name: '开始核算' }).click()
      await page.getByRole('heading', { name: '四、登记为试算' }).waitFor({ timeout: LONG })
      await page.getByRole('button', { name: '登记', exact: true }).click()
      await page.locator('.statement').waitFor({ timeout: LONG })
      await page.getByRole('link', { name: '参数与资料' }).click()
      await page.getByLabel('查找参数').fill('bulk-density')
      expect(await page.getByText(/本地改动，原值/).textContent()).toContain('本县 48 个剖面')
      await page.getByRole('link', { name: '凭证', exact: true }).first().click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.close()
    },
    LONG * 2,
  )

  test(
    'an account with maps opens a pixel at typed coordinates, and is compared with the other',
    async () => {
      const bytes = accountOverMaps()
      const { hash } = await served.house.files.put(bytes)
      const answer = await served.act('hsy-001', 'registerAccount', { place: COUNTY, package: hash })
      const id = (answer as { readonly account: string }).account
      const page = await pageOf('hsy-001', `/w/gep/${id}/map`)
      await page.locator('.zone-map canvas').waitFor({ timeout: LONG })
      expect(await page.locator('.zones li').count()).toBe(3)
      await page.getByLabel('经度,纬度 或 地图坐标 x,y').fill('500200,3299800')
      await page.keyboard.press('Enter')
      await page.locator('.pixel summary').first().waitFor({ timeout: LONG })
      await page.locator('.pixel summary').first().click()
      await page.locator('.pixel .origin-map').first().waitFor()
      expect(await page.locator('.pixel .origin-map').first().textContent()).toContain('.tif')
      expect(await seriousOn(page)).toEqual([])
      await page.goto(`${served.address}/w/gep/compare?a=${account.split('/').at(-1)}&b=${id}`)
      await page.getByRole('heading', { name: '影响最大的变动' }).waitFor()
      expect(await seriousOn(page)).toEqual([])
      await page.close()
    },
    LONG,
  )

  test('no page complained or asked anything of a stranger', () => {
    expect(complaints).toEqual([])
  })
})
