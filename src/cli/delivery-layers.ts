// The maps of a delivery model, all brought onto the grid of the elevation. Only the elevation and the classes are held whole,
// since water crosses every tile; measures are read in stretches of rows, as often as they are needed.
// Always holds: how each map was brought onto the grid is said; a pixel takes part only where it has every input.

import { basename } from 'node:path'
import { ProblemError, text, type Problem, type Text } from '../kernel/index.ts'
import {
  alignmentText,
  bandOnGrid,
  NODATA,
  openRaster,
  pixelNumbers,
  surfaceOf,
  TILE,
  VALID,
  type Band,
  type Grid,
  type HeightMap,
  type Resampling,
  type PixelNumbers,
  type Samples,
  type Window,
  type ZoneIndex,
} from '../raster/index.ts'
import { problem } from './delivery-problems.ts'
import type { ClassTable } from './delivery-table.ts'

/** A share of something that is done. */
export type OnShare = (done: number) => void

export interface Elevation {
  readonly grid: Grid
  /** Its states and values become those of the pixels that take part: see `gatherPixels`. */
  readonly dem: HeightMap
  readonly problems: readonly Problem[]
}

/** A map on the grid of the elevation, or one number everywhere. */
export interface Layer {
  readonly file: string
  readonly what: Text
  readonly band: Band
  readonly how: Text
  close(): void
}

const LARGE = 100_000_000
/** Shapes of pixels that differ by less are square. */
const SQUARE = 1e-6

/** @param bytes what the model holds at once of each pixel
 *  @throws ProblemError `delivery.no-metres`, `delivery.not-square`, `geotiff.…`, `raster.…` */
export function readElevation(file: string, bytes: number, onShare: OnShare): Elevation {
  const raster = openRaster(file)
  try {
    const { grid } = raster
    const at = { file: raster.file }
    if (grid.crs.kind === 'geographic' || grid.crs.kind === 'web-mercator')
      throw new ProblemError(problem('delivery.no-metres', { crs: grid.crs.name }, at))
    if (Math.abs(grid.dx - grid.dy) > SQUARE * grid.dx)
      throw new ProblemError(problem('delivery.not-square', { x: grid.dx, y: grid.dy }, at))
    const pixels = grid.width * grid.height
    const gigabytes = Math.ceil((pixels * bytes) / 1e9)
    return {
      grid,
      dem: surfaceOf(raster.band(1), onShare),
      problems: pixels > LARGE ? [problem('delivery.large', { pixels, gigabytes }, at)] : [],
    }
  } finally {
    raster.close()
  }
}

/** @param source a GeoTIFF, or a number. The layer stays open until it is closed.
 *  @throws ProblemError `geotiff.…`, `raster.…` */
export function openLayer(source: string, what: Text, grid: Grid, how: Resampling): Layer {
  if (/^\d+(\.\d+)?$/.test(source)) {
    const number = Number(source)
    const band: Band = {
      grid,
      name: source,
      read({ width, height }, into) {
        into.values.fill(number, 0, width * height)
        into.states.fill(VALID, 0, width * height)
      },
    }
    return { file: source, what, band, how: text('处处相同', 'the same everywhere'), close: () => undefined }
  }
  const raster = openRaster(source)
  try {
    const band = bandOnGrid(raster.band(1), grid, how)
    return { file: basename(source), what, band, how: alignmentText(band.alignment), close: () => raster.close() }
  } catch (error) {
    raster.close()
    throw error
  }
}

/** Full rows, so many at a time as a tile is high. */
export function* stretches({ width, height }: Pick<Grid, 'width' | 'height'>): Generator<Window> {
  for (let row = 0; row < height; row += TILE) yield { col: 0, row, width, height: Math.min(TILE, height - row) }
}

export interface Pixels {
  /** The class of each pixel as a place in the rows of the table. */
  readonly classOf: Uint8Array | Uint16Array
  /** Values of the table by column and class. */
  readonly byClass: Readonly<Record<string, Float64Array>>
  /** Of each measure over the pixels that take part, for a look at units only. */
  readonly means: readonly number[]
}

interface GatherInput {
  readonly elevation: Elevation
  readonly cover: Layer
  readonly measures: readonly Layer[]
  readonly table: ClassTable
  /** Where only land inside them takes part. */
  readonly only: ZoneIndex | undefined
  readonly onShare: OnShare
}

/** Leaves a height only where every map has a value, and reads the classes there.
 *  @throws ProblemError `delivery.no-pixels`, `delivery.negative`, `delivery.code-…` */
