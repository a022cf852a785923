// The two delivery models run on files: maps and class values in, bands and what they are called out.
// Always holds: LS is the rule's own formula; all that is wrong with the inputs is told before anything is computed.

import { text, type Problem, type Text } from '../kernel/index.ts'
import type { Rule } from '../core/rules/index.ts'
import {
  lengthSlopeBy,
  LOAD_TYPES,
  loadOf,
  memoryBand,
  nutrients,
  sedimentModel,
  SEDIMENT_ROOM,
  stripOf,
  surfaceOf,
  TILE,
  VALID,
} from '../raster/index.ts'
import type {
  Band,
  NutrientSettings,
  SedimentSettings,
  SedimentStep,
  Surface,
  Watch,
  ZoneIndex,
} from '../raster/index.ts'
import {
  gatherPixels,
  openLayer,
  readElevation,
  stretches,
  type Elevation,
  type Layer,
  type Pixels,
} from './delivery-layers.ts'
import type { Result } from './delivery-output.ts'
import { problem } from './delivery-problems.ts'
import { LONGEST_SLOPE_M, TERRAIN_TEXT } from './delivery-settings.ts'
import { readClassTable, type WantedColumn } from './delivery-table.ts'

/** Tells which step goes on, and which share of it is done. */
export type OnStep = (what: Text, done: number) => void

export interface Zoned {
  readonly zones: ZoneIndex
  /** Only land inside the zones takes part. */
  readonly only: boolean
}

