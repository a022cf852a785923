// A folder with maps as wide as wanted, written tile by tile with content that packs well: what a large account needs of
// memory and time, without the maps themselves in memory.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crsFromEpsg, TILE, VALID, writeGeoTiff, type ReadPixels } from '../../../raster/index.ts'
import { listText } from '../inputs/index.ts'
import { CODES, geoJson, mapAccount } from './map-account.fixture.ts'

/** One number for each tile: `low` and up to six steps above. */
const byTile =
  (low: number, step: number): ReadPixels =>
  (window, into) => {
    const k = (Math.floor(window.col / TILE) * 5 + Math.floor(window.row / TILE) * 3) % 6
    into.values.fill(low + step * k, 0, window.width * window.height)
    into.states.fill(VALID, 0, window.width * window.height)
  }

/** Water retained over two regions on `edge` × `edge` pixels. */
export function putWideMaps(folder: string, edge: number): void {
  mkdirSync(folder, { recursive: true })
  const [west, north, pixel] = [400_000, 3_400_000, 10]
  const grid = { width: edge, height: edge, west, north, dx: pixel, dy: pixel, crs: crsFromEpsg(32650)! }
  const write = (file: string, read: ReadPixels): void =>
    writeGeoTiff({ grid, read, type: 'uint16', compression: 'deflate', overviews: false }, join(folder, file))
  write('landcover.tif', byTile(1, 1))
  write('precipitation.tif', byTile(1200, 90))
  write('evapotranspiration.tif', byTile(500, 25))
  const part = (code: string, x0: number, x1: number) => ({
    code,
    rings: [[[x0, 0.3], [x1, 0.4], [x1, 0.97], [x0, 0.96]].map(([x, y]) => [west + x! * edge * pixel, north - y! * edge * pixel] as const)], // prettier-ignore
  })
  const { list } = mapAccount({ list: { methods: { R1: ['R1.water-balance.map'] } } })
  const map = (argument: string, unit: string) => ({ argument, file: `${argument}.tif`, column: 'band 1', unit })
  writeFileSync(join(folder, 'regions.csv'), '代码,名称\n110,东区\n120,西区\n')
  writeFileSync(join(folder, 'boundaries.geojson'), geoJson([part('110', 0.02, 0.51), part('120', 0.51, 0.98)], 32650))
  writeFileSync(
    join(folder, 'account.yaml'),
    listText({
      ...list,
      arguments: [
        { argument: 'land-cover', file: 'landcover.tif', column: 'band 1', unit: '1', class: { column: 'band 1', codes: CODES } }, // prettier-ignore
        map('precipitation', 'mm'),
        map('evapotranspiration', 'mm'),
      ],
    }),
  )
}
