// Class codes that are bytes, as nearly all land covers are: counted by zone, and turned into keys, by tables of 256 places
// run by run of a zone, with no step through doubles. Always holds: what is counted and which key a pixel gets is what the plain reading of codes
// finds (`countCodes`, the reader of keys).

import { stateOf, TILE, tilesOf, VALID, type Band, type Grid, type Window } from '../../../raster/index.ts'
import type { Counted } from './land-cover.ts'
import type { AccountZones } from './zones-of-account.ts'

export interface ByteCodes {
  count(grid: Grid): Counted
  /** @param keyOf the key of a zone and a code, −1 for none */
  keys(keyOf: (zone: number, code: number) => number): (window: Window, into: Int32Array) => boolean
}

const CODES = 256
/** Pixels of as many tiles are counted in 32 bits. */
const MOST_TILES = 2 ** 32 / (TILE * TILE) - 1

const nothing = (): void => undefined

/** Undefined where codes are no plain bytes. */
export function byteCodes(band: Band, zones: Pick<AccountZones, 'regions' | 'eachRun'>): ByteCodes | undefined {
  const { stored } = band
  if (stored?.type !== 'uint8' || stored.settling.scale !== 1 || stored.settling.offset !== 0) return undefined
  const isCode = Array.from({ length: CODES }, (_, code) => stateOf(code, stored.settling) === VALID)
  const codes = new Uint8Array(TILE * TILE)
  const fours = new Int32Array(codes.buffer)
  /** Where the code at `from` is followed by another one, at most `to`. Land lies in patches: four pixels are compared at a time. */
  const endOfCode = (from: number, to: number): number => {
    const code = codes[from]!
    let p = from + 1
    while (p < to && (p & 3) !== 0 && codes[p] === code) p++
    if ((p & 3) !== 0) return p
    const four = Math.imul(code, 0x01010101)
    while (p + 4 <= to && fours[p >> 2] === four) p += 4
    while (p < to && codes[p] === code) p++
    return p
  }
  return {
    count(grid) {
      const counts = new Float64Array(zones.regions.length * CODES)
      // Of the tiles since they were last added: counting in whole numbers of 32 bits is quicker.
      const own = new Uint32Array(counts.length)
      const met = new Uint8Array(CODES)
      const first = new Map<number, readonly [column: number, row: number]>()
      const firstMet = (window: Window): void => {
        zones.eachRun(window, (_, from, to) => {
          for (let p = from; p < to; p = endOfCode(p, to)) {
            if (first.has(codes[p]!)) continue
            first.set(codes[p]!, [window.col + (p % window.width), window.row + Math.floor(p / window.width)])
          }
        })
      }
      let tiles = 0
      const addOwn = (): void => {
        for (let i = 0; i < own.length; i++) counts[i]! += own[i]!
        own.fill(0)
        tiles = 0
      }
      for (const window of tilesOf(grid)) {
        if (!zones.eachRun(window, nothing)) continue
        stored.read(window, codes)
        zones.eachRun(window, (zone, from, to) => {
          const place = zone * CODES
          for (let p = from; p < to;) {
            const code = codes[p]!
            const end = endOfCode(p, to)
            own[place + code]! += end - p
            met[code] = 1
            p = end
          }
        })
        if (met.some((isMet, code) => isMet === 1 && !first.has(code))) firstMet(window)
        if (++tiles === MOST_TILES) addOwn()
      }
      addOwn()
      const pixelsOf = (zone: number, code: number): number => counts[zone * CODES + code] ?? 0
      const all = (code: number): number => zones.regions.reduce((n, _, zone) => n + pixelsOf(zone, code), 0)
      const seen = [...first].filter(([code]) => isCode[code])
      return {
        pixels: new Map(seen.map(([code, pixel]) => [code, { pixels: all(code), first: pixel }])),
        byZone: { has: (zone, code) => pixelsOf(zone, code) > 0, pixels: pixelsOf },
      }
    },
    keys(keyOf) {
      const keys = Int32Array.from({ length: zones.regions.length * CODES }, (_, i) =>
        isCode[i % CODES] ? keyOf(Math.floor(i / CODES), i % CODES) : -1,
      )
      return (window, into) => {
        if (!zones.eachRun(window, nothing)) return false
        stored.read(window, codes)
        into.fill(-1, 0, window.width * window.height)
        // All bits of −1 are set, and stay set in the "and" of as many as there are.
        let all = -1
        zones.eachRun(window, (zone, from, to) => {
          const place = zone * CODES
          for (let p = from; p < to;) {
            const end = endOfCode(p, to)
            const key = keys[place + codes[p]!]!
            all &= key
            for (; p < end; p++) into[p] = key
          }
        })
        return all !== -1
      }
    },
  }
}
