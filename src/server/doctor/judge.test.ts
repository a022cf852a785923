// What the facts mean: each thing by itself turns yellow and red where it should, and a house that is well is all green.

import { describe, expect, test } from 'vitest'
import { instant } from '../../kernel/index.ts'
import type { Facts } from './facts.ts'
import { doctorPage, judge } from './index.ts'

const GB = 1024 ** 3
const AT = instant('2026-03-02T01:00:00Z')
const DATABASE: NonNullable<Facts['database']> = {
  engine: 'pglite',
  version: '18.1',
  acts: 10,
  lastAct: instant('2026-03-02T00:59:00Z'),
  founded: instant('2025-01-01T00:00:00Z'),
  unchanged: 0,
  keepersUnchanged: 0,
  failedJobs: 0,
  failedClocks: 0,
  samplePeople: 0,
}
const WELL: Facts = {
  at: AT,
  engine: 'qingshan test',
  node: '20.20.0',
  disk: { free: 100 * GB, total: 200 * GB },
  memory: { free: 8 * GB, total: 16 * GB },
  font: true,
  database: DATABASE,
  journalProblems: 0,
  backup: { at: instant('2026-03-01T01:00:00Z'), there: true, restored: instant('2026-02-01T01:00:00Z') },
  published: { size: 10, opens: true, cosigned: 1 },
  witnesses: 1,
  ports: [{ host: '127.0.0.1', port: 8080, behindProxy: false }],
}
const levelOf = (f: Partial<Facts>, name: string): string | undefined =>
  judge({ ...WELL, ...f }).checks.find((c) => c.name === name)?.level
const db = (more: Partial<NonNullable<Facts['database']>>): Partial<Facts> => ({ database: { ...DATABASE, ...more } })
const { database: _, backup: __, published: ___, ...BARE } = WELL

test('a house that is well is green throughout and needs nothing done', () => {
  const { level, checks } = judge(WELL)
  expect(level).toBe('green')
  expect(checks.filter((c) => c.level !== 'green' || c.hint !== undefined)).toEqual([])
})

describe('each thing turns where it should', () => {
  test.each<[string, string, Partial<Facts>]>([
    ['versions', 'red', { node: '20.18.3' }],
    ['disk', 'yellow', { disk: { free: 4 * GB, total: 200 * GB } }],
    ['disk', 'red', { disk: { free: GB / 2, total: 200 * GB } }],
    ['memory', 'yellow', { memory: { free: GB / 2, total: 4 * GB } }],
    ['memory', 'red', { memory: { free: GB / 8, total: 4 * GB } }],
    ['fonts', 'yellow', { font: false }],
    ['clock', 'yellow', db({ lastAct: instant('2026-03-02T01:01:00Z') })],
    ['clock', 'red', db({ lastAct: instant('2026-03-02T01:03:00Z') })],
    ['journal', 'yellow', { journalProblems: 1 }],
    ['provider', 'green', { provider: { issuer: 'https://id.example' } }],
    ['provider', 'yellow', { provider: { issuer: 'https://id.example', trouble: { zh: '连不上', en: 'away' } } }],
    ['backup', 'yellow', { backup: { at: instant('2026-02-20T01:00:00Z'), there: true } }],
    ['backup', 'yellow', { backup: { at: instant('2026-03-01T01:00:00Z'), there: false } }],
    ['backup', 'red', { backup: { at: instant('2026-01-20T01:00:00Z'), there: true } }],
    ['restore', 'yellow', { backup: { at: instant('2026-03-01T01:00:00Z'), there: true } }],
    ['log', 'red', { published: { size: 11, opens: true, cosigned: 1 } }],
    ['log', 'red', { published: { size: 0, opens: false, cosigned: 0 } }],
    ['witness', 'yellow', { witnesses: 0 }],
    ['witness', 'yellow', { published: { size: 10, opens: true, cosigned: 0 } }],
    ['passwords', 'yellow', db({ unchanged: 1 })],
    ['passwords', 'red', db({ unchanged: 2, keepersUnchanged: 1 })],
    ['sample', 'yellow', db({ samplePeople: 5 })],
    ['jobs', 'yellow', db({ failedJobs: 1 })],
    ['ports', 'yellow', { ports: [{ host: '0.0.0.0', port: 8080, behindProxy: false }] }],
    ['ports', 'green', { ports: [{ host: '0.0.0.0', port: 8080, behindProxy: true }] }],
  ])('%s is %s', (name, level, facts) => expect(levelOf(facts, name)).toBe(level))

  test('without a database, a backup or a published log', () => {
    const { level, checks } = judge({ ...BARE, trouble: '连接不上' })
    expect(level).toBe('red')
    expect(Object.fromEntries(checks.map((c) => [c.name, c.level]))).toMatchObject({
      database: 'red',
      backup: 'red',
      restore: 'yellow',
      log: 'yellow',
    })
  })

  test('a house of the first week need not have a backup yet', () => {
    const founded = instant('2026-03-01T00:00:00Z')
    expect(judge({ ...BARE, database: { ...DATABASE, founded } }).checks.find((c) => c.name === 'backup')?.level).toBe(
      'yellow',
    )
  })
})

test('what is not green says in both languages what to do, and the page holds all of it', () => {
  const bad = judge({ ...BARE, node: '18.0.0', font: false, witnesses: 0, trouble: '<b>' })
  for (const c of bad.checks.filter((x) => x.level !== 'green')) {
    expect(c.hint?.zh, c.name).toMatch(/\p{Script=Han}/u)
    expect(c.hint?.en, c.name).not.toBe('')
  }
  const page = doctorPage(bad, 'log.example/record')
  for (const c of bad.checks) expect(page).toContain(c.title.zh)
  expect(page).toContain('&lt;b&gt;')
  expect(page).not.toContain('<script')
})
