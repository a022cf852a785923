// The pages behind the codes: the passport of every printed figure, one file a region, open without a network.
// A code in the address (`passports.html#K7M2-9T4X-3`) opens its figure; no script is needed.
// Always holds: every line a total rests on has its passport, opened down to workbook, sheet and cell.

import { text, type Lang, type Text } from '../../kernel/index.ts'
import type { Explainer, Passport } from './explain.ts'
import { USES } from './fitness.ts'
import type { Account, Figure, Fitness } from './model.ts'
import { NODE_STYLE, nodeBody, numberMarkup, ruleArticle, ruleList, shownUnit, type NodePen } from './passport-node.ts'
import { html, ownMarkup, type Markup, type PageLink } from './report/index.ts'
import { SERVICES } from './services.ts'

const STYLE = `
:root{color-scheme:light;font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",SimSun,sans-serif;line-height:1.6;color:#16202a;background:#eef1f3}
*{box-sizing:border-box}
body{margin:0}
header,main{max-width:66rem;margin:0 auto;padding:1rem 2rem;background:#fff;border:solid #c5ced6;border-width:0 1px}
header{border-bottom-width:1px}
h1{font-size:1.5rem;margin:.2rem 0}
p{margin:.4rem 0}
a{color:#0b5394}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid #b35900;outline-offset:2px}
.skip{position:absolute;left:-9999px;top:0;background:#fff;padding:.5rem 1rem}
.skip:focus{left:0}
.links a{margin-right:1.2em}
summary{cursor:pointer;font-weight:600;padding:.2rem 0}
.index h2{font-size:1rem;margin:1rem 0 .2rem}
.index ul{columns:19rem;column-gap:1.5rem;list-style:none;margin:0;padding:0;font-size:.85rem}
.index li{break-inside:avoid;padding-left:1em;text-indent:-1em}
article,.more{border:1px solid #b9c3cc;border-radius:6px;padding:.6rem 1rem;margin:1rem 0;background:#fff;scroll-margin-top:1rem;overflow-wrap:anywhere}
article{content-visibility:auto;contain-intrinsic-size:auto 30rem}
article:target,.more:target{border:3px solid #1f5c3a;background:#f5faf6;content-visibility:visible}
article h2,.more h3{font-size:1.1rem;margin:.1rem 0}
.of{color:#37424d;font-size:.9rem;margin:0;text-align:left}
.big{font-size:1.3rem;font-weight:700}
.bad{color:#a11;font-weight:700}
.good{color:#1d5b36}
.lines{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{border:1px solid #b9c3cc;padding:.2rem .5rem;text-align:left;vertical-align:top}
thead th{background:#e7efe9}
td.num,th.num{text-align:right;white-space:nowrap}
${NODE_STYLE}
@page{size:A4;margin:16mm}
@media print{
:root{background:none}
header,main{border:0;padding:0;max-width:none}
body{font-size:9.5pt}
article{content-visibility:visible;border-radius:0}
article h2,thead{break-after:avoid}
.lines{overflow:visible}
tr,li{break-inside:avoid}
.skip,.links{display:none}
a{color:inherit;text-decoration:none}
}
`

/** Addresses of the pages beside this one. */
export interface PassportLinks {
  readonly report: string
  /** The same page in the other language. */
  readonly other: PageLink
}

interface Page {
  readonly account: Account
  readonly lang: Lang
  readonly say: (zh: string, en: string) => string
  /** Codes that have a passport, here or on another region's page. */
  readonly here: ReadonlySet<string>
  readonly href: NodePen['href']
  readonly regions: ReadonlyMap<string, Text>
  readonly figures: ReadonlyMap<string, Figure>
  readonly listRule: NodePen['listRule']
}

/** File of a region's passports: the account's own region has the plain name. */
export function passportsName(account: Account, region: string, lang: Lang): string {
  const part = region === account.head.region ? '' : `-${region.replace(/[^A-Za-z0-9]/g, '_')}`
  return `passports${part}${lang === 'zh' ? '' : '.en'}.html`
}

/** Where a code's passport stands. */
export function passportHref(account: Account, lang: Lang): (code: string) => string {
  const regions = new Map(account.figures.map((f) => [f.code, f.region]))
  return (code) => `${passportsName(account, regions.get(code) ?? account.head.region, lang)}#${code}`
}

