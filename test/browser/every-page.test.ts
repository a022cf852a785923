// Every page of the workbench and of the public, at 1366 × 768, in Chinese and in English: nothing serious for axe, nothing wider
// than the screen, no complaint, no word of the other language in headings, and all of it by the keys. The list of pages is the
// workbench's own: a page that is new there fails here until it is visited.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openDesk, SCREEN, seriousOn, settled, type Desk } from './desk.ts'
import { openFilledHouse, PASSWORD, type FilledHouse } from './filled-house.ts'
import { LOOK, otherWords, STOP, type Seen, type Stop } from './look-at-page.ts'

const browser = await openBrowser()
/** Read where it stands, for the types of the house know no JSX. */
const LIST = new URL('../../src/workbench/pages.ts', import.meta.url).href
const { PAGES } = (await import(LIST)) as { readonly PAGES: readonly { readonly path: string }[] }
/** Some hundred pages on a machine that may be busy. */
const LONG = 600_000

let served: FilledHouse
let desk: Desk
beforeAll(async () => {
  if (!browser) return
  served = await openFilledHouse()
  desk = openDesk(browser, () => served.address, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Who visits which addresses of a page, with a thing on it where it shows one. A page that is not named here is visited as it is by
 *  the auditor, who may see most; one that shows a thing must be named. */
const VISITS: Readonly<Record<string, (s: FilledHouse) => Readonly<Record<string, readonly string[]>>>> = {
  '/': () => ({ 'shy-001': ['/'] }),
  '/w': () =>
    Object.fromEntries(['sjy-001', 'gly-001', 'sbg-001', 'shy-001', 'tby-001', 'aqy-001'].map((who) => [who, ['/w']])),
  '/w/inbox': () => ({
    'shy-001': ['/w/inbox', '/w/inbox?tab=drafts', '/w/inbox?tab=done'],
    'hsy-001': ['/w/inbox?tab=asked'],
  }),
  '/w/requests/:id': ({ request: r }) => ({ 'shy-001': [`/w/requests/${r}`], 'tby-001': [`/w/requests/${r}`] }),
  // The other forms and queries of the menu are visited below.
  '/w/do/:command': () => ({
    'aqy-001': ['/w/do/stand-in'],
    'hsy-001': ['/w/do/record-indicator-values', '/w/do/no-such'],
  }),
  '/w/ask/:query': () => ({ 'sjy-001': ['/w/ask/acts', '/w/ask/no-such'] }),
  '/w/acts/:id': ({ permitAct: act }) => ({ 'sjy-001': [`/w/acts/${act}`] }),
  '/w/acts/:id/proof': ({ permitAct: act }) => ({ 'sjy-001': [`/w/acts/${act}/proof`] }),
  '/w/why/posting/:id': ({ posting }) => ({ 'sjy-001': [`/w/why/posting/${posting}`] }),
  '/w/history': ({ account }) => ({ 'sjy-001': ['/w/history', `/w/history?subject=gep-account:${account}`] }),
  '/w/ledger': ({ firm }) => ({ 'sjy-001': ['/w/ledger', `/w/ledger?owner=${firm}&asset=permit.COD&to=2026-12-31`] }),
  '/w/retirements/:id': ({ permitAct: act }) => ({ 'sjy-001': [`/w/retirements/${act}`] }),
  '/w/people': () => ({ 'gly-001': ['/w/people'], 'aqy-001': ['/w/people'] }),
  '/w/organisations': () => ({ 'gly-001': ['/w/organisations'] }),
  '/w/regions': () => ({ 'gly-001': ['/w/regions'] }),
  '/w/rules': () => ({ 'hsy-001': ['/w/rules'] }),
  '/w/rules/:id': () => ({ 'hsy-001': ['/w/rules/gep.r2.bulk-density', '/w/rules/no-such'] }),
  '/w/imports': () => ({ 'tby-001': ['/w/imports', '/w/imports?of=units'], 'sjy-001': ['/w/imports'] }),
  '/w/units': () => ({ 'tby-001': ['/w/units'], 'sjy-001': ['/w/units'] }),
  '/w/units/:id': ({ unit, crossed }) => ({ 'tby-001': [`/w/units/${unit}`, `/w/units/${crossed}`] }),
  '/w/remind': () => ({ 'sbg-001': ['/w/remind', '/w/remind?place=430725&year=2024'] }),
  '/w/notices': () => ({ 'tby-001': ['/w/notices'], 'sjy-001': ['/w/notices?status=running'] }),
  '/w/notices/new': ({ unit }) => ({ 'tby-001': ['/w/notices/new', `/w/notices/new?about=unit:${unit}`] }),
  '/w/notices/:id': ({ notice }) => ({ 'tby-001': [`/w/notices/${notice}`] }),
  '/w/objections/:id': ({ objection }) => ({ 'tby-001': [`/w/objections/${objection}`] }),
  '/w/certificates': () => ({ 'tby-001': ['/w/certificates'], 'sjy-001': ['/w/certificates?status=valid'] }),
  '/w/certificates/new': () => ({ 'tby-001': ['/w/certificates/new'] }),
  '/w/certificates/:id': ({ certificate }) => ({ 'tby-001': [`/w/certificates/${certificate}`] }),
  '/w/brief': () => ({ 'db-001': ['/w/brief'] }),
  '/w/handover': () => ({ 'tby-001': ['/w/handover', '/w/handover?sheet=no-such'] }),
  '/w/parties': () => ({ 'tby-001': ['/w/parties'], 'sjy-001': ['/w/parties'] }),
  '/w/parties/new': () => ({ 'tby-001': ['/w/parties/new?kind=household', '/w/parties/new?kind=firm'] }),
  '/w/parties/:id': ({ party }) => ({ 'tby-001': [`/w/parties/${party}`], 'sjy-001': [`/w/parties/${party}`] }),
  '/w/letters': () => ({ 'tby-001': ['/w/letters'] }),
  '/w/letters/:id': () => ({ 'tby-001': ['/w/letters/no-such'] }),
  '/w/documents/past': () => ({ 'tby-001': ['/w/documents/past'] }),
  '/w/doctor': () => ({ 'gly-001': ['/w/doctor'] }),
  '/w/gep': () => ({ 'hsy-001': ['/w/gep'] }),
  '/w/gep/run': () => ({ 'hsy-001': ['/w/gep/run', '/w/gep/run?data=sample'] }),
  '/w/gep/compare': ({ account: a, mapAccount: b }) => ({
    'hsy-001': ['/w/gep/compare', `/w/gep/compare?a=${a}&b=${b}`],
  }),
  '/w/gep/:id/opinion': ({ account: a }) => ({ 'shy-001': [`/w/gep/${a}/opinion`] }),
  '/w/gep/:id': ({ account: a }) => ({
    'hsy-001': [`/w/gep/${a}`],
    'shy-001': [`/w/gep/${a}?why=gep`, `/w/gep/${a}?why=gep&thread=proof`],
  }),
  // The tabs of the other account are read off the page, below.
  '/w/gep/:id/:tab': ({ mapAccount: a }) => ({
    'hsy-001': [`/w/gep/${a}/map`, `/w/gep/${a}/publish`, `/w/gep/${a}/no-such`],
  }),
}

/** Opens an address as a link does, without loading everything anew. */
async function open(page: Page, address: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(address)})`)
  await settled(page, `location.pathname + location.search === ${JSON.stringify(address)}`)
}

/** What is wrong with the page as it stands, in words. */
async function wrongWith(page: Page, lang: 'zh' | 'en', withAxe = true): Promise<readonly string[]> {
  const seen = await page.evaluate<Seen>(LOOK)
  return [
    ...(seen.title.endsWith(lang === 'zh' ? ' · 青山' : ' · Qingshan') ? [] : [`title ${seen.title}`]),
    ...(seen.lang === (lang === 'zh' ? 'zh-CN' : 'en') ? [] : [`lang ${seen.lang}`]),
    ...(seen.headings === 1 ? [] : [`${seen.headings} first headings`]),
    ...(seen.wide === 0 ? [] : [`${seen.wide} pixels too wide`]),
    ...seen.mouseOnly.map((e) => `by mouse only: ${e}`),
    ...otherWords(seen.said, lang).map((w) => `in ${lang}: “${w}”`),
    ...(withAxe ? await seriousOn(page) : []),
  ]
}

/** Goes by Tab to what one does on the page. @returns the stops at which the focus was not seen, or that it was never reached */
async function unreached(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (let presses = 0; presses < 160; presses++) {
    const at = await page.evaluate<Stop | undefined>(STOP)
    if (!at) return found
    if (at.inPage && !at.seen && presses > 0) found.push(`focus not seen: ${at.what}`)
    if (at.wanted) return found
    await page.keyboard.press('Tab')
  }
  return [...found, 'Tab does not reach what one does there']
}

/** Changes the language, also where a drawer lies over the button. */
const inOther = (page: Page, lang: 'zh' | 'en'): Promise<void> =>
  page.getByRole('button', { name: lang === 'zh' ? 'English' : '中文', includeHidden: true }).dispatchEvent('click')

/** Both languages of one page. */
async function lookedAt(page: Page, address: string): Promise<readonly string[]> {
  await open(page, address)
  const found: string[] = []
  for (const lang of ['zh', 'en'] as const) {
    found.push(...(await wrongWith(page, lang)).map((w) => `${address} (${lang}): ${w}`))
    if (lang === 'zh') found.push(...(await unreached(page)).map((w) => `${address}: ${w}`))
    await inOther(page, lang)
  }
  return found
}

/** Errors and warnings that the browser wrote, but for those of addresses that are meant to be refused. */
function listening(page: Page): readonly string[] {
  const said: string[] = []
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') said.push(`${page.url()}: ${m.text()} ${m.location().url}`)
  })
  return said
}
const MEANT = /no-such/

/** What is left of A4 between margins of 15 and 18 mm, at 96 pixels an inch. */
const A4_INSIDE = { width: 680, height: 986 }
/** What stands beyond the right edge, and what is of no use on paper; a drawer that is open is printed in place of its page. */
const CUT = `(() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0
  const all = (what) => [...document.querySelectorAll(what)].filter(shown)
  return [
    ...all('nav.menu, header.header, .actions, .ant-drawer-mask, main .ant-btn').map((e) => 'not for paper: ' + e.outerHTML.slice(0, 100)),
    ...all('main *, .ant-drawer *').filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 2)
      .map((e) => 'cut at the right: ' + e.outerHTML.slice(0, 100)),
  ]
})()`

/** How many sheets of A4 it prints on. */
const sheetsOf = async (page: Page): Promise<number> =>
  (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)!.length

describe.skipIf(!browser)('every page', () => {
  test('of the workbench that shows a thing is visited with one', () => {
    expect(PAGES.map((p) => p.path).filter((p) => p.includes(':') && !(p in VISITS))).toEqual([])
  })

  test(
    'is whole, in its language, as wide as the screen and without a serious mistake of accessibility',
    async () => {
      const byPerson = new Map<string, string[]>()
      for (const { path } of PAGES)
        for (const [login, addresses] of Object.entries(VISITS[path]?.(served) ?? { 'sjy-001': [path] }))
          byPerson.set(login, [...(byPerson.get(login) ?? []), ...addresses])
      const found: string[] = []
      for (const [login, addresses] of byPerson) {
        const page = await desk.page(login)
        const said = listening(page)
        await settled(page)
        for (const address of addresses) found.push(...(await lookedAt(page, address)))
        found.push(...said.filter((s) => !MEANT.test(s)))
        await page.close()
      }
      expect(found).toEqual([])
    },
    LONG,
  )

  test(
    'that a menu leads to, and every tab of an account, is too',
    async () => {
      const found: string[] = []
      const visited = new Set<string>()
      const links = (page: Page, within: string): Promise<readonly string[]> =>
        page.evaluate<string[]>(`[...document.querySelectorAll('${within} a')].map((a) => a.getAttribute('href'))`)
      for (const login of ['hsy-001', 'sbg-001', 'sjy-001', 'gly-001', 'aqy-001', 'jbr-001']) {
        const page = await desk.page(login)
        await settled(page)
        const menu = (await links(page, 'nav.menu')).filter((a) => /^\/w\/(do|ask)\//.test(a))
        await open(page, `/w/gep/${served.account}`).catch(() => undefined)
        for (const address of [...menu, ...(await links(page, 'nav.tabs'))]) {
          if (visited.has(address)) continue
          visited.add(address)
          await open(page, address)
          // Forms are alike, and so are tables: axe looks at every other one, in the two languages by turns.
          const turn = visited.size % 4
          found.push(...(await wrongWith(page, 'zh', turn === 0)).map((w) => `${address} (zh): ${w}`))
          await inOther(page, 'zh')
          found.push(...(await wrongWith(page, 'en', turn === 2)).map((w) => `${address} (en): ${w}`))
          await inOther(page, 'en')
        }
        await page.close()
      }
      expect(visited.size).toBeGreaterThan(30)
      expect(found).toEqual([])
    },
    LONG,
  )

  test('of the public, and the door, is whole without signing in, and the accounts are read without script', async () => {
    const found: string[] = []
    for (const [address, javaScriptEnabled] of [
      ['/w', true],
      ['/public/', false],
      [`/public/${served.publication}`, false],
      ['/verify', true],
      ['/docs', true],
    ] as const) {
      const page = await desk.stranger(address)
      const said = listening(page)
      await page.reload()
      await page.locator('h1').first().waitFor()
      const seen = await page.evaluate<Seen>(LOOK)
      if (seen.wide > 0) found.push(`${address}: ${seen.wide} pixels too wide`)
      if (seen.headings !== 1) found.push(`${address}: ${seen.headings} first headings`)
      found.push(...(await seriousOn(page)).map((v) => `${address}: ${v}`))
      // Whoever is not signed in is told so by 401: the workbench asks once. A page without a picture of its own has none.
      found.push(...said.filter((s) => !/\/api\/v1\/session|favicon\.ico/.test(s)))
      await page.context().close()
      if (javaScriptEnabled) continue
      const plain = await desk.stranger(address, { javaScriptEnabled })
      if ((await plain.locator('table, ul, ol').count()) === 0) found.push(`${address}: nothing to read without script`)
      await plain.context().close()
    }
    expect(found).toEqual([])
  })

  test('that one prints stands on A4 without menu and buttons, nothing cut at its right; the health of the system on one', async () => {
    const { account: a, mapAccount: m, request, permitAct, firm, notice, certificate } = served
    const papers: Readonly<Record<string, readonly string[]>> = {
      'gly-001': ['/w/doctor', '/w/people'],
      'tby-001': [`/w/notices/${notice}`, `/w/certificates/${certificate}`],
      'shy-001': ['/w/inbox', `/w/requests/${request}`, `/w/gep/${a}/opinion`, `/w/gep/${a}?why=gep`],
      'sjy-001': [
        `/w/acts/${permitAct}`,
        `/w/acts/${permitAct}/proof`,
        `/w/ledger?owner=${firm}&asset=permit.COD`,
        '/w/clauses',
      ],
      'hsy-001': [
        `/w/gep/${a}`,
        `/w/gep/${a}/grounds`,
        `/w/gep/${a}/findings`,
        `/w/gep/${m}/map`,
        `/w/gep/compare?a=${a}&b=${m}`,
      ],
    }
    const found: string[] = []
    for (const [login, addresses] of Object.entries(papers)) {
      const page = await desk.page(login)
      await settled(page)
      for (const lang of ['zh', 'en'] as const) {
        for (const address of addresses) {
          await open(page, address)
          if (address === '/w/doctor') expect(await sheetsOf(page), lang).toBe(1)
          await page.emulateMedia({ media: 'print' })
          await page.setViewportSize(A4_INSIDE)
          found.push(...(await page.evaluate<string[]>(CUT)).map((w) => `${address} (${lang}): ${w}`))
          await page.emulateMedia({ media: null })
          await page.setViewportSize(SCREEN)
        }
        await inOther(page, lang)
      }
      await page.close()
    }
    expect(found).toEqual([])
  })

  test('broke nothing, and asked nothing of a stranger', () => {
    expect(desk.complaints).toEqual([])
  })
})
