// Rules as they are looked up: every rule of the book with everything its formula names, its example calculated to what the
// file demands.

import { beforeAll, expect, test } from 'vitest'
import { mask, type Json, type JsonObject } from '../../../kernel/index.ts'
import type { AnyQuery } from '../../../core/record/index.ts'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { NO_WORLD } from './office-world.ts'
import { ruleQueries } from './rule-queries.ts'

let book: RuleBook
let ask: (name: string, input: Json) => Promise<readonly JsonObject[]>
beforeAll(async () => {
  ;({ book } = await loadRuleBook('rules'))
  const queries = ruleQueries({ ...NO_WORLD, book })
  ask = async (name, input) => {
    const found = queries.find((q) => q.name === name) as AnyQuery
    const rows = (await found.run(undefined as never, input as never, undefined as never)) as readonly JsonObject[]
    // What everybody sees: a field above the public grade would come back masked.
    return rows.map((row) => mask(found.row, row, 'public'))
  }
})

test('all rules of the book are listed, and found by id, title, formula or clause', async () => {
  const all = await ask('rules', {})
  expect(all).toHaveLength(book.rules.length)
  expect(JSON.stringify(all)).not.toContain('＊＊＊')
  const [first] = all
  for (const find of [String(first!['id']).toUpperCase(), String(first!['zh']).slice(0, 4)])
    expect((await ask('rules', { find })).map((r) => r['id'])).toContain(first!['id'])
  expect(await ask('rules', { find: '没有这样的公式' })).toEqual([])
})

test('each rule tells every name of its formula, and its examples come out as the file demands, step by step', async () => {
  let examples = 0
  for (const r of book.rules) {
    const found = (await ask('rule', { rule: r.id })).find((row) => row['version'] === r.version)!
    const names = found['names'] as readonly { name: string; role: string }[]
    for (const name of [...Object.keys(r.inputs), ...Object.keys(r.params), ...Object.keys(r.gives)])
      expect(
        names.map((n) => n.name),
        `${r.id} ${name}`,
      ).toContain(name)
    expect((found['parameters'] as readonly unknown[]).length).toBe(Object.keys(r.params).length)
    const shown = found['examples'] as readonly { steps: readonly { value: string; filled: string }[]; gives: string }[]
    expect(shown).toHaveLength(r.examples.length)
    for (const e of shown) {
      examples++
      expect(e.steps).toHaveLength(r.steps.length)
      expect(e.gives).not.toBe('')
      expect(e.steps.every((s) => s.value !== '' && s.filled !== '')).toBe(true)
    }
  }
  expect(examples).toBeGreaterThan(book.rules.length - 1)
})

test('a rule is found on its days only, and one that is unknown not at all', async () => {
  const [r] = book.rules
  expect(await ask('rule', { rule: r!.id, on: '1949-10-01' })).toEqual([])
  expect(await ask('rule', { rule: r!.id, on: r!.force.from })).toHaveLength(1)
  expect(await ask('rule', { rule: 'gep.nothing' })).toEqual([])
})
