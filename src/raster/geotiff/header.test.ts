import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { makeTiff, PLACED, type Made } from './geotiff.fixture.ts'
import { readGeoTiffHeader, type RasterHeader } from './header.ts'
import { surveyRaster, type RasterSurvey } from './survey.ts'

const headerOf = (made: Made): RasterHeader => readGeoTiffHeader(bytesSource(makeTiff(made)), 'f.tif')
const surveyOf = (made: Made, limit?: number): RasterSurvey | undefined => {
  const source = bytesSource(makeTiff(made))
  return surveyRaster(source, readGeoTiffHeader(source, 'f.tif'), 'f.tif', limit)
}
const codes = (work: () => unknown): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((p) => p.code)
    throw error
  }
}
const SMALL: Made = { width: 3, height: 2, values: [1, 1, 2, 3, 3, 3] }

describe('a raster header', () => {
  it('tells size, blocks, bands, sample type and packing', () => {
    expect(headerOf({ ...SMALL, type: 'int16', tile: 16, packing: 'deflate', predictor: 2, bands: 2 })).toMatchObject({
      width: 3,
      height: 2,
      bands: 2,
      sampleType: 'int16',
      compression: 'deflate',
      predictor: 2,
      tiled: true,
      blockWidth: 16,
      blockHeight: 16,
      bandsApart: false,
      overviews: 0,
    })
  })

  it('tells the coordinate system by its code, the corner and the pixel size', () => {
    const header = headerOf({
      ...SMALL,
      fields: { ...PLACED, 34735: { short: [1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 4547] } },
    })
    expect(header).toMatchObject({
      crs: { kind: 'projected', epsg: 4547 },
      origin: { x: 500000, y: 3300000 },
      pixelSize: { x: 30, y: 30 },
      rotated: false,
    })
  })

  it('tells a system of its own by its name, and puts points in the middle of their pixels', () => {
    const keys = [1, 1, 0, 4, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 32767, 2049, 34737, 10, 0]
    const header = headerOf({ ...SMALL, fields: { ...PLACED, 34735: { short: keys }, 34737: { text: 'CGCS2000 x|' } } })
    expect(header).toMatchObject({
      crs: { kind: 'geographic', citation: 'CGCS2000 x' },
      origin: { x: 499985, y: 3300015 },
    })
    expect(header.crs).not.toHaveProperty('epsg')
  })

  it('gives every key with its value: one number, several, or a text', () => {
    const keys = [1, 1, 0, 4, 1024, 0, 1, 1, 2057, 34736, 1, 1, 2062, 34736, 3, 0, 3073, 34737, 5, 0]
    const fields = { 34735: { short: keys }, 34736: { double: [7, 6378137, 9] }, 34737: { text: 'abcd|' } }
    expect([...headerOf({ ...SMALL, fields }).geoKeys]).toEqual([
      [1024, 1],
      [2057, 6378137],
      [2062, [7, 6378137, 9]],
      [3073, 'abcd'],
    ])
  })

  it('leaves the coordinate system undefined where the file has none', () => {
    expect(headerOf({ ...SMALL, fields: PLACED }).crs).toBeUndefined()
    expect(headerOf(SMALL)).not.toHaveProperty('origin')
  })

  it('reads a matrix, and says when it turns the raster', () => {
    const matrix = (b: number): Made => ({
      ...SMALL,
      fields: { 34264: { double: [30, b, 0, 100, b, -30, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1] } },
    })
    expect(headerOf(matrix(0))).toMatchObject({
      origin: { x: 100, y: 200 },
      pixelSize: { x: 30, y: 30 },
      rotated: false,
    })
    expect(headerOf(matrix(1))).toMatchObject({ rotated: true })
  })

  it('keeps no-data, scale and offset as they are written', () => {
    const text =
      '<GDALMetadata><Item name="S" sample="1" role="scale">9</Item><Item name="SCALE" sample="0" role="scale">0.10</Item><Item name="O" sample="0" role="offset">-273.15</Item></GDALMetadata>'
    expect(headerOf({ ...SMALL, fields: { 42112: { text }, 42113: { text: '255' } } })).toMatchObject({
      nodata: '255',
      scale: '0.10',
      offset: '-273.15',
      notes: new Map([
        [1, { scale: '0.10', offset: '-273.15' }],
        [2, { scale: '9' }],
      ]),
    })
    expect(headerOf({ ...SMALL, fields: { 42112: { text: '<broken' } } })).not.toHaveProperty('scale')
  })

  it('of something else, or of a cut file, is a problem', () => {
    const read = (bytes: Uint8Array) => () => readGeoTiffHeader(bytesSource(bytes), 'f.tif')
    expect(codes(read(new TextEncoder().encode('II')))).toEqual(['geotiff.not-a-tiff'])
    expect(codes(read(new TextEncoder().encode('hello world, no raster')))).toEqual(['geotiff.not-a-tiff'])
    expect(codes(read(makeTiff(SMALL).slice(0, -20)))).toEqual(['geotiff.cut-short'])
  })
})

