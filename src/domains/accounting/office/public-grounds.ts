// What the figures of a public page stand on: changed parameters, what the total is fit for, sources, and how anybody checks it.

import { dec, html, quantity, type Markup } from '../../../kernel/index.ts'
import { judgeAccount, USES } from '../fitness.ts'
import { fixedText } from '../report/index.ts'
import { both, heading, say } from './public-document.ts'
import type { Sheet } from './public-sheet.ts'

export function changed(s: Sheet): readonly Markup[] {
  const all = s.account.parameters.filter((p) => p.override)
  if (all.length === 0) return []
  return [
    heading('参数改动', 'Changed parameters'),
    html`<ul>
      ${all.map((p) => {
        const o = p.override!
        const was = o.was ? `${o.was.value} ${o.was.unit}` : '—'
        const by = o.act ? `；行为 ${o.act.id}，日志第 ${o.act.leaf} 条` : ''
        const effect = fixedText(quantity(o.effect, '元').value.div(dec(10).pow(4)), 2)
        return html`<li>
          ${both(p.title)} ${p.key} ${was} → ${p.quantity.value}
          ${p.quantity.unit}；${o.reason.zh}；${o.approver}${by}；
          ${say(`GEP 因此变动 ${effect} 万元`, `GEP changes by ${effect} × 10 000 yuan`)}
        </li>`
      })}
    </ul>`,
  ]
}

export function fitness(s: Sheet): readonly Markup[] {
  const judged = judgeAccount(s.account).account
  return [
    heading('可以用于', 'What the total is fit for'),
    html`<ul>
      ${judged.map(
        (f) =>
          html`<li>
            ${f.fit ? '✓' : '✗'}
            ${both(USES[f.use])}${!f.fit && html`：${both({ zh: f.why.map((w) => w.zh).join('；'), en: f.why.map((w) => w.en).join('; ') })}`}
          </li>`,
      )}
    </ul>`,
  ]
}

export function sources(s: Sheet): readonly (Markup | false)[] {
  const named = s.account.sources.filter((x) => x.custodian !== undefined)
  const { prepared, legalDate } = s.account.head
  return [
    heading('数据来源', 'Sources'),
    html`<dl>
      <dt>${say('截止日期', 'legal date')}</dt>
      <dd>${legalDate}</dd>
      ${
        prepared?.organisation !== undefined &&
        html`<dt>${say('编制单位', 'prepared by')}</dt>
          <dd>${prepared.organisation}</dd>`
      }
      <dt>${say('资料', 'input files')}</dt>
      <dd>${s.account.sources.length}</dd>
    </dl>`,
    named.length > 0 &&
      html`<ul>
        ${named.map((x) => html`<li>${x.custodian} ${x.period} ${x.licence}</li>`)}
      </ul>`,
  ]
}

export function proofBlock(s: Sheet): readonly Markup[] {
  const { proof, registered: r, links } = s
  return [
    heading('凭证', 'Proof'),
    html`<dl>
        <dt>${say('核算包', 'package')}</dt>
        <dd>${r.packageId}</dd>
        <dt>${say('文件校验值', 'hash of the file')}</dt>
        <dd>SHA-256 ${r.packageHash}</dd>
        ${
          proof &&
          html`<dt>${say('公布的行为', 'act of publication')}</dt>
            <dd>${proof.act}</dd>
            <dt>${say('日志序号', 'entry of the log')}</dt>
            <dd>${proof.leaf}</dd>`
        }
      </dl>
      ${proof && html`<pre aria-label="检查点 checkpoint">${proof.checkpoint}</pre>`}
      <p>
        ${say('怎样核验：', 'How to check:')}
        <a href="${links.proof}">${say('下载凭证', 'download the proof')}</a>，
        <a href="${links.verify}">${say('在核验页打开', 'open it on the verifier page')}</a>。
        ${say(
          '凭证里写明核算包的编号；取得核算包的，用 qingshan account verify 重算，逐位相同。',
          'It names the package; whoever has the package runs it again with qingshan account verify, to the same digits.',
        )}
      </p>
      <p>${say('下载数据：', 'Download:')} <a href="${links.csv}">CSV</a> · <a href="${links.xlsx}">Excel</a></p>`,
  ]
}
