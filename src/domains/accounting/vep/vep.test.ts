// The sample folder from file to value, and every refusal of a unit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, it, expect } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { readVepFolder } from './read.ts'
import { writeVepSample } from './sample.ts'
import { computeVep } from './compute.ts'
import { decText } from '../../../kernel/index.ts'

let book: RuleBook
const dir = mkdtempSync(join(tmpdir(), 'vep-'))
beforeAll(async () => {
  const r = await loadRuleBook('rules')
  book = r.book
  await writeVepSample(dir)
})
it('x', () => {
  const f = readVepFolder(dir)
  console.log(JSON.stringify(f.problems, null, 1), readFileSync(join(dir, 'vep.yaml'), 'utf8').slice(0, 1500))
  const r = computeVep(f, { book, engine: 'x' })
  for (const u of r.units) {
    console.log(u.unit.id, u.status, u.value, JSON.stringify(u.problems.map((p) => [p.code, p.zh, p.at])))
  }
  for (const g of r.figures) console.log(g.code, g.key, decText(g.quantity.value).slice(0, 16), g.quantity.unit.text)
})
