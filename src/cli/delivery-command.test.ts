// Sediment and nutrient delivery as a person runs them: the county tables of the peer on the small region, both forms,
// maps on request, and what is told where a map or the class table is wrong.

import { Command } from 'commander'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../kernel/index.ts'
import { parseDelimited } from '../core/exchange-formats/index.ts'
import { crsFromEpsg, memoryBand, openRaster, surfaceOf, writeGeoTiff, type Grid } from '../raster/index.ts'
import { addDeliveryCommands } from './delivery-command.ts'

const INPUTS = 'test/fixtures/oracle-small/inputs/'
const TABLE = readFileSync(`${INPUTS}biophysical.csv`, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'delivery-'))
afterAll(() => rmSync(folder, { recursive: true }))

// One program for all tests: the rules are read once.
const said: string[] = []
const program = new Command().exitOverride()
addDeliveryCommands(program, { out: (s) => said.push(s) })

type Line = Readonly<Record<string, string>>

async function run(model: string, changed: Readonly<Record<string, string>> = {}, ...more: readonly string[]) {
  const csv = join(folder, 'out.csv')
  const options = {
    dem: `${INPUTS}dem.tif`,
    landcover: `${INPUTS}lulc.tif`,
    table: `${INPUTS}biophysical.csv`,
    zones: `${INPUTS}counties.gpkg`,
    id: 'ws_id',
    csv,
    ...(model === 'sediment'
      ? { erosivity: `${INPUTS}r.tif`, erodibility: `${INPUTS}k.tif` }
      : { runoff: `${INPUTS}precip.tif` }),
    ...changed,
  }
  said.length = 0
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  await program.parseAsync([model, ...words, ...more], { from: 'user' })
  const [head, ...rows] = [...parseDelimited(readFileSync(csv, 'utf8').replace('\ufeff', ''), ',')].map((r) => r.fields)
  const lines = rows.map((row): Line => Object.fromEntries(head!.map((name, i) => [name, row[i]!])))
  return { said: said.join('\n'), lines }
}
const problemsOf = async (work: Promise<unknown>): Promise<readonly Problem[]> => {
  const error: unknown = await work.catch((e: unknown) => e)
  if (!(error instanceof ProblemError)) throw error
  return error.problems
}
const codes = async (work: Promise<unknown>) => (await problemsOf(work)).map((p) => p.code)
const total = (lines: readonly Line[], column: string) => lines.reduce((sum, l) => sum + Number(l[column]), 0)

const expected = (
  JSON.parse(readFileSync('test/fixtures/oracle-small/expected.json', 'utf8')) as {
    readonly models: Readonly<
      Record<string, { readonly zones: Readonly<Record<string, readonly Record<string, number>[]>> }>
    >
  }
).models
const county = (model: string, file: string, field: string, line: Line) =>
  expected[model]!.zones[file]!.find((z) => String(z['ws_id']) === line['id'])![field]!

/** A changed class table, as a file. */
function table(change: (text: string) => string): string {
  const path = join(folder, 'table.csv')
  writeFileSync(path, change(TABLE))
  return path
}

/** A changed raster on its own grid, or on another. */
function raster(of: string, change: (value: number, i: number) => number, grid?: (of: Grid) => Grid): string {
  const path = join(folder, `changed-${of}`)
  const source = openRaster(INPUTS + of)
  const { values, states } = surfaceOf(source.band(1))
  const own = grid ? grid(source.grid) : source.grid
  source.close()
  const read = memoryBand(own, Float64Array.from(values, change), states)
  writeGeoTiff({ grid: own, read, type: 'float64', nodata: -9999, compression: 'deflate', overviews: false }, path)
  return path
}

