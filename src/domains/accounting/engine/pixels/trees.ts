// From the programs of rows to trees over the layers of a stack of maps: what the grid engine runs. Maps of codes stand as one
// layer for all the tables read through them. Always holds: a layer stands once, whoever reads it.

import {
  codesOf,
  isEvenGrid,
  layerOf,
  stripOf,
  VALID,
  type Band,
  type Layer,
  type Strip,
  type Tree,
  type TreeSource,
  type Window,
} from '../../../../raster/index.ts'
import { PIXEL_AREA, type MapStack } from '../../maps/map-stack.ts'
import type { Program } from './program.ts'

/** A program with the rows that share it. */
export interface PixelGroup {
  readonly program: Program
  /** Keys of the stack, and for each the numbers of its row. */
  readonly rows: readonly { readonly key: number; readonly numbers: readonly number[] }[]
}

export interface Layers {
  readonly layers: readonly Layer[]
  /** What stands for a map in a tree. */
  source(map: string): TreeSource
  /** Strips of one window by the place of the layer, each read when first asked for. */
  reader(): { open(window: Window): void; readonly strip: (layer: number) => Strip }
}

/** @param most pixels of a window, at most */
export function layersOf(maps: MapStack, most: number): Layers {
  const layers: Layer[] = []
  const places = new Map<Band, number>()
  const place = (band: Band): number => {
    const known = places.get(band)
    if (known !== undefined) return known
    places.set(band, layers.length)
    return layers.push(layerOf(band)) - 1
  }
  const area = areaBand(maps)
  return {
    layers,
    source(map) {
      if (map === PIXEL_AREA) return isEvenGrid(maps.grid) ? { number: maps.areaOfRow(0) } : { layer: place(area) }
      const { band, coded } = maps.bands.get(map)!
      return coded && codesOf(layerOf(coded.raw))
        ? { layer: place(coded.raw), table: coded.values }
        : { layer: place(band) }
    },
    reader() {
      const strips = layers.map(() => stripOf(most))
      const fresh = new Set<number>()
      let at: Window
      return {
        open: (window) => {
          at = window
          fresh.clear()
        },
        strip: (layer) => {
          const strip = strips[layer]!
          if (!fresh.has(layer)) layers[layer]!.band.read(at, strip)
          fresh.add(layer)
          return strip
        },
      }
    },
  }
}

function areaBand(maps: MapStack): Band {
  return {
    grid: maps.grid,
    name: PIXEL_AREA,
    read(window, { values, states }) {
      for (let row = 0; row < window.height; row++)
        values.fill(maps.areaOfRow(window.row + row), row * window.width, (row + 1) * window.width)
      states.fill(VALID, 0, window.width * window.height)
    },
  }
}

/** Rows of one shape differ in their numbers: one tree for all of them, the numbers by key. */
export function treeOf(group: PixelGroup, maps: MapStack, layers: Layers): Tree {
  const columns = new Map<number, TreeSource>()
  const column = (k: number): TreeSource => {
    const known = columns.get(k)
    if (known) return known
    const own = group.rows.map((r) => r.numbers[k]!)
    const byKey = new Float64Array(maps.rows.length)
    group.rows.forEach((r, i) => (byKey[r.key] = own[i]!))
    const made: TreeSource = own.every((x) => x === own[0]) ? { number: own[0]! } : { byKey }
    columns.set(k, made)
    return made
  }
  const tree = ({ kernel, sources }: Program): Tree => ({
    kernel,
    sources: sources.map((s): TreeSource => {
      if ('number' in s) return column(s.number)
      return 'map' in s ? layers.source(s.map) : { tree: tree(s.program) }
    }),
  })
  return tree(group.program)
}

export function membersOf(group: PixelGroup, maps: MapStack): readonly boolean[] {
  const own = new Set(group.rows.map((r) => r.key))
  return maps.rows.map((_, key) => own.has(key))
}
