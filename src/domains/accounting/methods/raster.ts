// The third input path: the same declarations over maps, pixel by pixel. Which argument may come from a band is part of
// the argument (`raster`); rule, inputs, choices and prices are those of the method over areas, so no formula is written twice.
// Always holds: nothing here is computed until the raster engine reads pixels; an account that asks for it is told so.

import { text } from '../../../kernel/index.ts'
import type { Method } from './method.ts'

/** Methods whose per-class inputs can all come from bands. */
const OVER_MAPS: readonly string[] = [
  'R1.water-balance',
  'R1.zhang-2001',
  'R1.budyko-fu',
  'R1.retention-fraction',
  'R2.rusle',
  'R3.rweq',
  'R5.vegetation-scs',
  'R8.nep',
  'R9.vegetation',
]

/** The declarations over maps, made from those over areas. */
export const overMaps = (methods: readonly Method[]): readonly Method[] =>
  methods
    .filter((m) => OVER_MAPS.includes(m.id))
    .map((m) => ({
      ...m,
      id: `${m.id}.map`,
      path: 'raster',
      title: text(`${m.title.zh}（逐像元）`, `${m.title.en} (pixel by pixel)`),
      text: text(
        `${m.text.zh}各因子取自地图的波段，按类型和地区汇总。本版本只登记声明，尚不读取像元。`,
        `${m.text.en} Factors come from bands of maps and are summed by type and region. Declared only; pixels are not read yet.`,
      ),
    }))
