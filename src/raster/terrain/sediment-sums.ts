// The sums of the bands of sediment delivery by zone, all in one walk over the pixels of a tile instead of a band after the other.
// Always holds: the sums have the bits `keySums` gives over each band; a tile whose sums leave the doubles is given to it.

import { stripOf, VALID, type Band } from '../band.ts'
import { TILE, type Window } from '../grid.ts'
import { keySums } from '../sums/key-sums.ts'
import type { ZoneIndex } from '../zones/zone-index.ts'
import { UNREACHED } from './drainage.ts'
import { CHANNEL } from './hillslopes.ts'
import type { Held } from './sediment-outcomes.ts'

/** The bands that are summed. */
export const SUMMED_BANDS = ['bareLoss', 'loss', 'avoidedErosion', 'exported', 'deposition', 'avoidedExport'] as const
type SummedBand = (typeof SUMMED_BANDS)[number]

export interface SedimentSums {
  /** Takes a whole tile. */
  add(tile: Window): void
  /** Pixels of the zone that count. */
  pixels(zone: number): number
  /** @param band a place in SUMMED_BANDS */
  total(zone: number, band: number): number
}

/** So many numbers are held of a zone while a tile is walked: the sums and the pixels. */
const SIDE = SUMMED_BANDS.length + 1
const PIXELS = SUMMED_BANDS.length

export function sedimentSums(held: Held, bands: Readonly<Record<SummedBand, Band>>, zones: ZoneIndex): SedimentSums {
  const { grid, states, classOf, cover, practice, channel, delivery, bare, settled } = held
  const tables = SUMMED_BANDS.map(() => keySums(zones.ids.length))
  const pixels = new Float64Array(zones.ids.length)
  const running = new Float64Array(zones.ids.length * SIDE)
  const isMet = new Uint8Array(zones.ids.length)
  const met: number[] = []

  const walk = (zone: number, from: number, to: number): void => {
    const own = zone * SIDE
    let bareSum = running[own]!
    let lossSum = running[own + 1]!
    let avoidedSum = running[own + 2]!
    let exportedSum = running[own + 3]!
    let depositionSum = running[own + 4]!
    let avoidedExportSum = running[own + 5]!
    let count = 0
    for (let i = from; i < to; i++) {
      if (states[i] !== VALID) continue
      count++
      const comes = settled[i]!
      if (channel[i] === CHANNEL) {
        if (comes !== UNREACHED) depositionSum += comes
        continue
      }
      const all = bare[i]!
      const code = classOf[i]!
      const lost = all * cover[code]! * practice[code]!
      bareSum += all
      lossSum += lost
      avoidedSum += all - lost
      if (comes === UNREACHED) continue
      const share = delivery[i]!
      exportedSum += lost * share
      depositionSum += comes
      avoidedExportSum += (all - lost) * share + comes
    }
    running[own] = bareSum
    running[own + 1] = lossSum
    running[own + 2] = avoidedSum
    running[own + 3] = exportedSum
    running[own + 4] = depositionSum
    running[own + 5] = avoidedExportSum
    running[own + PIXELS]! += count
  }

  const bandByBand = (tile: Window): void => {
    const zoneOf = new Int32Array(TILE * TILE)
    const strip = stripOf(TILE * TILE)
    zones.read(tile, zoneOf)
    SUMMED_BANDS.forEach((name, b) => {
      bands[name].read(tile, strip)
      tables[b]!.add(zoneOf, strip, tile.width * tile.height)
    })
  }

  return {
    add(tile) {
      zones.eachRun(tile, (zone, from, to) => {
        const row = Math.floor(from / tile.width)
        const shift = (tile.row + row) * grid.width + tile.col - row * tile.width
        if (isMet[zone] === 0) {
          isMet[zone] = 1
          met.push(zone)
        }
        walk(zone, from + shift, to + shift)
      })
      const isWhole = met.every((zone) => running.subarray(zone * SIDE, zone * SIDE + PIXELS).every(Number.isFinite))
      if (!isWhole) bandByBand(tile)
      for (const zone of met) {
        const own = running.subarray(zone * SIDE, (zone + 1) * SIDE)
        pixels[zone]! += own[PIXELS]!
        // Least and most are not asked for.
        if (isWhole)
          tables.forEach((t, b) => t.addTile(zone, { count: 0, sum: own[b]!, min: Infinity, max: -Infinity }))
        own.fill(0)
        isMet[zone] = 0
      }
      met.length = 0
    },
    pixels: (zone) => pixels[zone]!,
    total: (zone, band) => tables[band]!.at(zone).sum,
  }
}
