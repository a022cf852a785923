// What `npm start` serves, in a real browser: the pages read, print and lead by at most three steps from a figure to its
// cell, by mouse and by keyboard; nothing is fetched from elsewhere; Ctrl-C ends it. One server for all journeys.

import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { serve, type Served } from './served.ts'

const browser = await openBrowser()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const SCREEN = { width: 1366, height: 768 }
const REPORTS = ['index.html', 'report.en.html'] as const
const PASSPORTS = ['passports.html', 'passports.en.html'] as const
const PAGES = ['start.html', ...REPORTS, ...PASSPORTS] as const
/** A place in a workbook: file, sheet and cell. */
const CELL = /\.xlsx › [^›\n]+( › [A-Z]+\d+)?/
const BAND = /\.tif › band \d+/

let served: Served
let code: number | null | undefined

beforeAll(async () => {
  served = await serve()
}, 600_000)
afterAll(async () => {
  if (served && code === undefined) await served.interrupt()
  served?.clean()
  await browser?.close()
})

/** Opens a page, looks, and closes it; what the browser complains about and whom it asks is kept. */
async function visit(
  name: string,
  look: (page: Page) => Promise<void>,
): Promise<{ readonly complaints: readonly string[]; readonly asked: readonly string[] }> {
  const context = await browser!.newContext({ viewport: SCREEN, acceptDownloads: true })
  const [complaints, asked]: [string[], string[]] = [[], []]
  const page = await context.newPage()
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text())
  })
  page.on('pageerror', (e) => complaints.push(String(e)))
  page.on('requestfailed', (r) => complaints.push(`${r.url()} ${r.failure()?.errorText ?? ''}`))
  page.on('response', (r) => {
    if (r.status() >= 400 && !r.url().endsWith('/favicon.ico')) complaints.push(`${r.url()} ${r.status()}`)
  })
  page.on('request', (r) => asked.push(r.url()))
  try {
    await page.goto(`${served.address}/${name}`, { waitUntil: 'load' })
    await look(page)
  } finally {
    await context.close()
  }
  return { complaints, asked }
}

const gepCode = (): string => /\n\s+GEP\s.*\s([0-9A-Z]{4}-[0-9A-Z]{4}-\S)\s*\n/.exec(served.printed())![1]!

describe('start', () => {
  test('prints the account table and the addresses before it serves', () => {
    const printed = served.printed()
    expect(printed).toContain('示范县 2024 年')
    for (const word of ['代码', 'R2 ', '调节服务合计', 'GEP ', '报告文件在', 'Ctrl-C']) expect(printed).toContain(word)
    expect(gepCode()).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-.$/)
  })
})

