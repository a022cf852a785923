// The frame of public pages: one HTML file with its own style, without script, Chinese with English beside it.

import { html, ownMarkup, type Markup, type Text } from '../../../kernel/index.ts'

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1rem 1.5rem 3rem;font:16px/1.6 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;color:#16202a;background:#fff}
h1{font-size:1.7rem;line-height:1.3;margin:.5rem 0 0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #1f5c3a}
.en{color:#3d4a56;font-size:.88em}h1 .en,h2 .en{display:block;font-weight:400}a{color:#0b5394}
.badge{display:inline-block;border:1px solid #1f5c3a;color:#164529;background:#eef6f0;padding:0 .6rem;border-radius:3px}
.warn{border:2px solid #8a4b00;background:#fff7e8;color:#4d2a00;padding:.5rem .8rem;margin:.8rem 0}
.big{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}.big div{flex:1 1 18rem;border:1px solid #b9c3cc;padding:.6rem .9rem}
.big b{display:block;font-size:1.8rem;line-height:1.3}table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.3rem 0;font-size:.88rem}th,td{border:1px solid #b9c3cc;padding:.25rem .5rem;text-align:left;vertical-align:top}
thead th{background:#e7efe9}td.n,th.n{text-align:right}tr.sum td,tr.sum th{font-weight:700;background:#f4f7f5}td small{color:#3d4a56;white-space:nowrap}
.scroll{overflow-x:auto}figure{margin:1rem 0}svg{max-width:100%;height:auto}dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem 1rem}
dt{color:#3d4a56}dd{margin:0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f8;border:1px solid #c5ced6;padding:.6rem;font-size:.8rem}
a:focus-visible{outline:3px solid #b35900;outline-offset:2px}
@page{size:A4;margin:16mm 14mm}@media print{body{max-width:none;padding:0;font-size:10pt;line-height:1.4}table{font-size:8.5pt}h2{margin-top:1.2rem}
h2,tr,figure,pre{break-inside:avoid}h2{break-after:avoid}}`

export const both = (t: Text): Markup => html`${t.zh} <span class="en" lang="en">${t.en}</span>`
export const say = (zh: string, en: string): Markup => both({ zh, en })
export const heading = (zh: string, en: string): Markup => html`<h2>${say(zh, en)}</h2>`

/** A page of its own: nothing in it comes from elsewhere. @param title plain text */
export const publicDocument = (title: string, body: Markup): string =>
  `${
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>${title}</title>
          <style>
            ${ownMarkup(STYLE)}
          </style>
        </head>
        <body>
          ${body}
        </body>
      </html>`.markup
  }\n`
