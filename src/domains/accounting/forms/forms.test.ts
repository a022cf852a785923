import { describe, expect, it } from 'vitest'
import { Dec, dec, quantity, text } from '../../../kernel/index.ts'
import { readWorkbook, type CellSpec, type SheetSpec } from '../../../core/exchange-formats/index.ts'
import { exampleAccount, exampleSeed, makeAccount } from '../checks/account.fixture.ts'
import { valueKey } from '../figure-key.ts'
import { fitnessOf } from '../fitness.ts'
import type { Account } from '../model.ts'
import { accountForms, accountWorkbook } from './index.ts'

const COUNTY = '522600'
const sheets = (a: Account = exampleAccount(), options = {}): ReadonlyMap<string, SheetSpec> =>
  new Map(accountForms(a, options).map((f) => [f.sheet.name, f.sheet]))
const cells = (s: SheetSpec): readonly CellSpec[] => s.rows.flat().filter((c): c is CellSpec => c !== undefined)

/** Computes SUM, ROUND and differences of the formulas we write, over the cached values of plain cells. */
function calculate(all: ReadonlyMap<string, SheetSpec>, sheet: string, formula: string): Dec {
  const value = (name: string, address: string): Dec => {
    const m = /^([A-Z]+)(\d+)$/.exec(address)!
    const col = [...m[1]!].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)
    const cell = all.get(name)?.rows[Number(m[2]) - 1]?.[col - 1]
    if (!cell) return dec(0)
    if (cell.formula !== undefined) return calculate(all, name, cell.formula)
    return cell.value instanceof Dec ? cell.value : typeof cell.value === 'number' ? dec(cell.value) : dec(0)
  }
  const range = (name: string, from: string, to: string): Dec => {
    const [a, b] = [from, to].map((x) => /^([A-Z]+)(\d+)$/.exec(x)!)
    const letters = (s: string): number => [...s].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)
    const letter = (n: number): string =>
      n <= 26
        ? String.fromCharCode(64 + n)
        : letter(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + ((n - 1) % 26))
    let sum = dec(0)
    for (let c = letters(a![1]!); c <= letters(b![1]!); c++)
      for (let r = Number(a![2]); r <= Number(b![2]); r++) sum = sum.plus(value(name, `${letter(c)}${r}`))
    return sum
  }
  const round = /^ROUND\((.*),2\)$/.exec(formula)
  if (round) return calculate(all, sheet, round[1]!).toDecimalPlaces(2)
  return formula
    .split(/(?<=[)\d])-/)
    .map((term) => {
      const sum = /^SUM\(([A-Z]+\d+):([A-Z]+\d+)\)$/.exec(term)
      if (sum) return range(sheet, sum[1]!, sum[2]!)
      const other = /^'(.+)'!([A-Z]+\d+)$/.exec(term)
      return other ? value(other[1]!, other[2]!) : value(sheet, term)
    })
    .reduce((a, b) => a.minus(b))
}

