// The thresholds of the checks in one place, each with what it means. They are this project's own proposals unless a
// source is named: no numerical requirement was found in a readable standard. A finding says which limit it met.

import { dec, text, type Dec, type Text } from '../../../kernel/index.ts'

export interface Limit {
  readonly low?: Dec
  readonly high?: Dec
  readonly unit: string
  readonly text: Text
  readonly source?: string
}

const limit = (low: string | undefined, high: string | undefined, unit: string, t: Text, source?: string): Limit => ({
  ...(low === undefined ? {} : { low: dec(low) }),
  ...(high === undefined ? {} : { high: dec(high) }),
  unit,
  text: t,
  ...(source === undefined ? {} : { source }),
})

const perArea = (low: string, high: string, zh: string, en: string): Limit =>
  limit(low, high, '万元/km2', text(`${zh}每平方公里价值（本项目建议值）`, `value per km² of ${en} (proposed here)`))

/** QA-05, by level-1 class (`*` all land). Low ends leave room for accounts of few services; a factor of 10 000 is always seen. */
export const VALUE_PER_AREA: Readonly<Record<string, Limit>> = {
  '*': perArea('10', '8000', '全部土地', 'all land'),
  forest: perArea('1', '6000', '森林', 'forest'),
  shrub: perArea('1', '4000', '灌丛', 'shrub'),
  grass: perArea('1', '3000', '草地', 'grassland'),
  wetland: perArea('1', '30000', '湿地', 'wetland'),
  farm: perArea('1', '5000', '农田', 'farmland'),
  urban: perArea('0', '10000', '城镇', 'urban land'),
  desert: perArea('0', '1000', '荒漠', 'desert'),
  other: perArea('0', '1500', '其他', 'other land'),
}

/** QA-08: dry bulk density of soil. A value of exactly 1 means that the step was left out. */
export const BULK_DENSITY = limit('0.5', '2.2', 't/m3', text('土壤容重', 'bulk density of soil'))
/** QA-08: the share of lost soil that silts up, printed by P01 and P31; tried where a table does not name its share. */
export const SILT_SHARE = dec('0.24')
/** QA-09 */
export const RUNOFF_CLOSURE = limit(undefined, '0.10', '1', text('产水量与实测径流之差', 'water yield against runoff'))
/** QA-10: both in SI; US units or a missing 17.02 put R or K outside. */
export const ERODIBILITY = limit('0.002', '0.06', 't·hm2·h/(hm2·MJ·mm)', text('土壤可蚀性 K', 'erodibility K'))
export const EROSIVITY = limit('500', undefined, 'MJ·mm/(hm2·h·a)', text('降雨侵蚀力 R', 'erosivity R'))
/** QA-11 */
export const SOIL_ANYWHERE = limit(undefined, '5000', 't/hm2', text('任一地块的土壤保持', 'soil retained on any plot'))
export const SOIL_AVERAGE = limit(undefined, '1500', 't/hm2', text('区域平均土壤保持', 'soil retained on average'))
/** QA-12: oxygen per carbon dioxide of one photosynthesis. */
export const OXYGEN_RATIO = dec(32).div(44)
export const OXYGEN_ROOM = dec('0.02')
