// What grows where: every township's pixels given to the types so that their areas are those of the land tables. Types take
// the places that suit them best, one after another, as of 2010; since then pixels turn along the five paths, likeliest first.
// Always holds: the map of a year is that of the year before but for pixels that turned.

import type { Grid } from '../../../raster/index.ts'
import { COVER_TYPES, landOf, FIRST_YEAR, type Areas, type CoverType } from './county-cover.ts'
import type { Dice } from './county-dice.ts'
import { chanceField, roughField } from './county-field.ts'
import { TOWNSHIPS } from './county-place.ts'
import type { CountyRelief } from './county-relief.ts'

/** Three-digit codes as remote-sensing maps of ecosystem types print them; what they mean stands in the input list. */
export const MAP_CODES: Readonly<Record<CoverType, number>> = {
  'forest.broadleaf.evergreen': 111,
  'forest.needleleaf.evergreen': 121,
  'forest.mixed': 131,
  'shrub.broadleaf.evergreen': 211,
  'grass.tussock.subtropical': 331,
  'wetland.marsh': 411,
  'wetland.lake': 421,
  'wetland.reservoir': 422,
  'wetland.river': 431,
  'farm.cropland.paddy': 511,
  'farm.cropland.dry': 512,
  'farm.garden': 521,
  urban: 611,
  'other.bare': 821,
}

/** Place in COVER_TYPES of each pixel; 255 outside the county. */
export type TypeMap = Uint8Array
export const OUTSIDE_COUNTY = 255
const at = (t: CoverType): number => COVER_TYPES.indexOf(t)

export interface LandMaps {
  /** Since the county's books begin. */
  readonly first: TypeMap
  year(year: number): TypeMap
}

type Score = (i: number) => number

export function landMaps(seed: number, dice: Dice, grid: Grid, township: Int32Array, relief: CountyRelief): LandMaps {
  const scores = suitability(dice, grid, township, relief)
  const pixels = TOWNSHIPS.map((_, k) => Int32Array.from(indices(township, k)))
  const opening = landOf(seed, FIRST_YEAR)
  const first = new Uint8Array(township.length).fill(OUTSIDE_COUNTY)
  TOWNSHIPS.forEach((t, k) => settle(first, pixels[k]!, opening.get(t.code)!.opening, scores[k]!))
  const turns = turning(dice, grid, relief)
  return {
    first,
    year(year) {
      const map = first.slice()
      const land = landOf(seed, year)
      TOWNSHIPS.forEach((t, k) => {
        const closing = land.get(t.code)!.closing
        const was = opening.get(t.code)!.opening
        const whole = COVER_TYPES.reduce((n, c) => n + was[c], 0)
        const share = (area: number): number => Math.round((pixels[k]!.length * area) / whole)
        const turn = (from: CoverType, to: CoverType, area: number, score: Score): void => {
          const own = pixels[k]!.filter((i) => map[i] === at(from))
          for (const i of best(own, score, share(area))) map[i] = at(to)
        }
        const gained = (to: CoverType): number => closing[to] - was[to]
        turn('farm.cropland.paddy', 'urban', -gained('farm.cropland.paddy'), scores[k]!.urban)
        turn('forest.mixed', 'urban', -gained('forest.mixed'), scores[k]!.urban)
        turn('shrub.broadleaf.evergreen', 'forest.broadleaf.evergreen', -gained('shrub.broadleaf.evergreen'), turns)
        // Fields are given up on the steep side and planted on the gentle one: no pixel stands in both rows.
        const [planted, grown] = [gained('farm.garden'), gained('forest.needleleaf.evergreen')]
        turn('farm.cropland.dry', 'forest.needleleaf.evergreen', grown, turns)
        turn('farm.cropland.dry', 'farm.garden', planted, (i) => -turns(i))
      })
      return map
    },
  }
}

function* indices(township: Int32Array, k: number): Generator<number> {
  for (let i = 0; i < township.length; i++) if (township[i] === k) yield i
}

