import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { bytesSource, withFileSource, type ByteSource } from '../../core/exchange-formats/index.ts'
import { NAN, NODATA, stripOf, VALID } from '../band.ts'
import { tilesOf, type Window } from '../grid.ts'
import { hasGdal, makeTiff, MADE_TYPES, PLACED, UTM_50, type Made, type MadeType } from './geotiff.fixture.ts'
import { readGeoTiffHeader } from './header.ts'
import { SAMPLE_ARRAYS, settleInto } from '../stored-band.ts'
import { openGeoTiff } from './open-geotiff.ts'

const open = (made: Made) => openGeoTiff(bytesSource(makeTiff({ ...made, fields: { ...PLACED, ...made.fields } })), 'f')

interface Pixels {
  readonly values: readonly number[]
  readonly states: readonly number[]
}
function pixels(made: Made | Uint8Array, n = 1, part?: Window): Pixels {
  const tiff = made instanceof Uint8Array ? openGeoTiff(bytesSource(made), 'f') : open(made)
  const { width, height } = tiff.header
  const window = part ?? { col: 0, row: 0, width, height }
  const strip = stripOf(window.width * window.height)
  tiff.band(n, UTM_50).read(window, strip)
  return { values: [...strip.values], states: [...strip.states] }
}
function problemsOf(work: () => unknown): readonly Problem[] {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
}
const codes = (work: () => unknown): readonly string[] => problemsOf(work).map((p) => p.code)

const LIMITS: Readonly<Record<MadeType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  uint32: [0, 4294967295],
  int32: [-2147483648, 2147483647],
  float32: [-1e30, 1e30],
  float64: [-1e300, 1e300],
}
const valueOf = (type: MadeType): fc.Arbitrary<number> =>
  type === 'float32'
    ? fc.float({ noNaN: true, noDefaultInfinity: true })
    : type === 'float64'
      ? fc.double({ noNaN: true, noDefaultInfinity: true })
      : fc.integer({ min: LIMITS[type][0], max: LIMITS[type][1] })

const anyTiff: fc.Arbitrary<Made> = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    type: fc.constantFrom(...MADE_TYPES),
    bands: fc.integer({ min: 1, max: 3 }),
    apart: fc.boolean(),
    tile: fc.constantFrom(undefined, 16),
    rowsPerStrip: fc.integer({ min: 1, max: 50 }),
    packing: fc.constantFrom('none', 'deflate', 'lzw', 'packbits'),
    big: fc.boolean(),
    motorola: fc.boolean(),
  })
  .chain((m) => {
    const differences = m.packing === 'deflate' || m.packing === 'lzw'
    const predictors: readonly (1 | 2 | 3)[] = !differences ? [1] : m.type.startsWith('float') ? [1, 2, 3] : [1, 2]
    const n = m.width * m.height * m.bands
    return fc.record({
      made: fc.constant(m),
      predictor: fc.constantFrom(...predictors),
      values: fc.array(valueOf(m.type), { minLength: n, maxLength: n, size: 'max' }),
    })
  })
  .map(({ made: { tile, ...made }, predictor, values }) => ({ ...made, predictor, values, ...(tile ? { tile } : {}) }))

