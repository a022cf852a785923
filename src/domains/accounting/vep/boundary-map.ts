// A small picture of one unit's boundary: frame, corner coordinates, north arrow, scale bar, 内部资料.
// Serves the rule that a map without a review number is internal. No base map; drawing is in floats and nothing is read back.

import type { Lang } from '../../../kernel/index.ts'
import { html } from '../report/index.ts'
import type { Polygon, Position } from './polygon.ts'

export interface BoundaryMap {
  readonly polygon: Polygon
  readonly name: string
  readonly lang: Lang
  readonly sample: boolean
  readonly mapNumber?: string
}

export const MAP_WIDTH = 620
export const MAP_HEIGHT = 270
const BOX = { x: 20, y: 20, w: 420, h: 230 }
const METRES_PER_DEGREE = 111_320
const FONT = "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','SimHei',sans-serif"
const INK = '#16202a'

const px = (n: number): string => n.toFixed(1)

export function boundaryMap(map: BoundaryMap): string {
  const points = map.polygon.flat()
  const [west, east] = [Math.min(...points.map((p) => p[0])), Math.max(...points.map((p) => p[0]))]
  const [south, north] = [Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[1]))]
  const stretch = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const margin = 30
  const scale = Math.min(
    (BOX.w - 2 * margin) / Math.max((east - west) * stretch, 1e-9),
    (BOX.h - 2 * margin) / Math.max(north - south, 1e-9),
  )
  const left = BOX.x + (BOX.w - (east - west) * stretch * scale) / 2
  const top = BOX.y + (BOX.h - (north - south) * scale) / 2
  const to = ([x, y]: Position): string => `${px(left + (x - west) * stretch * scale)} ${px(top + (north - y) * scale)}`
  const d = map.polygon.map((ring) => `M${ring.map(to).join('L')}Z`).join('')
  const bar = scaleBar(METRES_PER_DEGREE / scale)
  const words = map.lang === 'zh'
  const notes = [
    map.mapNumber
      ? `${words ? '审图号：' : 'Map review no. '}${map.mapNumber}`
      : words
        ? '内部资料'
        : 'Internal material',
    ...(map.sample ? [words ? '示范数据' : 'Demonstration data'] : []),
  ]
  const side = BOX.x + BOX.w + 18
  const corner = (lon: number, lat: number): string => `${lon.toFixed(4)}°E ${lat.toFixed(4)}°N`
  const lines = [
    words ? '西南角' : 'South-west',
    corner(west, south),
    words ? '东北角' : 'North-east',
    corner(east, north),
    words ? '坐标系 CGCS2000' : 'CGCS2000',
  ]
  const markup = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}"
    width="${MAP_WIDTH}"
    height="${MAP_HEIGHT}"
    font-family="${FONT}"
    fill="${INK}"
  >
    <rect x="0.5" y="0.5" width="${MAP_WIDTH - 1}" height="${MAP_HEIGHT - 1}" fill="#ffffff" stroke="#b9c3cc" />
    <rect x="${BOX.x}" y="${BOX.y}" width="${BOX.w}" height="${BOX.h}" fill="#fbfcf8" stroke="${INK}" />
    <path d="${d}" fill="#b7e0b0" fill-rule="evenodd" stroke="#21507f" stroke-width="1.6" />
    <path d="M${BOX.x + BOX.w - 24} ${BOX.y + 14} l-7 22 l7 -6 l7 6 Z" fill="${INK}" />
    <text x="${BOX.x + BOX.w - 24}" y="${BOX.y + 52}" font-size="13" text-anchor="middle">${words ? '北' : 'N'}</text>
    <path
      d="M${BOX.x + 14} ${BOX.y + BOX.h - 20} v6 h${px(bar.px)} v-6"
      fill="none"
      stroke="${INK}"
      stroke-width="1.4"
    />
    <text x="${px(BOX.x + 14 + bar.px + 8)}" y="${BOX.y + BOX.h - 12}" font-size="12">${bar.text}</text>
    <text x="${side}" y="${BOX.y + 18}" font-size="14" font-weight="bold">${notes[0]}</text>
    ${notes[1] ? html`<text x="${side}" y="${BOX.y + 40}" font-size="14">${notes[1]}</text>` : undefined}
    ${lines.map((l, i) => html`<text x="${side}" y="${BOX.y + 84 + i * 22}" font-size="12">${l}</text>`)}
  </svg>`
  return markup.markup.replace(/>\s+</g, '><').trim()
}

/** The longest round length that fits a quarter of the frame. */
function scaleBar(metresPerPx: number): { readonly px: number; readonly text: string } {
  const room = (BOX.w / 4) * metresPerPx
  const metres = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000].findLast((m) => m <= room) ?? 5
  return { px: metres / metresPerPx, text: metres < 1000 ? `${metres} m` : `${metres / 1000} km` }
}
