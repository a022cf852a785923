// The pass over an account's maps in its quick ways and in its plain ones: class codes as bytes, bands looked through by the
// pass, sums of all services together. What comes out must not tell which way was taken.

import { expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { stripOf, VALID } from '../../../raster/index.ts'
import { memoryBand, TILE, tilesOf, type OnRun, type Window } from '../../../raster/index.ts'
import { readFacts } from '../inputs/index.ts'
import { classificationOf } from '../run.ts'
import { byteCodes } from './byte-codes.ts'
import { countCodes } from './land-cover.ts'
import { between, mapAccount, putMapAccount } from './map-account.fixture.ts'
import { openMaps } from './open-maps.ts'
import { bandSurvey } from './survey-bands.ts'

const home = storyFolder('one-pass')
const holes = (low: number, high: number, every: number) => (c: number, r: number) =>
  (c * 31 + r * 17) % every === 0 ? undefined : between(low, high, every)(c, r)
const given = mapAccount({
  width: 300,
  height: 40,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: holes(900, 30_000, 7) },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
    { argument: 'slope-length-steepness', unit: '1', at: between(0, 400, 5), type: 'float32' },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
})
putMapAccount(home, given)
const read = readFacts(home, given.list, { classification: classificationOf(rules.book) })

test('a survey by the pass tells what a look at every pixel tells', () => {
  const opened = openMaps(home, given.list, read, rules.book, 'with-pass')
  const plain = bandSurvey(opened.stack!)
  plain.plainly()
  expect(plain.problems().length).toBeGreaterThan(0)
  expect(opened.problems).not.toEqual(expect.arrayContaining([...plain.problems()]))
  expect(opened.problemsAfterPass()).toEqual(expect.arrayContaining([...plain.problems()]))
  opened.stack!.close()
})

test('class codes that are bytes are counted and keyed as codes of any kind', () => {
  const opened = openMaps(home, given.list, read, rules.book)
  const { grid } = opened.stack!
  const codes = Uint8Array.from(
    { length: grid.width * grid.height },
    // Patches of one code of all lengths up to some thirty pixels.
    (_, p) => ((p >> 5) * 5 + (p % 7 === 0 && (p >> 6) % 3 === 0 ? 1 : 0)) % 6,
  )
  const settling = { scale: 1, offset: 0, low: 2, high: 2, nan: false }
  const plainBand = memoryBand(
    grid,
    codes,
    Array.from(codes, (c) => (c === 2 ? 1 : 0)),
  )
  const band = {
    ...plainBand,
    stored: {
      type: 'uint8',
      settling,
      read: (window: Window, into: { [i: number]: number }): void => {
        for (let r = 0, to = 0; r < window.height; r++)
          for (let c = 0; c < window.width; c++, to++) into[to] = codes[(window.row + r) * grid.width + window.col + c]!
      },
    },
  } as const
  const zones = {
    regions: ['a', 'b', 'c'],
    read: (window: Window, into: Int32Array): boolean => {
      for (let r = 0, to = 0; r < window.height; r++)
        for (let c = 0; c < window.width; c++, to++)
          into[to] = ((window.col + c) >> 5) % 4 === 3 ? -1 : ((window.col + c + 5 * r) >> 3) % 3
      return true
    },
    eachRun: (window: Window, take: OnRun): boolean => {
      const zone = new Int32Array(window.width * window.height)
      zones.read(window, zone)
      for (let p = 0; p < zone.length;) {
        const from = p
        const end = from - (from % window.width) + window.width
        while (p < end && zone[p] === zone[from]) p++
        if (zone[from]! >= 0) take(zone[from]!, from, p)
      }
      return true
    },
  }
  const quick = byteCodes(band, zones)!
  const counted = quick.count(grid)
  const plain = countCodes(plainBand, grid, zones)
  expect([...counted.pixels].sort(([a], [b]) => a - b)).toEqual([...plain.pixels].sort(([a], [b]) => a - b))
  for (const code of [0, 1, 3, 4, 5, 9])
    zones.regions.forEach((_, z) => expect(counted.byZone.has(z, code)).toBe(plain.byZone.has(z, code)))
  const keyOf = (zone: number, code: number): number => (code === 4 ? -1 : zone * 10 + code)
  const [keys, zone] = [new Int32Array(TILE * TILE), new Int32Array(TILE * TILE)]
  const readKeys = quick.keys(keyOf)
  const strip = stripOf(TILE * TILE)
  for (const window of tilesOf(grid)) {
    readKeys(window, keys)
    zones.read(window, zone)
    plainBand.read(window, strip)
    for (let p = 0; p < window.width * window.height; p++) {
      const has = zone[p]! >= 0 && strip.states[p] === VALID
      expect(keys[p]).toBe(has ? keyOf(zone[p]!, strip.values[p]!) : -1)
    }
  }
  opened.stack!.close()
})
