// Lakes found on the map of types: connected pixels of the lake class, each a lake of its own, since the storage law holds
// for one lake and not for the sum of many (gep.md 6.6). Only where no register of lakes is given.

import { quantity } from '../../../kernel/index.ts'
import { patches, pixelAreas, type Band, type Grid } from '../../../raster/index.ts'
import type { InputList } from '../input-list.ts'
import type { Fact, MapUse } from '../model.ts'
import type { AccountZones } from './zones-of-account.ts'

export const LAKE_CLASS = 'wetland.lake'

/** `lake-area|region|-|湖 12,40|year`: named by the column and row of its first pixel; it belongs to the region of that pixel. */
export function lakeFacts(
  band: Band,
  grid: Grid,
  codes: readonly number[],
  zones: AccountZones,
  use: MapUse,
  list: InputList,
): readonly Fact[] {
  const zone = new Int32Array(1)
  return codes.flatMap((code) =>
    patches(band, code, pixelAreas(grid)).flatMap((p): readonly Fact[] => {
      zones.read({ col: p.first[0], row: p.first[1], width: 1, height: 1 }, zone)
      const region = zones.regions[zone[0]!]
      if (region === undefined) return []
      const item = `湖 ${p.first[0]},${p.first[1]}`
      return [
        {
          id: ['lake-area', region, '-', item, String(list.year)].join('|'),
          argument: 'lake-area',
          region,
          item,
          year: list.year,
          quantity: quantity(String(p.areaM2), 'm2'),
          typed: `${p.pixels} 像元`,
          origin: { ...use.origin, pixels: p.pixels },
          mark: 'reported',
        },
      ]
    }),
  )
}
