// The law of accounts over maps: what the one pass over tiles adds up is what a plain loop adds up, pixel by pixel, with the
// rules in decimals and look-ups of its own; the passport of a pixel says that very number. Layout of files, tiling, cache
// and order of regions change no digit; a missing factor is counted by its reason and is never a zero.

import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  civilDate,
  convert,
  dec,
  ProblemError,
  quantity,
  readQuantity,
  type Dec,
  type Quantity,
} from '../../src/kernel/index.ts'
import { evaluateRule, parametersFrom, type Given, type Rule } from '../../src/core/rules/index.ts'
import {
  lookAtPixel,
  openPackage,
  runAccount,
  verifyPackage,
  writePackage,
  type Account,
  type Figure,
} from '../../src/domains/accounting/index.ts'
import { explainer } from '../../src/domains/accounting/explain.ts'
import {
  between,
  CODES,
  mapAccount,
  noise,
  oneOf,
  putMapAccount,
  type CodeTable,
  type Layer,
  type MapAccount,
  type MapAccountWish,
} from '../../src/domains/accounting/maps/map-account.fixture.ts'
import { pixelPassport } from '../../src/domains/accounting/pixel-passport.ts'
import {
  crsFromEpsg,
  d8,
  drainage,
  drainedPixels,
  fillDepressions,
  flowWidth,
  memoryBand,
  openRaster,
  pixelAreas,
  slopePercent,
  stripOf,
  surfaceOf,
  VALID,
} from '../../src/raster/index.ts'
import { rules, storyFolder } from '../stories/folders.ts'

const { book } = rules
const home = storyFolder('pixels')
let made = 0

/** The account in a folder of its own. */
function run(given: MapAccount, useMaps?: Parameters<typeof runAccount>[0]['useMaps']) {
  const folder = join(home, `folder-${(made += 1)}`)
  putMapAccount(folder, given)
  const result = runAccount({ folder, list: given.list, book, engine: 'test', ...(useMaps ? { useMaps } : {}) })
  if (!result.account) throw new Error(result.problems.map((p) => `${p.code} ${p.zh}`).join('\n'))
  return { folder, account: result.account, problems: result.problems }
}

type PixelFigure = Figure & { readonly recipe: Extract<Figure['recipe'], { kind: 'pixels' }> }
const overPixels = (a: Account): readonly PixelFigure[] =>
  a.figures.filter((f): f is PixelFigure => f.recipe.kind === 'pixels')

const MONTHS = Array.from({ length: 12 }, (_, k) => String(k + 1).padStart(2, '0'))
/** A hole in one pixel of eight; none where the seed is negative. */
const withGap =
  (at: (c: number, r: number) => number, seed: number) =>
  (c: number, r: number): number | undefined =>
    seed >= 0 && noise(seed)(c, r) < 0.125 ? undefined : at(c, r)

// ---- the plain twin

type Missing = 'nodata' | 'nan' | 'noValue'
/** A factor of one pixel, or why it has none. */
type Factor = (layer: string, unit: string) => Quantity
class NoFactor extends Error {
  constructor(readonly missing: Missing) {
    super(missing)
  }
}

const CONTEXT = { date: civilDate('2023-12-31'), regions: ['100'] }

/** A rule of the book in decimals, as it stands for the county in the year of the accounts. */
function law(id: string, output: string, given: Given, keys: Readonly<Record<string, string>> = {}): Quantity {
  const rule = book.findRule(id, CONTEXT) as Rule
  return evaluateRule(rule, given, { keys, parameter: parametersFrom(book, CONTEXT) }).values[output]!
}

interface Twin {
  readonly method: string
  readonly figure: string
  wish(seed: number): MapAccountWish
  /** The share of one pixel. @throws NoFactor, ProblemError where the rule has no value or no parameter */
  pixel(cls: string, factor: Factor, area: Quantity): Quantity
  /** Terrain, which no file gives. */
  readonly terrain?: (given: MapAccount) => (name: string, c: number, r: number) => number | undefined
}

const sum = (qs: readonly Quantity[], to: string): Dec => qs.reduce((s, q) => s.plus(convert(q, to).value), dec(0))

interface TwinRow {
  readonly shares: { readonly column: number; readonly row: number; readonly value: Quantity }[]
  readonly missing: Record<Missing, number>
  /** A parameter the class has no value for: the row has no figure. */
  lacking: boolean
}

/** Every pixel of every region and type by itself. */
function plainly(twin: Twin, given: MapAccount): ReadonlyMap<string, TwinRow> {
  const rows = new Map<string, TwinRow>()
  const terrain = twin.terrain?.(given)
  for (let r = 0; r < given.height; r++)
    for (let c = 0; c < given.width; c++) {
      const [cls, region] = [given.classAt(c, r), given.regionAt(c, r)]
      if (cls === undefined || region === undefined) continue
      const key = `${region}|${cls}`
      const own = rows.get(key) ?? { shares: [], missing: { nodata: 0, nan: 0, noValue: 0 }, lacking: false }
      rows.set(key, own)
      const factor: Factor = (layer, unit) => {
        const v = given.names.has(layer) ? given.valueAt(layer, c, r) : terrain!(layer, c, r)
        if (v === undefined) throw new NoFactor('nodata')
        if (Number.isNaN(v)) throw new NoFactor('nan')
        return quantity(String(v), unit)
      }
      try {
        const value = twin.pixel(cls, factor, quantity(String(given.pixelArea), 'm2'))
        own.shares.push({ column: c, row: r, value })
      } catch (e) {
        if (e instanceof NoFactor) own.missing[e.missing]++
        else if (e instanceof ProblemError && e.problems.some((p) => /parameter/.test(p.code))) own.lacking = true
        else if (e instanceof ProblemError) own.missing.noValue++
        else throw e
      }
    }
  return rows
}

