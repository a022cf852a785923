// Which unit a column is in: as printed, where the values allow it; else the customary unit in which they make sense.
// Always holds: a unit that was not printed, or that the values contradict, is never sure.

import {
  convert,
  dec,
  findUnit,
  isDimensionless,
  quantity,
  sameDimensions,
  text,
  unit,
  type Dec,
  type Text,
  type Unit,
} from '../../../kernel/index.ts'
import type { Argument } from '../arguments.ts'
import { looseUnit, printedUnit, unitsAgree } from './columns.ts'

export interface UnitGuess {
  readonly unit: string
  readonly sure: boolean
  /** Share of the values that lie in the argument's usual range in this unit. */
  readonly inRange: number
  /** All values lie where this argument mostly lies. */
  readonly typical: boolean
  readonly ground: Text
  readonly doubt?: Text
}

/** How the argument's unit is met in Chinese statistics, the commonest first. */
const HABITS: Readonly<Record<string, string>> = {
  km2: 'km2 hm2 亩 万亩 万hm2 m2 万km2',
  hm2: 'hm2 亩 km2 万亩 万hm2',
  m2: 'm2 万m2 hm2 km2',
  m3: '万m3 m3 亿m3',
  t: 't 万t kg 亿t 千克',
  tC: 'tC 万tC 亿tC',
  tCO2: 'tCO2 万tCO2 亿tCO2 kgCO2',
  tO2: 'tO2 万tO2 亿tO2 kgO2',
  tDM: 'tDM 万tDM 亿tDM kgDM',
  tce: 'tce 万tce',
  mm: 'mm 0.1mm cm m',
  元: '元 万元 亿元',
  人次: '人次 万人次',
  人: '人 万人',
  kWh: 'kWh 万kWh 亿kWh',
  '%': '% 1 ‰',
  '1': '1 %',
  km: 'km m',
  '人·h': '人·h 万人·h',
  'gC/(m2·a)': 'gC/(m2·a) kgC/(m2·a) tC/(hm2·a)',
  '元/t': '元/t 元/kg 万元/t',
  '元/hm2': '元/hm2 元/亩',
  'cm/d': 'cm/d mm/d',
}

/** Where an argument mostly lies, in its own unit: narrower than its range, only for telling units apart. */
const TYPICAL: Readonly<Record<string, readonly [number, number]>> = {
  area: [0.01, 60_000],
  'area.opening': [0.01, 60_000],
  precipitation: [250, 3000],
  evapotranspiration: [150, 1400],
  'potential-evapotranspiration': [400, 2200],
  'runoff-depth': [5, 2500],
  'monthly-rain': [1, 600],
  'vegetation-cover': [1.5, 100],
  'soil-sand': [1.5, 100],
  'soil-silt': [1.5, 100],
  'soil-clay': [1.5, 100],
  'nature-share': [5, 100],
  npp: [50, 2500],
  'rainfall-erosivity': [500, 20_000],
  population: [3_000, 110_000_000],
  gdp: [1e8, 2e13],
  visits: [5_000, 1e9],
  'tourism-revenue': [1e6, 1e13],
}

const within = (
  values: readonly Dec[],
  from: Unit,
  argument: Argument,
  [low, high]: readonly [string | number, string | number],
): number => {
  const inside = values.filter((v) => {
    const q = convert(quantity(v, from), argument.unit).value
    // Nought is a fair value of any amount and says nothing about its unit.
    return v.isZero() || (q.gte(low) && q.lte(high))
  })
  return values.length === 0 ? 0 : inside.length / values.length
}

/** @returns undefined where the printed unit is of another kind than the argument */
export function guessUnit(
  argument: Argument,
  printed: string | undefined,
  values: readonly Dec[],
  percentCells: boolean,
): UnitGuess | undefined {
  const seen = printedUnit(printed)
  const judge = (u: string, sure: boolean, ground: Text, doubt?: Text): UnitGuess => {
    const inRange = within(values, unit(u), argument, argument.range)
    const typical = TYPICAL[argument.id]
    return {
      unit: u,
      sure: sure && inRange === 1,
      inRange,
      typical: typical ? within(values, unit(u), argument, typical) === 1 : inRange === 1,
      ground,
      ...(doubt ? { doubt } : {}),
    }
  }
  if (seen) {
    const listed = listedUnit(argument, seen)
    if (listed === undefined) return undefined
    const stated = judge(listed, true, text(`单位写着 ${printed!}`, `the unit is given as ${printed!}`))
    const contradicts =
      stated.inRange < 0.5 || (!stated.typical && isDimensionless(seen) && argument.id in TYPICAL && !percentCells)
    if (!contradicts) return stated
    const better = habits(argument)
      .filter((u) => u !== listed)
      .map((u) => judge(u, false, stated.ground))
      .find((g) => g.typical && g.inRange === 1)
    const doubt = text(
      `单位写着 ${printed!}，但数值的大小像 ${better?.unit ?? '别的单位'}，请核对`,
      `the unit is given as ${printed!}, but the values look like ${better?.unit ?? 'another unit'}; please check`,
    )
    return better ? { ...better, doubt } : { ...stated, sure: false, doubt }
  }
  if (percentCells && argument.unit === '%')
    return judge('%', true, text('单元格是百分比格式', 'the cells have a percent format'))
  if (argument.unit === '1' && argument.id !== 'cpi')
    return judge('1', true, text('无量纲，不需要单位', 'a pure number needs no unit'))
  const tries = habits(argument).map((u) => judge(u, false, text('', '')))
  const best =
    (argument.id.startsWith('area') ? tries.find((g) => g.inRange === 1 && areaFits(values, g.unit)) : undefined) ??
    tries.find((g) => g.typical && g.inRange === 1) ??
    tries.find((g) => g.inRange === 1)
  const chosen = best ?? judge(argument.unit, false, text('', ''))
  return {
    ...chosen,
    sure: false,
    ground: text(
      `没有写单位，按数值大小猜是 ${chosen.unit}`,
      `no unit is given; by the size of the values ${chosen.unit}`,
    ),
    doubt: text(`单位是 ${chosen.unit} 吗？`, `Is the unit ${chosen.unit}?`),
  }
}

/** Counties have some hundred to some ten thousand km². */
function areaFits(values: readonly Dec[], u: string): boolean {
  const sum = convert(
    quantity(
      values.reduce((s, v) => s.plus(v), dec(0)),
      u,
    ),
    'km2',
  ).value
  return sum.gte(200) && sum.lte(60_000)
}

const habits = (argument: Argument): readonly string[] =>
  [...new Set([...(HABITS[argument.unit]?.split(' ') ?? []), argument.unit])].filter((u) =>
    sameDimensions(unit(u), unit(argument.unit)),
  )

/** The printed unit as a unit of the argument: t over a column of CO2 becomes tCO2. */
function listedUnit(argument: Argument, seen: Unit): string | undefined {
  if (sameDimensions(seen, unit(argument.unit))) return seen.text
  const own = unit(argument.unit)
  if (!sameDimensions(looseUnit(seen), looseUnit(own))) return undefined
  const scaled = ['', '万', '亿', '千', '百万'].map((s) => `${s}${argument.unit}`)
  const choices = [...habits(argument), ...scaled].filter((u) => {
    const found = findUnit(u)
    return found !== undefined && sameDimensions(found, own)
  })
  return choices.find((u) => unitsAgree(seen, unit(u)))
}
