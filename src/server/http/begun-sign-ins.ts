// Sign-ins that were begun at the identity provider and are not finished: what the browser must not know, found again by a
// name that only its cookie carries.
// Always holds: one beginning is finished once, whatever comes of it; what is too old is gone.

import { addMs, type Instant } from '../../kernel/index.ts'
import { OIDC_PENDING_MS, type OidcPending } from '../../core/identity/index.ts'

export interface BegunSignIn extends OidcPending {
  /** The page that is opened afterwards. */
  readonly to: string
}

/** More than an office begins in ten minutes; beyond it the oldest begin again. */
const MOST = 10_000
const NAME_BYTES = 32

export interface BegunSignIns {
  /** @returns the name for the cookie */
  keep(begun: BegunSignIn): string
  take(name: string): BegunSignIn | undefined
}

export function begunSignIns({
  random,
  now,
}: {
  readonly random: (count: number) => Uint8Array
  readonly now: () => Instant
}): BegunSignIns {
  const kept = new Map<string, BegunSignIn>()
  return {
    keep: (begun) => {
      const old = addMs(now(), -OIDC_PENDING_MS)
      for (const [name, { began }] of kept) {
        if (began >= old && kept.size < MOST) break
        kept.delete(name)
      }
      const name = Buffer.from(random(NAME_BYTES)).toString('base64url')
      kept.set(name, begun)
      return name
    },
    take: (name) => {
      const begun = kept.get(name)
      kept.delete(name)
      return begun
    },
  }
}