// ---- the methods, each with maps that use what the engine has: several bands, tables by code, coarse codes, terrain

/** Puts holes and NaN into layers, never two on one pixel. */
function withHoles(layers: readonly Layer[], seed: number): readonly Layer[] {
  const which = noise(seed + 999)
  return layers.map((l, i) => ({
    ...l,
    at: (c, r) => {
      const hit = Math.floor(which(c, r) * layers.length * 8)
      return l.coarse !== undefined ? l.at(c, r) : hit === 2 * i ? undefined : hit === 2 * i + 1 ? NaN : l.at(c, r)
    },
  }))
}

const method = (id: string, choices: Readonly<Record<string, string>> = {}): NonNullable<MapAccountWish['list']> => ({
  methods: { [id.slice(0, 2)]: [id] },
  choices: Object.fromEntries(Object.entries(choices).map(([k, v]) => [`${id.replace('.map', '')}.${k}`, v])),
})

const landTable = (columns: CodeTable['columns'], low: number, high: number, seed: number): CodeTable => ({
  map: 'landcover.tif',
  file: '土地利用参数.csv',
  columns,
  rows: [1, 2, 3, 4, 5, 6, 9].map((code) => ({
    code,
    values: Object.keys(columns).map((_, i) => between(low, high, seed + i)(code, 5).toFixed(3)),
  })),
})

const soilMap = (seed: number): NonNullable<MapAccountWish['codeMaps']>[number] => ({
  file: 'soil.tif',
  coarse: 3,
  at: oneOf([201, 202, 203, 204], seed),
})
const soilTable = (columns: CodeTable['columns'], rows: readonly (readonly string[])[]): CodeTable => ({
  map: 'soil.tif',
  file: '土壤性质.csv',
  columns,
  rows: rows.map((values, i) => ({ code: 201 + i, values })),
})

