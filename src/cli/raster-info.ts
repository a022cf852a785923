// What a raster file is, for `qingshan raster info`: size, type, packing, coordinate system, pixels, extent, no-data,
// and by reading every pixel once the statistics of each band and the codes of a class raster.

import type { Text } from '../kernel/index.ts'
import {
  cellText,
  crsText,
  keySums,
  openRaster,
  stripOf,
  TILE,
  tilesOf,
  VALID,
  type Band,
  type KeySums,
  type RasterHeader,
} from '../raster/index.ts'

export interface RasterInfo {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly bands: readonly BandInfo[]
  readonly sampleType: string
  readonly compression: string
  readonly predictor: number
  readonly tiled: boolean
  readonly blockWidth: number
  readonly blockHeight: number
  readonly overviews: number
  readonly nodata: string | null
  readonly crs: { readonly name: string; readonly epsg: number | null; readonly text: Text }
  readonly cell: { readonly dx: number; readonly dy: number; readonly text: Text }
  /** Outer edges, in units of the coordinate system. */
  readonly extent: { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
}

export interface BandInfo {
  readonly band: number
  readonly description: string | null
  readonly unit: string | null
  readonly scale: string | null
  readonly offset: string | null
  readonly count: number
  readonly nodata: number
  readonly nan: number
  readonly mean: number | null
  readonly min: number | null
  readonly max: number | null
  /** By rising code; null where the values are measures. */
  readonly classes: readonly { readonly code: number; readonly count: number }[] | null
}

/** Land cover has tens of classes, soil some hundred; what has more is a measure. */
const MAX_CLASSES = 256

/** @throws ProblemError `geotiff.…`, `raster.…` */
export function rasterInfo(file: string): RasterInfo {
  const raster = openRaster(file)
  try {
    const { header: h, grid } = raster
    return {
      file: raster.file,
      width: h.width,
      height: h.height,
      bands: Array.from({ length: raster.bands }, (_, i) => bandInfo(raster.band(i + 1), h, i + 1)),
      sampleType: h.sampleType,
      compression: h.compression,
      predictor: h.predictor,
      tiled: h.tiled,
      blockWidth: h.blockWidth,
      blockHeight: h.blockHeight,
      overviews: h.overviews,
      nodata: h.nodata ?? null,
      crs: { name: grid.crs.name, epsg: grid.crs.epsg ?? null, text: crsText(grid.crs) },
      cell: { dx: grid.dx, dy: grid.dy, text: cellText(grid) },
      extent: {
        west: grid.west,
        south: grid.north - grid.height * grid.dy,
        east: grid.west + grid.width * grid.dx,
        north: grid.north,
      },
    }
  } finally {
    raster.close()
  }
}

function bandInfo(band: Band, header: RasterHeader, n: number): BandInfo {
  const notes = header.notes.get(n)
  const { sums, classes } = read(band, /^u?int(8|16)$/.test(header.sampleType) && notes?.scale === undefined)
  return {
    band: n,
    description: notes?.description ?? null,
    unit: notes?.unit ?? null,
    scale: notes?.scale ?? null,
    offset: notes?.offset ?? null,
    count: sums.count,
    nodata: sums.nodata,
    nan: sums.nan,
    mean: sums.count === 0 ? null : sums.sum / sums.count,
    min: sums.min ?? null,
    max: sums.max ?? null,
    classes,
  }
}

function read(band: Band, mayBeClasses: boolean): { readonly sums: KeySums; readonly classes: BandInfo['classes'] } {
  const sums = keySums(1)
  const counts = new Map<number, number>()
  const strip = stripOf(TILE * TILE)
  const all = new Int32Array(TILE * TILE)
  for (const tile of tilesOf(band.grid)) {
    const pixels = tile.width * tile.height
    band.read(tile, strip)
    sums.add(all, strip, pixels)
    if (!mayBeClasses || counts.size > MAX_CLASSES) continue
    for (let i = 0; i < pixels; i++)
      if (strip.states[i] === VALID) counts.set(strip.values[i]!, (counts.get(strip.values[i]!) ?? 0) + 1)
  }
  const isClasses = mayBeClasses && counts.size > 0 && counts.size <= MAX_CLASSES
  const classes = [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => a.code - b.code)
  return { sums: sums.at(0), classes: isClasses ? classes : null }
}

/** Chinese first, English second, a line a fact. */
export function rasterInfoText(info: RasterInfo): string {
  const { crs, cell, extent: e } = info
  const line = (zh: string, en: string, value: string): string => `${zh} / ${en}: ${value}`
  const number = (x: number | null): string => (x === null ? '—' : String(Number(x.toPrecision(10))))
  const block = `${info.tiled ? 'tiles' : 'strips'} ${info.blockWidth} × ${info.blockHeight}`
  const epsg = crs.epsg === null ? '' : ` · EPSG:${crs.epsg}`
  return [
    line('文件', 'file', info.file),
    line('大小', 'size', `${info.width} × ${info.height} 像元 / pixels, ${info.bands.length} 波段 / bands`),
    line('类型', 'type', info.sampleType),
    line('存储', 'packing', `${info.compression}, predictor ${info.predictor}, ${block}, overviews ${info.overviews}`),
    line('坐标系', 'coordinate system', `${crs.text.zh} / ${crs.text.en}${epsg}`),
    line('像元', 'pixel', `${cell.text.zh} / ${cell.text.en}`),
    line('范围', 'extent', `${e.west}, ${e.south} – ${e.east}, ${e.north}`),
    line('无数据值', 'no-data value', info.nodata ?? '—'),
    ...info.bands.flatMap((b) => [
      line('波段', 'band', [b.band, b.description, b.unit].filter((x) => x !== null).join(' · ')),
      ...(b.scale === null && b.offset === null
        ? []
        : [`  ${line('换算', 'scale and offset', `× ${b.scale ?? 1} + ${b.offset ?? 0}`)}`]),
      `  ${line('像元数', 'pixels', `${b.count}, 无数据 / no-data ${b.nodata}, NaN ${b.nan}`)}`,
      `  ${line('统计', 'statistics', `min ${number(b.min)}, mean ${number(b.mean)}, max ${number(b.max)}`)}`,
      ...(b.classes === null
        ? []
        : [`  ${line('分类代码', 'class codes', b.classes.map((c) => `${c.code} × ${c.count}`).join(', '))}`]),
    ]),
  ].join('\n')
}
