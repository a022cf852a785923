// The screens of the common offices in a real browser: a party is registered with its codes checked while they are typed, found again
// without its code in any address, and represented; a paper is attached with its look; a letter is made from an office's own template.

import type { Page } from 'playwright-core'
import { Document, Packer, Paragraph, TextRun } from 'docx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idNumberCheckSign } from '../../src/kernel/index.ts'
import { photo } from '../../src/core/files/photo.fixture.ts'
import { COUNTY, openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, seriousOn, settled, type Desk } from './desk.ts'
import { LOOK, otherWords, type Seen } from './look-at-page.ts'

const browser = await openBrowser()
let served: AccountHouse
let desk: Desk
const asked: string[] = []

beforeAll(async () => {
  if (!browser) return
  served = await openAccountHouse([
    { login: 'tby-001', name: '填报丁', role: 'county-clerk', place: COUNTY },
    { login: 'djy-001', name: '登记子', role: 'registrar', place: COUNTY },
  ])
  desk = openDesk(browser, () => served.address, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const FIRST17 = '43072519610101001'
const ID = FIRST17 + idNumberCheckSign(FIRST17)
const WRONG = FIRST17 + (ID.endsWith('1') ? '2' : '1')
const CARD = '6200000000000005'

/** As it stands: no serious mistake of accessibility, nothing wider than the screen, no word of the other language. */
async function whole(page: Page): Promise<readonly string[]> {
  const found = [...(await seriousOn(page))]
  for (const lang of ['zh', 'en'] as const) {
    const seen = await page.evaluate<Seen>(LOOK)
    if (seen.wide > 0) found.push(`${seen.wide} pixels too wide (${lang})`)
    found.push(...seen.mouseOnly, ...otherWords(seen.said, lang).filter((w) => !/户主|金额|日期|地块|收到/.test(w)))
    await page
      .getByRole('button', { name: lang === 'zh' ? 'English' : '中文', includeHidden: true })
      .dispatchEvent('click')
  }
  return found
}

const opened = async (login: string, path: string): Promise<Page> => {
  const page = await desk.page(login, path)
  page.on('request', (r) => asked.push(r.url()))
  await settled(page)
  return page
}

describe.skipIf(!browser)('screens of the common offices', () => {
  let party = ''

  test('a household is registered; a wrong check digit is told while it is typed', async () => {
    const page = await opened('djy-001', '/w/parties/new?kind=household')
    await page.getByLabel(/^户主姓名/).fill('示范户甲')
    await page.getByLabel(/^户号/).fill('430725001001001')
    await page.getByLabel(/^人口/).fill('4')
    await page.getByLabel(/^起始日期|^登记日期|^从何日/).fill('2026-01-01')
    await page.getByLabel(/^身份证号/).fill(WRONG)
    await page.locator('.field-problem').getByText('校验位不符').waitFor()
    expect(await whole(page)).toEqual([])
    await page.getByLabel(/^身份证号/).fill(ID)
    await page.locator('.field-problem').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '农户 示范户甲' }).waitFor()
    await settled(page)
    party = page.url().split('/').at(-1)!
    const text = await page.locator('main').innerText()
    expect(text).toContain(ID.slice(0, 6))
    expect(text).not.toContain(ID)
    expect(await whole(page)).toEqual([])
    await page.close()
  })

  test('it is found by its whole code, which stands in no address', async () => {
    const page = await opened('djy-001', '/w/parties')
    await page.getByLabel('按', { exact: true }).selectOption('id-number')
    await page.getByRole('textbox', { name: '身份证号' }).fill(ID)
    await page.getByRole('button', { name: '查找主体' }).click()
    expect(await whole(page)).toEqual([])
    await page.getByRole('button', { name: '打开 示范户甲' }).click()
    await page.getByRole('heading', { level: 1, name: '农户 示范户甲' }).waitFor()
    expect(page.url()).toContain(party)
    expect(asked.filter((url) => url.includes(ID))).toEqual([])
    await page.close()
  })

  test('a bank card with a wrong digit is told at once, a right one stands masked with its check; a mandate names its agent', async () => {
    await served.act('djy-001', 'registerBody', {
      kind: 'village',
      name: '示范村股份经济合作社',
      place: COUNTY,
      since: '2026-01-01',
    })
    const page = await opened('djy-001', `/w/parties/${party}`)
    await page.getByText('登记银行账户', { exact: true }).click()
    await page.getByLabel(/^开户行/).fill('示范农商行')
    await page.getByLabel(/^账户类别/).selectOption('card')
    await page.getByLabel(/^账号/).fill(`${CARD.slice(0, -1)}6`)
    await page.getByLabel(/^开户行/).focus()
    await page.locator('.field-problem').getByText('校验位').waitFor()
    await page.getByLabel(/^账号/).fill(CARD)
    await page.getByRole('button', { name: '登记账户' }).click()
    await page.getByText('✓ 校验位相符').waitFor()
    expect(await page.locator('main').innerText()).not.toContain(CARD)

    await page.getByText('登记委托', { exact: true }).click()
    await page.getByLabel('姓名或单位名称').fill('股份经济')
    await page.getByRole('button', { name: '查找主体' }).click()
    await page.getByRole('button', { name: /选为代理人/ }).click()
    await page.getByLabel(/^事项/).selectOption('receive')
    await page.getByRole('textbox', { name: /^依据/ }).fill('委托书 2026-01-05')
    await page.locator('.command-form').getByLabel(/^起日/).fill('2026-01-05')
    await page.locator('.command-form').getByRole('button', { name: '登记委托' }).click()
    await page.getByRole('cell', { name: '示范村股份经济合作社' }).waitFor()
    expect(await whole(page)).toEqual([])
    await page.close()
  })

  test('a photo is attached by picking it: its place and time are told, it is looked at, and a new version takes its place', async () => {
    const page = await opened('djy-001', `/w/parties/${party}`)
    await page.getByRole('button', { name: '附上文件' }).click()
    const file = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo(4000)) }
    await page.getByLabel('把文件拖到这里，或选择文件').setInputFiles(file)
    await page.getByText('位置 111.488333').waitFor()
    expect(await whole(page)).toEqual([])
    await page.getByRole('button', { name: '附上', exact: true }).click()
    await page.getByRole('cell', { name: '111.488333' }).waitFor()
    await page.getByRole('button', { name: '查看 现场.jpg' }).click()
    await page.locator('img.document-picture').waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '现场.jpg 换新版本' }).click()
    const table = { name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from('编号,名称\n1,示范林\n') }
    await page.getByLabel('把文件拖到这里，或选择文件').setInputFiles(table)
    await page.getByRole('button', { name: '附上', exact: true }).click()
    await page.getByRole('button', { name: '以前的版本（1）' }).waitFor()
    await page.getByRole('button', { name: '查看 清单.csv' }).click()
    await page.frameLocator('iframe.document-page').getByText('示范林').waitFor()
    await page.close()
  })

  test('a template with a computed field is refused by name; a right one is filled, looked at and downloaded', async () => {
    const word = async (...lines: readonly string[]): Promise<Buffer> =>
      Packer.toBuffer(
        new Document({ sections: [{ children: lines.map((l) => new Paragraph({ children: [new TextRun(l)] })) }] }),
      )
    const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    const page = await opened('djy-001', '/w/letters')
    const pick = page.getByLabel('Word 模板（.docx）')
    await pick.setInputFiles({ name: '坏.docx', mimeType: docx, buffer: await word('{a + b}') })
    await page.getByText('这份文件不能做模板').waitFor()
    const lines = ['{户主}：', '应得 {金额|大写}。', '{日期|中文日期}']
    await pick.setInputFiles({ name: '通知书.docx', mimeType: docx, buffer: await word(...lines) })
    await page.getByText('户主，金额（大写），日期（中文日期）').waitFor()
    await page.getByLabel(/^模板名称/).fill('补偿款通知书')
    await page.locator('.command-form').getByRole('button', { name: '登记模板' }).click()
    await page.getByRole('link', { name: '填写 补偿款通知书' }).waitFor()
    expect(await whole(page)).toEqual([])
    await page.getByRole('link', { name: '填写 补偿款通知书' }).click()
    await page.getByLabel('金额').fill('1680.32')
    await page.getByText('壹仟陆佰捌拾元叁角贰分').waitFor()
    await page.getByRole('button', { name: '预览' }).click()
    await page.locator('.problems').getByText('户主').waitFor()
    await page.getByLabel('户主').fill('示范户甲')
    await page.getByLabel('日期').fill('2026-03-02')
    await page.getByRole('button', { name: '预览' }).click()
    await page.frameLocator('iframe.letter-look').getByText('壹仟陆佰捌拾元叁角贰分').waitFor()
    expect(await whole(page)).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 Word' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('补偿款通知书.docx')
    await page.close()
  })

  test('broke nothing, and asked nothing of a stranger', () => {
    expect(desk.complaints).toEqual([])
  })
})
