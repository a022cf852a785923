// The public page of a published account: one HTML file without script and without anything from elsewhere, Chinese with English
// beside it. Tables, bars, and a map only where it has its review number; every figure with unit, year, basis, status and source;
// at the end how anybody checks it. Pure: the same account, publication and proof give the same page.
// Always holds: what is missing is shown as missing, sample data and withdrawn pages say so first.

import { convert, html, type Markup, type Text } from '../../../kernel/index.ts'
import { valueKey } from '../figure-key.ts'
import { BASIS_TEXT, STATUS_TEXT, type Basis } from '../model.ts'
import { moneyUnit, scaled, shownText } from '../report/index.ts'
import { both, heading, publicDocument, say } from './public-document.ts'
import { changed, fitness, proofBlock, sources } from './public-grounds.ts'
import { bars, map } from './public-pictures.ts'
import { moneyText, told, type PublicPage, type Sheet } from './public-sheet.ts'
import { classTable, partTable, serviceTable } from './public-tables.ts'

export function publicAccountPage(page: PublicPage): string {
  const { account, publication: p, registered } = page
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  const root = account.head.region
  const totals = (['constant', 'current'] as const).flatMap((b) => figures.get(valueKey(b, root)) ?? [])
  const money = moneyUnit(totals.map((f) => convert(f.quantity, '元').value))
  const sheet: Sheet = { ...page, figure: (key) => figures.get(key), money, root }
  return publicDocument(
    p.title.zh,
    html`<p><a href="${page.links.all}">${say('已公布的核算', 'Published accounts')}</a></p>
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
      </footer>`,
  )
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

/** One line of the list of publications. */
export interface PublishedEntry {
  readonly href: string
  readonly title: Text
  readonly place: string
  readonly year: number
  readonly publishedOn: string
  readonly withdrawn: boolean
}

/** Where else the public goes from here. */
export interface PublicLinks {
  readonly verify: string
  readonly notices: string
  readonly certificates: string
}

/** The list of what is published. */
export function publicIndexPage(
  entries: readonly PublishedEntry[],
  { verify, notices, certificates }: PublicLinks,
): string {
  return publicDocument(
    '已公布的核算',
    html`<main>
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
      <ul>
        <li><a href="${notices}">${say('公示与异议', 'Public notices and objections')}</a></li>
        <li><a href="${certificates}">${say('证书查验', 'Check a certificate')}</a></li>
        <li><a href="${verify}">${say('核验凭证', 'Verify a proof')}</a></li>
      </ul>
    </main>`,
  )
}
