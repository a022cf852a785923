import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decText } from '../../kernel/index.ts'
import { readCsv } from './delimited.ts'
import { splitUnit, unitNoteOf } from './heading.ts'
import { numberOf } from './number-of.ts'
import type { Cell } from './sheet.ts'
import { readTable, type Table } from './table.ts'
import { plainWorkbook, workbookBytes } from './workbook-fixture.ts'
import { readWorkbook } from './workbook.ts'

type Rows = readonly (readonly (string | number | null)[])[]
const tableOf = (rows: Rows, merges: readonly string[] = [], headerRow?: number): Table =>
  readTable(
    readWorkbook(plainWorkbook(rows, merges), 'f.xlsx').sheets[0]!,
    headerRow === undefined ? {} : { headerRow },
  )
const texts = (t: Table): readonly string[] => t.headings.map((h) => h.text)
const units = (t: Table): readonly (string | undefined)[] => t.headings.map((h) => h.unitText)
const codes = (t: Table): readonly string[] => t.problems.map((p) => p.code)
const grid = (t: Table): readonly (readonly (string | undefined)[])[] => t.rows.map((r) => r.cells.map((c) => c?.text))

describe('a table', () => {
  it('is found below titles and a unit note, and ends before its total row and notes', () => {
    const t = tableOf([
      ['表1 某州生态系统面积'],
      [null, null, '（单位：km²）'],
      ['县名', '森林', '草地'],
      ['康定', 5113.5, 4200],
      ['泸定', 1200, 800],
      ['合 计', 6313.5, 5000],
      ['注：来自国土变更调查。'],
      ['填表人：张三', '审核：李四'],
    ])
    expect(t).toMatchObject({
      file: 'f.xlsx',
      sheet: '表',
      headingRows: { first: 3, last: 3 },
      unitNote: { text: 'km²', address: 'C2' },
      titles: [{ row: 1, text: '表1 某州生态系统面积' }, { row: 2 }],
      notes: [{ row: 7, text: '注：来自国土变更调查。' }, { row: 8 }],
      problems: [],
    })
    expect(texts(t)).toEqual(['县名', '森林', '草地'])
    expect(t.headings[1]).toMatchObject({ column: 'B', col: 2, address: 'B3', path: ['森林'] })
    expect(grid(t)).toEqual([['康定', '5113.5', '4200'], ['泸定', '1200', '800']]) // prettier-ignore
    expect(t.rows[0]!.row).toBe(4)
    expect(t.totals).toMatchObject([{ row: 6 }])
  })

  it('joins headings merged over several rows and columns', () => {
    const t = tableOf(
      [
        ['县名', '面积（km²）', null, '产值', null],
        [null, '2010年', '2020年', '农业(万元)', '林业(亿元)'],
        ['康定', 1, 2, 3, 4],
      ],
      ['A1:A2', 'B1:C1', 'D1:E1'],
    )
    expect(texts(t)).toEqual(['县名', '面积/2010年', '面积/2020年', '产值/农业', '产值/林业'])
    expect(units(t)).toEqual([undefined, 'km²', 'km²', '万元', '亿元'])
    expect(t.headings[1]!.path).toEqual(['面积', '2010年'])
    expect(codes(t)).toEqual([])
  })

  it('takes years typed as numbers for headings', () => {
    const t = tableOf([['地类', '面积', null], [null, 2010, 2020], ['森林', 1, 2]], ['A1:A2', 'B1:C1']) // prettier-ignore
    expect(texts(t)).toEqual(['地类', '面积/2010', '面积/2020'])
  })

  it('says when an upper heading is not merged and its reach is taken from the blanks', () => {
    const t = tableOf([['县名', '面积', null, '备注'], [null, '森林', '草地', null], ['康定', 1, 2, '无'], ['泸定', 3, 4, '无']]) // prettier-ignore
    expect(texts(t)).toEqual(['县名', '面积/森林', '面积/草地', '备注'])
    expect(t.problems).toMatchObject([
      { code: 'table.heading-guessed', at: { sheet: '表', cell: 'B1' }, values: { columns: 'B:C' } },
    ])
  })

  it('reads a unit row and a numbering row under the headings', () => {
    const t = tableOf([
      ['指标', '水源涵养', '固碳', '说明'],
      ['—', '（亿m³）', '万tCO2', null],
      ['甲', 1, 2, '乙'],
      ['康定', 12, 3, '好'],
      ['泸定', 4, 5, '好'],
    ])
    expect(units(t)).toEqual([undefined, '亿m³', '万tCO2', undefined])
    expect(grid(t)[0]).toEqual(['康定', '12', '3', '好'])
    expect(t.rows).toHaveLength(2)
  })

  it('takes a place called 甲 for a place: numbers that do not count on are data', () => {
    const t = tableOf([['地块', '面积', '户数'], ['甲', 1, 4], ['乙', 3, 2]]) // prettier-ignore
    expect(grid(t)).toEqual([['甲', '1', '4'], ['乙', '3', '2']]) // prettier-ignore
  })

  it('takes blanks and line breaks inside headings for layout', () => {
    const t = tableOf([['县 名', '面积\n（km²）', '碳密度 tC/hm2'], ['康定', 1, 2], ['泸定', 3, 4]]) // prettier-ignore
    expect([texts(t), units(t)]).toEqual([['县名', '面积', '碳密度'], [undefined, 'km²', 'tC/hm2']]) // prettier-ignore
  })

  it('fills a label merged over rows down and keeps where it stands', () => {
    const t = tableOf([['州', '县', '面积'], ['甘孜', '康定', 1], [null, '泸定', 2]], ['A2:A3']) // prettier-ignore
    expect(grid(t)).toEqual([['甘孜', '康定', '1'], ['甘孜', '泸定', '2']]) // prettier-ignore
    expect(t.rows[1]!.cells[0]).toMatchObject({ address: 'A3', mergedFrom: 'A2' })
  })

  it('counts a number merged over rows once and says so', () => {
    const t = tableOf([['县', '面积'], ['康定', 9], ['泸定', null], ['丹巴', 3]], ['B2:B3']) // prettier-ignore
    expect(grid(t)).toEqual([['康定', '9'], ['泸定', undefined], ['丹巴', '3']]) // prettier-ignore
    expect(t.problems).toMatchObject([{ code: 'table.merged-number', values: { range: 'B2:B3' }, at: { cell: 'B2' } }])
  })

  it('with a heading merged over columns that all hold data is a red problem at that heading', () => {
    const t = tableOf([['县', '面积', null], ['康定', 1, 2], ['泸定', 3, 4]], ['B1:C1']) // prettier-ignore
    expect(t.problems).toMatchObject([
      { code: 'table.merged-heading', severity: 'red', at: { cell: 'B1' }, values: { range: 'B1:C1', count: 2 } },
    ])
  })

  it('with one heading twice, or a column without one, says so', () => {
    const t = tableOf([['县', '面积', '面积', null], ['康定', 1, 2, 5], ['泸定', 3, 4, 6]]) // prettier-ignore
    expect(t.problems.map((p) => [p.code, p.at?.cell])).toEqual([
      ['table.column-without-heading', 'D1'],
      ['table.heading-twice', 'C1'],
    ])
    expect(t.headings[3]).toMatchObject({ text: '', column: 'D' })
  })

  it('goes on after one blank row of the same shape and says so; another table below is not read and told', () => {
    const inside = tableOf([['县', '面积'], ['康定', 1], [null, null], ['泸定', 2]]) // prettier-ignore
    expect([inside.rows.length, codes(inside)]).toEqual([2, ['table.blank-row-inside']])
    const two = tableOf([['县', '面积'], ['康定', 1], [null], ['地类', '价格'], ['森林', 2]]) // prettier-ignore
    expect([two.rows.length, codes(two)]).toEqual([1, ['table.more-below']])
    expect(two.problems[0]!.values).toEqual({ end: 2, row: 4 })
  })

  it('keeps group lines with the rows below them and drops headings repeated on the next page', () => {
    const t = tableOf([['项目', '数量'], ['一、供给', null], ['粮食', 1], ['项目', '数量'], ['二、调节', null], ['水', 2]], ['A2:B2', 'A5:B5']) // prettier-ignore
    expect(t.rows.map((r) => [r.group, r.cells[0]!.text])).toEqual([['一、供给', '粮食'], ['二、调节', '水']]) // prettier-ignore
  })

  it('sets 合计, 小计 and total rows apart', () => {
    const t = tableOf([['县', '面积'], ['康定', 1], ['东部小计', 1], ['泸定', 2], ['Total', 3]]) // prettier-ignore
    expect([t.rows.map((r) => r.row), t.totals.map((r) => r.row)]).toEqual([[2, 4], [3, 5]]) // prettier-ignore
  })

  it('begins at the row the user names where the guess is wrong', () => {
    const rows = [['年份', '2010'], ['县', '面积'], ['康定', 1]] // prettier-ignore
    expect(texts(tableOf(rows, [], 2))).toEqual(['县', '面积'])
  })

  it('without headings, without rows or without anything is one red problem', () => {
    expect(codes(tableOf([[1, 2], [3, 4], [5, 6], [7, 8]]))).toEqual(['table.no-table']) // prettier-ignore
    expect(codes(tableOf([['县', '面积']]))).toEqual(['table.no-table'])
    expect(
      codes(readTable(readWorkbook(workbookBytes({ sheets: [{ name: '空', data: '' }] }), 'f').sheets[0]!)),
    ).toEqual(['table.no-table'])
  })

  it('of any shape is read or refused with problems, and no cell is read twice', () => {
    const value = fc.constantFrom(null, null, '县', '合计', '（km²）', '面积', '注：', 2010, 1.5, '—')
    const merge = fc
      .tuple(fc.nat(3), fc.nat(5), fc.nat(2), fc.nat(2))
      .map(([c, r, w, h]) => `${'ABCD'[c]}${r + 1}:${'ABCDEF'[c + w]}${r + 1 + h}`)
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { maxLength: 5 }), { minLength: 1, maxLength: 9 }),
        fc.array(merge, { maxLength: 1 }),
        (rows, merges) => {
          const sheet = readWorkbook(plainWorkbook(rows, merges), 'f.xlsx').sheets[0]
          if (!sheet) return
          const t = readTable(sheet)
          const own = [...t.rows, ...t.totals].flatMap((r) =>
            r.cells.filter((c) => c && c.mergedFrom === undefined).map((c) => c!.address),
          )
          expect(new Set(own).size).toBe(own.length)
          for (const r of t.rows) expect(r.cells).toHaveLength(t.headings.length)
          expect(
            t.rows.length + t.totals.length > 0 ||
              t.problems.some((p) => p.severity === 'red') ||
              t.headings.length > 0,
          ).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a heading', () => {
  it.each([
    ['面积（km²）', '面积', 'km²'],
    ['碳密度（tC/(hm2·a)）', '碳密度', 'tC/(hm2·a)'],
    ['产值（单位：万元）', '产值', '万元'],
    ['产值/万元', '产值', '万元'],
    ['固碳量/tC/a', '固碳量', 'tC/a'],
    ['area_ha', 'area', 'ha'],
    ['Area km2', 'Area', 'km2'],
    ['降水量, mm', '降水量', 'mm'],
    ['比例[%]', '比例', '%'],
    ['产量（鲜重）', '产量（鲜重）', undefined],
    ['面积（2010）', '面积（2010）', undefined],
    ['水源涵养/洪水调蓄', '水源涵养/洪水调蓄', undefined],
    ['plan d', 'plan d', undefined],
    ['固碳 / t', '固碳', 't'],
    ['产量 吨', '产量', '吨'],
    ['年 度', '年 度', undefined],
  ])('%s names %s in %s', (given, text, unitText) =>
    expect(splitUnit(given)).toEqual(unitText === undefined ? { text } : { text, unitText }),
  )

  it('has a unit note above it, told apart from the name of an office', () => {
    expect(unitNoteOf('单位：万元')).toBe('万元')
    expect(unitNoteOf('表2 价值（计量单位: t/(hm2·a)）')).toBe('t/(hm2·a)')
    expect(unitNoteOf('填报单位：康定市统计局')).toBeUndefined()
    expect(unitNoteOf('单位：康定市统计局')).toBeUndefined()
  })
})

describe('a cell where a number is wanted', () => {
  const cellOf = (text: string): Cell => readWorkbook(plainWorkbook([['x', text]]), 'f.xlsx').sheets[0]!.cell(1, 2)!
  const judged = (text: string): string => {
    const n = numberOf(cellOf(text))
    return n === 'missing' ? n : 'code' in n ? n.code : `${decText(n.value)}${n.percent ? ' percent' : ''}`
  }

  it.each([
    ['1,234', '1234'],
    ['1，234．5', '1234.5'],
    ['１２．５', '12.5'],
    [' −3 ', '-3'],
    ['35%', '0.35 percent'],
    ['-', 'missing'],
    ['—', 'missing'],
    ['——', 'missing'],
    ['/', 'missing'],
    ['NA', 'missing'],
    ['n/a', 'missing'],
    ['缺测', 'missing'],
    ['无数据', 'missing'],
    ['…', 'missing'],
    ['约35', 'table.text-in-number-cell'],
    ['<0.1', 'table.text-in-number-cell'],
    ['无', 'table.text-in-number-cell'],
    ['12,34', 'table.text-in-number-cell'],
    ['12吨', 'table.number-with-unit'],
    ['1,200 t/hm2', 'table.number-with-unit'],
    ['3~5', 'table.text-in-number-cell'],
  ])('that says %s is %s', (text, wanted) => expect(judged(text)).toBe(wanted))

  it('that is absent is missing, that is a date or an error is a problem at its place', () => {
    expect(numberOf(undefined)).toBe('missing')
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    const data =
      '<row r="4"><c r="A4" s="0"><v>40543</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4" t="b"><v>1</v></c></row>'
    const sheet = readWorkbook(workbookBytes({ sheets: [{ name: '面积', data }], styles }), 'f.xlsx').sheets[0]!
    expect([1, 2, 3].map((c) => numberOf(sheet.cell(4, c)))).toMatchObject([
      { code: 'table.date-in-number-cell', severity: 'red', at: { file: 'f.xlsx', sheet: '面积', cell: 'A4' } },
      { code: 'workbook.error-cell', at: { cell: 'B4' } },
      { code: 'table.text-in-number-cell', at: { cell: 'C4' } },
    ])
  })

  it('names the unit to move into the heading', () =>
    expect(numberOf(cellOf('12 吨'))).toMatchObject({ values: { unit: '吨' }, at: { cell: 'B1' } }))

  it('is judged alike in delimited text', () => {
    const sheet = readCsv(new TextEncoder().encode('a,b,c,d\n"1,234",35%,0513,12吨\n'), 'f.csv').sheets[0]!
    expect([1, 2, 3, 4].map((c) => numberOf(sheet.cell(2, c)))).toMatchObject([
      { percent: false },
      { percent: true },
      { percent: false },
      { code: 'table.number-with-unit', at: { file: 'f.csv', cell: 'D2' } },
    ])
    expect(sheet.cell(2, 3)!.value).toEqual({ kind: 'text', text: '0513' })
  })
})
