// `qingshan raster sediment|nutrients`: what of the soil and of nitrogen or phosphorus reaches the channels, by zone.
// Always holds: form, rule of LS and settings stand on the screen and on each line of the CSV.

import type { Command } from 'commander'
import { ProblemError, text, type Text } from '../kernel/index.ts'
import { loadRuleBook, MARK_TEXT, type Rule } from '../core/rules/index.ts'
import { cellText, projectPolygons, zoneIndex, type SedimentForm, type ZoneIndex } from '../raster/index.ts'
import {
  NUTRIENT_BAND_NAMES,
  NUTRIENTS,
  runNutrients,
  runSediment,
  SEDIMENT_BAND_NAMES,
  type OnStep,
  type Ran,
  type ZonesOn,
} from './delivery-models.ts'
import { linesAsTable, writeBand, writeLines, zoneLines, type Result } from './delivery-output.ts'
import { choice, FORM_TEXT, formOf, LS_CHOICES, LS_RULES, NEVER_MIXED, numeric } from './delivery-settings.ts'
import { rulesFolder } from './house.ts'
import { readZones } from './raster-zones.ts'
import { printProblems, progressBar } from './terminal.ts'

interface Env {
  readonly out: (s: string) => void
}

interface CommonOptions {
  readonly dem: string
  readonly landcover: string
  readonly table: string
  readonly zones: string
  readonly id: string
  readonly layer?: string
  readonly datum?: string
  readonly onlyZones?: boolean
  readonly form: string
  readonly threshold: string
  readonly k: string
  readonly csv?: string
  readonly rasters?: string
  readonly bands?: string
}

export function addDeliveryCommands(raster: Command, env: Env): void {
  let reading: ReturnType<typeof loadRuleBook> | undefined
  addSediment(raster, env, (id) => ruleOf(id, (reading ??= loadRuleBook(rulesFolder()))))
  addNutrients(raster, env)
}

const common = (command: Command): Command =>
  command
    .requiredOption('--dem <file>', '高程，米（投影坐标）/ elevation, m, projected')
    .requiredOption('--landcover <file>', '土地覆被代码图 / land cover codes')
    .requiredOption('--table <file>', '各类参数表（列 lucode …，CSV 或表格）/ values by class: lucode …')
    .requiredOption('--zones <file>', '分区：GeoJSON、Shapefile 或 GeoPackage / zones')
    .requiredOption('--id <field>', '分区编号所在字段 / the field with the id of a zone')
    .option('--layer <name>', '分区图层名 / layer of the zones')
    .option('--datum <datum>', '分区坐标为 GCJ-02 时写 GCJ-02 / GCJ-02, where zones have its coordinates')
    .option('--only-zones', '只算分区内的土地，区外来水不计（InVEST 如此）/ only land inside the zones, as InVEST does')
    .option('--form <form>', 'invest-3.20.1 或 documented / which of the two forms', 'invest-3.20.1')
    .option('--threshold <pixels>', '汇入多少像元成为河道 / pixels that make a channel', '200')
    .option('--k <k>', '连通度曲线的陡度 / steepness of the curve of connectivity', '2')
    .option('--csv <out>', '写出 CSV / write CSV')
    .option('--rasters <folder>', '写出 GeoTIFF 的文件夹 / folder for GeoTIFFs')
    .option('--bands <names>', '写出哪些图，逗号分隔 / which maps, by commas')

