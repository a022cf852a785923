// Pictures of a public page: bars of the services, and the map of its regions where it has a review number.

import { html, ownMarkup, type Markup } from '../../../kernel/index.ts'
import { valueKey } from '../figure-key.ts'
import type { BoundaryFeature } from '../model.ts'
import { choropleth, scaled, shownText } from '../report/index.ts'
import { SERVICES } from '../services.ts'
import { say } from './public-document.ts'
import { moneyText, parts, told, yuan, type Sheet } from './public-sheet.ts'
import { thinned } from './thinned.ts'

const BAR = { width: 900, label: 250, row: 26, end: 110 } as const

export function bars(s: Sheet): Markup | false {
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

/** Bytes of a map before packing: with the tables a page stays below 100 KB packed. */
const MAP_ROOM = 120_000

export function map(s: Sheet): Markup | false {
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
