// Class codes that are bytes, as nearly all land covers are: counted by zone, and turned into keys, by tables of 256 places
// with no step through doubles. Always holds: what is counted and which key a pixel gets is what the plain reading of codes
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

/** Undefined where codes are no plain bytes. */
export function byteCodes(band: Band, zones: Pick<AccountZones, 'regions' | 'read'>): ByteCodes | undefined {
  const { stored } = band
  if (stored?.type !== 'uint8' || stored.settling.scale !== 1 || stored.settling.offset !== 0) return undefined
  const isCode = Array.from({ length: CODES }, (_, code) => stateOf(code, stored.settling) === VALID)
  const codes = new Uint8Array(TILE * TILE)
  return {
    count(grid) {
      const zone = new Int32Array(TILE * TILE)
      const counts = new Float64Array(zones.regions.length * CODES)
      const isSeen = new Uint8Array(CODES)
      const first = new Map<number, readonly [column: number, row: number]>()
      for (const window of tilesOf(grid)) {
        if (!zones.read(window, zone)) continue
        stored.read(window, codes)
        for (let p = 0; p < window.width * window.height; p++) {
          const z = zone[p]!
          if (z < 0) continue
          const code = codes[p]!
          counts[z * CODES + code]!++
          if (isSeen[code] === 0) {
            isSeen[code] = 1
            first.set(code, [window.col + (p % window.width), window.row + Math.floor(p / window.width)])
          }
        }
      }
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
        if (!zones.read(window, into)) return false
        stored.read(window, codes)
        // All bits of −1 are set, and stay set in the "and" of as many as there are.
        let all = -1
        for (let p = 0; p < window.width * window.height; p++) {
          const z = into[p]!
          if (z >= 0) all &= into[p] = keys[z * CODES + codes[p]!]!
        }
        return all !== -1
      }
    },
  }
}
