// The page on which a stranger checks a certificate: HTML without script, Chinese with English beside it. Its first line says
// whether the certificate is in force; then what it says, whose it is as far as a stranger may know, and how to check the proof.
// Pure: the same certificate, day and proof give the same page.

import { html, ownMarkup, type Markup, type Text } from '../../kernel/index.ts'
import { STATES, type CertificateLine, type CertificateState } from './model.ts'

export interface CheckedCertificate {
  readonly number: string
  readonly code: string
  readonly kind: Text
  readonly title: { readonly zh: string; readonly en?: string | undefined }
  /** Name of an organisation, a masked name, or undefined where it was erased. */
  readonly holder?: string | undefined
  readonly placeName: string
  readonly issuer: string
  readonly basis?: string | undefined
  readonly lines: readonly CertificateLine[]
  /** Labels of the lines that stand on the paper only. */
  readonly hidden: readonly string[]
  readonly issuedOn: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly state: CertificateState
  readonly endedOn?: string | undefined
  readonly reason?: string | undefined
}

export interface CheckProof {
  readonly title: Text
  readonly act: string
  /** Place in the log, from 0. */
  readonly leaf: number
  /** Of the proof file. */
  readonly href: string
}

export interface CheckPage {
  readonly certificate: CheckedCertificate
  /** The day the answer is for, at the operator. */
  readonly today: string
  /** The one that took its place, and the one it took the place of. */
  readonly later?: { readonly number: string; readonly href: string } | undefined
  readonly earlier?: { readonly number: string; readonly href: string } | undefined
  /** Acts that issued and ended it; empty while the log is not published that far. */
  readonly proofs: readonly CheckProof[]
  readonly checkpoint?: string | undefined
  /** Keys the log's signature is verified with. */
  readonly keys: readonly string[]
  readonly links: CheckLinks
}

