// The frame of every page of a copy: one file, no script, no word to any host, plain on a screen of 1366 pixels and on A4.

import { html, ownMarkup, type Markup, type Piece } from '../../../kernel/index.ts'

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
html{background:#eef1f3}
body{margin:0 auto;max-width:1100px;background:#fff;color:#16202a;padding:1.5rem 2.25rem;font:15px/1.6 FangSong,STFangsong,'Noto Serif CJK SC',SimSun,serif}
h1,h2,th,dt,nav{font-family:SimHei,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;font-weight:600}
h1{font-size:1.6rem;line-height:1.35;margin:.2em 0 .6em}
h2{font-size:1.15rem;margin:1.6em 0 .5em;border-bottom:2px solid #1f5c3a;padding-bottom:.15rem}
.en{color:#4c5864;font-size:.86em}
h1 .en,h2 .en{font-weight:400;margin-left:.6em}
th .en{display:block;font-weight:400}
a{color:#0b5394}
a:focus-visible{outline:3px solid #b35900;outline-offset:2px}
nav{font-size:.9rem;margin-bottom:.5rem}
nav a{margin-right:1.2em}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.2rem;margin:.6rem 0}
dd{margin:0;overflow-wrap:anywhere}
dd,td{white-space:pre-wrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.45;font-variant-numeric:tabular-nums}
th,td{border:1px solid #b9c3cc;padding:.28rem .5rem;vertical-align:top;text-align:left;overflow-wrap:break-word}
thead th{background:#e7efe9;text-align:center;vertical-align:middle;white-space:nowrap}
.num{text-align:right;white-space:nowrap}
.tight{white-space:nowrap}
.mono,pre{font-family:Consolas,'Noto Sans Mono CJK SC',monospace;font-size:.82rem;overflow-wrap:anywhere}
pre{white-space:pre-wrap;background:#f5f8f6;border-left:4px solid #1f5c3a;padding:.5rem .8rem;margin:.5rem 0}
.note{color:#37424d;font-size:.9rem}
.warn{border-left:5px solid #b35900;background:#fffaf2;padding:.3rem .8rem;margin:.7rem 0}
.struck{text-decoration:line-through}
@page{size:A4 portrait;margin:16mm 14mm}
@media print{html{background:none}body{padding:0;max-width:none;font-size:10pt}nav{display:none}.scroll{overflow:visible}
table{font-size:8pt}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}a{color:inherit;text-decoration:none}
th,td{padding:.12rem .3rem}thead th{white-space:normal}.wide{font-size:7pt}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`

/** Chinese with its English beside it. */
export const both = (zh: string, en: string): Markup => html`${zh}<span class="en" lang="en">${en}</span>`

export function page(title: string, body: Piece): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup
}

/** A row of a list of pairs. */
export const pair = (zh: string, en: string, value: Piece): Markup =>
  html`<dt>${both(zh, ` ${en}`)}</dt>
    <dd>${value}</dd>`

export interface Heading {
  readonly zh: string
  readonly en: string
}

/** @param classes one a column */
export const grid = (
  headings: readonly Heading[],
  rows: readonly (readonly Piece[])[],
  classes: readonly string[] = [],
): Markup => html`<div class="scroll"><table${ownMarkup(headings.length > 7 ? ' class="wide"' : '')}>
<thead><tr>${headings.map((h) => html`<th>${both(h.zh, h.en)}</th>`)}</tr></thead>
<tbody>${rows.map(
  (r) =>
    html`<tr>
      ${r.map((c, i) => html`<td class="${classes[i] ?? ''}">${c}</td>`)}
    </tr> `,
)}</tbody></table></div>`
