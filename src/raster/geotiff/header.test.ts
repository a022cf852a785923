import fc from 'fast-check'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { bytesSource } from '../../core/exchange-formats/index.ts'
import { readGeoTiffHeader, type RasterHeader } from './header.ts'
import { surveyRaster, type RasterSurvey } from './survey.ts'

interface Made {
  readonly width: number
  readonly height: number
  readonly values: readonly number[]
  readonly big?: boolean
  readonly motorola?: boolean
  readonly tile?: number
  readonly bits?: 8 | 16
  readonly signed?: boolean
  readonly deflate?: boolean
  readonly predictor?: boolean
  readonly bands?: number
  /** Further fields: tag → shorts, doubles or a text. */
  readonly fields?: Readonly<Record<number, { short?: readonly number[]; double?: readonly number[]; text?: string }>>
  readonly emptyBlocks?: readonly number[]
}

/** Writes a TIFF of one directory, plain and slow, by TIFF 6.0 and the BigTIFF design. Every band holds the same values. */
function makeTiff(made: Made): Uint8Array {
  const { width, height, values, big = false, motorola = false, tile, bits = 8, signed = false, bands = 1 } = made
  const little = !motorola
  const out: number[] = []
  const view = new DataView(new ArrayBuffer(8))
  const put = (size: 1 | 2 | 4 | 8, v: number, float = false): number[] => {
    if (float) view.setFloat64(0, v, little)
    else if (size === 8) view.setBigUint64(0, BigInt(v), little)
    else if (size === 4) view.setUint32(0, v, little)
    else if (size === 2) view.setUint16(0, v & 0xffff, little)
    else view.setUint8(0, v & 0xff)
    return [...new Uint8Array(view.buffer, 0, size)]
  }
  const blockWidth = tile ?? width
  const blockHeight = tile ?? 2
  const blocks: number[][] = []
  for (let y = 0; y < height; y += blockHeight)
    for (let x = 0; x < width; x += blockWidth) {
      const rows = tile ?? Math.min(blockHeight, height - y)
      const raw: number[] = []
      for (let r = 0; r < rows; r++) {
        let before = 0
        for (let c = 0; c < blockWidth; c++) {
          const v = x + c < width && y + r < height ? values[(y + r) * width + x + c]! : 0
          for (let b = 0; b < bands; b++) raw.push(...put(bits === 8 ? 1 : 2, made.predictor ? v - before : v))
          before = v
        }
      }
      blocks.push(made.deflate ? [...deflateSync(Uint8Array.from(raw))] : raw)
    }
  const head = big ? 16 : 8
  const offsets: number[] = []
  const lengths: number[] = []
  for (const [i, b] of blocks.entries()) {
    const empty = made.emptyBlocks?.includes(i) ?? false
    offsets.push(empty ? 0 : head + out.length)
    lengths.push(empty ? 0 : b.length)
    out.push(...b)
  }
  const word = big ? 8 : 4
  const fields: [tag: number, type: number, count: number, bytes: number[]][] = []
  const shorts = (tag: number, v: readonly number[]): unknown =>
    fields.push([tag, 3, v.length, v.flatMap((x) => put(2, x))])
  const longs = (tag: number, v: readonly number[]): unknown =>
    fields.push([tag, big ? 16 : 4, v.length, v.flatMap((x) => put(word, x))])
  shorts(256, [width])
  shorts(257, [height])
  shorts(258, Array<number>(bands).fill(bits))
  shorts(259, [made.deflate ? 8 : 1])
  shorts(277, [bands])
  if (made.predictor) shorts(317, [2])
  shorts(339, Array<number>(bands).fill(signed ? 2 : 1))
  if (tile !== undefined) {
    shorts(322, [tile])
    shorts(323, [tile])
  } else shorts(278, [blockHeight])
  longs(tile === undefined ? 273 : 324, offsets)
  longs(tile === undefined ? 279 : 325, lengths)
  for (const [tag, f] of Object.entries(made.fields ?? {})) {
    if (f.short) shorts(Number(tag), f.short)
    if (f.double) fields.push([Number(tag), 12, f.double.length, f.double.flatMap((x) => put(8, x, true))])
    if (f.text !== undefined) {
      const bytes = [...new TextEncoder().encode(f.text), 0]
      fields.push([Number(tag), 2, bytes.length, bytes])
    }
  }
  fields.sort((a, b) => a[0] - b[0])
  const entries: number[] = []
  for (const [tag, type, count, bytes] of fields) {
    let inline = bytes
    if (bytes.length > word) {
      inline = put(word, head + out.length)
      out.push(...bytes)
    }
    entries.push(
      ...put(2, tag),
      ...put(2, type),
      ...put(word, count),
      ...inline,
      ...Array<number>(word - inline.length).fill(0),
    )
  }
  const directory = head + out.length
  out.push(...put(big ? 8 : 2, fields.length), ...entries, ...put(word, 0))
  const mark = motorola ? [0x4d, 0x4d] : [0x49, 0x49]
  return Uint8Array.from([
    ...mark,
    ...(big
      ? [...put(2, 43), ...put(2, 8), ...put(2, 0), ...put(8, directory)]
      : [...put(2, 42), ...put(4, directory)]),
    ...out,
  ])
}

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
const PLACED = { 33550: { double: [30, 30, 0] }, 33922: { double: [0, 0, 0, 500000, 3300000, 0] } }

describe('a raster header', () => {
  it('tells size, blocks, bands, sample type and packing', () => {
    expect(
      headerOf({ ...SMALL, bits: 16, signed: true, tile: 16, deflate: true, predictor: true, bands: 2 }),
    ).toMatchObject({
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
    ['deflate', { deflate: true }],
    ['deflate and predictor', { deflate: true, predictor: true, bits: 16 }],
    ['big endian 16 bit', { motorola: true, bits: 16, deflate: true, predictor: true }],
    ['BigTIFF', { big: true, tile: 16, bits: 16 }],
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
      bits: 16,
      signed: true,
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
    const survey = surveyOf({ width: 40, height: 40, values, bits: 16 })!
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
      deflate: true,
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