export interface Ran {
  readonly elevation: Elevation
  readonly counted: Band
  /** By name; those of `summed` are sums by zone. */
  readonly bands: Readonly<Record<string, Band>>
  readonly summed: readonly { readonly key: string; readonly title: Text; readonly band: Band }[]
  /** The sums of \`summed\`, where they can be had together. */
  readonly sumsBy?: Result['sumsBy']
  readonly layers: readonly Layer[]
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

/** Opens the maps, leaves a height only where all have a value, and closes them when `model` is done. */
function withMaps(
  { bytes, ...sources }: Sources & { readonly bytes: number },
  zonesOn: ZonesOn,
  onStep: OnStep,
  model: (maps: Gathered) => Ran,
): Ran {
  const table = readClassTable(sources.table, sources.columns)
  const elevation = readElevation(sources.dem, bytes, (done) => onStep(text('读取高程', 'reading the elevation'), done))
  const { grid } = elevation
  const opened: Layer[] = []
  const open = (...about: Parameters<typeof openLayer>): Layer => {
    const layer = openLayer(...about)
    opened.push(layer)
    return layer
  }
  try {
    const cover = open(sources.landcover, text('土地覆被', 'land cover'), grid, 'nearest')
    const measures = sources.measures.map(({ source, what }) => open(source, what, grid, 'bilinear'))
    const { zones, only } = zonesOn(elevation)
    const onShare = (done: number) => onStep(text('读取图层', 'reading the maps'), done)
    const pixels = gatherPixels({ elevation, cover, measures, table, only: only ? zones : undefined, onShare })
    return model({ elevation, measures, layers: [...measures, cover], ...pixels })
  } finally {
    opened.forEach((layer) => layer.close())
  }
}

interface Gathered extends Pixels {
  readonly elevation: Elevation
  readonly measures: readonly Layer[]
  readonly layers: readonly Layer[]
}

const watching =
  (onStep: OnStep): Watch =>
  (step, done) =>
    onStep(TERRAIN_TEXT[step], done)

function channelProblems({ grid }: Elevation, channel: Band, threshold: number): readonly Problem[] {
  const strip = stripOf(grid.width * Math.min(TILE, grid.height))
  for (const window of stretches(grid)) {
    channel.read(window, strip)
    if (strip.values.subarray(0, window.width * window.height).includes(1)) return []
  }
  return [problem('delivery.no-channel', { threshold })]
}

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

/** All that the sediment model holds at once: heights of four bytes, states and classes, and what `sediment` says. */
const SEDIMENT_BYTES = 4 + 1 + 1 + SEDIMENT_ROOM

const STEPS: readonly SedimentStep[] = ['slope', 'accumulation', 'lengthSlope', 'wayDown', 'connectivity']
export const SEDIMENT_BAND_NAMES = [
  ...STEPS,
  ...([
    'channel',
    'bareLoss',
    'loss',
    'avoidedErosion',
    'delivery',
    'exported',
    'deposition',
    'avoidedExport',
  ] as const),
]

/** @param asked names of the maps that will be written
 *  @throws ProblemError `delivery.…` and what reading throws */
export function runSediment(
  sources: SedimentSources,
  rule: Rule,
  settings: SedimentSettings,
  asked: readonly string[],
  zonesOn: ZonesOn,
  onStep: OnStep,
): Ran {
  const lengthSlope = lengthSlopeBy(rule, { longestSlope: LONGEST_SLOPE_M })
  const measures = [
    { source: sources.erosivity, what: text('降雨侵蚀力 R', 'the erosivity R') },
    { source: sources.erodibility, what: text('土壤可蚀性 K', 'the erodibility K') },
  ]
  const given = { ...sources, columns: SOIL_COLUMNS, measures, bytes: SEDIMENT_BYTES }
  return withMaps(given, zonesOn, onStep, ({ elevation, layers, measures: [r, k], classOf, byClass, means }) => {
    const { bands, sumsBy } = sedimentModel(
      {
        grid: elevation.grid,
        dem: elevation.dem,
        erosivity: r!.band,
        erodibility: k!.band,
        classOf,
        cover: byClass['usle_c']!,
        practice: byClass['usle_p']!,
        lengthSlope,
      },
      settings,
      STEPS.filter((step) => asked.includes(step)),
      watching(onStep),
    )
    const mean = means[1]!
    const unit =
      mean > K_TOO_HIGH
        ? [problem('delivery.erodibility-unit', { mean: Number(mean.toPrecision(3)) }, { file: k!.file })]
        : []
    return {
      elevation,
      counted: bands.channel,
      bands: { ...bands },
      summed: [
        { key: 'rkls', title: text('裸地侵蚀', 'loss from bare soil (R·K·LS)'), band: bands.bareLoss },
        { key: 'usle', title: text('实际侵蚀', 'loss under the cover (R·K·LS·C·P)'), band: bands.loss },
        { key: 'avoided_erosion', title: text('减少侵蚀', 'avoided erosion'), band: bands.avoidedErosion },
        { key: 'export', title: text('入河泥沙', 'export to channels'), band: bands.exported },
        { key: 'deposition', title: text('沿途沉积', 'deposition'), band: bands.deposition },
        { key: 'avoided_export', title: text('减少入河', 'avoided export'), band: bands.avoidedExport },
      ],
      // In the order of SUMMED_BANDS.
      sumsBy,
      layers,
      problems: [
        ...elevation.problems,
        ...unit,
        ...channelProblems(elevation, bands.channel, settings.streamThreshold),
      ],
    }
  })
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

/** All that the nutrient model holds at once. */
const NUTRIENT_BYTES = 250
export const NUTRIENT_BAND_NAMES = [
  'channel',
  'runoffIndex',
  'surfaceLoad',
  'subsurfaceLoad',
  'retention',
  'connectivity',
  'delivery',
  'subsurfaceDelivery',
  'surfaceExport',
  'subsurfaceExport',
  'totalExport',
  'retained',
] as const

/** @throws ProblemError `delivery.…` and what reading throws */
export function runNutrients(
  sources: NutrientSources,
  nutrient: Nutrient,
  settings: NutrientSettings,
  zonesOn: ZonesOn,
  onStep: OnStep,
): Ran {
  const measures = [{ source: sources.runoff, what: text('径流代用指标', 'the runoff proxy') }]
  const given = { ...sources, columns: loadColumns(nutrient), measures, bytes: NUTRIENT_BYTES }
  return withMaps(given, zonesOn, onStep, ({ elevation, layers, measures: [runoff], classOf, byClass }) => {
    const { states } = elevation.dem
    const perPixel = (own: Float64Array): Float64Array =>
      Float64Array.from(classOf, (place, i) => (states[i] === VALID ? own[place]! : 0))
    const efficiency = byClass[`eff_${nutrient}`]!
    const types = byClass[`load_type_${nutrient}`]!
    const load = byClass[`load_${nutrient}`]!.map((rate, i) => loadOf(LOAD_TYPES[types[i]!]!, rate, efficiency[i]!))
    const surfaces = nutrients(
      {
        dem: elevation.dem,
        states,
        runoffProxy: Float64Array.from(surfaceOf(runoff!.band).values),
        load: perPixel(load),
        efficiency: perPixel(efficiency),
        criticalLength: perPixel(byClass[`crit_len_${nutrient}`]!),
        subsurfaceShare: perPixel(byClass[`proportion_subsurface_${nutrient}`]!),
      },
      settings,
      watching(onStep),
    )
    const bandOf = ({ values, states: own }: Surface): Band => memoryBand(elevation.grid, values, own)
    const bands = Object.fromEntries(NUTRIENT_BAND_NAMES.map((name) => [name, bandOf(surfaces[name])])) as Record<
      (typeof NUTRIENT_BAND_NAMES)[number],
      Band
    >
    return {
      elevation,
      counted: bands.channel,
      bands,
      summed: [
        { key: 'surface_load', title: text('地表负荷', 'load over the surface'), band: bands.surfaceLoad },
        { key: 'subsurface_load', title: text('地下负荷', 'load below the surface'), band: bands.subsurfaceLoad },
        { key: 'export', title: text('入河', 'export to channels'), band: bands.totalExport },
        { key: 'retained', title: text('截留', 'retained'), band: bands.retained },
      ],
      layers,
      problems: [...elevation.problems, ...channelProblems(elevation, bands.channel, settings.streamThreshold)],
    }
  })
}
