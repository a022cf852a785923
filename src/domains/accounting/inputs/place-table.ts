// From one table to candidates: which column (or row) holds which argument, in which unit, how sure, and why.
//
// Score of a candidate (0 to about 110), deterministic:
//   words    60 × strength of the heading or row label; 57 × strength of title, sheet or file name where the heading says nothing
//   unit     20 printed and of the right kind · 12 percent cells · 10 none needed · 0 guessed · another kind: out
//   values   10 × share inside the usual range, 4 more where all are typical
//   shape    10 for each dimension the argument has and the table gives · −25 a class, −12 an item it does not have
//   custom   4 for arguments that nearly every account has; decides only between equals
// Sure: words ≥ 0.9 · unit sure · all values in range · 8 points ahead of the next argument. Everything else carries a question.
// Without any words a guess needs 40 points and always carries a question.

import { numberOf, splitUnit, type Table, type TableRow } from '../../../core/exchange-formats/index.ts'
import { text, type Dec, type Text } from '../../../kernel/index.ts'
import { ARGUMENTS, findArgument, type Argument } from '../arguments.ts'
import type { Binding } from '../input-list.ts'
import { columnName } from './columns.ts'
import type { Column, Described } from './describe-table.ts'
import { guessUnit, type UnitGuess } from './guess-unit.ts'
import {
  matchLabel,
  matchTopic,
  PRODUCT_ARGUMENTS,
  saysNothing,
  saysOnlyPrice,
  sectorOf,
  splitYear,
  type LabelMatch,
  type Vocabulary,
} from './labels.ts'
import { findItem } from './names.ts'

export interface Candidate {
  readonly argument: Argument
  readonly binding: Binding
  readonly score: number
  readonly sure: boolean
  /** Year the heading names. */
  readonly year?: number
  /** Column letter, and the row where a row label was read. */
  readonly spot: string
}

export interface Unplaced {
  readonly file: string
  readonly sheet?: string
  readonly column?: string
  readonly why: Text
}

export interface TablePlaces {
  readonly candidates: readonly Candidate[]
  readonly unplaced: readonly Unplaced[]
}

const PLACED_FROM = 62
const BLIND_FROM = 40
const AHEAD = 8
const COMMON = new Set(
  'area precipitation evapotranspiration vegetation-cover npp air-emission water-emission water-use crop-output visits population gdp rainfall-erosivity soil-erodibility'.split(
    ' ',
  ),
)
/** The one item of an amount that is given as a whole. */
export const WHOLE_ITEM = '全域'

interface Spot {
  readonly described: Described
  readonly column: Column
  /** Set where one row of the column is meant. */
  readonly row?: TableRow
  readonly where?: { readonly column: string; readonly is: string }
  readonly label: readonly LabelMatch[]
  /** Nothing readable stands over the numbers. */
  readonly blind: boolean
  readonly labelText: string
  readonly upper: readonly LabelMatch[]
  readonly topic: ReadonlyMap<string, number>
  readonly printed?: string
  readonly unitFrom: 'heading' | 'note' | 'none'
  readonly values: readonly Dec[]
  readonly class?: string
  readonly region?: string
  readonly item?: string
  readonly year?: number
}

const TOTAL_HEAD = /^(合计|总计|小计|共计|total|sum|subtotal)$/i
const placeOf = (table: Table): Pick<Unplaced, 'file' | 'sheet'> => ({
  file: table.file,
  ...(table.sheet === '' ? {} : { sheet: table.sheet }),
})

