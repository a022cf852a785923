// What a pixel's slope and size are needs no more of the elevation than the pixels around it: bands that are worked out where they
// are read, so that no raster is held. Always holds: every window reads as the whole surface would.

import { stripOf, VALID, type Band, type Strip } from '../band.ts'
import { TILE } from '../grid.ts'
import { slopePairs, type SlopePairs } from './slope-pairs.ts'
import { slopeRows } from './slope.ts'
import { pixelMetres } from './surface-of.ts'

/** Slope of an elevation in metres, per cent; `slopePercent` window by window. */
export function slopeBand(elevation: Band): Band {
  const { grid } = elevation
  const metres = pixelMetres(grid)
  let around: Strip = stripOf(0)
  let line = new Float64Array(0)
  let made: SlopePairs | undefined
  return {
    grid,
    name: 'slope',
    read(window, into) {
      const [col, row] = [Math.max(0, window.col - 1), Math.max(0, window.row - 1)]
      const width = Math.min(grid.width, window.col + window.width + 1) - col
      const height = Math.min(grid.height, window.row + window.height + 1) - row
      if (around.values.length < width * height) around = stripOf(width * height)
      if (line.length < width) line = new Float64Array(width)
      elevation.read({ col, row, width, height }, around)
      const { values, states } = around
      const plain = slopeRows({ width, height, values, states, ...metres })
      const pairs = window.width <= TILE ? (made ??= slopePairs(metres, TILE)) : undefined
      const from = window.col - col
      const load = (own: number): void => {
        const to = pairs!.rows[(own + 3) % 3]!
        to.fill(NaN, 0, window.width + 2)
        if (own < 0 || own >= height) return
        const [first, end] = [Math.max(0, 1 - from), Math.min(window.width + 2, width + 1 - from)]
        let p = own * width + from - 1 + first
        for (let c = first; c < end; c++, p++) if (states[p] === VALID) to[c] = values[p]!
      }
      let loaded = window.row - row - 2
      for (let y = 0; y < window.height; y++) {
        const own = window.row + y - row
        while (pairs && loaded <= own) load(++loaded)
        if (pairs?.run(own, window.width)) into.values.set(pairs.slopes.subarray(0, window.width), y * window.width)
        else {
          plain.read(own, line)
          into.values.set(line.subarray(from, from + window.width), y * window.width)
        }
        const states0 = own * width + from
        into.states.set(states.subarray(states0, states0 + window.width), y * window.width)
      }
    },
  }
}

/** The width of a pixel on the ground, m, where the elevation has a height. */
export function cellSizeBand(elevation: Band): Band {
  const { grid } = elevation
  const { cell } = pixelMetres(grid)
  return {
    grid,
    name: 'cell-size',
    read(window, into) {
      elevation.read(window, into)
      const pixels = window.width * window.height
      for (let p = 0; p < pixels; p++) into.values[p] = into.states[p] === VALID ? cell : 0
    },
  }
}
