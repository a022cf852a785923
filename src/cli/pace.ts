// How fast a pass over maps goes and how long it still takes, beside its percentage. Always holds: what is said changes once in a
// tenth of the way, so that a log of lines stays short; the time left is that of the pace since the pass began.

import { text, type Text } from '../kernel/index.ts'
import { READING_MAPS } from '../domains/accounting/index.ts'
import { TILE } from '../raster/index.ts'

export type Step = (done: number, of: number, what: Text) => void

/** Before this a pace means nothing. */
const LEAST_MS = 500

/** @param now milliseconds */
export function paced(step: Step, now: () => number): Step {
  let [began, tenth] = [0, -1]
  let said: Text = READING_MAPS
  return (done, of, what) => {
    if (what !== READING_MAPS) return step(done, of, what)
    const at = Math.floor((10 * done) / Math.max(1, of))
    if (at < tenth || tenth < 0) {
      began = now()
      said = READING_MAPS
    } else if (at > tenth) said = withPace(done, of, now() - began)
    tenth = at
    step(done, of, said)
  }
}

function withPace(done: number, of: number, ms: number): Text {
  if (ms < LEAST_MS) return READING_MAPS
  const million = ((done * TILE * TILE) / 1e6 / (ms / 1000)).toFixed(1)
  const left = Math.ceil(((of - done) * ms) / done / 1000)
  return text(
    `${READING_MAPS.zh}，每秒 ${million} 百万像元，还需 ${left} 秒`,
    `${READING_MAPS.en}, ${million} million pixels a second, ${left} s left`,
  )
}
