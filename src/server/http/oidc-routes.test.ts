// Signing in through a real identity provider over HTTP, and everything that must not get in that way.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { subjectHash } from '../../core/identity/index.ts'
import { openTestProvider, TEST_CLIENT, type TestProvider } from '../../core/identity/oidc-provider.fixture.ts'
import { PROVIDER_TITLE, type SignInProvider } from '../house/index.ts'
import { codesOf, HOST, openServed, type Browser, type Served, type Told } from './server.fixture.ts'
import type { Server } from './open-server.ts'

const ADDRESS = `http://${HOST}`
const FINISH = `${ADDRESS}/api/v1/oidc/finish`
const BEGIN = '/api/v1/oidc/begin'
const SUBJECT = '430725198001010000'

let served: Served
let provider: TestProvider
let opened: { readonly server: Server; readonly browser: Browser }
const settings = (): SignInProvider => ({
  issuer: provider.issuer,
  clientId: TEST_CLIENT.clientId,
  address: ADDRESS,
  title: PROVIDER_TITLE,
})
beforeAll(async () => {
  served = await openServed()
  provider = await openTestProvider(SUBJECT, FINISH)
  opened = await served.another({ providerSecret: TEST_CLIENT.clientSecret }, { signInProvider: settings() })
})
afterAll(async () => {
  await opened.server.close()
  await provider.close()
  await served.close()
})

const link = () => ({
  person: served.people.get('shifan-jbr'),
  issuer: provider.issuer,
  subjectHash: subjectHash({ issuer: provider.issuer, subject: SUBJECT }),
})
const officeDoes = async (verb: string, input: unknown): Promise<void> => {
  const told = await (await served.signedIn('gly-001')).act(verb, input, 'administrator')
  expect(told.status).toBe(200)
}

const cookieOf = (told: Told): string =>
  /^qingshan_oidc=[^;]*/.exec([told.headers['set-cookie'] ?? ''].flat().join('\n'))?.[0] ?? ''
const sessionOf = (told: Told): string =>
  /qingshan_session=([^;]*)/.exec([told.headers['set-cookie'] ?? ''].flat().join('\n'))?.[1] ?? ''
const from = (server: Server): Browser => (server === opened.server ? opened.browser : served.browser())
const get = (path: string, cookie = '', accept = '*/*'): Promise<Told> => {
  const browser = from(opened.server)
  browser.cookie = ''
  return browser.call('GET', path, { headers: { accept, ...(cookie === '' ? {} : { cookie }) } })
}
/** To the provider, through its sign-in, and the address it sends the browser back to. */
const round = async (to = ''): Promise<{ readonly cookie: string; readonly back: string; readonly told: Told }> => {
  const told = await get(BEGIN + to)
  expect(told.status).toBe(302)
  const back = await provider.browse(String(told.headers['location']))
  return { cookie: cookieOf(told), back: back.slice(ADDRESS.length), told }
}

