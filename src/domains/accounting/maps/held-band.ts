// A band several others rest on (a map of codes with a table for each of five factors): the tile in hand is read once for all
// of them. Always holds: what is read is what the band itself gives; at most one tile is held.

import { stripOf, TILE, type Band, type Strip, type Window } from '../../../raster/index.ts'

export interface HeldBand extends Band {
  /** The pixels of a window, to be looked at before the next one is asked for and not to be changed. */
  pixels(window: Window): Strip
}

export function heldBand(band: Band): HeldBand {
  let held: Window | undefined
  let strip = stripOf(0)
  const pixels = (window: Window): Strip => {
    const { col, row, width, height } = window
    const count = width * height
    const same = held?.col === col && held.row === row && held.width === width && held.height === height
    if (same) return strip
    held = undefined
    if (count > TILE * TILE) {
      const large = stripOf(count)
      band.read(window, large)
      return large
    }
    if (strip.values.length === 0) strip = stripOf(TILE * TILE)
    band.read(window, strip)
    held = { col, row, width, height }
    return strip
  }
  return {
    grid: band.grid,
    name: band.name,
    pixels,
    get stored() {
      return band.stored
    },
    read(window, into) {
      const count = window.width * window.height
      const from = pixels(window)
      into.values.set(from.values.subarray(0, count))
      into.states.set(from.states.subarray(0, count))
    },
  }
}