function addSediment(raster: Command, env: Env, ruleNamed: (id: string) => Promise<Rule>): void {
  common(
    raster
      .command('sediment')
      .description('泥沙输移：分区侵蚀、入河、沉积与减少量 / sediment delivery: loss, export, deposition, avoided'),
  )
    .requiredOption('--erosivity <source>', 'R，MJ·mm/(hm²·h·a)，图或一个数 / map or number')
    .requiredOption('--erodibility <source>', 'K，t·hm²·h/(hm²·MJ·mm)，图或一个数 / map or number')
    .option('--ls <rule>', 'invest-3.20.1、desmetGovers1996 或 slopeLength', 'invest-3.20.1')
    .option('--ic0 <ic>', '曲线中点 / midpoint of the curve', '0.5')
    .option('--sdr-max <share>', '最大输移比 / greatest delivery ratio', '0.8')
    .action(async (o: CommonOptions & Record<'erosivity' | 'erodibility' | 'ls' | 'ic0' | 'sdrMax', string>) => {
      const settings = {
        form: formOf(o.form),
        streamThreshold: numeric('--threshold', o.threshold, 'count'),
        k: numeric('--k', o.k, 'positive'),
        ic0: numeric('--ic0', o.ic0, 'any'),
        sdrMax: numeric('--sdr-max', o.sdrMax, 'share'),
      }
      const ls = choice('--ls', o.ls, LS_CHOICES)
      const rule = await ruleNamed(LS_RULES[ls])
      const { form, streamThreshold, k, ic0, sdrMax } = settings
      const made = { form, ls, settings: `threshold=${streamThreshold} k=${k} ic0=${ic0} sdr-max=${sdrMax}` }
      const title = text('泥沙输移', 'sediment delivery')
      run(
        o,
        env,
        { title, model: 'sediment', made, unit: 't', rule, bands: SEDIMENT_BANDS, known: SEDIMENT_BAND_NAMES },
        (asked, zones, onStep) => runSediment(o, rule, settings, asked, zones, onStep),
      )
    })
}

function addNutrients(raster: Command, env: Env): void {
  common(
    raster
      .command('nutrients')
      .description('氮磷输移：分区负荷、入河与截留 / nutrient delivery: load, export and retention of N or P'),
  )
    .requiredOption('--runoff <source>', '径流代用指标（降水、快速径流），图或一个数 / runoff proxy, map or number')
    .option('--nutrient <n|p>', 'n 氮，p 磷 / nitrogen or phosphorus', 'n')
    .option('--mean-runoff <value>', '代用指标除以的平均值，不写则取区内平均 / mean to divide the proxy by')
    .option('--subsurface-efficiency <share>', '地下最大截留比 / greatest retention below the surface', '0.8')
    .option('--subsurface-length <metres>', '地下截留的临界长度，米 / its critical length, m', '150')
    .action(
      (
        o: CommonOptions &
          Record<'runoff' | 'nutrient' | 'subsurfaceEfficiency' | 'subsurfaceLength', string> & { meanRunoff?: string },
      ) => {
        const settings = {
          form: formOf(o.form),
          streamThreshold: numeric('--threshold', o.threshold, 'count'),
          k: numeric('--k', o.k, 'positive'),
          subsurfaceEfficiency: numeric('--subsurface-efficiency', o.subsurfaceEfficiency, 'share'),
          subsurfaceCriticalLength: numeric('--subsurface-length', o.subsurfaceLength, 'positive'),
          ...(o.meanRunoff === undefined ? {} : { meanRunoff: numeric('--mean-runoff', o.meanRunoff, 'positive') }),
        }
        const nutrient = choice('--nutrient', o.nutrient, NUTRIENTS)
        const { form, streamThreshold, k, subsurfaceEfficiency: e, subsurfaceCriticalLength: length } = settings
        const made = {
          form,
          nutrient,
          settings: `threshold=${streamThreshold} k=${k} subsurface-efficiency=${e} subsurface-length=${length}${o.meanRunoff === undefined ? '' : ` mean-runoff=${settings.meanRunoff}`}`,
        }
        const title = nutrient === 'n' ? text('氮输移', 'nitrogen delivery') : text('磷输移', 'phosphorus delivery')
        run(
          o,
          env,
          { title, model: 'nutrients', made, unit: 'kg', bands: NUTRIENT_BANDS, known: NUTRIENT_BAND_NAMES },
          (_, zones, onStep) => runNutrients(o, nutrient, settings, zones, onStep),
        )
      },
    )
}

const SEDIMENT_BANDS = ['bareLoss', 'loss', 'avoidedErosion', 'exported', 'deposition', 'avoidedExport']
const NUTRIENT_BANDS = ['surfaceLoad', 'subsurfaceLoad', 'totalExport', 'retained']

