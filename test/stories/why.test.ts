// From the total of the sample county to a workbook cell in at most three steps: total → line → cell. Every line leads
// there, and the cell holds what the passport says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parsePassportCode } from '../../src/kernel/index.ts'
import { parseAddress, readWorkbook } from '../../src/core/exchange-formats/index.ts'
import {
  explainer,
  valueKey,
  type Account,
  type Explainer,
  type Passport,
  type PassportNode,
} from '../../src/domains/accounting/index.ts'
import { run } from './command.ts'
import { accountOf, countyFolder, packTo, rules, storyFolder, type Folder } from './folders.ts'

const home = storyFolder('why')
const pack = join(home, 'account.zip')
let given: Folder
let account: Account
let explained: Explainer
let total: Passport

beforeAll(async () => {
  given = await countyFolder(join(home, 'county'))
  account = accountOf(given)
  explained = explainer(account, rules.book, given.list.overrides)
  total = explained.byKey(valueKey('current', account.head.region))!
  packTo(pack, account, given)
})

const leaves = (n: PassportNode): readonly PassportNode[] => [n, ...n.children.flatMap(leaves)]
const cellsOf = (p: Passport): readonly PassportNode[] => leaves(p.root).filter((n) => n.kind === 'fact')

describe('total → line → cell', () => {
  test('the total opens into its lines, and they are the lines of the statement', () => {
    const counted = account.lines.filter((l) => !l.memo && l.current !== undefined)
    const codes = new Map(account.figures.map((f) => [f.key, f.code]))
    expect(total.lines.map((l) => l.code).sort()).toEqual(counted.map((l) => codes.get(l.current!)!).sort())
    expect(total.recomputed).toBe(true)
  })

  test('every line opens with its digits recomputed and names at least one cell', () => {
    for (const l of total.lines) {
      const line = explained.byCode(l.code)!
      expect(line.recomputed, l.title.zh).toBe(true)
      const cells = cellsOf(line)
      expect(cells.length, l.title.zh).toBeGreaterThan(0)
      for (const c of cells)
        expect(c.origin, `${l.title.zh} ${c.title.zh}`).toMatchObject({ cell: expect.any(String) as string })
    }
  })

  test('each named cell holds the number of the passport', () => {
    const books = new Map<string, ReturnType<typeof readWorkbook>>()
    const facts = new Map(account.facts.map((f) => [[f.origin.file, f.origin.sheet, f.origin.cell].join(), f]))
    expect(facts.size).toBeGreaterThan(500)
    for (const f of facts.values()) {
      const { file, sheet, cell } = f.origin
      const book = books.get(file) ?? readWorkbook(readFileSync(join(given.folder, file)), file)
      books.set(file, book)
      const { row, col } = parseAddress(cell!)!
      const found = book.sheets.find((s) => s.name === sheet)!.cell(row, col)
      expect(found?.text, `${file} ${sheet} ${cell}`).toBe(f.typed)
    }
  })
})

describe('through the command', () => {
  test('the printed code of the total, then of a line, ends at workbook, sheet and cell', async () => {
    const first = await run(['account', 'why', pack, total.root.code!])
    expect(first.out).toContain(`其下 ${total.lines.length} 行`)
    const wanted = account.lines.find((l) => l.service === 'R9' && l.current !== undefined)!
    const title = explained.byKey(wanted.current!)!.root.title.zh
    const code = [...first.out.matchAll(/\[(\S+)\] (.*) = /g)].find((m) => m[2] === title)![1]!
    expect(parsePassportCode(code)).toBe(code)
    const second = await run(['account', 'why', pack, code])
    expect(second.code).toBe(0)
    expect(second.out).toMatch(/天数.*← 2 气象局 水利局 气象水文\.xlsx › \S+ › [A-Z]+\d+/)
    expect(second.out).toContain('rules/national/')
    expect(second.out).toContain('数字一致')
  })

  test('as JSON the same passport, for machines', async () => {
    const { out } = await run(['account', 'why', pack, total.root.code!, '--json'])
    expect(JSON.parse(out)).toMatchObject({ recomputed: true, root: { code: total.root.code, kind: 'figure' } })
  })
})
