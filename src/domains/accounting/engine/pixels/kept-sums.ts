// The sums of a group of rows in the working cache. Always holds: a name says the formula as it is compiled, the numbers of
// each row to the last bit, the content of every map it reads, and how pixels belong to rows; nothing else enters a sum.

import { nameOf } from '../../maps/working-cache.ts'
import { PIXEL_AREA, type MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import type { Program } from './program.ts'
import type { PixelGroup } from './trees.ts'

export const groupName = ({ program, rows }: PixelGroup, maps: MapStack): string =>
  nameOf('sums', maps.name, written(program, maps), rows)

function written({ kernel, sources }: Program, maps: MapStack): unknown {
  const { nodes, result, slots } = kernel.program
  return {
    nodes,
    result,
    slots,
    unit: kernel.unit.text,
    sources: sources.map((s) => {
      if ('program' in s) return written(s.program, maps)
      return 'map' in s && s.map !== PIXEL_AREA ? { map: maps.bands.get(s.map)!.name } : s
    }),
  }
}

/** By group, one sum for each of its rows. */
export function keptSums(
  groups: readonly PixelGroup[],
  maps: MapStack,
  make: (wanted: readonly PixelGroup[]) => readonly (readonly PixelSum[])[],
): readonly (readonly PixelSum[])[] {
  const { cache } = maps
  if (!cache) return make(groups)
  const names = groups.map((g) => groupName(g, maps))
  const found = names.map((name) => cache.find(name) as readonly PixelSum[] | undefined)
  const wanted = groups.filter((_, g) => found[g] === undefined)
  const made = wanted.length > 0 ? make(wanted) : []
  return groups.map((g, i) => {
    if (found[i]) return found[i]
    const own = made[wanted.indexOf(g)]!
    cache.keep(names[i]!, own)
    return own
  })
}
