// The charts and maps of the report, made from figures of the account; one price basis in each picture.
// Always holds: the number at a bar is the number in the table; a map is drawn only where boundaries were given.

import { convert } from '../../../../kernel/index.ts'
import { ratioKey, valueKey } from '../../figure-key.ts'
import type { Basis } from '../../model.ts'
import { barChart, type Bar } from '../charts.ts'
import type { Picture } from '../document.ts'
import { choropleth, mapSize, type Choropleth } from '../maps.ts'
import { displayUnitLabel, fixedText, quantityCellText, type DisplayUnit } from '../number-text.ts'
import { groupOf, type Page } from './page.ts'

const KIND = { M: 2, R: 1, C: 0 } as const

function bar(page: Page, key: string, name: string, kind: number): Bar | undefined {
  const f = page.find(key)
  if (!f) return undefined
  const label = quantityCellText(f.quantity, page.money)
  return {
    name,
    kind,
    label,
    size: page
      .yuan(key)!
      .div(page.money.scale === '亿' ? 1e8 : 1e4)
      .toNumber(),
  }
}

const axis = (page: Page): string =>
  page.say(
    `${page.moneyLabel}（考核口径，${page.account.head.priceYear} 年价）`,
    `${page.moneyLabel} (assessment basis, prices of ${page.account.head.priceYear})`,
  )

const spoken = (bars: readonly Bar[]): string => bars.map((b) => `${b.name} ${b.label}`).join('; ')

/** Provisioning, regulating, cultural: the small chart of the leader's page. */
export async function groupChart(page: Page): Promise<Picture | undefined> {
  const bars = (['M', 'R', 'C'] as const).flatMap(
    (g) => bar(page, valueKey('constant', page.root, '*', g), page.serviceName(g), KIND[g]) ?? [],
  )
  if (bars.length === 0) return undefined
  const size = mapSize('half')
  return {
    kind: 'chart',
    ...size,
    half: true,
    svg: await barChart({ bars, axis: axis(page), direction: 'up', ...size }),
    alt: `${page.say('三类服务价值', 'Value of the three groups')}: ${spoken(bars)}`,
    caption: page.say('三类生态产品价值', 'Value by group'),
  }
}

export async function servicesChart(page: Page): Promise<Picture | undefined> {
  const bars = page.services.flatMap(
    (id) => bar(page, valueKey('constant', page.root, '*', id), page.serviceName(id), KIND[groupOf(id)]) ?? [],
  )
  if (bars.length === 0) return undefined
  const size = { width: 760, height: 64 + bars.length * 26 }
  return {
    kind: 'chart',
    ...size,
    svg: await barChart({ bars, axis: axis(page), direction: 'across', ...size }),
    alt: `${page.say('各项服务价值', 'Value of each service')}: ${spoken(bars)}`,
    caption: page.say(
      '各项服务价值（考核口径，按指标顺序）',
      'Value by service (assessment basis, in the order of the set)',
    ),
  }
}

export async function classChart(page: Page): Promise<Picture | undefined> {
  const bars = page.classes.flatMap((c) => bar(page, valueKey('constant', page.root, c), page.className(c), 0) ?? [])
  if (bars.length === 0) return undefined
  const across = bars.length > 8
  const size = { width: 760, height: across ? 64 + bars.length * 26 : 280 }
  return {
    kind: 'chart',
    ...size,
    svg: await barChart({ bars, axis: axis(page), direction: across ? 'across' : 'up', ...size }),
    alt: `${page.say('各生态系统类型价值', 'Value by ecosystem type')}: ${spoken(bars)}`,
    caption: page.say('各生态系统类型价值（考核口径）', 'Value by ecosystem type (assessment basis)'),
  }
}

interface MapWish {
  readonly id: string
  readonly title: string
  readonly unit: DisplayUnit
  readonly keyOf: (region: string) => string
  readonly size: Choropleth['size']
}

/** A map of the regions that have both a boundary and, for at least one of them, a figure. */
function regionMap(page: Page, wish: MapWish): Picture | undefined {
  const { boundaries, head } = page.account
  const inside = boundaries.filter((b) => b.region !== page.root || boundaries.length === 1)
  const texts = new Map<string, string>()
  const values = new Map<string, number>()
  for (const { region } of inside) {
    const q = page.find(wish.keyOf(region))?.quantity
    if (!q) continue
    texts.set(region, quantityCellText(q, wish.unit))
    values.set(
      region,
      Number(
        fixedText(
          convert(q, wish.unit.base).value.div(wish.unit.scale === '亿' ? 1e8 : wish.unit.scale === '万' ? 1e4 : 1),
          6,
        ).replaceAll(',', ''),
      ),
    )
  }
  if (values.size === 0) return undefined
  const unit = displayUnitLabel(wish.unit, page.lang)
  return {
    kind: 'map',
    ...mapSize(wish.size),
    ...(wish.size === 'half' ? { half: true as const } : {}),
    svg: choropleth({
      id: wish.id,
      lang: page.lang,
      boundaries: inside,
      names: new Map(inside.map((b) => [b.region, page.regionName(b.region)])),
      values,
      unit,
      title: wish.title,
      sample: head.sample,
      size: wish.size,
      ...(head.mapNumber !== undefined ? { mapNumber: head.mapNumber } : {}),
    }),
    alt: `${wish.title} (${unit}): ${inside.map((b) => `${page.regionName(b.region)} ${texts.get(b.region) ?? page.say('缺', 'missing')}`).join('; ')}`,
    caption: `${wish.title}${page.say(`（${head.year} 年）`, `, ${head.year}`)}`,
    ...(wish.size === 'full' ? { file: wish.id } : {}),
  }
}

export const perAreaMap = (page: Page, basis: Basis, size: Choropleth['size']): Picture | undefined =>
  regionMap(page, {
    id: size === 'full' ? 'per-area' : 'per-area-half',
    title: page.say('单位面积 GEP（考核口径）', 'GEP per area (assessment basis)'),
    unit: { base: '元/km2', scale: '万', decimals: 2 },
    keyOf: (region) => ratioKey(basis, region, 'per-area'),
    size,
  })

/** GEP of each region. */
export const totalMap = (page: Page): Picture | undefined =>
  regionMap(page, {
    id: 'total',
    title: page.say('各地区 GEP（考核口径）', 'GEP of each region (assessment basis)'),
    unit: page.money,
    keyOf: (region) => valueKey('constant', region),
    size: 'full',
  })
