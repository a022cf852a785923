// A person who has never seen the workbench finds from the first screen, within three clicks: what is waiting for me, the last
// account, why this figure, who approved it. In every role that has those rights, clicks counted, and once by the keys alone.

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openDesk, settled, type Desk } from './desk.ts'
import { openFilledHouse, PASSWORD, type FilledHouse } from './filled-house.ts'

const browser = await openBrowser()
let served: FilledHouse
let desk: Desk
beforeAll(async () => {
  if (!browser) return
  served = await openFilledHouse(false)
  desk = openDesk(browser, () => served.address, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Who may see accounts: makers, reviewers, the office of the province, clerks, auditors, deputies. */
const DEPUTY = 'db-001'
const READERS = ['hsy-001', 'shy-001', 'sbg-001', 'tby-001', 'sjy-001', DEPUTY]

/** Who took the account from step to step: by name, or by login name where the role is not told names. */
const MAKER = /(?:hsy-001|核算甲)/
const REVIEWER = /(?:shy-001|审核乙)/
const SIGNER = /(?:sbg-001|省办丙)/

/** The first screen, and a way to click that counts. */
async function firstScreen(
  login: string,
): Promise<{ page: Page; click: (at: Locator) => Promise<void>; clicks: () => number }> {
  const page = await desk.page(login)
  await settled(page)
  let n = 0
  return {
    page,
    click: async (at) => {
      n += 1
      await at.click()
    },
    clicks: () => n,
  }
}

describe.skipIf(!browser)('from the first screen', () => {
  test('what waits for me is on it, and one click opens it with what it will do', async () => {
    const { page, click, clicks } = await firstScreen('shy-001')
    await page.getByRole('heading', { name: /^待办 [1-9]/ }).waitFor()
    await click(page.locator('ul.inbox').getByRole('link').first())
    await page.getByRole('heading', { name: '同意后的结果' }).waitFor()
    expect(clicks()).toBeLessThanOrEqual(3)
    await page.close()
  })

  test('the office of the province sees how far each county has come, and the reviewer what waits to be judged', async () => {
    const office = (await firstScreen('sbg-001')).page
    const done = office.getByRole('row', { name: /青山县/ })
    await done.getByText('已完成').waitFor()
    expect(await done.getByText('✓', { exact: true }).count()).toBe(4)
    await office
      .getByRole('row', { name: /桃源县/ })
      .getByText('未录入')
      .waitFor()
    await office.close()
    const reviewer = (await firstScreen('shy-001')).page
    await reviewer.getByRole('heading', { name: '异常清单' }).waitFor()
    await reviewer.getByText('没有等待审核的核算。').waitFor()
    await reviewer.close()
  })

  for (const login of READERS)
    test(`${login} finds the last account, why its figure is what it is, and who approved it, each within three clicks`, async () => {
      // The last account: one click to its statement.
      const first = await firstScreen(login)
      await first.page.getByRole('heading', { name: '最近的核算' }).waitFor()
      await first.click(first.page.locator('.part', { hasText: '最近的核算' }).locator('p a').first())
      await first.page.locator('.statement').waitFor()
      // Why this figure: any figure of the statement.
      await first.click(first.page.locator('.statement .figure').first())
      await first.page.locator('.reason').waitFor()
      expect(first.clicks()).toBeLessThanOrEqual(3)
      await first.page.close()
      // Why the total: from the first screen itself.
      const why = await firstScreen(login)
      await why.click(why.page.getByRole('link', { name: '为什么', exact: true }).first())
      await why.page.locator('.reason').waitFor()
      expect(await why.page.locator('.reason').innerText()).not.toBe('')
      // Who approved it: named on the screen of the account; whoever may read acts opens the one that brought it in.
      await why.page.locator('.ladder').getByText(SIGNER).waitFor()
      if (login !== DEPUTY) {
        await why.click(why.page.getByRole('button', { name: '凭证', exact: true }))
        await why.click(why.page.getByRole('link', { name: '谁登记、谁审定' }))
        await settled(why.page)
        await why.page.locator('main').getByText(MAKER).first().waitFor()
      } else {
        // Nobody is offered what they would be refused.
        await why.click(why.page.getByRole('button', { name: '凭证', exact: true }))
        await why.page.getByText('包编号').waitFor()
        expect(await why.page.getByRole('link', { name: '谁登记、谁审定' }).count()).toBe(0)
      }
      expect(why.clicks()).toBeLessThanOrEqual(3)
      await why.page.close()
    })

  test('who approved an account is named on its first screen, beside its list and on the account', async () => {
    const { page, click, clicks } = await firstScreen('sjy-001')
    await click(page.getByRole('link', { name: '全部核算' }))
    const row = page.locator('tbody tr', { hasText: '已公布' })
    await row.getByText(SIGNER).waitFor()
    expect(await row.innerText()).toMatch(new RegExp(`${MAKER.source}.*${REVIEWER.source}.*${SIGNER.source}`))
    await click(row.getByRole('link').first())
    await page.locator('.ladder').getByText(SIGNER).waitFor()
    const steps = (await page.locator('.ladder li').allInnerTexts()).join()
    expect(steps).toMatch(new RegExp(`登记 ${MAKER.source}.*审核 ${REVIEWER.source}.*审定 ${SIGNER.source}`))
    expect(clicks()).toBeLessThanOrEqual(3)
    await page.close()
  })

  test('the same way goes by the keys alone, the focus always seen, and Escape leads back to the figure', async () => {
    const { page } = await firstScreen('hsy-001')
    /** Presses Tab until the wanted thing has the focus; it must then be seen to have it. */
    const tabTo = async (wanted: string): Promise<void> => {
      for (let presses = 0; presses < 120; presses++) {
        await page.keyboard.press('Tab')
        if (!(await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(wanted)})`))) continue
        expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none')
        return
      }
      throw new Error(`Tab does not reach ${wanted} on ${page.url()}`)
    }
    await page.keyboard.press('Tab')
    expect(await page.evaluate<string>('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    await tabTo('main .part p a')
    await page.keyboard.press('Enter')
    await page.locator('.statement').waitFor()
    await tabTo('.totals .figure')
    await page.keyboard.press('Enter')
    await page.locator('.reason').waitFor()
    await tabTo('.thread')
    await page.keyboard.press('Escape')
    await page.locator('.reason').waitFor({ state: 'detached' })
    // The drawer gives the focus back when it has slid away.
    const back = (): Promise<boolean> => page.evaluate<boolean>(`document.activeElement.matches('.totals .figure')`)
    await expect.poll(back, { timeout: 10_000 }).toBe(true)
    await page.close()
  })

  test('no page broke, and none asked a stranger for anything', () => {
    expect(desk.complaints).toEqual([])
  })
})