export function gatherPixels({ elevation, cover, measures, table, only, onShare }: GatherInput): Pixels {
  const { grid, dem } = elevation
  const rows = [...table.values()]
  const classOf = new (rows.length > 256 ? Uint16Array : Uint8Array)(dem.states.length)
  const classes = classReader(cover, table)
  const checks = measures.map((layer) => measureCheck(layer, grid))
  const most = grid.width * Math.min(TILE, grid.height)
  const [codes, ...numbers] = [cover, ...measures].map(({ band }) => pixelNumbers(band, most)) as [PixelNumbers, ...PixelNumbers[]] // prettier-ignore
  const zoneOf = new Int32Array(only ? most : 0)
  let taking = 0
  for (const window of stretches(grid)) {
    onShare(window.row / grid.height)
    const from = window.row * grid.width
    const pixels = window.width * window.height
    for (const own of [codes, ...numbers]) own.read(window)
    only?.read(window, zoneOf)
    const states = dem.states.subarray(from, from + pixels)
    for (const own of [codes, ...numbers]) own.keepWhere(states)
    if (only) for (let p = 0; p < pixels; p++) if (zoneOf[p]! < 0 && states[p] === VALID) states[p] = NODATA
    for (let p = 0; p < pixels; p++)
      if (states[p] === VALID) taking++
      else if (dem.values[from + p] !== 0) dem.values[from + p] = 0
    classes.read(codes.values, states, classOf.subarray(from, from + pixels))
    checks.forEach((check, m) => check.read(numbers[m]!.values, states, from))
  }
  if (taking === 0) throw new ProblemError(problem('delivery.no-pixels', {}))
  const negative = checks.flatMap((check) => check.problems())
  if (negative.length > 0) throw new ProblemError(negative)
  const wrong = classes.problems()
  if (wrong.length > 0) throw new ProblemError(wrong)
  const columns = Object.keys(rows[0] ?? {})
  const byClass = Object.fromEntries(columns.map((c) => [c, Float64Array.from(rows, (row) => row[c]!)]))
  return { classOf, byClass, means: checks.map((check) => check.mean()) }
}

function measureCheck({ file, what }: Layer, grid: Grid) {
  let [sum, pixels, count, first, lowest] = [0, 0, 0, -1, 0]
  return {
    read(values: Samples, states: Uint8Array, from: number): void {
      let [own, counted] = [sum, 0]
      for (let p = 0; p < states.length; p++) {
        if (states[p] !== VALID) continue
        const value = values[p]!
        own += value
        counted++
        if (value >= 0) continue
        if (count++ === 0) first = from + p
        lowest = Math.min(lowest, value)
      }
      sum = own
      pixels += counted
    },
    mean: (): number => (pixels === 0 ? 0 : sum / pixels),
    problems(): readonly Problem[] {
      if (count === 0) return []
      const pixel = [first % grid.width, Math.floor(first / grid.width)] as const
      return [problem('delivery.negative', { ...what, count, lowest }, { file, pixel })]
    },
  }
}

function classReader({ file }: Layer, table: ClassTable) {
  const places = new Map([...table.keys()].map((code, place) => [code, place]))
  /** Of small codes, which neighbours change often: no map is asked twice. */
  const small = Int32Array.from({ length: 256 }, (_, code) => places.get(code) ?? -1)
  const missing = new Map<number, number>()
  let broken = 0
  let brokenValue = 0
  return {
    read(values: Samples, states: Uint8Array, into: Uint8Array | Uint16Array): void {
      let [lastCode, lastPlace] = [Number.NaN, 0]
      for (let p = 0; p < states.length; p++) {
        if (states[p] !== VALID) continue
        const code = values[p]!
        if (code !== lastCode) {
          const place = small[code] ?? places.get(code) ?? -1
          if (place < 0) {
            if (Number.isInteger(code)) missing.set(code, (missing.get(code) ?? 0) + 1)
            else if (broken++ === 0) brokenValue = code
            continue
          }
          ;[lastCode, lastPlace] = [code, place]
        }
        into[p] = lastPlace
      }
    },
    problems: (): readonly Problem[] => [
      ...(broken > 0 ? [problem('delivery.code-fraction', { count: broken, value: brokenValue }, { file })] : []),
      ...[...missing]
        .sort(([a], [b]) => a - b)
        .map(([code, count]) => problem('delivery.code-missing', { code, count }, { file })),
    ],
  }
}
