// Passwords, login names and lock-out.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMs, civilDate, instant, type Instant } from '../../kernel/index.ts'
import { afterFailure, isLocked, lockMs, UNLOCKED, type LockState } from './lock-out.ts'
import { loginNameProblem, normaliseLoginName } from './login-name.ts'
import { decoyHash, hashPassword, verifyPassword, wantsRehash } from './password-hash.ts'
import { normalisePassword, passwordAge, passwordProblems } from './password-policy.ts'

const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }
const salt = new Uint8Array(16).fill(7)
const said = (password: string, login = 'wang.fang'): readonly string[] =>
  passwordProblems(normalisePassword(password), login).map((p) => p.code.replace('identity.password-', ''))

describe('password policy', () => {
  test('says everything that is missing at once', () => {
    expect(said('abc')).toEqual(['short', 'classes'])
    expect(said('')).toEqual(['short', 'classes'])
    expect(said('correct-Horse-7')).toEqual([])
    expect(said('三更灯火五更鸡Ab7')).toEqual([])
    expect(said('Wang.Fang-2026')).toEqual(['has-login'])
    expect(said('x7Gnaf.gnaw-K')).toEqual(['has-login'])
    expect(said('Aa1-'.repeat(40))).toEqual(['long'])
  })

  test('refuses what everybody tries, and runs of equal or neighbouring characters', () => {
    for (const p of [
      'Password2026!',
      'P@ssw0rd2026',
      'Qingshan@123',
      '青山@2026Abc',
      'Ab-12345-Zq',
      'Zz-aaaaa-77',
      'Kk-76543-qZ',
    ])
      expect(said(p)).toContain('stock')
    expect(said('my-Password-is-a-Long-sentence-7')).toEqual([])
  })

  test('names the kinds of characters still to choose from', () => {
    const p = passwordProblems('abcdxyzwqr', 'li')[0]!
    expect(p.zh).toContain('大写字母、数字、其他字符')
    expect(p.en).toContain('capitals, digits, other characters')
  })

  test('no more of the password is repeated than a common word or a short run', () => {
    const pieces = fc.oneof(fc.string(), fc.constantFrom('Password', '12345678', 'wang.fang', 'zzzzzzzz'))
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (some) => {
        const password = some.join('')
        for (const p of passwordProblems(password, 'wang.fang'))
          for (const value of Object.values(p.values))
            if (password.includes(String(value))) expect(String(value).length).toBeLessThan(10)
      }),
    )
  })

  test('a password lives ninety days, the last fortnight with a warning, or without end where the operator says so', () => {
    const age = (today: string, life?: number): string =>
      passwordAge(civilDate('2026-01-01'), civilDate(today), ...(life === undefined ? [] : [life]))
    expect([age('2026-01-01'), age('2026-03-17'), age('2026-03-18'), age('2026-03-31'), age('2026-04-01')]).toEqual([
      'fresh',
      'fresh',
      'soon',
      'soon',
      'expired',
    ])
    expect(age('2036-01-01', 0)).toBe('fresh')
  })
})

