// A band on another grid: against a plain twin, in any windows, with holes, and in bounded memory.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NAN, NODATA, OUTSIDE, stripOf, VALID, type Band } from '../band.ts'
import { tilesOf, type Grid, type Window } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { planeGrid } from '../zones/zones.fixture.ts'
import { alignmentText } from './alignment.ts'
import { fitBand, MAX_SOURCE_PIXELS } from './fit-band.ts'
import type { ToSource } from './source-places.ts'

interface Pixel {
  readonly value: number
  readonly state: number
}

function pixelsOf(band: Band, window: Window): Pixel[] {
  const strip = stripOf(window.width * window.height)
  strip.values.fill(-1)
  band.read(window, strip)
  return [...strip.values].map((value, i) => ({ value, state: strip.states[i]! }))
}
const whole = (grid: Grid): Window => ({ col: 0, row: 0, width: grid.width, height: grid.height })

/** The plain twin: every source pixel gets a weight for every place. */
function twin(source: Pixel[], from: Grid, to: Grid, how: 'nearest' | 'bilinear'): Pixel[] {
  const reach = (a: number, b: number): number =>
    from.dx / to.dx >= 0.95 && from.dy / to.dy >= 0.95 ? 1 : Math.max(1, b / a)
  return Array.from({ length: to.width * to.height }, (_, i) => {
    const x = (to.west + ((i % to.width) + 0.5) * to.dx - from.west) / from.dx
    const y = (from.north - to.north + (Math.floor(i / to.width) + 0.5) * to.dy) / from.dy
    const [col, row] = [Math.floor(x + 1e-10), Math.floor(y + 1e-10)]
    if (col < 0 || row < 0 || col >= from.width || row >= from.height) return { value: 0, state: OUTSIDE }
    const own = source[row * from.width + col]!
    if (how === 'nearest' || own.state !== VALID) return own
    const weighted = source.map((p, k) => {
      const across = Math.abs((k % from.width) + 0.5 - x) / reach(from.dx, to.dx)
      const down = Math.abs(Math.floor(k / from.width) + 0.5 - y) / reach(from.dy, to.dy)
      return p.state === VALID ? { w: Math.max(0, 1 - across) * Math.max(0, 1 - down), v: p.value } : { w: 0, v: 0 }
    })
    const weights = weighted.reduce((sum, p) => sum + p.w, 0)
    return { value: weighted.reduce((sum, p) => sum + p.w * p.v, 0) / weights, state: VALID }
  })
}

const pixel = fc.record({
  value: fc.double({ min: -100, max: 100, noNaN: true }),
  state: fc.constantFrom(VALID, VALID, VALID, VALID, NODATA, NAN),
})
const cell = fc.constantFrom(1, 2, 3.1, 0.4, 0.7)
const cases = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([w, h]) =>
  fc.record({
    size: fc.constant([w, h] as const),
    pixels: fc
      .array(pixel, { minLength: w * h, maxLength: w * h })
      .map((ps) => ps.map((p) => (p.state === VALID ? p : { ...p, value: 0 }))),
    to: fc.record({
      cell,
      west: fc.double({ min: -3, max: 5, noNaN: true }),
      north: fc.double({ min: 2, max: 12, noNaN: true }),
    }),
    how: fc.constantFrom('nearest', 'bilinear'),
  }),
)

it('gives the values of a twin that weighs all pixels, for finer and coarser grids and with holes', () => {
  fc.assert(
    fc.property(cases, ({ size: [w, h], pixels, to, how }) => {
      const from = planeGrid(w, h)
      const grid = planeGrid(8, 7, to.cell, to.west, to.north)
      const band = memoryBand(
        from,
        pixels.map((p) => p.value),
        pixels.map((p) => p.state),
      )
      const fitted = fitBand(band, grid, how as 'nearest', undefined)
      if (fitted.alignment.way !== 'resampled') return
      const [found, expected] = [pixelsOf(fitted, whole(grid)), twin(pixels, from, grid, how as 'nearest')]
      expect(found.map((p) => p.state)).toEqual(expected.map((p) => p.state))
      // Places on the border of two pixels may round either way in the twin.
      found.forEach((p, i) => expect(p.value).toBeCloseTo(expected[i]!.value, 8))
    }),
    { numRuns: 200 },
  )
})

it('gives a pixel the same value whichever window asks for it', () => {
  const from = planeGrid(300, 280)
  const source = memoryBand(
    from,
    Float64Array.from({ length: 300 * 280 }, (_, i) => (i * 7919) % 1013),
  )
  const bend: ToSource = (x, y, out) => {
    out[0] = x + y * 0.1
    out[1] = y - x * 0.1
  }
  for (const [how, link] of [
    ['nearest', bend],
    ['bilinear', bend],
    ['bilinear', undefined],
  ] as const) {
    const grid = planeGrid(300, 270, 1.3, -20, 300)
    const all = pixelsOf(fitBand(source, grid, how, link), whole(grid))
    for (const w of [
      { col: 40, row: 100, width: 37, height: 90 },
      { col: 250, row: 0, width: 50, height: 3 },
    ]) {
      const cut = Array.from(
        { length: w.width * w.height },
        (_, i) => all[(w.row + Math.floor(i / w.width)) * 300 + w.col + (i % w.width)],
      )
      expect(pixelsOf(fitBand(source, grid, how, link), w)).toEqual(cut)
    }
  }
})

