// Choropleth maps as SVG from the account's own boundaries, without any base map.
// Serves the rule that an edited map needs its review number: a map says 内部资料 unless a 审图号 is given.
// Always holds: at most five classes with printed bounds and unit, a missing region is hatched and named in the legend,
// and north arrow, scale bar and frame are there. Drawing is in floats; no number is read back from a map.

import { dec, type Lang } from '../../../kernel/index.ts'
import type { BoundaryFeature } from '../model.ts'
import { html, type Markup } from './html-template.ts'
import { classOf, mapClasses } from './map-classes.ts'
import { exactText } from './number-text.ts'
import { FAINT, INK, PICTURE_FONT, RAMP } from './palette.ts'

export interface Choropleth {
  /** Unique on its page; names the hatch pattern. */
  readonly id: string
  readonly lang: Lang
  readonly boundaries: readonly BoundaryFeature[]
  readonly names: ReadonlyMap<string, string>
  /** A region without an entry is drawn as missing. */
  readonly values: ReadonlyMap<string, number>
  readonly unit: string
  readonly title: string
  readonly sample: boolean
  readonly mapNumber?: string
  /** `half` stands beside another picture: narrow, legend below. */
  readonly size: 'full' | 'half'
}

const WORDS = {
  missing: { zh: '缺数据', en: 'missing' },
  internal: { zh: '内部资料', en: 'Internal material' },
  number: { zh: '审图号：', en: 'Map review no. ' },
  sample: { zh: '示范数据', en: 'Demonstration data' },
  north: { zh: '北', en: 'N' },
  unit: { zh: '单位：', en: 'Unit: ' },
} as const

type Point = readonly [number, number]
type Ring = readonly Point[]

interface Frame {
  readonly width: number
  readonly height: number
  readonly map: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly legend: { readonly x: number; readonly y: number }
}

const FRAMES: Readonly<Record<Choropleth['size'], Frame>> = {
  full: { width: 760, height: 470, map: { x: 12, y: 40, w: 560, h: 418 }, legend: { x: 590, y: 70 } },
  half: { width: 380, height: 366, map: { x: 10, y: 32, w: 360, h: 214 }, legend: { x: 18, y: 266 } },
}

export const mapSize = (size: Choropleth['size']): { readonly width: number; readonly height: number } => FRAMES[size]