/** One page a region, by file name; a county with its townships stays quick to open on an old machine. */
export function passportPages(
  account: Account,
  explained: Explainer,
  codes: readonly string[],
  lang: Lang,
  links: PassportLinks,
): ReadonlyMap<string, string> {
  const printed = new Set(codes)
  // A total leads to its lines, so these have a passport even where the report does not print them.
  const here = new Set(printed)
  for (const code of printed) explained.byCode(code)?.lines.forEach((l) => here.add(l.code))
  const figures = new Map(account.figures.map((f) => [f.code, f]))
  const regions = [...new Set([account.head.region, ...[...here].map((c) => figures.get(c)!.region)])].sort()
  const href = passportHref(account, lang)
  return new Map(
    regions.map((region) => {
      const name = passportsName(account, region, lang)
      const own = (code: string): boolean => figures.get(code)?.region === region
      const page: Omit<Page, 'listRule'> = {
        account,
        lang,
        say: (zh, en) => (lang === 'zh' ? zh : en),
        here,
        href: (code) => (own(code) ? `#${code}` : href(code)),
        regions: new Map(account.head.regions.map((r) => [r.code, r.name])),
        figures,
      }
      const indexed = region === account.head.region ? [...printed] : [...printed].filter(own)
      return [name, regionPage(region, indexed.sort(), [...here].filter(own).sort(), explained, page, links)] as const
    }),
  )
}

function regionPage(
  region: string,
  printed: readonly string[],
  codes: readonly string[],
  explained: Explainer,
  base: Omit<Page, 'listRule'>,
  links: PassportLinks,
): string {
  const { account, lang, say } = base
  const rules = ruleList()
  const page: Page = { ...base, listRule: rules.listRule }
  const judged = judgements()
  const place = page.regions.get(region)?.[lang] ?? region
  const root = region === account.head.region
  const other = root
    ? links.other
    : { ...links.other, href: passportsName(account, region, lang === 'zh' ? 'en' : 'zh') }
  const articles = codes.flatMap((code) => {
    const p = explained.byCode(code)
    return p ? [article(code, p, judged.numberOf(p.fitness), page)] : []
  })
  // Templates indent for the programmer; on the page line ends alone stay, which saves a fifth of it.
  return html`<!doctype html>
    <html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say('数的凭证', 'Number passports')} · ${place} · ${account.head.title[lang]}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#passports">${say('跳到凭证', 'Skip to the passports')}</a>
        <header>
          <h1>${say('数的凭证', 'Number passports')} · ${place}</h1>
          <p>
            ${account.head.title[lang]} · ${account.head.year} · ${say('引擎', 'engine')} ${account.head.engine} ·
            ${say(
              `印出的数 ${printed.length} 个；本页 ${codes.length} 个凭证`,
              `${printed.length} printed figures; ${codes.length} passports on this page`,
            )}
          </p>
          <p class="links">
            <a href="${links.report}">${say('返回报告', 'Back to the report')}</a>
            ${!root && html`<a href="${passportsName(account, account.head.region, lang)}">${say('全域的凭证', 'Passports of the whole region')}</a>`}
            <a href="${other.href}" lang="${other.lang ?? lang}">${other.text}</a>
          </p>
          <nav aria-label="${say('编码索引', 'Index of codes')}">${index(printed, page)}</nav>
        </header>
        <main id="passports" tabindex="-1">
          ${articles}
          <h2>${say('规则', 'Rules')}</h2>
          ${rules.all().map((n) => ruleArticle(n, lang))}
          <h2>${say('适用说明', 'Notes on fitness')}</h2>
          ${judged.all().map((f, i) => fitnessNote(f, i + 1, page))}
        </main>
      </body>
    </html>`.markup.replace(/\s*\n\s*/g, '\n')
}

/** Which part of the index a figure stands in: total, group, service, extent, ratio. */
function chapter(f: Figure): { readonly rank: number; readonly title: Text } {
  if (f.measure === 'extent') return { rank: 90, title: text('生态系统面积', 'Extent of ecosystems') }
  if (f.measure === 'ratio') return { rank: 91, title: text('比率', 'Ratios') }
  const at = SERVICES.findIndex((s) => s.id === f.service)
  const service = SERVICES[at]
  return service
    ? { rank: 1 + at, title: text(`${service.id} ${service.title.zh}`, `${service.id} ${service.title.en}`) }
    : { rank: 0, title: text('总值与三类合计', 'Total and the three groups') }
}

/** A page without script cannot search; the index is ordered by service and read with the browser's own search. */
function index(codes: readonly string[], page: Page): Markup {
  const chapters = new Map<number, { title: Text; figures: Figure[] }>()
  const wanted = new Set(codes)
  for (const f of page.account.figures.filter((g) => wanted.has(g.code))) {
    const { rank, title } = chapter(f)
    const found = chapters.get(rank) ?? { title, figures: [] }
    found.figures.push(f)
    chapters.set(rank, found)
  }
  const parts = [...chapters].sort(([a], [b]) => a - b).map(([, c]) => c)
  const item = (f: Figure): Markup =>
    html`<li><a class="code" href="${page.href(f.code)}">${f.code}</a> ${f.title[page.lang]} ${place(f, page)}</li>`
  return html`<details class="index">
    <summary>
      ${page.say(`编码索引（按服务，${codes.length} 个）`, `Index of codes by service (${codes.length})`)}
    </summary>
    ${parts.map(
      (c) =>
        html`<h2>${c.title[page.lang]}</h2>
          <ul>
            ${c.figures.map(item)}
          </ul>`,
    )}
  </details>`
}