describe('qingshan raster sediment', () => {
  it('gives the county table of the peer to 1e-6, its form, rule and settings on each line', async () => {
    const { said, lines } = await run('sediment')
    expect(lines.map((l) => l['id'])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    for (const line of lines) {
      for (const [mine, field] of [
        ['usle_t', 'usle_tot'],
        ['export_t', 'sed_export'],
        ['deposition_t', 'sed_dep'],
        ['avoided_export_t', 'avoid_exp'],
        ['avoided_erosion_t', 'avoid_eros'],
      ] as const) {
        const peer = county('sdr_D8', 'watershed_results_sdr.shp', field, line)
        expect(Math.abs(Number(line[mine]) / peer - 1), `${mine} of ${line['id']}`).toBeLessThan(1e-6)
      }
      expect(line['form']).toBe('invest-3.20.1')
      expect(line['ls']).toBe('invest-3.20.1')
      expect(line['settings']).toBe('threshold=200 k=2 ic0=0.5 sdr-max=0.8')
      expect(Number(line['rkls_t'])).toBeCloseTo(Number(line['usle_t']) + Number(line['avoided_erosion_t']), 4)
      expect(Number(line['usle_t_hm2'])).toBeCloseTo(Number(line['usle_t']) / Number(line['area_hm2']), 9)
    }
    expect(total(lines, 'pixels')).toBe(23807)
    expect(total(lines, 'export_t')).toBeCloseTo(5906.66, 1)
    expect(said).toContain('1/(C·S)')
    expect(said).toMatch(/gep\.r2\.ls-invest-3-20-1@[0-9a-f]{12}/)
    expect(said).toContain('r.tif：与核算网格一致')
  })

  it('as documented exports about 2 985 t where the peer exports 5 907, and says which form it is', async () => {
    const { said, lines } = await run('sediment', { form: 'documented' })
    expect(total(lines, 'export_t')).toBeGreaterThan(2975)
    expect(total(lines, 'export_t')).toBeLessThan(2995)
    expect(lines.every((l) => l['form'] === 'documented')).toBe(true)
    expect(said).toContain('d/(C·S)')
  })

  it('takes LS from the rule named and tells that an unconfirmed one is unconfirmed', async () => {
    const length = await run('sediment', { ls: 'slopeLength' })
    const area = await run('sediment', { ls: 'desmetGovers1996' })
    expect(area.said).toContain('未核实')
    const [one, other] = [total(length.lines, 'rkls_t'), total(area.lines, 'rkls_t')]
    expect(Math.abs(one / other - 1)).toBeGreaterThan(0.02)
  })

  it('takes one number for a map, and writes the maps asked for', async () => {
    const rasters = join(folder, 'maps')
    const { said } = await run('sediment', { erosivity: '5000', rasters, bands: 'exported,avoided-export' })
    expect(readdirSync(rasters).sort()).toEqual(['avoided-export.tif', 'exported.tif'])
    expect(said).toContain('处处相同')
  })

  it('gives the same numbers where only land inside the zones takes part and all land lies inside', async () => {
    const [all, only] = [await run('sediment'), await run('sediment', {}, '--only-zones')]
    expect(only.lines).toEqual(all.lines)
  })

  it('brings a map of another grid onto that of the elevation, and says so', async () => {
    const k = raster(
      'k.tif',
      (x) => x,
      (g) => ({ ...g, west: g.west + 10 }),
    )
    const { said } = await run('sediment', { erodibility: k })
    expect(said).toMatch(/changed-k\.tif：像元由 30 米 按双线性重采样为 30 米/)
  })
})

describe('qingshan raster nutrients', () => {
  it('gives the loads of the peer to 1e-6 and its exports within 2 %', async () => {
    const { lines } = await run('nutrients')
    for (const line of lines) {
      const peer = (field: string) => county('ndr_D8', 'watershed_results_ndr.gpkg', field, line)
      expect(Math.abs(Number(line['surface_load_kg']) / peer('n_surface_load') - 1)).toBeLessThan(1e-6)
    }
    const peer = expected['ndr_D8']!.zones['watershed_results_ndr.gpkg']!.reduce((s, z) => s + z['n_total_export']!, 0)
    expect(Math.abs(total(lines, 'export_kg') / peer - 1)).toBeLessThan(0.02)
    const held = total(lines, 'export_kg') + total(lines, 'retained_kg')
    expect(held).toBeLessThan(total(lines, 'surface_load_kg'))
    expect(held).toBeGreaterThan(0.85 * total(lines, 'surface_load_kg'))
  })

  it('knows phosphorus, which has no way below the surface unless the table says so', async () => {
    const { said, lines } = await run('nutrients', { nutrient: 'p', form: 'documented' })
    expect(said).toContain('磷输移')
    expect(total(lines, 'subsurface_load_kg')).toBe(0)
    expect(total(lines, 'export_kg')).toBeGreaterThan(0)
    expect(lines[0]!['nutrient']).toBe('p')
  })

  it('refuses negative rain and says where', async () => {
    const runoff = raster('precip.tif', (x, i) => (i === 120 * 240 + 120 ? -5 : x))
    const [p] = await problemsOf(run('nutrients', { runoff }))
    expect(p!.code).toBe('delivery.negative')
    expect(p!.values).toMatchObject({ count: 1, lowest: -5 })
    expect(p!.at?.pixel).toEqual([120, 120])
  })
})

describe('what is wrong with the class table or a map', () => {
  it('is told with class, value and cell: a practice of 1000 (S3) and a cover of 1.2', async () => {
    const wrong = table((t) => t.replace(',0.1,0.15,', ',1.2,1000,'))
    const found = await problemsOf(run('sediment', { table: wrong }))
    expect(found.map((p) => [p.code, p.values['code'], p.values['column'], p.values['value'], p.at?.cell])).toEqual([
      ['delivery.table-value', 1, 'usle_c', '1.2', 'F2'],
      ['delivery.table-value', 1, 'usle_p', '1000', 'G2'],
    ])
  })
  it('is told where a class code is no whole number (S3), stands twice, or a column or type is missing', async () => {
    const withTable = (model: string, change: (t: string) => string) => codes(run(model, { table: table(change) }))
    expect(await withTable('sediment', (t) => t.replace('\n1,paddy', '\n1.5,paddy'))).toEqual(['delivery.table-code'])
    expect(await withTable('sediment', (t) => t.replace('\n2,dry_crop', '\n1,dry_crop'))).toEqual([
      'delivery.table-twice',
    ])
    expect(await withTable('sediment', (t) => t.replace('usle_p', 'practice'))).toEqual(['delivery.no-column'])
    expect(await withTable('nutrients', (t) => t.replace('application-rate', 'applied'))).toEqual([
      'delivery.table-value',
    ])
  })
  it('names each class of the map that the table lacks, with its pixels', async () => {
    const without = table((t) => t.replace(/\n5,.*/, ''))
    const [p, ...more] = await problemsOf(run('sediment', { table: without }))
    expect([p!.code, p!.values['code'], p!.values['count'], more.length]).toEqual(['delivery.code-missing', 5, 32, 0])
  })
  it('refuses classes that were interpolated', async () => {
    const landcover = raster('lulc.tif', (x) => x + 0.5)
    expect(await codes(run('sediment', { landcover }))).toEqual(['delivery.code-fraction'])
  })
  it('refuses an elevation in degrees and one without square pixels', async () => {
    const degrees = raster(
      'dem.tif',
      (x) => x,
      (g) => ({ ...g, west: 109, north: 29.8, dx: 3e-4, dy: 3e-4, crs: crsFromEpsg(4326)! }),
    )
    expect(await codes(run('sediment', { dem: degrees }))).toEqual(['delivery.no-metres'])
    const oblong = raster(
      'dem.tif',
      (x) => x,
      (g) => ({ ...g, dy: 25 }),
    )
    expect(await codes(run('sediment', { dem: oblong }))).toEqual(['delivery.not-square'])
  })
  it('says that K looks like US units, and that no pixel is a channel', async () => {
    const { said } = await run('sediment', { erodibility: '0.3', threshold: '1000000' })
    expect(said).toContain('delivery.erodibility-unit')
    expect(said).toContain('delivery.no-channel')
  })
  it('says where maps and elevation do not meet, and what an option may be', async () => {
    const far = raster(
      'r.tif',
      (x) => x,
      (g) => ({ ...g, west: g.west + 1e6 }),
    )
    expect(await codes(run('sediment', { erosivity: far }))).toEqual(['delivery.no-pixels'])
    expect(await codes(run('sediment', { form: 'paper' }))).toEqual(['delivery.choice'])
    expect(await codes(run('sediment', { ls: 'x' }))).toEqual(['delivery.choice'])
    expect(await codes(run('sediment', { 'sdr-max': '1.2' }))).toEqual(['delivery.number'])
    expect(await codes(run('nutrients', { nutrient: 'cod' }))).toEqual(['delivery.choice'])
    expect(await codes(run('sediment', { rasters: folder, bands: 'nothing' }))).toEqual(['delivery.choice'])
  })
})