const TWINS: readonly Twin[] = [
  {
    method: 'R1.water-balance.map',
    figure: 'R1|water',
    wish: (seed) => ({
      layers: withHoles(
        [
          { argument: 'precipitation', unit: 'mm', at: between(700, 2000, seed), tile: 16, packing: 'deflate' },
          { argument: 'evapotranspiration', unit: 'mm', at: between(300, 1100, seed + 1), type: 'float32' },
        ],
        seed,
      ),
      list: method('R1.water-balance.map'),
    }),
    pixel: (cls, f, 面积) =>
      law(
        'gep.r1.water-balance',
        '水源涵养量',
        { 降水量: f('precipitation', 'mm'), 蒸散量: f('evapotranspiration', 'mm'), 面积 },
        { class: cls },
      ),
  },
  {
    method: 'R1.annual-yield.map',
    figure: 'R1|water',
    wish: (seed) => ({
      layers: withHoles(
        [
          { argument: 'precipitation', unit: 'mm', file: 'climate.tif', at: between(300, 2000, seed) },
          { argument: 'potential-evapotranspiration', unit: 'mm', file: 'climate.tif', at: between(400, 1500, seed + 1) }, // prettier-ignore
          { argument: 'budyko-omega', unit: '1', file: 'climate.tif', at: between(1.2, 4.5, seed + 2) },
        ],
        seed,
      ),
      tables: [landTable({ Kc: { argument: 'crop-coefficient', unit: '1' } }, 0.3, 1.2, seed)],
      list: method('R1.annual-yield.map', { ET0: 'given', omega: 'given', vegetated: 'class' }),
    }),
    pixel: (cls, f, 面积) => {
      const found = parametersFrom(book, CONTEXT)('gep.r1.vegetated', cls)
      if ('severity' in found) throw new ProblemError(found)
      return law('gep.r1.annual-yield', '产水量', {
        降水量: f('precipitation', 'mm'),
        参考蒸散量: f('potential-evapotranspiration', 'mm'),
        形状参数: f('budyko-omega', '1'),
        作物系数: f('crop-coefficient', '1'),
        植被: found.quantity,
        面积,
      })
    },
  },
  {
    method: 'R2.rusle.map',
    figure: 'R2|retained',
    wish: (seed) => ({
      layers: withHoles(
        [
          { argument: 'rainfall-erosivity', unit: 'MJ·mm/(hm2·h·a)', at: between(2000, 9000, seed) },
          { argument: 'vegetation-cover', unit: '1', at: between(0, 1, seed + 1), rowsPerStrip: 3 },
          // No holes: what drains through a pixel rests on every pixel above it.
          {
            argument: 'elevation',
            unit: 'm',
            coarse: 1,
            at: (c, r) => 300 + 4 * c + 7 * r + 30 * noise(seed + 2)(c, r),
          },
        ],
        seed,
      ),
      codeMaps: [soilMap(seed)],
      tables: [
        soilTable(
          {
            砂粒: { argument: 'soil-sand', unit: '%' },
            粉粒: { argument: 'soil-silt', unit: '%' },
            黏粒: { argument: 'soil-clay', unit: '%' },
            有机碳: { argument: 'soil-organic-carbon', unit: '%' },
          },
          [
            ['20', '50', '30', '1.2'],
            ['55.5', '24.5', '20', '0.61'],
            ['41', '33', '26', '2.05'],
            ['70', '18', '12', '0.3'],
          ],
        ),
        landTable({ P: { argument: 'practice-factor', unit: '1' } }, 0.2, 1, seed),
      ],
      list: method('R2.rusle.map', { R: 'given', K: 'epic', texture: 'given', organicCarbon: 'given', LS: 'desmetGovers1996', C: 'cai-chongfa', P: 'given' }), // prettier-ignore
    }),
    terrain: (given) => {
      const grid = { width: given.width, height: given.height, west: 500_000, north: 3_300_000, dx: 30, dy: 30, crs: crsFromEpsg(32650)! } // prettier-ignore
      const values = Array.from({ length: given.width * given.height }, (_, i) =>
        given.valueAt('elevation', i % given.width, Math.floor(i / given.width))!,
      )
      const surface = surfaceOf(memoryBand(grid, values))
      const flow = drainage(d8(fillDepressions(surface)))
      const slope = slopePercent(surface)
      const [cells, wide] = [drainedPixels(flow), flowWidth(flow)]
      const bands: Readonly<Record<string, (i: number) => number | undefined>> = {
        slope: (i) => (slope.states[i] === VALID ? slope.values[i] : undefined),
        'drainage-cells': (i) => cells[i],
        'flow-width': (i) => wide[i],
        'cell-size': () => 30,
      }
      return (name, c, r) => bands[name]!(r * given.width + c)
    },
    pixel: (_, f, 面积) =>
      law('gep.r2.retention', '土壤保持量', {
        降雨侵蚀力: f('rainfall-erosivity', 'MJ·mm/(hm2·h·a)'),
        土壤可蚀性: law('gep.r2.k-epic', '土壤可蚀性', {
          砂粒: f('soil-sand', '%'),
          粉粒: f('soil-silt', '%'),
          黏粒: f('soil-clay', '%'),
          有机碳: f('soil-organic-carbon', '%'),
        }),
        坡长坡度因子: law('gep.r2.ls-desmet-govers-1996', '坡长坡度因子', {
          坡度: f('slope', '%'),
          汇水像元数: f('drainage-cells', '1'),
          像元边长: f('cell-size', 'm'),
          流向展开系数: f('flow-width', '1'),
        }),
        植被覆盖因子: law('gep.r2.c-cai', '植被覆盖因子', { 盖度: f('vegetation-cover', '1') }),
        水土保持措施因子: f('practice-factor', '1'),
        面积,
      }),
  },
  {
    method: 'R2.rusle.map',
    figure: 'R2|retained',
    wish: (seed) => ({
      width: 9,
      height: 7,
      layers: [
        { argument: 'rainfall-erosivity', unit: 'MJ·mm/(hm2·h·a)', at: between(2000, 9000, seed) },
        { argument: 'soil-erodibility', unit: 't·hm2·h/(hm2·MJ·mm)', at: between(0.01, 0.05, seed + 1) },
        { argument: 'slope-length-steepness', unit: '1', at: between(0.1, 20, seed + 2) },
        ...MONTHS.flatMap((m, k) => [
          { argument: 'monthly-ndvi', item: m, unit: '1', file: 'ndvi.tif', at: withGap(between(-0.1, 0.85, seed + 10 + k), k === 6 ? seed : -1) }, // prettier-ignore
          // A dry year in one corner: no month has a share there.
          { argument: 'monthly-rain', item: m, unit: 'mm', file: 'rain.tif', at: (c: number, r: number) => (c + r < 3 || k === 11 ? 0 : between(0, 320, seed + 30 + k)(c, r)) }, // prettier-ignore
        ]),
      ],
      tables: [
        landTable({ P: { argument: 'practice-factor', unit: '1' } }, 0.2, 1, seed),
        {
          ...landTable({ 裸土: { argument: 'bare-soil-ndvi', unit: '1' } }, 0.02, 0.1, seed),
          file: '裸土端元.csv',
        },
        {
          ...landTable({ 植被: { argument: 'full-cover-ndvi', unit: '1' } }, 0.6, 0.8, seed),
          file: '植被端元.csv',
        },
      ],
      list: method('R2.rusle.map', { R: 'given', K: 'given', LS: 'given', C: 'monthly', monthlyWeight: 'fournier', monthlyLaw: 'cai-chongfa', monthlyCover: 'ndvi', P: 'given' }), // prettier-ignore
    }),
    pixel: (_, f, 面积) =>
      law('gep.r2.retention', '土壤保持量', {
        降雨侵蚀力: f('rainfall-erosivity', 'MJ·mm/(hm2·h·a)'),
        土壤可蚀性: f('soil-erodibility', 't·hm2·h/(hm2·MJ·mm)'),
        坡长坡度因子: f('slope-length-steepness', '1'),
        植被覆盖因子: law('gep.r2.c-monthly.fournier', '植被覆盖因子', {
          各月: MONTHS.map((m) => ({
            雨量: f(`monthly-rain|${m}`, 'mm'),
            植被覆盖因子: law('gep.r2.c-cai', '植被覆盖因子', {
              盖度: law('gep.r2.cover', '盖度', {
                植被指数: f(`monthly-ndvi|${m}`, '1'),
                裸土指数: f('bare-soil-ndvi', '1'),
                植被端元指数: f('full-cover-ndvi', '1'),
              }),
            }),
          })),
        }),
        水土保持措施因子: f('practice-factor', '1'),
        面积,
      }),
  },
  {
    method: 'R3.rweq.map',
    figure: 'R3|fixed',
    wish: (seed) => ({
      layers: withHoles(
        [
          { argument: 'weather-factor', unit: '1', at: between(2, 40, seed) },
          { argument: 'vegetation-cover', unit: '%', at: between(0, 100, seed + 1) },
          { argument: 'roughness-factor', unit: '1', at: between(0.4, 1, seed + 2) },
          // A clay of nothing: the rule has no value there.
          { argument: 'soil-clay', unit: '%', at: (c, r) => (noise(seed + 5)(c, r) < 0.1 ? 0 : between(5, 30, seed + 3)(c, r)) }, // prettier-ignore
        ],
        seed,
      ),
      codeMaps: [soilMap(seed)],
      tables: [
        soilTable(
          {
            砂粒: { argument: 'soil-sand', unit: '%' },
            粉粒: { argument: 'soil-silt', unit: '%' },
            有机质: { argument: 'soil-organic-matter', unit: '%' },
            碳酸钙: { argument: 'soil-carbonate', unit: '%' },
          },
          [
            ['60', '20', '1.5', '2'],
            ['70', '12', '0.8', '4.5'],
            ['45', '30', '2.2', '0'],
            ['80', '8', '0.3', '6'],
          ],
        ),
        landTable({ z: { argument: 'fetch', unit: 'm' } }, 30, 90, seed),
      ],
      list: method('R3.rweq.map', { C: 'fryrear1998' }),
    }),
    pixel: (_, f, 面积) => {
      const [黏粒, 有机质] = [f('soil-clay', '%'), f('soil-organic-matter', '%')]
      return law('gep.r3.flux', '防风固沙量', {
        气象因子: f('weather-factor', '1'),
        可蚀性成分: law('gep.r3.erodible-fraction', '可蚀性成分', { 砂粒: f('soil-sand', '%'), 粉粒: f('soil-silt', '%'), 黏粒, 有机质, 碳酸钙: f('soil-carbonate', '%') }), // prettier-ignore
        结皮因子: law('gep.r3.crust', '结皮因子', { 黏粒, 有机质 }),
        糙度因子: f('roughness-factor', '1'),
        植被因子: law('gep.r3.cover-fryrear', '植被因子', { 植被盖度: f('vegetation-cover', '%') }),
        下风距离: f('fetch', 'm'),
        面积,
      })
    },
  },
  {
    method: 'R5.vegetation-scs.map',
    figure: 'R5|vegetation',
    wish: (seed) => ({
      layers: withHoles([{ argument: 'soil-conductivity', unit: 'mm/h', at: between(0.2, 12, seed) }], seed),
      tables: [
        landTable(
          {
            A: { argument: 'curve-number.a', unit: '1' },
            B: { argument: 'curve-number.b', unit: '1' },
            C: { argument: 'curve-number.c', unit: '1' },
            D: { argument: 'curve-number.d', unit: '1' },
          },
          35,
          95,
          seed,
        ),
      ],
      files: { '雨量.csv': '日期,雨量\n2023-05-01,61.5\n2023-06-11,12.0\n2023-07-02,104.2\n2023-07-30,50.0\n' },
      arguments: [
        { argument: 'storm-day-rain', file: '雨量.csv', column: '雨量', unit: 'mm', days: { date: '日期', take: 'each', atLeast: '50', missing: 366 } }, // prettier-ignore
      ],
      list: method('R5.vegetation-scs.map', { CN: 'by-group', soilGroup: 'conductivity' }),
    }),
    pixel: (cls, f, 面积) => {
      // Fields are lakes of their own methods; the law is of forest, shrub and grass.
      if (!/^(forest|shrub|grass)/.test(cls)) throw new NoFactor('noValue')
      return law('gep.r5.scs', '调蓄量', {
        暴雨日: ['61.5', '104.2', '50.0'].map((mm) => ({ 雨量: quantity(mm, 'mm') })),
        曲线数: law('gep.r5.cn-by-group', '曲线数', {
          土壤组: law('gep.r5.soil-group', '土壤组', { 饱和导水率: f('soil-conductivity', 'mm/h') }),
          甲组曲线数: f('curve-number.a', '1'),
          乙组曲线数: f('curve-number.b', '1'),
          丙组曲线数: f('curve-number.c', '1'),
          丁组曲线数: f('curve-number.d', '1'),
        }),
        面积,
      })
    },
  },
  {
    method: 'R8.nep.map',
    figure: 'R8|co2',
    wish: (seed) => ({
      layers: withHoles(
        [
          { argument: 'npp', unit: 'gC/(m2·a)', at: between(200, 1500, seed), big: true },
          { argument: 'soil-respiration', unit: 'gC/(m2·a)', at: between(100, 1700, seed + 1) },
        ],
        seed,
      ),
      list: method('R8.nep.map', { NPP: 'given', Rh: 'given' }),
    }),
    pixel: (_, f, 面积) =>
      law('gep.r8.nep', '固定二氧化碳量', {
        净初级生产力: f('npp', 'gC/(m2·a)'),
        异养呼吸: f('soil-respiration', 'gC/(m2·a)'),
        面积,
      }),
  },
  {
    method: 'R8.nep.map',
    figure: 'R8|co2',
    wish: (seed) => ({
      width: 9,
      height: 7,
      cover: oneOf([2, 3, 4], seed),
      layers: MONTHS.flatMap((m, k) => [
        { argument: 'monthly-ndvi', item: m, unit: '1', file: 'ndvi.tif', at: withGap(between(0.1, 0.85, seed + k), k === 6 ? seed : -1) }, // prettier-ignore
        { argument: 'monthly-radiation', item: m, unit: 'MJ/m2', file: 'radiation.tif', at: between(200, 700, seed + 20 + k), apart: true }, // prettier-ignore
        { argument: 'monthly-temperature', item: m, unit: '℃', file: 'temperature.tif', at: between(-5, 32, seed + 40 + k) }, // prettier-ignore
        { argument: 'monthly-rain', item: m, unit: 'mm', file: 'rain.tif', at: between(0, 320, seed + 60 + k) },
        { argument: 'monthly-evapotranspiration', item: m, unit: 'mm', file: 'et.tif', at: between(10, 90, seed + 80 + k) }, // prettier-ignore
        { argument: 'monthly-potential-evapotranspiration', item: m, unit: 'mm', file: 'pet.tif', at: between(90, 180, seed + 100 + k) }, // prettier-ignore
        ...(k === 0 ? [{ argument: 'optimum-temperature', unit: '℃', at: between(15, 28, seed + 200) }] : []),
      ]),
      list: method('R8.nep.map', { NPP: 'casa', Rh: 'monthly', epsilonMax: 'p44' }),
    }),
    pixel: (cls, f, 面积) => {
      const keys = { class: cls }
      const best = f('optimum-temperature', '℃')
      const months = MONTHS.map((m) => ({
        吸收辐射: law('gep.r8.casa.apar', '吸收辐射', {
          太阳辐射: f(`monthly-radiation|${m}`, 'MJ/m2'),
          吸收比例: law('gep.r8.casa.fpar', '吸收比例', { 植被指数: f(`monthly-ndvi|${m}`, '1') }, keys),
        }),
        温度胁迫一: law('gep.r8.casa.t1', '温度胁迫一', { 最适温度: best }),
        温度胁迫二: law('gep.r8.casa.t2', '温度胁迫二', { 最适温度: best, 气温: f(`monthly-temperature|${m}`, '℃') }, { variant: 'p43' }), // prettier-ignore
        水分胁迫: law('gep.r8.casa.water-stress', '水分胁迫', { 实际蒸散量: f(`monthly-evapotranspiration|${m}`, 'mm'), 潜在蒸散量: f(`monthly-potential-evapotranspiration|${m}`, 'mm') }), // prettier-ignore
      }))
      const greatest = parametersFrom(book, CONTEXT)('gep.r8.casa.epsilon-max-p44', cls)
      if ('severity' in greatest) throw new ProblemError(greatest)
      return law('gep.r8.nep', '固定二氧化碳量', {
        净初级生产力: law('gep.r8.casa.npp', '净初级生产力', { 各月: months, 最大光能利用率: greatest.quantity }),
        异养呼吸: law('gep.r8.rh', '异养呼吸', { 各月: MONTHS.map((m) => ({ 气温: f(`monthly-temperature|${m}`, '℃'), 降水量: f(`monthly-rain|${m}`, 'mm') })) }, { variant: 'p41' }), // prettier-ignore
        面积,
      })
    },
  },
  {
    method: 'R9.vegetation.map',
    figure: 'R9|vegetation',
    wish: (seed) => ({
      layers: withHoles([{ argument: 'cooling-days', unit: 'd', at: (c, r) => Math.floor(90 * noise(seed)(c, r)), type: 'float32' }], seed), // prettier-ignore
      list: method('R9.vegetation.map'),
    }),
    pixel: (cls, f, 面积) => {
      if (!/^(forest|shrub|grass)/.test(cls)) throw new NoFactor('noValue')
      return law('gep.r9.vegetation', '调节能量', { 面积, 高温天数: f('cooling-days', 'd') }, { class: cls })
    },
  },
  {
    method: 'R9.water-surface.map',
    figure: 'R9|water',
    wish: (seed) => ({
      codes: { ...CODES, '7': 'wetland.lake', '8': 'wetland.marsh' },
      cover: oneOf([2, 6, 7, 8], seed),
      layers: withHoles([{ argument: 'hot-day-evaporation', unit: '0.1mm', at: (c, r) => Math.floor(6000 * noise(seed)(c, r)), type: 'float32' }], seed), // prettier-ignore
      list: method('R9.water-surface.map', { humidifierTerm: 'always', waterCop: 'none' }),
    }),
    pixel: (cls, f, 面积) => {
      if (!/^wetland\.(lake|river|reservoir)/.test(cls)) throw new NoFactor('noValue')
      const 蒸发量 = law('gep.r9.evaporated', '蒸发量', { 蒸发深: f('hot-day-evaporation', '0.1mm'), 面积 })
      return law('gep.r9.water.always.none', '调节能量', { 蒸发量 })
    },
  },
]

