// How well a place of a table fits an argument: words, unit, values, shape, custom. The weights stand in place-table.ts.

import { text, type Text } from '../../../kernel/index.ts'
import type { Argument } from '../arguments.ts'
import type { Binding } from '../input-list.ts'
import { columnName } from './columns.ts'
import type { Column } from './describe-table.ts'
import { guessUnit, type UnitGuess } from './guess-unit.ts'
import { type LabelMatch, PRODUCT_ARGUMENTS, sectorOf } from './labels.ts'
import { findItem } from './names.ts'
import type { Spot } from './table-spots.ts'

const COMMON = new Set(
  'area precipitation evapotranspiration vegetation-cover npp air-emission water-emission water-use crop-output visits population gdp rainfall-erosivity soil-erodibility'.split(
    ' ',
  ),
)
/** The one item of an amount that is given as a whole. */
const WHOLE_ITEM = '全域'

export interface Scored {
  readonly argument: Argument
  readonly score: number
  readonly strength: number
  readonly unit: UnitGuess
  readonly binding: Pick<Binding, 'region' | 'class' | 'item'>
  /** What about the shape wants an answer. */
  readonly doubt?: Text
}

export function scoreArgument(argument: Argument, spot: Spot): Scored | undefined {
  const { strength, item: labelItem, class: labelClass, region: labelRegion } = strengthOf(argument, spot)
  if (strength === 0 && !(spot.blind && spot.topic.size === 0)) return undefined
  const shape = shapeOf(argument, spot, labelItem, labelClass, labelRegion, strength)
  if (!shape) return undefined
  // A note above the table is about the columns it can be about.
  const noted =
    spot.unitFrom === 'note' ? guessUnit(argument, spot.printed, spot.values, spot.column.percent) : undefined
  const unit =
    noted ?? guessUnit(argument, spot.unitFrom === 'note' ? undefined : spot.printed, spot.values, spot.column.percent)
  if (!unit) return undefined
  const stated = spot.unitFrom === 'heading' || noted !== undefined
  const unitScore = stated ? 20 : spot.column.percent && argument.unit === '%' ? 12 : unit.sure ? 10 : 0
  const values = 10 * unit.inRange + (unit.typical ? 4 : 0)
  const score = 60 * strength + unitScore + values + shape.score + (COMMON.has(argument.id) ? 4 : 0)
  return { argument, score, strength, unit, binding: shape.binding, ...(shape.doubt ? { doubt: shape.doubt } : {}) }
}

function strengthOf(argument: Argument, spot: Spot): Omit<LabelMatch, 'argument'> {
  const own = spot.label.find((m) => m.argument.id === argument.id)
  const upper = spot.upper.find((m) => m.argument.id === argument.id)
  const topic = spot.topic.get(argument.id) ?? 0
  const context = Math.max(upper?.strength ?? 0, topic)
  if (own && own.item !== undefined && own.strength === 0.7)
    return { ...own, strength: context >= 0.6 ? 0.95 : own.strength }
  // 产量, 排放量 and 单价 are names of several arguments: the title tells which.
  if (own)
    return {
      ...own,
      strength: own.strength >= 0.9 && context >= 0.6 ? Math.min(1.1, own.strength + 0.12) : own.strength,
    }
  if (spot.blind) return { ...(upper ?? {}), strength: context * 0.95 }
  // A product under 产量, a lake under 面积.
  if (context >= 0.6 && argument.by.includes('item') && !argument.items && spot.item === undefined) {
    const sector = sectorOf(spot.labelText)
    if (sector === argument.id || (sector !== undefined && argument.id === 'product-price'))
      return { strength: 0.95, item: spot.labelText }
  }
  return { strength: 0 }
}

const AREAS = new Set(['area', 'area.opening'])

interface Shape {
  readonly score: number
  readonly binding: Pick<Binding, 'region' | 'class' | 'item'>
  readonly doubt?: Text
}

