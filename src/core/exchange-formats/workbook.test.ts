import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { decText } from '../../kernel/index.ts'
import type { Cell, Sheet } from './sheet.ts'
import { compoundFile, plainWorkbook, workbookBytes, workbookParts } from './workbook-fixture.ts'
import { digitsOf, MAX_COLUMNS } from './workbook-sheet.ts'
import { readWorkbook } from './workbook.ts'
import { writeZip } from './zip.ts'

const codes = (bytes: Uint8Array): readonly string[] => readWorkbook(bytes, 'f.xlsx').problems.map((p) => p.code)
const first = (bytes: Uint8Array): Sheet => {
  const { sheets, problems } = readWorkbook(bytes, 'f.xlsx')
  expect(problems).toEqual([])
  return sheets[0]!
}
const digits = (cell: Cell | undefined): string | undefined =>
  cell?.value.kind === 'number' ? decText(cell.value.digits) : undefined
const oneSheet = (
  data: string,
  more: { after?: string; styles?: string; strings?: string; workbookPr?: string } = {},
): Uint8Array => {
  const { after, ...rest } = more
  return workbookBytes({ ...rest, sheets: [{ name: '面积', data, ...(after === undefined ? {} : { after }) }] })
}

describe('a workbook made by a library', () => {
  it('gives texts, numbers, dates, booleans, links and rich texts with their addresses', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('面积 2010')
    sheet.addRow([
      '县',
      0.1,
      new Date(Date.UTC(2010, 11, 31)),
      true,
      { text: '网址', hyperlink: 'https://example.org' },
    ])
    sheet.getCell('F1').value = { richText: [{ text: '富' }, { text: '文本', font: { bold: true } }] }
    const s = first(new Uint8Array(await book.xlsx.writeBuffer()))
    expect([s.name, s.rows, s.columns, s.hidden]).toEqual(['面积 2010', 1, 6, false])
    expect(s.cell(1, 1)).toMatchObject({ file: 'f.xlsx', sheet: '面积 2010', address: 'A1', text: '县' })
    expect(digits(s.cell(1, 2))).toBe('0.1')
    expect(s.cell(1, 3)?.value).toEqual({ kind: 'date', date: '2010-12-31' })
    expect(s.cell(1, 4)?.value).toEqual({ kind: 'boolean', value: true })
    expect([s.cell(1, 5)?.text, s.cell(1, 6)?.text]).toEqual(['网址', '富文本'])
  })

  it('keeps the order of its sheets and says which are hidden', async () => {
    const book = new ExcelJS.Workbook()
    for (const [name, state] of [['乙', 'visible'], ['甲', 'veryHidden']] as const) book.addWorksheet(name, { state }).addRow([1]) // prettier-ignore
    const { sheets } = readWorkbook(new Uint8Array(await book.xlsx.writeBuffer()), 'f.xlsx')
    expect(sheets.map((s) => [s.name, s.hidden])).toEqual([['乙', false], ['甲', true]]) // prettier-ignore
  })
})

describe('digits', () => {
  it.each([
    ['0.1', '0.1'],
    ['0.10000000000000001', '0.1'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1234567.8899999999', '1234567.89'],
    ['2.9999999999999996', '2.9999999999999996'],
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['1E-7', '0.0000001'],
    ['1.5e+3', '1500'],
    ['-0', '0'],
    ['00', '0'],
  ])('of %s are %s', (source, wanted) => expect(decText(digitsOf(source)!)).toBe(wanted))

  it.each(['', 'abc', '1e999', '0x10', '1,5', 'NaN', 'Infinity'])('of %s there are none', (source) =>
    expect(digitsOf(source)).toBeUndefined(),
  )

  it('of every decimal with at most 15 digits come back as they were typed', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n - 1n), fc.nat(12), (n, places) => {
        const typed = n.toString().padStart(places + 1, '0')
        const text = places === 0 ? typed : `${typed.slice(0, -places)}.${typed.slice(-places)}`
        // What a spreadsheet writes after the text became a double: 17 digits.
        const stored = Number(text).toPrecision(17)
        expect(digitsOf(stored)?.eq(text)).toBe(true)
      }),
    )
  })
})

