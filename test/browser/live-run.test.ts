// The page of a run in a real browser: it fills while the run goes, tells final counties from partial ones in words and not by
// colour alone, takes whatever a name holds as text, is usable by keyboard, and its button ends a real run with nothing left.

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { openLivePage, type CountyLine } from '../../src/cli/watch/index.ts'
import { putWideMaps } from '../../src/domains/accounting/maps/wide-maps.fixture.ts'
import { COMMAND } from '../stories/command.ts'
import { storyFolder } from '../stories/folders.ts'
import { openBrowser } from './browser.ts'

const browser = await openBrowser()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
afterAll(async () => await browser?.close())

const text = (zh: string, en: string) => ({ zh, en })
const county = (name: string, done: number, values: CountyLine['values']): CountyLine => ({
  code: '430821',
  name: text(name, 'County'),
  tiles: 4,
  done,
  isFinal: done === 4,
  values,
})

async function opened(address: string): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const page = await browser!.newPage({ viewport: { width: 1366, height: 768 } })
  const complaints: string[] = []
  page.on('console', (m) => complaints.push(m.text()))
  page.on('pageerror', (e) => complaints.push(String(e)))
  await page.goto(address)
  return { page, complaints }
}

const said = (page: Page, id: string, words: string): Promise<void> =>
  page.locator(`#${id}`, { hasText: words }).waitFor()

describe.skipIf(!browser)('the page of a run', () => {
  test('fills while the run goes, and shows what it is told as text', async () => {
    let cancelled = 0
    const live = await openLivePage(text('慈利县 2023 年核算', 'Account of Cili, 2023'), () => cancelled++)
    const { page, complaints } = await opened(live.address)
    await said(page, 'title', '慈利县 2023 年核算')
    live.take({ kind: 'step', title: text('核算', 'account'), done: 1, of: 4, what: text('逐像元计算', 'pixels') })
    const columns = [{ service: 'R1', title: text('水源涵养量', 'water retained'), unit: 'm3' }]
    const counties = [
      county('慈利县', 4, ['1234567.5']),
      county('<img src=x onerror=alert(1)>', 1, ['10']),
      county('石门县', 0, ['0']),
    ]
    live.take({ kind: 'counties', table: { columns, counties } })
    await said(page, 'percent', '25%')
    expect((await page.locator('tbody tr').allInnerTexts()).map((t) => t.split(/\s*[\t\n]\s*/))).toEqual([
      ['慈利县', 'County 430821', '✓ 已定 final', '100%', '1,234,568'],
      ['<img src=x onerror=alert(1)>', 'County 430821', '~ 部分 partial', '25%', '~ 10'],
      ['石门县', 'County 430821', '· 未到 to come', '0%', '—'],
    ])
    expect(await page.locator('tbody td[title]').first().getAttribute('title')).toBe('1234567.5')
    expect(await page.locator('thead').innerText()).toContain('R1 水源涵养量，m³')
    await page.evaluate(axe)
    const { violations } = await page.evaluate('axe.run()') as { violations: readonly { id: string }[] } // prettier-ignore
    expect(violations.map((v) => v.id)).toEqual([])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await said(page, 'stage', '正在取消')
    await expect.poll(() => cancelled).toBe(1)
    await live.end('cancelled')
    await said(page, 'stage', '已取消')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('ends a real run by its button, with the code of a cancelled one and nothing written', async () => {
    const home = storyFolder('live-run')
    const out = join(home, 'out')
    putWideMaps(join(home, 'maps'), 2560)
    mkdirSync(out)
    const words = ['account', 'run', join(home, 'maps'), '--out', join(out, 'report'), '--fresh', '--live']
    const child = spawn(process.execPath, [COMMAND, ...words])
    const code = new Promise<number | null>((done) => child.on('close', done))
    let err = ''
    const address = await new Promise<string>((done) =>
      child.stderr.on('data', (d: Buffer) => {
        err += d.toString()
        const found = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//.exec(err)
        if (found) done(found[0])
      }),
    )
    const { page } = await opened(address)
    await page.click('#cancel')
    await said(page, 'stage', '已取消')
    expect(await code).toBe(130)
    expect(err).toContain('已取消')
    expect(readdirSync(out)).toEqual([])
    await page.close()
  })
})
