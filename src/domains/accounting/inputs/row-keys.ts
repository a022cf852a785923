// What a row is about: region, class, item or pixel code, year, and how sure its number is. A name that is not known is a
// problem with the nearest names, never a guess.

import type { Cell, Heading, Table, TableRow } from '../../../core/exchange-formats/index.ts'
import type { Problem } from '../../../kernel/index.ts'
import type { Argument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { Fact } from '../model.ts'
import { type Columns, textAt } from './bound-columns.ts'
import { tablePlace } from './columns.ts'
import { findItem, type ClassNames, type Found, type RegionNames } from './names.ts'
import { nearest } from './nearest.ts'
import { plainName } from './plain-name.ts'
import { problem } from './problems.ts'
import type { Sources } from './sources.ts'

export interface Context {
  readonly list: InputList
  readonly sources: Sources
  readonly classes: ClassNames
  readonly regions: RegionNames
  readonly regionCodes: ReadonlySet<string>
}

/** The item of a value that belongs to a pixel code: `code.201`. */
export function codeOf(row: TableRow, table: Table, heading: Heading): string | Problem {
  const typed = textAt(row, table, heading)
  return /^-?\d{1,9}$/.test(typed)
    ? codeItem(Number(typed))
    : problem('input.bad-code', { text: typed }, tablePlace(table, `${heading.column}${row.row}`))
}

export const codeItem = (code: number): string => `code.${code}`

export function keyOf(
  dim: 'region' | 'class' | 'item',
  bound: Binding['region'] | Binding['class'] | Binding['item'],
  heading: Heading | undefined,
  row: TableRow,
  table: Table,
  argument: Argument,
  value: Cell | undefined,
  ctx: Context,
  crosswalkOfItems?: string,
): string | undefined | Problem {
  if (!bound) return undefined
  const named = 'column' in bound ? textAt(row, table, heading) : 'code' in bound ? bound.code : bound.name
  const cell = heading ? `${heading.column}${row.row}` : value?.address
  const at = tablePlace(table, cell)
  const DIMS = { region: '地区 (region)', class: '类型 (class)', item: '项目 (item)' }
  if (named === '') return problem('input.empty-key', { argument: argument.title.zh, dim: DIMS[dim] }, at)
  if (dim === 'item' && !argument.itemsAreClasses) {
    const items = Object.entries(argument.items ?? {}).map(([k, t]) => `${k} ${t.zh}`)
    return (
      findItem(argument, named) ??
      problem('input.unknown-item', { argument: argument.title.zh, name: named, items: items.join('、') }, at)
    )
  }
  if (dim === 'region')
    return decide(ctx.regions.find(named), (codes) =>
      codes
        ? problem('input.ambiguous-region', { name: named, codes: codes.join('、') }, at)
        : problem('input.unknown-region', { name: named, nearest: nearest(named, ctx.regions.titles).join('、') }, at),
    )
  const crosswalk = 'crosswalk' in bound ? bound.crosswalk : crosswalkOfItems
  if (crosswalk !== undefined && !ctx.classes.crosswalks.includes(crosswalk))
    return problem(
      'input.unknown-crosswalk',
      { crosswalk, known: ctx.classes.crosswalks.join('、') },
      tablePlace(table),
    )
  return decide(ctx.classes.find(named, crosswalk), (codes) =>
    codes
      ? problem('input.ambiguous-class', { name: named, codes: codes.join('、') }, at)
      : problem('input.unmapped-class', { name: named, nearest: nearest(named, ctx.classes.titles).join('、') }, at),
  )
}

const decide = (found: Found, otherwise: (codes?: readonly string[]) => Problem): string | Problem =>
  found === undefined ? otherwise() : 'code' in found ? found.code : otherwise(found.several)

export function yearOf(row: TableRow, table: Table, b: Binding, cols: Columns, list: InputList): number | Problem {
  if (b.year === undefined) return list.year
  if (typeof b.year === 'number') return b.year
  const typed = textAt(row, table, cols.year)
  const m = /^(\d{4})\s*年?(度|末|底)?$/.exec(typed.normalize('NFKC'))
  return m
    ? Number(m[1])
    : problem('input.bad-year', { text: typed }, tablePlace(table, `${cols.year!.column}${row.row}`))
}

const MARKS: Readonly<Record<string, Fact['mark']>> = {
  c: 'confirmed',
  confirmed: 'confirmed',
  已确认: 'confirmed',
  确认: 'confirmed',
  b: 'back-solved',
  backsolved: 'back-solved',
  反算: 'back-solved',
  unconfirmed: 'unconfirmed',
  u: 'unconfirmed',
  未确认: 'unconfirmed',
  待确认: 'unconfirmed',
  reported: 'reported',
  上报: 'reported',
  统计: 'reported',
  '': 'reported',
}

export function markOf(row: TableRow, table: Table, b: Binding, cols: Columns): Fact['mark'] | Problem {
  if (typeof b.mark !== 'object') return b.mark ?? 'reported'
  const typed = textAt(row, table, cols.mark)
  return (
    MARKS[plainName(typed)] ??
    problem('input.bad-mark', { text: typed }, tablePlace(table, `${cols.mark!.column}${row.row}`))
  )
}
