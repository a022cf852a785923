// Session rules and one-time codes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateSync, ScureBase32Plugin } from 'otplib'
import { addMs, instant, instantOfMs, type Instant } from '../../kernel/index.ts'
import { codeKeyUri, newCodeKey, takeCode } from './one-time-code.ts'
import { newToken, SESSION_RULES, sessionsToEnd, sessionState, tokenHash, type SessionTimes } from './session-rules.ts'

const t0 = instant('2026-01-01T08:00:00Z')
const MIN = 60_000

describe('session', () => {
  const at = (lastSeenMin: number, now: number, more: Partial<SessionTimes> = {}): string =>
    sessionState({ opened: t0, lastSeen: addMs(t0, lastSeenMin * MIN), ...more }, addMs(t0, now * MIN))

  test('ends after half an hour unused, after twelve hours in any case, and when revoked', () => {
    expect(at(0, 29)).toBe('open')
    expect(at(0, 30)).toBe('idle')
    expect(at(719, 719)).toBe('open')
    expect(at(720, 720)).toBe('expired')
    expect(at(0, 1, { revoked: t0 })).toBe('revoked')
  })

  test('a clock that goes backwards opens nothing and ends nothing', () => {
    expect(at(0, -5)).toBe('open')
  })

  test('one more than the limit ends those unused for longest, and only as many as needed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 8 }), (seen) => {
        const open = seen.map((m) => ({ opened: t0, lastSeen: addMs(t0, m * MIN) }))
        const ended = sessionsToEnd(open)
        expect(open.length - ended.length + 1).toBeLessThanOrEqual(SESSION_RULES.parallel)
        expect(ended.length).toBe(Math.max(0, open.length + 1 - SESSION_RULES.parallel))
        const kept = open.filter((s) => !ended.includes(s))
        for (const e of ended) for (const k of kept) expect(e.lastSeen <= k.lastSeen).toBe(true)
      }),
    )
  })

  test('the token has 32 bytes of the given randomness and its hash is the SHA-256 of its text', () => {
    const { token, hash } = newToken((n) => new Uint8Array(n).fill(1))
    expect(Buffer.from(token, 'base64url')).toEqual(Buffer.alloc(32, 1))
    expect(tokenHash(token)).toBe(hash)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(tokenHash('')).toBeUndefined()
    expect(tokenHash("' or 1=1 --".padEnd(43, 'x'))).toBeUndefined()
  })
})

describe('one-time codes', () => {
  // RFC 6238, appendix B, SHA-1: the key is the ASCII text 12345678901234567890; the last six of its eight digits.
  const key = new ScureBase32Plugin().encode(Buffer.from('12345678901234567890'), { padding: false })
  const VECTORS: readonly (readonly [number, string])[] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ]
  const seconds = (s: number): Instant => instantOfMs(s * 1000)

  test('agree with the vectors of RFC 6238', () => {
    for (const [s, digits] of VECTORS)
      expect(takeCode({ key, code: digits.slice(2), now: seconds(s) })).toBe(Math.floor(s / 30))
  })

  test('are taken in their own step and its neighbours, and no further', () => {
    const taken = [-61, -60, -31, -30, 0, 29, 30, 59, 60, 89].map(
      (d) => takeCode({ key, code: '005924', now: seconds(1234567890 + d) }) !== undefined,
    )
    expect(taken).toEqual([false, false, false, true, true, true, true, true, false, false])
  })

  test('are taken once, and none before the last one taken', () => {
    const now = seconds(1234567890)
    const step = takeCode({ key, code: '005924', now })!
    expect(takeCode({ key, code: '005924', now, lastStep: step })).toBeUndefined()
    expect(takeCode({ key, code: '005924', now, lastStep: step - 1 })).toBe(step)
    const before = generateSync({ secret: key, epoch: 1234567890 - 30 })
    expect(takeCode({ key, code: before, now, lastStep: step })).toBeUndefined()
  })

  test('are six digits, also with a space or full-width, and nothing else', () => {
    const now = seconds(1234567890)
    expect(takeCode({ key, code: '005 924', now })).toBeDefined()
    expect(takeCode({ key, code: '００５９２４', now })).toBeDefined()
    for (const code of ['', '5924', '0059240', '00592a', '-05924']) expect(takeCode({ key, code, now })).toBeUndefined()
  })

  test('a new key has 160 bits of the given randomness and reads back from its QR text', () => {
    const fresh = newCodeKey((n) => new Uint8Array(n).fill(3))
    expect(fresh).toHaveLength(32)
    const uri = new URL(codeKeyUri({ key: fresh, login: 'wang.fang', platform: '青山' }))
    expect(uri.searchParams.get('secret')).toBe(fresh)
    expect(decodeURIComponent(uri.pathname)).toContain('青山:wang.fang')
  })
})
