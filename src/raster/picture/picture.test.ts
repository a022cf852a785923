// The view of a band and its PNG: what a map shows is what the band holds, in little memory.

import { unzlibSync } from 'fflate'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NODATA, VALID, type Band } from '../band.ts'
import type { Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { overview, sampledRows } from './overview.ts'
import { palettePng, type Colour } from './palette-png.ts'

const datum = { id: 'cgcs2000', name: 'CGCS2000', ellipsoid: { a: 6378137, inverseFlattening: 298.257222101 } } as const
const grid = (width: number, height: number): Grid => ({
  width,
  height,
  west: 100,
  north: 900,
  dx: 10,
  dy: 10,
  crs: { kind: 'web-mercator', datum, name: 'm' },
})

describe('overview', () => {
  it('leaves a band alone that is small enough', () => {
    const o = overview(memoryBand(grid(3, 2), [1, 2, 3, 4, 5, 6]), { maxPixels: 6, kind: 'measure' })
    expect([...o.values]).toEqual([1, 2, 3, 4, 5, 6])
    expect(o.grid).toEqual(grid(3, 2))
  })

  it('takes the mean of pixels that have a number, and the commonest class', () => {
    const states = [VALID, VALID, NODATA, NODATA, VALID, NODATA, NODATA, NODATA]
    const band = memoryBand(grid(4, 2), [1, 4, 99, 9, 4, 9, 9, 9], states)
    expect([...overview(band, { maxPixels: 2, kind: 'measure' }).values]).toEqual([3, 0])
    const classes = overview(band, { maxPixels: 2, kind: 'classes' })
    expect([...classes.values]).toEqual([4, 0])
    expect([...classes.states]).toEqual([VALID, NODATA])
    expect(classes.grid).toEqual({ ...grid(4, 2), width: 2, height: 1, dx: 20, dy: 20 })
  })

  it('of equally frequent classes shows the lower code', () => {
    const band = memoryBand(grid(2, 2), [7, 3, 7, 3])
    expect([...overview(band, { maxPixels: 1, kind: 'classes' }).values]).toEqual([3])
  })

  it('holds the limit, covers the band and reads each pixel it looks at once, in pieces of a tile at most', () => {
    const size = grid(1201, 703)
    let read = 0
    const band: Band = {
      grid: size,
      name: 'counted',
      read(w, into) {
        expect(w.width * w.height).toBeLessThanOrEqual(256 * 256)
        expect(w.col + w.width <= size.width && w.row + w.height <= size.height).toBe(true)
        read += w.width * w.height
        for (let k = 0; k < w.width * w.height; k++) {
          into.values[k] = w.col + (k % w.width)
          into.states[k] = VALID
        }
      },
    }
    for (const [maxPixels, kind] of [
      [50_000, 'measure'],
      [300, 'classes'],
      [3, 'measure'],
    ] as const) {
      read = 0
      const o = overview(band, { maxPixels, kind })
      expect(o.values.length).toBeLessThanOrEqual(maxPixels)
      expect(o.grid.width * o.grid.dx).toBeGreaterThanOrEqual(size.width * size.dx)
      const { rows, of } = sampledRows(size, maxPixels) ?? { rows: 1, of: 1 }
      const cells = Math.ceil(size.height / of)
      expect(read).toBe(rows === of ? size.width * size.height : size.width * rows * cells)
      if (kind === 'measure') expect(o.values[0]).toBeCloseTo((o.grid.dx / 10 - 1) / 2, 9)
    }
  })
})

describe('overview of a large band', () => {
  const size = grid(640, 320)
  const slope = Array.from({ length: size.width * size.height }, (_, k) => Math.floor(k / size.width))

  it('looks at some rows of each cell, evenly spread, and says how many', () => {
    expect(sampledRows(size, 100_000)).toBeUndefined()
    expect(sampledRows(size, 800)).toEqual({ rows: 2, of: 16 })
    const seen = new Set<number>()
    const band = memoryBand(size, slope)
    const watched: Band = { ...band, read: (w, into) => (seen.add(w.row), band.read(w, into)) }
    const o = overview(watched, { maxPixels: 800, kind: 'measure' })
    expect([...seen].slice(0, 4)).toEqual([4, 12, 20, 28])
    expect([...o.values].slice(0, 3)).toEqual([8, 8, 8])
    expect(o.grid.width * o.grid.height).toBe(800)
  })

  it('a gradient seen by some rows differs from the whole by less than a row', () => {
    const whole = (row: number): number => row * 16 + 7.5
    const o = overview(memoryBand(size, slope), { maxPixels: 800, kind: 'measure' })
    for (let row = 0; row < o.grid.height; row++)
      expect(Math.abs(o.values[row * o.grid.width]! - whole(row))).toBeLessThan(1)
  })
})

describe('palette PNG', () => {
  const palette: readonly Colour[] = [
    [0, 0, 0, 0],
    [255, 128, 0, 255],
  ]
  const png = palettePng({ width: 3, height: 2, pixels: Uint8Array.of(0, 1, 0, 1, 1, 0), palette })

  it('has chunks with right lengths and checksums, and the pixels come back', () => {
    const view = new DataView(png.buffer)
    const chunks = new Map<string, Uint8Array>()
    for (let at = 8; at < png.length;) {
      const n = view.getUint32(at)
      const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
      expect(view.getUint32(at + 8 + n)).toBe(crc32(png.subarray(at + 4, at + 8 + n)))
      chunks.set(type, png.subarray(at + 8, at + 8 + n))
      at += 12 + n
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])
    expect([...chunks.get('PLTE')!]).toEqual([0, 0, 0, 255, 128, 0])
    expect([...chunks.get('tRNS')!]).toEqual([0, 255])
    expect([...unzlibSync(chunks.get('IDAT')!)]).toEqual([0, 0, 1, 0, 0, 1, 1, 0])
  })

  it('refuses an index without a colour', () => {
    expect(() => palettePng({ width: 1, height: 1, pixels: Uint8Array.of(2), palette })).toThrow()
  })
})
