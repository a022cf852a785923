// The diagnosis on one A4 page, for whoever keeps the papers of the house. No script; prints as it stands.

import { html, ownMarkup } from '../../kernel/index.ts'
import type { Diagnosis, Level } from './judge.ts'

export const LEVELS: Readonly<Record<Level, { readonly mark: string; readonly zh: string; readonly en: string }>> = {
  green: { mark: '✓', zh: '正常', en: 'well' },
  yellow: { mark: '!', zh: '留意', en: 'look at it' },
  red: { mark: '✗', zh: '要处理', en: 'to mend' },
}

const STYLE = `@page { size: A4; margin: 14mm }
body { font: 10pt/1.4 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", SimSun, sans-serif; color: #000; max-width: 182mm; margin: 0 auto }
h1 { font-size: 16pt; margin: 0 } p { margin: 1mm 0 3mm } .en { color: #333; font-size: 8.5pt; display: block }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #888; padding: 1mm 1.5mm; text-align: left; vertical-align: top }
th { font-weight: normal; background: #f2f2f2 } tr { break-inside: avoid }
.red td:nth-child(2) { font-weight: bold; background: #fbe3e1 } .yellow td:nth-child(2) { background: #fdf3d6 }`

/** @param name of the house, as its log is called */
export function doctorPage({ at, level, checks }: Diagnosis, name: string): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>系统体检 · ${name}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <h1>系统体检 <small>Health of the system</small></h1>
        <p>${name} · ${at} · ${LEVELS[level].mark} ${LEVELS[level].zh} ${LEVELS[level].en}</p>
        <table>
          <thead>
            <tr>
              <th>项目 What</th>
              <th>状态 State</th>
              <th>情况 Found</th>
              <th>怎么办 What to do</th>
            </tr>
          </thead>
          <tbody>
            ${checks.map(
              (c) =>
                html`<tr class="${c.level}">
                  <td>${c.title.zh}<span class="en">${c.title.en}</span></td>
                  <td>${LEVELS[c.level].mark} ${LEVELS[c.level].zh}<span class="en">${LEVELS[c.level].en}</span></td>
                  <td>${c.said.zh}<span class="en">${c.said.en}</span></td>
                  <td>${c.hint?.zh ?? ''}<span class="en">${c.hint?.en ?? ''}</span></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </body>
    </html> `.markup
}