describe('cells', () => {
  it('show percentages, decimals, thousands and hidden units, and keep the stored digits', () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="0.0&quot;吨&quot;"/><numFmt numFmtId="171" formatCode="#,##0.00_);[Red]\\(#,##0.00\\)"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="10"/></cellXfs>'
    const data =
      '<row r="1"><c r="A1" s="1"><v>0.35</v></c><c r="B1" s="2"><v>12.25</v></c><c r="C1" s="3"><v>-1234567.895</v></c><c r="D1" s="4"><v>0.1234</v></c></row>'
    const s = first(oneSheet(data, { styles }))
    expect([1, 2, 3, 4].map((c) => s.cell(1, c)!.text)).toEqual(['35%', '12.3吨', '(1,234,567.90)', '12.34%'])
    expect([1, 2, 3, 4].map((c) => s.cell(1, c)!.percentFormat)).toEqual([true, false, false, true])
    expect(digits(s.cell(1, 3))).toBe('-1234567.895')
    expect(s.cell(1, 2)!.format).toBe('0.0"吨"')
  })

  it('are dates by their format, in both date systems', () => {
    const styles =
      '<numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;"/><numFmt numFmtId="181" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="57"/><xf numFmtId="22"/><xf numFmtId="181"/></cellXfs>'
    const row = (v: readonly string[]): string =>
      `<row r="1">${v.map((x, i) => `<c r="${'ABCDEF'[i]}1" s="${i}"><v>${x}</v></c>`).join('')}</row>`
    const values = ['40543', '40543', '40543', '1', '40543.75', '0.5']
    const s = first(oneSheet(row(values), { styles }))
    expect([2, 3, 4, 5].map((c) => s.cell(1, c)!.value)).toEqual([
      { kind: 'date', date: '2010-12-31' },
      { kind: 'date', date: '2010-12-31' },
      { kind: 'date', date: '1900-01-01' },
      { kind: 'date', date: '2010-12-31', time: '18:00:00' },
    ])
    expect(s.cell(1, 3)!.text).toBe('2010年')
    expect(digits(s.cell(1, 1))).toBe('40543')
    expect(digits(s.cell(1, 6))).toBe('0.5')
    const mac = first(oneSheet(row(['1', '39081']), { styles, workbookPr: '<workbookPr date1904="1"/>' }))
    expect(mac.cell(1, 2)!.value).toEqual({ kind: 'date', date: '2010-12-31' })
  })

  it('leave phonetic runs out, decode escapes, and take a text of blanks for empty', () => {
    const strings =
      '<si><r><t>青</t></r><r><t>山</t></r><rPh sb="0" eb="1"><t>qing</t></rPh></si><si><t>a_x000D_b</t></si><si><t xml:space="preserve">  </t></si>'
    const data = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="str"><v>x</v></c></row>'
    const s = first(oneSheet(data, { strings }))
    expect([1, 2, 3, 4].map((c) => s.cell(1, c)?.text)).toEqual(['青山', 'a\nb', undefined, 'x'])
    expect(s.cell(1, 4)!.address).toBe('D1')
  })

  it('under a merged range show its value and say where it stands; the rows list them once', () => {
    const s = first(plainWorkbook([['州', 1], [null, 2], [null, 3]], ['A1:A3'])) // prettier-ignore
    expect(s.cell(3, 1)).toMatchObject({ address: 'A3', text: '州', mergedFrom: 'A1' })
    expect(s.cell(1, 1)!.mergedFrom).toBeUndefined()
    expect([...s.filledRows()].map((r) => r.cells.length)).toEqual([2, 1, 1])
    expect(s.mergeAt(2, 1)?.range).toBe('A1:A3')
    expect(s.mergeAt(4, 1)).toBeUndefined()
  })

  it('are read alike from strict, prefixed and absolutely addressed parts', () => {
    const parts = workbookParts({ sheets: [{ name: '表', data: '<row r="1"><c r="A1"><v>7</v></c></row>' }] })
    const edit = (name: string, change: (text: string) => string): void => {
      parts.set(name, strToU8(change(new TextDecoder().decode(parts.get(name)))))
    }
    const strict = (t: string): string =>
      t
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        )
    for (const name of parts.keys()) edit(name, strict)
    edit('xl/worksheets/sheet1.xml', (t) =>
      t.replace(/<(\/?)(worksheet|sheetData|row|c|v)\b/g, '<$1x:$2').replace('xmlns=', 'xmlns:x='),
    )
    edit('xl/_rels/workbook.xml.rels', (t) => t.replace('"worksheets/', '"/xl/Worksheets/'))
    expect(digits(first(writeZip(parts)).cell(1, 1))).toBe('7')
  })
})

