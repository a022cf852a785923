// Choropleth maps as SVG from the account's own boundaries, without any base map.
// Serves the rule that an edited map needs its review number: a map says 内部资料 unless a 审图号 is given.
// Always holds: at most five classes with printed bounds and unit, a missing region is hatched and named in the legend,
// and north arrow, scale bar and frame are there. Drawing is in floats; no number is read back from a map.

import { dec, type Lang } from '../../../kernel/index.ts'
import type { BoundaryFeature } from '../model.ts'
import { html, type Markup } from './html-template.ts'
import { classOf, mapClasses } from './map-classes.ts'
import {
  chords,
  coordinateFrame,
  halves,
  haloText,
  MAP_WORDS,
  mapMarks,
  metresPerDegree,
  northArrow,
  path,
  roundBar,
  scaleBar,
  squeezed,
  textWidth,
  type Box,
  type Edge,
  type Point,
  type Ring,
} from './map-frame.ts'
import { exactText } from './number-text.ts'
import { FAINT, INK, PICTURE_FONT, RAMP } from './palette.ts'
import { thinRing } from './thin-ring.ts'

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

interface Frame {
  readonly width: number
  readonly height: number
  readonly map: Box
  readonly legend: { readonly x: number; readonly y: number }
}

const FRAMES: Readonly<Record<Choropleth['size'], Frame>> = {
  full: { width: 760, height: 470, map: { x: 30, y: 40, w: 545, h: 400 }, legend: { x: 594, y: 70 } },
  half: { width: 380, height: 366, map: { x: 28, y: 34, w: 340, h: 198 }, legend: { x: 18, y: 270 } },
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
    const rings = f.polygons.map((p) => p.map((r) => thinRing(r.map(place.to))))
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
    ${shapes.map(
      (s) => html`<path d="${s.d}" fill="${s.fill}" fill-rule="evenodd" stroke="#4c5864" stroke-width="0.9" />`,
    )}
    ${shapes.map((s) => s.label)} ${northArrow(x + w - 24, y + 16, map.lang)}
    ${scaleBar(x + 14, y + h - 14, roundBar(110, place.metresPerPx))} ${coordinateFrame(frame.map, place.edges, 11)}
    ${legend(map, frame, bounds, missing)}
  </svg>`
  return squeezed(markup)
}

/** Spreads fewer than five classes over the whole ramp. */
export const rampStep = (k: number, classes: number): number =>
  classes <= 1 ? 2 : Math.round((k * (RAMP.length - 1)) / (classes - 1))

interface Projection {
  readonly to: (p: Point) => Point
  readonly metresPerPx: number
  readonly edges: { readonly bottom: Edge; readonly left: Edge }
}

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
  const degree = metresPerDegree((y0 + y1) / 2)
  const stretch = degrees ? degree.lon / degree.lat : 1
  const margin = { side: 16, top: 16, bottom: 40 }
  const room = { w: frame.map.w - 2 * margin.side, h: frame.map.h - margin.top - margin.bottom }
  const scale = Math.min(room.w / Math.max((x1 - x0) * stretch, 1e-9), room.h / Math.max(y1 - y0, 1e-9))
  const left = frame.map.x + margin.side + (room.w - (x1 - x0) * stretch * scale) / 2
  const top = frame.map.y + margin.top + (room.h - (y1 - y0) * scale) / 2
  const unit = degrees ? 1 : 1000
  const x = (at: number): number => (x0 + (at - left) / (stretch * scale)) / unit
  const y = (at: number): number => (y1 - (at - top) / scale) / unit
  const { map } = frame
  return {
    to: ([x, y]) => [left + (x - x0) * stretch * scale, top + (y1 - y) * scale],
    metresPerPx: (degrees ? degree.lat : 1) / scale,
    edges: {
      bottom: { from: x(map.x), to: x(map.x + map.w), kind: degrees ? 'lon' : 'km' },
      left: { from: y(map.y), to: y(map.y + map.h), kind: degrees ? 'lat' : 'km' },
    },
  }
}

/** The name in the widest place of its region, in one line or two, or not at all. */
function label(name: string, polygons: readonly (readonly Ring[])[]): Markup | undefined {
  const spot = chords(polygons)[0]
  if (!spot) return undefined
  for (const size of [13, 11])
    for (const lines of [[name], halves(name)]) {
      const width = Math.max(...lines.map((l) => textWidth(l, size)))
      if (width + 6 <= spot.width && lines.length * size * 1.2 <= spot.height)
        return haloText(lines, spot.x, spot.y, size)
    }
  return undefined
}

const bound = (n: number): string => exactText(dec(n))

function legend(map: Choropleth, frame: Frame, bounds: readonly number[], missing: boolean): Markup {
  const classes = bounds.length - 1
  const entries = [
    ...Array.from({ length: classes }, (_, k) => ({
      fill: RAMP[rampStep(k, classes)]!,
      text: bounds[k] === bounds[k + 1] ? bound(bounds[k]!) : `${bound(bounds[k]!)} – ${bound(bounds[k + 1]!)}`,
    })),
    ...(missing ? [{ fill: `url(#hatch-${map.id})`, text: MAP_WORDS.missing[map.lang] }] : []),
  ]
  const { x, y } = frame.legend
  const columns = map.size === 'half' ? 2 : 1
  const perColumn = Math.ceil(entries.length / columns)
  const marks = mapMarks(map)
  const below = y + 14 + perColumn * 22
  return html`<text x="${x}" y="${y}" font-size="12">${MAP_WORDS.unit[map.lang]}${map.unit}</text> ${entries.map(
      (e, k) => {
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
      },
    )}
    ${
      map.size === 'half'
        ? html`<text x="${x}" y="${frame.height - 9}" font-size="12" fill="${FAINT}">${marks.join(' · ')}</text>`
        : marks.map((m, k) => html`<text x="${x}" y="${below + 24 + k * 20}" font-size="13">${m}</text>`)
    }`
}
