// When a band tells how it is sampled, for engines that sample on the way. That they get the bits of `read` is the law of the
// fused pass (pairs/fused-pass.test.ts).

import { expect, it } from 'vitest'
import { crsFromEpsg } from '../crs/index.ts'
import type { Grid } from '../grid.ts'
import { memoryBand } from '../memory-band.ts'
import { evenPlaces } from './even-places.ts'
import { fitBand } from './fit-band.ts'

const grid: Grid = { width: 60, height: 40, west: 0, north: 0, dx: 30, dy: 30, crs: crsFromEpsg(32650)! }
const coarse = { ...grid, width: 9, height: 9, west: -400, north: 700, dx: 330, dy: 330 }
const bandOf = (own: Grid) => memoryBand(own, new Float64Array(own.width * own.height))

it('a coarser band of the same system tells its places, and bands of one source tell the same', () => {
  const [a, b] = [bandOf(coarse), bandOf(coarse)].map((band) => fitBand(band, grid, 'bilinear', undefined).sampled)
  expect(a).toBeDefined()
  expect(a!.places.name).toBe(b!.places.name)
})

it('so it does where the nearest pixel is taken, and that is another place', () => {
  const [near, between] = (['nearest', 'bilinear'] as const).map((how) => fitBand(bandOf(coarse), grid, how, undefined).sampled!.places) // prettier-ignore
  expect(near!.how).toBe('nearest')
  expect(near!.name).not.toBe(between!.name)
  expect(near!.columns.first).toEqual(near!.columns.second)
})

it('a finer band and a warped band do not', () => {
  const finer = { ...grid, width: 180, height: 120, dx: 10, dy: 10 }
  expect(fitBand(bandOf(finer), grid, 'bilinear', undefined).sampled).toBeUndefined()
  const sameplace = (x: number, y: number, out: [number, number]): void => {
    out[0] = x
    out[1] = y
  }
  expect(fitBand(bandOf(coarse), grid, 'bilinear', sameplace).sampled).toBeUndefined()
})

it('a pixel met in its middle counts alone, one at the edge of the source has no other, one beyond it none', () => {
  // Pixels of the grid and of the source of one size, half a pixel apart in columns only.
  const source = { ...grid, width: 10, height: 10, west: 15 }
  const { columns, rows } = evenPlaces(source, grid, 'bilinear')!
  expect([columns.first[0], columns.first[1], columns.second[1], columns.first[11]]).toEqual([0, 0, 1, -1])
  expect([columns.firstWeight[1], columns.secondWeight[1]]).toEqual([0.5, 0.5])
  expect([rows.first[3], rows.second[3], rows.firstWeight[3], rows.secondWeight[3]]).toEqual([3, 3, 1, 0])
})
