// The third input path: the same declarations over maps, pixel by pixel. Which argument may come from a band is part of
// the argument (`raster`); rule, inputs, choices and prices are those of the method over areas, so no formula is written twice.
// Always holds: a factor that is no band is the row's own number; areas of types come from the map of ecosystem types, which
// also feeds the methods that need areas alone (R6, R7: purification per area against what is emitted).

import { text } from '../../../kernel/index.ts'
import type { Method, Stage } from './method.ts'

/** Methods whose per-class inputs can all come from bands. */
const OVER_MAPS: readonly string[] = [
  'R1.water-balance',
  'R1.zhang-2001',
  'R1.budyko-fu',
  'R1.annual-yield',
  'R1.retention-fraction',
  'R2.rusle',
  'R3.rweq',
  'R5.vegetation-scs',
  'R5.marsh',
  'R8.nep',
  'R9.vegetation',
  'R9.water-surface',
]

/** The declarations over maps, made from those over areas. */
export const overMaps = (methods: readonly Method[]): readonly Method[] =>
  methods
    .filter((m) => OVER_MAPS.includes(m.id))
    .map((m) => ({
      ...(m.driver === 'area' ? m : overClasses(m)),
      id: `${m.id}.map`,
      path: 'raster',
      title: text(`${m.title.zh}（逐像元）`, `${m.title.en} (pixel by pixel)`),
      text: text(
        `${m.text.zh}各因子逐像元取自地图的波段，按类型和地区汇总。`,
        `${m.text.en} Factors are read pixel by pixel from bands of maps and summed by type and region.`,
      ),
    }))

/** Marshes are named one by one in a register; on a map they are the pixels of their type. */
function overClasses({ books: _, ...m }: Method): Method {
  const given = { 面积: { argument: 'area' } } as const
  const stages = m.stages.map((s): Stage => ({ ...s, item: s.item.replace('.{item}', ''), given }))
  return { ...m, driver: 'area', classes: ['wetland.marsh'], stages }
}
