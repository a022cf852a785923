// The letters that come along with the program, as Word templates: an office uses one as it is, or takes the file, changes it in its
// own Word and registers what it made. Layout after GB/T 9704-2012 (margins 37/28/35/26 mm, title 22 pt, text 16 pt, 28 pt a line).
// Always holds: a built-in template is read by the same reader as an office's own, and the same bytes are written every time.

import { escapeText, type Text } from '../../kernel/index.ts'
import { writeZip } from '../exchange-formats/index.ts'

export interface BuiltInLetter {
  readonly title: Text
  readonly bytes: Uint8Array
}

interface Line {
  readonly text: string
  readonly align?: 'center' | 'right'
  readonly points?: number
  readonly font?: 'title' | 'text'
  readonly red?: true
  /** A line below it, as under the name at the head of a letter. */
  readonly ruled?: true
  /** Indented by two characters, as running text is. */
  readonly indent?: true
  readonly before?: number
}

/** Chinese faces of official letters, each with what stands in where an office has none. */
const FACES = { title: '方正小标宋简体', text: '仿宋' } as const
const LINE_TWIPS = 560
/** Two characters of 16 points. */
const INDENT_TWIPS = 640

const lineXml = (l: Line): string => {
  const size = (l.points ?? 16) * 2
  const face = FACES[l.font ?? 'text']
  return [
    '<w:p><w:pPr>',
    l.ruled ? '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="C00000"/></w:pBdr>' : '',
    `<w:spacing w:before="${l.before ?? 0}" w:after="0" w:line="${LINE_TWIPS}" w:lineRule="${(l.points ?? 16) > 22 ? 'auto' : 'exact'}"/>`,
    l.indent ? `<w:ind w:firstLine="${INDENT_TWIPS}"/>` : '',
    l.align ? `<w:jc w:val="${l.align}"/>` : '',
    '</w:pPr><w:r><w:rPr>',
    `<w:rFonts w:ascii="${face}" w:hAnsi="${face}" w:eastAsia="${face}"/>`,
    l.red ? '<w:color w:val="C00000"/>' : '',
    `<w:sz w:val="${size}"/>`,
    `</w:rPr><w:t xml:space="preserve">${escapeText(l.text)}</w:t></w:r></w:p>`,
  ].join('')
}

function wordFile(lines: readonly Line[]): Uint8Array {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.map(lineXml).join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  }
  const bytes = new TextEncoder()
  return writeZip(new Map(Object.entries(parts).map(([name, xml]) => [name, bytes.encode(head + xml)])))
}

/** 催报: to an office that is late. Every word of it is a field, so nothing stands in it that nobody said. */
const reminder = (): Uint8Array =>
  wordFile([
    { text: '{发文机关}', align: 'center', points: 30, font: 'title', red: true, ruled: true },
    { text: '{发文字号}', align: 'right', before: 240 },
    { text: '{标题}', align: 'center', points: 22, font: 'title', before: 560 },
    { text: '{主送}：', before: 560 },
    { text: '{#正文}' },
    { text: '{段}', indent: true },
    { text: '{/正文}' },
    { text: '{落款}', align: 'right', before: 1120 },
    { text: '{日期|日期}', align: 'right' },
    { text: '（联系人：{联系人}，电话：{电话}）', indent: true, before: 560 },
  ])

const LETTERS: Readonly<Record<string, { readonly title: Text; readonly write: () => Uint8Array }>> = {
  reminder: { title: { zh: '催报函', en: 'reminder letter' }, write: reminder },
}

/** @param id `reminder` */
export function findBuiltIn(id: string): BuiltInLetter | undefined {
  const found = Object.hasOwn(LETTERS, id) ? LETTERS[id] : undefined
  return found && { title: found.title, bytes: found.write() }
}
