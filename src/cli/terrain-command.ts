// `qingshan raster watershed`: the basin above a point of an elevation map, as GeoJSON with its area.
// Always holds: the outline is in longitude and latitude of the datum of the elevation, and the file says which datum.

import type { Command } from 'commander'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { ProblemError } from '../kernel/index.ts'
import { readVector, vectorInFolder, type VectorCrs } from '../core/exchange-formats/index.ts'
import { crsFromEpsg, crsFromWkt, openRaster, outletMissing, basinAbove, transformer } from '../raster/index.ts'
import type { Basin, Crs, DatumId } from '../raster/index.ts'

interface Env {
  readonly out: (s: string) => void
}
interface WatershedOptions {
  readonly code: string
  readonly name?: string
  readonly outlet: string
  readonly out: string
  readonly snap: string
}

/** Geographic coordinate systems of the datums with a code; others are named in words. */
const DATUM_URN: Readonly<Partial<Record<DatumId, string>>> = {
  wgs84: 'urn:ogc:def:crs:OGC:1.3:CRS84',
  cgcs2000: 'urn:ogc:def:crs:EPSG::4490',
  'beijing-1954': 'urn:ogc:def:crs:EPSG::4214',
  'xian-1980': 'urn:ogc:def:crs:EPSG::4610',
}

export function addTerrainCommands(raster: Command, env: Env): void {
  raster
    .command('watershed <dem>')
    .description('由出水口划出流域，写出 GeoJSON 和面积 / the basin above an outlet, as GeoJSON with its area')
    .requiredOption('--outlet <point>', '点文件，或高程图坐标的 x,y / a file with a point, or x,y of the elevation')
    .requiredOption('--out <file>', '写出的 GeoJSON / the GeoJSON to write')
    .option('--code <code>', '流域代码，写进属性 code / code of the basin', 'basin')
    .option('--name <name>', '流域名称，写进属性 name / name of the basin')
    .option('--snap <pixels>', '出水口可移动的像元数，移到水最多处 / pixels the outlet may be moved', '2')
    .action((dem: string, options: WatershedOptions) => {
      const elevation = openRaster(dem)
      try {
        const band = elevation.band(1)
        const name = basename(dem)
        const reach = /^\d{1,3}$/.test(options.snap) ? Number(options.snap) : 2
        const basin = basinAbove(band, outletPoint(options.outlet, band.grid.crs), reach, { file: name })
        writeWhole(options.out, geoJson(basin, band.grid.crs, name, options))
        say(basin, env.out)
        env.out(`→ ${options.out}`)
      } finally {
        elevation.close()
      }
    })
}

function say({ areaM2, pixels, moved, touchesRim }: Basin, out: Env['out']): void {
  const km2 = (areaM2 / 1e6).toFixed(3)
  out(`流域面积 ${km2} km²（${pixels} 个像元）/ basin of ${km2} km² (${pixels} pixels)`)
  if (moved.some((m) => m !== 0))
    out(`出水口移动了 ${moved.join('、')} 列、行 / the outlet was moved by ${moved.join(', ')} columns, rows`)
  if (touchesRim)
    out('! 流域碰到高程图的边，可能不完整 / the basin touches the edge of the elevation and may be cut off')
}

/** x and y in the coordinates of the elevation. @throws ProblemError `raster.outlet-missing`, `vector.…` */
function outletPoint(outlet: string, to: Crs): readonly [number, number] {
  const typed = /^\s*(-?\d+(?:\.\d+)?)\s*[,，]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(outlet)
  if (typed) return [Number(typed[1]), Number(typed[2])]
  if (!existsSync(outlet) || extname(outlet) === '') throw new ProblemError(outletMissing(outlet))
  const layer = readVector(vectorInFolder(dirname(outlet), basename(outlet)))
  const points = layer.features.flatMap((f) => (f.geometry?.kind === 'point' ? f.geometry.points : []))
  const [point, more] = points
  if (!point || more) throw new ProblemError(outletMissing(outlet))
  const out: [number, number] = [0, 0]
  transformer(crsOf(layer.crs, basename(outlet)) ?? to, to)(point[0]!, point[1]!, out)
  return [out[0]!, out[1]!]
}

/** Nothing where the file is silent: the point is then taken to stand in the system of the elevation.
 *  @throws ProblemError `raster.unknown-crs` */
function crsOf({ epsg, wkt }: VectorCrs, file: string): Crs | undefined {
  const known = epsg === undefined ? undefined : crsFromEpsg(epsg)
  if (known || (epsg === undefined && wkt === undefined)) return known
  return crsFromWkt(wkt ?? `EPSG:${epsg}`, { file })
}

function geoJson(basin: Basin, crs: Crs, dem: string, { code, name }: WatershedOptions): string {
  const feature = {
    type: 'Feature',
    properties: {
      code,
      ...(name === undefined ? {} : { name }),
      dem,
      area_km2: basin.areaM2 / 1e6,
      pixels: basin.pixels,
    },
    geometry: { type: 'MultiPolygon', coordinates: basin.polygons },
  }
  const crsName = DATUM_URN[crs.datum.id] ?? crs.datum.name
  return `${JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: crsName } }, features: [feature] })}\n`
}

/** Beside, then renamed: nothing half written is left. */
function writeWhole(path: string, content: string): void {
  writeFileSync(`${path}.part`, content)
  renameSync(`${path}.part`, path)
}
