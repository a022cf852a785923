// The law of slopes worked out beside the arithmetic: whatever type heights are stored in and whichever tiles are taken, a pixel
// has the slope of the whole surface.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ONE_UNIT } from '../../kernel/index.ts'
import { VALID, type Band } from '../band.ts'
import { crsFromEpsg } from '../crs/index.ts'
import { tilesOf, type Grid, type Window } from '../grid.ts'
import { kernelOf } from '../kernel/compile.ts'
import { programBuilder } from '../kernel/program.ts'
import { SAMPLE_ARRAYS, settleInto, type StoredType } from '../stored-band.ts'
import { slopeBand } from '../terrain/slope-band.ts'
import { slopePercent } from '../terrain/slope.ts'
import { surfaceOf } from '../terrain/surface-of.ts'
import { fusedPass } from './fused-pass.ts'
import { layerOf } from './layer.ts'

const EMPTY = 7

/** Heights of some type, stored as they are; a share of the pixels is empty. */
function heightsOf(grid: Grid, type: StoredType, empty: number, scale: number): Band {
  const random = (i: number): number => (Math.imul(i * 7919 + 13, 0x9e3779b1) >>> 8) / 2 ** 24
  const samples = new SAMPLE_ARRAYS[type](grid.width * grid.height)
  for (let i = 0; i < samples.length; i++) samples[i] = random(i) < empty ? EMPTY : 8 + Math.floor(random(i + 3) * 110)
  const settling = { scale, offset: scale === 1 ? 0 : 3, low: EMPTY, high: EMPTY, nan: false }
  const each = ({ col, row, width, height }: Window, put: (to: number, sample: number) => void): void => {
    for (let r = 0, to = 0; r < height; r++)
      for (let c = 0; c < width; c++, to++) put(to, samples[(row + r) * grid.width + col + c]!)
  }
  return {
    grid,
    name: type,
    read: (window, into) => each(window, (to, sample) => settleInto(into, to, sample, settling)),
    stored: { type, settling, read: (window, into) => each(window, (to, sample) => (into[to] = sample)) },
  }
}

test('every pixel of every tile has the slope of the whole surface, tiles with none of their pixels asked for left out', () => {
  const build = programBuilder()
  const kernel = kernelOf(build.finish(build.slot('slope'), ['slope']), ONE_UNIT)
  fc.assert(
    fc.property(
      fc.record({
        width: fc.constantFrom(1, 2, 255, 256, 257, 512, 515, 770),
        height: fc.constantFrom(1, 3, 256, 258, 513),
        type: fc.constantFrom(...(Object.keys(SAMPLE_ARRAYS) as StoredType[])),
        empty: fc.constantFrom(0, 0.002, 0.3, 1),
        scale: fc.constantFrom(1, 0.5),
        left: fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
      }),
      ({ width, height, type, empty, scale, left }) => {
        const grid = { width, height, west: 0, north: 0, dx: 30, dy: 20, crs: crsFromEpsg(4547)! }
        const heights = heightsOf(grid, type, empty, scale)
        const whole = slopePercent(surfaceOf(heights))
        const group = { tree: { kernel, sources: [{ layer: 0 }] }, isMember: [true] }
        const fused = fusedPass({ layers: [layerOf(slopeBand(heights))], groups: [group], keys: 1, outcomes: true })
        let tile = 0
        for (const window of tilesOf(grid)) {
          if (left[tile++ % left.length]) continue
          fused.keys.fill(0)
          const got = fused.outcomes(window)
          let wrong = 0
          for (let p = 0; p < window.width * window.height; p++) {
            const i = (window.row + Math.floor(p / window.width)) * width + window.col + (p % window.width)
            if (!Object.is(got[p], whole.states[i] === VALID ? whole.values[i] : NaN)) wrong++
          }
          expect(wrong).toBe(0)
        }
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)