const near = (a: Dec, b: Dec): boolean => a.minus(b).abs().lte(b.abs().times('1e-9').plus('1e-12'))

describe('a figure over maps is the plain sum over its pixels', () => {
  test.each(
    TWINS.map((t, i) => ({
      name: `${t.method}${i === 3 || i === 7 ? ' from monthly maps' : ''}`,
      twin: t,
      seed: 31 + i,
    })),
  )('$name', ({ twin, seed }) => {
    const given = mapAccount(twin.wish(seed))
    const passports = new Map<string, string>()
    const { account } = run(given, (a, maps) => {
      const { world } = explainer(a, book)
      for (let r = 0; r < given.height; r++)
        for (let c = 0; c < given.width; c++) {
          const place = { x: 0, y: 0, lonLat: [0, 0], pixel: [c, r] } as const
          for (const f of pixelPassport(place, maps, world)?.figures ?? [])
            if (f.node) passports.set(`${f.figure.key}|${c}|${r}`, JSON.stringify(f.node.value))
        }
    })
    const plain = plainly(twin, given)
    const figures = new Map(overPixels(account).map((f) => [f.key, f]))
    const computed = [...plain].filter(([, row]) => !row.lacking && row.shares.length > 0)
    const vegetationOnly = /^R[59]/.test(twin.method)
    expect([...figures.keys()].sort()).toEqual(computed.map(([key]) => `quantity|-|${key}|${twin.figure}`).sort())
    expect(computed.length).toBeGreaterThan(5)
    for (const [key, row] of computed) {
      const figure = figures.get(`quantity|-|${key}|${twin.figure}`)!
      const { sum: own } = figure.recipe
      const unit = row.shares[0]!.value.unit.text
      expect(
        near(
          convert(figure.quantity, unit).value,
          sum(
            row.shares.map((s) => s.value),
            unit,
          ),
        ),
        key,
      ).toBe(true)
      expect({ pixels: own.pixels, ...own.missing }, key).toEqual({
        pixels: row.shares.length,
        ...row.missing,
        outside: 0,
      })
      expect(own.negative).toBe(row.shares.filter((s) => s.value.value.lt(0)).length)
      const said = row.shares.map(({ column, row: r }) => passports.get(`${figure.key}|${column}|${r}`))
      expect(said, key).toEqual(
        row.shares.map(({ value }) => JSON.stringify({ value: value.value.toString(), unit: value.unit.text })),
      )
      const all = said.map((t) => readQuantity(JSON.parse(t!) as { value: string; unit: string }))
      expect(near(convert(figure.quantity, unit).value, sum(all, unit)), `passports of ${key}`).toBe(true)
    }
    const missing = [...plain.values()].reduce((n, r) => n + r.missing.nodata + r.missing.nan, 0)
    if (!vegetationOnly) expect(missing).toBeGreaterThan(5)
  })
})

