// A document to look at before it is opened or approved: pictures as they are, workbooks and tables as their first rows, letters as
// text, of a PDF what it is. One HTML page without script; whatever the file holds is text in it.
// Always holds: what is too large to be read for a look is told and not read.

import { html, ownMarkup, type Markup, type Text } from '../../kernel/index.ts'
import { docxBlocks, readCsv, readWorkbook, decodeText, type Sheet } from '../../core/exchange-formats/index.ts'
import { FILE_TYPES, HEAD_BYTES, pdfFacts, type FileType, type StoredFile } from '../../core/files/index.ts'
import { letterBody } from '../../core/letters/index.ts'
import { contentOf, type House } from './open-house.ts'

const MB = 1024 * 1024
/** Larger ones are not opened for a look: reading them keeps others waiting. */
const LOOKED_AT: Partial<Readonly<Record<FileType, number>>> = { xlsx: 4 * MB, docx: 20 * MB, pdf: 100 * MB }
const ROWS = 200
const COLUMNS = 30
const SHEETS = 5

const STYLE = `body{margin:0 auto;max-width:72rem;padding:1rem 1.5rem;font:16px/1.6 "Noto Sans SC","Microsoft YaHei",SimSun,sans-serif;color:#16202a;background:#fff}
img{max-width:100%;height:auto}table{border-collapse:collapse;font-size:.9rem;margin:.5rem 0}td,th{border:1px solid #b9c3cc;padding:.15rem .5rem;text-align:left;vertical-align:top}
.scroll{overflow-x:auto}pre{white-space:pre-wrap;overflow-wrap:anywhere}.center{text-align:center}.end{text-align:right}.note{color:#3d4a56}a{color:#0b5394}a:focus-visible{outline:3px solid #b35900}`

const say = ({ zh, en }: Text): Markup => html`${zh} <span class="note" lang="en">${en}</span>`

/** @param name under which the reader knows the file @param href where its content is had
 *  @returns undefined where it is not stored @throws ProblemError `files.…` where it cannot be read */
export async function filePreview(
  house: Pick<House, 'files'>,
  { hash, name, href }: { readonly hash: string; readonly name: string; readonly href: string },
): Promise<string | undefined> {
  const stored = await house.files.find(hash)
  if (!stored) return undefined
  const { title } = FILE_TYPES[stored.type]
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>${name}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <h1>${name}</h1>
        <p>
          ${say(title)} · ${stored.size} 字节 bytes · <a href="${href}">${say({ zh: '取原件', en: 'the file' })}</a>
        </p>
        <main>${await lookOf(house, stored, { href, name })}</main>
      </body>
    </html>`
  return `${page.markup}\n`
}

async function lookOf(
  house: Pick<House, 'files'>,
  { hash, type, size }: StoredFile,
  { href, name }: { readonly href: string; readonly name: string },
): Promise<Markup> {
  if (type === 'jpeg' || type === 'png') return html`<img src="${href}" alt="${name}" />`
  if (size > (LOOKED_AT[type] ?? Infinity))
    return note({ zh: '文件较大，请取原件查看。', en: 'It is large; open the file itself.' })
  if (type === 'csv' || type === 'text' || type === 'svg') {
    const { head, whole } = await beginning(house, hash)
    return type === 'csv' ? tables(readCsv(head, name).sheets, whole) : words(head, whole)
  }
  if (type !== 'pdf' && type !== 'docx' && type !== 'xlsx')
    return note({ zh: '没有预览。', en: 'There is no preview.' })
  const bytes = await contentOf(house.files, hash)
  if (!bytes) return note({ zh: '没有预览。', en: 'There is no preview.' })
  if (type === 'xlsx') return tables(readWorkbook(bytes, name).sheets, true)
  if (type === 'docx') {
    const blocks = docxBlocks(bytes)
    return blocks ? letterBody(blocks) : note({ zh: '读不出文字。', en: 'Its text cannot be read.' })
  }
  const { pages } = pdfFacts(bytes)
  return note({ zh: `共 ${pages} 页，请取原件查看。`, en: `${pages} pages; open the file itself.` })
}

const note = (t: Text): Markup => html`<p class="note">${say(t)}</p>`
const MORE: Text = { zh: '后面还有，请取原件查看。', en: 'There is more in the file itself.' }

/** As much as is judged by, up to its last whole line. */
async function beginning(
  house: Pick<House, 'files'>,
  hash: string,
): Promise<{ readonly head: Uint8Array; readonly whole: boolean }> {
  const pieces: Uint8Array[] = []
  let have = 0
  for await (const piece of house.files.read(hash)) {
    pieces.push(piece)
    have += piece.length
    if (have > HEAD_BYTES) break
  }
  const all = Buffer.concat(pieces)
  if (all.length <= HEAD_BYTES) return { head: all, whole: true }
  const end = all.lastIndexOf(0x0a, HEAD_BYTES)
  return { head: all.subarray(0, end > 0 ? end + 1 : HEAD_BYTES), whole: false }
}

const words = (head: Uint8Array, whole: boolean): Markup =>
  html`<pre>${decodeText(head) ?? '—'}</pre>
    ${!whole && note(MORE)}`

function tables(sheets: readonly Sheet[], whole: boolean): Markup {
  const seen = sheets.filter((s) => !s.hidden).slice(0, SHEETS)
  if (seen.length === 0) return note({ zh: '读不出内容。', en: 'Its content cannot be read.' })
  return html`${seen.map((sheet) => {
    const rows = Array.from({ length: Math.min(sheet.rows, ROWS) }, (_, r) =>
      Array.from({ length: Math.min(sheet.columns, COLUMNS) }, (__, c) => sheet.cell(r + 1, c + 1)?.text ?? ''),
    )
    return html`<h2>${sheet.name}</h2>
      <div class="scroll">
        <table>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${(sheet.rows > ROWS || sheet.columns > COLUMNS) && note(MORE)}`
  })}
  ${(!whole || sheets.length > SHEETS) && note(MORE)}`
}
