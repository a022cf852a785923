// `qingshan raster zonal|info`: statistics of rasters by zone, and what a raster file is. Chinese first, English second.
// Always holds: each raster is read on its own grid, nothing is resampled; a zone no pixel counts for has empty cells.

import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { writeCsv } from '../core/exchange-formats/index.ts'
import { openRaster, projectPolygons, zonal, type ZoneRule } from '../raster/index.ts'
import { addDeliveryCommands } from './delivery-command.ts'
import { rasterInfo, rasterInfoText } from './raster-info.ts'
import { problem } from './raster-problems.ts'
import { readZones } from './raster-zones.ts'
import { printProblems, progressBar, textTable } from './terminal.ts'
import { addTerrainCommands } from './terrain-command.ts'

export interface RasterEnv {
  readonly out: (s: string) => void
}

interface ZonalOptions {
  readonly zones: string
  readonly id: string
  readonly raster: readonly string[]
  readonly band: string
  readonly rule: string
  readonly layer?: string
  readonly datum?: string
  readonly csv?: string
}

const HEAD = ['id', 'raster', 'count', 'sum', 'mean', 'min', 'max', 'nodata', 'nan'] as const
type Cell = string | number | undefined

export function addRasterCommand(program: Command, env: RasterEnv): void {
  const raster = program
    .command('raster')
    .description('栅格：分区统计、文件说明、流域 / rasters: statistics by zone, what a file is, basins')
  addTerrainCommands(raster, env)
  addDeliveryCommands(raster, env)
  /** Prints problems instead of a stack, and says so in the exit code. */
  const telling =
    <A extends unknown[]>(run: (...args: A) => void) =>
    (...args: A): void => {
      try {
        run(...args)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    }

  raster
    .command('zonal')
    .description(
      '按分区统计栅格：像元数、总和、均值、最小、最大、无数据 / count, sum, mean, min, max and no-data by zone',
    )
    .requiredOption(
      '--zones <file>',
      '分区：GeoJSON、Shapefile 或 GeoPackage / zones: GeoJSON, shapefile or GeoPackage',
    )
    .requiredOption('--id <field>', '分区编号所在字段 / the field with the id of a zone')
    .requiredOption('--raster <file...>', 'GeoTIFF，可多个 / one GeoTIFF or more')
    .option('--band <n>', '波段，从 1 起 / band, from 1 on', '1')
    .option('--rule <rule>', 'center 像元中心，exact 覆盖面积 / by pixel centre or by covered area', 'center')
    .option('--layer <name>', '图层名（文件含多个图层时）/ layer, where the file has several')
    .option('--datum <datum>', '分区坐标为 GCJ-02 时写 GCJ-02 / GCJ-02, where zones have its coordinates')
    .option('--csv <out>', '写出 CSV，不写则打印 / write CSV; printed where left out')
    .action(telling((options: ZonalOptions) => runZonal(options, env)))

  raster
    .command('info <file>')
    .description(
      '说明一个栅格：大小、类型、坐标系、范围、统计、分类代码 / size, type, coordinate system, extent, statistics, class codes',
    )
    .option('--json', '输出 JSON / print JSON')
    .action(
      telling((file: string, options: { readonly json?: boolean }) => {
        const info = rasterInfo(file)
        env.out(options.json ? JSON.stringify(info, null, 2) : rasterInfoText(info))
      }),
    )
}

function runZonal(options: ZonalOptions, env: RasterEnv): void {
  const rule = ruleOf(options.rule)
  const band = /^[1-9]\d{0,4}$/.test(options.band) ? Number(options.band) : undefined
  if (band === undefined) throw new ProblemError(problem('raster-command.band', { value: options.band }))
  const zones = readZones(options.zones, options.id, options)
  printProblems(zones.problems, env.out)
  zones.notes.forEach((n) => env.out(`· ${n.zh} / ${n.en}`))
  const rows: (readonly Cell[])[] = []
  for (const file of options.raster) {
    const bar = progressBar({ zh: basename(file), en: basename(file) })
    const raster = openRaster(file)
    try {
      const projected = zones.zones.map((z) => ({
        ...z,
        polygons: projectPolygons(z.polygons, zones.crs, raster.grid),
      }))
      const found = zonal(projected, raster.band(band), rule, (done, of) => tellTenths(bar.step, done, of))
      printProblems(found.problems, env.out)
      const empty = found.rows.filter((r) => r.sums === undefined).length
      if (empty > 0) env.out(`· ${emptyText(rule, empty)}`)
      for (const { id, sums: s } of found.rows) {
        const mean = s && s.count > 0 ? s.sum / s.count : undefined
        const sum = s && s.count > 0 ? s.sum : undefined
        rows.push([id, raster.file, s?.count, sum, mean, s?.min, s?.max, s?.nodata, s?.nan])
      }
    } finally {
      bar.end()
      raster.close()
    }
  }
  if (options.csv === undefined) {
    const text = (c: Cell): string => (typeof c === 'number' ? String(Number(c.toPrecision(10))) : (c ?? ''))
    env.out(
      textTable(
        HEAD,
        rows.map((r) => r.map(text)),
        HEAD.map((_, i) => (i < 2 ? 'left' : 'right')),
      ),
    )
    return
  }
  writeFileSync(options.csv, writeCsv([HEAD, ...rows]))
  env.out(`→ ${options.csv}: ${rows.length} 行 / rows`)
}

function ruleOf(text: string): ZoneRule {
  if (text === 'center' || text === 'exact') return text
  throw new ProblemError(problem('raster-command.rule', { value: text }))
}

/** A bar moves at every percent; where lines are printed, a raster of many tiles prints ten. */
function tellTenths(step: ReturnType<typeof progressBar>['step'], done: number, of: number): void {
  const every = process.stderr.isTTY ? 100 : 10
  if (of >= every && (done % Math.ceil(of / every) === 0 || done === of)) step(done, of, { zh: '块', en: 'tiles' })
}

const emptyText = (rule: ZoneRule, count: number): string =>
  rule === 'center'
    ? `${count} 个分区没有像元中心，留空（可改用 --rule exact）/ ${count} zones hold no pixel centre and stay empty (try --rule exact)`
    : `${count} 个分区与栅格不相交，留空 / ${count} zones do not meet the raster and stay empty`
