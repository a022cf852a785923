// Fields that forms about units share.

import { field } from '../../kernel/index.ts'
import { UNIT_KINDS } from './model.ts'

export const EXAMPLE_UNIT = '019e2f6a-7c00-7000-8000-000000000001'
export const EXAMPLE_SHAPE =
  '{"type":"Polygon","coordinates":[[[111.48,28.9],[111.481,28.9],[111.481,28.901],[111.48,28.901],[111.48,28.9]]]}'

export const unitField = field.id({ title: { zh: '空间单元', en: 'unit' }, example: EXAMPLE_UNIT })
export const unitsField = field.list(unitField, { title: { zh: '空间单元', en: 'units' }, min: 1, max: 500 })
export const nameField = field.text({ title: { zh: '名称', en: 'name' }, max: 100, example: '示范村 3 号林地' })
export const codeField = field.optional(
  field.text({
    title: { zh: '编码', en: 'code' },
    hint: { zh: '图斑号、小班号等', en: 'as the survey numbers it' },
    max: 60,
    example: '0012',
  }),
)
export const kindField = field.choice({ title: { zh: '种类', en: 'kind' }, choices: UNIT_KINDS, example: 'parcel' })
export const regionField = field.region({ title: { zh: '行政区', en: 'region' }, example: '430725101201' })
export const fromField = field.civilDate({
  title: { zh: '起始日期', en: 'from' },
  hint: { zh: '图形从这一天起有效', en: 'the shape holds from this day' },
  example: '2026-03-01',
})
export const reasonField = field.text({ title: { zh: '理由', en: 'reason' }, example: '实地核对后更正' })
export const shapeField = field.longText({
  title: { zh: '图形', en: 'shape' },
  hint: {
    zh: 'GeoJSON，CGCS2000 经纬度；图形较大的请用文件导入',
    en: 'GeoJSON, degrees of CGCS2000; bring large ones in by file',
  },
  example: EXAMPLE_SHAPE,
})
