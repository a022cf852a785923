// What a pixel's slope and size are needs no more of the elevation than the pixels around it: bands that are worked out where they
// are read, so that no raster is held. Always holds: every window reads as the whole surface would.

import { stripOf, VALID, type Band, type Strip } from '../band.ts'
import { TILE, type Window } from '../grid.ts'
import { addSlopeRow, placeSlope, slopeTile } from '../pairs/slope-rows.ts'
import type { SlopeSource } from '../slope-source.ts'
import { moduleWriter } from '../wasm/module.ts'
import { slopeRows } from './slope.ts'
import { pixelMetres } from './surface-of.ts'

/** Slope of an elevation in metres, per cent; `slopePercent` window by window. */
export function slopeBand(elevation: Band): Band {
  const { grid } = elevation
  const metres = pixelMetres(grid)
  let around: Strip = stripOf(0)
  let line = new Float64Array(0)
  const plainly = (window: Window, into: Strip): void => {
    const [col, row] = [Math.max(0, window.col - 1), Math.max(0, window.row - 1)]
    const width = Math.min(grid.width, window.col + window.width + 1) - col
    const height = Math.min(grid.height, window.row + window.height + 1) - row
    if (around.values.length < width * height) around = stripOf(width * height)
    if (line.length < width) line = new Float64Array(width)
    elevation.read({ col, row, width, height }, around)
    const { values, states } = around
    const rows = slopeRows({ width, height, values, states, ...metres })
    const from = window.col - col
    for (let y = 0; y < window.height; y++) {
      const own = window.row + y - row
      const at = own * width + from
      rows.read(own, line)
      into.values.set(line.subarray(from, from + window.width), y * window.width)
      into.states.set(states.subarray(at, at + window.width), y * window.width)
    }
  }
  const slope = (): SlopeSource | undefined => elevation.stored && { heights: elevation.stored, grid, ...metres }
  let made: ReturnType<typeof slopePairs> | undefined
  return {
    grid,
    name: 'slope',
    get slope() {
      return slope()
    },
    read(window, into) {
      const of = window.width <= TILE && window.height <= TILE ? slope() : undefined
      made ??= of && slopePairs(of)
      if (!of || !made!(window, into.values)) plainly(window, into)
      else into.states.fill(VALID, 0, window.width * window.height)
    },
  }
}

/** Windows of slopes two pixels at a time. The function says whether every pixel has one; where not, the values mean nothing. */
function slopePairs(of: SlopeSource): (window: Window, values: Float64Array) => boolean {
  let end = 16
  const place = (bytes: number): number => {
    const at = end
    end = Math.ceil((at + bytes + 32) / 16) * 16
    return at
  }
  const at = placeSlope(of, place)
  const module = moduleWriter([])
  module.exports('row', addSlopeRow(module, at))
  const { memory, functions } = module.instantiate(end)
  const open = slopeTile(memory.buffer, at)
  const slopes = new Float64Array(memory.buffer, at.row, TILE)
  return (window, values) => {
    open(window)
    for (let y = 0, p = 0; y < window.height; y++) {
      functions['row']!(y, window.width * 8)
      for (let x = 0; x < window.width; x++, p++) {
        const slope = slopes[x]!
        if (Number.isNaN(slope)) return false
        values[p] = slope
      }
    }
    return true
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
