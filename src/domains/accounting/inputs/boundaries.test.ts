// Boundaries of an account as the land office sends them: shapefiles, GeoPackages, archives.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { geoPackage } from '../../../core/exchange-formats/geopackage.fixture.ts'
import { dbf, shp } from '../../../core/exchange-formats/shapefile.fixture.ts'
import { writeZip } from '../../../core/exchange-formats/index.ts'
import type { InputList } from '../input-list.ts'
import { proposeList, type Proposal } from './propose.ts'
import { readFacts, type ReadFacts } from './read-facts.ts'
import { ECOSYSTEM_TYPES, workbook } from './workbook.fixture.ts'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'boundaries-'))))
afterEach(() => rm(folder, { recursive: true }))

const PRJ = 'PROJCS["CGCS2000_3_Degree_GK_Zone_37",GEOGCS["GCS_CGCS_2000"]]'
const ring = (k: number): number[][] => [
  [500000 + k * 100, 3100000],
  [500000 + k * 100, 3100100],
  [500100 + k * 100, 3100100],
  [500000 + k * 100, 3100000],
]
const CODES = ['433101', '433122', '433123']

/** Names as a Windows program leaves them: the extension in capitals here and there. */
function shapefile(): ReadonlyMap<string, Uint8Array> {
  const shapes = CODES.map((_, k) => ({ kind: 'polygon' as const, polygons: [[ring(k)]] }))
  const columns = [{ name: 'XZQDM', type: 'C', length: 12 }, { name: 'AREA', type: 'N', length: 8 }] as const // prettier-ignore
  const written = shp(shapes)
  return new Map([
    ['县界.shp', written.shp],
    ['县界.shx', written.shx],
    ['县界.DBF', dbf(columns, CODES.map((c, k) => [c, String(k)]))], // prettier-ignore
    ['县界.prj', new TextEncoder().encode(PRJ)],
    ['县界.Cpg', new TextEncoder().encode('UTF-8')],
  ])
}
const save = async (files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes)
}
const read = (boundaries: InputList['boundaries']): ReadFacts => {
  const list: InputList = {
    qingshan: 'account/1',
    title: { zh: '甲州', en: 'A' },
    year: 2022,
    priceYear: 2022,
    set: '481-2022',
    status: 'trial',
    region: { code: '433100', name: { zh: '甲州', en: 'A' } },
    regions: { file: 'r.xlsx', code: '代码', name: '名称' },
    arguments: [],
    ...(boundaries ? { boundaries } : {}),
  }
  return readFacts(folder, list, { classification: ECOSYSTEM_TYPES })
}
const regions = async (): Promise<void> =>
  writeFile(
    join(folder, 'r.xlsx'),
    await workbook({ 地区: [['代码', '名称'], ...CODES.map((c, k) => [c, `第${'一二三'[k]!}县`])] }),
  )
const proposal = (): Proposal => proposeList(folder, { classification: ECOSYSTEM_TYPES })

describe('boundaries of an account', () => {
  it('are read from a shapefile, and every file used is a source with its hash', async () => {
    await regions()
    await save(shapefile())
    const r = read({ file: '县界.shp', code: 'XZQDM' })
    expect(r.problems).toEqual([])
    expect(r.boundaries).toEqual(CODES.map((region, k) => ({ region, polygons: [[ring(k)]] })))
    expect(r.boundaryCrs).toEqual({ wkt: PRJ, stated: true })
    expect(r.sources.map((s) => s.file)).toEqual(['r.xlsx', '县界.Cpg', '县界.DBF', '县界.prj', '县界.shp', '县界.shx'])
    expect(r.sources.every((s) => /^[0-9a-f]{64}$/.test(s.sha256) && s.bytes > 0)).toBe(true)
  })

  it('without a .prj are in what the list declares', async () => {
    await regions()
    const files = new Map(shapefile())
    files.delete('县界.prj')
    await save(files)
    expect(read({ file: '县界.shp', code: 'XZQDM' }).problems.map((p) => p.code)).toEqual(['vector.prj-missing'])
    const told = read({ file: '县界.shp', code: 'XZQDM', datum: 'CGCS2000' })
    expect([told.problems, told.boundaryCrs]).toEqual([[], { stated: false, datum: 'CGCS2000' }])
  })

  it('are read from a zip and from a layer of a GeoPackage', async () => {
    await regions()
    await save(new Map([['a.zip', writeZip(shapefile())], ['b.gpkg', geoPackage()]])) // prettier-ignore
    expect(read({ file: 'a.zip', code: 'XZQDM' }).boundaries).toHaveLength(3)
    const packed = read({ file: 'b.gpkg', layer: '县界', code: '代码' })
    expect(packed.boundaries.map((b) => b.region)).toEqual(['433100', ...CODES])
    expect(packed.boundaryCrs).toMatchObject({ epsg: 4490, stated: true })
    expect(read({ file: 'b.gpkg', code: '代码' }).problems.map((p) => p.code)).toEqual(['vector.which-layer'])
  })

  it('with a code attribute that is not there are refused once, by name', async () => {
    await regions()
    await save(shapefile())
    expect(read({ file: '县界.shp', code: 'PAC' }).problems).toMatchObject([
      { code: 'vector.field-missing', values: { field: 'PAC', fields: 'XZQDM、AREA' } },
    ])
  })
})

describe('a proposed list', () => {
  it('finds the boundaries in a shapefile and leaves its companions alone', async () => {
    await regions()
    await save(shapefile())
    const p = proposal()
    expect(p.list.boundaries).toEqual({ file: '县界.shp', code: 'XZQDM' })
    expect([p.problems, p.unplaced]).toEqual([[], []])
  })

  it('finds the layer of a GeoPackage, and an archive of something else is no fault', async () => {
    await regions()
    await save(new Map([['b.gpkg', geoPackage()], ['c.zip', writeZip(new Map([['readme.txt', new Uint8Array(1)]]))]])) // prettier-ignore
    const p = proposal()
    expect(p.list.boundaries).toEqual({ file: 'b.gpkg', layer: '县界', code: '代码', datum: 'EPSG:4490' })
    expect(p.problems).toEqual([])
    expect(p.unplaced.map((u) => u.file)).toEqual(['c.zip'])
  })
})
