// Sign-in through an identity provider (a province's unified identity): OpenID Connect Core 1.0, authorization code with
// PKCE (RFC 7636), state and nonce. It answers one question: which subject of which issuer has just signed in there.
// Always holds: what the browser brings back counts only with the state, nonce and verifier kept here since the beginning;
// who that subject is here is said by a link, never by a name or address the provider tells.

import { createHash } from 'node:crypto'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  discovery,
  None,
  type Configuration,
} from 'openid-client'
import { instantMs, type Instant, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'

export interface OidcSettings {
  /** The issuer's address as in its metadata; https, or http on this machine. */
  readonly issuer: string
  readonly clientId: string
  /** Absent for a public client. */
  readonly clientSecret?: string
  /** Where the provider sends the browser back to; registered there. */
  readonly redirectUri: string
}

/** What the server keeps between the two steps, out of the browser's reach. */
export interface OidcPending {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly began: Instant
}

export interface OidcSubject {
  readonly issuer: string
  readonly subject: string
}

export interface OidcConnection {
  readonly settings: OidcSettings
  readonly configuration: Configuration
}

/** Long enough to find one's token at the provider, short enough that a left browser does not sign in tomorrow. */
export const OIDC_PENDING_MS = 10 * 60_000
const TIMEOUT_SECONDS = 10
const SECRET_BYTES = 32
const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/** Reads the provider's metadata. */
export async function connectOidc(settings: OidcSettings): Promise<OidcConnection | Problem> {
  const issuer = URL.canParse(settings.issuer) ? new URL(settings.issuer) : undefined
  const local = issuer?.protocol === 'http:' && LOOPBACK.includes(issuer.hostname)
  if (!issuer || (issuer.protocol !== 'https:' && !local))
    return problem('identity.oidc-address', { issuer: settings.issuer.slice(0, 100) })
  const { clientId, clientSecret } = settings
  try {
    const configuration = await discovery(
      issuer,
      clientId,
      undefined,
      clientSecret === undefined ? None() : ClientSecretBasic(clientSecret),
      { timeout: TIMEOUT_SECONDS, ...(local ? { execute: [allowInsecureRequests] } : {}) },
    )
    return { settings, configuration }
  } catch (e) {
    return problem('identity.oidc-unreachable', { issuer: issuer.href, detail: reason(e) })
  }
}

/** The first step: where to send the browser, and what to keep. */
export async function beginOidc(
  { settings, configuration }: OidcConnection,
  { random, now }: { random: (count: number) => Uint8Array; now: Instant },
): Promise<{ readonly url: string; readonly pending: OidcPending }> {
  const secret = (): string => Buffer.from(random(SECRET_BYTES)).toString('base64url')
  const pending = { state: secret(), nonce: secret(), verifier: secret(), began: now }
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: settings.redirectUri,
    scope: 'openid',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, pending }
}

/** The second step: the address the browser came back to, judged against what was kept. */
export async function finishOidc(
  { settings, configuration }: OidcConnection,
  { pending, returned, now }: { pending: OidcPending; returned: string; now: Instant },
): Promise<OidcSubject | Problem> {
  if (instantMs(now) - instantMs(pending.began) > OIDC_PENDING_MS) return problem('identity.oidc-too-late', {})
  try {
    const tokens = await authorizationCodeGrant(configuration, new URL(returned), {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    return claims
      ? { issuer: claims.iss, subject: claims.sub }
      : problem('identity.oidc-refused', { detail: 'id_token' })
  } catch (e) {
    const about = { detail: reason(e) }
    return isAway(e)
      ? problem('identity.oidc-unreachable', { issuer: settings.issuer, ...about })
      : problem('identity.oidc-refused', about)
  }
}

/** The name under which a link is kept. */
export const subjectHash = ({ issuer, subject }: OidcSubject): string =>
  createHash('sha256').update(`${issuer}\u0000${subject}`).digest('hex')

/** Whether nobody answered, as against an answer that was no. Node tells both a refused connection and a broken one as a
 *  `TypeError` of `fetch`, which the client hands on as it is or as the cause of its own. */
function isAway(e: unknown): boolean {
  const { code, cause } = (typeof e === 'object' && e !== null ? e : {}) as { code?: unknown; cause?: unknown }
  if (code === 'OAUTH_TIMEOUT') return true
  return e instanceof TypeError ? code === undefined && cause instanceof Error : cause !== undefined && isAway(cause)
}

/** The code of an error, without what a provider may have written into its text. */
function reason(e: unknown): string {
  const { code, error } = (typeof e === 'object' && e !== null ? e : {}) as { code?: unknown; error?: unknown }
  const said = [code, error].find((s) => typeof s === 'string')
  return said === undefined ? 'unknown' : said.slice(0, 60)
}
