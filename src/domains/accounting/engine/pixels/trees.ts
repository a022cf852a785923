// From the programs of rows to trees over the layers of a stack of maps: what the grid engine runs.
// Always holds: rows of one shape are one tree and differ in numbers by key.

import type { Tree, TreeSource } from '../../../../raster/index.ts'
import type { Layers } from '../../maps/layers.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import type { Program } from './program.ts'

/** A program with the rows that share it. */
export interface PixelGroup {
  readonly program: Program
  /** Keys of the stack, and for each the numbers of its row. */
  readonly rows: readonly { readonly key: number; readonly numbers: readonly number[] }[]
}

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
