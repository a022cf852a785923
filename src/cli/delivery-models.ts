// The two delivery models run on files: maps and class values in, bands and what they are called out.
// Always holds: LS is the rule's own formula; all that is wrong with the inputs is told before anything is computed.

import { ProblemError, text, type Problem, type Text } from '../kernel/index.ts'
import type { Rule } from '../core/rules/index.ts'
import { lengthSlopeBy, LOAD_TYPES, loadOf, nutrients, sediment, VALID } from '../raster/index.ts'
import type { NutrientSettings, SedimentSettings, Surface, ZoneIndex } from '../raster/index.ts'
import {
  inAll,
  inZones,
  meanOf,
  negativeProblems,
  readElevation,
  readLayer,
  valuesByClass,
  type Elevation,
  type Layer,
} from './delivery-layers.ts'
import { problem } from './delivery-problems.ts'
import { LONGEST_SLOPE_M } from './delivery-settings.ts'
import { readClassTable, type WantedColumn } from './delivery-table.ts'

/** Tells which step begins. */
export type OnStep = (what: Text) => void

export interface Zoned {
  readonly zones: ZoneIndex
  /** Only land inside the zones takes part. */
  readonly only: boolean
}

export interface Ran {
  readonly elevation: Elevation
  readonly counted: Surface
  /** By name; those of `summed` are sums by zone. */
  readonly bands: Readonly<Record<string, Surface>>
  readonly summed: readonly { readonly key: string; readonly title: Text; readonly band: Surface }[]
  readonly layers: readonly Layer[]
  readonly problems: readonly Problem[]
}

interface Gathered {
  readonly elevation: Elevation
  readonly layers: readonly Layer[]
  readonly states: Uint8Array
  readonly byClass: Readonly<Record<string, Float64Array>>
  readonly problems: readonly Problem[]
}

interface Sources {
  readonly dem: string
  readonly landcover: string
  readonly table: string
  readonly columns: readonly WantedColumn[]
  /** Measures, read bilinearly. */
  readonly measures: readonly { readonly source: string; readonly what: Text }[]
}

/** The zones want the grid of the elevation first. */
export type ZonesOn = (elevation: Elevation) => Zoned

function gather(sources: Sources, zonesOn: ZonesOn, onStep: OnStep): Gathered {
  const table = readClassTable(sources.table, sources.columns)
  onStep(text('读取高程', 'reading the elevation'))
  const elevation = readElevation(sources.dem)
  const { grid, dem } = elevation
  onStep(text('读取图层', 'reading the maps'))
  const cover = readLayer(sources.landcover, text('土地覆被', 'land cover'), grid, 'nearest')
  const measures = sources.measures.map(({ source, what }) => readLayer(source, what, grid, 'bilinear'))
  const { zones, only } = zonesOn(elevation)
  const all = inAll(dem, [cover, ...measures])
  const states = only ? inZones(all, zones, grid) : all
  if (!states.includes(VALID)) throw new ProblemError(problem('delivery.no-pixels', {}))
  const negative = negativeProblems(measures, states, grid)
  if (negative.length > 0) throw new ProblemError(negative)
  const byClass = valuesByClass(cover, states, table)
  return { elevation, layers: [...measures, cover], states, byClass, problems: elevation.problems }
}

const channelProblems = (channel: Surface, threshold: number): readonly Problem[] =>
  channel.values.includes(1) ? [] : [problem('delivery.no-channel', { threshold })]

export interface SedimentSources {
  readonly dem: string
  readonly erosivity: string
  readonly erodibility: string
  readonly landcover: string
  readonly table: string
}

const SOIL_COLUMNS: readonly WantedColumn[] = [
  { name: 'usle_c', holds: 'share' },
  { name: 'usle_p', holds: 'share' },
]
/** No soil reaches this in SI units. */
const K_TOO_HIGH = 0.1

