// The style sheet of the HTML report: light, plain, for 1366 × 768 screens and for A4 paper.
// Serves GB/T 37668 habits: line height 1.6, focus always visible, colour never the only sign, fonts by name only.

import type { Lang } from '../../../kernel/index.ts'
import type { Fonts } from './document.ts'

const quoted = (...names: readonly string[]): string => names.map((n) => `'${n.replaceAll("'", '')}'`).join(',')

export function styleSheet(fonts: Fonts, lang: Lang, mark: string | undefined): string {
  const body = `${quoted(fonts.latin, fonts.body, 'FangSong', 'STFangsong', 'Noto Serif CJK SC', 'SimSun')},serif`
  const heading = `${quoted(fonts.heading, 'SimHei', 'Noto Sans CJK SC', 'Microsoft YaHei')},sans-serif`
  const quiet = `${quoted(fonts.latin, fonts.quiet, 'KaiTi', 'STKaiti', 'Noto Serif CJK SC')},serif`
  const mono = `${quoted(fonts.mono, 'Noto Sans Mono CJK SC')},monospace`
  const pages =
    lang === 'zh' ? `"第 " counter(page) " 页 共 " counter(pages) " 页"` : `"Page " counter(page) " of " counter(pages)`
  return `
:root{color-scheme:light}
*{box-sizing:border-box}
html{font-size:16px;background:#eef1f3}
body{margin:0;color:#16202a;font-family:${body};line-height:1.6}
a{color:#0b5394}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #b35900;outline-offset:2px}
.skip{position:absolute;left:-9999px;top:0;background:#fff;padding:.5rem 1rem;z-index:9}
.skip:focus{left:0}
.bar{background:#fff;border-bottom:1px solid #c5ced6;padding:.6rem 1.5rem;display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
.bar strong{font-family:${heading}}
.badge{border:1px solid #8a4b00;color:#6b3a00;background:#fff7e8;padding:0 .5rem;border-radius:3px;font-family:${heading};font-size:.9rem}
.frame{display:grid;grid-template-columns:15.5rem minmax(0,1fr);max-width:1340px;margin:0 auto}
.files{margin-left:auto;font-family:${heading};font-size:.9rem}
.files a{margin-left:1.2em}
.contents{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1rem .5rem 1rem 1rem;font-size:.9rem;font-family:${heading}}
.contents ol{list-style:none;margin:0;padding:0}
.contents li{margin:.25rem 0}
.contents li.deep{padding-left:1rem;font-size:.85rem}
.contents a{text-decoration:none}
.contents a:hover{text-decoration:underline}
main{background:#fff;padding:1.5rem 2.25rem;min-width:0;border-left:1px solid #c5ced6;border-right:1px solid #c5ced6}
h1,h2,h3,h4{font-family:${heading};line-height:1.35;margin:1.6em 0 .6em}
h2{font-size:1.5rem;border-bottom:2px solid #1f5c3a;padding-bottom:.2rem}
h3{font-size:1.2rem}
h4{font-size:1.05rem}
p{margin:.7em 0;max-width:62em}
.zh p.body{text-indent:2em}
p.lead{font-size:1.1rem}
p.note,.note{font-size:.875rem;font-family:${quiet};color:#37424d}
.quiet{color:#4c5864;font-size:.9em}
.cover{min-height:24rem;display:flex;flex-direction:column;align-items:center;justify-content:center;text-align:center;border-bottom:1px solid #c5ced6;padding-bottom:1.5rem}
.cover h1{font-size:2.1rem;margin:.5rem 0}
.cover .subtitle{font-size:1.25rem;font-family:${quiet};margin:0 0 1.5rem;text-indent:0}
.cover dl,dl.pairs{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1rem;text-align:left;margin:1rem 0}
.cover dl{min-width:22rem}
dt{font-family:${heading};color:#37424d}
dd{margin:0}
.hand{display:inline-block;min-width:12em;border-bottom:1px solid #16202a}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4;font-variant-numeric:tabular-nums}
caption,figcaption{font-family:${heading};font-size:.95rem;text-align:center;padding:.4rem 0;color:#16202a}
.scroll{overflow-x:auto;margin:1rem 0 .25rem}
th,td{border:1px solid #b9c3cc;padding:.28rem .5rem;vertical-align:top;overflow-wrap:anywhere}
thead th{background:#e7efe9;font-family:${heading};font-weight:600;text-align:center;vertical-align:middle;overflow-wrap:break-word}
th .unit{display:block;font-weight:400;font-size:.8rem;font-family:${quiet}}
tbody th{font-weight:400;text-align:left}
.num{text-align:right;white-space:nowrap}
.mid{text-align:center}
tr.total>*{font-weight:700;border-top:2px solid #1f5c3a;background:#f5f8f6}
tr.group>*{font-family:${heading};background:#f0f3f5}
.strong{font-weight:700}
.mono,.code{font-family:${mono}}
.mono{font-size:.8rem}
tbody th.mono{overflow-wrap:break-word}
.code{font-size:.68rem;color:#56616c;white-space:nowrap;font-weight:400}
a.code{text-decoration:underline dotted}
.below .code{display:block}
.beside .code{margin-left:.5em}
.st-missing,.st-unpriced{color:#8a1c1c;font-style:italic}
.st-not-applicable{color:#4c5864}
.st-fallback,.st-unconfirmed,.st-warn{color:#7a4300}
.st-ok{color:#1d5b36}
.formula{margin:.8rem 0;padding:.5rem 1rem;border-left:4px solid #1f5c3a;background:#f5f8f6}
.formula code{font-family:${mono};font-size:.95rem;white-space:pre-wrap}
.formula dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .8rem;margin:.4rem 0 0;font-size:.9rem}
.formula dt{font-family:${mono}}
figure{margin:1rem 0;text-align:center}
figure svg{max-width:100%;height:auto;background:#fff}
.halves figure{margin:.4rem 0}
.halves{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:end}
.callout{border:1px solid #b9c3cc;border-left:6px solid #0b5394;padding:.4rem 1rem;margin:1rem 0;background:#f5f9fd}
.callout.warn{border-left-color:#b35900;background:#fffaf2}
.callout h3,.callout p.title{font-family:${heading};margin:.3rem 0;text-indent:0;font-weight:700}
.callout ul{margin:.3rem 0}
.stamps{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.stamp{border:1px solid #16202a;padding:.75rem 1rem;min-height:11rem;position:relative}
.stamp p{margin:.4rem 0;text-indent:0}
.stamp .title{font-family:${heading}}
.stamp .seal{position:absolute;right:1rem;bottom:.6rem;color:#4c5864}
.mark{display:none}
@media (max-width:900px){.frame{grid-template-columns:1fr}.contents{position:static;max-height:none}}
@page{size:A4 portrait;margin:20mm 18mm 20mm 18mm;@bottom-center{content:${pages};font-size:9pt}}
@page wide{size:A4 landscape;margin:18mm 16mm 18mm 16mm}
@page front{@bottom-center{content:""}}
@media print{
html,main{background:none}
body{font-size:10.5pt;line-height:1.45}
.bar,.contents,.skip{display:none}
.frame{display:block;max-width:none}
main{padding:0;border:0}
.cover{page:front;break-after:page;min-height:230mm;border:0}
.sheet{break-before:page}
.sheet:first-of-type{break-before:auto}
.sheet.landscape{page:wide}
.scroll{overflow:visible}
figure svg{max-height:105mm}
.halves figure svg{max-height:72mm}
table{font-size:8.5pt}
thead{display:table-header-group}
tr,figure,.formula,.callout,.stamp{break-inside:avoid}
h2,h3,h4,caption{break-after:avoid}
a{color:inherit;text-decoration:none}
.code{font-size:6.5pt}
th,td{padding:.15rem .35rem}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
${mark === undefined ? '' : `.mark{display:block;position:fixed;inset:0;z-index:-1;background:url("${markImage(mark)}") center/100% no-repeat}`}
}
`
}

/** The pale text behind a printed page, as an inert picture. */
function markImage(mark: string): string {
  const safe = mark.replace(/[<>&"']/g, '')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="700" height="700"><text x="350" y="350" transform="rotate(-35 350 350)" text-anchor="middle" font-size="64" font-family="sans-serif" fill="#000" fill-opacity=".07">${safe}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`
}
