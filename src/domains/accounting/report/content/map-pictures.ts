// Pixel maps in the report: the land cover, then each service computed over pixels. The share at a class is that of the
// area account, never counted from the picture.

import { text } from '../../../../kernel/index.ts'
import type { MapView } from '../../maps/map-views.ts'
import type { Picture } from '../document.ts'
import { drawPixelMap, type DrawnMap } from '../pixel-map.ts'
import type { Lang, Text } from '../../../../kernel/index.ts'
import { unitLabel } from '../number-text.ts'
import type { Page } from './page.ts'

export interface MapWords {
  readonly lang: Lang
  readonly className: (code: string) => string
  readonly regionName: (code: string) => string
  readonly year: number
  readonly sample: boolean
  readonly mapNumber?: string
  /** What lies outside the zones is drawn pale. */
  readonly dim?: true
}

/** One view drawn; equal for the report and for the file beside it. */
export function drawView(view: MapView, words: MapWords): DrawnMap & { readonly title: string } {
  const per = 'ramp' in view.kind ? text('，每公顷', ', per hectare') : text('', '')
  const title: Text = text(`${view.title.zh}（${words.year} 年${per.zh}）`, `${view.title.en}, ${words.year}${per.en}`)
  const same = (name: string): Text => text(name, name)
  const kind =
    'classes' in view.kind
      ? {
          classes: view.kind.classes.map((c) => ({
            value: c.value,
            title: same(words.className(c.code)),
            classCode: c.code,
            share: share(c.areaM2, view.kind as { classes: readonly { areaM2: number }[] }),
          })),
        }
      : { ramp: view.kind.ramp, unit: same(unitLabel(view.kind.unit, words.lang)) }
  const seen = seenOf(view)
  const drawn = drawPixelMap({
    title,
    grid: view.grid,
    values: view.values,
    states: view.states,
    kind,
    zones: view.zones.map((z) => ({ name: same(words.regionName(z.region)), polygons: points(z.polygons) })),
    lonLat: view.lonLat,
    ...(words.mapNumber === undefined ? {} : { mapNumber: words.mapNumber }),
    ...(words.dim ? { dim: true } : {}),
    sample: words.sample,
    lang: words.lang,
    source: text(`${view.files.join('、')}${seen.zh}`, `${view.files.join(', ')}${seen.en}`),
  })
  return { ...drawn, title: title[words.lang] }
}

/** Said on the picture and below it where it was not drawn from every pixel. */
const seenOf = ({ sampled }: MapView): Text =>
  sampled
    ? text(
        `；图由每 ${sampled.of} 行像元中的 ${sampled.rows} 行画成`,
        `; drawn from ${sampled.rows} of every ${sampled.of} rows of pixels`,
      )
    : text('', '')

const points = (polygons: MapView['zones'][number]['polygons']) =>
  polygons.map((p) => p.map((ring) => ring.map(([x, y]) => [x!, y!] as const)))

function share(area: number, { classes }: { readonly classes: readonly { readonly areaM2: number }[] }): string {
  const whole = classes.reduce((n, c) => n + c.areaM2, 0)
  return `${(Math.round((area / whole) * 1000) / 10).toFixed(1)}%`
}

export const wordsOf = (page: Page): MapWords => ({
  lang: page.lang,
  className: page.className,
  regionName: page.regionName,
  year: page.account.head.year,
  sample: page.account.head.sample,
  ...(page.account.head.mapNumber === undefined ? {} : { mapNumber: page.account.head.mapNumber }),
})

export const mapPictures = (page: Page): readonly Picture[] =>
  (page.options.mapViews ?? []).map((view) => {
    const { svg, width, height, title } = drawView(view, wordsOf(page))
    const note = [sentence(page, view), ...(view.sampled ? [sampledSentence(page, view.sampled)] : [])].join(
      page.say('', ' '),
    )
    return { kind: 'map', width, height, svg, alt: `${title}. ${note}`, caption: title, note, file: view.id }
  })

const sampledSentence = (page: Page, { rows, of }: NonNullable<MapView['sampled']>): string =>
  page.say(
    `地图很大，图由每 ${of} 行像元中的 ${rows} 行画成；表中的数按全部像元计算。`,
    `The map is large: the picture is drawn from ${rows} of every ${of} rows of pixels; the numbers in the tables count every pixel.`,
  )

/** What the map shows and what it was made from. */
function sentence(page: Page, view: MapView): string {
  const files = view.files.join(page.say('、', ', '))
  const { year } = page.account.head
  if ('classes' in view.kind)
    return page.say(
      `本图显示 ${year} 年每个像元的生态系统类型，由 ${files} 归类得到；百分比是核算范围内的面积份额。`,
      `The ecosystem type of each pixel in ${year}, classed from ${files}; percentages are shares of the accounting area.`,
    )
  const what = page.t(view.title)
  const unit = unitLabel(view.kind.unit, page.lang)
  return page.say(
    `本图显示 ${year} 年每个像元折合每公顷的${what}（${unit}），逐像元算得；所用地图和代码表：${files}。没有数的像元不当作 0。`,
    `${what} of each pixel in ${year} per hectare (${unit}), computed pixel by pixel; maps and tables of codes used: ${files}. A pixel without a number is not zero.`,
  )
}
