// How large a drawn shape is, before anything is registered: the screen and the record measure alike.

import { field, form } from '../../kernel/index.ts'
import { areaM2, areaText, haOfM2, lengthM, muOfM2 } from '../geometry/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { shapeField } from './fields.ts'
import { submittedShape } from './model.ts'

const said = (zh: string, en: string, example: string) => field.optional(field.text({ title: { zh, en }, example }))

export const measureShape: AnyQuery = query({
  name: 'measureShape',
  title: { zh: '量一量', en: 'measure a shape' },
  groups: ['places'],
  input: form({ shape: shapeField }),
  row: form({
    areaM2: said('面积（平方米）', 'area in m²', '10892.31'),
    areaHa: said('面积（公顷）', 'area in ha', '1.0892'),
    areaMu: said('面积（亩）', 'area in mu', '16.34'),
    lengthM: said('长度（米）', 'length in m', '98.5'),
  }),
  // Touches nobody's data: whoever may ask at all is answered.
  run: (_, i) => {
    const shape = submittedShape(i.shape)
    if (shape.kind === 'polygon') {
      const m2 = areaM2(shape)
      return Promise.resolve([{ areaM2: areaText(m2), areaHa: haOfM2(m2).toFixed(4), areaMu: muOfM2(m2).toFixed(2) }])
    }
    return Promise.resolve(
      shape.kind === 'line' ? [{ lengthM: shape.lines.reduce((sum, line) => sum + lengthM(line), 0).toFixed(2) }] : [],
    )
  },
})
