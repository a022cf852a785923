// The clause map of the screens is that of the documents.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CLAUSES } from './clauses.ts'

const page = readFileSync(new URL('../../../docs/clause-map.md', import.meta.url), 'utf8')

test('the screens and the documents know the same clauses, each once, with the same citations', () => {
  const rows = [...page.matchAll(/^\| ([A-Z]\d+) +\| (?:done|partly|not yet|not software) +\| [^|]*\| ([^|]*?) +\|/gm)]
  const cited = new Map(rows.map((m) => [m[1]!, m[2]!]))
  expect(new Set(CLAUSES.map((c) => c.id)).size).toBe(CLAUSES.length)
  expect(new Map(CLAUSES.map((c) => [c.id, c.cites]))).toEqual(cited)
})

test('what serves a clause on the command line, and by which rules, is what the documents say', () => {
  const served = page.slice(page.indexOf('## Served'), page.indexOf('## Not served'))
  const rows = served.split('\n').flatMap((line) => {
    const [, id, , , , commands = '', code = ''] = line.split('|').map((cell) => cell.trim())
    return /^[A-Z]\d+$/.test(id ?? '') ? [{ id: id!, commands: marked(commands), code: marked(code) }] : []
  })
  expect(rows.length).toBeGreaterThan(5)
  const documented = rows.map(({ id, commands, code }) => ({
    id,
    // Commands of the record are one word; they are counted by what they cite.
    terminal: commands.filter((c) => c.includes(' ') && c !== 'npm start').map((c) => c.replace(/^qingshan /, '')),
    rules: code.filter((c) => c.startsWith('rules/')).map((c) => c.slice('rules/'.length)),
  }))
  const shown = CLAUSES.map(({ id, terminal = [], rules = [] }) => ({ id, terminal, rules }))
  const something = (c: (typeof shown)[number]): boolean => c.terminal.length + c.rules.length > 0
  expect(shown.filter(something)).toEqual(documented.filter(something))
})

/** What stands in back-ticks. */
const marked = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1]!)