describe('each bad workbook has its own problem', () => {
  it('password', () =>
    expect(codes(compoundFile(['EncryptionInfo', 'EncryptedPackage']))).toEqual(['workbook.password']))
  it('old .xls', () => expect(codes(compoundFile(['Workbook']))).toEqual(['workbook.old-xls']))
  it('another compound file', () => expect(codes(compoundFile(['WordDocument']))).toEqual(['workbook.not-a-workbook']))
  it('macros', () => {
    const sheets = [{ name: '表', data: '<row r="1"><c r="A1"><v>7</v></c></row>' }]
    const { sheets: read, problems } = readWorkbook(
      workbookBytes({ sheets, parts: { 'xl/vbaProject.bin': strToU8('x') } }),
      '数据.xlsx',
    )
    expect(read).toEqual([])
    expect(problems).toMatchObject([{ code: 'workbook.macros', severity: 'red', at: { file: '数据.xlsx' } }])
  })
  it('damaged', () => expect(codes(plainWorkbook([[1]]).slice(0, 400))).toEqual(['zip.damaged']))
  it('ill-formed sheet', () =>
    expect(codes(oneSheet('<row r="1"><c r="A1"><v>1</c></row>'))).toEqual(['workbook.damaged']))
  it('a document type declaration', () => {
    const parts = workbookParts({ sheets: [{ name: '表', data: '' }] })
    parts.set(
      'xl/worksheets/sheet1.xml',
      strToU8('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'),
    )
    expect(codes(writeZip(parts))).toEqual(['workbook.damaged'])
  })
  it('a text file', () => expect(codes(strToU8('县,面积\n'))).toEqual(['workbook.not-a-workbook']))
  it('a web page named .xls', () => expect(codes(strToU8('\ufeff <html><table>'))).toEqual(['workbook.disguised']))
  it('a Word file', () =>
    expect(codes(zipSync({ 'word/document.xml': strToU8('<a/>') }))).toEqual(['workbook.not-a-workbook']))
  it('.ods', () => {
    const parts = {
      mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
      'content.xml': strToU8('<a/>'),
    }
    expect(codes(zipSync(parts))).toEqual(['workbook.open-document'])
  })
  it('.xlsb', () => expect(codes(zipSync({ 'xl/workbook.bin': strToU8('x') }))).toEqual(['workbook.binary-xlsb']))
  it('no bytes', () => expect(codes(new Uint8Array())).toEqual(['workbook.empty']))
  it('no data', () => expect(codes(oneSheet('<row r="1"><c r="A1" s="0"/></row>'))).toEqual(['workbook.empty']))
  it('links to other workbooks', () => {
    const relationships =
      '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/>'
    const found = codes(
      workbookBytes({ sheets: [{ name: '表', data: '<row r="1"><c r="A1"><v>7</v></c></row>' }], relationships }),
    )
    expect(found).toEqual(['workbook.external-links'])
  })

  it('a formula without a stored result, at its cell', () => {
    const { problems, sheets } = readWorkbook(oneSheet('<row r="3"><c r="C3"><f>SUM(A1:A2)</f></c></row>'), 'f.xlsx')
    expect(problems).toMatchObject([
      {
        code: 'workbook.formula-without-value',
        severity: 'red',
        at: { file: 'f.xlsx', sheet: '面积', cell: 'C3' },
        values: { formula: 'SUM(A1:A2)' },
      },
    ])
    expect(sheets[0]!.cell(3, 3)).toBeUndefined()
  })

  it('formulas as values: one yellow problem a sheet with count and first cell; a shared formula is known to all its cells', () => {
    const data =
      '<row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>4</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>'
    const { problems, sheets } = readWorkbook(oneSheet(data), 'f.xlsx')
    expect(problems).toMatchObject([
      { code: 'workbook.formulas-taken', severity: 'yellow', at: { cell: 'B2' }, values: { count: 2, first: 'B2' } },
    ])
    expect([sheets[0]!.cell(2, 2)!.formula, sheets[0]!.cell(3, 2)!.formula, digits(sheets[0]!.cell(3, 2))]).toEqual([
      'A2*2',
      'A2*2',
      '6',
    ])
  })

  it('error cells, each at its place, beyond twenty by count', () => {
    const data = Array.from(
      { length: 25 },
      (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="e"><v>#REF!</v></c></row>`,
    ).join('')
    const { problems } = readWorkbook(oneSheet(data), 'f.xlsx')
    expect(problems).toHaveLength(21)
    expect(problems[4]).toMatchObject({
      code: 'workbook.error-cell',
      severity: 'red',
      at: { cell: 'A5' },
      values: { error: '#REF!' },
    })
    expect(problems[20]).toMatchObject({ code: 'workbook.more-of-these', values: { count: 5 } })
  })

  it('a shared text that does not exist, and a number that is none', () => {
    expect(
      codes(
        oneSheet('<row r="1"><c r="A1" t="s"><v>9</v></c><c r="B1"><v>twelve</v></c></row>', {
          strings: '<si><t>a</t></si>',
        }),
      ),
    ).toEqual(['workbook.bad-cell', 'workbook.bad-cell'])
  })

  it('rows that are filtered away but hold data', () => {
    const data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    expect(readWorkbook(oneSheet(data), 'f.xlsx').problems).toMatchObject([
      { code: 'workbook.hidden-rows', values: { count: 1, first: 2 } },
    ])
  })

  it('data beyond the last column that is read', () => {
    expect(codes(oneSheet(`<row r="1"><c r="XFD1"><v>1</v></c></row>`))).toEqual(['workbook.too-many-columns'])
    expect(MAX_COLUMNS).toBeLessThan(16384)
  })

  it('a million rows that carry only formatting are skipped, told, and leave nothing in memory', () => {
    const rows: string[] = ['<row r="1"><c r="A1"><v>1</v></c></row>']
    for (let r = 2; r <= 1_000_000; r++)
      rows.push(r % 10 === 0 ? `<row r="${r}"><c r="A${r}" s="1"/></row>` : `<row r="${r}" s="1"/>`)
    // Stored, since packing takes longer than reading.
    const parts = workbookParts({ sheets: [{ name: '面积', data: rows.join('') }] })
    const { sheets, problems } = readWorkbook(zipSync(Object.fromEntries(parts), { level: 0 }), 'f.xlsx')
    expect(problems).toMatchObject([
      { code: 'workbook.empty-rows', severity: 'yellow', values: { count: 999_999, kept: 1 } },
    ])
    expect([sheets[0]!.rows, [...sheets[0]!.filledRows()].length]).toEqual([1, 1])
  }, 60_000)
})

describe('bytes from anywhere', () => {
  it('give a workbook or problems, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom([], [0x50, 0x4b, 3, 4], [0xd0, 0xcf, 0x11, 0xe0]),
        (body, head) => {
          const { sheets, problems } = readWorkbook(Uint8Array.from([...head, ...body]), 'f')
          expect(sheets.length + problems.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('from a workbook cut or changed in its archive or in its parts never bring the reader down', () => {
    const fixture = {
      sheets: [
        {
          name: '表',
          data: '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>40543.5</v></c></row>',
          after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        },
      ],
      strings: '<si><t>文</t></si>',
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>',
    }
    const parts = workbookParts(fixture)
    const whole = writeZip(parts)
    fc.assert(
      fc.property(
        fc.constantFrom('', ...parts.keys()),
        fc.nat(),
        fc.uint8Array({ maxLength: 6 }),
        fc.nat(20),
        (part, at, put, drop) => {
          const mutate = (b: Uint8Array): Uint8Array => {
            const i = at % b.length
            return Uint8Array.from([...b.subarray(0, i), ...put, ...b.subarray(i + drop)])
          }
          const bad =
            part === '' ? mutate(whole) : writeZip(new Map([...parts].map(([n, b]) => [n, n === part ? mutate(b) : b])))
          const { sheets, problems } = readWorkbook(bad, 'f.xlsx')
          expect(Array.isArray(sheets) && Array.isArray(problems)).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
})
