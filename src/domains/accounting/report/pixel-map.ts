// A thematic map of pixels as SVG: the picture of a raster with frame, coordinates, legend, scale bar and region names.
// Serves the maps of a report, at 16 cm width on paper, where its smallest letters are 9 pt. No base map.
// Always holds: the map says 内部资料 unless a 审图号 is given; a pixel without a number has a colour of its own and a
// line in the legend; the same pixels give the same text. Drawing is in floats; no number is read back from a map.

import type { Lang, Text } from '../../../kernel/index.ts'
import { palettePng, VALID, type Colour, type Grid } from '../../../raster/index.ts'
import { html, type Markup, type Piece } from './html-template.ts'
import { NODATA_COLOUR, rgb, type RampName } from './map-colours.ts'
import {
  chords,
  coordinateFrame,
  haloText,
  halves,
  mapMarks,
  metresPerDegree,
  northArrow,
  path,
  px,
  roundBar,
  scaleBar,
  squeezed,
  textWidth,
  webMercatorScale,
  wrapped,
  type Box,
  type Edge,
  type Point,
  type Ring,
} from './map-frame.ts'
import { FAINT, INK, PICTURE_FONT } from './palette.ts'
import { pixelLegend, type PixelLegend } from './pixel-legend.ts'
import { pixelsInRings } from './pixels-in-rings.ts'
import { thinRing } from './thin-ring.ts'

export interface PixelClass {
  readonly value: number
  readonly title: Text
  /** Ecosystem class, which gives the colour: `forest.mixed`. */
  readonly classCode?: string
  /** Share of the area as printed in the tables: `23.4%`. */
  readonly share?: string
}

export type PixelKind =
  | { readonly classes: readonly PixelClass[] }
  | {
      readonly ramp: RampName
      readonly unit: Text | string
      /** Limits from low to high in place of the map's own. */
      readonly breaks?: readonly number[]
      /** Left out: classed. */
      readonly style?: 'classed' | 'continuous'
    }

export interface MapZone {
  readonly name: Text
  /** Polygons of rings, in coordinates of the grid. */
  readonly polygons: readonly (readonly Ring[])[]
}

export interface PixelMap {
  readonly title: Text
  readonly grid: Grid
  /** One number and one state (band.ts) a pixel. */
  readonly values: Float64Array
  readonly states: Uint8Array
  readonly kind: PixelKind
  readonly zones: readonly MapZone[]
  /** What lies outside the zones is drawn pale. */
  readonly dim?: true
  /** Longitude and latitude of a place of the grid; without it a projected map carries kilometres on its frame. */
  readonly lonLat?: (x: number, y: number) => Point
  readonly mapNumber?: string
  readonly sample?: boolean
  readonly lang: Lang
  readonly source?: Text
}

export interface DrawnMap {
  readonly svg: string
  readonly width: number
  readonly height: number
}

/** 16 cm on paper, so that 15.2 px are 9 pt. */
const WIDTH = 760
const SMALL = 15.2
const TITLE = 19
/** The tallest picture that keeps its width on a page of the report (105 mm). */
const MOST_HEIGHT = 496
const MARGIN = 14
/** Room of coordinates at the left edge and below the frame. */
const TICKS = 24
const PAD = 12
const LEAST_FRAME = { w: 190, h: 130 }

