// The sums of a group of rows in the working cache. Always holds: a name says the formula as it is compiled, the numbers of
// each row to the last bit, the content of every map it reads, and how pixels belong to rows; nothing else enters a sum.

import { nameOf } from '../../maps/working-cache.ts'
import { PIXEL_AREA, type MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import type { Program } from './program.ts'
import type { PixelGroup } from './trees.ts'

export const groupName = ({ program, rows }: PixelGroup, maps: MapStack): string =>
  nameOf('sums', maps.name(), written(program, maps), rows)

function written({ kernel, sources }: Program, maps: MapStack): unknown {
  const { nodes, result, slots } = kernel.program
  return {
    nodes,
    result,
    slots,
    unit: kernel.unit.text,
    sources: sources.map((s) => {
      if ('program' in s) return written(s.program, maps)
      return 'map' in s && s.map !== PIXEL_AREA ? { map: maps.bands.get(s.map)!.name() } : s
    }),
  }
}

/** Takes each group with one sum for each of its rows: what is kept first, then what is made. */
export function keptSums(
  groups: readonly PixelGroup[],
  maps: MapStack,
  make: (wanted: readonly PixelGroup[]) => readonly (readonly PixelSum[])[],
  take: (group: PixelGroup, sums: readonly PixelSum[]) => void,
): void {
  const { cache } = maps
  const names = new Map(cache && groups.map((g) => [g, groupName(g, maps)]))
  const wanted = groups.filter((g) => {
    const found = cache?.find(names.get(g)!) as readonly PixelSum[] | undefined
    if (found) take(g, found)
    return !found
  })
  if (wanted.length === 0) return
  make(wanted).forEach((sums, i) => {
    cache?.keep(names.get(wanted[i]!)!, sums)
    take(wanted[i]!, sums)
  })
}