export interface CheckLinks {
  /** Of the form. */
  readonly lookUp: string
  readonly verify: string
}

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1rem 1.25rem 3rem;font:17px/1.6 "Noto Sans SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;color:#16202a;background:#fff}
h1{font-size:1.5rem;line-height:1.35;margin:.5rem 0}h2{font-size:1.15rem;margin:1.8rem 0 .5rem;border-bottom:2px solid #1f5c3a}
.en{color:#3d4a56;font-size:.85em}a{color:#0b5394}.state{border:3px solid #1f5c3a;background:#eef6f0;color:#10351f;padding:.6rem .9rem;margin:1rem 0;font-size:1.15rem}
.state b{font-size:1.6rem;display:block}.state.no{border-color:#8c1d18;background:#fdeceb;color:#5f1410}.state.late{border-color:#8a4b00;background:#fff7e8;color:#4d2a00}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) minmax(0,1fr);gap:.3rem 1rem}dt{color:#3d4a56}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f8;border:1px solid #c5ced6;padding:.6rem;font-size:.8rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}label{display:block;flex:1 1 14rem}input{font:inherit;width:100%;padding:.4rem .6rem;border:1px solid #5c6a76;border-radius:3px}
button{font:inherit;padding:.4rem 1.2rem;border:1px solid #1f5c3a;background:#1f5c3a;color:#fff;border-radius:3px}button .en{color:inherit}
a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid #b35900;outline-offset:2px}
@media print{form{display:none}body{max-width:none;padding:0}}`

const both = (t: { readonly zh: string; readonly en?: string | undefined }): Markup =>
  html`${t.zh}${t.en !== undefined && html` <span class="en" lang="en">${t.en}</span>`}`
const say = (zh: string, en: string): Markup => both({ zh, en })

function page(title: string, body: Markup): string {
  const made = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`
  return `${made.markup}\n`
}

function lookUp(links: CheckLinks, typed = ''): Markup {
  return html`<form action="${links.lookUp}" method="get">
    <label
      >${say('核验码', 'code')}
      <input name="code" value="${typed}" required maxlength="60" autocomplete="off" placeholder="K7M2-9T4X-3" />
    </label>
    <button>${say('查验', 'Check')}</button>
  </form>`
}

/** The page one begins on, and the answer where nothing was found. @param typed what was looked for */
export function lookUpPage(links: CheckLinks, typed?: string): string {
  const none =
    typed !== undefined &&
    html`<p class="state no" role="status">
      <b>${say('没有查到', 'Not found')}</b>
      ${say(
        '没有这个核验码的证书。请核对有没有抄错；核对无误仍查不到的，不要接受这份证书，并请告知发证单位。',
        'There is no certificate with this code. Check for a slip of the pen; if there is none, do not accept the paper and tell the office it names.',
      )}
    </p>`
  return page(
    '证书查验',
    html`<h1>${say('证书查验', 'Check a certificate')}</h1>
      ${none} ${lookUp(links, typed)}
      <p>
        ${say('核验码印在证书右下角二维码下面。', 'The code is printed below the QR code at the foot of the certificate.')}
      </p>`,
  )
}

const TELLS: Readonly<Record<CertificateState, { readonly look: string; readonly text: Text }>> = {
  valid: { look: '', text: { zh: '这份证书现在有效。', en: 'This certificate is in force.' } },
  'not-yet': { look: ' late', text: { zh: '有效期还没有开始。', en: 'Its period has not begun.' } },
  expired: { look: ' late', text: { zh: '有效期已经结束。', en: 'Its period has ended.' } },
  superseded: {
    look: ' no',
    text: {
      zh: '这份证书已被新的证书代替，不再有效。',
      en: 'A new certificate took its place; this one is not in force.',
    },
  },
  revoked: { look: ' no', text: { zh: '这份证书已被撤销，不再有效。', en: 'It was revoked and is not in force.' } },
}

function stateBlock(p: CheckPage): Markup {
  const { certificate: c, later } = p
  const tells = TELLS[c.state]
  return html`<div class="${`state${tells.look}`}" role="status">
    <b>${both(STATES[c.state])}</b>
    ${both(tells.text)}
    ${c.endedOn !== undefined && html`<br />${say(`终止日期：${c.endedOn}`, `ended on ${c.endedOn}`)}`}
    ${c.reason !== undefined && html`<br />${say('原因：', 'reason:')} ${c.reason}`}
    ${later && html`<br />${say('新证：', 'new certificate:')} <a href="${later.href}">${later.number}</a>`}
    <br /><span class="en">${say(`查验日期：${p.today}`, `as of ${p.today}`)}</span>
  </div>`
}

const row = (label: Markup | string, value: Markup | string): Markup =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`

/** What the paper says, so that a changed paper is seen. */
function contentBlock({ certificate: c, earlier }: CheckPage): Markup {
  const holder = c.holder ?? '（已删除 erased）'
  return html`<h2>${say('证书内容', 'What it says')}</h2>
    <p>
      ${say(
        '请与手中的证书逐项核对；不一致的，以这里为准。',
        'Compare each line with the paper; where they differ, this page counts.',
      )}
    </p>
    <dl>
      ${row(say('编号', 'number'), c.number)} ${row(say('核验码', 'code'), c.code)}
      ${row(say('种类', 'kind'), both(c.kind))} ${row(say('持有人', 'holder'), holder)}
      ${row(say('行政区', 'place'), c.placeName)} ${row(say('发证单位', 'issued by'), c.issuer)}
      ${row(say('发证日期', 'issued on'), c.issuedOn)}
      ${row(say('有效期', 'valid'), html`${c.validFrom} – ${c.validTo ?? say('长期', 'without end')}`)}
      ${c.basis !== undefined && row(say('依据', 'basis'), c.basis)} ${c.lines.map((l) => row(l.label, l.value))}
      ${c.hidden.map((label) => row(label, say('＊＊＊（印在证上，这里不显示）', 'on the paper only')))}
      ${earlier && row(say('代替旧证', 'takes the place of'), html`<a href="${earlier.href}">${earlier.number}</a>`)}
    </dl>`
}

function proofBlock(p: CheckPage): Markup {
  if (p.proofs.length === 0)
    return html`<h2>${say('凭证', 'Proof')}</h2>
      <p>${say('凭证待日志发布后给出。', 'The proof follows when the log is published.')}</p>`
  return html`<h2>${say('凭证', 'Proof')}</h2>
    <p>
      ${say(
        '发证和终止都记在公开日志里，事后不能悄悄改动。不相信这一页的，可以自己核验：',
        'Issue and end stand in the public log and cannot be changed unseen. Who does not trust this page checks it:',
      )}
    </p>
    <ol>
      ${p.proofs.map(
        (x) =>
          html`<li>
            <a href="${x.href}">${say(`下载“${x.title.zh}”的凭证`, `download the proof of "${x.title.en}"`)}</a>
            <span class="en">${say(`日志第 ${x.leaf} 条`, `entry ${x.leaf} of the log`)}，${x.act}</span>
          </li>`,
      )}
      <li>
        <a href="${p.links.verify}">${say('在核验页打开凭证', 'open it on the verifier page')}</a>${say(
          '，或用 qingshan log verify；不联网也能核验。',
          'or with qingshan log verify; no network is needed.',
        )}
      </li>
      <li>
        ${say(
          '核验用的公钥，请从发证单位的公文或网站取得，与下面的比对：',
          'Take the public key from the office’s papers or site and compare it with this one:',
        )}
        ${p.keys.map((k) => html`<pre aria-label="公钥 public key">${k}</pre>`)}
      </li>
    </ol>
    ${p.checkpoint !== undefined && html`<pre aria-label="检查点 checkpoint">${p.checkpoint}</pre>`}`
}

export function checkPage(p: CheckPage): string {
  const { certificate: c } = p
  return page(
    `${STATES[c.state].zh} ${c.number}`,
    html`<h1>${both(c.title)}</h1>
      ${stateBlock(p)} ${contentBlock(p)} ${proofBlock(p)}
      <h2>${say('查验另一份', 'Check another')}</h2>
      ${lookUp(p.links)}`,
  )
}
