import { describe, expect, it } from 'vitest'
import { dec, decText } from '../../kernel/index.ts'
import { readTable } from './table.ts'
import { readWorkbook } from './workbook.ts'
import { sheetName, writeWorkbook, type WorkbookSpec } from './write-workbook.ts'
import { readZip } from './zip.ts'

const ACCOUNT: WorkbookSpec = {
  title: '核算总表',
  footer: '康定市 A&B 试算',
  sheets: [
    {
      name: '总表',
      frozenRows: 2,
      frozenColumns: 1,
      repeatedRows: [2, 2],
      landscape: true,
      widths: [20],
      rows: [
        [{ value: '核算总表', style: 'title', span: { columns: 4 } }],
        [
          { value: '服务', style: 'heading' },
          { value: '价值（万元）', style: 'heading' },
          { value: '编码', style: 'heading' },
          { value: '日期', style: 'heading' },
        ],
        [
          { value: '=cmd|calc', note: '来源' },
          { value: dec('1234567.89'), format: '#,##0.00' },
          { value: 'K7M2', style: 'code', link: { sheet: '说明', cell: 'A1' } },
          { value: { date: '2010-12-31' } },
        ],
        [{ value: '水源涵养' }, { value: dec('0.1') }, { value: '@SUM(A1)', link: 'javascript:alert(1)' }, undefined],
        [
          { value: '合计', style: 'total' },
          { value: dec('1234567.99'), formula: 'SUM(B3:B4)', style: 'total', format: '#,##0.00' },
          { value: '\u0007-1\ud800' },
        ],
      ],
    },
    { name: '说明', rows: [[{ value: '甲'.repeat(40000) }]], hidden: true },
  ],
}
const partsOf = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map([...readZip(bytes)].map(([name, b]) => [name, new TextDecoder().decode(b)]))

describe('a written workbook', () => {
  it('is the same bytes each time', async () => {
    expect(await writeWorkbook(ACCOUNT)).toEqual(await writeWorkbook(ACCOUNT))
  })

  it('is read back by our own reader with the same digits and texts', async () => {
    const { sheets, problems } = readWorkbook(await writeWorkbook(ACCOUNT), 'out.xlsx')
    expect(problems.map((p) => [p.code, p.at?.cell])).toEqual([['workbook.formulas-taken', 'B5']])
    expect(sheets.map((s) => [s.name, s.hidden])).toEqual([['总表', false], ['说明', true]]) // prettier-ignore
    const table = readTable(sheets[0]!)
    expect(table.headings.map((h) => [h.text, h.unitText])).toEqual([['服务', undefined], ['价值', '万元'], ['编码', undefined], ['日期', undefined]]) // prettier-ignore
    const value = table.rows[0]!.cells[1]!
    expect(value.text).toBe('1,234,567.89')
    expect(value.value.kind === 'number' && decText(value.value.digits)).toBe('1234567.89')
    expect(table.rows[0]!.cells[3]!.value).toEqual({ kind: 'date', date: '2010-12-31' })
    expect(table.totals[0]!.cells[1]).toMatchObject({ formula: 'SUM(B3:B4)', text: '1,234,567.99' })
  })

  it('never turns a text into a formula or a script link', async () => {
    const bytes = await writeWorkbook(ACCOUNT)
    const sheet = readWorkbook(bytes, 'out.xlsx').sheets[0]!
    expect([sheet.cell(3, 1), sheet.cell(4, 3), sheet.cell(5, 3)].map((c) => [c!.text, c!.formula])).toEqual([
      ['=cmd|calc', undefined],
      ['@SUM(A1)', undefined],
      ['-1\ufffd', undefined],
    ])
    const parts = partsOf(bytes)
    expect(parts.get('xl/worksheets/sheet1.xml')!.match(/<f>/g)).toHaveLength(1)
    expect([...parts.values()].some((p) => p.includes('javascript:'))).toBe(false)
  })

  it('prints on A4 with repeated headings, page x of y, and headings kept in sight', async () => {
    const parts = partsOf(await writeWorkbook(ACCOUNT))
    const sheet = parts.get('xl/worksheets/sheet1.xml')!
    expect(sheet).toContain('paperSize="9"')
    expect(sheet).toContain('orientation="landscape"')
    expect(sheet).toContain('第 &amp;P 页 共 &amp;N 页')
    expect(sheet).toContain('A&amp;&amp;B')
    expect(sheet).toMatch(/<pane xSplit="1" ySplit="2" topLeftCell="B3"[^>]*state="frozen"/)
    expect(parts.get('xl/workbook.xml')).toMatch(/Print_Titles[^>]*>&apos;总表&apos;!\$2:\$2</)
    for (const font of ['黑体', '仿宋']) expect(parts.get('xl/styles.xml')).toContain(font)
    expect(parts.get('docProps/core.xml')).toContain('2000-01-01T00:00:00Z')
  })

  it('links a code to a cell of the workbook', async () => {
    const parts = partsOf(await writeWorkbook(ACCOUNT))
    const all = (parts.get('xl/worksheets/_rels/sheet1.xml.rels') ?? '') + parts.get('xl/worksheets/sheet1.xml')!
    expect(all).toMatch(/#?(&apos;|')说明(&apos;|')!A1/)
  })

  it('refuses formulas that reach out, and sheet names Excel would refuse: both are bugs', async () => {
    const bad = (formula: string): WorkbookSpec => ({
      title: 't',
      sheets: [{ name: 'a', rows: [[{ formula, value: 1 }]] }],
    })
    for (const formula of ['[1]Sheet!A1', 'HYPERLINK(A1)', "cmd|'/c calc'!A0", '=A1'])
      await expect(writeWorkbook(bad(formula))).rejects.toThrow('formula')
    await expect(writeWorkbook({ title: 't', sheets: [{ name: 'a/b', rows: [] }] })).rejects.toThrow('sheet name')
  })
})

describe('a sheet name', () => {
  it('is made fit for Excel and unlike the others', () => {
    const taken = new Set<string>()
    expect(sheetName('面积/2010:[a]?', taken)).toBe('面积 2010  a')
    expect(sheetName('A', taken)).toBe('A')
    expect(sheetName('a', taken)).toBe('a 2')
    expect(sheetName("''", taken)).toBe('Sheet')
    expect([sheetName('长'.repeat(50), taken), sheetName('长'.repeat(50), taken)].map((s) => s.length)).toEqual([
      31, 31,
    ])
  })
})
