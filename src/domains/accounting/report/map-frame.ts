// What every map of the report carries: the letters' width, the widest place of a region for its name, frame with
// coordinates, north arrow, scale bar, and the mark that says who may see it. Shared by region maps and pixel maps.
// Always holds: a scale bar has a round length; without a 审图号 a map says 内部资料. Drawing is in floats.

import { dec, type Lang } from '../../../kernel/index.ts'
import { html, type Markup } from './html-template.ts'
import { exactText } from './number-text.ts'
import { INK } from './palette.ts'

export type Point = readonly [number, number]
export type Ring = readonly Point[]
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export const MAP_WORDS = {
  missing: { zh: '缺数据', en: 'missing' },
  internal: { zh: '内部资料', en: 'Internal material' },
  number: { zh: '审图号：', en: 'Map review no. ' },
  sample: { zh: '示范数据', en: 'Demonstration data' },
  north: { zh: '北', en: 'N' },
  unit: { zh: '单位：', en: 'Unit: ' },
} as const

/** What is printed about the use of the map, the most binding first. */
export const mapMarks = (map: {
  readonly lang: Lang
  readonly sample: boolean
  readonly mapNumber?: string
}): readonly string[] => [
  map.mapNumber !== undefined ? `${MAP_WORDS.number[map.lang]}${map.mapNumber}` : MAP_WORDS.internal[map.lang],
  ...(map.sample ? [MAP_WORDS.sample[map.lang]] : []),
]

export const px = (n: number): string => n.toFixed(1)
export const path = (ring: Ring): string =>
  ring.length === 0 ? '' : `M${ring.map((p) => `${px(p[0])} ${px(p[1])}`).join('L')}Z`

/** Width of a text in the picture face, a little generous. */
export const textWidth = (s: string, size: number): number =>
  [...s].reduce((w, c) => w + (c.codePointAt(0)! > 0x2e7f ? size : size * 0.56), 0)

/** Lines no wider than `room`: Chinese breaks anywhere, other words at spaces. */
export function wrapped(text: string, size: number, room: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? []) {
    const opens = line !== '' && textWidth(line + piece.trimEnd(), size) > room && !/^[，。；：、）」》]/.test(piece)
    if (opens) lines.push(line.trimEnd())
    line = opens ? piece.trimStart() : line + piece
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()]
}

/** One SVG text without the line breaks of its source. */
export const squeezed = (markup: Markup): string =>
  markup.markup.replace(/\s+/g, ' ').replace(/> /g, '>').replace(/ </g, '<').trim()

export interface Spot {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Level chords of a region at eleven heights, the widest and most central first, with the height of the region. */
export function chords(polygons: readonly (readonly Ring[])[]): readonly Spot[] {
  let [top, bottom] = [Infinity, -Infinity]
  for (const p of polygons)
    for (const [, y] of p[0] ?? []) {
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  const spots: Spot[] = []
  for (let k = 3; k <= 13; k++) {
    const y = top + ((bottom - top) * k) / 16 + 0.01
    for (const polygon of polygons) {
      const cuts = polygon.flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b)
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const width = (cuts[i + 1]! - cuts[i]!) * (1 - Math.abs(k - 8) / 40)
        spots.push({ x: (cuts[i]! + cuts[i + 1]!) / 2, y, width, height: (bottom - top) * 0.6 })
      }
    }
  }
  return spots.sort((a, b) => b.width - a.width)
}

/** Where a ring cuts a level line. */
export function crossings(ring: Ring, y: number): readonly number[] {
  const at: number[] = []
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    if (a[1] <= y !== b[1] <= y) at.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
  })
  return at
}

/** A name in two lines. */
export function halves(name: string): readonly string[] {
  const words = name.split(' ')
  const chinese = words.length < 2
  const parts = chinese ? [...name] : words
  const cut = Math.ceil(parts.length / 2)
  return [parts.slice(0, cut), parts.slice(cut)].map((p) => p.join(chinese ? '' : ' '))
}

