// The approval sheet for paper: one A4 page, Chinese first. Upper right: the code that is typed in when the signed sheet is
// entered, and the act's hash in the log, so that paper and record are tied together.

import { html, ownMarkup } from '../../kernel/index.ts'
import { localTime } from './rows-text.ts'

interface SheetPerson {
  readonly role: string
  readonly person: string
  readonly login?: string
  readonly name?: string
}

/** The row of `requestSheet`. */
export interface Sheet extends SheetPerson {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly clause?: string
  readonly status: string
  readonly place?: string
  readonly placeName?: string
  readonly legalDate: string
  readonly recorded: string
  readonly waitsFor?: string
  readonly declared: readonly { readonly zh: string; readonly en: string; readonly role: string }[]
  readonly taken: readonly (SheetPerson & {
    readonly step: string
    readonly zh: string
    readonly recorded: string
    readonly paperSigner?: string
    readonly paperDate?: string
  })[]
  readonly input: readonly { readonly path: string; readonly zh: string; readonly en: string; readonly value: string }[]
  readonly outcome: readonly string[]
  readonly digest: string
  readonly sheet: string
  readonly leaf: string
  readonly leafHash: string
}

export interface SheetWords {
  readonly log: string
  readonly zone: string
  readonly who: (p: SheetPerson) => string
  readonly role: (id: string) => string
}

const STYLE = `@page { size: A4; margin: 18mm 16mm }
body { font: 11pt/1.5 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", SimSun, sans-serif; color: #000; max-width: 178mm; margin: 0 auto }
header { display: flex; justify-content: space-between; gap: 8mm; border-bottom: 2px solid #000; padding-bottom: 3mm }
h1 { font-size: 18pt; margin: 0 } h2 { font-size: 12pt; margin: 5mm 0 1mm } small, .en { color: #333; font-size: 9pt }
.code { text-align: right; flex: none } .code b { font: bold 16pt monospace; letter-spacing: 1px }
.hash { font: 7.5pt/1.3 monospace; word-break: break-all; max-width: 64mm; margin-left: auto }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #000; padding: 1.2mm 2mm; text-align: left; vertical-align: top }
th { width: 34mm; font-weight: normal; background: #f2f2f2 } ol { margin: 0; padding-left: 6mm }
.sign td { height: 16mm; width: 33% } footer { margin-top: 5mm; font-size: 8.5pt; color: #333 }
tr, li { break-inside: avoid }`

export function sheetPage(s: Sheet, words: SheetWords): string {
  const row = (zh: string, en: string, value: string | undefined) =>
    value !== undefined &&
    html`<tr>
      <th>${zh}<br /><span class="en">${en}</span></th>
      <td>${value}</td>
    </tr>`
  const taken = s.taken.map((t) => {
    const how =
      t.paperSigner === undefined
        ? words.who(t)
        : `纸质签批：${t.paperSigner}，${t.paperDate ?? ''}；录入：${words.who(t)}`
    return html`<li>${t.zh}：${how}，${localTime(t.recorded, words.zone)}</li>`
  })
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>签批单 ${s.sheet}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <div>
            <h1>签批单</h1>
            <div class="en">Approval sheet</div>
            <p><strong>${s.zh}</strong><br /><span class="en">${s.en}</span></p>
          </div>
          <div class="code">
            <small>校验码 / code</small><br /><b>${s.sheet}</b>
            <div class="hash">日志第 ${s.leaf} 条 / log entry<br />${s.leafHash}</div>
          </div>
        </header>
        <h2>事项 <span class="en">What is asked for</span></h2>
        <table>
          ${row('申请编号', 'request', s.id)} ${row('依据条款', 'clause', s.clause)}
          ${row('地区', 'place', s.place === undefined ? undefined : `${s.placeName ?? ''} ${s.place}`.trim())}
          ${row('法定日期', 'legal date', s.legalDate)} ${row('申请人', 'requester', words.who(s))}
          ${row('提交时间', 'submitted', localTime(s.recorded, words.zone))}
          ${s.input.map((f) => row(f.zh, f.en, f.value))}
        </table>
        <h2>同意后的结果 <span class="en">What it will do</span></h2>
        <ol>
          ${s.outcome.map((line) => html`<li>${line}</li>`)}
        </ol>
        <p><small>结果校验码 / digest of the outcome: ${s.digest}</small></p>
        <h2>审批步骤 <span class="en">Steps</span></h2>
        <ol>
          ${s.declared.map((d) => html`<li>${d.zh}（${words.role(d.role)}）</li>`)}
        </ol>
        ${
          taken.length > 0 &&
          html`<p>已办 / taken:</p>
            <ul>
              ${taken}
            </ul>`
        }
        <h2>签批 <span class="en">Decision</span></h2>
        <table class="sign">
          <tr>
            <td>意见：□ 同意 agree　□ 退回 return</td>
            <td>签字 / signature</td>
            <td>日期 / date</td>
          </tr>
          <tr>
            <td colspan="3">退回理由 / reason of a return</td>
          </tr>
        </table>
        <footer>
          本单签字后扫描，由另一人（无另一人时由经办人）录入系统，并填写右上角校验码；系统各处显示“纸质签批”及录入人。
          Signed, scanned and entered by a second person with the code above; wherever the approval is shown, it says
          that it was signed on paper and who entered it. 日志 / log: ${words.log}
        </footer>
      </body>
    </html> `.markup
}
