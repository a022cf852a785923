// The first light of the common offices as one journey through the screens, by six people and a stranger, on the embedded database: a
// village's forest parcels arrive as a Shapefile with two overlaps and one bow-tie; one is repaired, one returned; contracts are
// attached; a notice of seven working days runs over National Day; a household objects on paper through the village accountant; the
// confirmation waits until that is closed; certificates are printed in one file, a stranger checks one, and it is replaced.

import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { villageZip } from '../../src/core/places/village.fixture.ts'
import { fireDueTimers } from '../../src/core/timer/index.ts'
import { instant, type Instant } from '../../src/kernel/index.ts'
import { COUNTY, openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { approve, openDesk, seriousOn, settled, type Desk } from './desk.ts'

const browser = await openBrowser()
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n',
)

let now: Instant = instant('2026-09-28T01:00:00.000Z')
let served: AccountHouse
let desk: Desk
const complaints: string[] = []
/** Everybody comes to the office: sessions of yesterday are over. */
const morning = (): void => {
  if (desk !== undefined) complaints.push(...desk.complaints)
  desk = openDesk(
    browser!,
    () => served.address,
    PASSWORD,
    () => now,
  )
}

beforeAll(async () => {
  if (!browser) return
  served = await openAccountHouse(
    [
      { login: 'tby-001', name: '填报丁', role: 'county-clerk', place: COUNTY },
      { login: 'ckj-001', name: '会计寅', role: 'village-accountant', place: COUNTY, firm: 'village' },
      { login: 'yys-001', name: '受理卯', role: 'objection-officer', place: COUNTY },
      { login: 'djy-001', name: '登记子', role: 'registrar', place: COUNTY },
    ],
    {
      now: () => now,
      firms: [{ key: 'village', name: '示范村股份经济合作社', code: '91439901MA00000C1', place: COUNTY }],
    },
  )
  morning()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const openUnit = async (page: Page, name: string): Promise<void> => {
  await page.goto(`${served.address}/w/units`)
  await settled(page)
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('button')
    .click()
  await page.getByRole('link', { name: '打开这个单元' }).click()
  await page.getByRole('heading', { level: 1, name: `空间单元 ${name}` }).waitFor()
  await settled(page)
}
/** From the menu to the only notice. */
const openNotice = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: '公示与异议' }).first().click()
  await settled(page)
  await page.getByRole('button', { name: '打开第 1 行' }).click()
  await page.getByRole('link', { name: '打开这件公示' }).click()
  await page.getByRole('heading', { level: 1, name: /^公示 GS-/ }).waitFor()
  await settled(page)
}
/** Moves by Tab until the thing has the focus. @throws Error where no key leads there */
const tabTo = async (page: Page, thing: Locator): Promise<void> => {
  await thing.waitFor()
  for (let presses = 0; presses < 200; presses++) {
    if ((await thing.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no key leads to ${String(thing)}`)
}
const typeInto = async (page: Page, field: Locator, words: string): Promise<void> => {
  await tabTo(page, field)
  await page.keyboard.insertText(words)
}
const press = async (page: Page, thing: Locator, key = 'Enter'): Promise<void> => {
  await tabTo(page, thing)
  await page.keyboard.press(key)
}
const requested = async (page: Page): Promise<string> => {
  await page.locator('.receipt').waitFor()
  return (await page.getByRole('link', { name: '看申请和签批单' }).getAttribute('href'))!
}
const approved = async (request: string): Promise<void> => {
  const page = await desk.page('shy-001', request)
  await approve(page)
  await page.close()
}

let publicPage = ''

describe.skipIf(!browser)('a village’s forest', () => {
  test('its parcels arrive as a Shapefile of a Gauss–Krüger zone and stand on the map with what is wrong', async () => {
    const page = await desk.page('tby-001', '/w/imports?of=units')
    await page
      .getByLabel('文件')
      .setInputFiles({ name: '示范村.zip', mimeType: 'application/zip', buffer: Buffer.from(villageZip()) })
    await page.getByText('✓ 示范村.zip').waitFor()
    await page.getByLabel(/^种类/).selectOption('parcel')
    await page.getByLabel(/^起始日期/).fill('2026-01-01')
    await page.getByRole('button', { name: '检查' }).click()
    await page.getByText('黄色 3').waitFor()
    expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe('DKMC')
    const take = page.getByRole('button', { name: '接收 6 行' })
    expect(await take.isDisabled()).toBe(true)
    expect(await seriousOn(page)).toEqual([])
    for (const box of await page.getByLabel(/^请说明/).all()) await box.fill('到现场核对后处理')
    await take.click()
    await page.locator('.receipt').waitFor()
    await page.getByRole('link', { name: '空间单元' }).first().click()
    await page.getByText('1 个图形有问题').waitFor()
    await page.locator('.map-sheet canvas').first().waitFor()
    await page.getByText('空间单元 (6)').waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.close()
  })

  test('the bow-tie is repaired, an overlap left to the neighbour, a parcel returned, and the contract attached', async () => {
    const page = await desk.page('tby-001')
    await openUnit(page, '六号林')
    await page.getByRole('button', { name: '接受修复方案' }).click()
    await page.getByText('✓ 无误').waitFor()
    await openUnit(page, '二号林')
    await page
      .getByRole('row', { name: /三号林/ })
      .getByRole('button')
      .click()
    await page.getByText('把重叠让给它').click()
    await page.getByRole('textbox', { name: /^理由/ }).fill('以界桩为准')
    await page.getByLabel(/^起始日期/).fill('2026-09-28')
    await page.getByRole('button', { name: '让给它' }).click()
    await page.getByText('以界桩为准').first().waitFor()
    await openUnit(page, '五号林')
    await page.getByText('退回', { exact: true }).click()
    await page.getByRole('textbox', { name: /^理由/ }).fill('与四号林重叠，请村里重新指界')
    await page.locator('.command-form').getByRole('button', { name: '退回' }).click()
    await page.getByText('已退回').waitFor()
    await openUnit(page, '一号林')
    await page.getByRole('button', { name: '附上文件' }).click()
    await page
      .getByLabel('把文件拖到这里，或选择文件')
      .setInputFiles({ name: '承包合同.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.getByRole('button', { name: '附上', exact: true }).click()
    await page.getByText('承包合同.pdf').first().waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.close()
  })

  test('the notice tells its last day and the holidays in it beforehand, and masks the households before anything is sent', async () => {
    const page = await desk.page('tby-001')
    const sent: string[] = []
    page.on('request', (r) => sent.push(r.url(), r.postData() ?? ''))
    await openUnit(page, '一号林')
    await page.getByRole('link', { name: '公示整批导入' }).click()
    await page.getByRole('heading', { level: 1, name: '发布公示' }).waitFor()
    await settled(page)
    await page.getByText('最后一日：2026-10-13').waitFor()
    expect(await page.locator('.due').innerText()).toMatch(/国庆节 10-01—10-07；调休上班：10-10/)
    await page.getByLabel(/^标题/).fill('示范村公益林面积公示')
    await page.getByLabel(/^正文/).fill('现将各户公益林面积公示如下。')
    await page.getByLabel(/^依据/).fill('生态保护补偿条例第三十条')
    await page.getByLabel(/^联系方式/).fill('示范县林业局 0736-1234567')
    await page.getByLabel(/^村集体/).fill('合作社')
    await page.getByTitle(/示范村股份经济合作社/).click()
    await page.getByLabel(/^名单（从表格/).fill('户主\t面积（亩）\t电话\n王小明\t15.0\t13812345678\n李四\t14.9\t—')
    await page.getByText('✓ 2 行，遮盖了 3 格。').waitFor()
    await page.getByRole('cell', { name: '王＊明' }).waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.locator('.receipt').waitFor()
    expect(sent.join('\n')).not.toMatch(/王小明|13812345678|%E7%8E%8B%E5%B0%8F%E6%98%8E/)
    publicPage = (await page.getByRole('link', { name: '公示页（公众）' }).getAttribute('href'))!
    await page.getByRole('link', { name: '打开这件公示' }).click()
    await page.getByText('还有 7 个工作日').waitFor()
    await page.getByText('尚未期满').waitFor()
    expect(await page.getByText(/^申请确认/).count()).toBe(0)
    expect(await seriousOn(page)).toEqual([])
    await page.close()
  })

  test('a stranger comes to it from the public list, and the copy for the board has the code', async () => {
    const page = await desk.stranger('/public', { javaScriptEnabled: false })
    await page.getByRole('link', { name: /公示与异议/ }).click()
    await page.getByRole('link', { name: /示范村公益林面积公示/ }).click()
    await page.getByText('王＊明').waitFor()
    expect(await page.content()).not.toMatch(/王小明|13812345678/)
    await page.goto(`${served.address}${publicPage}/print`)
    await page.locator('svg').waitFor()
    await page.getByText('2026 年 10 月 13 日').first().waitFor()
    await page.context().close()
  })

  test('the village accountant enters a household’s objection with its paper', async () => {
    now = instant('2026-09-30T02:00:00.000Z')
    morning()
    const page = await desk.page('ckj-001')
    await openNotice(page)
    await page.getByText('登记纸质异议').click()
    await page.getByLabel(/^异议人姓名/).fill('王小明')
    await page.getByLabel(/^异议内容/).fill('我家的面积少算了两亩。')
    await page
      .getByLabel(/^异议书扫描件/)
      .setInputFiles({ name: '异议书.pdf', mimeType: 'application/pdf', buffer: PDF })
    await page.locator('.file .code').waitFor()
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('region', { name: /^异议 YY-/ }).waitFor()
    await page
      .getByRole('region', { name: /^异议 YY-/ })
      .getByText('我家的面积少算了两亩。')
      .waitFor()
    await page.locator('.receipt').getByText(/YY-/).waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.close()
  })

  test('a parcel that is reshaped after the notice is told to want a new one', async () => {
    const page = await desk.page('tby-001')
    await openUnit(page, '四号林')
    await page.getByText('用坐标输入').click()
    await page.getByLabel(/^界址点坐标/).fill('111.6, 28.9\n111.601, 28.9\n111.601, 28.901\n111.6, 28.901')
    await page.getByRole('button', { name: '画到图上' }).click()
    await page.getByLabel(/^起始日期/).fill('2026-09-30')
    await page.getByRole('textbox', { name: /^理由/ }).fill('实地核对')
    await page.getByRole('button', { name: '变更', exact: true }).click()
    await page.getByText('实地核对').first().waitFor()
    await openNotice(page)
    await page.getByText('1 个单元的图形在公示之后变过，要重新公示').waitFor()
    await page.getByRole('link', { name: '公示 四号林' }).waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.close()
  })

  test('when its days are over the confirmation still waits for the objection, which is answered and closed by keyboard', async () => {
    now = instant('2026-10-14T01:00:00.000Z')
    expect((await fireDueTimers({ recorder: served.house.recorder, now: () => now })).failed).toBe(0)
    morning()
    const clerk = await desk.page('tby-001')
    await openNotice(clerk)
    await clerk.getByText('2026-10-13 已期满').waitFor()
    await clerk.getByText('有 1 件异议没有办结').waitFor()
    expect(await clerk.getByText(/^申请确认/).count()).toBe(0)
    expect(await clerk.content()).not.toContain('王小明')

    const page = await desk.page('yys-001', '/w/inbox')
    await settled(page)
    await press(page, page.getByRole('link', { name: /收到公示异议/ }))
    const objection = page.getByRole('region', { name: /^异议 YY-/ })
    await press(page, objection.getByText('答复', { exact: true }))
    await tabTo(page, objection.getByLabel(/^结论/))
    await page.keyboard.press('ArrowDown')
    await typeInto(page, objection.locator('textarea'), '经复测，更正为 17 亩，另册处理。')
    await press(page, objection.getByRole('button', { name: '答复' }))
    await page.getByText('已答复，未办结').waitFor()
    await press(page, objection.getByText('办结', { exact: true }))
    await typeInto(page, objection.locator('textarea'), '答复已送达，本人无意见。')
    await press(page, objection.getByRole('button', { name: '办结' }))
    await objection.getByText('已办结').waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.close()

    await clerk.reload()
    await clerk.getByText('公示已期满，异议都已办结，可以办理。').waitFor()
    await clerk.getByText('申请确认（4 个单元）').waitFor()
    await clerk.close()
  })

  test('the parcels are confirmed by two people, and certificates come of them, printed in one file', async () => {
    const page = await desk.page('tby-001')
    await openNotice(page)
    await page.getByText(/^申请确认（/).click()
    await page.locator('.command-form').getByRole('button', { name: '申请确认' }).click()
    await approved(await requested(page))
    await page.close()
    const registrar = await desk.page('djy-001')
    for (const [name, holder] of [
      ['一号林', '王小明'],
      ['三号林', '李四'],
    ] as const) {
      await openUnit(registrar, name)
      await registrar.locator('main').getByRole('link', { name: '发证', exact: true }).click()
      await registrar.getByRole('heading', { level: 1, name: '发证' }).waitFor()
      await settled(registrar)
      await registrar.getByLabel(/^证书名称/).fill('公益林权属证书')
      await registrar.getByLabel(/^持有人姓名/).fill(holder)
      await registrar.getByLabel(/^发证单位/).fill('示范县林业局')
      await registrar.getByRole('button', { name: '提交申请' }).click()
      await approved(await requested(registrar))
    }
    await registrar.locator('nav.menu').getByRole('link', { name: '证书', exact: true }).click()
    await registrar
      .getByRole('checkbox', { name: /^选 ZS-/ })
      .nth(1)
      .waitFor()
    for (const box of await registrar.getByRole('checkbox', { name: /^选 ZS-/ }).all()) await box.check()
    const [file] = await Promise.all([
      registrar.waitForEvent('download'),
      registrar.getByRole('link', { name: '打印所选 2 份（一个 PDF）' }).click(),
    ])
    const pdf = readFileSync(await file.path()).toString('latin1')
    expect([pdf.slice(0, 5), pdf.match(/\/Type \/Page\b/g)!.length]).toEqual(['%PDF-', 2])
    expect(await seriousOn(registrar)).toEqual([])
    await registrar.close()
  })

  test('a stranger checks one; it is replaced by keyboard; and the stranger is told by which', async () => {
    const page = await desk.page('djy-001', '/w/certificates')
    await settled(page)
    await press(page, page.getByRole('button', { name: '打开第 1 行' }))
    await press(page, page.getByRole('link', { name: '打开这份证书' }))
    await page.getByRole('heading', { level: 1, name: /^证书 ZS-/ }).waitFor()
    await settled(page)
    const code = await page.locator('.certificate-code figcaption').innerText()
    const holder = /王小明|李四/.exec(await page.locator('main').innerText())![0]
    expect(await page.evaluate<number>(`document.querySelector('.certificate-code img').naturalWidth`)).toBeGreaterThan(
      0,
    )
    expect(await seriousOn(page)).toEqual([])

    const stranger = await desk.stranger('/check', { javaScriptEnabled: false })
    await stranger.getByRole('textbox').fill(code)
    await stranger.getByRole('button').first().click()
    await stranger.getByText('这份证书现在有效').waitFor()
    expect(await stranger.content()).not.toContain(holder)

    await press(page, page.getByText('换证（申请）'))
    await typeInto(page, page.getByRole('textbox', { name: /^原因/ }), '面积复核后更正')
    await press(page, page.getByRole('button', { name: '申请换证' }))
    await approved(await requested(page))
    await page.reload()
    await page.getByText('✗ 已被新证代替').waitFor()
    await page.getByRole('link', { name: /^ZS-/ }).waitFor()
    await stranger.reload()
    await stranger.getByText('已被新证代替').first().waitFor()
    await stranger.context().close()
    await page.close()
  })

  test('broke nothing, and asked nothing of a stranger', () => {
    expect([...complaints, ...desk.complaints]).toEqual([])
  })
})
