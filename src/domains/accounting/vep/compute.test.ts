// From a folder to values: the sample, the four methods, what one step changes, and digits that can be worked out again.

import { beforeAll, describe, expect, it } from 'vitest'
import { convert, dec, decText, type Dec } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { codesOf, inUnit, shippedRules, unitOf, valued, type Rows } from './folder.fixture.ts'
import { figureKeyOf, NEVER_ADDED, type VepResult } from './model.ts'
import { kindsValued, registerRows, registerSheet } from './register.ts'
import { vepSample } from './sample.ts'
import { readResultText, resultText } from './stored.ts'
import { whyVep } from './why.ts'

let book: RuleBook
let result: VepResult
beforeAll(async () => {
  book = await shippedRules()
  result = await valued()
})

const yuan = (r: VepResult, unit: string, what: string): Dec => {
  const f = r.figures.find((x) => x.key === figureKeyOf(unit, what))
  if (!f) throw new Error(`no figure ${what} of ${unit}`)
  return convert(f.quantity, '元').value
}

describe('the sample', () => {
  it('values three units of three kinds by three methods, without a problem', () => {
    expect(result.units.map((u) => [u.unit.kind, u.unit.method, u.status, codesOf(u)])).toEqual([
      ['under-forest', 'income', 'computed', []],
      ['river-reach', 'value-change', 'computed', []],
      ['homestay', 'market', 'computed', []],
    ])
  })

  it('comes out the same for the same seed and differs for another', async () => {
    const [a, b, c] = await Promise.all([vepSample(7), vepSample(7), vepSample(8)])
    expect(a).toEqual(b)
    expect(a.filter((f, i) => f.content.toString() !== c[i]!.content.toString()).map((f) => f.name)).toEqual([
      '收支与案例.xlsx',
      '边界.geojson',
    ])
  })

  it('stands in register G11 with three kinds, their codes and no total', () => {
    const rows = registerRows([result])
    expect(kindsValued(rows)).toEqual(['homestay', 'river-reach', 'under-forest'])
    for (const lang of ['zh', 'en'] as const) {
      const sheet = registerSheet(rows, lang)
      const texts = sheet.rows.flat().map((c) => String(c?.value ?? ''))
      for (const r of rows) expect(texts).toContain(r.code)
      expect(texts.join('\n')).toContain(NEVER_ADDED[lang])
      expect(sheet.rows).toHaveLength(2 + 3 + 1)
      expect(sheet.rows.flat().some((c) => c?.formula !== undefined)).toBe(false)
    }
  })

  it('gives every figure a code of its own and a recipe that comes to the same digits', () => {
    expect(new Set(result.figures.map((f) => f.code)).size).toBe(result.figures.length)
    const stored = readResultText(resultText(result), 'x')
    for (const f of stored.figures) {
      const lines = whyVep(stored, f.code, book, 'zh').join('\n')
      expect(lines).toContain('与结果一致')
      expect(lines).not.toContain('不一致')
    }
  })

  it('writes the same result twice, and reads back what it wrote', async () => {
    const text = resultText(result)
    expect(resultText(await valued())).toBe(text)
    const stored = readResultText(text, 'x')
    expect(stored.figures.map((f) => [f.key, decText(f.quantity.value), f.quantity.unit.text])).toEqual(
      result.figures.map((f) => [f.key, decText(f.quantity.value), f.quantity.unit.text]),
    )
    expect(stored.facts).toHaveLength(result.facts.length)
  })

  it('keeps file, sheet and cell, or file and line, of every number that went in', () => {
    for (const f of result.facts) {
      expect(f.origin.sha256).toMatch(/^[0-9a-f]{64}$/)
      if (f.origin.file.endsWith('.xlsx')) expect(f.origin.cell).toMatch(/^[A-Z]+\d+$/)
      else if (f.argument !== 'vep.area') expect(f.origin.line).toBeGreaterThan(1)
    }
  })
})

