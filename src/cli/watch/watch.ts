// How a run tells whoever watches it how far it is. Always holds: telling changes nothing in the run, and is so seldom that it
// costs nothing beside the work.

import type { Text } from '../../kernel/index.ts'
import { READING_MAPS, type RegionsSoFar } from '../../domains/accounting/index.ts'
import { TILE } from '../../raster/index.ts'
import type { Progress } from '../terminal.ts'
import { countyTable } from './county-table.ts'
import type { Place, Told } from './told.ts'

export interface RunWatch {
  bar(title: Text): Progress
  regions(soFar: RegionsSoFar): void
  /** Before files are written there. */
  place(place: Place): void
  /** A page that shows the run. */
  live(title: Text): void
}

const STEP_MS = 60
const TABLE_MS = 400

/** @param now milliseconds */
export function watchBy(tell: (told: Told) => void, now: () => number): RunWatch {
  let [steppedAt, shownAt, said, finals] = [-Infinity, -Infinity, '', 0]
  let isLive = false
  return {
    bar: (title) => ({
      step(done, of, what) {
        if (done < of && what.zh === said && now() - steppedAt < STEP_MS) return
        ;[steppedAt, said] = [now(), what.zh]
        const isPass = what.zh.startsWith(READING_MAPS.zh)
        const pass = isPass ? { pass: { pixels: of * TILE * TILE, work: READING_MAPS } } : {}
        tell({ kind: 'step', title, done, of, what, ...pass })
      },
      end: () => tell({ kind: 'stepped' }),
    }),
    regions(soFar) {
      const final = soFar.regions.filter((r) => r.isFinal).length
      const isWhole = final === soFar.regions.length
      if (!isWhole && now() - shownAt < TABLE_MS) return
      if (isWhole && final === finals) return
      ;[shownAt, finals] = [now(), final]
      tell({ kind: 'counties', table: countyTable(soFar, isLive) })
    },
    place: (place) => tell({ kind: 'place', place }),
    live(title) {
      isLive = true
      tell({ kind: 'live', title })
    },
  }
}
