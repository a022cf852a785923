// Sediment delivery hillslope by hillslope and its plain twin over the whole map; what is held of each pixel.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NODATA, VALID } from '../band.ts'
import type { Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { oracleGrid, whole } from './oracle.fixture.ts'
import { sediment, SEDIMENT_DEFAULTS, SEDIMENT_FORMS, SEDIMENT_ROOM, type SedimentInput } from './sediment.ts'
import { plainSediment } from './sediment.fixture.ts'

const STEPS = ['slope', 'accumulation', 'lengthSlope', 'wayDown', 'connectivity'] as const

/** Heights by place, none where undefined; everything else differs from pixel to pixel without a pattern. */
function land(
  width: number,
  height: number,
  heightOf: (col: number, row: number) => number | undefined,
): SedimentInput {
  const pixels = width * height
  const grid: Grid = { ...oracleGrid, width, height, north: 30 * height }
  const values = new Float32Array(pixels)
  const states = new Uint8Array(pixels)
  for (let i = 0; i < pixels; i++) {
    const z = heightOf(i % width, Math.floor(i / width))
    if (z === undefined) states[i] = NODATA
    else values[i] = z
  }
  const some = (factor: number, low: number, high: number) =>
    memoryBand(
      grid,
      Float64Array.from({ length: pixels }, (_, i) => low + ((i * factor) % 1) * (high - low)),
    )
  return {
    grid,
    dem: { width, height, cell: 30, values, states },
    erosivity: some(0.618034, 3000, 9000),
    erodibility: some(0.414214, 0.01, 0.06),
    classOf: Uint8Array.from({ length: pixels }, (_, i) => (i * 7) % 3),
    cover: Float64Array.of(0, 0.3, 1),
    practice: Float64Array.of(1, 0.7, 1),
    lengthSlope: ({ drained }) => ({
      read(from, slope, into) {
        for (let i = 0; i < slope.length; i++) into[i] = (0.1 + slope[i]! / 9) * Math.sqrt(drained[from + i]!)
      },
    }),
  }
}

function expectTwins(input: SedimentInput, streamThreshold: number, form: (typeof SEDIMENT_FORMS)[number]): void {
  const settings = { form, streamThreshold, ...SEDIMENT_DEFAULTS }
  const plain = plainSediment(input, settings)
  const bands = sediment(input, settings, STEPS)
  for (const name of Object.keys(plain) as (keyof typeof plain)[]) {
    const { values, states } = whole(bands[name])
    const own = Array.from(values, (value, i) => (states[i] === VALID ? value : Number.NaN))
    expect(
      own.findIndex((value, i) => !Object.is(value, plain[name][i])),
      name,
    ).toBe(-1)
  }
}

describe('sediment delivery hillslope by hillslope', () => {
  it('has every band of the walks over the whole map, bit for bit, with holes and flats, above channels and above none', () => {
    const size = fc.integer({ min: 1, max: 14 })
    const rough = fc.tuple(size, size).chain(([width, height]) =>
      fc
        .array(fc.option(fc.integer({ min: 0, max: 9 }), { freq: 12, nil: undefined }), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((heights) => land(width, height, (col, row) => heights[row * width + col])),
    )
    fc.assert(fc.property(rough, fc.integer({ min: 0, max: 12 }), fc.constantFrom(...SEDIMENT_FORMS), expectTwins), {
      numRuns: 80,
    })
  })

  it('has them on a hill of 160 × 120 pixels, too, where hillslopes are more than fit into one list', () => {
    const hill = land(160, 120, (c, r) =>
      (c * 7 + r * 13) % 397 === 0
        ? undefined
        : Math.round(600 + 500 * Math.sin(c / 17) * Math.cos(r / 11) + ((c * r * 31) % 17)) / 10,
    )
    expectTwins(hill, 40, 'documented')
    expectTwins({ ...hill, dem: { ...hill.dem, cellY: 20 } }, 3000, 'invest-3.20.1')
  })

  it('holds 26 bytes a pixel beside heights, states and classes, and never more', () => {
    // Long and narrow: what is held of a stretch of rows counts for little.
    const [width, height] = [200, 5000]
    const input = land(width, height, (c, r) => 500 + c + 30 * Math.sin(c / 97) * Math.cos(r / 61) + ((c * r) % 3) / 10)
    const held = (): number => process.memoryUsage().arrayBuffers
    const before = held()
    let most = 0
    const watch = (): void => {
      most = Math.max(most, held() - before)
    }
    const bands = sediment(input, { form: 'documented', streamThreshold: 1000, ...SEDIMENT_DEFAULTS }, [], watch)
    watch()
    expect(SEDIMENT_ROOM).toBe(26)
    expect(most / (width * height)).toBeLessThan(SEDIMENT_ROOM + 3.5)
    expect(Object.keys(bands)).toHaveLength(8)
  })
})
