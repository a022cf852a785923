// R3 sand fixation (gep.md 6.4): wind erosion with and without cover, and the sand a separate study gives.

import { text } from '../../../kernel/index.ts'
import type { Given, Method, Stage } from './method.ts'
import { arg, area, variants } from './shorthand.ts'

const RESTORED: Stage = {
  item: 'restored-area',
  title: text('折合治沙面积', 'area restored'),
  rule: 'gep.r3.restored-area',
  output: '减沙化面积',
  given: { 防风固沙量: { stage: 'fixed' } },
  unit: 'm2',
  value: { price: 'price.desert-restoration' },
}

const FLAT_COVER: Readonly<Record<string, Given>> = { 植被盖度: arg('vegetation-cover') }
const WIND_COVER: Given = {
  choice: 'C',
  of: {
    fryrear1998: { factor: 'C', rule: 'gep.r3.cover-fryrear', output: '植被因子', given: FLAT_COVER },
    type: { factor: 'C', rule: 'gep.r3.cover-type', output: '植被因子', given: FLAT_COVER, keys: { class: 'class' } },
    P08: { factor: 'C', rule: 'gep.r3.cover-p08', output: '植被因子', given: FLAT_COVER },
  },
}

export const SAND: readonly Method[] = [
  {
    id: 'R3.rweq',
    service: 'R3',
    title: text('修正风蚀方程（RWEQ）', 'RWEQ'),
    text: text(
      '潜在风蚀减实际风蚀；用输沙模数 S，固定下风距离 z；植被因子的系数是命名选择。',
      'Potential less actual wind erosion; the flux S at a fixed distance z; the cover coefficient is a named choice.',
    ),
    path: 'coefficients',
    source: ['P08', 'P09'],
    driver: 'area',
    choices: { C: variants('植被因子', 'cover factor', WIND_COVER) },
    stages: [
      {
        item: 'fixed',
        title: text('固沙量', 'sand fixed'),
        rule: 'gep.r3.flux',
        output: '防风固沙量',
        given: {
          气象因子: arg('weather-factor'),
          可蚀性成分: {
            factor: 'EF',
            rule: 'gep.r3.erodible-fraction',
            output: '可蚀性成分',
            given: {
              砂粒: arg('soil-sand'),
              粉粒: arg('soil-silt'),
              黏粒: arg('soil-clay'),
              有机质: arg('soil-organic-matter'),
              碳酸钙: arg('soil-carbonate'),
            },
          },
          结皮因子: {
            factor: 'SCF',
            rule: 'gep.r3.crust',
            output: '结皮因子',
            given: { 黏粒: arg('soil-clay'), 有机质: arg('soil-organic-matter') },
          },
          糙度因子: arg('roughness-factor'),
          植被因子: WIND_COVER,
          下风距离: arg('fetch'),
          面积: area,
        },
        unit: 't',
        value: 'physical',
      },
      RESTORED,
    ],
  },
  {
    id: 'R3.reported',
    service: 'R3',
    title: text('取用已有固沙量', 'Reported sand fixation'),
    text: text('固沙量折合治沙面积后计价。', 'Sand fixed turned into restored area and priced.'),
    path: 'statistics',
    source: ['P01'],
    driver: 'sand-fixed',
    stages: [
      { item: 'fixed', title: text('固沙量', 'sand fixed'), take: 'sand-fixed', unit: 't', value: 'physical' },
      RESTORED,
    ],
  },
]