/** Rain and evapotranspiration over the default regions. */
const water = (seed: number, more: MapAccountWish = {}): MapAccountWish => ({
  ...more,
  layers: withHoles(
    [
      { argument: 'precipitation', unit: 'mm', at: between(700, 2000, seed) },
      { argument: 'evapotranspiration', unit: 'mm', at: between(300, 1100, seed + 1) },
    ],
    seed,
  ),
  list: { ...method('R1.water-balance.map'), ...more.list },
})

/** What must not change: areas, sums and values, without the hashes of files. */
const digits = (a: Account): string =>
  JSON.stringify([
    a.figures.map((f) => [f.key, f.quantity.value.toString(), f.recipe.kind === 'pixels' ? f.recipe.sum : '']),
    a.facts.map((f) => [f.id, f.quantity.value.toString(), f.typed]),
  ])

describe('what must not change a digit does not', () => {
  const plain = water(5, { width: 300, height: 70 })
  let expected = ''
  beforeAll(() => {
    expected = digits(run(mapAccount(plain)).account)
  })

  test.each([
    ['strips of one row', { rowsPerStrip: 1 }],
    ['one strip', { rowsPerStrip: 70, packing: 'deflate', predictor: 3 }],
    ['tiles of 16', { tile: 16, packing: 'packbits' }],
    ['tiles of 64 in LZW', { tile: 64, packing: 'lzw', predictor: 2 }],
    ['a tile of 512, BigTIFF', { tile: 512, big: true, packing: 'deflate' }],
    ['Motorola order, bands apart', { tile: 128, motorola: true, apart: true }],
  ] as const)('%s', (_, layout) => {
    expect(digits(run(mapAccount({ ...plain, ...layout })).account)).toBe(expected)
  })

  test('bands of one file instead of files of their own', () => {
    const layers = plain.layers!.map((l) => ({ ...l, file: 'climate.tif' }))
    expect(digits(run(mapAccount({ ...plain, layers })).account)).toBe(expected)
    expect(digits(run(mapAccount({ ...plain, layers, apart: true, tile: 32 })).account)).toBe(expected)
  })

  test('the order of the regions in the boundary file and in the table', () => {
    const given = mapAccount(plain)
    const json = JSON.parse(new TextDecoder().decode(given.files.get('boundaries.geojson'))) as { features: unknown[] }
    const turned = new TextEncoder().encode(JSON.stringify({ ...json, features: json.features.reverse() }))
    const [head, ...rows] = new TextDecoder().decode(given.files.get('regions.csv')).trim().split('\n')
    const table = new TextEncoder().encode(`${[head, ...rows.reverse()].join('\n')}\n`)
    const files = new Map([...given.files, ['boundaries.geojson', turned], ['regions.csv', table]])
    expect(digits(run({ ...given, files }).account)).toBe(expected)
  })

  test('how many decoded blocks a file keeps', () => {
    const { folder } = run(mapAccount({ ...plain, tile: 16 }))
    const all = [1, 1024, 64 * 1024 * 1024].map((cacheBytes) => {
      const raster = openRaster(join(folder, 'precipitation.tif'), { cacheBytes })
      const strip = stripOf(300 * 70)
      raster.band(1).read({ col: 0, row: 0, width: 300, height: 70 }, strip)
      raster.close()
      return strip
    })
    expect(all[1]).toEqual(all[0])
    expect(all[2]).toEqual(all[0])
  })
})

