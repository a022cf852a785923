// The places of a table where numbers of one kind may stand: a column as one, or a row of it where its rows are different things;
// each with what is written over, beside and above it.

import { numberOf, splitUnit, type TableRow } from '../../../core/exchange-formats/index.ts'
import type { Dec } from '../../../kernel/index.ts'
import { ARGUMENTS, findArgument } from '../arguments.ts'
import { columnName } from './columns.ts'
import type { Column, Described } from './describe-table.ts'
import {
  type LabelMatch,
  matchLabel,
  PRODUCT_ARGUMENTS,
  saysNothing,
  saysOnlyPrice,
  sectorOf,
  splitYear,
  type Vocabulary,
} from './labels.ts'
import { findItem } from './names.ts'

export interface Spot {
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

export const TOTAL_HEAD = /^(合计|总计|小计|共计|total|sum|subtotal)$/i
/** A column as one spot, or as one spot per row where its rows are different things. */
export function spotsOf(
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
