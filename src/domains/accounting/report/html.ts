// A report as one self-contained HTML page: inline style and SVG, no script, nothing fetched.
// Always holds: all text passes the escaping template; the page reads in order without style, and prints on A4.

import { fill, type Lang } from '../../../kernel/index.ts'
import type { Block, Cell, Column, HtmlOptions, Picture, ReportDocument, Row, Run, TableBlock } from './document.ts'
import { html, ownMarkup, type Markup } from './html-template.ts'
import { styleSheet } from './html-style.ts'
import { grouped, numbered, type Numbered } from './numbering.ts'

const WORDS = {
  skip: { zh: '跳到正文', en: 'Skip to the report' },
  files: { zh: '其他文件', en: 'Other files' },
  contents: { zh: '目录', en: 'Contents' },
  code: { zh: '凭证码 {code}', en: 'passport code {code}' },
} as const

interface Pen {
  readonly lang: Lang
  readonly codeHref?: (code: string) => string
}

/** The whole page. */
export function renderHtml(doc: ReportDocument, options: HtmlOptions = {}): string {
  const pen: Pen = { lang: doc.lang, ...(options.codeHref ? { codeHref: options.codeHref } : {}) }
  const blocks = numbered(doc.blocks, doc.lang)
  const headings = blocks.filter((n) => n.block.kind === 'heading' && n.block.level < 3)
  const page = html`<!doctype html>
    <html lang="${pageLang(doc.lang)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${doc.title}</title>
        <style>
          ${ownMarkup(styleSheet(doc.fonts, doc.lang, doc.marks.length === 0 ? undefined : doc.marks.join(' · ')))}
        </style>
      </head>
      <body class="${doc.lang}">
        <a class="skip" href="#report">${WORDS.skip[doc.lang]}</a>
        <div class="mark" aria-hidden="true"></div>
        <header class="bar">
          <strong>${doc.title}</strong><span class="badge">${doc.status}</span>
          ${doc.marks.filter((m) => m !== doc.status).map((m) => html`<span class="badge">${m}</span>`)}
          ${
            options.links &&
            html`<nav class="files" aria-label="${WORDS.files[doc.lang]}">
              ${options.links.map((l) => html`<a href="${encodeURI(safeHref(l.href))}" lang="${l.lang ?? pageLang(doc.lang)}">${l.text}</a> `)}
            </nav>`
          }
        </header>
        <div class="frame">
          <nav class="contents" aria-label="${WORDS.contents[doc.lang]}">
            <ol>
              ${headings.map((n) => contentsLine(n))}
            </ol>
          </nav>
          <main id="report" tabindex="-1">${cover(doc)} ${sheets(blocks, pen)}</main>
        </div>
      </body>
    </html>`
  return page.markup
}

const pageLang = (lang: Lang): string => (lang === 'zh' ? 'zh-CN' : 'en')

function contentsLine(n: Numbered): Markup {
  if (n.block.kind !== 'heading') return html``
  return html`<li class="${n.block.level === 1 ? '' : 'deep'}">
    <a href="#${n.anchor}">${headingText(n)}</a>
  </li>`
}

const headingText = (n: Numbered): string =>
  n.block.kind !== 'heading' ? '' : /^[0-9.]+$/.test(n.number) ? `${n.number} ${n.block.text}` : n.number + n.block.text

function cover(doc: ReportDocument): Markup {
  return html`<section class="cover">
    <h1>${doc.title}</h1>
    ${doc.subtitle !== undefined && html`<p class="subtitle">${doc.subtitle}</p>`}
    <dl>
      ${doc.coverLines.map(
        (l) =>
          html`<dt>${l.label}</dt>
            <dd>${l.value ?? html`<span class="hand">&nbsp;</span>`}</dd>`,
      )}
    </dl>
    ${doc.coverNotes?.map((s) => html`<p class="note">${s}</p>`)}
  </section>`
}

/** Blocks between page breaks are sheets, so that paper can turn to landscape for wide tables. */
function sheets(all: readonly Numbered[], pen: Pen): readonly Markup[] {
  const parts: { landscape: boolean; blocks: Numbered[] }[] = [{ landscape: false, blocks: [] }]
  for (const n of all)
    if (n.block.kind === 'page-break') parts.push({ landscape: n.block.next === 'landscape', blocks: [] })
    else parts.at(-1)!.blocks.push(n)
  return parts
    .filter((p) => p.blocks.length > 0)
    .map(
      (p) =>
        html`<div class="sheet${p.landscape ? ' landscape' : ''}">
          ${grouped(p.blocks).map((g) =>
            g.length > 1
              ? html`<div class="halves">${g.map((n) => blockMarkup(n, pen))}</div>`
              : blockMarkup(g[0]!, pen),
          )}
        </div>`,
    )
}