test('a region and type without a single pixel that has every factor has no figure, and says so', () => {
  const given = mapAccount(water(3))
  const bare = mapAccount({
    ...water(3),
    layers: [
      { argument: 'precipitation', unit: 'mm', at: between(700, 2000, 3) },
      {
        argument: 'evapotranspiration',
        unit: 'mm',
        at: (c, r) => (given.regionAt(c, r) === '120' && given.classAt(c, r) === 'farm.garden' ? undefined : 500),
      },
    ],
  })
  const { account } = run(bare)
  expect(overPixels(account).some((f) => f.key === 'quantity|-|120|farm.garden|R1|water')).toBe(false)
  expect(overPixels(account).some((f) => f.key === 'quantity|-|110|farm.garden|R1|water')).toBe(true)
  const line = account.lines.find((l) => l.region === '120' && l.class === 'farm.garden' && l.service === 'R1')
  expect(line).toMatchObject({ state: 'missing' })
  expect(line!.reason!.zh).toContain('像元')
})

describe('areas', () => {
  const areasOf = (a: Account): ReadonlyMap<string, Dec> =>
    new Map(
      a.facts
        .filter((f) => f.argument === 'area')
        .map((f) => [`${f.region}|${f.class}`, convert(f.quantity, 'm2').value] as const),
    )
  const countOf = (given: MapAccount, weight: (row: number) => number): ReadonlyMap<string, number> => {
    const out = new Map<string, number>()
    for (let r = 0; r < given.height; r++)
      for (let c = 0; c < given.width; c++) {
        const [region, cls] = [given.regionAt(c, r), given.classAt(c, r)]
        if (region && cls) out.set(`${region}|${cls}`, (out.get(`${region}|${cls}`) ?? 0) + weight(r))
      }
    return out
  }

  test('of a projected map are pixels times the area of a pixel, exactly', () => {
    const given = mapAccount(water(8))
    const found = areasOf(run(given).account)
    const plain = countOf(given, () => 900)
    expect([...found.keys()].sort()).toEqual([...plain.keys()].sort())
    for (const [key, m2] of plain) expect(found.get(key)!.toString(), key).toBe(String(m2))
  })

  test('of a map in degrees (EPSG:4490) follow the latitude of each row', () => {
    const spot = { epsg: 4490, west: 110, north: 30, pixel: 0.25 }
    const given = mapAccount(water(8, spot))
    const found = areasOf(run(given).account)
    const size = { width: given.width, height: given.height, dx: 0.25, dy: 0.25 }
    const area = pixelAreas({ ...size, west: 110, north: 30, crs: crsFromEpsg(4490)! })
    // A sphere of the same surface is near enough to tell latitudes apart.
    const sphere = (r: number): number => {
      const sin = (row: number): number => Math.sin(((30 - row * 0.25) * Math.PI) / 180)
      return (6371007.2 ** 2 * (0.25 * Math.PI) * (sin(r) - sin(r + 1))) / 180
    }
    const plain = countOf(given, area)
    for (const [key, m2] of countOf(given, sphere)) expect(Math.abs(plain.get(key)! / m2 - 1)).toBeLessThan(5e-3)
    for (const [key, m2] of plain) expect(near(found.get(key)!, dec(String(m2))), key).toBe(true)
    expect(area(16) / area(0)).toBeGreaterThan(1.03)
  })
})