describe('password hash', () => {
  test('is argon2id with the named cost, fits its password and no other', async () => {
    const phc = await hashPassword('correct-Horse-7', { salt, cost: CHEAP })
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/)
    expect(await verifyPassword(phc, 'correct-Horse-7')).toBe(true)
    expect(await verifyPassword(phc, 'correct-Horse-8')).toBe(false)
    expect(await hashPassword('correct-Horse-7', { salt, cost: CHEAP })).toBe(phc)
    expect(await hashPassword('correct-Horse-7', { salt: salt.map((b) => b + 1), cost: CHEAP })).not.toBe(phc)
  })

  test('without a word the cost is the strong one, and a cheaper hash wants making anew', async () => {
    const phc = await hashPassword('x', { salt })
    expect(phc).toMatch(/m=19456,t=2,p=1/)
    expect(wantsRehash(phc)).toBe(false)
    expect(wantsRehash(await hashPassword('x', { salt, cost: CHEAP }))).toBe(true)
    expect(wantsRehash('$2b$10$abc')).toBe(true)
  })

  test('full-width letters are the letters they look like', async () => {
    const phc = await hashPassword('ＡＢＣ-abc-１２３', { salt, cost: CHEAP })
    expect(await verifyPassword(phc, 'ABC-abc-123')).toBe(true)
  })

  test('the decoy costs what a real hash costs and fits nothing', async () => {
    expect(await decoyHash(CHEAP)).toMatch(/m=8,t=1,p=1/)
    expect(await decoyHash(CHEAP)).toBe(await decoyHash(CHEAP))
    expect(await verifyPassword(await decoyHash(CHEAP), '')).toBe(false)
  })

  test('a text that is no hash of ours fits no password and takes no memory', async () => {
    const phc = await hashPassword('x', { salt, cost: CHEAP })
    for (const bad of [
      '',
      'x',
      '$2b$10$abc',
      phc.slice(0, -1),
      phc.replace('m=8', 'm=4194304'),
      phc.replace('t=1', 't=99'),
    ])
      expect(await verifyPassword(bad, 'x')).toBe(false)
  })

  test('a salt of another length is refused', async () => {
    await expect(hashPassword('x', { salt: new Uint8Array(3), cost: CHEAP })).rejects.toThrow(/salt/)
  })
})

describe('login names', () => {
  const code = (given: string): string | undefined => loginNameProblem(normaliseLoginName(given))?.code
  test('are lower case, begin with a letter and are nobody’s telephone number', () => {
    expect(code('wang.fang')).toBeUndefined()
    expect(normaliseLoginName(' Ｗang.Fang ')).toBe('wang.fang')
    for (const bad of [
      '',
      'ab',
      '13800138000',
      '430102199001011234',
      '王芳',
      'a b c',
      'a'.repeat(33),
      "o'hara",
      '.abc',
    ])
      expect(code(bad)).toBe('identity.login-name')
    for (const bad of ['admin', 'SYSTEM', 'public', 'test']) expect(code(bad)).toBe('identity.login-name-reserved')
  })
})

describe('lock-out', () => {
  const t0 = instant('2026-01-01T00:00:00Z')
  const MIN = 60_000
  const fail = (state: LockState, times: number, at: Instant): LockState =>
    Array.from({ length: times }).reduce<LockState>((s) => afterFailure(s, at), state)

  test('five failures lock for a quarter of an hour, the next five for twice as long, and so on to a day', () => {
    const once = fail(UNLOCKED, 5, t0)
    expect(isLocked(fail(UNLOCKED, 4, t0), t0)).toBe(false)
    expect(isLocked(once, t0)).toBe(true)
    expect(isLocked(once, addMs(t0, 15 * MIN - 1))).toBe(true)
    const later = addMs(t0, 15 * MIN)
    expect(isLocked(once, later)).toBe(false)
    const twice = fail(once, 5, later)
    expect(twice.lockedUntil).toBe(addMs(later, 30 * MIN))
    expect([1, 2, 3, 7, 8, 1000].map((n) => lockMs(n) / MIN)).toEqual([15, 30, 60, 960, 1440, 1440])
  })

  test('failures while locked are not counted, and a day without failures is forgotten', () => {
    const locked = fail(UNLOCKED, 5, t0)
    expect(fail(locked, 100, addMs(t0, MIN))).toEqual(locked)
    const four = fail(UNLOCKED, 4, t0)
    expect(afterFailure(four, addMs(t0, 24 * 60 * MIN + 1))).toMatchObject({ failures: 1, locks: 0 })
    expect(isLocked(afterFailure(four, addMs(t0, 24 * 60 * MIN)), addMs(t0, 24 * 60 * MIN))).toBe(true)
  })

  test('whatever the times of trying, a guesser gets no more than five tries between two locks', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 * MIN }), { maxLength: 60 }), (gaps) => {
        let [state, now, tries]: [LockState, Instant, number] = [UNLOCKED, t0, 0]
        for (const gap of gaps) {
          now = addMs(now, gap)
          if (isLocked(state, now)) continue
          const next = afterFailure(state, now)
          tries++
          if (isLocked(next, now)) {
            expect(tries).toBe(5)
            expect(next.locks).toBe(state.locks + 1)
            tries = 0
          }
          state = next
        }
      }),
    )
  })
})