describe.skipIf(!browser)('in a browser', () => {
  test('the address leads to a first page, and every file it lists opens or downloads whole', async () => {
    await visit('', async (page) => {
      expect(new URL(page.url()).pathname).toBe('/start.html')
      const hrefs = await page.evaluate<string[]>(`[...document.querySelectorAll('tbody a')].map((a) => a.href)`)
      expect(hrefs.length).toBeGreaterThanOrEqual(8)
      for (const href of hrefs.filter((h) => h.endsWith('.html'))) {
        expect((await page.request.get(href)).headers()['content-type']).toContain('text/html')
      }
      const pictures = hrefs.filter((h) => h.endsWith('.png'))
      expect(pictures.length).toBeGreaterThanOrEqual(5)
      for (const href of pictures) {
        const png = await (await page.request.get(href)).body()
        expect(png.subarray(1, 4).toString('latin1'), href).toBe('PNG')
      }
      for (const href of hrefs.filter((h) => !/\.(html|png|svg)$/.test(h))) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.click(`a[href="${href.split('/').at(-1)!}"]`),
        ])
        expect(download.suggestedFilename()).toBe(decodeURIComponent(href.split('/').at(-1)!))
        // Word, workbook and package are all ZIP files.
        expect(
          readFileSync((await download.path())!)
            .subarray(0, 4)
            .toString('latin1'),
        ).toBe('PK\u0003\u0004')
      }
    })
  })

  for (const name of PAGES)
    test(`${name} fits a screen of 1366 × 768, complains of nothing and asks nobody else`, async () => {
      const { complaints, asked } = await visit(name, async (page) => {
        const [inner, whole] = await page.evaluate<number[]>('[innerWidth, document.documentElement.scrollWidth]')
        expect(whole).toBeLessThanOrEqual(inner!)
        expect(await page.title()).not.toBe('')
        expect(await page.locator('html').getAttribute('lang')).toBe(name.includes('.en.') ? 'en' : 'zh-CN')
      })
      expect(complaints).toEqual([])
      expect(asked.filter((url) => !url.startsWith(`${served.address}/`) && !url.startsWith('data:'))).toEqual([])
    })

  for (const [i, name] of REPORTS.entries())
    test(`${name}: three clicks lead from the printed GEP to a workbook cell`, async () => {
      await visit(name, async (page) => {
        await page.locator(`main a.code[href$="#${gepCode()}"]`).first().click()
        await page.waitForURL(`**/${PASSPORTS[i]}#${gepCode()}`)
        const total = page.locator('article:target')
        expect(await total.getAttribute('id')).toBe(gepCode())
        await inSight(page)
        await total.locator('summary').click()
        const line = total.locator('tbody a.code').first()
        const lineCode = (await line.textContent())!
        await line.click()
        await page.waitForURL(`**#${lineCode}`)
        const opened = page.locator('article:target')
        expect(await opened.getAttribute('id')).toBe(lineCode)
        await inSight(page)
        expect(await opened.innerText()).toMatch(CELL)
      })
    })

  test('the same way goes by keyboard alone, and the focus is always seen', async () => {
    await visit(REPORTS[0], async (page) => {
      await page.keyboard.press('Tab')
      expect(await focused(page)).toContain('#report')
      await page.keyboard.press('Enter')
      await tabTo(page, (at) => at.endsWith(`#${gepCode()}`))
      await page.keyboard.press('Enter')
      await page.waitForURL(`**#${gepCode()}`)
      await tabTo(page, (at) => at === 'SUMMARY')
      await page.keyboard.press('Enter')
      await tabTo(page, (at) => at.includes('#'), 'table')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => !url.hash.includes(gepCode()))
      const opened = page.locator('article:target')
      expect(await opened.getAttribute('id')).not.toBe(gepCode())
      expect(await opened.innerText()).toMatch(CELL)
    })
  })

  for (const name of REPORTS)
    test(`${name} prints on A4 with every table whole`, async () => {
      await visit(name, async (page) => {
        await page.emulateMedia({ media: 'print' })
        for (const [sheet, widthMm] of [
          ['.sheet:not(.landscape)', 210 - 36],
          ['.sheet.landscape', 297 - 32],
        ] as const) {
          await page.setViewportSize({ width: Math.round((widthMm / 25.4) * 96), height: 1000 })
          const clipped = await page.evaluate<string[]>(`[...document.querySelectorAll('${sheet} table, ${sheet} svg')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => e.closest('[aria-label]')?.getAttribute('aria-label') ?? e.tagName)`)
          expect(clipped).toEqual([])
        }
        const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
        const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
        expect(pages).toBeGreaterThan(20)
      })
    })

  test('a passport prints on A4, an open total with all its columns', async () => {
    await visit(`${PASSPORTS[0]}#${gepCode()}`, async (page) => {
      await page.locator('article:target summary').click()
      // Thousands of passports make thousands of sheets; the open one and its neighbours stand for all.
      await page.evaluate(remove('article:not(:target):nth-of-type(n+20)'))
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: Math.round(((210 - 32) / 25.4) * 96), height: 1000 })
      const right = await page.evaluate<number>(
        `document.querySelector('article:target table').getBoundingClientRect().right`,
      )
      expect(right).toBeLessThanOrEqual(Math.round(((210 - 32) / 25.4) * 96))
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0).toBeGreaterThan(1)
    })
  })

  for (const name of PAGES)
    test(`${name} has no serious hindrance for people who cannot see, hear or point well`, async () => {
      await visit(name, async (page) => {
        // Thousands of passports are of one build: the first sixty and the rest of the page stand for all.
        await page.evaluate(remove('article:nth-of-type(n+60)'))
        await page.evaluate(`[...document.querySelectorAll('details')].slice(0, 5).forEach((d) => (d.open = true))`)
        const { violations } = await audit(page)
        expect(violations).toEqual([])
      })
    })
})

