// The common offices in a real browser, piece by piece: a shape is typed and measured; a stranger reads a notice without script, objects,
// and checks a certificate that is replaced. The whole way of a village's parcels is village-forest.test.ts.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { civilDateIn, instantOfMs, type Json } from '../../src/kernel/index.ts'
import { COUNTY, openAccountHouse, PASSWORD, type AccountHouse } from './account-house.ts'
import { openBrowser } from './browser.ts'
import { openDesk, seriousOn, type Desk } from './desk.ts'

const browser = await openBrowser()
const today = civilDateIn(instantOfMs(Date.now()), '+08:00')
let served: AccountHouse
let desk: Desk

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

describe.skipIf(!browser)('the common offices', () => {
  test('a shape typed as corners is measured by the record, in three units', async () => {
    const page = await desk.page('tby-001', '/w/units')
    await page.getByText('用坐标输入').click()
    await page.getByLabel(/^界址点坐标/).fill('111.2, 27.5\n111.201, 27.5\n111.201, 27.501\n111.2, 27.501')
    await page.getByRole('button', { name: '画到图上' }).click()
    const told = await page.locator('.measured').innerText()
    expect(told).toMatch(/面积 109\d\d\.\d+ 平方米 = 1\.09\d\d 公顷 = 16\.4\d 亩/)
    await page.close()
  })

  test('a stranger reads a notice without script, objects, and gets a receipt', async () => {
    await served.act('tby-001', 'publishNotice', {
      about: 'unit:01990000-0000-7000-8000-000000000001',
      title: '示范村公益林面积公示',
      body: '现将各户公益林面积公示如下。',
      clause: '生态保护补偿条例第三十条',
      contact: '示范县林业局 0736-1234567',
      place: COUNTY,
      from: today,
      days: 7,
      kind: 'natural',
      listText: '户主\t面积（亩）\n王＊明\t12.5',
    })
    const page = await desk.stranger('/public/notices', { javaScriptEnabled: false })
    await page.getByRole('link', { name: /示范村公益林面积公示/ }).click()
    await page.getByText('王＊明').waitFor()
    await page.getByRole('link', { name: /异议/ }).first().click()
    await page.getByLabel(/姓名/).fill('张三')
    await page.getByLabel(/电话/).fill('13800000000')
    await page.getByLabel(/内容/).fill('我家的面积少了两亩')
    await page.getByRole('button', { name: /提/ }).click()
    await page
      .getByText(/YY-|收到|回执/)
      .first()
      .waitFor()
    expect(await page.content()).not.toContain('13800000000')
    await page.close()
    for (const path of ['/public/notices', '/check']) {
      const looked = await desk.stranger(path)
      expect(await seriousOn(looked), path).toEqual([])
      await looked.close()
    }
  })

  test('a stranger checks a certificate; when it has been replaced the page says by which', async () => {
    const by2 = async (
      command: string,
      input: Json,
    ): Promise<{ readonly certificate: string; readonly code: string }> => {
      const { request } = (await served.act('djy-001', command, input)) as { readonly request: string }
      return (await served.act('shy-001', 'approve', { request })) as never
    }
    const content = {
      titleZh: '林权流转证书',
      titleEn: 'Certificate of forest lease',
      issuer: '示范县林业局',
      basis: '示林〔2026〕12 号',
      lines: [{ label: '面积', value: '12.5 亩' }],
      issuedOn: today,
    }
    const first = await by2('issueCertificate', {
      kind: 'certificate',
      place: COUNTY,
      holderName: '张青山',
      ...content,
    })
    const page = await desk.stranger('/check', { javaScriptEnabled: false })
    await page.getByRole('textbox').fill(first.code)
    await page.getByRole('button').first().click()
    await page.getByText('林权流转证书').first().waitFor()
    expect(await page.content()).not.toContain('张青山')
    const second = await by2('supersedeCertificate', { certificate: first.certificate, reason: '面积复核', ...content })
    await page.reload()
    await page.getByText('已被新证代替').first().waitFor()
    // One of the check characters is written otherwise in an address.
    expect(await page.content()).toContain(encodeURIComponent(second.code))
    await page.close()
  })

  test('broke nothing, and asked nothing of a stranger', () => {
    expect(desk.complaints).toEqual([])
  })
})
