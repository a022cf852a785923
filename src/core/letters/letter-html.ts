// A letter as one HTML page for printing where there is no Word, and for looking at a document: text, headings, tables, no script.

import { html, type Markup } from '../../kernel/index.ts'
import type { DocxBlock, DocxRun } from '../exchange-formats/index.ts'

/** Nesting deeper than this is no table anybody drew. */
const DEEPEST = 8

const runOf = ({ text, bold }: DocxRun): Markup => {
  const lines = text.split('\n').flatMap((line, i) => [i > 0 && html`<br />`, line])
  return bold ? html`<b>${lines}</b>` : html`${lines}`
}

function blockOf(block: DocxBlock, depth: number): Markup | undefined {
  if (block.kind === 'table') {
    if (depth >= DEEPEST) return undefined
    return html`<table>
      <tbody>
        ${block.rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell.map((b) => blockOf(b, depth + 1))}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`
  }
  const runs = block.runs.map(runOf)
  const side = block.align
  if (block.heading === 1) return html`<h1 class="${side}">${runs}</h1>`
  if (block.heading > 1) return html`<h2 class="${side}">${runs}</h2>`
  return html`<p class="${side}">${runs}</p>`
}

/** The body of a page; whoever shows it brings the style. */
export const letterBody = (blocks: readonly DocxBlock[]): Markup => html`${blocks.map((b) => blockOf(b, 0))}`

/** @param title of the page, as the browser prints it at its head */
export function letterPage(title: string, blocks: readonly DocxBlock[]): string {
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          @page {
            size: A4;
            margin: 25mm 26mm;
          }
          body {
            margin: 0 auto;
            max-width: 160mm;
            font:
              16pt/1.75 FangSong,
              STFangsong,
              'Noto Serif CJK SC',
              'Noto Sans SC',
              serif;
            color: #000;
          }
          h1 {
            font-size: 22pt;
          }
          h2 {
            font-size: 16pt;
          }
          p {
            margin: 0;
            min-height: 1.75em;
            white-space: pre-wrap;
          }
          .center {
            text-align: center;
          }
          .end {
            text-align: right;
          }
          table {
            border-collapse: collapse;
            width: 100%;
            font-size: 12pt;
          }
          td {
            border: 1px solid #000;
            padding: 1mm 2mm;
            vertical-align: top;
          }
          tr {
            break-inside: avoid;
          }
        </style>
      </head>
      <body>
        ${letterBody(blocks)}
      </body>
    </html>`
  return `${page.markup}\n`
}
