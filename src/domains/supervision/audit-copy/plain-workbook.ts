// A workbook of one plain table, written as its XML directly: tens of thousands of rows in a second or two. Office Open XML
// (ECMA-376 part 1), A4 or A3 across, headings repeated on every page and kept in sight.
// Always holds: equal rows give equal bytes; a text is a text cell whatever it begins with, so nothing becomes a formula.
//   chosen    these few parts by hand
//   rejected  the general writer of core/exchange-formats: it keeps an object a cell, and a county-year took minutes

import { escapeText } from '../../../kernel/index.ts'
import { columnLetter, writeZip } from '../../../core/exchange-formats/index.ts'

export interface PlainColumn {
  readonly heading: string
  /** In characters. */
  readonly width: number
  /** Decimal text of up to 15 digits is written as a number. */
  readonly number: boolean
}

export interface PlainTable {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly columns: readonly PlainColumn[]
  /** Rows as `rowXml` made them. */
  readonly rows: readonly string[]
}

/** More digits than a spreadsheet keeps. */
const DIGITS = 15
/** Excel's own bound. */
const MAX_TEXT = 32_767
/** Rows above the first of the data: title, note, headings. */
const HEAD = 3

const STYLE = { title: 1, note: 2, heading: 3, text: 4, number: 5 } as const

/** Characters that XML cannot hold are gone; spaces at the ends and line feeds stay. */
const xmlText = (text: string): string => {
  const whole = text.replace(/[\ud800-\udfff]/gu, '\ufffd')
  return escapeText(whole.length > MAX_TEXT ? `${whole.slice(0, MAX_TEXT - 1)}…` : whole)
}

const textCell = (at: string, style: number, text: string): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

/** One row of the data. @param n from 0 */
export function rowXml(
  columns: readonly PlainColumn[],
  letters: readonly string[],
  n: number,
  row: readonly string[],
): string {
  const r = n + HEAD + 1
  let cells = ''
  let lines = 1
  for (const [i, value] of row.entries()) {
    const at = letters[i]! + String(r)
    lines = Math.max(lines, linesOf(value, columns[i]!.width))
    const isNumber = columns[i]!.number && /^-?\d+(\.\d+)?$/.test(value) && value.replace(/\D/g, '').length <= DIGITS
    if (isNumber) cells += `<c r="${at}" s="${STYLE.number}"><v>${value}</v></c>`
    else cells += value === '' ? `<c r="${at}" s="${STYLE.text}"/>` : textCell(at, STYLE.text, value)
  }
  return `<row r="${r}" ht="${Math.min(lines * LINE_POINTS, MAX_POINTS)}" customHeight="1">${cells}</row>`
}

/** Not every program fits rows to wrapped text when it opens a file. */
const LINE_POINTS = 14
/** Excel's own bound. */
const MAX_POINTS = 409

/** A character of Chinese is two wide and three bytes long, others are one and one. */
const linesOf = (text: string, width: number): number =>
  Math.ceil((text.length + Buffer.byteLength(text)) / 2 / Math.max(1, width * 0.85))

export const lettersOf = (columns: readonly unknown[]): readonly string[] => columns.map((_, i) => columnLetter(i + 1))

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export function plainWorkbook(table: PlainTable): Uint8Array {
  const parts: readonly (readonly [string, string])[] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    ],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    [
      'xl/workbook.xml',
      `<workbook ${MAIN} xmlns:r="${RELS}"><sheets><sheet name="${escapeText(table.name)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${table.name}'!$${HEAD}:$${HEAD}</definedName></definedNames></workbook>`,
    ],
    ['xl/styles.xml', STYLES],
    ['xl/worksheets/sheet1.xml', sheet(table)],
  ]
  const encoder = new TextEncoder()
  return writeZip(new Map(parts.map(([name, xml]) => [name, encoder.encode(XML + xml)])))
}

/** In the numbering of 18.3.1.63. */
const [A3, A4] = [8, 9]
/** Characters across that can still be read on A4. */
const WIDE = 150

const relations = (all: readonly (readonly [string, string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

function sheet({ title, note, columns, rows }: PlainTable): string {
  const letters = lettersOf(columns)
  const last = letters.at(-1)!
  const cols = columns.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.width}" customWidth="1"/>`)
  const headings = columns.map((c, i) => textCell(`${letters[i]!}${HEAD}`, STYLE.heading, c.heading))
  const footer = `&L&9${title.replaceAll('&', '&&')}&C&9第 &P 页 共 &N 页`
  return [
    `<worksheet ${MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${HEAD}" topLeftCell="A${HEAD + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols>${cols.join('')}</cols><sheetData>`,
    `<row r="1" ht="26" customHeight="1">${textCell('A1', STYLE.title, title)}</row>`,
    `<row r="2">${textCell('A2', STYLE.note, note)}</row>`,
    `<row r="${HEAD}" ht="30" customHeight="1">${headings.join('')}</row>`,
    ...rows,
    `</sheetData><mergeCells count="2"><mergeCell ref="A1:${last}1"/><mergeCell ref="A2:${last}2"/></mergeCells>`,
    `<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>`,
    `<pageSetup paperSize="${columns.reduce((sum, c) => sum + c.width, 0) > WIDE ? A3 : A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`,
    `<headerFooter><oddFooter>${escapeText(footer)}</oddFooter></headerFooter></worksheet>`,
  ].join('')
}

const font = (name: string, size: number, more = ''): string =>
  `<font>${more}<sz val="${size}"/><name val="${name}"/></font>`
const side = (name: string): string => `<${name} style="thin"><color rgb="FF808080"/></${name}>`
const xf = (f: number, fill: number, border: number, align: string, format = 0): string =>
  `<xf numFmtId="${format}" fontId="${f}" fillId="${fill}" borderId="${border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyNumberFormat="1"><alignment ${align}/></xf>`
const STYLES = [
  `<styleSheet ${MAIN}><fonts count="4">${font('仿宋', 10.5)}${font('黑体', 16, '<b/>')}${font('楷体', 9)}${font('黑体', 10.5)}</fonts>`,
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8F0E4"/></patternFill></fill></fills>`,
  `<borders count="2"><border><left/><right/><top/><bottom/></border><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}</border></borders>`,
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">`,
  xf(0, 0, 0, 'vertical="top"'),
  xf(1, 0, 0, 'horizontal="center" vertical="center"'),
  xf(2, 0, 0, 'vertical="top"'),
  xf(3, 2, 1, 'horizontal="center" vertical="center" wrapText="1"'),
  // 49 is text: what is typed into the cell later stays text, too.
  xf(0, 0, 1, 'vertical="top" wrapText="1"', 49),
  xf(0, 0, 1, 'horizontal="right" vertical="top"'),
  `</cellXfs></styleSheet>`,
].join('')
