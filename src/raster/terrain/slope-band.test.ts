// A slope that is worked out window by window is that of the whole surface, also at edges and beside pixels without height.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NODATA, stripOf, VALID, type Band } from '../band.ts'
import { crsFromEpsg } from '../crs/index.ts'
import type { Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { cellSizeBand, slopeBand } from './slope-band.ts'
import { slopePercent } from './slope.ts'
import { surfaceOf } from './surface-of.ts'

const sizes = fc.integer({ min: 1, max: 12 })

/** Heights readable as they are stored, −1 for none. */
function storedHeights(grid: Grid, values: readonly number[], states: readonly number[]): Band {
  const settling = { scale: 1, offset: 0, low: -1, high: -1, nan: false }
  return {
    ...memoryBand(grid, values, states),
    stored: {
      type: 'int16',
      settling,
      read({ col, row, width, height }, into) {
        for (let r = 0, to = 0; r < height; r++)
          for (let c = 0; c < width; c++, to++) {
            const from = (row + r) * grid.width + col + c
            into[to] = states[from] === VALID ? values[from]! : -1
          }
      },
    },
  }
}

test('every window of the band reads as the whole surface', () => {
  fc.assert(
    fc.property(
      fc.record({
        width: sizes,
        height: sizes,
        seed: fc.nat(1e6),
        degrees: fc.boolean(),
        // Windows that lack nothing are taken two pixels at a time where heights can be had as they are stored, others plainly.
        empty: fc.constantFrom(0, 0.02, 0.2),
        isStored: fc.boolean(),
      }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
      ({ width, height, seed, degrees, empty, isStored }, windows) => {
        const at = (n: number): number => (Math.imul(seed + n * 7919, 0x9e3779b1) >>> 8) / 2 ** 24
        const crs = crsFromEpsg(degrees ? 4490 : 4547)!
        const grid = { width, height, west: 110, north: 30, dx: degrees ? 0.001 : 30, dy: degrees ? 0.001 : 20, crs }
        const values = Array.from({ length: width * height }, (_, i) => Math.round(at(i) * 900))
        const states = values.map((_, i) => (at(i + 500) < empty ? NODATA : VALID))
        const elevation = isStored ? storedHeights(grid, values, states) : memoryBand(grid, values, states)
        const surface = surfaceOf(elevation)
        const whole = slopePercent(surface)
        const [slope, cells] = [slopeBand(elevation), cellSizeBand(elevation)]
        for (const [a, b, c, d] of windows) {
          const [col, row] = [a % width, b % height]
          const window = { col, row, width: 1 + (c % (width - col)), height: 1 + (d % (height - row)) }
          const [into, size] = [stripOf(window.width * window.height), stripOf(window.width * window.height)]
          slope.read(window, into)
          cells.read(window, size)
          for (let y = 0, p = 0; y < window.height; y++)
            for (let x = 0; x < window.width; x++, p++) {
              const i = (row + y) * width + col + x
              expect(into.states[p]).toBe(whole.states[i])
              expect(into.values[p]).toBe(whole.values[i])
              expect(size.values[p]).toBe(states[i] === VALID ? surface.cell : 0)
            }
        }
      },
    ),
  )
})
