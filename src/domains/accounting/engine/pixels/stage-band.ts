// What a stage gives on every pixel, per hectare, as a band: for pictures, for a raster file, for looking at a place.

import {
  fusedPass,
  NODATA,
  stripOf,
  TILE,
  VALID,
  type Band,
  type FusedPass,
  type Strip,
  type Window,
} from '../../../../raster/index.ts'
import { layersOf } from '../../maps/layers.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { once } from '../../maps/once.ts'
import { groupReader } from './tile-pass.ts'
import { membersOf, treeOf, type PixelGroup } from './trees.ts'

export interface StageBand {
  readonly method: string
  readonly stage: string
  /** Of the values: the unit of the stage over hectares. */
  readonly unit: string
  /** Ids of the maps it reads. */
  readonly maps: readonly string[]
  /** Of what its pixels are made, for the working cache. */
  readonly madeFrom: () => string
  readonly band: Band
}

const HECTARE = 10_000

export function stageBand(name: string, groups: readonly PixelGroup[], maps: MapStack): Band {
  const readers = once(() => groups.map((g) => groupReader(g, maps)))
  const keys = new Int32Array(TILE * TILE)
  const whole = stripOf(TILE * TILE)
  const tile = (window: Window): void => {
    whole.states.fill(NODATA)
    whole.values.fill(0)
    maps.keys(window, keys)
    const pixels = window.width * window.height
    for (const read of readers()) {
      const got = read(window, keys, pixels)
      if (!got) continue
      for (let p = 0; p < pixels; p++) {
        if (got.keys[p]! < 0) continue
        whole.states[p] = got.out.states[p]!
        const area = maps.areaOfRow(window.row + Math.floor(p / window.width))
        whole.values[p] = got.out.states[p] === VALID ? (got.out.values[p]! / area) * HECTARE : 0
      }
    }
  }
  return {
    grid: maps.grid,
    name,
    numbers: numbersOf(groups, maps),
    read(window: Window, into: Strip): void {
      // Kernels hold no more than a tile; a wider window is made of several.
      for (let row = 0; row < window.height; row += TILE)
        for (let col = 0; col < window.width; col += TILE) {
          const part: Window = {
            col: window.col + col,
            row: window.row + row,
            width: Math.min(TILE, window.width - col),
            height: Math.min(TILE, window.height - row),
          }
          tile(part)
          for (let r = 0; r < part.height; r++) {
            const from = r * part.width
            const to = (row + r) * window.width + col
            into.values.set(whole.values.subarray(from, from + part.width), to)
            into.states.set(whole.states.subarray(from, from + part.width), to)
          }
        }
    },
  }
}

/** The same through the module of the pass, which does not say why a pixel has no number. */
function numbersOf(groups: readonly PixelGroup[], maps: MapStack): (window: Window) => Float64Array {
  const made = (): FusedPass => {
    const layers = layersOf(maps, TILE * TILE)
    const wanted = groups.map((g) => ({ tree: treeOf(g, maps, layers), isMember: membersOf(g, maps) }))
    return fusedPass({ layers: layers.layers, groups: wanted, keys: maps.rows.length, outcomes: true })
  }
  let pass: FusedPass | undefined
  return (window) => {
    pass ??= made()
    if (!maps.keys(window, pass.keys)) return new Float64Array(window.width * window.height).fill(NaN)
    const numbers = pass.outcomes(window)
    for (let row = 0, p = 0; row < window.height; row++) {
      const area = maps.areaOfRow(window.row + row)
      for (const end = p + window.width; p < end; p++) numbers[p] = (numbers[p]! / area) * HECTARE
    }
    // Who reads tile after tile is done with the last one; a module holds some megabytes.
    if (window.row + window.height === maps.grid.height && window.col + window.width === maps.grid.width)
      pass = undefined
    return numbers
  }
}
