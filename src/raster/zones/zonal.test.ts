// Zonal statistics: the peer's cases, the ways zones can miss a raster, and a grid larger than memory should hold.

import { expect, it } from 'vitest'
import { NAN, NODATA, VALID, type Band } from '../band.ts'
import { memoryBand } from '../memory-band.ts'
import { planeGrid, box, zoneOf } from './zones.fixture.ts'
import { zonal } from './zonal.ts'

const RULES = ['center', 'exact'] as const

it('counts ones over the whole square, over one pixel and over nothing (peer case Z1, zones one by one as ours do not overlap: 81, 1, and empty where the peer has 0)', () => {
  const grid = planeGrid(9, 9, 30, 444720, 3751320)
  const zones = [
    box('all', 444720, 3751050, 444990, 3751320),
    box('one', 444720, 3751290, 444750, 3751320),
    box('far', 544720, 3851290, 544750, 3851320),
  ]
  for (const rule of RULES)
    for (const value of [1, 2]) {
      const band = memoryBand(grid, new Float64Array(81).fill(value))
      const rows = zones.flatMap((zone) => zonal([zone], band, rule).rows)
      expect(rows.map((r) => [r.sums?.count, r.sums?.sum, r.sums?.min, r.sums?.max])).toEqual([
        [81, 81 * value, value, value],
        [1, value, value, value],
        [undefined, undefined, undefined, undefined],
      ])
    }
})

it('leaves squares that hold no pixel centre empty by centre, and gives the value of their pixel by cover (peer case Z2: the peer gives it under its only rule)', () => {
  const grid = planeGrid(16, 16, 1, -20, -15)
  const band = memoryBand(
    grid,
    Float64Array.from({ length: 256 }, (_, i) => i),
  )
  const squares = Array.from({ length: 32 * 32 }, (_, i) => {
    const [col, row] = [i % 32, Math.floor(i / 32)]
    const [west, north] = [-20 + col * 0.5 + 0.15, -15 - row * 0.5 - 0.15]
    return box(`${col},${row}`, west, north - 0.2, west + 0.2, north)
  })
  expect(zonal(squares, band, 'center').rows.every((r) => r.sums === undefined)).toBe(true)
  zonal([...squares, { id: 'no geometry', polygons: [] }], band, 'exact').rows.forEach((r, i) => {
    if (i === 1024) return expect(r).toEqual({ id: 'no geometry' })
    const value = Math.floor(i / 64) * 16 + Math.floor((i % 32) / 2)
    expect(r.sums).toMatchObject({ min: value, max: value })
    expect(r.sums!.sum / r.sums!.count).toBeCloseTo(value, 9)
    return expect(r.sums!.count).toBeCloseTo(0.04, 9)
  })
})

it('has no number where a zone only touches the corner of a raster, and counts no-data where it meets some (peer case Z3: the peer has sum 0)', () => {
  const grid = planeGrid(4, 4)
  const states = Array.from({ length: 16 }, (_, i) => (i === 3 ? NODATA : i === 15 ? NAN : VALID))
  const band = memoryBand(grid, new Float64Array(16).fill(7), states)
  for (const rule of RULES) {
    const { rows, problems } = zonal(
      [box('touch', 4, 4, 6, 6), box('corner', 3, 3, 4, 4), box('nan', 3, 0, 4, 1)],
      band,
      rule,
    )
    expect(rows[0]).toEqual({ id: 'touch' })
    expect(rows[1]!.sums).toMatchObject({ count: 0, sum: 0, nodata: 1, nan: 0 })
    expect(rows[1]!.sums).not.toHaveProperty('min')
    expect(rows[2]!.sums).toMatchObject({ count: 0, nodata: 0, nan: 1 })
    expect(problems).toMatchObject([{ code: 'raster.zones-beyond', values: { count: 1, first: 'touch' } }])
  }
})

it('gives both rules the same sums where edges run between pixels', () => {
  const grid = planeGrid(300, 300)
  const band = memoryBand(
    grid,
    Float64Array.from({ length: 90_000 }, (_, i) => (i * 7919) % 1009),
  )
  const zones = [box('a', 0, 0, 130, 300), box('b', 130, 20, 290, 300)]
  const [centre, cover] = RULES.map((rule) => zonal(zones, band, rule).rows)
  expect(cover).toEqual(centre)
})

it('streams a raster of 67 million pixels through one tile', () => {
  let tiles = 0
  const band: Band = {
    grid: planeGrid(8192, 8192),
    name: 'made',
    read(w, into) {
      tiles++
      expect(into.values.length).toBe(256 * 256)
      expect(w.width * w.height).toBeLessThanOrEqual(256 * 256)
      into.values.fill(w.row / 256)
      into.states.fill(VALID)
    },
  }
  const steps: number[] = []
  const triangle = zoneOf('t', [
    [100, 100],
    [2100, 100],
    [100, 2100],
  ])
  const { rows } = zonal([triangle], band, 'exact', (done) => steps.push(done))
  expect(rows[0]!.sums!.count).toBeCloseTo(2_000_000, 4)
  expect(steps).toHaveLength(1024)
  // Tiles that no zone touches are not read.
  expect(tiles).toBeLessThanOrEqual(81)
})