/** @throws ProblemError `delivery.…` and what reading throws */
export function runSediment(
  sources: SedimentSources,
  rule: Rule,
  settings: SedimentSettings,
  zonesOn: ZonesOn,
  onStep: OnStep,
): Ran {
  const lengthSlope = lengthSlopeBy(rule, { longestSlope: LONGEST_SLOPE_M })
  const measures = [
    { source: sources.erosivity, what: text('降雨侵蚀力 R', 'the erosivity R') },
    { source: sources.erodibility, what: text('土壤可蚀性 K', 'the erodibility K') },
  ]
  const { elevation, layers, states, byClass, problems } = gather(
    { ...sources, columns: SOIL_COLUMNS, measures },
    zonesOn,
    onStep,
  )
  const [erosivity, erodibility] = layers as readonly [Layer, Layer]
  onStep(text('汇流与输移', 'routing and delivery'))
  const bands = sediment(
    {
      dem: elevation.dem,
      states,
      erosivity: erosivity.values,
      erodibility: erodibility.values,
      cover: byClass['usle_c']!,
      practice: byClass['usle_p']!,
      lengthSlope,
    },
    settings,
  )
  const mean = meanOf(erodibility, states)
  const unit =
    mean > K_TOO_HIGH
      ? [problem('delivery.erodibility-unit', { mean: Number(mean.toPrecision(3)) }, { file: erodibility.file })]
      : []
  return {
    elevation,
    counted: bands.accumulation,
    bands: { ...bands },
    summed: [
      { key: 'rkls', title: text('裸地侵蚀', 'loss from bare soil (R·K·LS)'), band: bands.bareLoss },
      { key: 'usle', title: text('实际侵蚀', 'loss under the cover (R·K·LS·C·P)'), band: bands.loss },
      { key: 'avoided_erosion', title: text('减少侵蚀', 'avoided erosion'), band: bands.avoidedErosion },
      { key: 'export', title: text('入河泥沙', 'export to channels'), band: bands.exported },
      { key: 'deposition', title: text('沿途沉积', 'deposition'), band: bands.deposition },
      { key: 'avoided_export', title: text('减少入河', 'avoided export'), band: bands.avoidedExport },
    ],
    layers,
    problems: [...problems, ...unit, ...channelProblems(bands.channel, settings.streamThreshold)],
  }
}

export const NUTRIENTS = ['n', 'p'] as const
export type Nutrient = (typeof NUTRIENTS)[number]

export interface NutrientSources {
  readonly dem: string
  readonly runoff: string
  readonly landcover: string
  readonly table: string
}

/** The peer knows no way below the surface for phosphorus. */
const loadColumns = (n: Nutrient): readonly WantedColumn[] => [
  { name: `load_${n}`, holds: 'amount' },
  { name: `eff_${n}`, holds: 'share' },
  { name: `crit_len_${n}`, holds: 'amount' },
  { name: `load_type_${n}`, holds: 'load-type' },
  { name: `proportion_subsurface_${n}`, holds: 'share', ...(n === 'p' ? { otherwise: 0 } : {}) },
]

/** @throws ProblemError `delivery.…` and what reading throws */
export function runNutrients(
  sources: NutrientSources,
  nutrient: Nutrient,
  settings: NutrientSettings,
  zonesOn: ZonesOn,
  onStep: OnStep,
): Ran {
  const measures = [{ source: sources.runoff, what: text('径流代用指标', 'the runoff proxy') }]
  const { elevation, layers, states, byClass, problems } = gather(
    { ...sources, columns: loadColumns(nutrient), measures },
    zonesOn,
    onStep,
  )
  onStep(text('汇流与输移', 'routing and delivery'))
  const efficiency = byClass[`eff_${nutrient}`]!
  const types = byClass[`load_type_${nutrient}`]!
  const bands = nutrients(
    {
      dem: elevation.dem,
      states,
      runoffProxy: layers[0]!.values,
      load: byClass[`load_${nutrient}`]!.map((rate, i) => loadOf(LOAD_TYPES[types[i]!]!, rate, efficiency[i]!)),
      efficiency,
      criticalLength: byClass[`crit_len_${nutrient}`]!,
      subsurfaceShare: byClass[`proportion_subsurface_${nutrient}`]!,
    },
    settings,
  )
  return {
    elevation,
    counted: bands.channel,
    bands: { ...bands },
    summed: [
      { key: 'surface_load', title: text('地表负荷', 'load over the surface'), band: bands.surfaceLoad },
      { key: 'subsurface_load', title: text('地下负荷', 'load below the surface'), band: bands.subsurfaceLoad },
      { key: 'export', title: text('入河', 'export to channels'), band: bands.totalExport },
      { key: 'retained', title: text('截留', 'retained'), band: bands.retained },
    ],
    layers,
    problems: [...problems, ...channelProblems(bands.channel, settings.streamThreshold)],
  }
}
