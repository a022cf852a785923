// What the public pages of notices look like: one HTML frame without script, Chinese with English beside it, and the frame of the
// copy for the village board in large type. Pure.

import { html, ownMarkup, type Markup, type Piece } from '../../kernel/index.ts'

export const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;background:#fff;color:#16202a;font:17px/1.7 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:52rem;margin:0 auto;padding:1rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.4}h2{font-size:1.15rem;margin-top:2rem}
a{color:#0b5394}a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid #0b5394;outline-offset:2px}
.en{color:#4a5866;font-size:.88em}.state{border-left:.35rem solid #2f7d4f;background:#eef6f0;padding:.6rem .8rem}
.state.over{border-color:#6b7680;background:#f1f3f5}.wrong{border-left:.35rem solid #b3261e;background:#fcecea;padding:.6rem .8rem}
.text{white-space:pre-line}dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem}dt{color:#4a5866}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border:1px solid #b7c0c8;padding:.35rem .6rem;text-align:left}
th{background:#f1f3f5}label{display:block;margin-top:1rem;font-weight:600}
input,textarea{font:inherit;width:100%;padding:.5rem;border:1px solid #6b7680;border-radius:.25rem}
button{font:inherit;margin-top:1.2rem;padding:.6rem 1.6rem;border:0;border-radius:.25rem;background:#0b5394;color:#fff}
.code{font:600 1.3rem/1.6 ui-monospace,monospace;overflow-wrap:anywhere}`

/** For the board: read standing, from two paces away, by people who are not young. */
export const PRINT_STYLE = `@page{size:A4;margin:16mm}*{box-sizing:border-box}
body{margin:0 auto;max-width:190mm;color:#000;background:#fff;font:20pt/1.6 "Noto Sans SC","SimSun",serif}
h1{font-size:44pt;letter-spacing:.3em;text-align:center;margin:0 0 6mm;padding-left:.3em}
h2{font-size:26pt;line-height:1.35;text-align:center;text-wrap:balance;margin:0 0 6mm}
.text{white-space:pre-line;text-indent:0}table{border-collapse:collapse;width:100%;font-size:18pt;margin:5mm 0}
th,td{border:1.2pt solid #000;padding:2mm 3mm;text-align:left}thead{display:table-header-group}tr{break-inside:avoid}
.days{border:2pt solid #000;padding:4mm 5mm;margin:5mm 0;break-inside:avoid}.foot{display:flex;gap:8mm;align-items:flex-start;break-inside:avoid}
.foot svg{width:38mm;height:38mm;flex:none}.foot p{margin:0 0 2mm;font-size:16pt;overflow-wrap:anywhere}
.seal{text-align:right;margin-top:12mm;break-inside:avoid}.void{font-size:30pt;text-align:center;border:3pt solid #000}`

/** Chinese, with English beside it. */
export const say = (zh: string, en: string): Markup => html`${zh} <span class="en" lang="en">${en}</span>`

export function page(title: string, content: Piece, style = STYLE): string {
  const body = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <style>
          ${ownMarkup(style)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`
  return `${body.markup}\n`
}
