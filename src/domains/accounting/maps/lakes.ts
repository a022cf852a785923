// Lakes found on the map of types: connected pixels of the lake class, each a lake of its own, since the storage law holds
// for one lake and not for the sum of many (gep.md 6.6). Only where no register of lakes is given.

import { quantity } from '../../../kernel/index.ts'
import { patches, pixelAreas, type Band, type Grid, type Patch } from '../../../raster/index.ts'
import type { InputList } from '../input-list.ts'
import type { Fact, MapUse } from '../model.ts'
import { originIn } from './map-files.ts'
import { kept, nameOf, type WorkingCache } from './working-cache.ts'
import type { AccountZones } from './zones-of-account.ts'

export const LAKE_CLASS = 'wetland.lake'

export interface LakesInput {
  readonly band: Band
  readonly grid: Grid
  readonly codes: readonly number[]
  readonly zones: AccountZones
  readonly use: MapUse
  readonly list: InputList
  readonly cache?: WorkingCache | undefined
}

/** `lake-area|region|-|湖 12,40|year`: named by the column and row of its first pixel; it belongs to the region of that pixel. */
export function lakeFacts({ band, grid, codes, zones, use, list, cache }: LakesInput): readonly Fact[] {
  const { origin } = use
  const name = (): string => nameOf('lakes', origin.sha256, origin.band, grid, codes, zones.name())
  const found = kept(cache, name, () => lakesIn(band, grid, codes, zones))
  return found.flatMap(({ first, pixels, areaM2, zone }): readonly Fact[] => {
    const region = zones.regions[zone]
    if (region === undefined) return []
    const item = `湖 ${first[0]},${first[1]}`
    return [
      {
        id: ['lake-area', region, '-', item, String(list.year)].join('|'),
        argument: 'lake-area',
        region,
        item,
        year: list.year,
        quantity: quantity(String(areaM2), 'm2'),
        typed: `${pixels} 像元`,
        origin: originIn(origin, { file: origin.file, band: origin.band!, pixels }),
        mark: 'reported',
      },
    ]
  })
}

interface Lake extends Patch {
  /** Of its first pixel; −1 outside. */
  readonly zone: number
}

function lakesIn(band: Band, grid: Grid, codes: readonly number[], zones: AccountZones): readonly Lake[] {
  const zone = new Int32Array(1)
  return codes.flatMap((code) =>
    patches(band, code, pixelAreas(grid)).map(({ first, pixels, areaM2 }) => {
      zones.read({ col: first[0], row: first[1], width: 1, height: 1 }, zone)
      return { first, pixels, areaM2, zone: zone[0]! }
    }),
  )
}