/** Reads one table. `name` is what the file is called without folder and extension. */
export function placeTable(described: Described, name: string, words: Vocabulary): TablePlaces {
  const { table } = described
  const titles = [table.sheet, name, ...table.titles.map((t) => t.text)].filter((t) => !saysNothing(t))
  const topic = matchTopic(titles, words)
  const topicYear = titles.map((t) => splitYear(t).year).find((y) => y !== undefined)
  // One sheet per county: its name is the region of all its rows.
  const ofSheet = described.find('region') ? undefined : (words.regions.find(table.sheet) ?? words.regions.find(name))
  const sheetRegion = ofSheet && 'code' in ofSheet ? ofSheet.code : undefined
  const candidates: Candidate[] = []
  const unplaced: Unplaced[] = []
  const numbers = described.columns.filter((c) => c.role === 'number')
  for (const column of numbers) {
    if (numbers.length > 1 && TOTAL_HEAD.test(column.heading.path.at(-1) ?? '')) {
      unplaced.push({ ...placeOf(table), column: column.heading.column, why: text('是合计列', 'a column of totals') })
      continue
    }
    const spots = spotsOf(described, column, topic, topicYear, sheetRegion, words)
    for (const spot of spots) {
      const found = placeSpot(spot)
      if ('argument' in found) candidates.push(found)
      else unplaced.push(found)
    }
  }
  return { candidates: orderLookalikes(candidates, described), unplaced }
}

/** A column as one spot, or as one spot per row where its rows are different things. */
function spotsOf(
  described: Described,
  column: Column,
  topic: ReadonlyMap<string, number>,
  topicYear: number | undefined,
  sheetRegion: string | undefined,
  words: Vocabulary,
): readonly Spot[] {
  const { table } = described
  let year: number | undefined
  const fixed: { class?: string; region?: string } = sheetRegion === undefined ? {} : { region: sheetRegion }
  const said: string[] = []
  for (const part of column.heading.path) {
    const split = splitYear(part)
    year = split.year ?? year
    if (saysNothing(split.text)) continue
    const cls = words.classes.find(split.text)
    const region = words.regions.find(split.text)
    if (cls && 'code' in cls && !/^\d/.test(split.text)) fixed.class = cls.code
    else if (region && 'code' in region) fixed.region = region.code
    else said.push(split.text)
  }
  const labelText = said.at(-1) ?? ''
  const upper = said.slice(0, -1).flatMap((p) => matchLabel(p, words))
  const note = table.unitNote?.text
  const printed = column.heading.unitText ?? note
  const whole: Spot = {
    described,
    column,
    label: labelText === '' ? [] : matchLabel(labelText, words),
    blind: labelText === '',
    labelText,
    upper,
    topic,
    ...(printed === undefined ? {} : { printed }),
    unitFrom: column.heading.unitText !== undefined ? 'heading' : note === undefined ? 'none' : 'note',
    values: column.numbers,
    ...fixed,
    ...((year ?? topicYear) === undefined ? {} : { year: (year ?? topicYear)! }),
  }
  const indicator = described.find('indicator')
  if (indicator) {
    if (saysOnlyPrice(labelText)) return rowSpots(whole, indicator, words, true).map(asPrice)
    // Growth rates and the like beside the values of an indicator table.
    if (!whole.blind && whole.label.every((m) => m.strength < 0.9)) return []
    if (whole.blind) return rowSpots(whole, indicator, words, true)
  }
  const items = described.columns.filter((c) => c.role === 'item')
  for (const item of items) {
    const lists = new Set(
      item.texts.flatMap((t) => ARGUMENTS.filter((a) => a.items && findItem(a, t)).map((a) => a.id)),
    )
    const sectors = new Set(item.texts.map((t) => sectorOf(t)).filter((s) => s !== undefined))
    const several = (ids: ReadonlySet<string>, fits: (id: string, t: string) => boolean): boolean =>
      ids.size > 1 && ![...ids].some((id) => item.texts.every((t) => fits(id, t)))
    const known = item.texts.filter((t) => ARGUMENTS.some((a) => a.items && findItem(a, t))).length
    const partly = known * 2 >= item.texts.length && known < item.texts.length
    if (
      (partly && whole.label.some((m) => m.argument.items && m.strength >= 0.9)) ||
      (known * 5 >= item.texts.length * 4 && several(lists, (id, t) => findItem(findArgument(id)!, t) !== undefined)) ||
      (sectors.size > 1 && whole.label.some((m) => PRODUCT_ARGUMENTS.has(m.argument.id) && m.strength >= 0.9))
    )
      return rowSpots(whole, item, words, false)
  }
  return [whole]
}

