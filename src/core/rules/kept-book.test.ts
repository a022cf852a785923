// A book read back must be the book that was parsed, in every digit; otherwise a kept one would change accounts.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { bookData, bookOf } from './kept-book.ts'
import type { RuleBook } from './model.ts'
import { loadRuleBook, parseRuleBook } from './read-rules.ts'

let book: RuleBook
beforeAll(() => {
  const paths = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter((p) => p.endsWith('.yaml'))
  const files = paths.map((p) => ({ path: p.replaceAll('\\', '/'), text: readFileSync(join('rules', p), 'utf8') }))
  ;({ book } = parseRuleBook(files))
})

const contents = ({ findRule: _, findParameter: _p, lapsed: _l, ...own }: RuleBook): object => own

it('the shipped book read back from its text is the book that was parsed', () => {
  const back = bookOf(JSON.parse(JSON.stringify(bookData(book))))
  expect(contents(back)).toStrictEqual(contents(book))
  const ctx = { date: '2021-12-31', regions: ['513300', '510000'] } as never
  for (const rule of book.rules) expect(back.findRule(rule.id, ctx)).toStrictEqual(book.findRule(rule.id, ctx))
})

it('a kept book is taken for the very same files alone, and one with problems is not kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'))
  const held = new Map<string, string>()
  let found = 0
  const kept = {
    find: (name: string): unknown => {
      const text = held.get(name)
      if (text !== undefined) found++
      return text === undefined ? undefined : JSON.parse(text)
    },
    keep: (name: string, data: unknown) => void held.set(name, JSON.stringify(data)),
  }
  try {
    const file = join(folder, 'instruments.yaml')
    const text = readFileSync('rules/instruments.yaml', 'utf8')
    writeFileSync(file, text)
    writeFileSync(join(folder, 'sources.yaml'), readFileSync('rules/sources.yaml', 'utf8'))
    const first = await loadRuleBook(folder, kept)
    const second = await loadRuleBook(folder, kept)
    expect(found).toBe(1)
    expect(contents(second.book)).toStrictEqual(contents(first.book))
    expect(second.files).toEqual(first.files)
    expect(second.problems).toEqual([])
    writeFileSync(file, text.replace('title:', 'titel:'))
    expect((await loadRuleBook(folder, kept)).problems.length).toBeGreaterThan(0)
    expect((await loadRuleBook(folder, kept)).problems.length).toBeGreaterThan(0)
    expect(found).toBe(1)
    expect(held.size).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
