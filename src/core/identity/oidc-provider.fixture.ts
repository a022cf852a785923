// An identity provider for tests: oidc-provider on loopback, whose sign-in page says yes to the person it was told of,
// and a browser of fetch and a jar of cookies.

import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Interaction {
  readonly prompt: { readonly name: string }
}
interface Provider {
  callback(): (req: IncomingMessage, res: ServerResponse) => void
  interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<Interaction>
  interactionFinished(req: IncomingMessage, res: ServerResponse, result: unknown): Promise<void>
  readonly Grant: new (of: { accountId: string; clientId: string }) => {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
}
/** The package brings no types. */
const PACKAGE: string = 'oidc-provider'

export interface TestProvider {
  readonly issuer: string
  /** Signs in as `subject` and gives the address the provider sends the browser back to. */
  browse(url: string): Promise<string>
  close(): Promise<void>
}

export const TEST_CLIENT = { clientId: 'qingshan', clientSecret: 'a-secret-of-32-characters-for-tests' }

/** @param port left out: any that is free */
export async function openTestProvider(subject: string, redirectUri: string, port = 0): Promise<TestProvider> {
  const { default: Made } = (await import(PACKAGE)) as {
    default: new (issuer: string, configuration: unknown) => Provider
  }
  const server = createServer()
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Made(issuer, {
    clients: [
      {
        client_id: TEST_CLIENT.clientId,
        client_secret: TEST_CLIENT.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a key of cookies for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, made: { uid: string }) => `/interaction/${made.uid}` },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Grant: 60, Interaction: 60, Session: 60 },
  })
  const answer = provider.callback()
  const interact = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { prompt } = await provider.interactionDetails(req, res)
    if (prompt.name === 'login') return provider.interactionFinished(req, res, { login: { accountId: subject } })
    const grant = new provider.Grant({ accountId: subject, clientId: TEST_CLIENT.clientId })
    grant.addOIDCScope('openid')
    await provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
  }
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith('/interaction/')) void interact(req, res)
    else answer(req, res)
  })
  return {
    issuer,
    browse: (url) => browse(url, redirectUri),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function browse(from: string, until: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = from
  for (let hops = 0; hops < 10; hops++) {
    if (url.startsWith(until)) return url
    const cookie = [...jar].map(([k, v]) => `${k}=${v}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const to = response.headers.get('location')
    if (to === null) throw new Error(`${response.status} ${await response.text()}`)
    url = new URL(to, url).href
  }
  throw new Error('too many redirections')
}
