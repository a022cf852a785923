// An input list changed in a real browser: workbooks without a list are uploaded, the proposal is answered, changed and added to,
// and every change comes back checked.

import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeZip } from '../../src/core/exchange-formats/index.ts'
import { ganziWorkbooks } from '../../src/domains/accounting/index.ts'
import { storyFolder } from '../stories/folders.ts'
import { openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, seriousOn, type Desk } from './desk.ts'

const browser = await openBrowser()
const LONG = 90_000
let served: AccountHouse
let desk: Desk
let archive: Buffer

beforeAll(async () => {
  if (!browser) return
  served = await openAccountHouse()
  desk = openDesk(browser, () => served.address, PASSWORD)
  archive = Buffer.from(writeZip(await ganziWorkbooks()))
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

describe.skipIf(!browser)('the input list on the screen', () => {
  test(
    'a proposal is changed by the keys alone, and each change comes back checked',
    async () => {
      const page = await desk.page('hsy-001', '/w/gep/run')
      await page
        .getByLabel('压缩包或几个文件')
        .setInputFiles({ name: '资料.zip', mimeType: 'application/zip', buffer: archive })
      const lines = page.locator('details:has(table) > summary')
      await lines.waitFor({ timeout: LONG })
      const count = async (): Promise<readonly number[]> =>
        ((await lines.textContent())!.match(/\d+/g) ?? []).map(Number)
      const [all, open] = (await count()) as [number, number]
      expect(all).toBeGreaterThan(3)
      expect(await seriousOn(page)).toEqual([])

      const right = page.getByRole('button', { name: /^对：/ })
      expect(await right.count()).toBe(open)
      if (open > 0) {
        await right.first().focus()
        await page.keyboard.press('Enter')
        await page.getByText(`清单 ${all} 行，待答 ${open - 1}`).waitFor({ timeout: LONG })
      }

      await page.getByRole('button', { name: /^改：第 1 行/ }).focus()
      await page.keyboard.press('Enter')
      const unit = page.locator('.entry-form').getByLabel('单位')
      const before = await unit.inputValue()
      await unit.fill('尺')
      await unit.press('Enter')
      await page.getByText('清单 list › 1').waitFor({ timeout: LONG })
      await page.getByRole('button', { name: /^改：第 1 行/ }).click()
      expect(await seriousOn(page)).toEqual([])
      await unit.fill(before)
      await unit.press('Enter')
      await page.getByText('清单 list › 1').waitFor({ state: 'detached', timeout: LONG })

      await page.getByText('地区、年份、名称和服务').click()
      await page.getByLabel('地区代码').fill('439901')
      await page.getByLabel('地区名称', { exact: true }).fill('示范县')
      await page.getByRole('checkbox', { name: /^R7/ }).uncheck()
      await page.getByLabel('R7 不核算的理由').fill('本地没有海岸带')
      await page.getByLabel('R7 不核算的理由').press('Enter')
      await page.getByText(/示范县 439901/).waitFor({ timeout: LONG })

      await page.getByRole('button', { name: /^删：第 1 行/ }).click()
      await page.getByText(new RegExp(`清单 ${all - 1} 行`)).waitFor({ timeout: LONG })
      await page.reload()
      await page.getByText(new RegExp(`清单 ${all - 1} 行`)).waitFor({ timeout: LONG })
      await page.getByRole('button', { name: '丢开改动' }).click()
      await page.getByText(`清单 ${all} 行，待答 ${open}`).waitFor({ timeout: LONG })
      await page.screenshot({
        path: process.env['QINGSHAN_SHOT'] ?? join(storyFolder('shots'), 'list.png'),
        fullPage: true,
      })
      await page.close()
    },
    4 * LONG,
  )
})
