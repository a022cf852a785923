// What the room declares: every form takes its own example, every group a role file names exists, every role is reachable.

import { describe, expect, test } from 'vitest'
import { exampleOf } from '../../kernel/index.ts'
import { identityDomain } from './domain.ts'
import { loadRoles } from './roles/read-roles.ts'

const { book } = await loadRoles('roles')
const { commands = [], queries = [], tables = [] } = identityDomain(book)

describe('the domain of people', () => {
  test('every command and query takes its own example', () => {
    for (const c of commands) expect(() => exampleOf(c.input), c.name).not.toThrow()
    for (const q of queries) expect(() => [exampleOf(q.input), exampleOf(q.row)], q.name).not.toThrow()
  })

  test('every command is open to some role, and none of them to the public', () => {
    for (const c of commands) {
      const open = book.all.filter((r) =>
        r.commands.some((entry) => entry === c.name || (c.groups ?? []).some((g) => entry === `group:${g}`)),
      )
      expect(open.length, c.name).toBeGreaterThan(0)
      expect(open.map((r) => r.id)).not.toContain('public')
    }
  })

  test('the public may ask nothing that holds more than public fields', () => {
    const open = book.find('public')!.queries
    for (const q of queries.filter((one) => (one.groups ?? []).some((g) => open.includes(`group:${g}`))))
      for (const [name, f] of Object.entries(q.row.fields)) expect(f.grade, `${q.name}.${name}`).toBe('public')
  })

  test('each table is declared once', () => {
    expect(new Set(tables.map((t) => t.name)).size).toBe(tables.length)
  })
})
