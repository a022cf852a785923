// Sign-in through a real OpenID provider on loopback, and what must not get through.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMs, instantOfMs, type Instant, type Problem } from '../../kernel/index.ts'
import { beginOidc, connectOidc, finishOidc, type OidcConnection, type OidcSubject } from './oidc.ts'
import { openTestProvider, TEST_CLIENT, type TestProvider } from './oidc-provider.fixture.ts'

const REDIRECT = 'http://127.0.0.1:9/oidc/return'
let provider: TestProvider
let connection: OidcConnection
const now = (): Instant => instantOfMs(Date.now())
const random = (n: number): Uint8Array => randomBytes(n)

beforeAll(async () => {
  provider = await openTestProvider('subject-of-wang', REDIRECT)
  const made = await connectOidc({ issuer: provider.issuer, redirectUri: REDIRECT, ...TEST_CLIENT })
  if ('code' in made) throw new Error(made.en)
  connection = made
})
afterAll(() => provider.close())

const said = (p: OidcSubject | OidcConnection | Problem): string =>
  'code' in p ? `${p.code} ${String(p.values['detail'] ?? '')}`.trim() : 'ok'

describe('sign-in through an identity provider', () => {
  test('names issuer and subject after the person signed in there', async () => {
    const { url, pending } = await beginOidc(connection, { random, now: now() })
    const returned = await provider.browse(url)
    expect(await finishOidc(connection, { pending, returned, now: now() })).toEqual({
      issuer: provider.issuer,
      subject: 'subject-of-wang',
    })
  })

  test('a code is good once, and only with the state, nonce and verifier of its own beginning', async () => {
    const a = await beginOidc(connection, { random, now: now() })
    const b = await beginOidc(connection, { random, now: now() })
    const returned = await provider.browse(a.url)
    const finish = async (pending: typeof a.pending): Promise<string> =>
      said(await finishOidc(connection, { pending, returned, now: now() }))
    expect(await finish(b.pending)).toMatch(/oidc-refused/)
    expect(await finish({ ...a.pending, verifier: b.pending.verifier })).toMatch(/oidc-refused/)
    const again = await provider.browse((await beginOidc(connection, { random, now: now() })).url)
    expect(said(await finishOidc(connection, { pending: a.pending, returned: again, now: now() }))).toMatch(/refused/)
    const c = await beginOidc(connection, { random, now: now() })
    const back = await provider.browse(c.url)
    const wrongNonce = { ...c.pending, nonce: a.pending.nonce }
    expect(said(await finishOidc(connection, { pending: wrongNonce, returned: back, now: now() }))).toMatch(/refused/)
    expect(said(await finishOidc(connection, { pending: c.pending, returned: back, now: now() }))).toMatch(/refused/)
  })

  test('an error the provider sends back, and an address without a code, are refused', async () => {
    const { pending } = await beginOidc(connection, { random, now: now() })
    const refused = `${REDIRECT}?error=access_denied&state=${pending.state}&iss=${encodeURIComponent(provider.issuer)}`
    expect(said(await finishOidc(connection, { pending, returned: refused, now: now() }))).toMatch(/oidc-refused/)
    expect(said(await finishOidc(connection, { pending, returned: REDIRECT, now: now() }))).toMatch(/oidc-refused/)
  })

  test('who comes back after ten minutes begins again', async () => {
    const { pending } = await beginOidc(connection, { random, now: now() })
    const late = addMs(pending.began, 600_001)
    expect(said(await finishOidc(connection, { pending, returned: REDIRECT, now: late }))).toBe(
      'identity.oidc-too-late',
    )
  })

  test('the browser is sent away with a challenge and never with the verifier', async () => {
    const { url, pending } = await beginOidc(connection, { random, now: now() })
    const sent = new URL(url).searchParams
    expect(sent.get('code_challenge_method')).toBe('S256')
    expect(sent.get('state')).toBe(pending.state)
    expect(url).not.toContain(pending.verifier)
    expect(url).not.toContain(TEST_CLIENT.clientSecret)
  })

  test('an address without https, and a provider that does not answer, are problems', async () => {
    const about = { ...TEST_CLIENT, redirectUri: REDIRECT }
    for (const issuer of ['http://id.example.gov.cn', 'id.example', 'file:///etc/passwd'])
      expect(said(await connectOidc({ issuer, ...about }))).toBe('identity.oidc-address')
    expect(said(await connectOidc({ issuer: 'http://127.0.0.1:9', ...about }))).toMatch(/oidc-unreachable/)
  })

  test('a provider that goes away between the two steps is told as away, not as a refusal', async () => {
    const passing = await openTestProvider('subject-of-wang', REDIRECT)
    const made = await connectOidc({ issuer: passing.issuer, redirectUri: REDIRECT, ...TEST_CLIENT })
    if ('code' in made) throw new Error(made.en)
    const { url, pending } = await beginOidc(made, { random, now: now() })
    const returned = await passing.browse(url)
    await passing.close()
    expect(said(await finishOidc(made, { pending, returned, now: now() }))).toMatch(/oidc-unreachable/)
  })
})