/** Types in the order in which they choose; needleleaf forest takes what is left. */
const ORDER: readonly CoverType[] = [
  'wetland.river',
  'wetland.lake',
  'wetland.reservoir',
  'wetland.marsh',
  'urban',
  'other.bare',
  'farm.cropland.paddy',
  'farm.cropland.dry',
  'farm.garden',
  'grass.tussock.subtropical',
  'shrub.broadleaf.evergreen',
  'forest.broadleaf.evergreen',
  'forest.mixed',
]

function settle(map: TypeMap, pixels: Int32Array, areas: Areas, scores: Readonly<Record<CoverType, Score>>): void {
  const whole = COVER_TYPES.reduce((n, c) => n + areas[c], 0)
  let free = pixels
  for (const c of ORDER) {
    for (const i of best(free, scores[c], Math.round((pixels.length * areas[c]) / whole))) map[i] = at(c)
    free = free.filter((i) => map[i] === OUTSIDE_COUNTY)
  }
  for (const i of free) map[i] = at('forest.needleleaf.evergreen')
}

/** The `n` pixels with the highest scores; of equal ones those that come first. */
function best(pixels: Int32Array, score: Score, n: number): readonly number[] {
  if (n <= 0) return []
  const scored = Float64Array.from(pixels, score)
  const least = nth(scored.slice(), Math.max(0, scored.length - n))
  const above: number[] = []
  const level: number[] = []
  scored.forEach((s, k) => {
    if (s > least) above.push(pixels[k]!)
    else if (s === least) level.push(pixels[k]!)
  })
  return [...above, ...level.slice(0, n - above.length)]
}

/** The value that would stand at place `k` were they sorted (Hoare's selection); their order changes. */
function nth(values: Float64Array, k: number): number {
  for (let [low, high] = [0, values.length - 1]; low < high;) {
    const pivot = values[(low + high) >> 1]!
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const swapped = values[i]!
        values[i++] = values[j]!
        values[j--] = swapped
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k]!
}

/** How likely a pixel leaves what it is for what grows by itself: the steep and remote first. */
function turning(dice: Dice, grid: Grid, { slope, aboveValley }: CountyRelief): Score {
  const patches = roughField(dice, 'turning', grid, cells(grid, 720), 3)
  return (i) => patches[i]! * 14 + slope[i]! * 0.5 + aboveValley[i]! * 0.05
}

const cells = (grid: Grid, metres: number): number => Math.max(1, Math.round(metres / grid.dx))

