// The checks, sets, forms and comparisons over accounts that the engine really makes: the replay of Ganzi 2010 and two
// years of the sample county.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { fenText } from '../../../kernel/index.ts'
import { ALL_EFFECTS, changeBetween, diffAccounts } from '../compare/index.ts'
import { accountForms } from '../forms/index.ts'
import type { Account } from '../model.ts'
import { runAccount } from '../run.ts'
import { countySample } from '../sample/county.ts'
import { GANZI_LIST, ganziWorkbooks } from '../sample/ganzi.ts'
import { seeaTables } from '../seea/index.ts'
import { reduceTo, setProblems } from '../sets.ts'
import { isOpen } from './explain.ts'
import { runChecks } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingshan-checks-'))
let book: RuleBook
let ganzi: Account
let county: readonly [Account, Account]

const written = (name: string, files: ReadonlyMap<string, Uint8Array>): string => {
  const dir = join(folder, name)
  mkdirSync(dir)
  for (const [file, bytes] of files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), bytes)
  }
  return dir
}

beforeAll(async () => {
  book = (await loadRuleBook('rules')).book
  const run = (dir: string, list: typeof GANZI_LIST): Account =>
    runAccount({ folder: dir, list, book, engine: 'test' }).account!
  ganzi = run(written('ganzi', await ganziWorkbooks()), GANZI_LIST)
  const year = async (y: number): Promise<Account> => {
    const { files, list } = await countySample({ seed: 7, year: y, pixel: 120 })
    return run(written(String(y), files), list)
  }
  county = [await year(2023), await year(2024)]
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

describe('the replay of Ganzi 2010', () => {
  it('has one finding, its total lake area, and the list gives the reason for it', () => {
    expect(runChecks(ganzi, { sets: book.sets }).map((f) => `${f.check} ${f.severity}`)).toEqual(['QA-13 yellow'])
    expect(ganzi.findings.filter((f) => f.check !== undefined && isOpen(f))).toEqual([])
  })
  it('would show the ratio of oxygen to carbon dioxide, did its indicator set not declare two bases', () => {
    expect(runChecks(ganzi).map((f) => f.code)).toContain('qa.oxygen-ratio')
  })
  it('reduces to the 481-comparable total of 5 113.88 亿元', () => {
    const set = book.sets.find((s) => s.id === '481-2022')!
    const { after, dropped } = reduceTo(ganzi, set.services)
    expect(fenText(after.current).slice(0, 6)).toBe('511388')
    expect([...new Set(dropped.map((d) => d.service))]).toEqual(['M6', 'M7', 'R11', 'R13'])
  })
})

describe('the sample county', () => {
  it('passes every check', () => {
    for (const a of county) expect(runChecks(a, { sets: book.sets })).toEqual([])
  })
  it('changes from year to year in effects that add up to the fen, and can tell its growth', () => {
    for (const b of changeBetween(...county).bases) {
      expect(ALL_EFFECTS.reduce((s, e) => s + b.effects[e], 0n)).toBe(b.after - b.before)
      expect(b.effects.method + b.effects.added + b.effects.removed).toBe(0n)
      expect(b.refused).toEqual([])
      expect(b.growth).toBeDefined()
    }
  })
  it('has a difference whose lines add up to the change of the total', () => {
    const diff = diffAccounts(...county)
    for (const basis of ['constant', 'current'] as const) {
      const lines = diff.figures.filter((f) => f.key.startsWith(`value|${basis}|`) && f.onTotal)
      const total = diff.totals.find((t) => t.basis === basis)!
      expect(lines.reduce((s, f) => s + f.onTotal![basis]!, 0n)).toBe(total.new! - total.old!)
    }
  })
  it('has forms in which every row of G3 is a formula over its own cells', () => {
    for (const f of accountForms(county[1]).filter((x) => x.id === 'G3'))
      for (const row of f.sheet.rows.slice(4)) {
        const total = row.at(-2)
        if (total?.style === 'total' || total?.style === 'number') {
          const group = String(row[2]?.value).startsWith('其中')
          expect(total.formula !== undefined || group, String(row[2]?.value)).toBe(true)
        }
      }
  })
  it('has SEEA use for every service it supplies', () => {
    for (const t of seeaTables(county[1]).filter((x) => x.id.startsWith('use')))
      for (const r of t.rows)
        expect(
          r.cells.every((c) => c !== undefined),
          r.head.en,
        ).toBe(true)
  })
})

describe('the indicator sets of the rule book', () => {
  it('state a ground for every double-counting pair they hold', () => {
    expect(book.sets.length).toBeGreaterThan(3)
    for (const s of book.sets) expect(setProblems(s)).toEqual([])
  })
})