describe('sign-in through the identity provider of the office', () => {
  test('is told to the sign-in page where the house has one, and only there', async () => {
    expect((await get('/api/v1/sign-in-ways')).json).toEqual({
      password: true,
      provider: { title: { ...PROVIDER_TITLE }, begin: BEGIN },
    })
    const without = served.browser()
    expect((await without.get('/api/v1/sign-in-ways')).json).toEqual({ password: true })
    for (const path of [BEGIN, '/api/v1/oidc/finish?code=x&state=y']) {
      const told = await without.get(path)
      expect([told.status, codesOf(told)]).toEqual([404, ['http.no-provider']])
    }
  })

  test('sends the browser away with a cookie that scripts and other paths do not see, and keeps the verifier', async () => {
    const told = await get(BEGIN)
    const set = String(told.headers['set-cookie'])
    for (const word of ['HttpOnly', 'SameSite=Lax', 'Path=/api/v1/oidc', 'Max-Age=600']) expect(set).toContain(word)
    const to = new URL(String(told.headers['location']))
    expect(to.origin).toBe(provider.issuer)
    expect(to.searchParams.get('code_challenge_method')).toBe('S256')
    expect(to.searchParams.get('redirect_uri')).toBe(FINISH)
    expect(to.href).not.toContain(cookieOf(told).split('=')[1])
    expect(to.href).not.toContain(TEST_CLIENT.clientSecret)
  })

  test('a person nobody linked does not get in, and is told the number to be linked by', async () => {
    const { cookie, back } = await round()
    const told = await get(back, cookie)
    expect([told.status, codesOf(told), sessionOf(told)]).toEqual([401, ['identity.subject-not-linked'], ''])
    expect(told.text).toContain(link().subjectHash)
    expect(told.text).not.toContain(SUBJECT)
  })

  test('a linked person is in, without the password, on the page that was opened', async () => {
    await officeDoes('link-identity', link())
    const { cookie, back } = await round('?to=/w/inbox?tab=done')
    const told = await get(back, cookie)
    expect([told.status, told.headers['location']]).toEqual([303, '/w/inbox?tab=done'])
    expect(told.headers['referrer-policy']).toBe('no-referrer')
    expect(String(told.headers['set-cookie'])).toMatch(/qingshan_oidc=;/)
    const me = served.browser()
    me.cookie = sessionOf(told)
    expect((await me.get('/api/v1/session')).json).toMatchObject({ person: { login: 'shifan-jbr' }, mustChange: false })
    expect((await me.get('/api/v1/queries/inbox', 'department-contact')).status).toBe(200)
    const [event] = (
      await (
        await served.signedIn('aqy-001')
      ).get('/api/v1/queries/sign-in-events?since=2026-01-01T00:00:00.000Z&result=ok&_search=oidc', 'security-officer')
    ).json['rows'] as readonly { method: string; result: string }[]
    expect(event).toMatchObject({ method: 'oidc', result: 'ok' })
  })

  test('what came back counts once', async () => {
    const { cookie, back } = await round()
    expect((await get(back, cookie)).status).toBe(303)
    const again = await get(back, cookie)
    expect([again.status, codesOf(again), sessionOf(again)]).toEqual([401, ['http.sign-in-not-begun'], ''])
    // With a beginning of one's own around it, the code itself is spent and its state another's.
    const fresh = await get(BEGIN)
    const forged = await get(back, cookieOf(fresh))
    expect([forged.status, codesOf(forged)]).toEqual([401, ['identity.oidc-refused']])
  })

  test('it counts only in the browser that began it: without its cookie, or with another’s, nobody gets in', async () => {
    const { back } = await round()
    for (const cookie of ['', 'qingshan_oidc=made-up', 'qingshan_oidc=']) {
      const told = await get(back, cookie)
      expect([told.status, codesOf(told), sessionOf(told)]).toEqual([401, ['http.sign-in-not-begun'], ''])
    }
    const other = await get(BEGIN)
    const told = await get(back, cookieOf(other))
    expect([codesOf(told), sessionOf(told)]).toEqual([['identity.oidc-refused'], ''])
  })

  test('who comes back after ten minutes begins again', async () => {
    const { cookie, back } = await round()
    served.wait(600_001)
    const told = await get(back, cookie)
    expect([told.status, codesOf(told), sessionOf(told)]).toEqual([401, ['identity.oidc-too-late'], ''])
  })

  test('what the provider refuses is told on a page with the way back, in both languages and without its words', async () => {
    const begun = await get(BEGIN)
    const state = new URL(String(begun.headers['location'])).searchParams.get('state')
    const words = `error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=${state}&iss=${encodeURIComponent(provider.issuer)}`
    const told = await get(`/api/v1/oidc/finish?${words}`, cookieOf(begun), 'text/html,*/*')
    expect([told.status, told.type]).toEqual([401, 'text/html; charset=utf-8'])
    expect(told.text).toContain('统一认证没有成功')
    expect(told.text).toContain('href="/w/"')
    expect(told.text).not.toContain('script')
    expect(String(told.headers['content-security-policy'])).not.toContain('script-src')
  })

  test('it leads to a page of ours, whatever the address asked for', async () => {
    for (const [to, page] of [
      ['https://evil.example/', '/w/'],
      ['//evil.example/w/', '/w/'],
      ['/w/..//evil.example', '/w/'],
      ['/w/\\..\\..\\\\evil.example', '/w/'],
      ['/api/v1/session', '/w/'],
      ['/w/acts/1?a=b', '/w/acts/1?a=b'],
    ] as const) {
      const { cookie, back } = await round(`?to=${encodeURIComponent(to)}`)
      expect((await get(back, cookie)).headers['location']).toBe(page)
    }
  })

  test('an account that was disabled does not get in, nor one whose link was ended', async () => {
    const { person } = link()
    await officeDoes('disable-person', { person, reason: '调离' })
    const disabled = await round()
    expect(codesOf(await get(disabled.back, disabled.cookie))).toEqual(['identity.subject-not-linked'])
    await officeDoes('enable-person', { person, reason: '回来' })
    await officeDoes('unlink-identity', link())
    const ended = await round()
    expect(codesOf(await get(ended.back, ended.cookie))).toEqual(['identity.subject-not-linked'])
    await officeDoes('link-identity', link())
  })

  test('a provider that is away is told, at both steps, and once it is back people get in', async () => {
    const passing = await openTestProvider(SUBJECT, FINISH)
    const away = await served.another(
      { providerSecret: TEST_CLIENT.clientSecret },
      { signInProvider: { ...settings(), issuer: passing.issuer } },
    )
    const ask = (path: string, cookie = ''): Promise<Told> =>
      away.browser.call('GET', path, { headers: cookie === '' ? {} : { cookie } })
    const begun = await ask(BEGIN)
    const back = (await passing.browse(String(begun.headers['location']))).slice(ADDRESS.length)
    await passing.close()
    const told = await ask(back, cookieOf(begun))
    expect([told.status, codesOf(told)]).toEqual([503, ['identity.oidc-unreachable']])
    const looked = async (server: typeof away): Promise<readonly unknown[]> =>
      (
        (await server.browser.call('GET', '/doctor')).json['checks'] as readonly { name: string; level: string }[]
      ).flatMap((c) => (c.name === 'provider' ? [c.level] : []))
    expect([await looked(opened), await looked(away)]).toEqual([['green'], ['yellow']])
    const never = await served.another({}, { signInProvider: { ...settings(), issuer: passing.issuer } })
    for (const _ of [1, 2]) {
      const refused = await never.browser.call('GET', BEGIN)
      expect([refused.status, codesOf(refused)]).toEqual([503, ['identity.oidc-unreachable']])
    }
    const again = await openTestProvider(SUBJECT, FINISH, Number(new URL(passing.issuer).port))
    expect((await never.browser.call('GET', BEGIN)).status).toBe(302)
    await again.close()
    await never.server.close()
    await away.server.close()
  })
})
