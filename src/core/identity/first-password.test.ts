// Passwords for the first sign-in: always good by the rules, never the same by chance, readable aloud.

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { passwordProblems } from './password-policy.ts'
import { firstPassword } from './first-password.ts'

test('a first password keeps the rules, whatever the bytes', () => {
  const made = Array.from({ length: 500 }, () => firstPassword((n) => randomBytes(n), 'gly-001'))
  for (const password of made) {
    expect(passwordProblems(password, 'gly-001')).toEqual([])
    expect(password).toMatch(/^[A-Z][a-z]{3}-[a-z]{4}-[a-z]{4}-[2-9]{2}$/)
  }
  expect(new Set(made).size).toBe(500)
})
