// First light in a real browser, on both databases: one change of one parameter is proposed, approved by a second person, posted,
// logged, seen in the recomputed figure and proved on the static page. The serving program is killed (kill -9) in the middle of the
// submission, twice, and between the approval and the reading, and started again on the same data.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASSWORD_COST } from '../../src/core/identity/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { storyFolder } from '../stories/folders.ts'
import { COUNTY, foundAccountHouse, PASSWORD } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { approve, openDesk, type Desk } from './desk.ts'
import { startServing, type ServingProcess } from './serving-process.ts'
import { archiveOf, packageOf, workbookFolder } from './small-accounts.ts'

const browser = await openBrowser()
const home = storyFolder('browser-first-light')
const given = workbookFolder(home)
const stores: TestStore[] = []
/** A run is a process of its own on a machine that may be busy. */
const LONG = 120_000

afterAll(async () => {
  await browser?.close()
  for (const s of stores) await s.close()
})

const PARAMETER = 'gep.r2.bulk-density'
const PROPOSE = `/w/do/propose-override?${new URLSearchParams({
  parameter: PARAMETER,
  key: 'ganzi-2010',
  place: COUNTY,
  yearFrom: '2010',
  'value.unit': 't/m3',
}).toString()}`
const SUBMITS = '**/api/v1/acts/propose-override'

describe.skipIf(!browser).each(ENGINES)('first light on %s', (engine) => {
  let serving: ServingProcess
  let desk: Desk
  /** Of the account before the change, and what it came to. */
  let before = ''
  let gepBefore = ''
  /** Address of the act that put the change in force. */
  let act = ''
  const folder = join(home, engine)

  beforeAll(async () => {
    const store = engine === 'pglite' ? undefined : await openTestStore(engine, [])
    if (store) stores.push(store)
    mkdirSync(folder, { recursive: true })
    const at = store?.url === undefined ? {} : { databaseUrl: store.url }
    const founded = await foundAccountHouse(folder, { ...at, cost: PASSWORD_COST })
    before = await founded.register(packageOf(given))
    await founded.house.close()
    serving = await startServing(join(folder, 'data'), store?.url)
    desk = openDesk(browser!, () => serving.address, PASSWORD)
  })
  afterAll(() => serving.stop())

  /** With all its digits. */
  const total = async (page: Page): Promise<string> =>
    (await page.locator('.totals .figure').first().getAttribute('title'))!
  const submit = (page: Page) => page.getByRole('button', { name: '提交申请' }).click()

  test('the server is killed twice in the middle of a submission; pressing again asks once', async () => {
    const page = await desk.page('hsy-001', PROPOSE)
    await page.getByRole('textbox', { name: /^数值/ }).fill('1.27')
    await page.getByLabel('证据等级').selectOption('confirmed')
    await page.getByLabel('理由').fill('本县 48 个剖面实测平均容重高于通用值')
    await page.getByLabel('出处').fill('第三次土壤普查成果报告，第 41 页')
    // Killed while the request is on its way: whether it was taken nobody knows.
    await page.route(SUBMITS, async (route) => {
      void route.continue().catch(() => undefined)
      await page.waitForTimeout(2)
      await serving.kill()
    })
    await submit(page)
    await page.getByText('连不上服务器').waitFor()
    expect(await page.getByRole('textbox', { name: /^数值/ }).inputValue()).toBe('1.27')
    await page.unroute(SUBMITS)
    await serving.start()
    // Killed when it was taken, before the browser heard of it.
    await page.route(SUBMITS, async (route) => {
      expect((await route.fetch()).status()).toBe(200)
      await serving.kill()
      await route.abort()
    })
    await submit(page)
    await page.getByText('连不上服务器').waitFor()
    await page.unroute(SUBMITS)
    await serving.start()
    await submit(page)
    await page.getByText('此前已经办过，这次没有再办。').waitFor()
    await page.goto(`${serving.address}/w/inbox?tab=asked`)
    await page.locator('ul.inbox li').first().waitFor()
    expect(await page.locator('ul.inbox li').count()).toBe(1)
    await page.close()
  })

  test('a second person sees what it will do to the figure and approves it; then the server is killed', async () => {
    const page = await desk.page('shy-001')
    await page.locator('ul.inbox a').first().click()
    await page
      .getByText(/重算.*GEP/)
      .first()
      .waitFor()
    await approve(page)
    await serving.kill()
    await serving.start()
    await page.reload()
    await page.getByText('已同意').first().waitFor()
    await page.close()
  })

  test(
    'the figure of the next account is another one, and says which act, by whom and at which place of the log',
    async () => {
      const page = await desk.page('hsy-001', `/w/gep/${before}`)
      gepBefore = await total(page)
      await page.goto(`${serving.address}/w/gep/run`)
      await page
        .getByLabel('压缩包或几个文件')
        .setInputFiles({ name: '资料.zip', mimeType: 'application/zip', buffer: archiveOf(given) })
      await page.getByRole('button', { name: '开始核算' }).click()
      await page.getByRole('button', { name: '登记', exact: true }).click({ timeout: LONG })
      await page.locator('.statement').waitFor({ timeout: LONG })
      expect(await total(page)).not.toBe(gepBefore)
      await page.getByRole('link', { name: '参数与资料' }).click()
      await page.getByLabel('查找参数').fill(PARAMETER)
      expect(await page.getByText(/本地改动，原值 0\.93/).textContent()).toContain('shy-001')
      act = (await page.getByRole('link', { name: '凭证', exact: true }).first().getAttribute('href'))!
      const after = new URL(page.url()).pathname.split('/')[3]
      await page.goto(`${serving.address}/w/gep/compare?a=${before}&b=${after}`)
      await page.getByRole('heading', { name: '影响最大的变动' }).waitFor()
      expect(await page.getByText(/参数 1，价格 0，方法 0/).count()).toBe(1)
      await page.goto(`${serving.address}/w/gep/${after}`)
      await page.getByRole('button', { name: '全部展开' }).click()
      await page.locator('.kind-row-part', { hasText: '泥沙' }).first().locator('.figure').last().click()
      await page.locator('.reason').waitFor()
      const reason = (await page.locator('.reason').textContent())!
      for (const words of ['参数改动', act.split('/').at(-1)!, '审核专家 shy-001', '日志第'])
        expect(reason).toContain(words)
      await page.close()
    },
    LONG * 2,
  )

  test('the act is proved on the static page, from two files, when the server is dead', async () => {
    const page = await desk.page('hsy-001', `${act}/proof`)
    await page.getByText('✓ 凭证成立').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存凭证文件' }).click(),
    ])
    const proof = readFileSync(await download.path(), 'utf8')
    expect(proof).toContain('parameter-overridden')
    const file = join(folder, 'verify.html')
    writeFileSync(file, await (await page.request.get(`${serving.address}/verify`)).body())
    await page.close()
    await serving.kill()
    const anybody = await desk.stranger(pathToFileURL(file).href)
    const judge = async (name: string, text: string): Promise<string> => {
      const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) }
      await anybody.getByLabel('选择文件 choose files').setInputFiles(file)
      await anybody.locator('#results summary', { hasText: name }).waitFor()
      return (await anybody.locator('#results summary').textContent())!
    }
    expect(await judge('as-it-is.json', proof)).toContain('✓ 成立')
    expect(await judge('changed.json', proof.replace('1.27', '1.28'))).toContain('✗ 不成立')
    await anybody.close()
  })

  test('no page broke, and none asked a stranger for anything', () => {
    expect(desk.complaints).toEqual([])
  })
})