/** Region and price basis, or that it is a quantity: what tells two figures of one title apart. */
function place(f: Figure, { regions, lang, say, account }: Page): string {
  const { head } = account
  const basis = {
    constant: say(`不变价 ${head.priceYear}`, `constant prices ${head.priceYear}`),
    current: say(`现价 ${head.year}`, `current prices ${head.year}`),
    '-': '',
  }[f.basis]
  const measure = f.measure === 'quantity' ? say('实物量', 'quantity') : ''
  return [regions.get(f.region)?.[lang] ?? f.region, measure, basis].filter((s) => s !== '').join(' · ')
}

function article(code: string, p: Passport, judgement: number, page: Page): Markup {
  const { say, lang } = page
  const figure = page.figures.get(code)
  return html`<article id="${code}" aria-labelledby="t-${code}">
    <h2 id="t-${code}"><span class="code">${code}</span> ${p.root.title[lang]}</h2>
    ${figure && html`<p class="of">${place(figure, page)}</p>`}
    <p class="big">${numberMarkup(p.root.value, { lang, digits: 'below' })}</p>
    ${nodeBody(p.root, { lang, here: page.here, href: page.href, closed: p.lines.length > 0, listRule: page.listRule })}
    <p>
      ${
        p.recomputed
          ? html`<span class="good"
              >✓ ${say('已按上式重算，数字一致。', 'Recomputed from the above: the same digits.')}</span
            >`
          : html`<span class="bad"
              >✗ ${say('重算结果与所存数字不一致！', 'The recomputed value differs from the stored one!')}</span
            >`
      }
      ${
        judgement > 0 &&
        html`${fitFor(p.fitness, page)}
          <a href="#fit-${judgement}">${say(`适用说明 ${judgement}`, `note on fitness ${judgement}`)}</a>`
      }
    </p>
    ${p.lines.length > 0 && linesTable(p, page)}
  </article>`
}

function linesTable(p: Passport, { say, lang, figures, regions, href }: Page): Markup {
  const row = (l: Passport['lines'][number]): Markup => {
    const region = figures.get(l.code)?.region ?? ''
    const number = numberMarkup({ value: l.value.value, unit: '' }, { lang, digits: 'title' })
    return html`<tr>
      <td><a class="code" href="${href(l.code)}">${l.code}</a></td>
      <td>${l.title[lang]}</td>
      <td>${regions.get(region)?.[lang] ?? region}</td>
      <td class="num">${number}</td>
      <td>${shownUnit(l.value.unit, lang)}</td>
    </tr>`
  }
  return html`<details>
    <summary>${say(`其下 ${p.lines.length} 行`, `${p.lines.length} lines below`)}</summary>
    <div class="lines">
      <table>
        <thead>
          <tr>
            <th scope="col">${say('编码', 'Code')}</th>
            <th scope="col">${say('项目', 'Item')}</th>
            <th scope="col">${say('区域', 'Region')}</th>
            <th scope="col" class="num">${say('数值', 'Value')}</th>
            <th scope="col">${say('单位', 'Unit')}</th>
          </tr>
        </thead>
        <tbody>
          ${p.lines.map(row)}
        </tbody>
      </table>
    </div>
  </details>`
}

/** Thousands of figures share a few judgements: each is written out once and referred to by number (0: none). */
function judgements(): {
  readonly numberOf: (f: readonly Fitness[]) => number
  readonly all: () => readonly (readonly Fitness[])[]
} {
  const seen = new Map<string, { readonly number: number; readonly fitness: readonly Fitness[] }>()
  const numberOf = (fitness: readonly Fitness[]): number => {
    if (fitness.length === 0) return 0
    const key = JSON.stringify(fitness)
    const found = seen.get(key) ?? { number: seen.size + 1, fitness }
    seen.set(key, found)
    return found.number
  }
  return { numberOf, all: () => [...seen.values()].map((s) => s.fitness) }
}

function fitFor(fitness: readonly Fitness[], { say, lang }: Page): string {
  const uses = fitness.filter((f) => f.fit).map((f) => USES[f.use][lang])
  if (uses.length === 0) return say('六种用途都不宜。', 'Fit for none of the six uses.')
  return say(`可用于：${uses.join('、')}。`, `Fit for: ${uses.join(', ')}.`)
}

function fitnessNote(fitness: readonly Fitness[], number: number, { say, lang }: Page): Markup {
  return html`<section class="more" id="fit-${number}" aria-labelledby="f-${number}">
    <h3 id="f-${number}">${say(`适用说明 ${number}`, `Note on fitness ${number}`)}</h3>
    <ul>
      ${fitness.map(
        (f) =>
          html`<li>
            ${f.fit ? '✓' : '✗'}
            ${f.fit ? say('可用于', 'fit for') : say('不宜用于', 'not fit for')}${lang === 'en' && ' '}<strong>${USES[f.use][lang]}</strong>${say('：', ': ')}${f.why.map((w) => w[lang]).join(say('；', '; '))}
          </li>`,
      )}
    </ul>
  </section>`
}
