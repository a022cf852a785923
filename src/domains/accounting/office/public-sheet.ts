// What the parts of a public page share: the page with its figures at hand, unit and source of a table, a cell, a table.
// Always holds: what is missing is a dash and never a zero; every number stands with its code.

import { html, convert, type Dec, type Markup, type Text } from '../../../kernel/index.ts'
import { STATUS_TEXT, type Account, type Basis, type Figure } from '../model.ts'
import { scaled, shownText, type moneyUnit } from '../report/index.ts'
import { valueKey } from '../figure-key.ts'
import { say } from './public-document.ts'

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

/** What all tables of a page need. */
export interface Sheet extends PublicPage {
  readonly figure: (key: string) => Figure | undefined
  readonly money: ReturnType<typeof moneyUnit>
  readonly root: string
}

/** Unit, year, basis, status and source of a table, under its name. */
export function told(s: Sheet, unit: Text | undefined, basis?: Basis | 'both'): Markup {
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

export const moneyText = (s: Sheet): Text => ({
  zh: `${s.money.scale}元`,
  en: s.money.scale === '亿' ? '100 million yuan' : '10 000 yuan',
})

export const cell = (s: Sheet, f: Figure | undefined): Markup =>
  f === undefined
    ? html`<td class="n">—</td>`
    : html`<td class="n">${shownText(scaled(f.quantity, s.money), 4)}<br /><small>${f.code}</small></td>`

export const yuan = (f: Figure): Dec => convert(f.quantity, '元').value

/** The regions within it that have a total. */
export const parts = (s: Sheet) =>
  s.account.head.regions.filter((r) => r.code !== s.root && s.figure(valueKey('constant', r.code)) !== undefined)

/** Heading of a column; `n` of numbers. */
type Column = readonly [zh: string, en: string, kind?: 'n']

export const table = (caption: Markup, columns: readonly Column[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(([zh, en, kind]) =>
            kind === undefined
              ? html`<th scope="col">${say(zh, en)}</th>`
              : html`<th scope="col" class="n">${say(zh, en)}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