describe('a class raster', () => {
  const CLASSES = [{ code: 1, count: 2 }, { code: 2, count: 1 }, { code: 3, count: 3 }] // prettier-ignore

  it.each<[string, Partial<Made>]>([
    ['strips', {}],
    ['tiles with padding', { tile: 16 }],
    ['deflate', { packing: 'deflate' }],
    ['deflate and predictor', { packing: 'deflate', predictor: 2, type: 'uint16' }],
    ['big endian 16 bit', { motorola: true, type: 'uint16', packing: 'deflate', predictor: 2 }],
    ['BigTIFF', { big: true, tile: 16, type: 'uint16' }],
    ['three bands', { bands: 3 }],
  ])('in %s gives every code with its count', (_, how) => {
    expect(surveyOf({ ...SMALL, ...how })).toEqual({
      pixels: 6,
      sampled: false,
      nodataPixels: 0,
      min: 1,
      max: 3,
      classes: CLASSES,
    })
  })

  it('counts no-data apart, negative codes rightly, and empty blocks as no-data', () => {
    const made: Made = {
      width: 2,
      height: 4,
      values: [-9999, -1, 5, 5, 7, 7, 7, 7],
      type: 'int16',
      emptyBlocks: [1],
      fields: { 42113: { text: '-9999' } },
    }
    expect(surveyOf(made)).toMatchObject({ nodataPixels: 5, min: -1, max: 5, classes: [{ code: -1, count: 1 }, { code: 5, count: 2 }] }) // prettier-ignore
  })

  it('above the limit is sampled and says so', () => {
    const made: Made = { width: 10, height: 40, values: Array.from({ length: 400 }, (_, i) => Math.floor(i / 20)) }
    const survey = surveyOf(made, 100)!
    expect([survey.sampled, survey.pixels, survey.classes!.length]).toEqual([true, 100, 5])
  })

  it('with too many values is a raster of measurements: it has a range and no codes', () => {
    const values = Array.from({ length: 40 * 40 }, (_, i) => i)
    const survey = surveyOf({ width: 40, height: 40, values, type: 'uint16' })!
    expect([survey.min, survey.max, survey.classes]).toEqual([0, 1599, undefined])
  })

  it('packed with LZW and predictor by libtiff is read (13 × 9 pixels written by Pillow 12)', () => {
    const bytes = Uint8Array.from(
      Buffer.from(
        'SUkqAFYAAACAAEAQOCQWBwIAAEBgBhjmDwuBASGwp+ACJDkAxljDkCPyOgGNx+Ox1jjp/yN+McAgR+v9jj2KyyXD0Ay8AS2BzaWwiDQaEQqGQ6EwuAgKAAABAwABAAAADQAAAAEBAwABAAAACQAAAAIBAwABAAAACAAAAAMBAwABAAAABQAAAAYBAwABAAAAAQAAABEBBAABAAAACAAAABYBAwABAAAACQAAABcBBAABAAAATgAAABwBAwABAAAAAQAAAD0BAwABAAAAAgAAAAAAAAA=',
        'base64',
      ),
    )
    const survey = surveyRaster(bytesSource(bytes), readGeoTiffHeader(bytesSource(bytes), 'f'), 'f')
    expect(survey?.classes?.map((c) => [c.code, c.count])).toEqual([[1, 66], [2, 13], [5, 26], [200, 12]]) // prettier-ignore
  })

  it('cut or changed anywhere gives a survey or a problem, never another error', () => {
    const good = makeTiff({
      ...SMALL,
      tile: 16,
      packing: 'deflate',
      fields: { ...PLACED, 34735: { short: [1, 1, 0, 1, 1024, 0, 1, 1] }, 42113: { text: '0' } },
    })
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bad = good.slice(0, cut ? at : undefined)
        if (!cut) bad[at] = byte
        codes(() => surveyRaster(bytesSource(bad), readGeoTiffHeader(bytesSource(bad), 'f'), 'f', 100_000))
      }),
      { numRuns: 1000 },
    )
  })
})
