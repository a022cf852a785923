// The sums of a run that is cut into blocks: noted row by row for the block in hand, or put together from all blocks.
// Always holds: a row is known by its formula, its place and class and its numbers, so that parts of another account never fit.

import { ProblemError } from '../../../../kernel/index.ts'
import { keySums, type GroupSums } from '../../../../raster/index.ts'
import type { BlockWork, MergedBlocks } from '../../maps/blocks.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { problem } from '../../maps/problems.ts'
import type { SumOf } from './known-sums.ts'

function nameOf({ shape, key, numbers }: SumOf, maps: MapStack): string {
  const { region, class: type } = maps.rows[key]!
  return JSON.stringify([shape, region, type, numbers])
}

export function noteRows(
  groups: readonly (readonly SumOf[])[],
  sums: readonly GroupSums[],
  maps: MapStack,
  work: Extract<BlockWork, { kind: 'one' }>,
): void {
  groups.forEach((rows, g) => {
    const { sums: table, negative } = sums[g]!
    for (const row of rows) {
      const { counts, limbs, ...ends } = table.part(row.key)
      const part = { ...ends, counts: [...counts], limbs: limbs.map(([i, limb]): [number, number] => [i, limb]) }
      work.note({ row: nameOf(row, maps), negative: negative[row.key]!, part })
    }
  })
}

/** @throws ProblemError `maps.blocks-differ` where the blocks know nothing of a row */
export function mergedSums(
  groups: readonly (readonly SumOf[])[],
  maps: MapStack,
  blocks: MergedBlocks,
): readonly GroupSums[] {
  return groups.map((rows) => {
    const sums: GroupSums = { sums: keySums(maps.rows.length), negative: new Float64Array(maps.rows.length) }
    for (const row of rows) {
      const parts = blocks.parts(nameOf(row, maps))
      if (!parts) throw new ProblemError(problem('maps.blocks-differ', {}))
      for (const { part, negative } of parts) {
        sums.sums.addPart(row.key, part)
        sums.negative[row.key]! += negative
      }
    }
    return sums
  })
}
