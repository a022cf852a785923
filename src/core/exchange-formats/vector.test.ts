import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { geoPackage } from './geopackage.fixture.ts'
import { dbf, shp, type Dimension } from './shapefile.fixture.ts'
import { columnsOf } from './sqlite-file.ts'
import type { VectorGeometry, VectorLayer } from './vector-layer.ts'
import { polygonsOfLayer, readVector, vectorInFolder, vectorLayers, type VectorSource } from './vector.ts'
import { writeZip } from './zip.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
/** 康定 and 县 in GBK. */
const GBK: Readonly<Record<string, readonly number[]>> = { 康: [0xbf, 0xb5], 定: [0xb6, 0xa8], 县: [0xcf, 0xd8] }
const gbk = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((c) => GBK[c] ?? [c.charCodeAt(0)]))
const WGS =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'

const folder = (files: Readonly<Record<string, Uint8Array>>, open: string): VectorSource => ({
  name: open,
  bytes: files[open]!,
  beside: (base) => {
    const name = Object.keys(files).find((n) => n.toLowerCase() === base.toLowerCase())
    return name === undefined ? undefined : { name, bytes: files[name]! }
  },
})
const codesOf = (read: () => unknown): readonly string[] => {
  try {
    read()
    return []
  } catch (e) {
    if (e instanceof ProblemError) return e.problems.map((p) => p.code)
    throw e
  }
}
const told = (layer: VectorLayer): readonly string[] => layer.problems.map((p) => p.code)

const square = (x: number, y: number, side: number): number[][] => [[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]] // prettier-ignore
const hole = (x: number, y: number, side: number): number[][] => [...square(x, y, side)].reverse()
const polygon = (...rings: number[][][]): VectorGeometry => ({ kind: 'polygon', polygons: [rings] })
const NAME = { name: 'NAME', type: 'C', length: 10 } as const

function shapefile(
  shapes: readonly (VectorGeometry | undefined)[],
  more: Readonly<Record<string, Uint8Array>> = {},
  dimension: Dimension = 'xy',
): VectorSource {
  const written = shp(shapes, dimension)
  const table = dbf(
    [NAME],
    shapes.map((_, i) => [`r${i}`]),
  )
  return folder({ 'a.shp': written.shp, 'A.SHX': written.shx, 'a.DBF': table, 'a.prj': latin(WGS), ...more }, 'a.shp')
}

