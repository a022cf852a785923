// The sums of all bands in one walk against band after band: the same bits, also where a sum leaves the doubles.

import { describe, expect, it } from 'vitest'
import { NODATA, stripOf } from '../band.ts'
import { TILE, tilesOf, type Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { keySums } from '../sums/key-sums.ts'
import { zoneIndex } from '../zones/zone-index.ts'
import { oracleGrid } from './oracle.fixture.ts'
import { SEDIMENT_DEFAULTS, sedimentModel } from './sediment.ts'
import { SUMMED_BANDS } from './sediment-sums.ts'

const [WIDTH, HEIGHT] = [310, 270]
const PIXELS = WIDTH * HEIGHT
const grid: Grid = { ...oracleGrid, west: 0, north: HEIGHT, dx: 1, dy: 1, width: WIDTH, height: HEIGHT }

/** Two zones that share a slanting border, and one without a pixel; land between them and around belongs to none. */
const zones = zoneIndex(
  [
    [[10, 5], [200, 5], [120, 260], [10, 260]],
    [[200, 5], [305, 40], [260, 260], [120, 260]],
    [[-50, -50], [-40, -50], [-40, -40]],
  ].map((ring, n) => ({ id: `zone ${n}`, polygons: [[[...ring, ring[0]!]]] })),
  grid,
) // prettier-ignore

function model(most: number) {
  const some = (factor: number, low: number, high: number) =>
    memoryBand(
      grid,
      Float64Array.from({ length: PIXELS }, (_, i) => low + ((i * factor) % 1) * (high - low)),
    )
  const states = Uint8Array.from({ length: PIXELS }, (_, i) => (i % 97 === 0 || i % WIDTH < 4 ? NODATA : 0))
  return sedimentModel(
    {
      grid,
      dem: {
        width: WIDTH,
        height: HEIGHT,
        cell: 30,
        values: Float32Array.from({ length: PIXELS }, (_, i) => (states[i] === 0 ? 400 - (i / WIDTH) + 9 * ((i * 0.618034) % 1) : 0)),
        states,
      },
      erosivity: some(0.618034, 3000, most),
      erodibility: some(0.414214, 0.01, 0.06),
      classOf: Uint8Array.from({ length: PIXELS }, (_, i) => (i * 7) % 3),
      cover: Float64Array.of(0, 0.3, 1),
      practice: Float64Array.of(1, 0.7, 1),
      lengthSlope: () => ({ read: (_, slope, into) => into.set(slope.map((s) => 0.1 + s / 9)) }),
    },
    { form: 'invest-3.20.1', streamThreshold: 40, ...SEDIMENT_DEFAULTS },
  ) // prettier-ignore
}

describe('sums of sediment delivery', () => {
  it.each([9000, 1e307])('have the bits of sums band by band, erosivity up to %d', (most) => {
    const { bands, sumsBy } = model(most)
    const sums = sumsBy(zones)
    const [counted, ...tables] = ['channel' as const, ...SUMMED_BANDS].map((name) => {
      const table = keySums(zones.ids.length)
      const [keyOf, strip] = [new Int32Array(TILE * TILE), stripOf(TILE * TILE)]
      for (const tile of tilesOf(grid)) {
        zones.read(tile, keyOf)
        bands[name].read(tile, strip)
        table.add(keyOf, strip, tile.width * tile.height)
      }
      return table
    })
    for (const tile of tilesOf(grid)) sums.add(tile)
    zones.ids.forEach((_, z) => {
      expect(sums.pixels(z)).toBe(counted!.at(z).count)
      tables.forEach((table, b) => expect(sums.total(z, b)).toBe(table.at(z).sum))
    })
    expect(sums.pixels(0)).toBeGreaterThan(20_000)
    expect(sums.total(0, 4)).toBeGreaterThan(0)
  })
})
