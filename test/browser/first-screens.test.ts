// First screens of roles in a real browser: the provincial office reminds a county by a letter, an auditor compares a term of office, a
// deputy reads four pages and asks, a department hands its tables over. Each by what the record holds.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docxBlocks } from '../../src/core/exchange-formats/index.ts'
import { storyFolder } from '../stories/folders.ts'
import { COUNTY } from './account-house.ts'
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

  test(
    'a department sees which tables it owes, hands one over, and signs a sheet with its hash on one A4; a later file shows on it',
    async () => {
      const person = served.people.get('jbr-001')!
      await served.act('aqy-001', 'grantRole', {
        person,
        role: 'department-contact',
        place: COUNTY,
        from: '2026-01-01',
      })
      const page = await desk.page('jbr-001')
      await page.getByRole('heading', { name: /要交 \d+ 张表/ }).waitFor()
      await page.goto(`${served.address}/w/handover?place=${COUNTY}&year=2011`)
      await page.getByRole('heading', { name: /要交 \d+ 张表/ }).waitFor()
      const first = page.locator('.owed-tables > li').first()
      const [template] = await Promise.all([
        page.waitForEvent('download'),
        first.getByRole('button', { name: '下载模板' }).click(),
      ])
      expect(readFileSync(await template.path(), 'utf8').startsWith('\ufeff')).toBe(true)
      expect(await seriousOn(page)).toEqual([])
      await kept(page, 'owed')
      const handOver = async (button: string, content: string): Promise<void> => {
        await first.getByRole('button', { name: button }).click()
        await page
          .getByLabel('文件', { exact: true })
          .setInputFiles({ name: '林业.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
        await page.getByLabel('数据行数').fill('2')
        await page.getByLabel('接收人').fill('县发改局 王某')
        await page.getByRole('button', { name: '移交并出交接单' }).click()
        await page.getByText('交接单号').first().waitFor()
      }
      await handOver('移交文件', '甲,1\n乙,2\n')
      const sheet = page.locator('.hand-over-sheet')
      const hash = createHash('sha256').update('甲,1\n乙,2\n').digest('hex')
      expect(await sheet.innerText()).toContain(hash)
      const address = page.url()
      expect(sheets(await kept(page, 'sheet'))).toBe(1)
      await page.getByRole('link', { name: '回到要交的表' }).click()
      await page.goto(`${served.address}/w/handover?place=${COUNTY}&year=2011`)
      await first.getByText('已交').waitFor()
      await handOver('重新移交', '甲,1\n乙,3\n')
      await page.goto(address)
      await page.getByText(/这份之后又交过 1 份/).waitFor()
      expect(await seriousOn(page)).toEqual([])
      await inEnglish(page)
      await page.getByText(/1 later ones/).waitFor()
      expect(sheets(await kept(page, 'sheet-en'))).toBe(1)
      await page.close()
    },
    LONG,
  )
})
