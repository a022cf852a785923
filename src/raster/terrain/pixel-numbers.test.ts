// A band as narrow as it is stored against the band read as it is: the same numbers, and the same pixels without one.

import { expect, it } from 'vitest'
import { NODATA, OUTSIDE, stripOf, VALID, type Band } from '../band.ts'
import { memoryBand } from '../memory-band.ts'
import { SAMPLE_ARRAYS, settleInto, type Settling, type StoredType } from '../stored-band.ts'
import { oracleGrid } from './oracle.fixture.ts'
import { pixelNumbers } from './pixel-numbers.ts'

const SAMPLES = [0, 1, 7, 3, 255, 12.5, NaN, Infinity, -Infinity, 100, 3, 2]
const grid = { ...oracleGrid, width: SAMPLES.length, height: 1 }
const window = { col: 0, row: 0, width: SAMPLES.length, height: 1 }
const STATES = Uint8Array.from(SAMPLES, (_, p) => (p === 1 ? OUTSIDE : VALID))

function stored(type: StoredType, settling: Settling): Band {
  const own = new SAMPLE_ARRAYS[type](SAMPLES)
  return {
    grid,
    name: type,
    read: (_, into) => own.forEach((sample, p) => settleInto(into, p, sample, settling)),
    stored: { type, settling, read: (_, into) => into.set(own) },
  }
}
const settlings: readonly Settling[] = [
  { scale: 1, offset: 0, low: Infinity, high: -Infinity, nan: false },
  { scale: 1, offset: 0, low: 3, high: 7, nan: true },
  { scale: 0.5, offset: 2, low: 3, high: 3, nan: false },
]
const bands = [
  ...(['uint8', 'int16', 'float32', 'float64'] as const).flatMap((type) => settlings.map((s) => stored(type, s))),
  memoryBand(grid, Float64Array.from(SAMPLES, (x) => (Number.isFinite(x) ? x : 0)), Uint8Array.from(SAMPLES, (_, p) => p % 3)),
] // prettier-ignore

it('keeps the pixels that have a number, and their numbers, however a band is stored', () => {
  for (const band of bands) {
    const strip = stripOf(SAMPLES.length)
    band.read(window, strip)
    const numbers = pixelNumbers(band, SAMPLES.length)
    numbers.read(window)
    const states = STATES.slice()
    numbers.keepWhere(states)
    SAMPLES.forEach((_, p) => {
      expect(states[p]).toBe(STATES[p] !== VALID ? STATES[p] : strip.states[p] === VALID ? VALID : NODATA)
      if (states[p] === VALID) expect(numbers.values[p]! + 0).toBe(strip.values[p])
    })
  }
})
