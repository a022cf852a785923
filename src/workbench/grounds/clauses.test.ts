// The clause map of the screens is that of the documents.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CLAUSES } from './clauses.ts'

test('the screens and the documents know the same clauses, each once, with the same citations', () => {
  const page = readFileSync(new URL('../../../docs/clause-map.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| ([A-Z]\d+) +\| (?:done|partly|not yet|not software) +\| [^|]*\| ([^|]*?) +\|/gm)]
  const cited = new Map(rows.map((m) => [m[1]!, m[2]!]))
  expect(new Set(CLAUSES.map((c) => c.id)).size).toBe(CLAUSES.length)
  expect(new Map(CLAUSES.map((c) => [c.id, c.cites]))).toEqual(cited)
})
