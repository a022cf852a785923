// The public page of a published account: one HTML file without script and without anything from elsewhere, Chinese with English
// beside it. Tables, bars, and a map only where it has its review number; every figure with unit, year, basis, status and source;
// at the end how anybody checks it. Pure: the same account, publication and proof give the same page.
// Always holds: what is missing is shown as missing, sample data and withdrawn pages say so first.

import { convert, dec, html, ownMarkup, quantity, type Dec, type Markup, type Text } from '../../../kernel/index.ts'
import { judgeAccount, USES } from '../fitness.ts'
import { extentKey, quantityKey, valueKey } from '../figure-key.ts'
import { BASIS_TEXT, STATUS_TEXT, type Account, type Basis, type BoundaryFeature, type Figure } from '../model.ts'
import { choropleth, fixedText, moneyUnit, percentText, scaled, shownText, unitLabel } from '../report/index.ts'
import { GROUPS, SERVICES, type Group } from '../services.ts'
import { thinned } from './thinned.ts'

export interface PublicationHead {
  readonly id: string
  readonly title: Text
  readonly note?: string
  readonly withMap: boolean
  readonly mapNumber?: string
  readonly publishedOn: string
  /** Set where it was withdrawn. */
  readonly withdrawn?: string
  /** Address of a later publication of the same region and year. */
  readonly later?: string
}

export interface RegisteredHead {
  readonly number: string
  readonly version: number
  readonly packageHash: string
  readonly packageId: string
  readonly placeName: Text
  /** Name of a type of ecosystem. */
  readonly className: (code: string) => Text
}

export interface PageProof {
  readonly act: string
  readonly leaf: number
  /** As published, with its signatures. */
  readonly checkpoint: string
}

export interface PageLinks {
  readonly all: string
  readonly csv: string
  readonly xlsx: string
  readonly proof: string
  readonly verify: string
}

export interface PublicPage {
  /** The account under the status it has on the record. */
  readonly account: Account
  readonly publication: PublicationHead
  readonly registered: RegisteredHead
  /** Left out while the act is not in the published log. */
  readonly proof?: PageProof
  readonly links: PageLinks
}

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

const both = (t: Text): Markup => html`${t.zh} <span class="en" lang="en">${t.en}</span>`
const say = (zh: string, en: string): Markup => both({ zh, en })
const heading = (zh: string, en: string): Markup => html`<h2>${say(zh, en)}</h2>`

/** What all tables of a page need. */
interface Sheet extends PublicPage {
  readonly figure: (key: string) => Figure | undefined
  readonly money: ReturnType<typeof moneyUnit>
  readonly root: string
}

