// The connection to the office's identity provider: its metadata is read when it is first needed and kept for an hour.
// Always holds: a failure is not kept, so that whoever tries again after the provider is back gets in.

import { ProblemError } from '../../kernel/index.ts'
import { connectOidc, type OidcConnection, type OidcSettings } from '../../core/identity/index.ts'

/** A provider changes keys and addresses by publishing them; the client itself follows its keys. */
const KEPT_MS = 3_600_000

export interface ProviderConnection {
  /** @throws ProblemError `identity.oidc-address`, `identity.oidc-unreachable` */
  connect(): Promise<OidcConnection>
}

/** @param clock milliseconds that only go forward */
export function providerConnection(settings: OidcSettings, clock: () => number): ProviderConnection {
  let kept: { readonly made: Promise<OidcConnection>; readonly until: number } | undefined
  const reach = async (): Promise<OidcConnection> => {
    const made = await connectOidc(settings)
    if ('configuration' in made) return made
    kept = undefined
    throw new ProblemError([made])
  }
  return {
    connect: () => {
      if (kept === undefined || kept.until <= clock()) kept = { made: reach(), until: clock() + KEPT_MS }
      return kept.made
    },
  }
}
