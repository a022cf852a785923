// The maps of a delivery model, all brought onto the grid of the elevation and held whole, since water crosses every tile.
// Always holds: how each map was brought onto the grid is said; a pixel takes part only where it has every input.

import { basename } from 'node:path'
import { ProblemError, text, type Problem, type Text } from '../kernel/index.ts'
import {
  alignmentText,
  bandOnGrid,
  openRaster,
  surfaceOf,
  TILE,
  tilesOf,
  VALID,
  type Grid,
  type Resampling,
  type Surface,
  type ZoneIndex,
} from '../raster/index.ts'
import { problem } from './delivery-problems.ts'
import type { ClassTable } from './delivery-table.ts'

export interface Elevation {
  readonly grid: Grid
  readonly dem: Surface
  readonly problems: readonly Problem[]
}

/** A map on the grid of the elevation, or one number everywhere. */
export interface Layer {
  readonly file: string
  readonly what: Text
  readonly values: Float64Array
  readonly states: Uint8Array
  readonly how: Text
}

/** All that the sediment model holds at once: 213 measured on 2400 × 2400 pixels, with some room. */
const BYTES_A_PIXEL = 250
const LARGE = 20_000_000
/** Shapes of pixels that differ by less are square. */
const SQUARE = 1e-6

/** @throws ProblemError `delivery.no-metres`, `delivery.not-square`, `geotiff.…`, `raster.…` */
export function readElevation(file: string): Elevation {
  const raster = openRaster(file)
  try {
    const { grid } = raster
    const at = { file: raster.file }
    if (grid.crs.kind === 'geographic' || grid.crs.kind === 'web-mercator')
      throw new ProblemError(problem('delivery.no-metres', { crs: grid.crs.name }, at))
    if (Math.abs(grid.dx - grid.dy) > SQUARE * grid.dx)
      throw new ProblemError(problem('delivery.not-square', { x: grid.dx, y: grid.dy }, at))
    const pixels = grid.width * grid.height
    const gigabytes = Math.ceil((pixels * BYTES_A_PIXEL) / 1e9)
    return {
      grid,
      dem: surfaceOf(raster.band(1)),
      problems: pixels > LARGE ? [problem('delivery.large', { pixels, gigabytes }, at)] : [],
    }
  } finally {
    raster.close()
  }
}

/** @param source a GeoTIFF, or a number
 *  @throws ProblemError `geotiff.…`, `raster.…` */
export function readLayer(source: string, what: Text, grid: Grid, how: Resampling): Layer {
  if (/^\d+(\.\d+)?$/.test(source)) {
    const pixels = grid.width * grid.height
    const values = new Float64Array(pixels).fill(Number(source))
    return { file: source, what, values, states: new Uint8Array(pixels), how: text('处处相同', 'the same everywhere') }
  }
  const raster = openRaster(source)
  try {
    const fitted = bandOnGrid(raster.band(1), grid, how)
    const { values, states } = surfaceOf(fitted)
    return { file: basename(source), what, values, states, how: alignmentText(fitted.alignment) }
  } finally {
    raster.close()
  }
}

/** VALID where the elevation and every layer have a value. */
export function inAll(dem: Surface, layers: readonly Layer[]): Uint8Array {
  const states = Uint8Array.from(dem.states)
  for (const layer of layers)
    for (let i = 0; i < states.length; i++) if (states[i] === VALID) states[i] = layer.states[i]!
  return states
}

/** The same, only inside the zones. */
export function inZones(states: Uint8Array, zones: ZoneIndex, grid: Grid): Uint8Array {
  const out = Uint8Array.from(states)
  const zoneOf = new Int32Array(TILE * TILE)
  for (const tile of tilesOf(grid)) {
    zones.read(tile, zoneOf)
    for (let i = 0; i < tile.width * tile.height; i++) {
      const at = (tile.row + Math.floor(i / tile.width)) * grid.width + tile.col + (i % tile.width)
      if (zoneOf[i]! < 0 && out[at] === VALID) out[at] = 1
    }
  }
  return out
}

export function negativeProblems(layers: readonly Layer[], states: Uint8Array, grid: Grid): readonly Problem[] {
  return layers.flatMap(({ file, what, values }) => {
    let count = 0
    let first = -1
    let lowest = 0
    for (let i = 0; i < values.length; i++) {
      if (states[i] !== VALID || values[i]! >= 0) continue
      if (count++ === 0) first = i
      lowest = Math.min(lowest, values[i]!)
    }
    if (count === 0) return []
    const pixel = [first % grid.width, Math.floor(first / grid.width)] as const
    return [problem('delivery.negative', { ...what, count, lowest }, { file, pixel })]
  })
}

/** Mean over the pixels that take part, for a look at units only. */
export function meanOf({ values }: Layer, states: Uint8Array): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < values.length; i++)
    if (states[i] === VALID) {
      sum += values[i]!
      count++
    }
  return count === 0 ? 0 : sum / count
}

/** The values of a class on each of its pixels, by column. @throws ProblemError `delivery.code-…` */
export function valuesByClass(
  cover: Layer,
  states: Uint8Array,
  table: ClassTable,
): Readonly<Record<string, Float64Array>> {
  const missing = new Map<number, number>()
  let broken = 0
  let brokenValue = 0
  const columns = Object.keys([...table.values()][0] ?? {})
  const out = Object.fromEntries(columns.map((c) => [c, new Float64Array(states.length)]))
  for (let i = 0; i < states.length; i++) {
    if (states[i] !== VALID) continue
    const code = cover.values[i]!
    const row = table.get(code)
    if (row) for (const column of columns) out[column]![i] = row[column]!
    else if (Number.isInteger(code)) missing.set(code, (missing.get(code) ?? 0) + 1)
    else if (broken++ === 0) brokenValue = code
  }
  const at = { file: cover.file }
  const problems = [
    ...(broken > 0 ? [problem('delivery.code-fraction', { count: broken, value: brokenValue }, at)] : []),
    ...[...missing]
      .sort(([a], [b]) => a - b)
      .map(([code, count]) => problem('delivery.code-missing', { code, count }, at)),
  ]
  if (problems.length > 0) throw new ProblemError(problems)
  return out
}
