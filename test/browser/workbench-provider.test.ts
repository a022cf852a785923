// Signing in through the identity provider of the office in a real browser, which comes back from another site: the cookies that
// must come along do, and the person is at the desk. And a rule, opened from the book down to its worked example.

import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { subjectHash } from '../../src/core/identity/index.ts'
import { openTestProvider, TEST_CLIENT, type TestProvider } from '../../src/core/identity/oidc-provider.fixture.ts'
import { openServed, type Served } from '../../src/server/http/server.fixture.ts'
import { PROVIDER_TITLE, type Server } from '../../src/server/index.ts'
import { openBrowser } from './browser.ts'

const browser = await openBrowser()
const workbench = fileURLToPath(new URL('../../dist/workbench', import.meta.url))
const SUBJECT = 'subject-of-the-clerk'

let served: Served
let provider: TestProvider
let server: Server
/** `localhost` here and `127.0.0.1` there: two sites, as in an office. */
let address: string

const freePort = (): Promise<number> =>
  new Promise((told) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => told(port))
    })
  })

beforeAll(async () => {
  if (!browser) return
  served = await openServed()
  const port = await freePort()
  address = `http://localhost:${port}`
  provider = await openTestProvider(SUBJECT, `${address}/api/v1/oidc/finish`)
  ;({ server } = await served.another(
    { workbench, providerSecret: TEST_CLIENT.clientSecret },
    { signInProvider: { issuer: provider.issuer, clientId: TEST_CLIENT.clientId, address, title: PROVIDER_TITLE } },
  ))
  await server.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await provider?.close()
  await served?.close()
})

describe.skipIf(!browser)('the second way in', () => {
  test('a stranger comes back to a page that says what to do; once linked the same button leads to the page that was opened', async () => {
    const context = await browser!.newContext({ viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(`${address}/w/rules`)
    await page.getByRole('link', { name: PROVIDER_TITLE.zh }).click()
    await page.getByRole('heading', { name: '没有登录' }).waitFor()
    const hash = subjectHash({ issuer: provider.issuer, subject: SUBJECT })
    await page.getByText(hash).first().waitFor()
    const link = { person: served.people.get('shifan-jbr'), issuer: provider.issuer, subjectHash: hash }
    const linked = await (await served.signedIn('gly-001')).act('link-identity', link, 'administrator')
    expect(linked.status).toBe(200)

    await page.goto(`${address}/w/rules`)
    await page.getByRole('link', { name: PROVIDER_TITLE.zh }).click()
    await page.getByRole('heading', { level: 1, name: '参数与规则' }).waitFor()
    expect(page.url()).toBe(`${address}/w/rules`)
    expect((await context.cookies()).find((c) => c.name === 'qingshan_session')).toMatchObject({
      httpOnly: true,
      sameSite: 'Strict',
    })

    await page.goto(`${address}/w/rules/gep.r1.water-balance`)
    await page.getByRole('heading', { name: '算例' }).waitFor()
    expect(await page.locator('pre').first().textContent()).toContain('=')
    await context.close()
  })
})