describe('the forms', () => {
  it('are G1 to G11 in order, G3 on both bases', () => {
    expect(accountForms(exampleAccount()).map((f) => f.id)).toEqual([
      'G1',
      'G2',
      'G3',
      'G3',
      'G4',
      'G5',
      'G6',
      'G7',
      'G8',
      'G9',
      'G10',
      'G11',
    ])
  })
  it('hold formulas that give exactly the figure stored with them', () => {
    const seed = exampleSeed()
    const before = exampleAccount({ lines: seed.lines.slice(1), head: { year: 2022 } })
    const all = sheets(exampleAccount(), { previous: before })
    let formulas = 0
    for (const [name, sheet] of all)
      for (const c of cells(sheet))
        if (c.formula !== undefined) {
          formulas++
          const stored = c.value instanceof Dec ? c.value : dec(Number(c.value))
          expect(calculate(all, name, c.formula).toFixed(8), `${name} ${c.formula}`).toBe(stored.toFixed(8))
        }
    expect(formulas).toBeGreaterThan(40)
  })
  it('end G3 with a row that compares it with G1, and it is zero', () => {
    const all = sheets()
    for (const name of ['G3 价值量（不变价）', 'G3 价值量（现价）']) {
      const check = cells(all.get(name)!).filter((c) => c.formula?.includes('G1'))
      expect(check.map((c) => calculate(all, name, c.formula!).toFixed())).toEqual(['0'])
    }
  })
  it('show a total that is wrong by one fen in the check row instead of hiding it', () => {
    const a = exampleAccount()
    const key = valueKey('current', COUNTY)
    const wrong = {
      ...a,
      figures: a.figures.map((f) =>
        f.key === key ? { ...f, quantity: { ...f.quantity, value: f.quantity.value.plus('0.01') } } : f,
      ),
    }
    const all = sheets(wrong)
    const g3 = all.get('G3 价值量（现价）')!
    const total = g3.rows.find((r) => r.some((c) => c?.value === '合计（GEP）'))!
    expect(total.at(-2)?.formula).toBeUndefined()
    expect(total.at(-1)?.value).toBe(a.figures.find((f) => f.key === key)!.code)
  })
  it('print a code beside every figure, and only codes the account holds', () => {
    const a = exampleAccount()
    const codes = new Set(a.figures.map((f) => f.code))
    for (const f of accountForms(a))
      if (['G1', 'G2', 'G3', 'G4'].includes(f.id))
        for (const row of f.sheet.rows.slice(4)) {
          const numbers = row.filter((c) => c?.value instanceof Dec && c.style !== undefined)
          const printed = row.filter((c) => c?.style === 'code')
          for (const c of printed) expect(codes.has(String(c!.value))).toBe(true)
          const population = f.id === 'G1' && numbers.length > 0 ? 1 : 0
          expect(printed.length).toBe(numbers.length - population)
        }
  })
  it('show people in persons, and the sum of the places below where a region has no number of its own', () => {
    const regions = [
      { code: '522600', kind: 'administrative' as const, name: text('县', 'county') },
      { code: '522601', kind: 'administrative' as const, name: text('甲乡', 'a'), parent: '522600' },
      { code: '522602', kind: 'administrative' as const, name: text('乙乡', 'b'), parent: '522600' },
    ]
    const a = makeAccount({
      head: { regions },
      lines: ['522601', '522602'].map((region) => ({ service: 'R8', region, value: ['100', '100'] as const })),
    })
    const population = (region: string, q: string): Account['facts'][number] => ({
      ...a.facts[0]!,
      id: `population|${region}|||2023`,
      argument: 'population',
      region,
      year: 2023,
      quantity: quantity(q, '万人'),
    })
    const peopled = { ...a, facts: [...a.facts, population('522601', '1.5'), population('522602', '0.25')] }
    const g1 = sheets(peopled).get('G1 总表')!
    expect(g1.rows.slice(4, 7).map((r) => String(r[8]?.value ?? r[7]?.value))).toContain('17500')
  })
  it('name the organisation, the people, the year, the set and the status on every form of the account', () => {
    for (const f of accountForms(exampleAccount()).slice(0, -1)) {
      const head = f.sheet.rows
        .slice(0, 3)
        .flat()
        .map((c) => String(c?.value))
        .join(' ')
      for (const word of ['测试所', '张', '李', '2023', '2020', '481', '试算', '数据来源']) expect(head).toContain(word)
    }
  })
  it('say that data is sample data, and that missing is not zero', () => {
    const a = exampleAccount({
      head: { sample: true },
      lines: [...exampleSeed().lines, { service: 'R7', state: 'missing' }],
    })
    const all = sheets(a)
    expect(String(all.get('G1 总表')!.rows[0]![0]!.value)).toContain('示范数据')
    expect(cells(all.get('G2 实物量')!).some((c) => String(c.value).includes('R7 水质净化：缺失'))).toBe(true)
  })
  it('keep memo services below the line with their code', () => {
    const a = exampleAccount()
    const r11 = a.figures.find((f) => f.key === valueKey('current', COUNTY, '*', 'R11'))!
    const g3 = cells(sheets(a).get('G3 价值量（现价）')!)
    expect(g3.some((c) => c.style === 'note' && String(c.value).includes(r11.code))).toBe(true)
    expect(g3.some((c) => c.style === 'text' && String(c.value).startsWith('R11'))).toBe(false)
  })
  it('say in G9 why no growth is shown', () => {
    const before = exampleAccount({ head: { year: 2022, set: 'ganzi-2010' } })
    const g9 = cells(sheets(exampleAccount(), { previous: before }).get('G9 变化分解')!)
    expect(g9.some((c) => String(c.value).includes('不列增长率'))).toBe(true)
  })
  it('list in G10 what the account is fit for', () => {
    const a = exampleAccount()
    const g10 = cells(sheets({ ...a, fitness: fitnessOf(a) }).get('G10 质量')!)
    expect(g10.some((c) => String(c.value).includes('考核：'))).toBe(true)
  })
})

describe('the workbook', () => {
  it('opens again with the sheets in order and the same numbers, in Chinese and English', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const a = exampleAccount()
      const bytes = await accountWorkbook(a, { lang })
      const read = readWorkbook(bytes, 'forms.xlsx')
      const names = read.sheets.map((s) => s.name)
      expect(names[0]).toBe(lang === 'zh' ? '说明' : 'Read me')
      expect(names.at(-1)).toBe(lang === 'zh' ? '编码索引' : 'Index of codes')
      const gep = a.figures.find((f) => f.key === valueKey('current', COUNTY))!
      const index = read.sheets.at(-1)!
      const row = [...index.filledRows()].find((r) => r.cells[0]?.text === gep.code)!
      const value = row.cells[2]!.value
      expect(value.kind === 'number' && value.digits.toFixed(2)).toBe(gep.quantity.value.toFixed(2))
    }
  })
  it('of equal accounts is equal to the byte', async () => {
    const [a, b] = await Promise.all([accountWorkbook(exampleAccount()), accountWorkbook(exampleAccount())])
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true)
  })
})