describe('a band of a GeoTIFF', () => {
  it('gives every stored number of every band, whatever type, blocks, byte order, packing and predictor', () => {
    fc.assert(
      fc.property(anyTiff, (made) => {
        const bands = made.bands!
        const repeated = made.values.length === made.width * made.height
        for (let n = 1; n <= bands; n++) {
          const expected = repeated ? made.values : made.values.filter((_, i) => i % bands === n - 1)
          const got = pixels(made, n)
          expect(got.values.every((v, i) => v === expected[i])).toBe(true)
          expect(got.states.every((s) => s === VALID)).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives the samples as they are stored, which settled are the numbers it gives, for any window', () => {
    fc.assert(
      fc.property(anyTiff, fc.nat(), fc.nat(), (made, x, y) => {
        const tiff = open(made)
        const { width, height } = tiff.header
        const [col, row] = [x % width, y % height]
        const window = { col, row, width: width - col, height: height - row }
        const pixels = window.width * window.height
        for (let n = 1; n <= made.bands!; n++) {
          const band = tiff.band(n, UTM_50)
          const [plain, settled] = [stripOf(pixels), stripOf(pixels)]
          band.read(window, plain)
          const samples = new SAMPLE_ARRAYS[band.stored!.type](pixels)
          band.stored!.read(window, samples)
          samples.forEach((sample, i) => settleInto(settled, i, sample, band.stored!.settling))
          expect(settled).toEqual(plain)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives the same numbers for any window', () => {
    const made: Made = { width: 37, height: 29, values: Array.from({ length: 37 * 29 }, (_, i) => i), type: 'uint16' }
    const whole = pixels(made).values
    const place = (max: number) => fc.tuple(fc.nat(max - 1), fc.nat(max - 1))
    fc.assert(
      fc.property(place(37), place(29), fc.boolean(), ([a, b], [c, d], tiled) => {
        const part = {
          col: Math.min(a, b),
          row: Math.min(c, d),
          width: Math.abs(a - b) + 1,
          height: Math.abs(c - d) + 1,
        }
        const cut = whole.filter((_, i) => {
          const [x, y] = [(i % 37) - part.col, Math.floor(i / 37) - part.row]
          return x >= 0 && x < part.width && y >= 0 && y < part.height
        })
        expect(pixels(tiled ? { ...made, tile: 16 } : made, 1, part).values).toEqual(cut)
      }),
      { numRuns: 50 },
    )
  })

  it('lies where the file says, points in the middle of their pixels', () => {
    const made: Made = { width: 1, height: 1, values: [1] }
    expect(open(made).place).toEqual({ west: 500000, north: 3300000, dx: 30, dy: 30 })
    expect(open({ ...made, fields: { 34735: { short: [1, 1, 0, 1, 1025, 0, 1, 2] } } }).place).toEqual({
      west: 499985,
      north: 3300015,
      dx: 30,
      dy: 30,
    })
  })

  it('applies scale and offset of its own band', () => {
    const text =
      '<GDALMetadata><Item name="SCALE" sample="1" role="scale">0.1</Item><Item name="OFFSET" sample="1" role="offset">-5</Item></GDALMetadata>'
    const made: Made = { width: 2, height: 1, values: [10, 20], bands: 2, fields: { 42112: { text } } }
    expect([pixels(made, 1).values, pixels(made, 2).values]).toEqual([[10, 20], [10 * 0.1 - 5, 20 * 0.1 - 5]]) // prettier-ignore
    const broken = { ...made, fields: { 42112: { text: text.replace('0.1', 'ten') } } }
    expect(codes(() => pixels(broken, 2))).toEqual(['geotiff.scale'])
    expect(codes(() => pixels(made, 3))).toEqual(['geotiff.no-band'])
  })

  it.each<[string, MadeType, string, readonly number[], readonly number[]]>([
    ['a code', 'uint8', '255', [255, 0, 254], [NODATA, VALID, VALID]],
    ['a code beyond the type', 'uint8', '-9999', [255, 0, 241], [VALID, VALID, VALID]],
    ['a negative number', 'int16', '-9999', [-9999, 0, 9999], [NODATA, VALID, VALID]],
    ['a decimal rounded to 32 bits', 'float32', '-0.1', [-0.1, -0.10001, 0], [NODATA, VALID, VALID]],
    ['the lowest float', 'float32', '-3.4028235e+38', [-3.4028234663852886e38, -3.39e38, 0], [NODATA, VALID, VALID]],
    [
      'the lowest float in six digits',
      'float32',
      '-3.40282e+38',
      [-3.4028234663852886e38, 0, 1],
      [NODATA, VALID, VALID],
    ],
    ['a number no 32-bit float holds', 'float32', '-1.7976931348623157e+308', [-1e38, 0, 1], [VALID, VALID, VALID]],
    [
      'the lowest double',
      'float64',
      '-1.7976931348623157e+308',
      [-1.7976931348623157e308, 0, 1],
      [NODATA, VALID, VALID],
    ],
    ['NaN', 'float64', 'nan', [NaN, Infinity, 1], [NODATA, NAN, VALID]],
    ['a number, so NaN is none', 'float32', '-1', [NaN, -Infinity, -1], [NAN, NAN, NODATA]],
  ])('takes for no-data %s', (_, type, text, values, states) => {
    const got = pixels({ width: 3, height: 1, values, type, fields: { 42113: { text } } })
    expect(got.states).toEqual(states)
    expect(got.values.map((v, i) => (states[i] === VALID ? v === Math.fround(values[i]!) || v === values[i] : v === 0))).toEqual([true, true, true]) // prettier-ignore
  })

  it('has no-data where a block was never written, and 0 where the file knows no no-data', () => {
    const made: Made = { width: 2, height: 4, values: [1, 2, 3, 4, 5, 6, 7, 8], emptyBlocks: [1] }
    const fields = { 42113: { text: '-9999' } }
    expect(pixels({ ...made, fields })).toEqual({
      values: [1, 2, 3, 4, 0, 0, 0, 0],
      states: [0, 0, 0, 0, NODATA, NODATA, NODATA, NODATA],
    })
    expect(pixels(made).states.every((s) => s === VALID)).toBe(true)
  })

  it('is the image, never its mask or its overview; the mask hides pixels', () => {
    const image: Made = { width: 10, height: 2, values: Array.from({ length: 20 }, (_, i) => i + 1) }
    const overview = { width: 5, height: 1, values: [9, 9, 9, 9, 9], fields: { 254: { short: [1] } } }
    // Ten pixels of one bit take two bytes a row; the packed bytes stand as a raster of bytes with its size rewritten.
    const mask = {
      width: 2,
      height: 2,
      values: [0b11111111, 0b01000000, 0b00000000, 0b11000000],
      fields: { 254: { short: [4] }, 256: { short: [10] }, 258: { short: [1] } },
    }
    const reducedMask = { ...mask, fields: { ...mask.fields, 254: { short: [5] } } }
    const made = { ...image, more: [overview, reducedMask, mask] }
    expect(open(made).header).toMatchObject({ width: 10, overviews: 1, mask: { width: 10, bitsPerSample: 1 } })
    expect(pixels(made).values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 19, 20])
    expect(pixels(made).states.filter((s) => s === NODATA).length).toBe(9)
    expect(pixels({ ...mask, fields: { ...PLACED, 256: { short: [10] }, 258: { short: [1] } } }).values).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]) // prettier-ignore
  })

  it('packed with Zstandard is read (written by libtiff 4.5 with predictor 2)', () => {
    const got = pixels(Uint8Array.from(Buffer.from(ZSTD, 'base64')))
    expect(got.values).toEqual(Array.from({ length: 40 * 30 }, (_, i) => ((i % 40) * 7 + Math.floor(i / 40) * 300) % 5000)) // prettier-ignore
  })
})

describe('a GeoTIFF that cannot be read', () => {
  const made: Made = { width: 20, height: 20, values: Array.from({ length: 400 }, (_, i) => i % 250), tile: 16 }

  it.each<[string, Partial<Made>, string]>([
    ['JPEG', { fields: { 259: { short: [7] } } }, 'geotiff.compression'],
    ['LERC', { fields: { 259: { short: [34887] } } }, 'geotiff.compression'],
    ['complex numbers', { fields: { 339: { short: [6] }, 258: { short: [64] } } }, 'geotiff.sample-type'],
    ['bands of different types', { bands: 2, fields: { 339: { short: [1, 2] } } }, 'geotiff.sample-type'],
    ['an unknown predictor', { packing: 'deflate', fields: { 317: { short: [9] } } }, 'geotiff.predictor'],
    ['a float predictor on bytes', { packing: 'lzw', fields: { 317: { short: [3] } } }, 'geotiff.predictor'],
    ['no place', { fields: { 33550: { double: [30] } } }, 'raster.no-place'],
    ['rows that count up', { fields: { 33550: { double: [30, -30, 0] } } }, 'raster.rotated'],
    [
      'a huge packed strip',
      { tile: 65535, values: [], width: 1, height: 1, emptyBlocks: [0] },
      'geotiff.block-too-large',
    ],
  ])('with %s says so', (_, how, code) => {
    const { tile, ...rest } = { ...made, ...how }
    const small = tile === 65535 ? { ...rest, fields: { 322: { short: [65535] }, 323: { short: [65535] } }, tile: 16 } : { ...rest, tile: 16 } // prettier-ignore
    expect(codes(() => open(small))).toEqual([code])
  })

  it('turned by its matrix says so', () => {
    const turned = { 33550: { double: [] }, 34264: { double: [30, 5, 0, 100, 5, -30, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1] } }
    expect(codes(() => open({ ...made, fields: turned }))).toEqual(['raster.rotated'])
  })

  it('fails only in the damaged tile, and names file, band and tile', () => {
    const bytes = makeTiff({ ...made, packing: 'deflate', bands: 2, apart: true, fields: PLACED })
    const tiff = openGeoTiff(bytesSource(bytes), 'f.tif')
    bytes.fill(0xff, tiff.header.blockOffsets[5], tiff.header.blockOffsets[5]! + 4)
    const read = (n: number, window: Window) => tiff.band(n, UTM_50).read(window, stripOf(400))
    read(1, { col: 0, row: 0, width: 20, height: 20 })
    read(2, { col: 0, row: 0, width: 16, height: 20 })
    expect(problemsOf(() => read(2, { col: 15, row: 3, width: 2, height: 2 }))).toMatchObject([
      { code: 'geotiff.block-damaged', at: { file: 'f.tif', band: 2, tile: [1, 0] } },
    ])
  })

  it('with a tile too short or beyond the end says so', () => {
    const bytes = makeTiff({ ...made, fields: { ...PLACED, 325: { short: [255, 256, 256, 256] } } })
    expect(codes(() => pixels(bytes))).toEqual(['geotiff.block-short'])
    const far = makeTiff({ ...made, fields: { ...PLACED, 324: { short: [8, 65000, 8, 8] } } })
    expect(problemsOf(() => pixels(far))).toMatchObject([{ code: 'geotiff.block-cut-off', at: { tile: [1, 0] } }])
  })

  it('cut at any place gives pixels or a problem, never another error', () => {
    const small = {
      ...made,
      packing: 'deflate' as const,
      predictor: 2 as const,
      fields: { ...PLACED, 42113: { text: '0' } },
    }
    for (const whole of [makeTiff(small), makeTiff({ ...made, big: true, motorola: true, fields: PLACED })])
      for (let at = 0; at < whole.length; at += 97) codes(() => pixels(whole.slice(0, at)))
  })
})

describe('the memory of a GeoTIFF', () => {
  /** A raster of 10¹² pixels whose every tile is one and the same piece of a few bytes. */
  function hugeSource(): { readonly source: ByteSource; readonly reads: number[] } {
    const small = makeTiff({ width: 256, height: 256, values: Array<number>(65536).fill(7), tile: 256, packing: 'deflate', big: true, fields: PLACED }) // prettier-ignore
    const { blockOffsets, blockBytes } = readGeoTiffHeader(bytesSource(small), 'f')
    const block = small.slice(blockOffsets[0], blockOffsets[0]! + blockBytes[0]!)
    const tiles = 3907 * 3907
    const directory = new DataView(small.buffer, small.byteOffset, small.byteLength)
    const start = Number(directory.getBigUint64(8, true))
    const big = small.slice()
    const view = new DataView(big.buffer)
    const lists = small.length
    const far = 6 * 2 ** 32
    for (let i = 0, o = start + 8; i < Number(directory.getBigUint64(start, true)); i++, o += 20) {
      const tag = directory.getUint16(o, true)
      const set = (type: number, count: number, value: number): void => {
        view.setUint16(o + 2, type, true)
        view.setBigUint64(o + 4, BigInt(count), true)
        view.setBigUint64(o + 12, BigInt(value), true)
      }
      if (tag === 256 || tag === 257) set(16, 1, 1_000_000)
      if (tag === 324) set(16, tiles / 3907, lists)
      if (tag === 325) set(16, tiles / 3907, lists)
      if (tag === 257) set(16, 1, 256)
    }
    const reads: number[] = []
    const source: ByteSource = {
      size: far + block.length,
      read(offset, length) {
        if (offset < small.length) return big.subarray(offset, offset + length)
        if (offset === lists && length === 3907 * 8) {
          const list = new DataView(new ArrayBuffer(length))
          // The first list asked for holds offsets beyond 4 GB, the second the bytes of each tile.
          for (let i = 0; i < 3907; i++) list.setBigUint64(i * 8, BigInt(reads.length === 0 ? far : block.length), true)
          reads.push(offset)
          return new Uint8Array(list.buffer)
        }
        reads.push(offset)
        return block.subarray(0, length)
      },
    }
    return { source, reads }
  }

  it('stays under its bound however many tiles are read, also beyond 4 GB', () => {
    const limit = 1024 * 1024
    const { source } = hugeSource()
    const tiff = openGeoTiff(source, 'huge', limit)
    const band = tiff.band(1, UTM_50)
    const strip = stripOf(256 * 256)
    let most = 0
    for (let i = 0; i < 60; i++) {
      band.read({ col: i * 3300, row: 0, width: 256, height: 256 }, strip)
      most = Math.max(most, tiff.cachedBytes)
      expect(strip.values[65535]).toBe(7)
    }
    expect(most).toBeLessThanOrEqual(limit)
    expect(most).toBeGreaterThan(limit / 2)
  })

  it('does not need a whole strip where strips are not packed', () => {
    const values = Array.from({ length: 2000 * 700 }, (_, i) => i % 251)
    const bytes = makeTiff({ width: 2000, height: 700, values, rowsPerStrip: 700, fields: PLACED })
    let largest = 0
    const source: ByteSource = {
      size: bytes.length,
      read(offset, length) {
        largest = Math.max(largest, length)
        return bytes.subarray(offset, offset + length)
      },
    }
    const strip = stripOf(9)
    openGeoTiff(source, 'f').band(1, UTM_50).read({ col: 1500, row: 600, width: 3, height: 3 }, strip)
    expect(strip.values[8]).toBe((602 * 2000 + 1502) % 251)
    expect(largest).toBeLessThan(bytes.length)
  })

  it('reads a block once for all tiles of a row, also in strips', () => {
    const values = Array.from({ length: 1000 * 300 }, (_, i) => i % 200)
    const bytes = makeTiff({ width: 1000, height: 300, values, rowsPerStrip: 1, packing: 'deflate', fields: PLACED })
    let reads = 0
    const source: ByteSource = { size: bytes.length, read: (o, n) => (reads++, bytes.subarray(o, o + n)) }
    const tiff = openGeoTiff(source, 'f')
    const band = tiff.band(1, UTM_50)
    reads = 0
    for (const window of tilesOf(band.grid)) band.read(window, stripOf(window.width * window.height))
    expect(reads).toBe(300)
  })
})

describe.skipIf(!hasGdal)('what gdal_translate writes (needs GDAL)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'geotiff-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const [width, height] = [70, 50]

  it.each(MADE_TYPES.filter((t) => t !== 'int8'))('in %s is read in every packing, predictor and layout', (type) => {
    const [low, high] = LIMITS[type]
    const values = Array.from({ length: width * height * 2 }, (_, i) => {
      const v = low + ((i * 7919) % 1000) * ((high - low) / 1000)
      return type === 'float32' ? Math.fround(v) : type === 'float64' ? v : Math.floor(v)
    })
    const from = join(folder, `${type}.tif`)
    writeFileSync(from, makeTiff({ width, height, values, type, bands: 2, fields: PLACED }))
    const ways = ['NONE', 'PACKBITS', 'LZW', 'DEFLATE', 'ZSTD'].flatMap((packing) =>
      (['NONE', 'PACKBITS'].includes(packing) ? [1] : type.startsWith('float') ? [1, 2, 3] : [1, 2]).map(
        (predictor) => ({ packing, predictor }),
      ),
    )
    for (const [i, { packing, predictor }] of ways.entries()) {
      const to = join(folder, `${type}-${i}.tif`)
      const options = [
        `COMPRESS=${packing}`,
        ...(predictor === 1 ? [] : [`PREDICTOR=${predictor}`]),
        ...(i % 2 === 0 ? ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'] : ['BLOCKYSIZE=7']),
        `BIGTIFF=${i % 3 === 0 ? 'YES' : 'NO'}`,
        `INTERLEAVE=${i % 4 < 2 ? 'PIXEL' : 'BAND'}`,
        // libtiff 4.5 cannot read its own big-endian files of predictor 3.
        `ENDIANNESS=${i % 5 < 3 || predictor === 3 ? 'LITTLE' : 'BIG'}`,
      ]
      execFileSync('gdal_translate', ['-q', ...options.flatMap((o) => ['-co', o]), from, to])
      const bytes = new Uint8Array(readFileSync(to))
      for (const n of [1, 2]) {
        const got = pixels(bytes, n).values
        expect(
          got.findIndex((v, at) => v !== values[at * 2 + n - 1]),
          options.join(' '),
        ).toBe(-1)
      }
    }
  })
})

const REAL = '../shared/data/'
describe.skipIf(!existsSync(REAL))('real rasters (need the shared data)', () => {
  it.each([
    'youwuzhen/dem30m.tif',
    'youwuzhen/landuse30m.tif',
    'hunan-guizhou/precip_mm_yr.tif',
    'sao-miguel/clc2018_v2020_20u1.tif',
    'sao-miguel/eu_dem_v11.tif',
    'zion/nlcd.tif',
    'zion/srtm.tif',
  ])('%s has pixels in every tile', (name) => {
    withFileSource({ name, path: Buffer.from(REAL + name), size: 0 }, (source) => {
      const band = openGeoTiff(source, name).band(1, UTM_50)
      let [sum, valid] = [0, 0]
      for (const window of tilesOf(band.grid)) {
        const strip = stripOf(window.width * window.height)
        band.read(window, strip)
        for (const [i, state] of strip.states.entries()) {
          sum += strip.values[i]!
          if (state === VALID) valid++
        }
      }
      expect(valid).toBeGreaterThan(100)
      expect(Number.isFinite(sum)).toBe(true)
    })
  })

  it.skipIf(!hasGdal)('give the mean that GDAL gives (needs GDAL)', () => {
    for (const name of ['youwuzhen/dem30m.tif', 'hunan-guizhou/temp_degC.tif', 'zion/srtm.tif']) {
      const said = execFileSync('gdalinfo', ['-stats', '--config', 'GDAL_PAM_ENABLED', 'NO', REAL + name], { encoding: 'utf8' }) // prettier-ignore
      const mean = Number(/STATISTICS_MEAN=(\S+)/.exec(said)?.[1])
      withFileSource({ name, path: Buffer.from(REAL + name), size: 0 }, (source) => {
        const band = openGeoTiff(source, name).band(1, UTM_50)
        const { width, height } = band.grid
        const strip = stripOf(width * height)
        band.read({ col: 0, row: 0, width, height }, strip)
        const count = strip.states.filter((s) => s === VALID).length
        const sum = strip.values.reduce((a, v) => a + v, 0)
        expect(sum / count / mean).toBeCloseTo(1, 9)
      })
    }
  })
})

const ZSTD =
  'SUkqAAgAAAAOAAABAwABAAAAKAAAAAEBAwABAAAAHgAAAAIBAwABAAAAEAAAAAMBAwABAAAAUMMAAAYBAwABAAAAAQAAABEBBAABAAAA/gAAABUBAwABAAAAAQAAABYBAwABAAAAHgAAABcBBAABAAAAkwAAABwBAwABAAAAAQAAAD0BAwABAAAAAgAAAFMBAwABAAAAAQAAAA6DDAADAAAAtgAAAIKEDAAGAAAAzgAAAAAAAAAAAAAAAAA+QAAAAAAAAD5AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgIQeQQAAAABQLUlBAAAAAAAAAAAotS/9AGBVBACEBQAABywBBwBYAgcAhAMHALAEBwDcBQcACAcHADQIBwBgCQcAjAoHALgLBwDkDAcAEA4HADwPBwBoEAcAlBEHAMASBwB/7GQAB5C86BQFQAZsmMTwHAxIDXQfqBBAZj7QY2E3EP5PhP9PBD7MYufZTGaxMzOYp0rWCGICm/OUk5QpJ2lKmeha2zQ='