describe('a shapefile', () => {
  it('gives shapes, attributes and coordinate system, with companions of any case', () => {
    const layer = readVector(shapefile([polygon(square(0, 0, 4)), undefined, { kind: 'point', points: [[1, 2]] }]))
    expect(layer).toMatchObject({ name: 'a', crs: { wkt: WGS, stated: true }, problems: [] })
    expect(layer.features).toEqual([
      { properties: { NAME: 'r0' }, geometry: polygon(square(0, 0, 4)) },
      { properties: { NAME: 'r1' }, geometry: undefined },
      { properties: { NAME: 'r2' }, geometry: { kind: 'point', points: [[1, 2]] } },
    ])
  })

  it('gives a hole to the smallest ring around it, and a lake island is a polygon of its own', () => {
    const rings = [hole(3, 3, 1), square(0, 0, 10), hole(2, 2, 6), square(2.5, 2.5, 3), square(20, 0, 2)]
    const layer = readVector(shapefile([{ kind: 'polygon', polygons: [rings] }]))
    expect(layer.features[0]!.geometry).toEqual({
      kind: 'polygon',
      polygons: [[rings[1], rings[2]], [rings[3], rings[0]], [rings[4]]],
    })
    expect(told(layer)).toEqual([])
  })

  it('takes rings all turned the wrong way by their nesting, and tells a hole without a home', () => {
    const turned = [hole(0, 0, 10), hole(2, 2, 6)]
    const astray = [square(0, 0, 10), hole(50, 50, 6)]
    const layer = readVector(shapefile([polygon(...turned), polygon(...astray)]))
    expect(layer.features.map((f) => f.geometry)).toEqual([
      polygon(...turned),
      { kind: 'polygon', polygons: [[astray[0]], [astray[1]]] },
    ])
    expect(told(layer)).toEqual(['vector.hole-outside'])
  })

  const shape = fc.oneof(
    fc.record({ kind: fc.constant('point' as const), points: fc.array(fc.tuple(fc.integer({ min: -180, max: 180 }), fc.double({ min: -90, max: 90, noNaN: true })), { minLength: 1, maxLength: 4 }) }), // prettier-ignore
    fc.record({ kind: fc.constant('line' as const), lines: fc.array(fc.array(fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -90, max: 90 })), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }) }), // prettier-ignore
    fc.integer({ min: 0, max: 5 }).map((n) => ({
      kind: 'polygon' as const,
      polygons: Array.from({ length: n + 1 }, (_, k) =>
        k % 2 === 0 ? [square(k * 20, 0, 10)] : [square(k * 20, 0, 10), hole(k * 20 + 2, 2, 3)],
      ),
    })),
    fc.constant(undefined),
  )

  it('read is what was written, with or without Z, M and an index', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { maxLength: 8 }),
        fc.constantFrom<Dimension>('xy', 'z', 'm'),
        fc.boolean(),
        (shapes, d, index) => {
          const source = shapefile(shapes, index ? {} : { 'A.SHX': new Uint8Array(3) }, d)
          const layer = readVector(source)
          expect(layer.features.map((f) => f.geometry)).toEqual(shapes)
          expect(told(layer)).toEqual(index ? [] : ['vector.shx-ignored'])
        },
      ),
    )
  })

  it('cut off anywhere or with any byte changed is a layer or a problem', () => {
    const whole = { ...shp([polygon(square(0, 0, 4), hole(1, 1, 1)), undefined, polygon(square(9, 9, 1))]) }
    const files = {
      'a.shp': whole.shp,
      'a.shx': whole.shx,
      'a.dbf': dbf([NAME], [['a'], ['b'], ['c']]),
      'a.prj': latin(WGS),
    } as const
    const which = fc.constantFrom<keyof typeof files>('a.shp', 'a.shx', 'a.dbf', 'a.prj')
    fc.assert(
      fc.property(
        which,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        fc.nat(255),
        (name, where, cut, byte) => {
          const bytes = files[name]
          const at = Math.floor(where * bytes.length)
          const broken = cut ? bytes.slice(0, at) : bytes.with(Math.min(at, bytes.length - 1), byte)
          codesOf(() => readVector(folder({ ...files, [name]: broken }, 'a.shp')))
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each<[string, () => VectorSource, string]>([
    ['cut off', () => { const s = shp([polygon(square(0, 0, 1))]); return folder({ 'a.shp': s.shp.slice(0, -8) }, 'a.shp') }, 'vector.shp-truncated'], // prettier-ignore
    ['with fewer rows than shapes', () => shapefile([undefined, undefined], { 'a.DBF': dbf([NAME], [['x']]) }), 'vector.counts-differ'], // prettier-ignore
    ['with a table cut off', () => shapefile([undefined], { 'a.DBF': dbf([NAME], [['x']]).slice(0, -6) }), 'vector.dbf-damaged'], // prettier-ignore
    ['with an open ring', () => shapefile([polygon(square(0, 0, 1).slice(0, 4))]), 'vector.open-ring'],
    [
      'with an infinite coordinate',
      () => shapefile([{ kind: 'point', points: [[Infinity, 1]] }]),
      'vector.bad-coordinate',
    ],
    ['in metres that says degrees', () => shapefile([{ kind: 'point', points: [[500000, 1]] }]), 'vector.out-of-range'],
    ['opened by its table', () => folder({ 'a.dbf': dbf([NAME], []) }, 'a.dbf'), 'vector.format-unknown'],
    ['that is something else', () => folder({ 'a.shp': latin('hello') }, 'a.shp'), 'vector.format-unknown'],
  ])('%s is refused', (_, source, code) => {
    expect(codesOf(() => readVector(source()))).toEqual([code])
  })

  it('alone is read, and what is missing is told', () => {
    const layer = readVector(folder({ 'a.shp': shp([polygon(square(0, 0, 1))]).shp }, 'a.shp'))
    expect(told(layer)).toEqual(['vector.dbf-missing', 'vector.prj-missing'])
    expect(layer.crs).toEqual({ stated: false })
  })
})

describe('the attributes of a shapefile', () => {
  const read = (table: Uint8Array, more: Readonly<Record<string, Uint8Array>> = {}): VectorLayer =>
    readVector(shapefile([undefined], { 'a.DBF': table, ...more }))

  it('are texts, numbers, dates and logicals; long whole numbers keep their digits', () => {
    const columns = [NAME, { name: 'N', type: 'N', length: 19 }, { name: 'D', type: 'D', length: 8 }, { name: 'L', type: 'L', length: 1 }, { name: 'E', type: 'N', length: 4 }, { name: 'M', type: 'M', length: 10 }] as const // prettier-ignore
    const layer = read(dbf(columns, [['x ', '1234567890123456789', '20240229', 'y', '****', '7']]))
    expect(layer.features[0]!.properties).toEqual({
      NAME: 'x', N: '1234567890123456789', D: '2024-02-29', L: true, E: null, M: null,
    }) // prettier-ignore
    expect(told(layer)).toEqual(['vector.fields-not-read'])
    expect(read(dbf([{ name: 'N', type: 'N', length: 9 }], [['-12.5e1']])).features[0]!.properties).toEqual({ N: -125 })
  })

  it.each<[string, Uint8Array, Readonly<Record<string, Uint8Array>>, readonly string[]]>([
    ['GBK by its bytes', dbf([NAME], [['康定县']], { encode: gbk }), {}, []],
    ['GBK by the language byte', dbf([NAME], [['康定县']], { encode: gbk, language: 0x4d }), {}, []],
    ['GBK by the .cpg', dbf([NAME], [['康定县']], { encode: gbk }), { 'a.CPG': latin('936') }, []],
    ['UTF-8 by its bytes', dbf([NAME], [['康定县']]), {}, []],
    ['UTF-8 against a wrong language byte', dbf([NAME], [['康定县']], { language: 0x78 }), {}, []],
    ['UTF-8 by the .cpg', dbf([NAME], [['康定县']]), { 'a.cpg': latin('UTF-8\r\n') }, []],
    ['an unknown .cpg', dbf([NAME], [['康定县']]), { 'a.cpg': latin('martian') }, ['vector.encoding-unknown']],
  ])('in %s are read', (_, table, more, problems) => {
    const layer = read(table, more)
    expect(layer.features[0]!.properties).toEqual({ NAME: '康定县' })
    expect(told(layer)).toEqual(problems)
  })

  it('lose a character that the width of the field cut in two, and tell characters that cannot be read', () => {
    const cut = read(dbf([{ name: 'A', type: 'C', length: 8 }], [['康定县']]))
    expect([cut.features[0]!.properties, told(cut)]).toEqual([{ A: '康定' }, []])
    const wrong = read(dbf([NAME], [['康定县x']], { encode: gbk }), { 'a.cpg': latin('UTF-8') })
    expect(told(wrong)).toEqual(['vector.characters-replaced'])
  })

  it('of a deleted row go with its shape', () => {
    const table = dbf([NAME], [['a'], ['b']], { deleted: new Set([0]) })
    const layer = readVector(shapefile([undefined, undefined], { 'a.DBF': table }))
    expect(layer.features.map((f) => f.properties)).toEqual([{ NAME: 'b' }])
  })

  it('of one name are the first', () => {
    const layer = read(dbf([NAME, NAME], [['a', 'b']]))
    expect([layer.features[0]!.properties, told(layer)]).toEqual([{ NAME: 'a' }, ['vector.field-twice']])
  })
})

describe('a GeoPackage', () => {
  const source = (bytes = geoPackage()): VectorSource => ({ name: 'b.gpkg', bytes })

  it('asks for a layer where it holds several', () => {
    expect(vectorLayers(source())).toEqual(['县界', '站点', 'rivers'])
    expect(codesOf(() => readVector(source()))).toEqual(['vector.which-layer'])
    expect(codesOf(() => readVector(source(), { layer: '乡界' }))).toEqual(['vector.layer-missing'])
  })

  it('gives polygons over inner pages and overflow pages, with attributes of every width', () => {
    const layer = readVector(source(), { layer: '县界' })
    expect(layer.crs).toMatchObject({ epsg: 4490, stated: true })
    expect(layer.features).toHaveLength(40)
    expect(layer.features.map((f) => f.properties['代码'])).toEqual(
      Array.from({ length: 40 }, (_, i) => `4331${String(i).padStart(2, '0')}`),
    )
    expect(layer.features.slice(0, 9).map((f) => f.properties['序号'])).toEqual([
      7,
      300,
      70000,
      null,
      '9007199254740993',
      -1,
      -40000,
      0,
      1,
    ])
    expect(layer.features[2]!.properties).toEqual({ fid: 3, 代码: '433102', 面积: 2.5, 序号: 70000 })
    expect(layer.features[7]!.geometry).toBeUndefined()
    const shapes = layer.features.map((f) => (f.geometry?.kind === 'polygon' ? f.geometry.polygons[0]! : []))
    expect(shapes[6]!.map((ring) => ring.length)).toEqual([4, 4])
    expect(shapes[5]![0]).toHaveLength(121)
    expect(shapes[9]![0]![1]).toEqual([110.1 + 0.08, 28.1])
  })

  it('drops Z and M, takes an empty point for none, and tells the kinds it does not read', () => {
    const points = readVector(source(), { layer: '站点' })
    expect(points.crs.epsg).toBe(32649)
    expect(points.features.map((f) => f.geometry)).toEqual([{ kind: 'point', points: [[300000, 3000000]] }, undefined])
    expect(codesOf(() => polygonsOfLayer(points, {}))).toEqual(['vector.no-polygons'])
    const lines = readVector(source(), { layer: 'rivers' })
    expect(lines.crs).toEqual({ stated: false })
    expect(lines.features.map((f) => f.geometry?.kind)).toEqual(['line', 'line', undefined, undefined, 'polygon'])
    expect(lines.features[1]!.geometry).toEqual({ kind: 'line', lines: [[[1, 2], [4, 5]], [[7, 8], [1, 1]]] }) // prettier-ignore
    expect(lines.problems).toMatchObject([
      { code: 'vector.geometry-not-read', values: { count: 2, first: 3, kind: 'GeometryCollection、CircularString' } },
    ])
    expect(lines.features[0]!.properties['note']).toBe('长'.repeat(150))
  })

  it('with changes not yet written back is refused', () => {
    const wal = folder({ 'b.gpkg': geoPackage(), 'b.gpkg-wal': latin('x') }, 'b.gpkg')
    expect(codesOf(() => readVector(wal, { layer: '县界' }))).toEqual(['vector.wal'])
  })

  it('that is encrypted, cut off or another database is refused', () => {
    const bytes = geoPackage()
    expect(codesOf(() => readVector(source(bytes.map((b) => b ^ 0x5a))))).toEqual(['vector.not-sqlite'])
    expect(codesOf(() => readVector(source(bytes.slice(0, -600))))).toEqual(['vector.sqlite-damaged'])
    const text = Buffer.from(bytes).toString('latin1').replaceAll('gpkg_contents', 'gpkg_kontents')
    expect(codesOf(() => readVector(source(latin(text))))).toEqual(['vector.not-geopackage'])
  })

  it('with any bytes changed is layers or a problem', () => {
    const bytes = geoPackage()
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.nat(bytes.length), (changes, cut) => {
        const broken = Uint8Array.from(bytes)
        for (const [at, byte] of changes) broken[at] = byte
        const kept = cut % 4 === 0 ? broken.subarray(0, cut) : broken
        codesOf(() => {
          for (const layer of vectorLayers(source(kept))) codesOf(() => readVector(source(kept), { layer }))
        })
      }),
      { numRuns: 150 },
    )
  })

  it.each<[string, readonly string[], readonly boolean[]]>([
    [
      'CREATE TABLE t (a INTEGER PRIMARY KEY, "b ""c" TEXT DEFAULT (1, 2), [d e] REAL)',
      ['a', 'b "c', 'd e'],
      [true, false, false],
    ],
    [
      'CREATE TABLE t (a INT PRIMARY KEY, b INTEGER, -- no, comma\n CONSTRAINT k PRIMARY KEY (b))',
      ['a', 'b'],
      [false, true],
    ],
    ['CREATE TABLE "x(" (a, b AS (a + 1), c AS (a) STORED, UNIQUE (a, c))', ['a', 'c'], [false, false]],
    ['CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))', ['a', 'b'], [false, false]],
  ])('has the columns that %s stores', (sql, names, ids) => {
    expect(columnsOf(sql)).toEqual(names.map((name, k) => ({ name, isRowId: ids[k]! })))
  })
})

describe('a GeoJSON layer', () => {
  const json = (value: unknown): VectorSource => ({ name: 'c.geojson', bytes: utf8(JSON.stringify(value)) })
  const feature = (type: string, coordinates: unknown): unknown => ({ type: 'Feature', properties: { a: 1 }, geometry: { type, coordinates } }) // prettier-ignore

  it('holds points, lines and polygons', () => {
    const features = [feature('Point', [1, 2]), feature('MultiPoint', [[1, 2, 9]]), feature('LineString', [[1, 2], [3, 4]]), feature('MultiLineString', [[[1, 2]]]), feature('Polygon', [square(0, 0, 1)]), { type: 'Feature', geometry: null }, feature('Circle', [1])] // prettier-ignore
    const layer = readVector(json({ type: 'FeatureCollection', features }))
    expect(layer.features.map((f) => f.geometry?.kind)).toEqual(['point', 'point', 'line', 'line', 'polygon', undefined, undefined]) // prettier-ignore
    expect(layer.crs).toEqual({ epsg: 4326, stated: false })
    expect(told(layer)).toEqual(['vector.geometry-not-read'])
    expect(polygonsOfLayer(layer, {})).toMatchObject({
      features: [{ number: 5 }],
      problems: [{ code: 'vector.skipped' }],
    })
  })

  it.each(['Point', 'LineString'])('with a text for a coordinate of a %s is refused', (type) => {
    expect(codesOf(() => readVector(json(feature(type, type === 'Point' ? ['1', 2] : [['1', 2]]))))).toEqual([
      'geojson.bad-coordinate',
    ])
  })
})

describe('a zip', () => {
  const parts = shp([polygon(square(0, 0, 1))])
  const inside = (dir: string, stem: string): readonly [string, Uint8Array][] => [
    [`${dir}${stem}.SHP`, parts.shp],
    [`${dir}${stem}.shx`, parts.shx],
    [`${dir}${stem}.Dbf`, dbf([NAME], [[stem]])],
    [`${dir}${stem}.prj`, latin(WGS)],
  ]
  const zip = (entries: readonly (readonly [string, Uint8Array])[]): VectorSource => ({
    name: 'd.zip',
    bytes: writeZip(new Map(entries)),
  })

  it('holds a shapefile with its companions', () => {
    const layer = readVector(zip([...inside('县/', 'b'), ['__MACOSX/县/._b.shp', latin('x')]]))
    expect([layer.name, layer.features[0]!.properties, layer.crs.stated, told(layer)]).toEqual([
      'b',
      { NAME: 'b' },
      true,
      [],
    ])
  })

  it('asks for a layer where it holds several', () => {
    const source = zip([...inside('', 'a'), ...inside('', 'b'), ['g.gpkg', geoPackage()]])
    expect(vectorLayers(source)).toEqual(['a', 'b', '县界', '站点', 'rivers'])
    expect(readVector(source, { layer: 'B' }).features[0]!.properties).toEqual({ NAME: 'b' })
    expect(readVector(source, { layer: '县界' }).features).toHaveLength(40)
  })

  it('in a zip is not opened, and one without a layer is refused', () => {
    expect(codesOf(() => readVector(zip([['a.shp', zip(inside('', 'a')).bytes]])))).toEqual(['vector.format-unknown'])
    expect(codesOf(() => readVector(zip([['a.txt', latin('x')]])))).toEqual(['vector.no-layer'])
  })
})

describe('real files', () => {
  const shared = join(import.meta.dirname, '../../../../shared')
  const files = ['data/youwuzhen/outlet.shp', 'data/sao-miguel/concelhos.gpkg', 'data/zion/zion.gpkg', 'data/zion/zion_points.gpkg', 'oracle-small/inputs/counties.gpkg', 'oracle-small/inputs/watersheds.gpkg', 'oracle-small/inputs/province.gpkg'] // prettier-ignore
  const gdal = spawnSync('ogr2ogr', ['--version']).status === 0
  const work = mkdtempSync(join(tmpdir(), 'qingshan-vector-'))
  afterAll(() => rmSync(work, { recursive: true }))

  /** What ogr2ogr makes of a layer, unrounded and in the coordinates of the file. */
  const byGdal = (path: string, layer: string): VectorLayer => {
    const out = join(work, `${readdirSync(work).length}.geojson`)
    const run = spawnSync('ogr2ogr', ['-f', 'GeoJSON', '-a_srs', 'EPSG:32649', '-lco', 'COORDINATE_PRECISION=17', '-lco', 'SIGNIFICANT_FIGURES=17', '-dim', 'XY', out, path, layer], { encoding: 'utf8' }) // prettier-ignore
    expect(run.status, run.stderr).toBe(0)
    return readVector(vectorInFolder(work, out.slice(work.length + 1)))
  }
  const geometries = (layer: VectorLayer): readonly unknown[] => layer.features.map((f) => f.geometry)

  for (const file of files)
    it.skipIf(!gdal || !existsSync(join(shared, file)))(
      `${file} reads as ogr2ogr reads it (needs GDAL and the shared data)`,
      () => {
        const path = join(shared, file)
        const source = vectorInFolder(shared, file)
        for (const layer of vectorLayers(source)) {
          const [ours, theirs] = [readVector(source, { layer }), byGdal(path, layer)]
          expect(geometries(ours)).toEqual(geometries(theirs))
          const { fid: _, ...first } = ours.features[0]!.properties
          expect(first).toEqual(theirs.features[0]!.properties)
          expect(ours.crs.stated).toBe(true)
        }
      },
    )

  it.skipIf(!gdal)('GDAL writes shapefiles that read as what they were made of (needs GDAL)', () => {
    writeFileSync(join(work, 'b.gpkg'), geoPackage())
    for (const encoding of ['UTF-8', 'CP936']) {
      const dir = join(work, encoding)
      const run = spawnSync('ogr2ogr', ['-f', 'ESRI Shapefile', '-lco', `ENCODING=${encoding}`, dir, join(work, 'b.gpkg'), '县界'], { encoding: 'utf8' }) // prettier-ignore
      expect(run.status, run.stderr).toBe(0)
      const layer = readVector(vectorInFolder(dir, '县界.shp'))
      const made = readVector({ name: 'b.gpkg', bytes: geoPackage() }, { layer: '县界' })
      expect(layer.features.map((f) => f.properties['代码'])).toEqual(made.features.map((f) => f.properties['代码']))
      expect(layer.features.map((f) => f.geometry?.kind)).toEqual(made.features.map((f) => f.geometry?.kind))
      const positions = (l: VectorLayer): readonly number[] =>
        l.features.map((f) => (f.geometry?.kind === 'polygon' ? f.geometry.polygons.flat().flat().length : 0))
      expect(positions(layer)).toEqual(positions(made))
    }
  })
})