describe('over HTTP', () => {
  for (const [i, name] of REPORTS.entries())
    test(`every code of ${name} has its passport, and none is more than two links from one that names a cell or the band of a map`, async () => {
      const report = (await ask('GET', `/${name}`)).body
      const links = [...report.matchAll(/href="(passports[^"#]*)#([^"]+)"/g)]
      const printed = links.map((m) => m[2]!)
      expect(printed.length).toBeGreaterThan(500)
      const passports = new Map<string, string>()
      const pages = [...new Set([PASSPORTS[i]!, ...links.map((m) => m[1]!)])]
      expect(pages.length).toBeGreaterThan(10)
      for (const page of pages)
        for (const a of (await ask('GET', `/${page}`)).body.split('<article id="').slice(1))
          passports.set(a.slice(0, a.indexOf('"')), a)
      const far = (code: string, links: number): boolean => {
        const a = passports.get(code)
        if (a === undefined) return true
        if (CELL.test(a) || BAND.test(a) || a.includes('.geojson')) return false
        const next = [...a.matchAll(/href="[^"#]*#([0-9A-Z]{4}-[^"]+)"/g)].map((m) => m[1]!)
        return links === 0 || next.every((c) => far(c, links - 1))
      }
      expect(printed.filter((code) => far(code, 2))).toEqual([])
    })

  test('only what is in the folder is served, to readers only', async () => {
    for (const path of [
      '/nothing.html',
      '/..%2f..%2fetc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%5c..%5cpackage.json',
      '/start.html%00',
      '/%00',
      '/%',
      '/%ff',
      '/__proto__',
      '/.',
      '/start.html/',
      '//etc/passwd',
    ]) {
      const { status, body } = await ask('GET', path)
      expect([path, [400, 404].includes(status), /root:|"qingshan"/.test(body)]).toEqual([path, true, false])
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect([method, [404, 405, 415].includes((await ask(method, '/start.html')).status)]).toEqual([method, true])
  })

  test('a name in Chinese is served in every spelling a browser or a file system gives it', async () => {
    const { status, headers } = await ask('HEAD', `/${encodeURIComponent('核算报告.docx')}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('wordprocessingml')
  })

  test('every answer forbids scripts, framing, sniffing and keeping', async () => {
    for (const path of ['/', '/index.html', '/nothing.html', '/%00']) {
      const { headers } = await ask('GET', path)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  test('a word that is not HTTP and a reader that stalls do not end it', async () => {
    const port = Number(new URL(served.address).port)
    await new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('garbage\r\n\r\n'))
      socket.on('data', () => undefined)
      socket.on('error', () => done())
      socket.on('close', () => done())
    })
    expect((await ask('GET', '/start.html')).status).toBe(200)
  })
})

describe('Ctrl-C', () => {
  test('ends it cleanly with a reader still connected: code 0, the last word printed, the port closed', async () => {
    const port = Number(new URL(served.address).port)
    const reader = connect(port, '127.0.0.1')
    await new Promise((done) => reader.once('connect', done))
    reader.on('error', () => undefined)
    code = await served.interrupt()
    expect(code).toBe(0)
    expect(served.printed()).toContain('已结束')
    const refused = await new Promise<boolean>((done) => {
      const again = connect(port, '127.0.0.1')
      again.once('connect', () => done(false))
      again.once('error', () => done(true))
    })
    expect(refused).toBe(true)
  })
})

/** The opened passport stands on the screen, not somewhere below it. */
async function inSight(page: Page): Promise<void> {
  const top = (): Promise<number> =>
    page.evaluate<number>(`document.querySelector('article:target h2').getBoundingClientRect().top`)
  await expect.poll(top, { timeout: 10_000 }).toBeLessThan(SCREEN.height)
  expect(await top()).toBeGreaterThanOrEqual(0)
}

// What runs inside the page is written as text: the types of the house know no browser.

const remove = (selector: string): string => `document.querySelectorAll('${selector}').forEach((e) => e.remove())`

/** What has the focus: the address of a link, else its tag. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`document.activeElement?.getAttribute('href') ?? document.activeElement?.tagName ?? ''`)

/** Presses Tab until the wanted thing has the focus; it must then be visible and outlined. */
async function tabTo(page: Page, wanted: (at: string) => boolean, inside?: string): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press('Tab')
    const there =
      inside === undefined || (await page.evaluate<boolean>(`document.activeElement.closest('${inside}') !== null`))
    if (!there || !wanted(await focused(page))) continue
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).not.toBe('none')
    return
  }
  throw new Error('Tab did not reach it in 400 presses')
}

interface Audit {
  readonly violations: readonly string[]
}

/** axe-core inside the page: serious and critical findings, each with the places. */
async function audit(page: Page): Promise<Audit> {
  // Evaluated by the debugger, not as a script of the page, so the page's policy stays as served.
  await page.evaluate(axe)
  const violations: string[] = await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (o: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    const found = await run.run({ resultTypes: ['violations'] })
    return found.violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map(
        (v) =>
          `${v.id}: ${v.nodes
            .slice(0, 3)
            .map((n) => n.html.slice(0, 200))
            .join(' | ')}`,
      )
  })
  return { violations }
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request with the path exactly as written: `fetch` would tidy it. */
const ask = (method: string, path: string): Promise<Answer> =>
  new Promise((done, fail) => {
    const { hostname, port } = new URL(served.address)
    const asked = request({ method, path, hostname, port }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (d: Buffer) => parts.push(d))
      answer.on('end', () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    asked.on('error', fail)
    asked.end()
  })
