// Layers of the book and marks of evidence, in words.

import type { Text } from '../../kernel/index.ts'

export const LAYERS: Readonly<Record<string, Text>> = {
  national: { zh: '国家', en: 'nation' },
  province: { zh: '省', en: 'province' },
  county: { zh: '县', en: 'county' },
}

export const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已核实', en: 'confirmed' },
  'back-solved': { zh: '反算', en: 'back-solved' },
  unconfirmed: { zh: '未核实', en: 'unconfirmed' },
}
