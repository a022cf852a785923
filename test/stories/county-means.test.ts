// A provincial institute asks for the mean productivity and rain of its 210 counties on a 10 km grid, under both rules, and
// opens the table in a spreadsheet. The data are real and stand beside the project; without them there is nothing to tell.
// Expected: means by an independent computation with GDAL and GEOS; mean rain of the provinces as the data's own notes say.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from './command.ts'

const DATA = '../shared/data/hunan-guizhou'
const GRIDS = ['npp_gC_m2_yr.tif', 'precip_mm_yr.tif'] as const
const folder = mkdtempSync(join(tmpdir(), 'county-means-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Row = Readonly<Record<string, string>>

async function table(rule: 'center' | 'exact'): Promise<{ readonly text: string; readonly rows: readonly Row[] }> {
  const csv = join(folder, `${rule}.csv`)
  const rasters = GRIDS.map((g) => `${DATA}/${g}`)
  const words = ['--zones', `${DATA}/counties.geojson`, '--id', 'adcode', '--raster', ...rasters, '--rule', rule]
  const ran = await run(['raster', 'zonal', ...words, '--csv', csv])
  expect(ran).toMatchObject({ code: 0 })
  const [head, ...lines] = readFileSync(csv, 'utf8').replace('\ufeff', '').trim().split('\r\n')
  const names = head!.split(',')
  const rows = lines.map((l) => Object.fromEntries(l.split(',').map((cell, i) => [names[i]!, cell])))
  return { text: ran.out, rows }
}
const mean = (rows: readonly Row[], id: string, raster: string): number =>
  Number(rows.find((r) => r['id'] === id && r['raster'] === raster)!['mean'])
/** Over all pixels of a province: by the first two digits of the code. */
function provincial(rows: readonly Row[], raster: string, province: string): number {
  const own = rows.filter((r) => r['raster'] === raster && r['id']!.startsWith(province) && r['count'] !== '')
  const add = (field: string): number => own.reduce((sum, r) => sum + Number(r[field]), 0)
  return add('sum') / add('count')
}

/** County → NPP (gC/m²) and rain (mm), by pixel centre and by covered area. */
const KNOWN = {
  '430102': { center: [268.1333313, 1472.59216309], exact: [332.79966728, 1476.56847718] },
  '430426': { center: [516.19411122, 1333.12956099], exact: [514.36295091, 1331.75211965] },
  '431229': { center: [586.20749034, 1368.43614661], exact: [587.94189722, 1367.60758073] },
} as const

describe.skipIf(!existsSync(DATA))('Counties of Hunan and Guizhou (where the data are)', () => {
  it.each(['center', 'exact'] as const)('have their means in one table under the rule %s', async (rule) => {
    const { text, rows } = await table(rule)
    expect(rows).toHaveLength(420)
    for (const [id, known] of Object.entries(KNOWN))
      GRIDS.forEach((g, i) =>
        expect(Math.abs(mean(rows, id, g) / known[rule][i]! - 1), `${id} ${g}`).toBeLessThan(1e-5),
      )
    expect(Math.round(provincial(rows, GRIDS[1], '43') / 10)).toBe(146)
    expect(Math.round(provincial(rows, GRIDS[1], '52') / 10)).toBe(121)
    const empty = rows.filter((r) => r['mean'] === '').map((r) => r['id'])
    // A county of 212 km² between the centres of pixels of 100 km²: empty by centre and said so, a number by area.
    expect([...new Set(empty)]).toEqual(rule === 'center' ? ['430503'] : [])
    if (rule === 'center') expect(text).toContain('1 个分区没有像元中心，留空')
    else expect(mean(rows, '430503', GRIDS[0])).toBeCloseTo(501.079, 2)
  })

  it('have the same table again when the command is run again', async () => {
    const before = (await table('exact')).rows
    expect((await table('exact')).rows).toEqual(before)
  })
})