/** Lines of a name with a white halo, centred on a point. */
export function haloText(lines: readonly string[], x: number, y: number, size: number): Markup {
  const first = y - ((lines.length - 1) * size * 1.15) / 2 + size * 0.36
  return html`${lines.map(
    (l, i) =>
      html`<text
        x="${px(x)}"
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

/** Its tip at x, y; 22 high and the letter below. */
export const northArrow = (x: number, y: number, lang: Lang, size = 12): Markup =>
  html`<path d="M${px(x)} ${px(y)}l7 22l-7 -5l-7 5z" fill="${INK}" /><text
      x="${px(x)}"
      y="${px(y + 24 + size)}"
      font-size="${size}"
      text-anchor="middle"
    >
      ${MAP_WORDS.north[lang]}
    </text>`

export interface Bar {
  readonly metres: number
  readonly px: number
  readonly text: string
}

/** The longest round length (1, 2 or 5 × 10ⁿ metres) within `room` px. */
export function roundBar(room: number, metresPerPx: number): Bar {
  const most = room * metresPerPx
  const power = dec(`1e${dec(most).e}`)
  const metres = [5, 2, 1].map((s) => power.times(s).toNumber()).find((m) => m <= most)!
  const text = metres >= 1000 ? `${exactText(dec(metres / 1000))} km` : `${exactText(dec(metres))} m`
  return { metres, px: metres / metresPerPx, text }
}

/** The bar stands on `y`, its text to the right. */
export function scaleBar(x: number, y: number, bar: Bar, size = 11): Markup {
  const half = bar.px / 2
  return html`<rect
      x="${px(x)}"
      y="${px(y - 5)}"
      width="${px(bar.px)}"
      height="5"
      fill="#ffffff"
      stroke="${INK}"
    /><rect x="${px(x)}" y="${px(y - 5)}" width="${px(half)}" height="5" fill="${INK}" /><text
      x="${px(x + bar.px + 6)}"
      y="${px(y + size * 0.2)}"
      font-size="${size}"
      >${bar.text}</text
    >`
}

/** Ground length of one degree, in metres, after the ellipsoid's radii of curvature at a latitude. */
export function metresPerDegree(
  latitude: number,
  { a, inverseFlattening } = { a: 6_378_137, inverseFlattening: 298.257222101 },
): { readonly lon: number; readonly lat: number } {
  const f = 1 / inverseFlattening
  const e2 = f * (2 - f)
  const rad = Math.PI / 180
  const s = Math.sin(latitude * rad)
  const w2 = 1 - e2 * s * s
  const across = a / Math.sqrt(w2)
  return { lon: across * Math.cos(latitude * rad) * rad, lat: ((across * (1 - e2)) / w2) * rad }
}

/** One edge of the frame: the coordinate at its two ends, in order of the picture. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly kind: 'lon' | 'lat' | 'km'
}

const DEGREE_STEPS = [
  [10, 5, 2, 1],
  [30, 20, 10, 5, 2, 1].map((m) => m / 60),
  [30, 20, 10, 5, 2, 1].map((s) => s / 3600),
].flat()
const KM_STEPS = [500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01]

/** 111°30′E; seconds only where needed. */
export function degreeText(value: number, kind: 'lon' | 'lat'): string {
  const all = Math.round(Math.abs(value) * 3600)
  const [d, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  const letter = all === 0 ? '' : kind === 'lon' ? (value < 0 ? 'W' : 'E') : value < 0 ? 'S' : 'N'
  return `${d}°${m > 0 || s > 0 ? `${two(m)}′` : ''}${s > 0 ? `${two(s)}″` : ''}${letter}`
}

const tickText = (value: number, kind: Edge['kind']): string =>
  kind === 'km' ? `${Number(value.toFixed(3))} km` : degreeText(value, kind)

/** Round coordinates along an edge `length` px long, as close as their texts allow. */
export function edgeTicks(
  edge: Edge,
  length: number,
  size: number,
): readonly { readonly at: number; readonly text: string }[] {
  const span = edge.to - edge.from
  if (!(Math.abs(span) > 0)) return []
  const pxPerUnit = length / Math.abs(span)
  const [low, high] = [Math.min(edge.from, edge.to), Math.max(edge.from, edge.to)]
  const at = (v: number): number => ((v - edge.from) / span) * length
  const steps = (edge.kind === 'km' ? KM_STEPS : DEGREE_STEPS).toReversed()
  for (const step of steps) {
    const values: number[] = []
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 && values.length < 200; k++)
      values.push(k * step)
    const ticks = values.map((v) => ({ at: at(v), text: tickText(v, edge.kind) }))
    const widest = Math.max(0, ...ticks.map((t) => textWidth(t.text, size)))
    if (step * pxPerUnit < Math.max(widest + 24, length / 6)) continue
    // A text that would reach beyond the frame's corner meets its neighbour there: only the tick's text is at fault.
    return ticks.filter((t) => t.at >= widest / 2 - 14 && t.at <= length - widest / 2 + 14)
  }
  return []
}

/** Double line of the frame, ticks and coordinates on its lower and left edge. */
export function coordinateFrame(box: Box, edges: { readonly bottom: Edge; readonly left: Edge }, size: number): Markup {
  const { x, y, w, h } = box
  return html`<rect x="${px(x)}" y="${px(y)}" width="${px(w)}" height="${px(h)}" fill="none" stroke="${INK}" /><rect
      x="${px(x - 3)}"
      y="${px(y - 3)}"
      width="${px(w + 6)}"
      height="${px(h + 6)}"
      fill="none"
      stroke="${INK}"
      stroke-width="1.6"
    />${edgeTicks(edges.bottom, w, size).map(
      (t) =>
        html`<path d="M${px(x + t.at)} ${px(y + h)}v-6" stroke="${INK}" /><text
            x="${px(x + t.at)}"
            y="${px(y + h + size + 5)}"
            font-size="${size}"
            text-anchor="middle"
            >${t.text}</text
          >`,
    )}${edgeTicks(edges.left, h, size).map((t) => {
      const [tx, ty] = [px(x - 8), px(y + t.at)]
      return html`<path d="M${px(x)} ${ty}h6" stroke="${INK}" /><text
          x="${tx}"
          y="${ty}"
          font-size="${size}"
          text-anchor="middle"
          transform="rotate(-90 ${tx} ${ty})"
          >${t.text}</text
        >`
    })}`
}

/** Ground metres of one unit of a web Mercator map at a northing. */
export const webMercatorScale = (y: number): number => {
  const t = Math.exp(y / 6_378_137)
  return 2 / (t + 1 / t)
}
