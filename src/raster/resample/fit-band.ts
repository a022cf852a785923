// A band laid on a grid: read in place, by whole pixels, or sampled on the fly, window by window.
// Always holds: values depend on the place of a pixel only, never on the window asked for; what is held is one tile of
// places and one part of the source of bounded size, however fine the source is.

import { stripOf, type Band, type Strip } from '../band.ts'
import { TILE, type Grid, type Window } from '../grid.ts'
import { alignmentOf, type Alignment, type Resampling } from './alignment.ts'
import { evenPlaces } from './even-places.ts'
import { bilinear, kernelOf, nearest, outside, pixelAt, type Sampler } from './sample.ts'
import { scaleOf, sourcePlaces, type ToSource } from './source-places.ts'

export type FittedBand = Band & { readonly alignment: Alignment }

/** Pixels of the source held at once: a tile at half its cell size with room to spare, 9 MB. */
export const MAX_SOURCE_PIXELS = 1 << 20

/** @param toSource from the grid's coordinate system to the band's; undefined where they are one */
export function fitBand(band: Band, grid: Grid, how: Resampling, toSource: ToSource | undefined): FittedBand {
  const alignment = alignmentOf(band.grid, grid, how, toSource, band.name)
  const { name } = band
  switch (alignment.way) {
    case 'in-place':
      return {
        grid,
        name,
        alignment,
        read: (window, into) => band.read(window, into),
        get stored() {
          return band.stored
        },
        get slope() {
          return band.slope
        },
      }
    case 'offset':
      return { grid, name, alignment, read: offsetReader(band, alignment.shift!) }
    case 'resampled':
    case 'warped': {
      const places = toSource ? undefined : evenPlaces(band.grid, grid, how)
      return {
        grid,
        name,
        alignment,
        read: samplingReader(band, grid, how, toSource),
        ...(places ? { sampled: { source: band, places } } : {}),
      }
    }
  }
}

/** The same pixels counted from another corner. */
function offsetReader(band: Band, [dx, dy]: readonly [number, number]): Band['read'] {
  let held = stripOf(0)
  return (window, into) => {
    const source = clip({ ...window, col: window.col + dx, row: window.row + dy }, band.grid)
    const pixels = source.width * source.height
    if (held.values.length < pixels) held = stripOf(pixels)
    if (pixels > 0) band.read(source, held)
    for (let r = 0, out = 0; r < window.height; r++)
      for (let c = 0; c < window.width; c++, out++) {
        const row = window.row + dy + r - source.row
        const col = window.col + dx + c - source.col
        if (row < 0 || row >= source.height || col < 0 || col >= source.width) outside(into, out)
        else {
          into.states[out] = held.states[row * source.width + col]!
          into.values[out] = held.values[row * source.width + col]!
        }
      }
  }
}

function samplingReader(band: Band, grid: Grid, how: Resampling, toSource: ToSource | undefined): Band['read'] {
  const source = band.grid
  const places = sourcePlaces(source, grid, toSource)
  const kernel = how === 'nearest' ? { reachX: 0, reachY: 0 } : kernelOf(scaleOf(source, grid, toSource))
  const sampler: Sampler = how === 'nearest' ? nearest : bilinear(kernel)
  const x = new Float64Array(TILE * TILE)
  const y = new Float64Array(TILE * TILE)
  let held = stripOf(0)

  /** Samples a part of the tile whose places are at hand; a part that needs too much of the source is halved. */
  const sample = (tile: Window, part: Window, asked: Window, into: Strip): void => {
    const needed = sourceWindow(tile, part)
    const pixels = needed.width * needed.height
    if (pixels > MAX_SOURCE_PIXELS && part.width * part.height > 1) {
      for (const half of halves(part)) sample(tile, half, asked, into)
      return
    }
    if (held.values.length < pixels) held = stripOf(pixels)
    if (pixels > 0) band.read(needed, held)
    const sourcePart = { window: needed, strip: held }
    for (let row = part.row; row < part.row + part.height; row++)
      for (let col = part.col; col < part.col + part.width; col++) {
        const i = (row - tile.row) * tile.width + col - tile.col
        const out = (row - asked.row) * asked.width + col - asked.col
        if (reaches(x[i]!, y[i]!)) sampler(sourcePart, x[i]!, y[i]!, into, out)
        else outside(into, out)
      }
  }

  const reaches = (px: number, py: number): boolean =>
    pixelAt(px) >= 0 && pixelAt(px) < source.width && pixelAt(py) >= 0 && pixelAt(py) < source.height

  const sourceWindow = (tile: Window, part: Window): Window => {
    let [west, east, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let row = part.row; row < part.row + part.height; row++)
      for (let col = part.col; col < part.col + part.width; col++) {
        const i = (row - tile.row) * tile.width + col - tile.col
        if (!reaches(x[i]!, y[i]!)) continue
        west = Math.min(west, x[i]!)
        east = Math.max(east, x[i]!)
        top = Math.min(top, y[i]!)
        bottom = Math.max(bottom, y[i]!)
      }
    if (west > east) return { col: 0, row: 0, width: 0, height: 0 }
    const col = pixelAt(west - kernel.reachX)
    const row = pixelAt(top - kernel.reachY)
    return clip(
      { col, row, width: pixelAt(east + kernel.reachX) + 1 - col, height: pixelAt(bottom + kernel.reachY) + 1 - row },
      source,
    )
  }

  return (asked, into) => {
    for (const tile of pieces(asked)) {
      places(tile, x, y)
      sample(tile, tile, asked, into)
    }
  }
}

/** A window of any size in pieces of a tile. */
function* pieces(w: Window): Generator<Window> {
  for (let row = w.row; row < w.row + w.height; row += TILE)
    for (let col = w.col; col < w.col + w.width; col += TILE)
      yield {
        col,
        row,
        width: Math.min(TILE, w.col + w.width - col),
        height: Math.min(TILE, w.row + w.height - row),
      }
}

function halves(w: Window): readonly [Window, Window] {
  if (w.width >= w.height) {
    const width = w.width >> 1
    return [
      { ...w, width },
      { ...w, col: w.col + width, width: w.width - width },
    ]
  }
  const height = w.height >> 1
  return [
    { ...w, height },
    { ...w, row: w.row + height, height: w.height - height },
  ]
}

function clip(w: Window, grid: Grid): Window {
  const col = Math.min(Math.max(0, w.col), grid.width)
  const row = Math.min(Math.max(0, w.row), grid.height)
  return {
    col,
    row,
    width: Math.max(0, Math.min(grid.width, w.col + w.width) - col),
    height: Math.max(0, Math.min(grid.height, w.row + w.height) - row),
  }
}
