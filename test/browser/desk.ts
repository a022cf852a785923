// People at their desks: each has a browser of their own, signs in once and opens pages. What a page complains about or asks of
// a stranger is kept; accessibility is judged by axe. Serves every journey through the workbench.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export const SCREEN = { width: 1366, height: 768 }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Desk {
  /** A page of a person; the first time they sign in. */
  page(login: string, path?: string): Promise<Page>
  /** A page of somebody who never signed in. */
  stranger(path: string, more?: { readonly javaScriptEnabled?: boolean }): Promise<Page>
  readonly complaints: readonly string[]
}

/** @param address of the server now; it may be another after it was started again @param now the clock of everybody's computer, where
 *  it is not the machine's */
export function openDesk(browser: Browser, address: () => string, password: string, now?: () => string): Desk {
  const contexts = new Map<string, BrowserContext>()
  const complaints: string[] = []
  const opened = async (context: BrowserContext): Promise<Page> => {
    if (now) await context.clock.setFixedTime(now())
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (e) => complaints.push(`${page.url()}: ${String(e)}`))
    page.on('request', (r) => {
      if (!r.url().startsWith(address()) && !/^(data|blob|file):/.test(r.url())) complaints.push(r.url())
    })
    return page
  }
  return {
    complaints,
    page: async (login, path = '/w') => {
      const before = contexts.get(login)
      const context = before ?? (await browser.newContext({ viewport: SCREEN, acceptDownloads: true }))
      contexts.set(login, context)
      const page = await opened(context)
      await page.goto(address() + path)
      if (!before) {
        await signIn(page, login, password)
        await page.locator('nav.menu').waitFor()
      }
      return page
    },
    stranger: async (path, more = {}) => {
      const page = await opened(await browser.newContext({ viewport: SCREEN, acceptDownloads: true, ...more }))
      await page.goto(/^\w+:/.test(path) ? path : address() + path)
      return page
    },
  }
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
}

/** Serious mistakes of accessibility on what is shown. */
export async function seriousOn(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')))`,
  )
}

/** Nothing on the page waits any more. Asked again and again rather than once: the policy of the page lets no text be run that
 *  waits inside it. @throws Error after fifteen seconds */
export async function settled(page: Page, stands = 'true'): Promise<void> {
  const still = `${stands} && document.querySelector('main h1') !== null && document.querySelector('main .ant-spin') === null`
  for (let i = 0; i < 600; i++) {
    if (await page.evaluate<boolean>(still)) return
    await page.waitForTimeout(25)
  }
  throw new Error(`${page.url()} does not settle`)
}

/** Approves the request that the page shows, and waits for the receipt. */
export async function approve(page: Page): Promise<void> {
  await page.locator('.command-form').getByRole('button', { name: '同意' }).click()
  await page.locator('.receipt').waitFor()
}
