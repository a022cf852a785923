// The first page of a report folder: which account this is, its total, and every file of the folder with its size.
// Serves whoever opens the folder or the served address. Always holds: relative links only, no script, Chinese first.

import { convert, text, type Text } from '../../kernel/index.ts'
import { indexFigures, valueKey } from './figure-key.ts'
import { STATUS_TEXT, type Account, type Basis } from './model.ts'
import { fixedText, html, ownMarkup, type Markup } from './report/index.ts'

export interface StartFile {
  /** Below the folder; `maps/land-cover.png`. */
  readonly name: string
  readonly bytes: number
  readonly title: Text
  /** What one does with it. */
  readonly use: Text
}

const STYLE = `
:root{color-scheme:light;font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;line-height:1.6;color:#16202a;background:#eef1f3}
*{box-sizing:border-box}
body{margin:0}
main{max-width:62rem;margin:0 auto;min-height:100vh;padding:2rem 2.5rem;background:#fff;border:solid #c5ced6;border-width:0 1px}
h1{font-size:1.9rem;line-height:1.3;margin:0}
h2{font-size:1.2rem;border-bottom:2px solid #1f5c3a;padding-bottom:.2rem;margin:1.8rem 0 .4rem}
p{margin:.3rem 0}
.en{color:#4c5864;font-size:.9em}
.badge{border:1px solid #8a4b00;color:#6b3a00;background:#fff7e8;padding:0 .5rem;border-radius:3px;font-size:.9rem;margin-right:.5rem}
.totals{display:flex;gap:1rem;flex-wrap:wrap;margin:1.2rem 0 0;padding:0}
.totals div{flex:1 1 16rem;border:1px solid #c5ced6;border-left:6px solid #1f5c3a;padding:.6rem 1rem;background:#f5f8f6}
.totals dt{color:#37424d}
.totals dd{margin:0;font-size:1.6rem;font-weight:700;font-variant-numeric:tabular-nums}
.totals .unit{font-size:1rem;font-weight:400}
.totals .code{font-size:.85rem;font-weight:400;font-family:ui-monospace,Menlo,Consolas,monospace}
a{color:#0b5394}
a:focus-visible{outline:3px solid #b35900;outline-offset:2px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid #d5dce2;font-weight:400}
thead th{color:#37424d;font-size:.9rem}
tbody th a{font-weight:700}
.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
@page{size:A4;margin:18mm}
@media print{:root{background:none}main{border:0;padding:0;max-width:none;min-height:0}a{color:inherit}}
`

/** @param passports address of the page behind the codes */
export function startPage(account: Account, files: readonly StartFile[], passports: string): string {
  const { head } = account
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${head.title.zh} · ${head.title.en}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${head.title.zh}</h1>
          <p class="en" lang="en">${head.title.en}</p>
          <p>
            <span class="badge">${STATUS_TEXT[head.status].zh} ${STATUS_TEXT[head.status].en}</span>
            ${head.sample && html`<span class="badge">示范数据 Sample data</span>`} ${head.setTitle.zh}
            <span class="en" lang="en">${head.setTitle.en}</span>
          </p>
          <dl class="totals">
            ${total(account, 'constant', text(`GEP，不变价 ${head.priceYear}（考核口径）`, `GEP at constant prices of ${head.priceYear}`), passports)}
            ${total(account, 'current', text(`GEP，现价 ${head.year}（贡献口径）`, `GEP at current prices of ${head.year}`), passports)}
          </dl>
          <h2>文件 <span class="en" lang="en">Files</span></h2>
          <table>
            <thead>
              <tr>
                <th scope="col">文件 File</th>
                <th scope="col">用处 What it is for</th>
                <th scope="col" class="num">大小 Size</th>
              </tr>
            </thead>
            <tbody>
              ${files.map(fileRow)}
            </tbody>
          </table>
        </main>
      </body>
    </html>`.markup
}

function total(account: Account, basis: Basis, title: Text, passports: string): Markup | undefined {
  const figure = indexFigures(account).find(valueKey(basis, account.head.region))
  if (!figure) return undefined
  return html`<div>
    <dt>${title.zh}<br /><span class="en" lang="en">${title.en}</span></dt>
    <dd>
      ${fixedText(convert(figure.quantity, '亿元').value, 4)} <span class="unit">亿元</span>
      <a class="code" href="${passports}#${figure.code}">${figure.code}</a>
    </dd>
  </div>`
}

function fileRow(f: StartFile): Markup {
  return html`<tr>
    <th scope="row">
      <a href="${f.name.split('/').map(encodeURIComponent).join('/')}">${f.title.zh}</a><br /><span class="en"
        >${f.name}</span
      >
    </th>
    <td>${f.use.zh}<br /><span class="en" lang="en">${f.title.en}: ${f.use.en}</span></td>
    <td class="num">${sizeText(f.bytes)}</td>
  </tr>`
}

/** `812 kB`, `9.8 MB`: thousands of bytes, one decimal above a million. */
export const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
