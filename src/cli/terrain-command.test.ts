// The basin above an outlet on the command line: its outline, its datum, its area, and what is told when the point is wrong.

import { Command } from 'commander'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError } from '../kernel/index.ts'
import { addTerrainCommands } from './terrain-command.ts'

const DEM = 'test/fixtures/oracle-small/inputs/dem.tif'
const REAL = '../shared/data/youwuzhen/'
const folder = mkdtempSync(join(tmpdir(), 'basin-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'basin.geojson')

interface Written {
  readonly crs: { readonly properties: { readonly name: string } }
  readonly features: readonly [
    {
      readonly properties: { readonly area_km2: number; readonly pixels: number }
      readonly geometry: { readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[] }
    },
  ]
}

async function run(...words: string[]): Promise<{ readonly said: string; readonly basin: Written }> {
  const lines: string[] = []
  const program = new Command().exitOverride()
  addTerrainCommands(program, { out: (s) => lines.push(s) })
  await program.parseAsync(['watershed', ...words, '--out', file], { from: 'user' })
  return { said: lines.join('\n'), basin: JSON.parse(readFileSync(file, 'utf8')) as Written }
}
const codes = async (work: Promise<unknown>): Promise<readonly string[]> => {
  const error: unknown = await work.catch((e: unknown) => e)
  if (!(error instanceof ProblemError)) throw error
  return error.problems.map((p) => p.code)
}

describe('qingshan raster watershed', () => {
  it('writes the basin in longitude and latitude with its area, Chinese first', async () => {
    const { said, basin } = await run(DEM, '--outlet', '303600,3296400', '--snap', '5')
    expect(said).toMatch(/^流域面积 \d+\.\d{3} km²/)
    const [{ properties, geometry }] = basin.features
    expect(properties.area_km2).toBeCloseTo(properties.pixels * 900e-6, 9)
    expect(basin.crs.properties.name).toBe('urn:ogc:def:crs:OGC:1.3:CRS84')
    for (const [lon, lat] of geometry.coordinates.flat(2)) {
      expect(lon).toBeGreaterThan(108.9)
      expect(lon).toBeLessThan(109.01)
      expect(lat).toBeGreaterThan(29.74)
      expect(lat).toBeLessThan(29.82)
    }
  })

  it('says what to do when the outlet is no point or lies beside the elevation', async () => {
    expect(await codes(run(DEM, '--outlet', 'here'))).toEqual(['raster.outlet-missing'])
    expect(await codes(run(DEM, '--outlet', '1,2'))).toEqual(['raster.outlet-outside'])
  })

  it.skipIf(!existsSync(REAL))(
    'finds 5.389 km² above the outlet file of youwuzhen (with the shared data)',
    async () => {
      const { said, basin } = await run(`${REAL}dem30m.tif`, '--outlet', `${REAL}outlet.shp`)
      expect(said).toContain('5.389 km²')
      expect(basin.crs.properties.name).toBe('urn:ogc:def:crs:EPSG::4214')
    },
  )
})
