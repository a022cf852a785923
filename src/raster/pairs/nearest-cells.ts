// Bands of coarser grids of which every pixel takes the nearest: they are not sampled beforehand. The pixels of the source that a
// tile needs stand in the memory, and whoever wants one goes there by its row and column.
// Always holds: a pixel gets the bits of the source's, and NaN where it has no number or lies off the source.

import { assert } from '../../kernel/index.ts'
import { stripOf, VALID } from '../band.ts'
import { TILE, type Window } from '../grid.ts'
import type { SampledBand } from '../sampled-band.ts'
import { i32, type Code } from '../wasm/code.ts'
import { reach, widest } from './sampled-rows.ts'

/** Bands of one source geometry, and where their things lie. */
export interface NearestPlaces {
  /** Addresses of i32: by row and by column of the tile what leads to the pixel of the source, and the former of the row in hand. */
  readonly rows: number
  readonly columns: number
  readonly inHand: number
  /** Pixels a band has room for: those of the source, and a column and a row without numbers for what lies off it. */
  readonly room: number
  readonly bands: readonly { readonly band: SampledBand; readonly cells: number }[]
}

/** Lays out what bands of one geometry need. @param place takes bytes of the memory */
export function placeNearest(bands: readonly SampledBand[], place: (bytes: number) => number): NearestPlaces {
  const { columns, rows } = bands[0]!.places
  const room = (widest(columns) + 1) * (widest(rows) + 1)
  return {
    rows: place(TILE * 4),
    columns: place(TILE * 4),
    inHand: place(4),
    room,
    bands: bands.map((band) => ({ band, cells: place(room * 8) })),
  }
}

/** What is done before a tile is run. */
export function nearestTile(buffer: ArrayBuffer, at: NearestPlaces): (window: Window) => void {
  const rowAt = new Int32Array(buffer, at.rows, TILE)
  const columnAt = new Int32Array(buffer, at.columns, TILE)
  const cells = at.bands.map((b) => new Float64Array(buffer, b.cells, at.room))
  const { columns, rows } = at.bands[0]!.band.places
  const strip = stripOf(at.room)
  return (window) => {
    const [x0, x1] = reach(columns, window.col, window.width)
    const [y0, y1] = reach(rows, window.row, window.height)
    const source = { col: x0, row: y0, width: x1 - x0, height: y1 - y0 }
    const across = source.width + 1
    assert(across * (source.height + 1) <= at.room, 'a tile reaches no more of a source than it has room for')
    for (let c = 0; c < window.width; c++) {
      const own = columns.first[window.col + c]!
      columnAt[c] = (own < 0 ? source.width : own - x0) * 8
    }
    for (let r = 0; r < window.height; r++) {
      const own = rows.first[window.row + r]!
      rowAt[r] = (own < 0 ? source.height : own - y0) * across * 8
    }
    at.bands.forEach(({ band }, b) => {
      const into = cells[b]!.fill(NaN, 0, across * (source.height + 1))
      if (source.width === 0 || source.height === 0) return
      band.source.read(source, strip)
      for (let r = 0, from = 0; r < source.height; r++)
        for (let c = 0; c < source.width; c++, from++)
          if (strip.states[from] === VALID) into[r * across + c] = strip.values[from]!
    })
  }
}

/** A line that makes a row of the tile the one in hand. */
export const takeInHand = ({ rows, inHand }: NearestPlaces, row: Code): Code =>
  i32.store(i32.const(0), i32.load(i32.shl(row, i32.const(2)), rows), inHand)

/** What leads to the pixel of the source, among the cells of any band, for a place in the row in hand. */
export const cellOf = ({ columns, inHand }: NearestPlaces, place: Code): Code =>
  i32.add(i32.load(i32.const(0), inHand), i32.load(i32.shl(place, i32.const(2)), columns))
