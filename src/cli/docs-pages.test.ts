// The pages of docs/ that derive from declarations stay what the declarations say.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { problemKinds } from '../kernel/index.ts'
import { loadRuleBook, type RuleBook } from '../core/rules/index.ts'
import { ARGUMENTS, METHODS, SERVICES } from '../domains/accounting/index.ts'
import { PAGES } from './docs-command.ts'
import { houseFolder, rulesFolder } from './house.ts'

const src = join(houseFolder(), 'src')
const committed = (name: string): string => readFileSync(join(houseFolder(), 'docs', `${name}.md`), 'utf8')
const declaring = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(f))
  .filter((f) => /defineProblems(<[^>]*>)?\(\{/.test(readFileSync(join(src, f), 'utf8')))

let book: RuleBook

beforeAll(async () => {
  for (const f of declaring) await import(join(src, f))
  book = (await loadRuleBook(rulesFolder())).book
})

test('every room that can meet a problem is asked for its table', () => {
  expect(declaring.length).toBeGreaterThan(5)
  expect([...problemKinds().keys()]).toContain('unit.mismatch')
  expect([...problemKinds().keys()]).toContain('input.parent-and-children')
})

test('docs/problems.md is what `qingshan docs problems` writes', () => {
  expect(committed('problems')).toBe(PAGES.problems())
})

test('docs/arguments.md is what `qingshan docs arguments` writes', () => {
  expect(committed('arguments')).toBe(PAGES.arguments())
})

test('docs/methods.md is what `qingshan docs methods` writes', () => {
  expect(committed('methods')).toBe(PAGES.methods(book))
})

test('docs/permissions.md and docs/openapi.json are what the declarations say', async () => {
  expect(committed('permissions')).toBe(await PAGES.permissions())
  expect(readFileSync(join(houseFolder(), 'docs', 'openapi.json'), 'utf8')).toBe(await PAGES.openapi())
})

test('the methods page names every service, method and argument that a method may read', () => {
  const text = PAGES.methods(book)
  for (const s of SERVICES) expect(text).toContain(`## ${s.id} `)
  for (const m of METHODS) expect(text).toContain(`### \`${m.id}\` `)
  const known = new Set(ARGUMENTS.map((a) => a.id))
  const named = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((x) => x[1]!)
  expect(named.filter((a) => !known.has(a))).toEqual([])
})
