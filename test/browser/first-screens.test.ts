// First screens of roles in a real browser: the provincial office reminds a county by a letter, an auditor compares a term of office, a
// deputy reads four pages and asks. Each by what the record holds.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docxBlocks } from '../../src/core/exchange-formats/index.ts'
import { storyFolder } from '../stories/folders.ts'
import { openBrowser } from './browser.ts'
import { openDesk, seriousOn, settled, type Desk } from './desk.ts'
import { openFilledHouse, PASSWORD, type FilledHouse } from './filled-house.ts'

const browser = await openBrowser()
const LONG = 120_000
let served: FilledHouse
let desk: Desk

beforeAll(async () => {
  if (!browser) return
  served = await openFilledHouse()
  desk = openDesk(browser, () => served.address, PASSWORD)
}, LONG)
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const shots = process.env['QINGSHAN_SHOTS'] ?? storyFolder('first-screens')
/** Keeps what it looks like, on the screen and on A4, for whoever wants to see it. */
async function kept(page: Page, name: string): Promise<Buffer> {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  return page.pdf({ format: 'A4', preferCSSPageSize: true, path: join(shots, `${name}.pdf`) })
}
const sheets = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length
const inEnglish = (page: Page): Promise<void> => page.getByRole('button', { name: 'English' }).click()

describe.skipIf(!browser)('first screens', () => {
  test(
    'the provincial office opens what a county lacks from the table, and leaves with a letter in Word and on one A4',
    async () => {
      const page = await desk.page('sbg-001')
      await settled(page)
      await page.getByLabel('各县进度').getByRole('link', { name: /催报/ }).first().click()
      await settled(page, `location.pathname === '/w/remind'`)
      await page.getByRole('heading', { name: '差什么' }).waitFor()
      await page.getByLabel('发文机关（信头）').fill('湖南省生态产品价值实现联席会议办公室')
      await page.getByLabel('办理期限').fill('2026-12-31')
      const sheet = page.locator('.letter-sheet')
      expect(await sheet.innerText()).toMatch(/请于2026年12月31日前办理完毕/)
      expect(await seriousOn(page)).toEqual([])
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '存为 Word' }).click(),
      ])
      const blocks = docxBlocks(Uint8Array.from(readFileSync(await download.path())))!
      const said = blocks.map((b) => (b.kind === 'paragraph' ? b.runs.map((r) => r.text).join('') : ''))
      const shown = await sheet.locator('p, h2').allInnerTexts()
      expect(said.map((s) => s.trim())).toEqual(shown.map((s) => s.trim()))
      expect(sheets(await kept(page, 'remind'))).toBe(1)
      await inEnglish(page)
      await page.getByRole('heading', { name: 'What is missing' }).waitFor()
      expect(await seriousOn(page)).toEqual([])
      await kept(page, 'remind-en')
      await page.close()
    },
    LONG,
  )

  test(
    'an auditor finds two years side by side with causes and changes, saves each table whole, and prints it on A4',
    async () => {
      const page = await desk.page('sjy-001')
      await settled(page)
      await page.getByRole('link', { name: '全部数、原因、改动记录、导出' }).click()
      await settled(page, `location.pathname === '/w/term'`)
      const part = (name: string) => page.locator('.part').filter({ has: page.getByRole('heading', { name }) })
      for (const name of ['期初期末的数', '变动的原因', '改动记录']) {
        await part(name).locator('tbody tr').first().waitFor()
        const [saved] = await Promise.all([
          page.waitForEvent('download'),
          part(name).getByRole('button', { name: 'CSV' }).click(),
        ])
        const text = readFileSync(await saved.path(), 'utf8')
        expect(text.startsWith('\ufeff'), name).toBe(true)
        expect(text.trimEnd().split('\n').length, name).toBeGreaterThan(1)
      }
      expect(await part('离线副本与核验').getByRole('link').count()).toBe(3)
      expect(await seriousOn(page)).toEqual([])
      await kept(page, 'term')
      await inEnglish(page)
      await page.getByRole('heading', { name: 'Causes of the change' }).waitFor()
      await kept(page, 'term-en')
      await page.close()
    },
    LONG,
  )

  test(
    'a deputy reads four pages of A4, asks about a figure, and finds the answer of the office on page four',
    async () => {
      const page = await desk.page('db-001')
      await settled(page)
      await page.getByRole('link', { name: /打开四页纸/ }).click()
      await settled(page, `location.pathname === '/w/brief'`)
      await page.locator('.brief-five li').nth(4).waitFor()
      expect(await page.locator('.brief-five li').count()).toBe(5)
      await page.getByRole('button', { name: '我要问这个数' }).first().focus()
      await page.keyboard.press('Enter')
      await page.getByLabel('内容').fill('为什么今年的数这样大？')
      expect(await seriousOn(page)).toEqual([])
      await page.getByRole('button', { name: '提交问题' }).click()
      await page.getByText('问题已提交').waitFor()

      const clerk = await desk.page('tby-001')
      await clerk
        .getByText(/人大代表问：/)
        .first()
        .waitFor()
      await clerk.close()
      const asked = (await served.house.ask({
        query: 'comments',
        input: { account: served.account },
        person: served.people.get('tby-001')!,
        role: 'county-clerk',
      })) as unknown as { readonly rows: readonly { readonly id: string; readonly role: string }[] }
      const comment = asked.rows.find((r) => r.role === 'deputy')!.id
      await served.act('tby-001', 'answerComment', { comment, text: '因为核算范围包括全部十五个服务。' })

      await page.reload()
      await page.getByText('因为核算范围包括全部十五个服务。').waitFor()
      await settled(page)
      expect(sheets(await kept(page, 'brief'))).toBe(4)
      await inEnglish(page)
      await page.getByRole('heading', { name: /Asked and answered/ }).waitFor()
      expect(await seriousOn(page)).toEqual([])
      expect(sheets(await kept(page, 'brief-en'))).toBe(4)
      await page.close()
    },
    LONG,
  )
})
