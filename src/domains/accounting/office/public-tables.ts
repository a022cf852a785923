// Tables of a public page: by service with the physical quantities, by type of ecosystem, by region.

import { convert, html, type Dec, type Markup, type Text } from '../../../kernel/index.ts'
import { extentKey, quantityKey, valueKey } from '../figure-key.ts'
import type { Figure } from '../model.ts'
import { fixedText, percentText, unitLabel } from '../report/index.ts'
import { GROUPS, SERVICES, type Group } from '../services.ts'
import { both, heading, say } from './public-document.ts'
import { cell, moneyText, parts, table, told, yuan, type Sheet } from './public-sheet.ts'

const MISSING = { zh: '缺资料', en: 'missing' }
const NOT_APPLICABLE = { zh: '不适用', en: 'does not apply' }

export function serviceTable(s: Sheet): Markup {
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
  const all = html`<tr class="sum">
    <th scope="row">GEP</th>
    <td></td>
    ${cell(s, whole)} ${cell(s, s.figure(valueKey('current', s.root)))}
    <td class="n">${share(whole)}</td>
  </tr>`
  return table(
    told(s, moneyText(s), 'both'),
    [
      ['服务', 'Service'],
      ['实物量', 'Quantity', 'n'],
      ['价值（考核口径）', 'Value, assessment basis', 'n'],
      ['价值（贡献口径）', 'Value, contribution basis', 'n'],
      ['占比', 'Share', 'n'],
    ],
    [...rows, all],
  )
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

export function classTable(s: Sheet): readonly (Markup | false)[] {
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
    table(
      told(s, { zh: `面积 km²，价值 ${moneyText(s).zh}`, en: `area in km², value in ${moneyText(s).en}` }, 'both'),
      [
        ['类型', 'Type'],
        ['面积', 'Area', 'n'],
        ['价值（考核口径）', 'Value, assessment basis', 'n'],
        ['价值（贡献口径）', 'Value, contribution basis', 'n'],
      ],
      rows,
    ),
  ]
}

export function partTable(s: Sheet): readonly Markup[] {
  const all = parts(s)
  if (all.length === 0) return []
  return [
    heading('按地区', 'By region'),
    table(
      told(s, moneyText(s), 'both'),
      [
        ['地区', 'Region'],
        ['GEP（考核口径）', 'GEP, assessment basis', 'n'],
        ['GEP（贡献口径）', 'GEP, contribution basis', 'n'],
      ],
      all.map(
        (r) =>
          html`<tr>
            <th scope="row">${both(r.name)}</th>
            ${cell(s, s.figure(valueKey('constant', r.code)))} ${cell(s, s.figure(valueKey('current', r.code)))}
          </tr>`,
      ),
    ),
  ]
}