describe('why', () => {
  it('leads from the value to the cell of the accounts in one call, whatever the case of the code', () => {
    const value = result.figures.find((f) => f.key === figureKeyOf('TEA-01', 'value'))!
    const lines = whyVep(readResultText(resultText(result), 'x'), value.code.toLowerCase(), book, 'en').join('\n')
    expect(lines).toContain('收支与案例.xlsx › 收支 › E2')
    expect(lines).toMatch(/vep\.yaml:\d+ “5 %”/)
    expect(lines).toContain('vep.income.yearly-end@')
  })

  it('says so when a digit of the result was changed by hand', () => {
    const value = result.figures.find((f) => f.key === figureKeyOf('TEA-01', 'value'))!
    const forged = resultText(result).replace(decText(value.quantity.value), '9999999.99')
    expect(whyVep(readResultText(forged, 'x'), value.code, book, 'zh').join('\n')).toContain('不一致')
  })

  it('refuses a code that is not there and a file that is no result', () => {
    const stored = readResultText(resultText(result), 'x')
    expect(() => whyVep(stored, 'K7M2-9T4X-3', book, 'zh')).toThrow('vep.unknown-code')
    for (const text of ['', '{}', '[1]', '{"qingshan":"account/1"}'])
      expect(() => readResultText(text, 'x')).toThrow('vep.unlike-result')
  })
})

describe('the income method', () => {
  it('adds up: the years are the value, and the blocks are their years', () => {
    const years = Array.from({ length: 20 }, (_, i) => yuan(result, 'TEA-01', `present.${i + 1}`))
    const sum = years.reduce((a, b) => a.plus(b), dec(0))
    expect(sum.toFixed(2)).toBe(yuan(result, 'TEA-01', 'value').toFixed(2))
    expect(
      years
        .slice(5, 10)
        .reduce((a, b) => a.plus(b), dec(0))
        .toFixed(6),
    ).toBe(yuan(result, 'TEA-01', 'present.6-10').toFixed(6))
  })

  it('says what one step would do: β in proportion, a year less by its present value, a year more not beyond the right', () => {
    const exact = yuan(result, 'TEA-01', 'value.exact')
    expect(yuan(result, 'TEA-01', 'what-if.beta+').toFixed(6)).toBe(exact.times('0.45').div('0.35').toFixed(6))
    expect(yuan(result, 'TEA-01', 'what-if.n-').toFixed(6)).toBe(
      exact.minus(yuan(result, 'TEA-01', 'present.20')).toFixed(6),
    )
    expect(yuan(result, 'TEA-01', 'what-if.r+').lt(exact)).toBe(true)
    expect(yuan(result, 'TEA-01', 'what-if.r-').gt(exact)).toBe(true)
    expect(unitOf(result, 'TEA-01').whatIfs.at(-1)?.why?.en).toBe('beyond the remaining right')
  })

  it('repeats the last year for a year more where the right allows it', async () => {
    const longer = await valued({ list: inUnit('TEA-01', (t) => t.replace('2046-06-30', '2060-06-30')) })
    const more = yuan(longer, 'TEA-01', 'what-if.n+').minus(yuan(longer, 'TEA-01', 'value.exact'))
    expect(more.toFixed(6)).toBe(yuan(longer, 'TEA-01', 'present.20').div('1.05').toFixed(6))
  })

  it('is worth one rate more where payments come at the begin of the year', async () => {
    const begin = await valued({ list: inUnit('TEA-01', (t) => t.replace('timing: end', 'timing: begin')) })
    expect(yuan(begin, 'TEA-01', 'value.exact').toFixed(6)).toBe(
      yuan(result, 'TEA-01', 'value.exact').times('1.05').toFixed(6),
    )
  })

  it('names a step that β cannot take', async () => {
    const full = await valued({ list: inUnit('TEA-01', (t) => t.replace('value: "0.35"', 'value: "95 %"')) })
    const step = unitOf(full, 'TEA-01').whatIfs.find((w) => w.label.en.includes('β +'))
    expect(step?.figure).toBeUndefined()
    expect(step?.why?.en).toBe('β cannot be 1.05')
  })
})