/** A self-contained SVG. @throws Error where no region has a value */
export function choropleth(map: Choropleth): string {
  const frame = FRAMES[map.size]
  const place = projection(map.boundaries, frame)
  const { bounds } = mapClasses([...map.values.values()])
  const hatch = `url(#hatch-${map.id})`
  const shapes = map.boundaries.map((f) => {
    const value = map.values.get(f.region)
    const rings = f.polygons.map((p) => p.map((r) => r.map(place.to)))
    const d = rings.flatMap((p) => p.map(path)).join('')
    const fill = value === undefined ? hatch : RAMP[rampStep(classOf(value, bounds), bounds.length - 1)]!
    return { d, fill, label: label(map.names.get(f.region) ?? f.region, rings) }
  })
  const missing = map.boundaries.some((f) => !map.values.has(f.region))
  const { x, y, w, h } = frame.map
  const markup = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${frame.width} ${frame.height}"
    width="${frame.width}"
    height="${frame.height}"
    font-family="${PICTURE_FONT}"
    fill="${INK}"
  >
    <defs>
      <pattern id="hatch-${map.id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" fill="#ffffff" />
        <line x1="0" y1="0" x2="0" y2="7" stroke="#8a949d" stroke-width="2" />
      </pattern>
    </defs>
    <rect x="0.5" y="0.5" width="${frame.width - 1}" height="${frame.height - 1}" fill="#ffffff" stroke="#b9c3cc" />
    <text x="${frame.width / 2}" y="24" font-size="16" text-anchor="middle">${map.title}</text>
    <rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${INK}" />
    ${shapes.map(
      (s) => html`<path d="${s.d}" fill="${s.fill}" fill-rule="evenodd" stroke="#4c5864" stroke-width="0.9" />`,
    )}
    ${shapes.map((s) => s.label)} ${north(x + w - 24, y + 16, map.lang)}
    ${scaleBar(x + 14, y + h - 14, place.metresPerPx)} ${legend(map, frame, bounds, missing)}
  </svg>`
  return markup.markup.replace(/\s+/g, ' ').replace(/> /g, '>').replace(/ </g, '<').trim()
}

/** Spreads fewer than five classes over the whole ramp. */
const rampStep = (k: number, classes: number): number =>
  classes <= 1 ? 2 : Math.round((k * (RAMP.length - 1)) / (classes - 1))

interface Projection {
  readonly to: (p: Point) => Point
  readonly metresPerPx: number
}

const METRES_PER_DEGREE = 111_320

/** Degrees become equirectangular with cos(middle latitude); other coordinates are taken as metres. */
function projection(boundaries: readonly BoundaryFeature[], frame: Frame): Projection {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const f of boundaries)
    for (const polygon of f.polygons)
      for (const ring of polygon)
        for (const [x, y] of ring) {
          x0 = Math.min(x0, x)
          x1 = Math.max(x1, x)
          y0 = Math.min(y0, y)
          y1 = Math.max(y1, y)
        }
  const degrees = x0 >= -180 && x1 <= 180 && y0 >= -90 && y1 <= 90
  const stretch = degrees ? Math.cos((((y0 + y1) / 2) * Math.PI) / 180) : 1
  const margin = { side: 16, top: 16, bottom: 40 }
  const room = { w: frame.map.w - 2 * margin.side, h: frame.map.h - margin.top - margin.bottom }
  const scale = Math.min(room.w / Math.max((x1 - x0) * stretch, 1e-9), room.h / Math.max(y1 - y0, 1e-9))
  const left = frame.map.x + margin.side + (room.w - (x1 - x0) * stretch * scale) / 2
  const top = frame.map.y + margin.top + (room.h - (y1 - y0) * scale) / 2
  return {
    to: ([x, y]) => [left + (x - x0) * stretch * scale, top + (y1 - y) * scale],
    metresPerPx: (degrees ? METRES_PER_DEGREE : 1) / scale,
  }
}

const px = (n: number): string => n.toFixed(1)
const path = (ring: Ring): string =>
  ring.length === 0 ? '' : `M${ring.map((p) => `${px(p[0])} ${px(p[1])}`).join('L')}Z`

const textWidth = (s: string, size: number): number =>
  [...s].reduce((w, c) => w + (c.codePointAt(0)! > 0x2e7f ? size : size * 0.56), 0)

/** The name in the widest place of its region, in one line or two, or not at all. */
function label(name: string, polygons: readonly (readonly Ring[])[]): Markup | undefined {
  const spot = widest(polygons)
  if (!spot) return undefined
  for (const size of [13, 11])
    for (const lines of [[name], halves(name)]) {
      const width = Math.max(...lines.map((l) => textWidth(l, size)))
      if (width + 6 > spot.width || lines.length * size * 1.2 > spot.height) continue
      const first = spot.y - ((lines.length - 1) * size * 1.15) / 2 + size * 0.36
      return html`${lines.map(
        (l, i) =>
          html`<text
            x="${px(spot.x)}"
            y="${px(first + i * size * 1.15)}"
            font-size="${size}"
            text-anchor="middle"
            stroke="#ffffff"
            stroke-width="3"
            stroke-linejoin="round"
            paint-order="stroke"
            >${l}</text
          >`,
      )}`
    }
  return undefined
}

function halves(name: string): readonly string[] {
  const words = name.split(' ')
  if (words.length > 1) {
    const cut = Math.ceil(words.length / 2)
    return [words.slice(0, cut).join(' '), words.slice(cut).join(' ')]
  }
  const chars = [...name]
  const cut = Math.ceil(chars.length / 2)
  return [chars.slice(0, cut).join(''), chars.slice(cut).join('')]
}

/** The longest level chord of a region among eleven, and the height of the region there. */
function widest(
  polygons: readonly (readonly Ring[])[],
): { x: number; y: number; width: number; height: number } | undefined {
  const ys = polygons.flatMap((p) => p[0]?.map(([, y]) => y) ?? [])
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  let best: { x: number; y: number; width: number; height: number } | undefined
  for (let k = 3; k <= 13; k++) {
    const y = top + ((bottom - top) * k) / 16 + 0.01
    for (const polygon of polygons) {
      const cuts = polygon.flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b)
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const width = cuts[i + 1]! - cuts[i]!
        const centred = width * (1 - Math.abs(k - 8) / 40)
        if (!best || centred > best.width)
          best = { x: (cuts[i]! + cuts[i + 1]!) / 2, y, width: centred, height: (bottom - top) * 0.6 }
      }
    }
  }
  return best
}

function crossings(ring: Ring, y: number): readonly number[] {
  const at: number[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    if (a[1] <= y !== b[1] <= y) at.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
  })
  return at
}

const north = (x: number, y: number, lang: Lang): Markup =>
  html`<path d="M${x} ${y}l7 22l-7 -5l-7 5z" fill="${INK}" /><text
      x="${x}"
      y="${y + 36}"
      font-size="12"
      text-anchor="middle"
    >
      ${WORDS.north[lang]}
    </text>`

function scaleBar(x: number, y: number, metresPerPx: number): Markup {
  const most = 110 * metresPerPx
  const power = dec(`1e${dec(most).e}`)
  const metres = [5, 2, 1].map((s) => power.times(s).toNumber()).find((m) => m <= most)!
  const length = metres / metresPerPx
  const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`
  return html`<path
      d="M${px(x)} ${px(y - 5)}v5h${px(length)}v-5M${px(x + length / 2)} ${px(y)}v-4"
      fill="none"
      stroke="${INK}"
    /><text x="${px(x + length + 6)}" y="${px(y + 3)}" font-size="11">${text}</text>`
}