it('reads the same grid in place and moved extents by whole pixels, without touching a value', () => {
  const from = planeGrid(6, 5, 30, 444018.9, 2842985.8)
  const source = memoryBand(
    from,
    Float64Array.from({ length: 30 }, (_, i) => i / 7),
    Array.from({ length: 30 }, (_, i) => (i === 8 ? NAN : VALID)),
  )
  const same = fitBand(source, from, 'bilinear', undefined)
  expect(same.alignment).toMatchObject({ way: 'in-place', missing: 0, problems: [] })
  expect(pixelsOf(same, whole(from))).toEqual(pixelsOf(source, whole(from)))

  // Two columns to the east, one row up; written with a corner that lost its last digits.
  const grid = planeGrid(6, 5, 30, 444078.9001, 2843015.8)
  const moved = fitBand(source, grid, 'bilinear', undefined)
  expect(moved.alignment).toMatchObject({ way: 'offset', shift: [2, -1] })
  expect(moved.alignment.missing).toBeCloseTo(1 - 16 / 30, 12)
  const found = pixelsOf(moved, whole(grid))
  expect(found[0]!.state).toBe(OUTSIDE)
  expect(found[6]).toEqual({ value: 2 / 7, state: VALID })
  expect(found[12]!.state).toBe(NAN)
  expect(found[10]!.state).toBe(OUTSIDE)
})

it('tells a grid shifted by a part of a pixel and a raster that is too short', () => {
  const source = memoryBand(planeGrid(10, 10, 30, 0, 300), new Float64Array(100))
  const shifted = fitBand(source, planeGrid(10, 10, 30, 7.5, 300), 'bilinear', undefined).alignment
  expect(shifted.problems.map((p) => p.code)).toEqual(['raster.grid-shifted'])
  expect(shifted.problems[0]).toMatchObject({ severity: 'yellow', values: { x: 0.25, y: 0 } })
  const short = fitBand(source, planeGrid(20, 10, 30, 0, 300), 'nearest', undefined).alignment
  expect(short.problems).toMatchObject([{ code: 'raster.extent-short', severity: 'yellow', values: { share: 50 } }])
  expect(alignmentText(short).zh).toBe('像元与核算网格对齐，按位置读取；网格的 50% 不在该栅格范围内。')
})

it('says what was resampled, from which pixels to which, and how', () => {
  const source = memoryBand(planeGrid(10, 10, 30), new Float64Array(100))
  expect(alignmentText(fitBand(source, planeGrid(30, 30, 10), 'nearest', undefined).alignment)).toEqual({
    zh: '像元由 30 米 按最近邻重采样为 10 米。',
    en: 'Resampled from pixels of 30 m to 10 m by nearest neighbour.',
  })
  const asIs: ToSource = (x, y, out) => {
    out[0] = x
    out[1] = y
  }
  expect(alignmentText(fitBand(source, planeGrid(30, 30, 10), 'bilinear', asIs).alignment).en).toBe(
    'Warped from "plane" (30 m) to "plane" (10 m) by bilinear interpolation.',
  )
})

it('takes places the transformation does not reach as outside', () => {
  const source = memoryBand(planeGrid(4, 4), new Float64Array(16).fill(3))
  const half: ToSource = (x, y, out) => {
    out[0] = x > 2 ? NaN : x
    out[1] = y
  }
  const fitted = fitBand(source, planeGrid(4, 4), 'bilinear', half)
  expect(pixelsOf(fitted, { col: 0, row: 0, width: 4, height: 1 })).toEqual([
    { value: 3, state: VALID },
    { value: 3, state: VALID },
    { value: 0, state: OUTSIDE },
    { value: 0, state: OUTSIDE },
  ])
  expect(fitted.alignment.missing).toBe(0.5)
})

it('holds a bounded part of the source however much finer it is', () => {
  // 8192 × 8192 pixels computed on the fly, laid on pixels 64 and 8192 times as large.
  const from = planeGrid(8192, 8192)
  let largest = 0
  let read = 0
  const source: Band = {
    grid: from,
    name: 'plane',
    read(w, into) {
      largest = Math.max(largest, w.width * w.height, into.values.length)
      read += w.width * w.height
      for (let i = 0, r = 0; r < w.height; r++)
        for (let c = 0; c < w.width; c++, i++) {
          into.values[i] = w.col + c + 0.5
          into.states[i] = VALID
        }
    },
  }
  const grid = planeGrid(128, 128, 64)
  const found = pixelsOf(fitBand(source, grid, 'bilinear', undefined), { col: 0, row: 0, width: 128, height: 16 })
  expect(found[16 * 128 - 28]!.value).toBeCloseTo(100.5 * 64, 6)
  expect(largest).toBeLessThanOrEqual(MAX_SOURCE_PIXELS)
  expect(read).toBeLessThan((2 * 8192 * 8192) / 8)

  largest = 0
  const [tile] = tilesOf(planeGrid(512, 512, 16))
  fitBand(source, planeGrid(512, 512, 16), 'nearest', undefined).read(tile!, stripOf(tile!.width * tile!.height))
  expect(largest).toBeGreaterThan(0)
  expect(largest).toBeLessThanOrEqual(MAX_SOURCE_PIXELS)
})
