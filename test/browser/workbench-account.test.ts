// An account through the workbench in a real browser: a folder is uploaded as an archive, looked at, computed with progress,
// registered; a figure tells why down to its cell, is commented on, answered, resolved; two other people take the account to
// 初步 and 正式; it is published and read without script. A second one with maps opens a pixel and is compared.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storyFolder } from '../stories/folders.ts'
import { openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, SCREEN, seriousOn, type Desk } from './desk.ts'
import { archiveOf, packageOverMaps, workbookFolder } from './small-accounts.ts'

const browser = await openBrowser()
const home = storyFolder('browser-account')
/** A run is a process of its own on a machine that may be busy. */
const LONG = 90_000

let served: AccountHouse
let desk: Desk
/** Address of the account that the first journey registers, `/w/gep/ID`. */
let account = ''
/** The folder of data it was computed from, `data=ID`. */
let data = ''

beforeAll(async () => {
  if (!browser) return
  served = await openAccountHouse()
  desk = openDesk(browser, () => served.address, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

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
      const page = await desk.page('hsy-001', '/w')
      await page.locator('nav.menu').getByRole('link', { name: '新核算' }).click()
      await page
        .getByLabel('压缩包或几个文件')
        .setInputFiles({ name: '资料.zip', mimeType: 'application/zip', buffer: archiveOf(workbookFolder(home)) })
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
    const page = await desk.page('hsy-001', account)
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
    const asks = await desk.page('shy-001', account)
    await asks.locator('.totals .figure').first().click()
    await asks.getByRole('button', { name: '批注', exact: true }).click()
    await asks.getByLabel(/内容/).fill('请说明与上年的差异')
    await asks.getByRole('button', { name: '提交批注' }).click()
    await asks.locator('.comment-open').getByText('请说明与上年的差异').waitFor()
    const answers = await desk.page('hsy-001', `${account}/comments`)
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
      const step = async (words: string, by: string): Promise<void> => {
        const maker = await desk.page('hsy-001', `${account}/review`)
        await maker.getByRole('button', { name: words }).click()
        const request = (await maker.getByRole('link', { name: '打开申请' }).getAttribute('href'))!
        await maker.close()
        const other = await desk.page(by, request)
        await agree(other)
        await other.close()
      }
      const reviewer = await desk.page('shy-001', `${account}/opinion`)
      await reviewer.getByRole('heading', { name: '值大而证据弱的二十个数' }).waitFor()
      await reviewer.locator('.rows-table tbody tr').first().waitFor()
      const paper = await reviewer.pdf({ format: 'A4' })
      expect(paper.length).toBeGreaterThan(10_000)
      await reviewer.close()
      await step('报请转为初步', 'shy-001')
      await step('报请转为正式', 'sbg-001')
      const page = await desk.page('hsy-001', account)
      expect(await page.locator('.ladder [aria-current]').textContent()).toMatch(/正式 审定 (sbg-001|省办丙)/)
      await page.close()
    },
    LONG,
  )

  test('the official account is published, and its page is read without signing in and without script', async () => {
    const page = await desk.page('sbg-001', `${account}/publish`)
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
      const page = await desk.page('hsy-001', `${account}/grounds`)
      await page.getByLabel('查找参数').fill('bulk-density')
      await page.getByRole('link', { name: '提出改动' }).first().click()
      await page.getByLabel('数值', { exact: false }).first().waitFor()
      expect(await page.getByLabel('参数', { exact: false }).first().inputValue()).toBe('gep.r2.bulk-density')
      await page.getByRole('textbox', { name: /^数值/ }).fill('1.27')
      await page.getByLabel('证据等级').selectOption('confirmed')
      await page.getByLabel('理由').fill('本县 48 个剖面实测平均容重高于通用值')
      await page.getByLabel('出处').fill('第三次土壤普查成果报告，第 41 页')
      await page.getByRole('button', { name: '提交申请' }).click()
      const request = (await page.locator('.receipt').getByRole('link', { name: /申请/ }).first().getAttribute('href'))!
      const other = await desk.page('shy-001', request)
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
      const id = await served.register(packageOverMaps(home))
      const page = await desk.page('hsy-001', `/w/gep/${id}/map`)
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
    expect(desk.complaints).toEqual([])
  })
})