const bound = (n: number): string => exactText(dec(n))

function legend(map: Choropleth, frame: Frame, bounds: readonly number[], missing: boolean): Markup {
  const classes = bounds.length - 1
  const entries = [
    ...Array.from({ length: classes }, (_, k) => ({
      fill: RAMP[rampStep(k, classes)]!,
      text: bounds[k] === bounds[k + 1] ? bound(bounds[k]!) : `${bound(bounds[k]!)} – ${bound(bounds[k + 1]!)}`,
    })),
    ...(missing ? [{ fill: `url(#hatch-${map.id})`, text: WORDS.missing[map.lang] }] : []),
  ]
  const { x, y } = frame.legend
  const columns = map.size === 'half' ? 2 : 1
  const perColumn = Math.ceil(entries.length / columns)
  const marks = [
    map.mapNumber !== undefined ? `${WORDS.number[map.lang]}${map.mapNumber}` : WORDS.internal[map.lang],
    ...(map.sample ? [WORDS.sample[map.lang]] : []),
  ]
  const below = y + 14 + perColumn * 22
  return html`<text x="${x}" y="${y}" font-size="12">${WORDS.unit[map.lang]}${map.unit}</text> ${entries.map((e, k) => {
      const cx = x + Math.floor(k / perColumn) * 175
      const cy = y + 12 + (k % perColumn) * 22
      return html`<rect
          x="${cx}"
          y="${cy}"
          width="24"
          height="14"
          fill="${e.fill}"
          stroke="#4c5864"
          stroke-width="0.8"
        /><text x="${cx + 32}" y="${cy + 12}" font-size="12">${e.text}</text>`
    })}
    ${
      map.size === 'half'
        ? html`<text x="${x}" y="${frame.height - 9}" font-size="12" fill="${FAINT}">${marks.join(' · ')}</text>`
        : marks.map((m, k) => html`<text x="${x}" y="${below + 24 + k * 20}" font-size="13">${m}</text>`)
    }`
}