/** A row of a price sheet: what its label names is priced, and a product by its own price. */
function asPrice(spot: Spot): Spot {
  const label = spot.label.filter((m) => m.argument.price)
  const product = sectorOf(spot.labelText) === undefined ? undefined : findArgument('product-price')
  return {
    ...spot,
    label: product ? [...label, { argument: product, strength: 0.95, item: spot.labelText }] : label,
  }
}

function rowSpots(whole: Spot, by: Column, words: Vocabulary, isLabel: boolean): readonly Spot[] {
  const { table } = whole.described
  const [at, value] = [table.headings.indexOf(by.heading), table.headings.indexOf(whole.column.heading)]
  const unitColumn = whole.described.find('unit')
  const unitAt = unitColumn ? table.headings.indexOf(unitColumn.heading) : -1
  const seen = new Set<string>()
  return table.rows.flatMap((row): readonly Spot[] => {
    const shown = row.cells[at]?.text.trim() ?? ''
    const read = numberOf(row.cells[value])
    if (shown === '' || read === 'missing' || 'severity' in read) return []
    // One entry reads all rows of one label (a price in each year, a county in each line).
    const entry = `${row.group ?? ''}|${shown}`
    if (seen.has(entry)) return []
    seen.add(entry)
    const split = splitUnit(shown)
    const printed = row.cells[unitAt]?.text.trim() ?? split.unitText ?? whole.printed
    const { year, text: label } = splitYear(split.text)
    const matches = matchLabel(label, words)
    const { printed: _dropped, ...rest } = whole
    return [
      {
        ...rest,
        row,
        where: { column: columnName(table, by.heading), is: shown },
        label: isLabel
          ? matches
          : whole.label.flatMap((m) => {
              const item = m.argument.items ? findItem(m.argument, shown) : shown
              const fits = m.argument.items ? item !== undefined : (sectorOf(shown) ?? m.argument.id) === m.argument.id
              return item !== undefined && fits ? [{ ...m, item }] : []
            }),
        blind: isLabel ? false : whole.blind,
        labelText: label,
        upper: row.group && isLabel ? matchLabel(row.group, words) : whole.upper,
        ...(printed === undefined ? {} : { printed }),
        unitFrom: printed === undefined ? 'none' : 'heading',
        values: [read.value],
        ...(year === undefined ? {} : { year }),
        ...(isLabel ? {} : { item: shown }),
      },
    ]
  })
}

interface Scored {
  readonly argument: Argument
  readonly score: number
  readonly strength: number
  readonly unit: UnitGuess
  readonly binding: Pick<Binding, 'region' | 'class' | 'item'>
  /** What about the shape wants an answer. */
  readonly doubt?: Text
}

function placeSpot(spot: Spot): Candidate | Unplaced {
  const { table } = spot.described
  const place = placeOf(table)
  const name = spot.where ? `${spot.column.heading.column}${spot.row!.row} ${spot.where.is}` : columnLabel(spot)
  const scored = ARGUMENTS.map((a) => scoreArgument(a, spot))
    .filter((s) => s !== undefined)
    .sort((a, b) => b.score - a.score || (a.argument.id < b.argument.id ? -1 : 1))
  const [best, second] = scored
  const unplaced = (why: Text): Unplaced => ({ ...place, column: name, why })
  const words = best && best.strength > 0
  if (!best || best.score < (words ? PLACED_FROM : BLIND_FROM) || (words && best.strength < 0.5)) {
    if (spot.blind)
      return unplaced(
        text('列名没有含义，数值也对不上任何指标', 'the heading says nothing, and the values fit no argument'),
      )
    const near = best && best.strength > 0 ? best.argument : undefined
    return unplaced(
      near
        ? text(
            `像“${near.title.zh}”，但“${spot.labelText}”或它的单位对不上`,
            `like "${near.title.en}", but "${spot.labelText}" or its unit does not fit`,
          )
        : text(`没有指标叫“${spot.labelText}”`, `no argument is called "${spot.labelText}"`),
    )
  }
  const ahead = second ? best.score - second.score : 100
  const sure = best.strength >= 0.9 && best.unit.sure && ahead >= AHEAD && !best.doubt
  const question = sure ? undefined : questionFor(best, second, ahead)
  return {
    argument: best.argument,
    score: best.score,
    sure,
    ...(spot.year === undefined ? {} : { year: spot.year }),
    spot: `${table.file}|${table.sheet}|${spot.column.heading.column}${spot.row?.row ?? ''}`,
    binding: {
      argument: best.argument.id,
      ...place,
      column: columnName(table, spot.column.heading),
      ...(spot.where ? { where: spot.where } : {}),
      ...best.binding,
      unit: best.unit.unit,
      ground: groundFor(spot, best),
      ...(question ? { question } : {}),
    },
  }
}