test('land-cover change: opening, less what left, plus what came, is closing for every type and region', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const given = mapAccount({
        ...water(seed, { width: 14, height: 11 }),
        before: (c, r) => (noise(seed)(c, r) < 0.05 ? undefined : oneOf([1, 2, 3, 4, 5, 9], seed + 3)(c, r)),
      })
      const { account } = run(given)
      const add = (into: Map<string, number>, key: string, m2: number): unknown =>
        into.set(key, (into.get(key) ?? 0) + m2)
      const read = { opening: new Map<string, number>(), closing: new Map<string, number>(), moved: new Map<string, number>() } // prettier-ignore
      for (const f of account.facts) {
        const m2 = convert(f.quantity, 'm2').value.toNumber()
        if (f.argument === 'area') add(read.closing, `${f.region}|${f.class}`, m2)
        if (f.argument === 'area.opening') add(read.opening, `${f.region}|${f.class}`, m2)
        if (f.argument === 'area.transition') add(read.moved, `${f.region}|${f.item}>${f.class}`, m2)
      }
      const plain = { opening: new Map<string, number>(), closing: new Map<string, number>(), moved: new Map<string, number>() } // prettier-ignore
      for (let r = 0; r < given.height; r++)
        for (let c = 0; c < given.width; c++) {
          const region = given.regionAt(c, r)
          if (region === undefined) continue
          const [was, is] = [given.classBefore(c, r), given.classAt(c, r)]
          if (was) add(plain.opening, `${region}|${was}`, 900)
          if (is) add(plain.closing, `${region}|${is}`, 900)
          if (was && is && was !== is) add(plain.moved, `${region}|${was}>${is}`, 900)
        }
      const sorted = (m: ReadonlyMap<string, number>): unknown => [...m].sort(([a], [b]) => (a < b ? -1 : 1))
      expect(sorted(read.opening)).toEqual(sorted(plain.opening))
      expect(sorted(read.closing)).toEqual(sorted(plain.closing))
      expect(sorted(read.moved)).toEqual(sorted(plain.moved))
      const extent = new Map(
        account.figures.filter((f) => f.measure === 'extent').map((f) => [`${f.region}|${f.class}|${f.item}`, f]),
      )
      const ha = (key: string): Dec => {
        const f = extent.get(key)
        return f ? convert(f.quantity, 'm2').value : dec(0)
      }
      for (const key of new Set([...plain.opening.keys(), ...plain.closing.keys()]))
        expect(
          ha(`${key}|opening`)
            .plus(ha(`${key}|additions`))
            .minus(ha(`${key}|reductions`))
            .toString(),
          key,
        ).toBe(ha(`${key}|closing`).toString())
    }),
    { numRuns: 6 },
  )
})