describe('market comparison', () => {
  it('prints lowest, median and highest of the deals; the median of four is the mean of the middle two', () => {
    const by = [1, 2, 3, 4].map((i) => yuan(result, 'VIL-01', `deal.${i}`)).sort((a, b) => a.cmp(b))
    expect(yuan(result, 'VIL-01', 'range.low').toFixed(8)).toBe(by[0]!.toFixed(8))
    expect(yuan(result, 'VIL-01', 'range.high').toFixed(8)).toBe(by[3]!.toFixed(8))
    expect(yuan(result, 'VIL-01', 'range.median').toFixed(8)).toBe(by[1]!.plus(by[2]!).div(2).toFixed(8))
  })

  it('takes the area of the right where it is stated with its ground', async () => {
    const stated = await valued({
      list: inUnit('VIL-01', (t) =>
        t.replace('    use: equity', '    use: equity\n    size: { value: "10 亩", ground: 证载面积 }'),
      ),
    })
    const price = result.figures.find((f) => f.key === figureKeyOf('VIL-01', 'price'))!
    expect(yuan(stated, 'VIL-01', 'value').toFixed(2)).toBe(price.quantity.value.times(10).toFixed(2))
  })
})

/** Vouchers of 100, 50 and 30 万元, two, one and no years old: the worked example of the rule. */
const VOUCHERS: Rows = [
  ['VIL-01', 2024, '保护', '封育', 'P-1', 100],
  ['VIL-01', 2025, '修复', '岸坡', 'R-1', 50],
  ['VIL-01', 2026, '运营', '管护', 'O-1', 30],
]
export const costUnit = (text: string): string =>
  text
    .replace(
      'method: market',
      'method: cost\n    compounding: { value: "4 %", ground: g }\n    profit: { value: "6 %", ground: g }\n    depreciation: { value: "12 万元", ground: g }',
    )
    .replace('kind: comparable-deals', 'kind: cost-vouchers')

describe('the cost method', () => {
  it('compounds the vouchers, adds the profit and takes off depreciation', async () => {
    const r = await valued({ list: inUnit('VIL-01', costUnit), sheets: { vouchers: VOUCHERS } })
    expect(codesOf(unitOf(r, 'VIL-01'))).toEqual([])
    expect(yuan(r, 'VIL-01', 'value').toFixed(2)).toBe('1895696.00')
    expect(yuan(r, 'VIL-01', 'outlay').toFixed(0)).toBe('1800000')
    expect(unitOf(r, 'VIL-01').whatIfs.map((w) => w.label.en)).toEqual([
      'compounding rate i −1 point (3 %)',
      'compounding rate i +1 point (5 %)',
      'profit π −1 point (5 %)',
      'profit π +1 point (7 %)',
    ])
  })
})

describe('with and without the project', () => {
  it('runs both sides through one rule at one price', () => {
    const recipes = ['with', 'without'].map(
      (side) => result.figures.find((f) => f.key === figureKeyOf('RIV-01', `土壤保持.${side}`))!.recipe,
    )
    expect(recipes.map((r) => (r.kind === 'rule' ? [r.rule, r.output, r.keys] : r.kind))).toEqual([
      [expect.stringMatching(/^gep\.r2\.retention@/), '土壤保持量', {}],
      [expect.stringMatching(/^gep\.r2\.retention@/), '土壤保持量', {}],
    ])
  })

  it('adds the changes of all services, or gives the change of one year where that is meant', async () => {
    const gains = ['土壤保持', '化学需氧量削减', '固碳'].map((s) => yuan(result, 'RIV-01', `${s}.value.gain`))
    const sum = gains.reduce((a, b) => a.plus(b), dec(0)).toFixed(2)
    expect(yuan(result, 'RIV-01', 'yearly').toFixed(2)).toBe(sum)
    const annual = await valued({ list: inUnit('RIV-01', (t) => t.replace('change: npv', 'change: annual')) })
    expect(yuan(annual, 'RIV-01', 'value').toFixed(2)).toBe(sum)
    expect(unitOf(annual, 'RIV-01').whatIfs).toEqual([])
  })
})
