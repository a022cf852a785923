// The reviewer's opinion on paper: the account, what was decided, the figures that want a look with their ground, the comments with
// their answers, the changed parameters, a place to sign. One HTML file for A4, Chinese with English beside it. Pure.

import { html, ownMarkup, type Markup, type Text } from '../../../kernel/index.ts'
import { STATUS_TEXT, type Status } from '../model.ts'

export interface OpinionAccount {
  readonly number: string
  readonly version: string
  readonly title: Text
  readonly place: string
  readonly year: number
  readonly status: Status
  readonly packageId: string
  readonly engine: string
  readonly gepConstant?: string
  readonly gepCurrent?: string
  readonly registeredBy: string
  readonly registered: string
}

export interface OpinionFigure {
  readonly rank: string
  readonly code: string
  readonly title: Text
  readonly value: string
  readonly unit: string
  readonly share: string
  readonly weakness: string
  readonly why: Text
}

export interface OpinionComment {
  readonly code: string
  readonly title: Text
  readonly text: string
  readonly by: string
  readonly role: string
  readonly recorded: string
  readonly status: Text
  readonly answers: readonly {
    readonly text: string
    readonly by: string
    readonly role: string
    readonly recorded: string
  }[]
}

export interface OpinionDecision {
  readonly title: Text
  readonly status: Text
  readonly asked: string
  readonly decided?: string
  readonly by?: string
  readonly remarks?: string
}

export interface Opinion {
  readonly account: OpinionAccount
  readonly weakest: readonly OpinionFigure[]
  readonly comments: readonly OpinionComment[]
  readonly decisions: readonly OpinionDecision[]
}

const STYLE = `@page{size:A4;margin:18mm 16mm}
body{font:11pt/1.5 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;color:#000;background:#fff;max-width:178mm;margin:0 auto}
h1{font-size:18pt;margin:0 0 2mm;border-bottom:2px solid #000}h2{font-size:12.5pt;margin:6mm 0 1mm}.en{color:#333;font-size:9pt}
table{border-collapse:collapse;width:100%;font-size:9.5pt}th,td{border:1px solid #000;padding:1mm 1.6mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;background:#f2f2f2}td.n{text-align:right;white-space:nowrap}tr,li,article{break-inside:avoid}article{border:1px solid #666;padding:1.5mm 3mm;margin:2mm 0}
article p{margin:.5mm 0}blockquote{margin:1mm 0 1mm 5mm;border-left:2px solid #666;padding-left:3mm}.sign td{height:18mm;width:33%}`

const both = (t: Text): Markup => html`${t.zh} <span class="en" lang="en">${t.en}</span>`
const say = (zh: string, en: string): Markup => both({ zh, en })

export function reviewOpinionPage({ account: a, weakest, comments, decisions }: Opinion): string {
  const pair = (zh: string, en: string, value: string | Markup | undefined): Markup | false =>
    value !== undefined &&
    html`<tr>
      <th scope="row">${say(zh, en)}</th>
      <td>${value}</td>
    </tr>`
  const body = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>评审意见 ${a.number}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${say('评审意见', 'Opinion of the review')}</h1>
          <table>
            <tbody>
              ${pair('核算', 'account', both(a.title))}
              ${pair('核算号与版本', 'number, version', `${a.number} / ${a.version}`)}
              ${pair('地区与年份', 'region, year', `${a.place} / ${a.year}`)}
              ${pair('状态', 'status', both(STATUS_TEXT[a.status]))}
              ${pair('GEP（考核口径）', 'GEP, assessment basis', a.gepConstant && `${a.gepConstant} 元`)}
              ${pair('GEP（贡献口径）', 'GEP, contribution basis', a.gepCurrent && `${a.gepCurrent} 元`)}
              ${pair('登记', 'registered', `${a.registeredBy}，${a.registered}`)}
              ${pair('核算包', 'package', a.packageId)} ${pair('引擎', 'engine', a.engine)}
            </tbody>
          </table>
          <h2>${say('审定经过', 'Decisions')}</h2>
          ${decided(decisions)}
          <h2>${say('最该看的数', 'Figures that want a look')}</h2>
          ${weak(weakest)}
          <h2>${say('批注与答复', 'Comments and answers')}</h2>
          ${comments.length === 0 ? html`<p>${say('没有批注。', 'No comments.')}</p>` : comments.map(comment)}
          <h2>${say('意见', 'Opinion')}</h2>
          <table class="sign">
            <tbody>
              <tr>
                <td>${say('结论', 'conclusion')}</td>
                <td>${say('签名', 'signature')}</td>
                <td>${say('日期', 'date')}</td>
              </tr>
            </tbody>
          </table>
        </main>
      </body>
    </html>`
  return `${body.markup}\n`
}

function decided(all: readonly OpinionDecision[]): Markup {
  if (all.length === 0) return html`<p>${say('还没有提出审定。', 'No sign-off was asked for yet.')}</p>`
  return html`<ol>
    ${all.map(
      (d) =>
        html`<li>
          ${both(d.title)}：${both(d.status)}。${say(`提出 ${d.asked}`, `asked ${d.asked}`)}
          ${d.by !== undefined && say(`；${d.by} 于 ${d.decided ?? ''}`, `; by ${d.by} on ${d.decided ?? ''}`)}
          ${d.remarks}
        </li>`,
    )}
  </ol>`
}

function weak(all: readonly OpinionFigure[]): Markup {
  if (all.length === 0) return html`<p>${say('没有证据弱的数。', 'No figure rests on weak ground.')}</p>`
  return html`<table>
    <thead>
      <tr>
        <th scope="col">#</th>
        <th scope="col">${say('数', 'figure')}</th>
        <th scope="col">${say('数值', 'value')}</th>
        <th scope="col">${say('占比', 'share')}</th>
        <th scope="col">${say('弱度', 'weakness')}</th>
        <th scope="col">${say('原因', 'why')}</th>
      </tr>
    </thead>
    <tbody>
      ${all.map(
        (w) =>
          html`<tr>
            <td>${w.rank}</td>
            <td>${both(w.title)}<br />${w.code}</td>
            <td class="n">${w.value} ${w.unit}</td>
            <td class="n">${percent(w.share)}</td>
            <td class="n">${percent(w.weakness)}</td>
            <td>${both(w.why)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** A part from 0 to 1 in percent, one decimal: for reading only. */
const percent = (part: string): string => `${(Number(part) * 100).toFixed(1)} %`

const comment = (c: OpinionComment): Markup =>
  html`<article>
    <p><b>${c.code}</b> ${both(c.title)} · ${both(c.status)}</p>
    <p>${c.by}（${c.role}，${c.recorded}）：${c.text}</p>
    ${c.answers.map((n) => html`<blockquote>${n.by}（${n.role}，${n.recorded}）：${n.text}</blockquote>`)}
  </article>`
