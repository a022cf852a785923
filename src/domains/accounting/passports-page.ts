// The page behind the codes: the passport of every printed figure, in one file that opens without a network.
// A code typed into the address (`passports.html#K7M2-9T4X-3`) opens its figure; no script is needed.

import { placeText, type Lang, type Text } from '../../kernel/index.ts'
import type { Explainer, PassportNode } from './explain.ts'
import type { Account } from './model.ts'
import { html, ownMarkup, type Markup } from './report/index.ts'

const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已确认', en: 'confirmed' },
  'back-solved': { zh: '反算', en: 'back-solved' },
  unconfirmed: { zh: '未确认', en: 'unconfirmed' },
  reported: { zh: '填报', en: 'reported' },
}

const STYLE = `
:root{font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;line-height:1.6;color:#1b1b1b}
body{max-width:60rem;margin:0 auto;padding:1rem 1.5rem}
article{border:1px solid #b9c4b4;border-radius:6px;padding:.6rem 1rem;margin:1rem 0}
article:target{border:3px solid #1f6f43;background:#f3f8f1}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:.2rem 0}
.code{font-family:ui-monospace,Menlo,Consolas,monospace;white-space:nowrap}
ul{list-style:none;padding-left:1.1rem;border-left:2px solid #d5dfd0;margin:.2rem 0}
li{margin:.25rem 0}
.value{font-weight:600}
.formula{display:block;background:#f6f6f2;padding:.15rem .5rem;overflow-wrap:anywhere}
.origin{color:#1f4f7a}
.mark{border:1px solid #777;border-radius:3px;padding:0 .3em;font-size:.85em}
.bad{color:#a11;font-weight:700}
a{color:#14532d}
@media print{article{break-inside:avoid}}
`

export function passportsPage(account: Account, explained: Explainer, codes: readonly string[], lang: Lang): string {
  const wanted = [...new Set(codes)].sort()
  const known = new Set(wanted)
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  // A total leads to its lines, so these are on the page even where the report does not print them.
  const all = new Set(wanted)
  for (const code of wanted) explained.byCode(code)?.lines.forEach((l) => all.add(l.code))
  const passports = [...all].sort().flatMap((code) => {
    const p = explained.byCode(code)
    return p ? [{ code, p }] : []
  })
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say('数的凭证', 'Number passports')} · ${account.head.title[lang]}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${say('数的凭证', 'Number passports')}</h1>
          <p>
            ${account.head.title[lang]} · ${account.head.year} · ${say('引擎', 'engine')} ${account.head.engine} ·
            ${say(`共 ${known.size} 个印出的数`, `${known.size} printed figures`)}
          </p>
          <p>
            <a href="${lang === 'zh' ? 'index.html' : 'report.en.html'}">${say('返回报告', 'Back to the report')}</a>
          </p>
          ${passports.map(({ code, p }) => article(code, p, lang, all))}
        </main>
      </body>
    </html>`.markup
}

function article(
  code: string,
  p: NonNullable<ReturnType<Explainer['byCode']>>,
  lang: Lang,
  known: ReadonlySet<string>,
): Markup {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  return html`<article id="${code}">
    <h2><span class="code">${code}</span> ${p.root.title[lang]}</h2>
    ${nodeBody(p.root, lang, known)}
    <p>
      ${
        p.recomputed
          ? say('已按上式重算，数字一致。', 'Recomputed from the above: the same digits.')
          : html`<span class="bad"
              >${say('重算结果与所存数字不一致！', 'The recomputed value differs from the stored one!')}</span
            >`
      }
    </p>
    ${
      p.lines.length > 0
        ? html`<details>
            <summary>${say(`其下 ${p.lines.length} 行`, `${p.lines.length} lines below`)}</summary>
            <ul>
              ${p.lines.map(
                (l) =>
                  html`<li>
                    <a class="code" href="#${l.code}">${l.code}</a> ${l.title[lang]}
                    <span class="value">${l.value.value} ${l.value.unit}</span>
                  </li>`,
              )}
            </ul>
          </details>`
        : ''
    }
  </article>`
}

function nodeBody(n: PassportNode, lang: Lang, known: ReadonlySet<string>): Markup {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  const facts: (Markup | string)[] = [html`<span class="value">${n.value.value} ${n.value.unit}</span>`]
  if (n.mark) facts.push(html` <span class="mark">${MARKS[n.mark]?.[lang] ?? n.mark}</span>`)
  if (n.origin) facts.push(html` <span class="origin">${say('出自', 'from')} ${placeText(n.origin)}</span>`)
  if (n.year !== undefined && n.kind !== 'figure') facts.push(html` ${n.year}`)
  if (n.source && n.source.length > 0) facts.push(html` 〔${n.source.join('、')}〕`)
  return html`<div>
    ${facts} ${n.method ? html`<div>${say('方法', 'Method')}：${n.method[lang]}</div>` : ''}
    ${n.formula ? html`<code class="formula">${n.formula}</code>` : ''}
    ${(n.filled ?? []).map((f) => html`<code class="formula">${f}</code>`)}
    ${n.rule ? html`<div>${say('规则', 'Rule')} ${n.rule.id}@${n.rule.version} · ${n.rule.clause ?? ''} 〔${n.rule.source.join('、')}〕</div>` : ''}
    ${n.note ? html`<div>${n.note[lang]}</div>` : ''}
    ${
      n.children.length > 0
        ? html`<ul>
            ${n.children.map((c) => html`<li>${c.code && known.has(c.code) ? html`<a class="code" href="#${c.code}">${c.code}</a> ` : c.code ? html`<span class="code">${c.code}</span> ` : ''}${c.title[lang]} ${nodeBody(c, lang, known)}</li>`)}
          </ul>`
        : ''
    }
  </div>`
}