const columnLabel = (spot: Spot): string =>
  spot.column.heading.text === ''
    ? spot.column.heading.column
    : `${spot.column.heading.column} ${spot.column.heading.text}`

function scoreArgument(argument: Argument, spot: Spot): Scored | undefined {
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

function groundFor(spot: Spot, best: Scored): Text {
  const { title } = best.argument
  const said =
    best.strength === 0
      ? text(
          '列名没有含义，按类型列、单位和数值大小猜',
          'no telling heading; guessed by classes, unit and size of the values',
        )
      : spot.blind
        ? text(`表名或标题说的是“${title.zh}”`, `the title is about "${title.en}"`)
        : text(`“${spot.labelText}”即“${title.zh}”`, `"${spot.labelText}" is "${title.en}"`)
  return text(`${said.zh}；${best.unit.ground.zh}`, `${said.en}; ${best.unit.ground.en}`)
}

function questionFor(best: Scored, second: Scored | undefined, ahead: number): Text {
  const asks: Text[] = []
  const { title } = best.argument
  if (second && ahead < AHEAD)
    asks.push(
      text(
        `是“${title.zh}”还是“${second.argument.title.zh}”？`,
        `Is this "${title.en}" or "${second.argument.title.en}"?`,
      ),
    )
  else if (best.strength < 0.9) asks.push(text(`这一列是“${title.zh}”吗？`, `Is this column "${title.en}"?`))
  if (best.unit.doubt) asks.push(best.unit.doubt)
  else if (best.unit.inRange < 1)
    asks.push(
      text(
        `有的数值不在常见范围 ${best.argument.range.join(' 到 ')} ${best.argument.unit} 内，单位对吗？`,
        `some values are outside the usual ${best.argument.range.join(' to ')} ${best.argument.unit}; is the unit right?`,
      ),
    )
  if (best.doubt) asks.push(best.doubt)
  if (asks.length === 0)
    asks.push(
      text(
        `请核对这是“${title.zh}”，单位 ${best.unit.unit}`,
        `Please check that this is "${title.en}" in ${best.unit.unit}`,
      ),
    )
  return { zh: asks.map((a) => a.zh).join(' '), en: asks.map((a) => a.en).join(' ') }
}

/** Rain above evapotranspiration: two unnamed depths by class are told apart by their size. */
function orderLookalikes(candidates: readonly Candidate[], described: Described): readonly Candidate[] {
  const blind = candidates.filter((c) => c.argument.id === 'precipitation' && c.score < PLACED_FROM)
  if (blind.length !== 2) return candidates
  const mean = (c: Candidate): Dec | undefined => {
    const column = described.columns.find((x) => columnName(described.table, x.heading) === c.binding.column)
    return column && column.numbers.reduce((s, v) => s.plus(v)).div(column.numbers.length)
  }
  const [a, b] = blind as [Candidate, Candidate]
  const [ma, mb] = [mean(a), mean(b)]
  if (!ma || !mb) return candidates
  const lower = ma.lt(mb) ? a : b
  const argument = findArgument('evapotranspiration')!
  const doubt = text(
    '两列都像水深，按大小猜较大的是降水量、较小的是蒸散量，对吗？',
    'Both columns look like depths; the larger is taken for rain, the smaller for evapotranspiration. Right?',
  )
  return candidates.map((c) =>
    c === lower
      ? { ...c, argument, binding: { ...c.binding, argument: argument.id, question: doubt } }
      : blind.includes(c)
        ? { ...c, binding: { ...c.binding, question: doubt } }
        : c,
  )
}
