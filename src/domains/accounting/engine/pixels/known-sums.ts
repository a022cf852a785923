// Sums already taken over an open stack of maps. An account is computed again for every override of a parameter, to state its
// effect; where neither formula nor numbers of a row change (a price, a share), its pixels are not read again.

import type { MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'

export interface SumOf {
  readonly shape: string
  readonly key: number
  readonly numbers: readonly number[]
}

export interface KnownSums {
  get(of: SumOf): PixelSum | undefined
  put(of: SumOf, sum: PixelSum): void
}

const stacks = new WeakMap<MapStack, Map<string, Map<string, PixelSum>>>()
const row = ({ key, numbers }: SumOf): string => `${key}|${numbers.join(',')}`

export function knownSums(maps: MapStack): KnownSums {
  const shapes = stacks.get(maps) ?? new Map<string, Map<string, PixelSum>>()
  stacks.set(maps, shapes)
  return {
    get: (of) => shapes.get(of.shape)?.get(row(of)),
    put: (of, sum) => {
      const own = shapes.get(of.shape)
      if (own) own.set(row(of), sum)
      else shapes.set(of.shape, new Map([[row(of), sum]]))
    },
  }
}
