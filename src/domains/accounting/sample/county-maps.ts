// The maps of the sample county as files, beside the entries of the input list that read them: land cover of the year and of
// the year before, heights, soil codes, rain, evapotranspiration, plant cover, productivity.
// Always holds: what is measured within the county has no value outside it; heights and climate reach beyond, because water
// and interpolation do not stop at a boundary.

import { memoryBand, NODATA, VALID, writeGeoTiff, type Grid, type WrittenType } from '../../../raster/index.ts'
import type { Binding } from '../input-list.ts'
import { lossMap, rainMap } from './county-climate.ts'
import { COVER, COVER_TYPES, type CoverType } from './county-cover.ts'
import { diceOf, type Dice } from './county-dice.ts'
import { roughField } from './county-field.ts'
import { GROUND, SOIL_MAP } from './county-forestry.ts'
import { countyGrid, townshipOfPixels, type Pixel } from './county-grid.ts'
import { landMaps, MAP_CODES, OUTSIDE_COUNTY, type LandMaps, type TypeMap } from './county-land-map.ts'
import { countyRelief, type CountyRelief } from './county-relief.ts'
import { soilMap } from './county-soil.ts'

export interface CountyMaps {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly bindings: readonly Binding[]
}

export function countyMaps(seed: number, year: number, pixel: Pixel): CountyMaps {
  const dice = diceOf(seed)
  const { grid, relief, land } = groundOf(seed, pixel)
  const now = land.year(year)
  const rain = rainMap(dice, year, grid, relief.heights)
  const loss = lossMap(dice, year, grid, relief.heights, now)
  const outside = (i: number): boolean => now[i] === OUTSIDE_COUNTY
  const files = new Map<string, Uint8Array>()
  const bindings: Binding[] = []
  const put = (name: string, bytes: Uint8Array, b: Omit<Binding, 'file' | 'column'>): void => {
    const { argument, ...more } = b
    files.set(name, bytes)
    bindings.push({ argument, file: name, column: 'band 1', ...more })
  }
  const classes = { column: 'band 1', codes: CODES } as const
  const coded = (map: TypeMap): Uint8Array =>
    tiff(grid, (i) => MAP_CODES[COVER_TYPES[map[i]!]!], 'uint16', outside, '生态系统类型代码（示范数据）')
  put(`地图/土地覆被_${year}.tif`, coded(now), { argument: 'land-cover', class: classes, unit: '1' })
  put(`地图/土地覆被_${year - 1}.tif`, coded(land.year(year - 1)), {
    argument: 'area.opening',
    class: classes,
    unit: 'm2',
  })
  put(
    '地图/高程.tif',
    tiff(grid, (i) => relief.heights[i]!, 'float32', undefined, '高程 m（示范数据）'),
    {
      argument: 'elevation',
      unit: 'm',
    },
  )
  put(
    `地图/年降水量_${year}.tif`,
    tiff(rain.grid, (i) => rain.values[i]!, 'uint16', undefined, '年降水量 mm（示范数据）'),
    { argument: 'precipitation', unit: 'mm' },
  )
  put(
    `地图/年实际蒸散量_${year}.tif`,
    tiff(loss.grid, (i) => loss.values[i]!, 'uint16', undefined, '年实际蒸散量 0.1 mm（示范数据）'),
    { argument: 'evapotranspiration', unit: '0.1mm' },
  )
  const cover = coverMap(dice, year, grid, now, relief)
  put(
    `地图/植被覆盖度_${year}.tif`,
    tiff(grid, (i) => cover[i]!, 'uint8', outside, '植被覆盖度 %（示范数据）', 255),
    {
      argument: 'vegetation-cover',
      unit: '%',
    },
  )
  const growth = growthMap(dice, year, grid, now, relief)
  put(
    `地图/净初级生产力_${year}.tif`,
    tiff(grid, (i) => growth[i]!, 'uint16', outside, '净初级生产力 gC/(m²·a)（示范数据）', 65535),
    { argument: 'npp', unit: 'gC/(m2·a)' },
  )
  const soil = soilMap(dice, grid, land.first, relief)
  files.set(
    SOIL_MAP,
    tiff(grid, (i) => soil[i]!, 'uint8', outside, '土壤类型代码（示范数据）'),
  )
  return { files, bindings }
}

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(MAP_CODES).map(([type, code]) => [String(code), COVER[type as CoverType]]),
)

interface Ground {
  readonly grid: Grid
  readonly relief: CountyRelief
  readonly land: LandMaps
}

/** Relief and first land cover are those of every year; the last county made is kept, for its years are made in a row. */
let kept: { readonly key: string; readonly ground: Ground } | undefined
function groundOf(seed: number, pixel: Pixel): Ground {
  const key = `${seed} ${pixel}`
  if (kept?.key === key) return kept.ground
  const dice = diceOf(seed)
  const grid = countyGrid(seed, pixel)
  const township = townshipOfPixels(seed, grid)
  const relief = countyRelief(dice, grid, township)
  const ground = { grid, relief, land: landMaps(seed, dice, grid, township, relief) }
  kept = { key, ground }
  return ground
}

function tiff(
  grid: Grid,
  value: (i: number) => number,
  type: WrittenType,
  outside: ((i: number) => boolean) | undefined,
  description: string,
  nodata = 0,
): Uint8Array {
  const pixels = grid.width * grid.height
  const states = new Uint8Array(pixels)
  const values = new Float64Array(pixels)
  for (let i = 0; i < pixels; i++) {
    states[i] = outside?.(i) ? NODATA : VALID
    if (states[i] === VALID) values[i] = value(i)
  }
  const pieces: Uint8Array[] = []
  writeGeoTiff(
    {
      grid,
      read: memoryBand(grid, values, states),
      description,
      type,
      ...(outside ? { nodata } : {}),
      compression: 'deflate',
      overviews: false,
    },
    (piece) => pieces.push(piece),
  )
  return Buffer.concat(pieces)
}

/** Whole %: thinner on steep ground, denser year by year as forests close, 0 on water. */
function coverMap(dice: Dice, year: number, grid: Grid, types: TypeMap, { slope }: CountyRelief): Float64Array {
  const crowns = roughField(dice, 'crowns', grid, pixels(grid, 960), 3)
  const season = dice.draw(`season ${year}`, -5, 5) / 10 + Math.min(year - 2020, 12) * 0.15
  return Float64Array.from(types, (t, i) => {
    const { cover } = t === OUTSIDE_COUNTY ? NOTHING : GROUND[COVER_TYPES[t]!]
    if (cover === 0) return 0
    const percent = cover / 10 + season + crowns[i]! * 6 - Math.max(0, slope[i]! - 30) * 0.12
    return Math.round(Math.min(Math.max(percent, 4), 96))
  })
}
const NOTHING = { cover: 0, npp: 0 } as const

/** gC/(m²·a): less with height, more in good years, 0 where nothing grows. */
function growthMap(dice: Dice, year: number, grid: Grid, types: TypeMap, { heights }: CountyRelief): Float64Array {
  const vigour = roughField(dice, 'vigour', grid, pixels(grid, 1920), 3)
  const good = dice.draw(`good year ${year}`, -16, 16)
  return Float64Array.from(types, (t, i) => {
    const { npp } = t === OUTSIDE_COUNTY ? NOTHING : GROUND[COVER_TYPES[t]!]
    return npp === 0 ? 0 : Math.round(npp * (1 + good / 1000 + vigour[i]! * 0.04 - (heights[i]! - 350) * 0.00004))
  })
}

const pixels = (grid: Grid, metres: number): number => Math.max(1, Math.round(metres / grid.dx))
