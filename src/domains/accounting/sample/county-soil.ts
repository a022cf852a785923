// Soils of the sample county: a map of soil codes and the table that says what each code is like.

import type { Grid } from '../../../raster/index.ts'
import { COVER_TYPES } from './county-cover.ts'
import type { Dice } from './county-dice.ts'
import { roughField } from './county-field.ts'
import { OUTSIDE_COUNTY, type TypeMap } from './county-land-map.ts'
import type { CountyRelief } from './county-relief.ts'

export interface Soil {
  readonly code: number
  readonly name: string
  /** tenths of % */
  readonly sand: number
  readonly silt: number
  /** organic matter, hundredths of % */
  readonly matter: number
  /** saturated conductivity, tenths of mm/h */
  readonly conductivity: number
}

export const SOILS = {
  red: { code: 101, name: '红壤', sand: 214, silt: 336, matter: 312, conductivity: 46 },
  redYellow: { code: 102, name: '黄红壤', sand: 242, silt: 342, matter: 386, conductivity: 52 },
  yellow: { code: 111, name: '黄壤', sand: 268, silt: 348, matter: 468, conductivity: 61 },
  purple: { code: 121, name: '紫色土', sand: 322, silt: 362, matter: 204, conductivity: 31 },
  paddy: { code: 131, name: '水稻土', sand: 196, silt: 424, matter: 348, conductivity: 18 },
  alluvial: { code: 141, name: '潮土', sand: 436, silt: 338, matter: 226, conductivity: 92 },
  skeletal: { code: 151, name: '粗骨土', sand: 512, silt: 276, matter: 174, conductivity: 118 },
} as const satisfies Readonly<Record<string, Soil>>

/** Codes of SOILS by pixel, 0 outside the county. Fields made the soil: it follows the land as the books begin. */
export function soilMap(dice: Dice, grid: Grid, types: TypeMap, { heights, slope, drained }: CountyRelief): Uint8Array {
  const rock = roughField(dice, 'bedrock', grid, Math.max(1, Math.round(4800 / grid.dx)), 4)
  const hectares = (grid.dx * grid.dx) / 10_000
  const of = (i: number): Soil => {
    const type = COVER_TYPES[types[i]!]!
    const height = heights[i]! + rock[i]! * 90
    if (type === 'farm.cropland.paddy') return SOILS.paddy
    if (type === 'other.bare' || slope[i]! > 55) return SOILS.skeletal
    if (type === 'wetland.river' || (drained[i]! * hectares > 2500 && slope[i]! < 6)) return SOILS.alluvial
    if (height > 780) return SOILS.yellow
    if (height > 480) return SOILS.redYellow
    return rock[i]! > 0.75 ? SOILS.purple : SOILS.red
  }
  return Uint8Array.from(types, (t, i) => (t === OUTSIDE_COUNTY ? 0 : of(i).code))
}
