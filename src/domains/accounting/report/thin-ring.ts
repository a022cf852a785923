// Outlines as fine as a picture shows them: of the corners that fall into one half-pixel square, the one nearest its middle.
// Serves the maps of a report, whose boundaries may have hundreds of thousands of corners. Always holds: which corner is kept
// does not depend on where a ring begins or which way it runs, so a border that two places share stays one line.

import type { Ring } from './map-frame.ts'

/** Squares a pixel of the picture. */
const SQUARES = 2
/** A shape smaller than this many squares is drawn as it is. */
const LEAST_CORNERS = 4

/** @param ring in pixels of the picture */
export function thinRing(ring: Ring): Ring {
  const out: Ring[number][] = []
  let [column, row, nearest] = [NaN, NaN, Infinity]
  for (const point of ring) {
    const [x, y] = [point[0] * SQUARES, point[1] * SQUARES]
    const [c, r] = [Math.floor(x), Math.floor(y)]
    const [dx, dy] = [x - c - 0.5, y - r - 0.5]
    const away = dx * dx + dy * dy
    if (c !== column || r !== row) {
      out.push(point)
      ;[column, row, nearest] = [c, r, away]
    } else if (away < nearest) {
      out[out.length - 1] = point
      nearest = away
    }
  }
  return out.length < LEAST_CORNERS ? ring : out
}