function suitability(
  dice: Dice,
  grid: Grid,
  township: Int32Array,
  { heights, slope, aboveValley, drained }: CountyRelief,
): readonly Readonly<Record<CoverType, Score>>[] {
  const patches = (label: string, metres: number, layers = 3): Float64Array =>
    roughField(dice, `patches ${label}`, grid, cells(grid, metres), layers)
  const [stands, mixture, clearings, fields] = [
    patches('stands', 2400, 4),
    patches('mixture', 1800, 4),
    patches('clearings', 1200),
    patches('fields', 900),
  ]
  const villages = chanceField(dice, 'villages', grid, cells(grid, 420))
  const hectares = (grid.dx * grid.dx) / 10_000
  const wide = widest(drained, grid)
  return TOWNSHIPS.map((t, k) => {
    const all = Int32Array.from(indices(township, k))
    const km = (i: number, to: number): number => distance(grid, i, to)
    const town = centreOf(
      all,
      grid,
      (i) => -slope[i]! - aboveValley[i]! * 0.4 + Math.min(6, (wide[i]! * hectares) / 800),
    )
    const lake = centreOf(
      all,
      grid,
      (i) => -aboveValley[i]! - slope[i]! * 2 - Math.max(0, 4 - km(i, town)) * 9 - (wide[i]! * hectares > 4000 ? 8 : 0),
    )
    const dams = damsOf(dice, t.code, all, drained, hectares, slope)
    const water: Score = (i) =>
      Math.min(...dams.map((d) => Math.max(0, heights[i]! - heights[d]! - 6) * 0.05 + km(i, d)))
    const round: Score = (i) => -km(i, lake) - 0.22 * fields[i]! - aboveValley[i]! * 0.02
    return {
      'wetland.river': (i) => wide[i]!,
      'wetland.lake': round,
      'wetland.reservoir': (i) => -water(i),
      'wetland.marsh': (i) => round(i) + Math.min(0.8, wide[i]! * hectares * 0.0002),
      urban: (i) =>
        Math.max(3 - 1.5 * km(i, town) + villages[i]! * 0.9, villages[i]! * 2.3) -
        slope[i]! * 0.12 -
        aboveValley[i]! * 0.015,
      'other.bare': (i) => clearings[i]! + heights[i]! * 0.001 - Math.abs(slope[i]! - 9) * 0.06,
      'farm.cropland.paddy': (i) => -slope[i]! * 0.35 - aboveValley[i]! * 0.09 + fields[i]! * 1.6,
      'farm.cropland.dry': (i) => -slope[i]! * 0.16 - aboveValley[i]! * 0.03 + patchy(fields[i]!, clearings[i]!) * 2,
      'farm.garden': (i) => -slope[i]! * 0.08 - aboveValley[i]! * 0.012 + mixture[i]! * 1.1 - fields[i]! * 0.8,
      'grass.tussock.subtropical': (i) => clearings[i]! * 1.6 + heights[i]! * 0.001 - slope[i]! * 0.07,
      'shrub.broadleaf.evergreen': (i) => mixture[i]! * 0.8 - clearings[i]! * 1.2 - slope[i]! * 0.05,
      'forest.broadleaf.evergreen': (i) => stands[i]! * 1.2 + fields[i]! * 0.3,
      'forest.mixed': (i) => mixture[i]! + heights[i]! * 0.0015 - clearings[i]! * 0.3,
      'forest.needleleaf.evergreen': () => 0,
    }
  })
}

const patchy = (a: number, b: number): number => Math.max(-a, b * 0.8)

/** Kilometres between the middles of two pixels. */
function distance({ width, dx }: Grid, a: number, b: number): number {
  const [x, y] = [(a % width) - (b % width), Math.floor(a / width) - Math.floor(b / width)]
  return (Math.sqrt(x * x + y * y) * dx) / 1000
}

/** Rivers widen as they gather water: a pixel beside a large one counts for a share of it. */
function widest(drained: Float64Array, { width, height }: Grid): Float64Array {
  const out = drained.slice()
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const beside = Math.max(drained[i - 1]!, drained[i + 1]!, drained[i - width]!, drained[i + width]!)
      out[i] = Math.max(drained[i]!, beside * 0.06)
    }
  return out
}

/** The best place for a town or a lake, away from the rim of its township. */
function centreOf(pixels: Int32Array, grid: Grid, score: Score): number {
  let [x, y] = [0, 0]
  for (const i of pixels) {
    x += i % grid.width
    y += Math.floor(i / grid.width)
  }
  const middle = Math.round(y / pixels.length) * grid.width + Math.round(x / pixels.length)
  return highest(pixels, (i) => score(i) - distance(grid, i, middle) * 2.2)
}

function highest(pixels: Int32Array, score: Score): number {
  let [found, top] = [pixels[0]!, -Infinity]
  for (const i of pixels) {
    const s = score(i)
    if (s > top) [found, top] = [i, s]
  }
  return found
}

/** Dams stand on streams that drain some hundred hectares. */
function damsOf(
  dice: Dice,
  code: string,
  pixels: Int32Array,
  drained: Float64Array,
  hectares: number,
  slope: Float64Array,
): readonly number[] {
  const streams = pixels.filter((i) => drained[i]! * hectares > 150 && drained[i]! * hectares < 1500 && slope[i]! > 1)
  const places = streams.length > 0 ? streams : pixels
  return Array.from({ length: 5 }, (_, k) => places[dice.draw(`dam ${code} ${k}`, 0, places.length - 1)]!)
}
