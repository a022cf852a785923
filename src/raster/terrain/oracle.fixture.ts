// The small region with the peer's results, cut to the rectangle the peer works on, and its LS as a plain function.

import { readFileSync } from 'node:fs'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { openGeoTiff } from '../geotiff/open-geotiff.ts'
import { VALID, type Band } from '../band.ts'
import type { Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { masked, type Surface } from './surface.ts'
import { surfaceOf } from './surface-of.ts'

const FOLDER = 'test/fixtures/oracle-small/'
const datum = { id: 'wgs84', name: 'WGS 84', ellipsoid: { a: 6378137, inverseFlattening: 298.257223563 } } as const
const crs = {
  kind: 'transverse-mercator',
  datum,
  name: 'UTM 49N',
  lon0: 111,
  lat0: 0,
  k0: 0.9996,
  falseEasting: 500000,
  falseNorthing: 0,
} as const

function read(path: string): Surface {
  const bytes = readFileSync(FOLDER + path)

  return whole(openGeoTiff(bytesSource(bytes), path).band(1, crs))
}

export const expectedRaster = (name: string): Surface => read(`expected-rasters/${name}.tif`)

/** Columns 39 to 237 and rows 1 to 237 of an input: what the counties cover. */
export function inputRaster(name: string): Surface {
  const all = read(`inputs/${name}.tif`)
  const [width, height] = [199, 237]
  const values = new Float64Array(width * height)
  const states = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (row + 1) * all.width + 39
    values.set(all.values.subarray(from, from + width), row * width)
    states.set(all.states.subarray(from, from + width), row * width)
  }
  return { ...all, width, height, values, states }
}

/** All pixels of a band as doubles. */
export function whole(band: Band): Surface {
  const surface = surfaceOf(band)
  return { ...surface, values: Float64Array.from(surface.values) }
}

/** The grid of `inputRaster`. */
export const oracleGrid: Grid = { width: 199, height: 237, west: 0, north: 237 * 30, dx: 30, dy: 30, crs }
export const oracleBand = ({ values, states }: Surface): Band => memoryBand(oracleGrid, values, states)

/** The land cover as classes, and a column of the biophysical table by class. */
export const oracleClasses = (): Uint8Array => Uint8Array.from(inputRaster('lulc').values)
export function classColumn(column: string): Float64Array {
  const byClass = new Float64Array(256)
  const perPixel = tableColumn(column)
  oracleClasses().forEach((code, i) => (byClass[code] = perPixel[i]!))
  return byClass
}

/** VALID where all inputs of the sediment model have a value. */
export function commonStates(...inputs: readonly Surface[]): Uint8Array {
  const states = new Uint8Array(inputs[0]!.states.length)
  for (const input of inputs) for (let i = 0; i < states.length; i++) if (input.states[i] !== VALID) states[i] = 1
  return states
}

/** Elevation where all inputs have a value: what the peer fills. */
export const oracleDem = (): Surface => {
  const [dem, county] = [inputRaster('dem'), inputRaster('county')]
  return masked(dem, commonStates(dem, county))
}

/** Column of the biophysical table for each pixel of the land cover. */
export function tableColumn(column: string): Float64Array {
  const [head, ...rows] = readFileSync(`${FOLDER}inputs/biophysical.csv`, 'utf8').trim().split('\n')
  const at = head!.split(',').indexOf(column)
  const byCode = new Map(rows.map((row) => [Number(row.split(',')[0]), Number(row.split(',')[at])]))
  const lulc = inputRaster('lulc')
  return lulc.values.map((code, i) => (lulc.states[i] === VALID ? byCode.get(code)! : 0))
}

export interface RasterFigures {
  readonly sum: number
  readonly valid: number
}
interface Expected {
  readonly models: Readonly<
    Record<
      string,
      {
        readonly rasters: Readonly<Record<string, RasterFigures>>
        readonly zones: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>
      }
    >
  >
}
export const expectedModel = (model: string) =>
  (JSON.parse(readFileSync(`${FOLDER}expected.json`, 'utf8')) as Expected).models[model]!

/** LS of InVEST 3.20.1 (inflow area replaced by its square root, L factor capped), for comparison with the peer only. */
export function lsInvest3201(percent: number, drained: number, cell: number, lMax: number): number {
  const angle = Math.atan(percent / 100)
  const sine = Math.sin(angle)
  const steep = percent < 9 ? 10.8 * sine + 0.03 : 16.8 * sine - 0.5
  const beta = sine / 0.0896 / (3 * sine ** 0.8 + 0.56)
  const m = percent <= 1 ? 0.2 : percent <= 3.5 ? 0.3 : percent <= 5 ? 0.4 : percent <= 9 ? 0.5 : beta / (1 + beta)
  const area = cell * cell
  const inflow = Math.sqrt((drained - 1) * area)
  const length =
    ((inflow + area) ** (m + 1) - inflow ** (m + 1)) / (cell ** (m + 2) * (sine + Math.cos(angle)) ** m * 22.13 ** m)
  return Math.min(length, lMax) * steep
}

export interface Agreement {
  readonly both: number
  readonly onlyOne: number
  /** Pixels further from the expected value than `relative`. */
  readonly apart: number
}

export function agreement(mine: Surface, expected: Surface, relative: number, absolute = 1e-12): Agreement {
  let both = 0
  let onlyOne = 0
  let apart = 0
  for (let i = 0; i < mine.values.length; i++) {
    const [a, b] = [mine.states[i] === VALID, expected.states[i] === VALID]
    if (a !== b) onlyOne++
    if (!a || !b) continue
    both++
    const away = Math.abs(mine.values[i]! - expected.values[i]!)
    if (away > absolute + relative * Math.abs(expected.values[i]!)) apart++
  }
  return { both, onlyOne, apart }
}

export const total = (surface: Surface): number => surface.values.reduce((sum, value) => sum + value, 0)
