// Connected patches against a plain flood fill, and over the borders of tiles.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NODATA, VALID } from '../band.ts'
import { memoryBand } from '../memory-band.ts'
import { patches, type Patch } from './patches.ts'
import { planeGrid } from './zones.fixture.ts'

/** The plain twin: flood fill from each pixel in row-major order. */
function flood(values: readonly number[], width: number, code: number): Patch[] {
  const left = values.map((v) => v === code)
  const found: Patch[] = []
  for (let start = 0; start < left.length; start++) {
    if (!left[start]) continue
    const open = [start]
    left[start] = false
    let pixels = 0
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      pixels++
      for (const [dx, dy] of [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const))) {
        const col = (at % width) + dx
        const next = at + dx + dy * width
        if (col < 0 || col >= width || !left[next]) continue
        left[next] = false
        open.push(next)
      }
    }
    found.push({ first: [start % width, Math.floor(start / width)], pixels, areaM2: pixels * 100 })
  }
  return found
}

it('finds the patches that a flood fill finds, in the same order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.constantFrom(5, 5, 7), { maxLength: 120 }), (w, cells) => {
      const height = Math.floor(cells.length / w)
      if (height === 0) return
      const values = cells.slice(0, w * height)
      expect(patches(memoryBand(planeGrid(w, height), values), 5, () => 100)).toEqual(flood(values, w, 5))
    }),
    { numRuns: 300 },
  )
})

it('joins a lake across tiles and adds areas by row', () => {
  const [width, height] = [520, 300]
  const values = new Float64Array(width * height)
  for (let i = 0; i < 300; i++) values[i * width + Math.min(width - 1, i + 100)] = 8
  values[299 * width] = 8
  const found = patches(memoryBand(planeGrid(width, height), values), 8, (row) => row + 1)
  expect(found).toEqual([
    { first: [100, 0], pixels: 300, areaM2: 45150 },
    { first: [0, 299], pixels: 1, areaM2: 300 },
  ])
})

it('takes no pixel without a value for the class 0', () => {
  const band = memoryBand(planeGrid(3, 1), [0, 0, 0], [VALID, NODATA, VALID])
  expect(patches(band, 0, () => 1)).toHaveLength(2)
})