export function drawPixelMap(map: PixelMap): DrawnMap {
  const legend = pixelLegend(map, SMALL)
  const titleSize = textWidth(map.title[map.lang], TITLE) > WIDTH - 2 * MARGIN ? SMALL + 1 : TITLE
  const title = wrapped(map.title[map.lang], titleSize, WIDTH - 2 * MARGIN)
  const top = 8 + title.length * titleSize * 1.3 + 8
  const source = map.source
    ? wrapped(`${map.lang === 'zh' ? '资料来源：' : 'Source: '}${map.source[map.lang]}`, SMALL, WIDTH - 2 * MARGIN)
    : []
  const marks = mapMarks({ ...map, sample: map.sample ?? false }).join(' · ')
  const foot = 10 + (1 + source.length) * SMALL * 1.35 + 4
  const layout = layOut(map, legend, top, MOST_HEIGHT - top - foot)
  const ground = groundOf(map)
  const { frame, image } = layout
  const scale = image.w / (map.grid.width * map.grid.dx)
  const vertical = image.h / (map.grid.height * map.grid.dy)
  const to = ([x, y]: Point): Point => [
    image.x + (x - map.grid.west) * scale,
    image.y + (map.grid.north - y) * vertical,
  ]
  const from = ([x, y]: Point): Point => [
    map.grid.west + (x - image.x) / scale,
    map.grid.north - (y - image.y) / vertical,
  ]
  const zones = map.zones.map((z) => ({
    name: z.name[map.lang],
    rings: z.polygons.map((p) => p.map((r) => thinRing(r.map(to)))),
  }))
  const bar = roundBar(layout.barRoom, ground.x / scale)
  const height = Math.ceil(layout.bottom + foot)
  const markup = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    font-family="${PICTURE_FONT}"
    fill="${INK}"
  >
    <rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" fill="#ffffff" stroke="#b9c3cc" />
    ${title.map(
      (l, k) =>
        html`<text
          x="${WIDTH / 2}"
          y="${px(8 + titleSize * (1 + k * 1.3))}"
          font-size="${titleSize}"
          text-anchor="middle"
          >${l}</text
        >`,
    )}
    <image
      x="${px(image.x)}"
      y="${px(image.y)}"
      width="${px(image.w)}"
      height="${px(image.h)}"
      preserveAspectRatio="none"
      image-rendering="optimizeSpeed"
      href="data:image/png;base64,${Buffer.from(picture(map, legend)).toString('base64')}"
    />
    ${map.dim && veil(zones, image)} ${borders(zones, '#ffffff', 3)} ${borders(zones, INK, 1.2)} ${names(zones, frame)}
    ${coordinateFrame(frame, edges(map, frame, from), SMALL)}
    ${northArrow(layout.arrow[0], layout.arrow[1], map.lang, SMALL)}
    ${scaleBar(layout.bar[0], layout.bar[1], bar, SMALL)} ${legend.draw(layout.legend, layout.columns)}
    <text x="${MARGIN}" y="${px(layout.bottom + 10 + SMALL)}" font-size="${SMALL}">${marks}</text>
    ${source.map(
      (l, k) =>
        html`<text
          x="${MARGIN}"
          y="${px(layout.bottom + 10 + SMALL * (1 + (k + 1) * 1.35))}"
          font-size="${SMALL}"
          fill="${FAINT}"
          >${l}</text
        >`,
    )}
  </svg>`
  return { svg: squeezed(markup), width: WIDTH, height }
}

/** Ground metres of one unit across and along, in the middle of the grid. */
function groundOf({ grid }: PixelMap): { readonly x: number; readonly y: number } {
  const middle = grid.north - (grid.height * grid.dy) / 2
  if (grid.crs.kind === 'geographic') {
    const degree = metresPerDegree(middle, grid.crs.datum.ellipsoid)
    return { x: degree.lon, y: degree.lat }
  }
  const k = grid.crs.kind === 'web-mercator' ? webMercatorScale(middle) : 1
  return { x: k, y: k }
}

interface Layout {
  readonly frame: Box
  readonly image: Box
  readonly legend: Point
  readonly columns: number
  readonly arrow: Point
  readonly bar: Point
  readonly barRoom: number
  readonly bottom: number
}

/** The legend beside the map or, for a wide flat area, below it: whichever shows the area larger. */
function layOut(map: PixelMap, legend: PixelLegend, top: number, room: number): Layout {
  const ground = groundOf(map)
  const [wide, high] = [map.grid.width * map.grid.dx * ground.x, map.grid.height * map.grid.dy * ground.y]
  const side = Math.max(legend.width, 196)
  const columns = Math.max(1, Math.floor((WIDTH - 2 * MARGIN - 190) / (legend.width + 20)))
  const beside = { w: WIDTH - 2 * MARGIN - TICKS - side - 22, h: room - TICKS }
  const below = { w: WIDTH - 2 * MARGIN - TICKS, h: room - TICKS - Math.max(legend.height(columns), 84) - 22 }
  const scaleIn = (r: { w: number; h: number }): number =>
    Math.max(0, Math.min((r.w - 2 * PAD) / wide, (r.h - 2 * PAD) / high))
  const flat = scaleIn(below) > scaleIn(beside) * 1.05
  const area = flat ? below : beside
  const scale = scaleIn(area)
  const w = Math.max(LEAST_FRAME.w, wide * scale + 2 * PAD)
  const h = Math.max(LEAST_FRAME.h, high * scale + 2 * PAD)
  const left = MARGIN + TICKS + (area.w - w) / 2
  const frame: Box = { x: left, y: top, w, h }
  const image: Box = {
    x: left + (w - wide * scale) / 2,
    y: top + (h - high * scale) / 2,
    w: wide * scale,
    h: high * scale,
  }
  const under = top + h + TICKS
  if (flat)
    return {
      frame,
      image,
      columns,
      legend: [MARGIN, under + 20],
      arrow: [WIDTH - MARGIN - 90, under + 14],
      bar: [WIDTH - MARGIN - 170, under + 84],
      barRoom: 95,
      bottom: under + 20 + Math.max(legend.height(columns), 70),
    }
  const x = MARGIN + TICKS + area.w + 22
  const arrowRoom = 56
  return {
    frame,
    image,
    columns: 1,
    legend: [x, top + arrowRoom + 18],
    arrow: [x + 10, top],
    bar: [x + 40, top + 28],
    barRoom: 92,
    bottom: Math.max(under, top + arrowRoom + 18 + legend.height(1)),
  }
}

/** What the frame reads along its lower and left edge. */
function edges(map: PixelMap, frame: Box, from: (p: Point) => Point): { readonly bottom: Edge; readonly left: Edge } {
  const [sw, se, nw] = [
    from([frame.x, frame.y + frame.h]),
    from([frame.x + frame.w, frame.y + frame.h]),
    from([frame.x, frame.y]),
  ] as const
  const lonLat =
    map.lonLat ?? (map.grid.crs.kind === 'geographic' ? (x: number, y: number): Point => [x, y] : undefined)
  if (lonLat) {
    const [a, b, c] = [lonLat(...sw), lonLat(...se), lonLat(...nw)]
    return { bottom: { from: a[0], to: b[0], kind: 'lon' }, left: { from: c[1], to: a[1], kind: 'lat' } }
  }
  return {
    bottom: { from: sw[0] / 1000, to: se[0] / 1000, kind: 'km' },
    left: { from: nw[1] / 1000, to: sw[1] / 1000, kind: 'km' },
  }
}

/** The PNG: colour 0 is clear, 1 is a pixel without a number; outside all zones such pixels are clear. */
function picture(map: PixelMap, legend: PixelLegend): Uint8Array {
  const { width, height } = map.grid
  const solid = (hex: string): Colour => [...rgb(hex), 255]
  const pixels = new Uint8Array(width * height)
  const rings = map.zones.flatMap((z) => z.polygons.flat())
  // Without zones the whole grid counts.
  const insideOf = rings.length === 0 ? undefined : pixelsInRings(map.grid, rings)
  for (let row = 0; row < height; row++) {
    const inside = insideOf?.(row)
    for (let col = 0; col < width; col++) {
      const at = row * width + col
      if (map.states[at] === VALID) pixels[at] = legend.colourOf(map.values[at]!) + 2
      else pixels[at] = inside ? inside[col]! : 1
    }
  }
  return palettePng({
    width,
    height,
    pixels,
    palette: [[255, 255, 255, 0], solid(NODATA_COLOUR), ...legend.colours.map(solid)],
  })
}

/** A pale sheet over the picture with the zones cut out of it. */
const veil = (zones: readonly { readonly rings: readonly (readonly Ring[])[] }[], { x, y, w, h }: Box): Markup => {
  const sheet: Ring = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ]
  const d = [sheet, ...zones.flatMap((z) => z.rings.flat())].map(path).join('')
  return html`<path d="${d}" fill="#ffffff" fill-opacity="0.68" fill-rule="evenodd" />`
}

/** Drawn twice, a light line under a dark one, so that it shows on any colour. */
const borders = (
  zones: readonly { readonly rings: readonly (readonly Ring[])[] }[],
  ink: string,
  wide: number,
): Piece =>
  zones.map(
    (z) =>
      html`<path
        d="${z.rings.flatMap((p) => p.map(path)).join('')}"
        fill="none"
        stroke="${ink}"
        stroke-width="${wide}"
        stroke-linejoin="round"
      />`,
  )

const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Names of regions, the largest region first; a name that finds no free place within the frame is left out. */
function names(
  zones: readonly { readonly name: string; readonly rings: readonly (readonly Ring[])[] }[],
  frame: Box,
): Piece {
  const taken: Box[] = []
  const size = (z: (typeof zones)[number]): number => chords(z.rings)[0]?.width ?? 0
  const byWidth = zones.map((z) => ({ ...z, size: size(z) })).sort((a, b) => b.size - a.size)
  return byWidth.map((z): Markup | undefined => {
    for (const fit of [true, false])
      for (const lines of [[z.name], ...([...z.name].length > 3 ? [halves(z.name)] : [])])
        for (const spot of chords(z.rings)) {
          const w = Math.max(...lines.map((l) => textWidth(l, SMALL))) + 4
          const h = lines.length * SMALL * 1.15 + 2
          if (fit && w > spot.width) continue
          const box = { x: spot.x - w / 2, y: spot.y - h / 2, w, h }
          const within =
            box.x >= frame.x && box.y >= frame.y && box.x + w <= frame.x + frame.w && box.y + h <= frame.y + frame.h
          if (!within || taken.some((t) => overlaps(t, box))) continue
          taken.push(box)
          return haloText(lines, spot.x, spot.y, SMALL)
        }
    return undefined
  })
}
