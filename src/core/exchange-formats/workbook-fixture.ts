// Workbooks made for tests from raw parts, so that a test can write what no library would.

import { strToU8 } from 'fflate'
import { writeZip } from './zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface FixtureSheet {
  readonly name: string
  /** Content of `<sheetData>`. */
  readonly data: string
  /** Elements after `<sheetData>`. */
  readonly after?: string
  readonly state?: string
}

export interface Fixture {
  readonly sheets: readonly FixtureSheet[]
  /** `<si>` elements. */
  readonly strings?: string
  /** Children of `<styleSheet>`. */
  readonly styles?: string
  readonly workbookPr?: string
  /** Further parts by name. */
  readonly parts?: Readonly<Record<string, Uint8Array>>
  /** Further relationships of the workbook. */
  readonly relationships?: string
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

export function workbookParts(fixture: Fixture): Map<string, Uint8Array> {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`
  const parts = new Map<string, string>()
  parts.set(
    '_rels/.rels',
    `${XML}<Relationships xmlns="${PACKAGE}">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  )
  parts.set(
    'xl/workbook.xml',
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}">${fixture.workbookPr ?? ''}<sheets>${fixture.sheets
      .map(
        (s, i) =>
          `<sheet name="${s.name}" sheetId="${i + 1}" ${s.state ? `state="${s.state}" ` : ''}r:id="s${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
  )
  parts.set(
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${PACKAGE}">${fixture.sheets
      .map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join('')}${fixture.strings === undefined ? '' : relation('t', 'sharedStrings', 'sharedStrings.xml')}${
      fixture.styles === undefined ? '' : relation('y', 'styles', 'styles.xml')
    }${fixture.relationships ?? ''}</Relationships>`,
  )
  for (const [i, s] of fixture.sheets.entries())
    parts.set(
      `xl/worksheets/sheet${i + 1}.xml`,
      `${XML}<worksheet xmlns="${MAIN}"><sheetData>${s.data}</sheetData>${s.after ?? ''}</worksheet>`,
    )
  if (fixture.strings !== undefined)
    parts.set('xl/sharedStrings.xml', `${XML}<sst xmlns="${MAIN}">${fixture.strings}</sst>`)
  if (fixture.styles !== undefined)
    parts.set('xl/styles.xml', `${XML}<styleSheet xmlns="${MAIN}">${fixture.styles}</styleSheet>`)
  const bytes = new Map<string, Uint8Array>([...parts].map(([name, text]) => [name, strToU8(text)]))
  for (const [name, part] of Object.entries(fixture.parts ?? {})) bytes.set(name, part)
  return bytes
}

export const workbookBytes = (fixture: Fixture): Uint8Array => writeZip(workbookParts(fixture))

/** A workbook of one sheet, cells given as inline texts and numbers. */
export function plainWorkbook(
  rows: readonly (readonly (string | number | null)[])[],
  merges: readonly string[] = [],
): Uint8Array {
  const escape = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const data = rows
    .map((row, r) => {
      const cells = row.map((v, c) => {
        const at = `${String.fromCharCode(65 + c)}${r + 1}`
        if (v === null) return ''
        return typeof v === 'number'
          ? `<c r="${at}"><v>${v}</v></c>`
          : `<c r="${at}" t="inlineStr"><is><t>${escape(v)}</t></is></c>`
      })
      return `<row r="${r + 1}">${cells.join('')}</row>`
    })
    .join('')
  const after =
    merges.length === 0 ? '' : `<mergeCells>${merges.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>`
  return workbookBytes({ sheets: [{ name: '表', data, after }] })
}

/** The beginning of a compound file (MS-CFB) with a directory that names the given streams. */
export function compoundFile(streams: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 3)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  for (const [i, name] of ['Root Entry', ...streams].entries())
    for (let c = 0; c < name.length; c++)
      new DataView(bytes.buffer).setUint16(1024 + i * 128 + c * 2, name.charCodeAt(c), true)
  return bytes
}
