// Climate of the sample county as weather offices hand it over: coarse grids in longitude and latitude, rain a little more with
// every metre of height, evapotranspiration from what grows there. They reach beyond the county, as such products do.

import { transformer, type Grid } from '../../../raster/index.ts'
import { COVER_TYPES, type CoverType } from './county-cover.ts'
import type { Dice } from './county-dice.ts'
import { roughField } from './county-field.ts'
import { DEGREES, METRES } from './county-grid.ts'
import { OUTSIDE_COUNTY, type TypeMap } from './county-land-map.ts'

/** mm a year at the county's weather station, in a year neither wet nor dry. */
export const STATION_RAIN = 1476
/** How wet a year is, parts per thousand. */
export const wetness = (dice: Dice, year: number): number => dice.draw(`wet ${year}`, -62, 66)

/** mm a year that types lose. */
const LOSS: Readonly<Record<CoverType, number>> = {
  'forest.broadleaf.evergreen': 796,
  'forest.needleleaf.evergreen': 772,
  'forest.mixed': 786,
  'shrub.broadleaf.evergreen': 732,
  'grass.tussock.subtropical': 676,
  'farm.cropland.paddy': 724,
  'farm.cropland.dry': 676,
  'farm.garden': 754,
  'wetland.river': 884,
  'wetland.reservoir': 884,
  'wetland.lake': 884,
  'wetland.marsh': 862,
  urban: 436,
  'other.bare': 402,
}
/** Where the county ends its neighbours' forests go on. */
const LOSS_OUTSIDE = 762

export interface CoarseMap {
  readonly grid: Grid
  readonly values: Float64Array
}

/** Whole mm, on a hundredth of a degree (about a kilometre). */
export function rainMap(dice: Dice, year: number, fine: Grid, heights: Float64Array): CoarseMap {
  const { grid, mean } = coarse(fine, 0.01)
  const showers = roughField(dice, `showers ${year}`, grid, 12, 2)
  const values = mean((i) => heights[i]!).map((height, i) =>
    Math.round(((1396 + 0.36 * height + 16 * showers[i]!) * (1000 + wetness(dice, year))) / 1000),
  )
  return { grid, values }
}

/** Tenths of mm, on five thousandths of a degree (about 500 m). */
export function lossMap(dice: Dice, year: number, fine: Grid, heights: Float64Array, types: TypeMap): CoarseMap {
  const { grid, mean } = coarse(fine, 0.005)
  const sky = roughField(dice, `sky ${year}`, grid, 16, 3)
  const whole = dice.draw(`loss ${year}`, -12, 12)
  const typical = mean((i) => (types[i] === OUTSIDE_COUNTY ? LOSS_OUTSIDE : LOSS[COVER_TYPES[types[i]!]!]))
  const height = mean((i) => heights[i]!)
  const values = typical.map((mm, i) => Math.round((mm + whole + 14 * sky[i]! - 0.035 * (height[i]! - 350)) * 10))
  return { grid, values }
}

/** A grid in degrees over the fine one, a cell wider on each side, and the mean of pixels a field away in each of its cells. */
function coarse(
  fine: Grid,
  step: number,
): { readonly grid: Grid; readonly mean: (of: (i: number) => number) => Float64Array } {
  const toDegrees = transformer(METRES, DEGREES)
  const toMetres = transformer(DEGREES, METRES)
  const at: [number, number] = [0, 0]
  const [east, south] = [fine.west + fine.width * fine.dx, fine.north - fine.height * fine.dy]
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of [
    [fine.west, fine.north],
    [east, fine.north],
    [fine.west, south],
    [east, south],
  ] as const) {
    toDegrees(x, y, at)
    left = Math.min(left, at[0])
    right = Math.max(right, at[0])
    low = Math.min(low, at[1])
    high = Math.max(high, at[1])
  }
  const per = Math.round(1 / step)
  const [first, top] = [Math.floor(left * per) - 1, Math.ceil(high * per) + 1]
  const grid: Grid = {
    width: Math.ceil(right * per) + 1 - first,
    height: top - (Math.floor(low * per) - 1),
    west: first / per,
    north: top / per,
    dx: step,
    dy: step,
    crs: DEGREES,
  }
  /** A few places in each cell stand for the whole; beyond the fine grid its rim does. */
  const PLACES = 5
  const samples = new Int32Array(grid.width * grid.height * PLACES * PLACES)
  for (let cell = 0, k = 0; cell < grid.width * grid.height; cell++)
    for (let place = 0; place < PLACES * PLACES; place++, k++) {
      const col = (cell % grid.width) + ((place % PLACES) + 0.5) / PLACES
      const row = Math.floor(cell / grid.width) + (Math.floor(place / PLACES) + 0.5) / PLACES
      toMetres((first + col) / per, (top - row) / per, at)
      const x = Math.min(Math.max(Math.floor((at[0] - fine.west) / fine.dx), 0), fine.width - 1)
      const y = Math.min(Math.max(Math.floor((fine.north - at[1]) / fine.dy), 0), fine.height - 1)
      samples[k] = y * fine.width + x
    }
  return {
    grid,
    mean: (of) =>
      Float64Array.from({ length: grid.width * grid.height }, (_, cell) => {
        let sum = 0
        for (let k = cell * PLACES * PLACES; k < (cell + 1) * PLACES * PLACES; k++) sum += of(samples[k]!)
        return sum / (PLACES * PLACES)
      }),
  }
}