export function publicAccountPage(page: PublicPage): string {
  const { account, publication: p, registered } = page
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  const root = account.head.region
  const totals = (['constant', 'current'] as const).flatMap((b) => figures.get(valueKey(b, root)) ?? [])
  const money = moneyUnit(totals.map((f) => convert(f.quantity, '元').value))
  const sheet: Sheet = { ...page, figure: (key) => figures.get(key), money, root }
  const body = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${p.title.zh}</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <p><a href="${page.links.all}">${say('已公布的核算', 'Published accounts')}</a></p>
        <main>
          <h1>${p.title.zh} <span class="en" lang="en">${p.title.en}</span></h1>
          ${warnings(sheet)} ${summary(sheet)} ${p.note !== undefined && html`<p>${p.note}</p>`}
          ${heading('按服务', 'By service')} ${serviceTable(sheet)} ${bars(sheet)} ${classTable(sheet)}
          ${partTable(sheet)} ${map(sheet)} ${changed(sheet)} ${fitness(sheet)} ${sources(sheet)} ${proofBlock(sheet)}
        </main>
        <footer>
          <p class="en">
            ${registered.number} · ${say(`版本 ${registered.version}`, `version ${registered.version}`)} ·
            ${account.head.engine}
          </p>
        </footer>
      </body>
    </html>`
  return `${body.markup}\n`
}

function warnings({ publication: p, account, proof }: Sheet): readonly (Markup | false)[] {
  return [
    p.withdrawn !== undefined &&
      html`<p class="warn" role="note">
        ${say('本次公布已撤回，下列数不再有效。', 'This publication was withdrawn; its figures no longer count.')}
        ${p.withdrawn}
      </p>`,
    p.later !== undefined &&
      html`<p class="warn" role="note">
        ${say('同一年份已有新的公布。', 'There is a later publication of the same year.')}
        <a href="${p.later}">${say('打开', 'open')}</a>
      </p>`,
    account.head.sample &&
      html`<p class="warn" role="note">
        ${say('示范数据：由程序生成，不是任何地方的统计。', 'Sample data made by a program; no statistics of any place.')}
      </p>`,
    proof === undefined &&
      html`<p class="warn" role="note">
        ${say('凭证待日志发布后给出。', 'The proof follows when the log is published.')}
      </p>`,
  ]
}

/** Unit, year, basis, status and source of a table, under its name. */
function told(s: Sheet, unit: Text | undefined, basis?: Basis | 'both'): Markup {
  const { year, priceYear, status } = s.account.head
  const at = `${priceYear} 年不变价`
  const bases: readonly Text[] =
    basis === undefined
      ? []
      : [
          ...(basis === 'current' ? [] : [{ zh: `考核口径为${at}`, en: `assessment basis at prices of ${priceYear}` }]),
          ...(basis === 'constant' ? [] : [{ zh: '贡献口径为当年价', en: 'contribution basis at current prices' }]),
        ]
  const zh = [
    ...(unit ? [`单位：${unit.zh}`] : []),
    `年份：${year}`,
    ...(bases.length > 0 ? [`口径：${bases.map((b) => b.zh).join('，')}`] : []),
    `状态：${STATUS_TEXT[status].zh}`,
    `来源：核算包 ${s.registered.number}`,
  ]
  const en = [
    ...(unit ? [`unit: ${unit.en}`] : []),
    `year: ${year}`,
    ...(bases.length > 0 ? [`basis: ${bases.map((b) => b.en).join(', ')}`] : []),
    `status: ${STATUS_TEXT[status].en.toLowerCase()}`,
    `source: package of ${s.registered.number}`,
  ]
  return say(zh.join('；'), en.join('; '))
}

const moneyText = (s: Sheet): Text => ({
  zh: `${s.money.scale}元`,
  en: s.money.scale === '亿' ? '100 million yuan' : '10 000 yuan',
})

function summary(s: Sheet): Markup {
  const one = (b: Basis): Markup | false => {
    const f = s.figure(valueKey(b, s.root))
    return (
      f !== undefined &&
      html`<div>
        ${both(BASIS_TEXT[b])}
        <b>${shownText(scaled(f.quantity, s.money), 2)} ${moneyText(s).zh}</b>
        <span class="en" lang="en">${moneyText(s).en}</span> <small>${f.code}</small>
      </div>`
    )
  }
  const { head } = s.account
  return html`<p>
      <span class="badge">${STATUS_TEXT[head.status].zh} <span lang="en">${STATUS_TEXT[head.status].en}</span></span>
      ${both(s.registered.placeName)} · ${say(`${head.year} 年`, String(head.year))} ·
      ${say(`公布日期 ${s.publication.publishedOn}`, `published on ${s.publication.publishedOn}`)}
    </p>
    <p>${say('生态产品总值（GEP）', 'Gross ecosystem product (GEP)')}</p>
    <div class="big">${one('constant')} ${one('current')}</div>
    <p class="en">${both(head.setTitle)}. ${told(s, moneyText(s), 'both')}</p>`
}

const cell = (s: Sheet, f: Figure | undefined): Markup =>
  f === undefined
    ? html`<td class="n">—</td>`
    : html`<td class="n">${shownText(scaled(f.quantity, s.money), 4)}<br /><small>${f.code}</small></td>`

const MISSING = { zh: '缺资料', en: 'missing' }
const NOT_APPLICABLE = { zh: '不适用', en: 'does not apply' }

function serviceTable(s: Sheet): Markup {
  const whole = s.figure(valueKey('constant', s.root))
  const share = (f: Figure | undefined): string => (f && whole ? `${percentText(yuan(f), yuan(whole))} %` : '—')
  const inAccount = SERVICES.filter((x) => s.account.lines.some((l) => l.service === x.id && !l.memo))
  const rows = (Object.keys(GROUPS) as Group[]).flatMap((g) => {
    const services = inAccount.filter((x) => x.group === g)
    if (services.length === 0) return []
    const group = s.figure(valueKey('constant', s.root, '*', g))
    return [
      ...services.map((x) => {
        const f = s.figure(valueKey('constant', s.root, '*', x.id))
        const none = f === undefined ? absent(s, x.id) : undefined
        return html`<tr>
          <th scope="row">${both(x.title)}</th>
          <td class="n">${quantities(s, x.id)}</td>
          ${
            none
              ? html`<td class="n" colspan="3">${both(none)}</td>`
              : html`${cell(s, f)} ${cell(s, s.figure(valueKey('current', s.root, '*', x.id)))}
                  <td class="n">${share(f)}</td>`
          }
        </tr>`
      }),
      html`<tr class="sum">
        <th scope="row">${both(GROUPS[g])}</th>
        <td></td>
        ${cell(s, group)} ${cell(s, s.figure(valueKey('current', s.root, '*', g)))}
        <td class="n">${share(group)}</td>
      </tr>`,
    ]
  })
  return html`<div class="scroll">
    <table>
      <caption>
        ${told(s, moneyText(s), 'both')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say('服务', 'Service')}</th>
          <th scope="col" class="n">${say('实物量', 'Quantity')}</th>
          <th scope="col" class="n">${say('价值（考核口径）', 'Value, assessment basis')}</th>
          <th scope="col" class="n">${say('价值（贡献口径）', 'Value, contribution basis')}</th>
          <th scope="col" class="n">${say('占比', 'Share')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
        <tr class="sum">
          <th scope="row">GEP</th>
          <td></td>
          ${cell(s, whole)} ${cell(s, s.figure(valueKey('current', s.root)))}
          <td class="n">${share(whole)}</td>
        </tr>
      </tbody>
    </table>
  </div>`
}

/** Why a service has no value: missing is missing and never zero. */
function absent(s: Sheet, service: string): Text {
  const lines = s.account.lines.filter((l) => l.service === service && !l.memo)
  return lines.length > 0 && lines.every((l) => l.state === 'not-applicable') ? NOT_APPLICABLE : MISSING
}

/** Physical totals of a service; more than three are in the downloads. */
const MOST_QUANTITIES = 3

function quantities(s: Sheet, service: string): Markup {
  const lines = s.account.lines.filter((l) => l.service === service && !l.memo)
  const items = new Map(lines.map((l) => [l.item, l.itemTitle]))
  const found = [...items].flatMap(([item, title]) => {
    const f = s.figure(quantityKey(s.root, '*', service, item))
    return f ? [{ f, title }] : []
  })
  const shown = found.slice(0, MOST_QUANTITIES)
  return html`${shown.map(
    ({ f, title }) =>
      html`${found.length > 1 && title.zh} ${readable(f.quantity.value)} ${unitLabel(f.quantity.unit.text, 'zh')}
        <small>${f.code}</small><br />`,
  )}${found.length > shown.length && html`<small>${say(`另 ${found.length - shown.length} 项见下载`, 'more in the download')}</small>`}`
}

/** Six significant digits: what a reader keeps in mind. The downloads have all of them. */
const readable = (d: Dec): string =>
  fixedText(d.toSignificantDigits(6), Math.min(4, Math.max(0, d.toSignificantDigits(6).decimalPlaces())))

const yuan = (f: Figure): Dec => convert(f.quantity, '元').value

const BAR = { width: 900, label: 250, row: 26, end: 110 } as const

function bars(s: Sheet): Markup | false {
  const values = SERVICES.flatMap((x) => {
    const f = s.figure(valueKey('constant', s.root, '*', x.id))
    return f && yuan(f).gt(0) ? [{ title: x.title, f }] : []
  }).sort((a, b) => yuan(b.f).cmp(yuan(a.f)))
  const [first] = values
  if (!first) return false
  const room = BAR.width - BAR.label - BAR.end
  const height = values.length * BAR.row + 6
  const rows = values.map(({ title, f }, k) => {
    const y = k * BAR.row + 3
    const width = Math.max(1, Number(yuan(f).div(yuan(first.f)).times(room).toFixed(1)))
    return html`<text x="${BAR.label - 8}" y="${y + 16}" text-anchor="end">${title.zh}</text>
      <rect x="${BAR.label}" y="${y}" width="${width}" height="${BAR.row - 6}" fill="#2f7d4f" />
      <text x="${BAR.label + width + 6}" y="${y + 16}">${shownText(scaled(f.quantity, s.money), 2)}</text>`
  })
  return html`<figure>
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 ${BAR.width} ${height}"
      width="${BAR.width}"
      height="${height}"
      role="img"
      aria-label="各项服务的价值 Value by service"
      font-family="sans-serif"
      font-size="14"
      fill="#16202a"
    >
      ${rows}
    </svg>
    <figcaption class="en">
      ${say('各项服务的价值', 'Value by service')}. ${told(s, moneyText(s), 'constant')}
    </figcaption>
  </figure>`
}

function classTable(s: Sheet): readonly (Markup | false)[] {
  const classes = [
    ...new Set(
      s.account.figures
        .filter((f) => f.measure === 'value' && f.region === s.root && f.service === '*' && !/^[*-]$|\./.test(f.class))
        .map((f) => f.class),
    ),
  ]
  if (classes.length === 0) return []
  const rows = classes.map((c) => {
    const area = s.figure(extentKey(s.root, c, 'closing'))
    return html`<tr>
      <th scope="row">${both(s.registered.className(c))}</th>
      <td class="n">
        ${area ? html`${fixedText(convert(area.quantity, 'km2').value, 2)}<br /><small>${area.code}</small>` : '—'}
      </td>
      ${cell(s, s.figure(valueKey('constant', s.root, c)))} ${cell(s, s.figure(valueKey('current', s.root, c)))}
    </tr>`
  })
  return [
    heading('按生态系统类型', 'By type of ecosystem'),
    html`<div class="scroll">
      <table>
        <caption>
          ${told(s, { zh: `面积 km²，价值 ${moneyText(s).zh}`, en: `area in km², value in ${moneyText(s).en}` }, 'both')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say('类型', 'Type')}</th>
            <th scope="col" class="n">${say('面积', 'Area')}</th>
            <th scope="col" class="n">${say('价值（考核口径）', 'Value, assessment basis')}</th>
            <th scope="col" class="n">${say('价值（贡献口径）', 'Value, contribution basis')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`,
  ]
}

/** The regions within it that have a total. */
const parts = (s: Sheet) =>
  s.account.head.regions.filter((r) => r.code !== s.root && s.figure(valueKey('constant', r.code)) !== undefined)

function partTable(s: Sheet): readonly Markup[] {
  const all = parts(s)
  if (all.length === 0) return []
  return [
    heading('按地区', 'By region'),
    html`<div class="scroll">
      <table>
        <caption>
          ${told(s, moneyText(s), 'both')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say('地区', 'Region')}</th>
            <th scope="col" class="n">${say('GEP（考核口径）', 'GEP, assessment basis')}</th>
            <th scope="col" class="n">${say('GEP（贡献口径）', 'GEP, contribution basis')}</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            (r) =>
              html`<tr>
                <th scope="row">${both(r.name)}</th>
                ${cell(s, s.figure(valueKey('constant', r.code)))} ${cell(s, s.figure(valueKey('current', r.code)))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
  ]
}

/** Bytes of a map before packing: with the tables a page stays below 100 KB packed. */
const MAP_ROOM = 120_000

function map(s: Sheet): Markup | false {
  const { withMap, mapNumber } = s.publication
  if (!withMap || mapNumber === undefined) return false
  const wanted = new Set(parts(s).map((r) => r.code))
  const own = s.account.boundaries.filter((b) => wanted.has(b.region))
  const boundaries = own.length > 0 ? own : s.account.boundaries.filter((b) => b.region === s.root)
  const values = new Map(
    boundaries.flatMap((b) => {
      const f = s.figure(valueKey('constant', b.region))
      return f ? [[b.region, scaled(f.quantity, s.money).toNumber()] as const] : []
    }),
  )
  if (values.size === 0) return false
  const drawn = (features: readonly BoundaryFeature[]): string =>
    choropleth({
      id: 'gep',
      lang: 'zh',
      boundaries: features,
      names: new Map(s.account.head.regions.map((r) => [r.code, r.name.zh])),
      values,
      unit: moneyText(s).zh,
      title: `${s.registered.placeName.zh} ${s.account.head.year} 年 GEP`,
      sample: s.account.head.sample,
      mapNumber,
      size: 'full',
    })
  let svg = ''
  // Coarser outlines until the map fits; the tables below say the numbers anyway.
  for (const steps of [1200, 600, 300, 150]) {
    svg = drawn(thinned(boundaries, steps))
    if (svg.length <= MAP_ROOM) break
  }
  return html`<figure>
    ${ownMarkup(svg)}
    <figcaption class="en">
      ${say(`审图号：${mapNumber}`, `Map review number: ${mapNumber}`)}. ${told(s, moneyText(s), 'constant')}
    </figcaption>
  </figure>`
}

function changed(s: Sheet): readonly Markup[] {
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

function fitness(s: Sheet): readonly Markup[] {
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

function sources(s: Sheet): readonly (Markup | false)[] {
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

function proofBlock(s: Sheet): readonly Markup[] {
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

export interface PublishedEntry {
  readonly href: string
  readonly title: Text
  readonly place: string
  readonly year: number
  readonly publishedOn: string
  readonly withdrawn: boolean
}

/** The list of what is published. */
export function publicIndexPage(entries: readonly PublishedEntry[], verify: string): string {
  const body = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>已公布的核算</title>
        <style>
          ${ownMarkup(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>已公布的核算 <span class="en" lang="en">Published accounts</span></h1>
          ${
            entries.length === 0
              ? html`<p>${say('还没有公布的核算。', 'Nothing is published yet.')}</p>`
              : html`<ul>
                  ${entries.map(
                    (e) =>
                      html`<li>
                        <a href="${e.href}">${both(e.title)}</a> ${e.year} · ${e.publishedOn}
                        ${e.withdrawn && say('（已撤回）', '(withdrawn)')}
                      </li>`,
                  )}
                </ul>`
          }
          <p><a href="${verify}">${say('核验凭证', 'Verify a proof')}</a></p>
        </main>
      </body>
    </html>`
  return `${body.markup}\n`
}
