// Methods over maps that a delivery model has made (`qingshan raster sediment|nutrients`): sediment kept from the channels
// and nitrogen and phosphorus held back. Always holds: the form of the model is a named choice, since the two forms are two
// models; avoided export is never mixed with the avoided erosion of RUSLE.

import { text } from '../../../kernel/index.ts'
import { DELIVERY_FORMS } from '../arguments.ts'
import type { Given, Method, Stage } from './method.ts'
import { SOIL_KEYS, SOIL_RECORD, soilNutrients } from './soil.ts'

const FORM_CHOICE = { form: { title: text('输移模型的形式', 'form of the delivery model'), values: DELIVERY_FORMS } }

const byForm = (argument: string): Given => ({
  choice: 'form',
  of: Object.fromEntries(Object.keys(DELIVERY_FORMS).map((item) => [item, { argument, item }])),
})
const area: Given = { argument: 'area' }

const held = (item: 'TN' | 'TP', zh: string, en: string, argument: string): Stage => ({
  item,
  title: text(zh, en),
  rule: 'gep.r7.load-retained',
  output: '截留量',
  given: { 单位截留量: byForm(argument), 面积: area },
  unit: 't',
  value: { price: 'price.water-pollutant' },
})

export const DELIVERY: readonly Method[] = [
  {
    id: 'R2.avoided-export.map',
    service: 'R2',
    title: text('减少入河泥沙（输移模型，逐像元）', 'Sediment export avoided (delivery model, pixel by pixel)'),
    text: text(
      '减少入河泥沙取自输移模型的地图，与减少侵蚀（RUSLE）不是一个量，不得混用。',
      'Avoided export from the map of a delivery model; it differs from avoided erosion (RUSLE): do not mix.',
    ),
    path: 'raster',
    source: ['G01'],
    driver: 'area',
    choices: { ...FORM_CHOICE, ...SOIL_RECORD },
    stages: [
      {
        item: 'retained',
        title: text('减少入河泥沙', 'sediment export avoided'),
        rule: 'gep.r2.avoided-export',
        output: '减少入河泥沙',
        given: { 单位减少量: byForm('sediment-export-avoided'), 面积: area },
        unit: 't',
        value: 'physical',
      },
      {
        item: 'sediment',
        title: text('减少泥沙淤积', 'siltation avoided'),
        rule: 'gep.r2.avoided-silt',
        output: '减淤量',
        given: { 减少入河泥沙: { stage: 'retained' } },
        keys: SOIL_KEYS,
        unit: 'm3',
        value: { price: 'price.dredging' },
      },
      ...soilNutrients,
    ],
  },
  {
    id: 'R7.ndr.map',
    service: 'R7',
    title: text('氮磷截留（输移模型，逐像元）', 'Nitrogen and phosphorus retained (delivery model, pixel by pixel)'),
    text: text(
      '面源氮、磷中没有到达河道的部分，取自输移模型的地图，按总氮、总磷计价；与湿地净化能力法只取其一。',
      'The part of diffuse nitrogen and phosphorus that reaches no channel, from maps of a delivery model, priced as TN and TP; instead of the capacity of wetlands, not beside it.',
    ),
    path: 'raster',
    source: ['G01'],
    driver: 'area',
    choices: FORM_CHOICE,
    stages: [
      held('TN', '截留的氮', 'nitrogen retained', 'nitrogen-load-retained'),
      held('TP', '截留的磷', 'phosphorus retained', 'phosphorus-load-retained'),
    ],
  },
]