/** @throws ProblemError where the rule book has a fault */
async function ruleOf(id: string, reading: ReturnType<typeof loadRuleBook>): Promise<Rule> {
  const { book, problems } = await reading
  const rule = book.rules.find((r) => r.id === id)
  if (!rule) throw new ProblemError(problems)
  return rule
}

interface About {
  readonly title: Text
  readonly model: 'sediment' | 'nutrients'
  readonly made: Result['made'] & { readonly form: SedimentForm }
  readonly unit: string
  readonly rule?: Rule
  /** Maps written where none are named, and all that can be. */
  readonly bands: readonly string[]
  readonly known: readonly string[]
}

function run(
  o: CommonOptions,
  env: Env,
  about: About,
  model: (asked: readonly string[], zones: ZonesOn, onStep: OnStep) => Ran,
): void {
  const names = bandNames(o, about)
  const said: string[] = []
  const bar = progressBar(about.title)
  let index: ZoneIndex | undefined
  const zonesOn: ZonesOn = ({ grid }) => {
    const zones = readZones(o.zones, o.id, o)
    zones.notes.forEach((n) => said.push(`· ${n.zh} / ${n.en}`))
    index = zoneIndex(
      zones.zones.map((z) => ({ ...z, polygons: projectPolygons(z.polygons, zones.crs, grid) })),
      grid,
    )
    printProblems([...zones.problems, ...index.problems], (s) => said.push(s))
    return { zones: index, only: o.onlyZones === true }
  }
  const onStep: OnStep = (what, done) => bar.step(Math.floor(100 * done), 100, what)
  try {
    const ran = model(names, zonesOn, onStep)
    printProblems(ran.problems, (s) => said.push(s))
    const result: Result = {
      grid: ran.elevation.grid,
      ...about,
      counted: ran.counted,
      bands: ran.summed,
      ...(ran.sumsBy ? { sumsBy: ran.sumsBy } : {}),
    }
    const lines = zoneLines(index!, result, (done) => onStep(text('分区汇总', 'sums by zone'), done))
    said.unshift(...heading(about, ran))
    said.push(linesAsTable(lines, result))
    if (o.csv !== undefined) {
      writeLines(o.csv, lines, result)
      said.push(`→ ${o.csv}`)
    }
    for (const name of names) said.push(`→ ${writeBand(o.rasters!, kebab(name), result.grid, ran.bands[name]!)}`)
  } finally {
    bar.end()
  }
  said.forEach((line) => env.out(line))
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** @throws ProblemError `delivery.choice` */
function bandNames(o: CommonOptions, { bands: usual, known }: About): readonly string[] {
  if (o.rasters === undefined) return []
  if (o.bands === undefined) return usual
  return o.bands
    .split(',')
    .map((name) => known[known.map(kebab).indexOf(choice('--bands', name.trim(), known.map(kebab)))]!)
}

function heading({ title, model, made, rule }: About, { elevation, layers, summed }: Ran): readonly string[] {
  const form = FORM_TEXT[model][made.form]
  const apart = NEVER_MIXED[model]
  const cell = cellText(elevation.grid)
  return [
    `${title.zh} / ${title.en}：${made.form}，${made['settings'] ?? ''}`,
    `· ${form.zh} / ${form.en}`,
    `· ${apart.zh} / ${apart.en}`,
    ...(rule ? [`· LS：${rule.id}@${rule.version}，${MARK_TEXT[rule.mark].zh}：${rule.title.zh}`] : []),
    ...(rule ? [`      ${MARK_TEXT[rule.mark].en}: ${rule.title.en}`] : []),
    `· 各图层按高程图的网格（${cell.zh}）/ all maps on the grid of the elevation (${cell.en})`,
    ...layers.map(({ file, what, how }) => `· ${what.zh} ${file}：${how.zh} / ${how.en}`),
    ...summed.map(({ key, title: t }) => `· ${key}：${t.zh} / ${t.en}`),
  ]
}
