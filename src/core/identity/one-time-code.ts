// One-time codes of an authenticator app: TOTP (RFC 6238) with SHA-1, six digits, 30 seconds, as every app has them.
// Always holds: a code is taken in its own step or a neighbouring one, and each step once.

import { generateURI, ScureBase32Plugin, verifySync } from 'otplib'
import { instantMs, type Instant } from '../../kernel/index.ts'

const STEP_SECONDS = 30
/** RFC 4226, 4, R6: 160 bits. */
const SECRET_BYTES = 20

const base32 = new ScureBase32Plugin()

/** A new key in base 32, for the app and (sealed) for the record. */
export const newCodeKey = (random: (count: number) => Uint8Array): string =>
  base32.encode(random(SECRET_BYTES), { padding: false })

/** The text of the QR code that an authenticator app reads. */
export const codeKeyUri = ({ key, login, platform }: { key: string; login: string; platform: string }): string =>
  generateURI({ issuer: platform, label: login, secret: key })

export interface CodeGiven {
  readonly key: string
  readonly code: string
  readonly now: Instant
  /** The step of the last code that was taken; a code of it or an earlier one is refused. */
  readonly lastStep?: number
}

/** The step of the code where it is good, to be kept as `lastStep`; undefined where it is not. */
export function takeCode({ key, code, now, lastStep }: CodeGiven): number | undefined {
  const digits = code.normalize('NFKC').replaceAll(' ', '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const result = verifySync({
    secret: key,
    token: digits,
    epoch: Math.floor(instantMs(now) / 1000),
    epochTolerance: STEP_SECONDS,
    ...(lastStep === undefined ? {} : { afterTimeStep: lastStep }),
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}
