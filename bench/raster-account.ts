// The account of a made region over its maps: three models in one pass (water yield, soil kept, cooling by vegetation) by
// class and county, exactly as `qingshan account run` computes it, each step measured.

import { loadRuleBook } from '../src/core/rules/index.ts'
import { classificationOf, readFacts } from '../src/domains/accounting/index.ts'
import { computeAccount } from '../src/domains/accounting/engine/compute.ts'
import type { InputList } from '../src/domains/accounting/input-list.ts'
import { openMaps } from '../src/domains/accounting/maps/open-maps.ts'
import { peak, timed, type Measured } from './measure.ts'
import { CODES } from './region-land.ts'

const band = (argument: string, file: string, unit: string) => ({
  argument,
  file: `${file}.tif`,
  column: 'band 1',
  unit,
})
const table = (argument: string, column: string, unit: string) => ({
  argument,
  file: 'biophysical.csv',
  column,
  unit,
  code: { column: 'lucode', map: 'lulc.tif' },
})

export const LIST: InputList = {
  qingshan: 'account/1',
  title: { zh: '基准', en: 'Benchmark' },
  year: 2020,
  priceYear: 2020,
  set: '481-2022',
  status: 'trial',
  region: { code: '100', name: { zh: '基准省', en: 'Benchmark province' } },
  regions: { file: 'counties.csv', code: '代码', name: '名称' },
  boundaries: { file: 'counties.geojson', code: 'code' },
  accepted: { by: '基准', on: '2026-11-22' },
  methods: { R1: ['R1.annual-yield.map'], R2: ['R2.rusle.map'], R9: ['R9.vegetation.map'] },
  choices: {
    'R1.annual-yield.ET0': 'given',
    'R1.annual-yield.omega': 'soil-water',
    'R1.annual-yield.Z': 'weihe',
    'R1.annual-yield.vegetated': 'given',
    'R2.rusle.R': 'given',
    'R2.rusle.K': 'given',
    'R2.rusle.LS': 'given',
    'R2.rusle.C': 'given',
    'R2.rusle.P': 'given',
    'R2.rusle.soilRecord': 'ganzi-2010',
  },
  arguments: [
    { ...band('land-cover', 'lulc', '1'), class: { column: 'band 1', codes: CODES } },
    band('precipitation', 'precip', 'mm'),
    band('potential-evapotranspiration', 'eto', 'mm'),
    band('restricting-depth', 'depth', 'mm'),
    band('available-water-fraction', 'pawc', '1'),
    band('rainfall-erosivity', 'r', 'MJ·mm/(hm2·h·a)'),
    band('soil-erodibility', 'k', 't·hm2·h/(hm2·MJ·mm)'),
    band('slope-length-steepness', 'ls', '1'),
    band('cooling-days', 'days', 'd'),
    table('crop-coefficient', 'kc', '1'),
    table('root-depth', 'root_depth', 'mm'),
    table('vegetated', 'lulc_veg', '1'),
    table('cover-factor', 'usle_c', '1'),
    table('practice-factor', 'usle_p', '1'),
  ],
}

/** @param folder of a made region */
export async function rasterAccount(folder: string): Promise<Measured> {
  const { book } = await loadRuleBook('rules')
  const facts = await timed(() => readFacts(folder, LIST, { classification: classificationOf(book) }))
  const opened = await timed(() => openMaps(folder, LIST, facts.result, book, 'with-pass'))
  const { stack, problems } = opened.result
  const red = [...facts.result.problems, ...problems].filter((p) => p.severity === 'red')
  if (!stack || red.length > 0) throw new Error(red.map((p) => `${p.code} ${p.en}`).join('\n'))
  const computed = await timed(() =>
    computeAccount({
      list: LIST,
      ...facts.result,
      facts: [...facts.result.facts, ...opened.result.facts],
      book,
      engine: 'bench',
      findings: [],
      maps: stack,
    }),
  )
  const odd = opened.result.problemsAfterPass().filter((p) => p.severity === 'red')
  if (odd.length > 0) throw new Error(odd.map((p) => `${p.code} ${p.en}`).join('\n'))
  stack.close()
  const overPixels = computed.result.figures.filter((f) => f.recipe.kind === 'pixels')
  if (overPixels.length === 0) throw new Error('no figure is over pixels')
  return {
    facts: facts.cpu,
    survey: opened.cpu,
    pass: computed.cpu,
    figures: overPixels.length,
    cpu: facts.cpu + opened.cpu + computed.cpu,
    wall: facts.wall + opened.wall + computed.wall,
    peak: peak(),
  }
}
