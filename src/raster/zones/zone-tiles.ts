// Which zones each tile of a grid holds, from the runs of the zones and without drawing a pixel: so a pass over tiles knows when
// the last tile of a zone is done. Always holds: a tile is a zone's where, and only where, a pixel of it lies in the zone.

import { TILE, type Grid } from '../grid.ts'
import type { PlainRuns } from './zone-runs.ts'

export interface ZoneTiles {
  /** Zones of each tile; tiles in row-major order. */
  readonly zonesOf: readonly (readonly number[])[]
  /** By zone: how many tiles hold it. */
  readonly tiles: readonly number[]
}

export function zoneTiles({ runs, start }: PlainRuns, grid: Pick<Grid, 'width' | 'height'>, zones: number): ZoneTiles {
  const cols = Math.ceil(grid.width / TILE)
  const rows = Math.ceil(grid.height / TILE)
  const zonesOf = Array.from({ length: cols * rows }, (): number[] => [])
  const tiles = Array.from({ length: zones }, () => 0)
  /** By column of tiles and zone: the row of tiles it was last met in. */
  const metIn = new Int32Array(cols * zones).fill(-1)
  for (let tileRow = 0; tileRow < rows; tileRow++) {
    const end = start[Math.min(grid.height, (tileRow + 1) * TILE)]!
    for (let run = start[tileRow * TILE]!; run < end; run++) {
      const zone = runs[3 * run]!
      const last = Math.floor((runs[3 * run + 2]! - 1) / TILE)
      for (let col = Math.floor(runs[3 * run + 1]! / TILE); col <= last; col++) {
        if (metIn[col * zones + zone] === tileRow) continue
        metIn[col * zones + zone] = tileRow
        zonesOf[tileRow * cols + col]!.push(zone)
        tiles[zone]!++
      }
    }
  }
  return { zonesOf, tiles }
}

/** The whole grid as one zone. */
export function oneZoneTiles(grid: Pick<Grid, 'width' | 'height'>): ZoneTiles {
  const tiles = Math.ceil(grid.width / TILE) * Math.ceil(grid.height / TILE)
  return { zonesOf: Array.from({ length: tiles }, () => [0]), tiles: [tiles] }
}