function shapeOf(
  argument: Argument,
  spot: Spot,
  labelItem: string | undefined,
  labelClass: string | undefined,
  labelRegion: string | undefined,
  strength: number,
): Shape | undefined {
  const { described } = spot
  const table = described.table
  const named = (c: Column): string => columnName(table, c.heading)
  const [regionColumn, classColumn] = [described.find('region'), described.find('class')]
  const byClass = argument.by.includes('class')
  let score = 0
  let doubt: Text | undefined
  const binding: { -readonly [K in 'region' | 'class' | 'item']?: NonNullable<Binding[K]> } = {}

  const regionCode = spot.region ?? labelRegion
  if (regionCode !== undefined) binding.region = { code: regionCode }
  else if (regionColumn) binding.region = { column: named(regionColumn) }

  const classCode = spot.class ?? labelClass
  if (classCode !== undefined) {
    if (!byClass) return undefined
    binding.class = { code: classCode }
    score += 10
  } else if (classColumn && !spot.row) {
    if (byClass) {
      const crosswalk = classColumn.crosswalk
      binding.class = { column: named(classColumn), ...(crosswalk === undefined ? {} : { crosswalk }) }
      score += 10
      if (crosswalk !== undefined)
        doubt = text(
          `类型是代码，猜是 ${crosswalk} 的代码，请核对`,
          `the classes are codes, guessed to be of ${crosswalk}; please check`,
        )
    } else score -= 25
  } else if (AREAS.has(argument.id)) {
    if (strength < 0.9) return undefined
    doubt = text('没有分类型，是总面积吗？', 'There are no classes; is this the total area?')
  }
  if (AREAS.has(argument.id) && spot.row)
    doubt ??= text('统计口径的面积与生态系统面积一致吗？', 'Is this area of the statistics the area of the ecosystem?')

  const items = described.columns.filter((c) => c.role === 'item')
  if (argument.by.includes('item')) {
    const item = itemOf(argument, spot, labelItem, items)
    if (!item) return undefined
    const bound = item.binding(named)
    if (bound) binding.item = bound
    score += item.score
    doubt = doubt ?? item.doubt
  } else if (labelItem !== undefined || spot.item !== undefined) return undefined
  else if (items.length > 0 && !spot.row) score -= 12
  return { score, binding, ...(doubt ? { doubt } : {}) }
}

interface ItemShape {
  readonly score: number
  /** Undefined: one value for all items. */
  readonly binding: (named: (c: Column) => string) => Binding['item']
  readonly doubt?: Text
}

/** Water bodies one by one: a sum of lakes must not enter a law for one lake. */
const ONE_BY_ONE = new Set(['lake-area', 'reservoir-capacity', 'reservoir-flood-capacity', 'marsh-area'])

function itemOf(
  argument: Argument,
  spot: Spot,
  labelItem: string | undefined,
  columns: readonly Column[],
): ItemShape | undefined {
  const fixed = spot.item ?? labelItem
  if (fixed !== undefined) {
    const name = findItem(argument, fixed)
    return name === undefined ? undefined : { score: 10, binding: () => ({ name }) }
  }
  const isProducts = PRODUCT_ARGUMENTS.has(argument.id) || argument.id === 'product-price'
  for (const column of columns) {
    const share = (test: (t: string) => boolean): number => column.texts.filter(test).length / column.texts.length
    const byColumn = (named: (c: Column) => string): NonNullable<Binding['item']> => ({ column: named(column) })
    if (argument.items) {
      if (share((t) => findItem(argument, t) !== undefined) === 1) return { score: 20, binding: byColumn }
      continue
    }
    if (!isProducts) return { score: 10, binding: byColumn }
    const known = share((t) => sectorOf(t) !== undefined)
    const own = argument.id === 'product-price' ? known : share((t) => sectorOf(t) === argument.id)
    if (own === 1) return { score: 20, binding: byColumn }
    if (known > own || known === 0)
      return known > own
        ? undefined
        : {
            score: 2,
            binding: byColumn,
            doubt: text('这些产品属于哪个行业？', 'Which sector do these products belong to?'),
          }
    return {
      score: 10,
      binding: byColumn,
      doubt: text('有的产品认不出行业，请核对', 'the sector of some products is not known; please check'),
    }
  }
  if (argument.items || isProducts || argument.by.includes('class')) return undefined
  // One factor holds for all items; an amount needs a name, and whether it is the whole only its owner knows.
  if (!argument.extensive) return { score: 0, binding: () => undefined }
  return {
    score: 0,
    binding: () => ({ name: WHOLE_ITEM }),
    doubt: ONE_BY_ONE.has(argument.id)
      ? text('应逐个填写，这里只有一个数，是合计吗？', 'these are wanted one by one; is this single number a sum?')
      : text(
          `没有分项，暂记作“${WHOLE_ITEM}”，是全部的合计吗？`,
          `There are no items; taken as one ("${WHOLE_ITEM}"). Is this the whole?`,
        ),
  }
}