describe('a package of an account over maps', () => {
  test('verifies, with its inputs inside or beside it', async () => {
    const given = mapAccount(water(12))
    const { folder, account } = run(given)
    const pack = (inputs?: ReadonlyMap<string, Uint8Array>) =>
      openPackage(
        writePackage({
          account,
          list: given.list,
          rules: rules.files,
          report: new Map(),
          ...(inputs ? { inputs } : {}),
        }).bytes,
        'account.zip',
      )
    expect(await verifyPackage(pack(given.files))).toMatchObject({ same: true, problems: [] })
    expect(await verifyPackage(pack(), { inputs: folder })).toMatchObject({ same: true, problems: [] })
  })

  test('does not verify where one pixel of one input is another', async () => {
    const given = mapAccount(water(12))
    const { account } = run(given)
    const other = mapAccount({
      ...water(12),
      layers: water(12).layers!.map((l) =>
        l.argument === 'precipitation' ? { ...l, at: (c, r) => (c === 4 && r === 6 ? 1234.5 : l.at(c, r)) } : l,
      ),
    })
    const { folder } = run(other)
    const packed = openPackage(
      writePackage({ account, list: given.list, rules: rules.files, report: new Map() }).bytes,
      'account.zip',
    )
    const verified = await verifyPackage(packed, { inputs: folder })
    expect(verified.same).toBe(false)
    expect(verified.problems.map((p) => p.code)).toContain('package.differs')
  })

  test('opens a pixel to its file, band and hash', () => {
    const given = mapAccount(water(12))
    const { folder, account } = run(given)
    const r = 6
    let c = 2
    const whole = ['precipitation', 'evapotranspiration'] as const
    while (given.classAt(c, r) === undefined || whole.some((n) => !Number.isFinite(given.valueAt(n, c, r)))) c++
    const at = [500_000 + (c + 0.5) * 30, 3_300_000 - (r + 0.5) * 30] as const
    const seen = lookAtPixel({ folder, list: given.list, book, account, at })
    expect(seen).toMatchObject({ region: given.regionAt(c, r), class: given.classAt(c, r), areaM2: '900' })
    expect(seen.place.pixel).toEqual([c, r])
    const rain = seen.figures[0]!.node!.children.find((n) => n.origin?.file === 'precipitation.tif')
    expect(rain).toMatchObject({ kind: 'map', origin: { band: 1 } })
    expect(rain!.origin!.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(Number((rain!.value as { value: string }).value)).toBe(given.valueAt('precipitation', c, r))
  })
})
