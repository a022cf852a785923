// The sample county as regions: a made-up city, the county and its townships below a real province, in codes that no edition of
// GB/T 2260 has. Appended to the file of regions of a house that shows the sample, never to that of an office.

import { COUNTY_CODE, COUNTY_NAME, TOWNSHIPS } from './county-place.ts'

const SAMPLE_CITY = { code: `${COUNTY_CODE.slice(0, 4)}00`, name: '示范市', en: 'Sample City' }

/** Rows of the file of regions: code, name, English name; not counted among real counties. */
export const sampleRegionRows = (): readonly string[] =>
  [
    [SAMPLE_CITY.code, SAMPLE_CITY.name, SAMPLE_CITY.en],
    [COUNTY_CODE, COUNTY_NAME, 'Qingshan County'],
    ...TOWNSHIPS.map((t) => [t.code, t.name, '']),
  ].map((cells) => [...cells, '', '', '', '', '', 'no', '示范数据 / sample data'].join(','))
