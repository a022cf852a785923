// What the directories of a written GeoTIFF say: size, blocks, type, place, coordinate system, descriptions of bands.
// Always holds: a copy of smaller size says nothing of the place, as GDAL writes it.

import type { Grid } from '../grid.ts'
import type { Layout } from './header.ts'
import type { Fields, FieldValue } from './write-directory.ts'
import { writeGeoKeys } from './write-geo-keys.ts'

export interface Written {
  readonly grid: Grid
  readonly nodata?: number
  /** Of each band. */
  readonly descriptions: readonly (string | undefined)[]
}

/** @param offsets where the blocks stand in the file */
export function fieldsOf(
  { grid, nodata, descriptions }: Written,
  layout: Layout,
  overview: boolean,
  offsets: Float64Array,
): Fields {
  // prettier-ignore
  const { bands, sampleType } = layout
  const each = (v: number): FieldValue => ({ short: Array<number>(bands).fill(v) })
  const fields = new Map<number, FieldValue>([
    [256, { long: [layout.width] }],
    [257, { long: [layout.height] }],
    [258, each(layout.bitsPerSample)],
    [259, { short: [layout.compression === 'none' ? 1 : 8] }],
    [262, { short: [1] }],
    [277, { short: [bands] }],
    [284, { short: [bands === 1 ? 1 : 2] }],
    [317, { short: [layout.predictor] }],
    [322, { short: [layout.blockWidth] }],
    [323, { short: [layout.blockHeight] }],
    [324, { long: offsets }],
    [325, { long: layout.blockBytes }],
    [339, each(sampleType.startsWith('float') ? 3 : sampleType.startsWith('int') ? 2 : 1)],
  ])
  if (overview) fields.set(254, { long: [1] })
  if (layout.predictor === 1) fields.delete(317)
  if (bands > 1) fields.set(338, { short: Array<number>(bands - 1).fill(0) })
  if (nodata !== undefined) fields.set(42113, { text: Number.isNaN(nodata) ? 'nan' : String(nodata) })
  if (overview) return fields
  const keys = writeGeoKeys(grid.crs)
  fields.set(33550, { double: [grid.dx, grid.dy, 0] })
  fields.set(33922, { double: [0, 0, 0, grid.west, grid.north, 0] })
  fields.set(34735, { short: keys.directory })
  if (keys.doubles.length > 0) fields.set(34736, { double: keys.doubles })
  if (keys.text !== '') fields.set(34737, { text: keys.text })
  const items = descriptions.flatMap((description, i) =>
    description === undefined
      ? []
      : [`<Item name="DESCRIPTION" sample="${i}" role="description">${inXml(description)}</Item>`],
  )
  if (items.length > 0) fields.set(42112, { text: `<GDALMetadata>${items.join('')}</GDALMetadata>` })
  return fields
}

const inXml = (text: string): string =>
  text.replace(/[<>&"\p{Cc}]/gu, (c) => (/\p{Cc}/u.test(c) ? ' ' : `&#${c.codePointAt(0)};`))