function blockMarkup(n: Numbered, pen: Pen): Markup {
  const b: Block = n.block
  switch (b.kind) {
    case 'heading':
      return b.level === 1
        ? html`<h2 id="${n.anchor}">${headingText(n)}</h2>`
        : b.level === 2
          ? html`<h3 id="${n.anchor}">${headingText(n)}</h3>`
          : html`<h4 id="${n.anchor}">${headingText(n)}</h4>`
    case 'paragraph':
      return html`<p class="${b.style ?? 'body'}">${b.runs.map((r) => run(r, pen))}</p>`
    case 'list': {
      const items = b.items.map((i) => html`<li>${i.map((r) => run(r, pen))}</li>`)
      return b.ordered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`
    }
    case 'key-values':
      return html`<dl class="pairs">
        ${b.pairs.map(
          (p) =>
            html`<dt>${p.key}</dt>
              <dd>${p.value.map((r) => run(r, pen))}</dd>`,
        )}
      </dl>`
    case 'table':
      return table(b, n, pen)
    case 'formula':
      return html`<div class="formula">
        <code>${b.text}</code>
        ${
          b.legend.length > 0 &&
          html`<dl>
            ${b.legend.map(
              (l) =>
                html`<dt>${l.symbol}</dt>
                  <dd>${l.text}${l.unit !== undefined && html` <span class="quiet">(${l.unit})</span>`}</dd>`,
            )}
          </dl>`
        }
      </div>`
    case 'chart':
    case 'map':
      return picture(b, n)
    case 'stamp-box':
      return html`<div class="stamps">
        ${b.boxes.map(
          (box) =>
            html`<div class="stamp">
              <p class="title">${box.title}</p>
              ${box.lines.map(
                (l) =>
                  html`<p>
                    ${l.label}${pen.lang === 'zh' ? '：' : ': '}${l.value ?? html`<span class="hand">&nbsp;</span>`}
                  </p>`,
              )}
              ${box.stamp !== undefined && html`<p class="seal">${box.stamp}</p>`}
            </div>`,
        )}
      </div>`
    case 'callout':
      return html`<aside class="callout ${b.tone}" aria-label="${b.title}">
        <p class="title">${b.title}</p>
        <ul>
          ${b.lines.map((l) => html`<li>${l.map((r) => run(r, pen))}</li>`)}
        </ul>
      </aside>`
    case 'page-break':
      return html``
    default:
      return b satisfies never
  }
}

function run(r: Run, pen: Pen): Markup {
  if ('code' in r) return html` ${code(r.code, pen)} `
  if (r.bold) return html`<strong>${r.text}</strong>`
  return r.quiet ? html`<span class="quiet">${r.text}</span>` : html`${r.text}`
}

function code(c: string, pen: Pen): Markup {
  const label = fill(WORDS.code[pen.lang], { code: c })
  return pen.codeHref
    ? html`<a class="code" href="${safeHref(pen.codeHref(c))}" title="${label}">${c}</a>`
    : html`<span class="code">${c}</span>`
}

/** A link may go to a page or an anchor, never to a script. */
const safeHref = (href: string): string => (/^\s*(?:javascript|data|vbscript):/i.test(href) ? '#' : href)

function table(t: TableBlock, n: Numbered, pen: Pen): Markup {
  const caption = `${n.number} ${t.caption}`
  const rowHeads = t.rowHeads ?? 1
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
      <table class="${t.codes ?? 'beside'}" id="${n.anchor}">
        <caption>
          ${caption}
        </caption>
        <thead>
          ${t.headRows?.map(
            (row) =>
              html`<tr>
                ${row.map((h) =>
                  h.text === ''
                    ? html`<td colspan="${h.span}"></td>`
                    : html`<th colspan="${h.span}" scope="colgroup">${h.text}</th>`,
                )}
              </tr>`,
          )}
          <tr>
            ${t.columns.map(
              (c) =>
                html`<th scope="col">
                  ${c.title}${c.unit !== undefined && html`<span class="unit">${c.unit}</span>`}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${t.rows.map((r) => tableRow(r, t.columns, rowHeads, pen))}
        </tbody>
      </table>
    </div>
    ${t.note !== undefined && html`<p class="note">${t.note}</p>`}`
}

function tableRow(r: Row, columns: readonly Column[], rowHeads: number, pen: Pen): Markup {
  if (r.kind === 'group')
    return html`<tr class="group">
      <th colspan="${columns.length}" scope="colgroup">${r.cells[0]?.text}</th>
    </tr>`
  return html`<tr class="${r.kind ?? ''}">
    ${r.cells.map((c, i) => {
      const kind = cellClass(c, columns[i]!)
      const pad = i === 0 && r.depth ? html` style="padding-left:${r.depth + 0.5}em"` : undefined
      return i < rowHeads
        ? html`<th scope="row" class="${kind}" ${pad}>${cellContent(c, pen)}</th>`
        : html`<td class="${kind}">${cellContent(c, pen)}</td>`
    })}
  </tr>`
}

const ALIGN = { left: '', center: 'mid', right: 'num' } as const

const cellClass = (c: Cell, column: Column): string =>
  [ALIGN[column.align], c.emphasis ?? '', c.status ? `st-${c.status}` : ''].filter((s) => s !== '').join(' ')

const cellContent = (c: Cell, pen: Pen): Markup => html`${c.text}${c.code !== undefined && code(c.code, pen)}`

function picture(p: Picture, n: Numbered): Markup {
  return html`<figure id="${n.anchor}" aria-label="${p.alt}">
    ${ownMarkup(p.svg)}
    <figcaption>${n.number} ${p.caption}</figcaption>
    ${p.note !== undefined && html`<p class="note">${p.note}</p>`}
  </figure>`
}
