// A small view of a band, as many pixels as a picture needs: classes by the most frequent value, measures by the mean.
// Serves the maps of a report. Always holds: memory is one piece of the band plus the view, however large the band is;
// a cell has a number where at least one of the pixels looked at has; the same band gives the same view on every machine.
// Of large cells some rows are looked at, evenly spread, and `sampledRows` says so: a picture needs no more.

import { assert } from '../../kernel/index.ts'
import { stripOf, VALID, type Band, type PixelState, type Strip } from '../band.ts'
import { TILE, type Grid, type Window } from '../grid.ts'

export interface OverviewWish {
  /** Width × height of the view at most. */
  readonly maxPixels: number
  /** `classes`: codes that cannot be averaged; of equally frequent codes the lower one. */
  readonly kind: 'classes' | 'measure'
}

export interface Overview {
  /** Cells of whole pixels; the last column and row may reach beyond the band. */
  readonly grid: Grid
  readonly values: Float64Array
  readonly states: Uint8Array
}

/** Rows looked at of the rows of a cell. */
export interface SampledRows {
  readonly rows: number
  readonly of: number
}

/** A cell that has been seen at so many pixels is as good a dot of a picture as one seen whole. */
const SEEN_PIXELS = 24

/** Undefined where a view looks at every pixel: where less than half would be saved. */
export function sampledRows(grid: Pick<Grid, 'width' | 'height'>, maxPixels: number): SampledRows | undefined {
  const of = factorOf(grid, maxPixels)
  const rows = Math.ceil(SEEN_PIXELS / of)
  return 2 * rows <= of ? { rows, of } : undefined
}

/** @throws ProblemError where a tile of the band cannot be read */
export function overview(band: Band, wish: OverviewWish): Overview {
  assert(wish.maxPixels >= 1, 'a picture has a pixel')
  const factor = factorOf(band.grid, wish.maxPixels)
  const rows = sampledRows(band.grid, wish.maxPixels)?.rows ?? factor
  const grid: Grid = {
    ...band.grid,
    width: Math.ceil(band.grid.width / factor),
    height: Math.ceil(band.grid.height / factor),
    dx: band.grid.dx * factor,
    dy: band.grid.dy * factor,
  }
  const view = stripOf(grid.width * grid.height)
  const strip = stripOf(TILE * TILE)
  // Pieces hold whole cells, so that a cell is done when its piece is.
  const step = Math.max(1, Math.floor(TILE / factor))
  for (let row = 0; row < grid.height; row += step)
    for (let col = 0; col < grid.width; col += step) {
      const cells: Window = {
        col,
        row,
        width: Math.min(step, grid.width - col),
        height: Math.min(step, grid.height - row),
      }
      fill(band, cells, { factor, rows, kind: wish.kind }, strip, grid, view)
    }
  return { grid, values: view.values, states: view.states }
}

/** The smallest whole number of pixels a side of a cell. */
function factorOf(grid: Pick<Grid, 'width' | 'height'>, most: number): number {
  let factor = Math.max(1, Math.floor(Math.sqrt((grid.width * grid.height) / most)))
  while (Math.ceil(grid.width / factor) * Math.ceil(grid.height / factor) > most) factor++
  return factor
}

interface Cell {
  sum: number
  count: number
  readonly codes: Map<number, number>
  /** Why the first pixel without a number has none. */
  empty: PixelState
}

interface Look {
  /** Pixels a side of a cell, and rows of it that are looked at. */
  readonly factor: number
  readonly rows: number
  readonly kind: OverviewWish['kind']
}

/** Windows of a tile at most over what is looked at of whole cells. */
function* looks(west: number, north: number, east: number, south: number, { factor, rows }: Look): Iterable<Window> {
  const across = function* (row: number, height: number): Iterable<Window> {
    for (let col = west; col < east; col += TILE) yield { col, row, width: Math.min(TILE, east - col), height }
  }
  if (rows === factor) {
    for (let row = north; row < south; row += TILE) yield* across(row, Math.min(TILE, south - row))
    return
  }
  for (let top = north; top < south; top += factor) {
    const height = Math.min(factor, south - top)
    const own = Array.from({ length: rows }, (_, k) => top + Math.floor(((k + 0.5) * height) / rows))
    for (const row of new Set(own)) yield* across(row, 1)
  }
}

function fill(band: Band, cells: Window, look: Look, strip: Strip, grid: Grid, view: Strip): void {
  const { factor, kind } = look
  const sums = Array.from({ length: cells.width * cells.height }, (): Cell => ({
    sum: 0,
    count: 0,
    codes: new Map(),
    empty: VALID,
  }))
  const [west, north] = [cells.col * factor, cells.row * factor]
  const east = Math.min(band.grid.width, west + cells.width * factor)
  const south = Math.min(band.grid.height, north + cells.height * factor)
  for (const window of looks(west, north, east, south, look)) {
    const { col, row } = window
    band.read(window, strip)
    for (let y = 0, at = 0; y < window.height; y++) {
      const first = Math.floor((row + y - north) / factor) * cells.width
      for (let x = 0; x < window.width; x++, at++) {
        const cell = sums[first + Math.floor((col + x - west) / factor)]!
        const [state, value] = [strip.states[at]! as PixelState, strip.values[at]!]
        if (state !== VALID) cell.empty ||= state
        else if (kind === 'measure') {
          cell.sum += value
          cell.count++
        } else cell.codes.set(value, (cell.codes.get(value) ?? 0) + 1)
      }
    }
  }
  sums.forEach((cell, k) => {
    const at = (cells.row + Math.floor(k / cells.width)) * grid.width + cells.col + (k % cells.width)
    const value = kind === 'measure' ? (cell.count > 0 ? cell.sum / cell.count : undefined) : commonest(cell.codes)
    view.states[at] = value === undefined ? cell.empty : VALID
    view.values[at] = value ?? 0
  })
}

function commonest(codes: ReadonlyMap<number, number>): number | undefined {
  let [best, most]: [number | undefined, number] = [undefined, 0]
  for (const [code, count] of codes)
    if (best === undefined || count > most || (count === most && code < best)) [best, most] = [code, count]
  return best
}
