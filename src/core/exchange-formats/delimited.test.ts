import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, decText } from '../../kernel/index.ts'
import { readSheets } from './data-file.ts'
import { decodeText, parseDelimited, readCsv, sniffDelimiter } from './delimited.ts'
import { compoundFile, plainWorkbook } from './workbook-fixture.ts'
import { writeCsv } from './write-csv.ts'

const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)
/** 县,面积 / 康定,1 in GBK. */
const GBK = Uint8Array.from([
  0xcf, 0xd8, 0x2c, 0xc3, 0xe6, 0xbb, 0xfd, 0x0d, 0x0a, 0xbf, 0xb5, 0xb6, 0xa8, 0x2c, 0x31, 0x0d, 0x0a,
])
const utf16 = (s: string, big: boolean, mark: boolean): Uint8Array => {
  const text = mark ? `\ufeff${s}` : s
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), !big)
  return new Uint8Array(view.buffer)
}
const cells = (bytes: Uint8Array): readonly (readonly string[])[] =>
  [...(readCsv(bytes, 'f.csv').sheets[0]?.filledRows() ?? [])].map((r) => r.cells.map((c) => c.text))
const codes = (bytes: Uint8Array): readonly string[] => readCsv(bytes, 'f.csv').problems.map((p) => p.code)
const WANTED = [['县', '面积'], ['康定', '1']] // prettier-ignore

describe('delimited text', () => {
  it.each([
    ['UTF-8', utf8('县,面积\r\n康定,1\r\n')],
    ['UTF-8 with mark', utf8('\ufeff县,面积\n康定,1')],
    ['GBK', GBK],
    ['UTF-16 little endian', utf16('县,面积\n康定,1\n', false, true)],
    ['UTF-16 big endian', utf16('县,面积\n康定,1\n', true, true)],
    ['UTF-16 without mark', utf16('县,面积\n康定,1\n', false, false)],
    ['tabs', utf8('县\t面积\n康定\t1\n')],
    ['semicolons', utf8('县;面积\r康定;1\r')],
    ['full-width commas', utf8('县，面积\n康定，1\n')],
  ])('in %s is read', (_, bytes) => {
    expect(cells(bytes)).toEqual(WANTED)
    expect(codes(bytes)).toEqual([])
  })

  it('reads quoted fields with delimiters, quotes and line ends, and counts rows as a spreadsheet does', () => {
    const sheet = readCsv(utf8('名称,说明\n"a,""b""","两\n行"\n\nc,1.50\n'), 'f.csv').sheets[0]!
    expect([sheet.cell(2, 1)?.text, sheet.cell(2, 2)?.text, sheet.cell(4, 1)?.text]).toEqual(['a,"b"', '两\n行', 'c'])
    const number = sheet.cell(4, 2)!.value
    expect(number.kind === 'number' && decText(number.digits)).toBe('1.5')
    expect(sheet).toMatchObject({ name: '', rows: 4, columns: 2, merges: [] })
  })

  it('chooses the delimiter that cuts the lines evenly', () => {
    expect(sniffDelimiter('a;b\n1,5;2\n3,5;4\n6;7,1')).toBe(';')
    expect(sniffDelimiter('a\tb\n1,234\t2\n')).toBe('\t')
    expect(sniffDelimiter('only one column\n1\n')).toBe(',')
  })

  it('each bad file has its own problem', () => {
    expect(codes(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe]))).toEqual(['delimited.not-text'])
    expect(codes(utf8(' \n\n'))).toEqual(['delimited.empty'])
    expect(codes(utf8(',,\n,,\n'))).toEqual(['delimited.empty'])
    expect(readCsv(utf8('a,b\n1,2\n"c,3\n4,5\n'), 'f.csv').problems).toMatchObject([
      { code: 'delimited.open-quote', at: { file: 'f.csv', line: 3 } },
    ])
    expect(readCsv(utf8('a,b\n1,234,5\n'), 'f.csv').problems).toMatchObject([
      { code: 'delimited.uneven-row', severity: 'yellow', at: { line: 2 } },
    ])
    expect(codes(utf8(','.repeat(3000)))).toEqual(['workbook.too-many-columns'])
  })

  it('is never taken from bytes that only happen to decode', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 400 }), (bytes) => {
        const control = bytes.some((b) => b < 9)
        if (control && bytes[0] !== 0xff && bytes[0] !== 0xfe)
          expect(decodeText(bytes) === undefined || bytes.includes(0)).toBe(true)
        expect(Array.isArray(readCsv(bytes, 'f').problems)).toBe(true)
      }),
    )
  })

  it('splits as its plain twin does where nothing is quoted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.stringMatching(/^[a-z0-9\u4e00-\u4e20]{0,4}$/), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (rows) => {
          const text = rows.map((r) => `${r.join(',')}\n`).join('')
          expect([...parseDelimited(text, ',')].map((r) => r.fields)).toEqual(rows)
        },
      ),
    )
  })
})

describe('written CSV', () => {
  it('has a byte order mark, CRLF and quotes only where they are needed', () => {
    expect(
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        writeCsv([
          ['县', 'a,b', 'c"d'],
          [dec('1E3'), -2, undefined, 5n],
        ]),
      ),
    ).toBe('\ufeff县,"a,b","c""d"\r\n1000,-2,,5\r\n')
  })

  it('never lets a text become a formula, and leaves numbers and dashes alone', () => {
    const row = ['=1+1', '@x', '+cmd', '-cmd', '-1.5', '+3', '-', '—', '＝1']
    const text = new TextDecoder().decode(writeCsv([row]))
    expect(text.trim().split(',')).toEqual(["'=1+1", "'@x", "'+cmd", "'-cmd", '-1.5', '+3', '-', '—', "'＝1"])
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.stringMatching(/^[a-z",\n 中]{1,6}x$/), { minLength: 2, maxLength: 3 }), {
          minLength: 1,
          maxLength: 5,
        }),
        (rows) => {
          const same = rows.map((r) => r.slice(0, 2))
          expect(cells(writeCsv(same))).toEqual(same)
        },
      ),
    )
  })
})

describe('a data file', () => {
  it('is read by its content, whatever its extension', () => {
    expect(readSheets(plainWorkbook([['a', 1]]), '数据.csv').sheets[0]!.name).toBe('表')
    expect(readSheets(utf8('a,b\n1,2\n'), '数据.txt').sheets[0]!.columns).toBe(2)
    expect(readSheets(utf8('a,b\n1,2\n'), '数据.xlsx').problems[0]!.code).toBe('workbook.not-a-workbook')
    expect(readSheets(compoundFile(['EncryptedPackage']), '数据.csv').problems[0]!.code).toBe('workbook.password')
  })
})
