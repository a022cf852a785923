// What a list must satisfy beyond its shape, judged without opening a single file:
// known arguments, units that convert, dimensions that are stated.

import { findUnit, sameDimensions, unit, type Place, type Problem } from '../../../kernel/index.ts'
import { ARGUMENTS, findArgument, type Argument } from '../arguments.ts'
import type { Binding, DaySeries, InputList } from '../input-list.ts'
import { nearest } from './nearest.ts'
import { problem } from './problems.ts'
import { isMap } from './sources.ts'

/** Where an entry of the list stands: a line of account.yaml or a cell of the twin sheet. */
export type Locate = (path: readonly (string | number)[]) => Place

const NOWHERE: Locate = () => ({})

/** Maps of classes: what the land is, and what it was. */
export const CLASS_MAPS: readonly string[] = ['land-cover', 'area.opening']

/** @returns red problems; empty when every binding can be read as written */
export function checkList(list: InputList, locate: Locate = NOWHERE): readonly Problem[] {
  return list.arguments.flatMap((b, k) => checkBinding(b, (key) => locate(['arguments', k, ...(key ? [key] : [])])))
}

function checkBinding(b: Binding, locate: (key?: keyof Binding) => Place): readonly Problem[] {
  const argument = findArgument(b.argument)
  if (!argument) {
    const near = nearest(
      b.argument,
      ARGUMENTS.map((a) => a.id),
    ).join('、')
    return [problem('list.unknown-argument', { argument: b.argument, nearest: near }, locate('argument'))]
  }
  const out: Problem[] = []
  const have = findUnit(b.unit)
  if (!have) out.push(problem('list.unknown-unit', { unit: b.unit, argument: b.argument }, locate('unit')))
  else if (!sameDimensions(have, unit(argument.unit)))
    out.push(problem('list.unit-mismatch', { argument: b.argument, want: argument.unit, have: b.unit }, locate('unit')))
  if (b.days) out.push(...checkDays(b, b.days, argument, () => locate('days')))
  if (b.resampling !== undefined) out.push(...checkResampling(b, () => locate('resampling')))
  // A class may be left out where a region has one value for all classes, and so may the item of a factor whose items are
  // names (one value of time for all sites); the item of an amount, or one of a closed list, never can.
  if (argument.by.includes('item') && !b.item && !b.days && (argument.extensive || argument.items !== undefined))
    out.push(problem('list.needs-dimension', { argument: b.argument, dim: '项目 item', key: 'item' }, locate()))
  return out
}

/** Only measures on maps are resampled one way or another; of classes and codes there is nothing in between. */
function checkResampling(b: Binding, locate: () => Place): readonly Problem[] {
  const wrong = (zh: string, en: string): Problem =>
    problem('list.resampling-shape', { argument: b.argument, zh, en }, locate())
  if (b.code) return [wrong('代码图总按最近邻读取', 'a map of codes always takes the nearest pixel')]
  if (!isMap(b.file)) return [wrong('只用于地图（GeoTIFF）', 'it is for maps (GeoTIFF)')]
  if (CLASS_MAPS.includes(b.argument)) return [wrong('类型图总按最近邻读取', 'a map of classes always takes the nearest pixel')] // prettier-ignore
  return []
}

/** Months and days are items: the argument must have them, and only then. */
function checkDays(b: Binding, days: DaySeries, argument: Argument, locate: () => Place): readonly Problem[] {
  const wrong = (zh: string, en: string): Problem =>
    problem('list.days-shape', { argument: b.argument, zh, en }, locate())
  const months = argument.items !== undefined && '01' in argument.items
  const out: Problem[] = []
  if (isMap(b.file)) {
    if (!months || days.per !== 'month')
      out.push(
        wrong(
          '地图的日期只用于按月的指标，写 per: month',
          'dates of maps are for arguments by month, with `per: month`',
        ),
      )
    if (days.take !== 'mean' && days.take !== 'max')
      out.push(wrong('地图只能取平均（mean）或最大（max）', 'maps are taken as `mean` or `max`'))
    if (b.item) out.push(wrong('日期已说明是哪个月，不写项目 item', 'the date says the month; `item` is left out'))
    if ([days.atLeast, days.above, days.missing, days.years].some((x) => x !== undefined))
      out.push(
        wrong('atLeast、above、missing、years 只用于表', '`atLeast`, `above`, `missing`, `years` are for tables'),
      )
    return out
  }
  if (days.take === 'each' && (!argument.by.includes('item') || argument.items !== undefined))
    out.push(wrong('逐日取值（each）只用于按日列出的指标', '`each` is for arguments listed day by day'))
  if (days.take !== 'each' && months !== (days.per === 'month'))
    out.push(
      months
        ? wrong('按月的指标要写 per: month', 'an argument by month needs `per: month`')
        : wrong('per: month 只用于按月的指标', '`per: month` is for arguments by month'),
    )
  if (days.take !== 'each' && !months && argument.by.includes('item') && !b.item)
    out.push(wrong('还要写明项目 item', '`item` is needed too'))
  if (typeof b.year === 'object' || typeof b.mark === 'object' || typeof b.source === 'object')
    out.push(wrong('年份、标记、来源不能取自列', 'year, mark and source cannot come from columns'))
  return out
}

/** Accepted, and nothing left to answer: only then does a list run. */
export function checkAccepted(list: InputList, file: string, locate: Locate = NOWHERE): readonly Problem[] {
  const open = list.arguments.flatMap((b, k) =>
    b.question
      ? [
          problem(
            'list.open-question',
            { argument: b.argument, question: `${b.question.zh} / ${b.question.en}` },
            locate(['arguments', k, 'question']),
          ),
        ]
      : [],
  )
  return list.accepted ? open : [problem('list.not-accepted', { file }, { file }), ...open]
}
