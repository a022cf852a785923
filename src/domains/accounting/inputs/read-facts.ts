// Folder + input list → the facts of an account. Every bound file is opened once; every fact keeps its cell, the text as
// typed and the unit as listed; nothing is filled in. What is wrong comes back as problems that name file, sheet and cell.

import {
  numberOf,
  type Cell,
  type Heading,
  type KnownDigests,
  type Table,
  type TableRow,
} from '../../../core/exchange-formats/index.ts'
import {
  convert,
  dec,
  decText,
  findUnit,
  isDimensionless,
  quantity,
  sameDimensions,
  sameUnit,
  unit,
  type Dec,
  type Problem,
  type Region,
  type Unit,
} from '../../../kernel/index.ts'
import { findArgument, type Argument } from '../arguments.ts'
import type { Binding, DaySeries, InputList } from '../input-list.ts'
import type { BoundaryFeature, Fact, FallbackKind, SourceFile } from '../model.ts'
import { findColumn, isUnitColumn, looseUnit, printedUnit, tablePlace, unitsAgree } from './columns.ts'
import { readDays } from './day-series.ts'
import { halfStep, settleParents } from './parents.ts'
import {
  classNames,
  findItem,
  regionNames,
  type ClassNames,
  type ClassSource,
  type Found,
  type RegionNames,
} from './names.ts'
import { nearest } from './nearest.ts'
import { plainName } from './plain-name.ts'
import { problem } from './problems.ts'
import { readBoundaries, readRegions, type BoundaryCrs } from './read-regions.ts'
import { isMap, openSources, type Sources } from './sources.ts'

export interface ReadFacts {
  /** Sorted by id. */
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
  readonly sources: readonly SourceFile[]
  readonly regions: readonly Region[]
  /** In the coordinates of their file. */
  readonly boundaries: readonly BoundaryFeature[]
  /** The system those coordinates are in; left out where no boundaries could be read. */
  readonly boundaryCrs?: BoundaryCrs
  /** Bindings to maps: their numbers come from the raster engine. */
  readonly mapBindings: readonly Binding[]
}

/** Reads everything a list names. Never throws for bad input. */
export function readFacts(
  folder: string,
  list: InputList,
  given: { readonly classification: ClassSource; readonly digests?: KnownDigests | undefined },
): ReadFacts {
  const sources = openSources(folder, given.digests)
  const tree = readRegions(sources, list)
  const edges = readBoundaries(sources, list, tree.regions)
  const ctx: Context = {
    list,
    sources,
    classes: classNames(given.classification),
    regions: regionNames(tree.regions),
    regionCodes: new Set(tree.regions.map((r) => r.code)),
  }
  const maps = list.arguments.filter((b) => isMap(b.file))
  const mapFiles = [...maps.map((b) => b.file), ...list.arguments.flatMap((b) => (b.code ? [b.code.map] : []))]
  const problems: Problem[] = [
    ...tree.problems,
    ...edges.problems,
    ...[...new Set(mapFiles)].flatMap((f) => sources.open(f).problems),
  ]
  const found: Fact[] = []
  for (const b of list.arguments.filter((x) => !isMap(x.file))) {
    const read = readBinding(b, ctx)
    found.push(...read.facts)
    problems.push(...read.problems)
  }
  const { facts, problems: clashes } = settleParents(dropRepeats(found, problems), tree.regions)
  return {
    facts: [...facts].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    problems: distinct([...problems, ...clashes]),
    sources: sources.used(),
    regions: tree.regions,
    boundaries: edges.boundaries,
    ...(edges.boundaryCrs ? { boundaryCrs: edges.boundaryCrs } : {}),
    mapBindings: maps,
  }
}

interface Context {
  readonly list: InputList
  readonly sources: Sources
  readonly classes: ClassNames
  readonly regions: RegionNames
  readonly regionCodes: ReadonlySet<string>
}

interface ReadBinding {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
}

interface Columns {
  readonly value: Heading
  readonly where?: Heading
  readonly region?: Heading
  readonly class?: Heading
  readonly item?: Heading
  readonly date?: Heading
  readonly code?: Heading
  readonly year?: Heading
  readonly mark?: Heading
  readonly source?: Heading
  readonly unit?: Heading
}

const failed = (...problems: Problem[]): ReadBinding => ({ facts: [], problems })

function readBinding(b: Binding, ctx: Context): ReadBinding {
  const argument = findArgument(b.argument)
  if (!argument) return failed(problem('list.unknown-argument', { argument: b.argument, nearest: '' }))
  const sheet = ctx.sources.sheet(b.file, b.sheet)
  if ('code' in sheet) return failed(sheet)
  const table = ctx.sources.table(sheet, b.header)
  const columns = findColumns(table, b)
  // Merged headings are why a column is not found: the cause is told before its consequence.
  if (Array.isArray(columns)) return failed(...table.problems.filter((p) => p.severity === 'red'), ...columns)
  const cols = columns as Columns
  const used = new Set(Object.values(cols).map((h: Heading) => h.col))
  const ofFile = ctx.sources
    .open(b.file)
    .problems.filter((p) => p.at?.sheet === undefined || (p.at.sheet === sheet.name && inColumns(p, used)))
  const problems: Problem[] = [...ofFile, ...table.problems.filter((p) => p.severity === 'red' || inColumns(p, used))]

  const rows = table.rows.filter((row) => matches(row, table, b, cols))
  if (b.days) return ofDays(rows, table, b, b.days, argument, cols, ctx, problems)
  const facts = rows.flatMap((row) => readRow(row, table, b, argument, cols, ctx, problems))
  if (rows.length === 0)
    problems.push(problem('input.no-rows', { argument: b.argument }, tablePlace(table, cols.value.address)))
  problems.push(...checkPrintedUnit(b, argument, table, cols.value, facts))
  problems.push(...checkFractions(facts, b, argument, table), ...checkTotal(facts, table, b, argument, cols))
  if (b.fallback) problems.push(fallbackNote(b, ctx.list.year, table, cols.value))
  return { facts, problems }
}

/** Cell problems matter where the cell stands in a column that is read. */
function inColumns(p: Problem, used: ReadonlySet<number>): boolean {
  const letters = /^([A-Z]+)\d+$/.exec(p.at?.cell ?? '')?.[1]
  if (letters === undefined) return true
  const col = [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0)
  return used.has(col)
}

function findColumns(table: Table, b: Binding): Columns | Problem[] {
  if (table.headings.length === 0) return [...table.problems]
  const wanted: Readonly<Record<string, string | undefined>> = {
    value: b.column,
    where: b.where?.column,
    region: b.region && 'column' in b.region ? b.region.column : undefined,
    class: b.class && 'column' in b.class ? b.class.column : undefined,
    item: b.item && 'column' in b.item ? b.item.column : undefined,
    code: b.code?.column,
    date: b.days?.date,
    year: typeof b.year === 'object' ? b.year.column : undefined,
    mark: typeof b.mark === 'object' ? b.mark.column : undefined,
    source: typeof b.source === 'object' ? b.source.column : undefined,
  }
  const found: Record<string, Heading> = {}
  const wrong: Problem[] = []
  for (const [role, name] of Object.entries(wanted)) {
    if (name === undefined) continue
    const heading = findColumn(table, name)
    if ('severity' in heading) wrong.push(heading)
    else found[role] = heading
  }
  const unitColumn = table.headings.find(isUnitColumn)
  if (unitColumn) found['unit'] = unitColumn
  return wrong.length > 0 ? wrong : (found as unknown as Columns)
}

const cellAt = (row: TableRow, table: Table, h: Heading | undefined): Cell | undefined =>
  h ? row.cells[table.headings.indexOf(h)] : undefined
const textAt = (row: TableRow, table: Table, h: Heading | undefined): string => cellAt(row, table, h)?.text.trim() ?? ''

const matches = (row: TableRow, table: Table, b: Binding, cols: Columns): boolean =>
  !b.where || plainName(textAt(row, table, cols.where)) === plainName(b.where.is)

/** A table with one row a day: facts of years, months or single days. */
function ofDays(
  rows: readonly TableRow[],
  table: Table,
  b: Binding,
  days: DaySeries,
  argument: Argument,
  cols: Columns,
  ctx: Context,
  problems: Problem[],
): ReadBinding {
  const places = new Map<string, Pick<Fact, 'region' | 'class' | 'item'>>()
  const dated = rows.flatMap((row) => {
    const keys = (['region', 'class', 'item'] as const).map((dim) =>
      keyOf(dim, b[dim], cols[dim], row, table, argument, undefined, ctx),
    )
    const wrong = keys.filter((k): k is Problem => typeof k === 'object')
    if (wrong.length > 0) return (problems.push(...wrong), [])
    const [region = ctx.list.region.code, cls, item] = keys as (string | undefined)[]
    const place = [region, cls ?? '-', item ?? '-'].join('|')
    places.set(place, { region, ...(cls === undefined ? {} : { class: cls }), ...(item === undefined ? {} : { item }) })
    return [{ place, row }]
  })
  const accountYear = typeof b.year === 'number' ? b.year : ctx.list.year
  const date = cols.date!
  const read = readDays(dated, { days, binding: b, argument, table, value: cols.value, date, accountYear })
  problems.push(...read.problems)
  const facts = read.numbers.map((n): Fact => {
    const { region, class: cls, item: own } = places.get(n.place)!
    const item = n.item ?? own
    const year = b.fallback && n.year === accountYear ? ctx.list.year : n.year
    return {
      id: [argument.id, region, cls ?? '-', item ?? '-', String(year)].map((s) => s.replaceAll('|', '¦')).join('|'),
      argument: argument.id,
      region,
      ...(cls === undefined ? {} : { class: cls }),
      ...(item === undefined ? {} : { item }),
      year,
      quantity: quantity(n.value, unit(b.unit)),
      typed: n.typed,
      origin: {
        file: table.file,
        sha256: ctx.sources.open(b.file).source!.sha256,
        ...(table.sheet === '' ? {} : { sheet: table.sheet }),
        cell: n.cell,
      },
      mark: typeof b.mark === 'string' ? b.mark : 'reported',
      ...(typeof b.source === 'string' ? { source: b.source } : {}),
      ...(b.fallback ? { fallback: b.fallback } : {}),
    }
  })
  problems.push(...facts.flatMap((f) => checkRange(f, argument, table)))
  if (days.take !== 'count' && days.take !== 'years')
    problems.push(...checkPrintedUnit(b, argument, table, cols.value, facts))
  if (b.fallback) problems.push(fallbackNote(b, ctx.list.year, table, cols.value))
  return { facts, problems }
}

/** The unit in the heading, or above the table where it is of the same kind, must be the one listed. */
function checkPrintedUnit(
  b: Binding,
  argument: Argument,
  table: Table,
  value: Heading,
  facts: readonly Fact[],
): readonly Problem[] {
  const own = printedUnit(value.unitText)
  const note = own ? undefined : printedUnit(table.unitNote?.text)
  const listed = unit(b.unit)
  const printed = own ?? (note && sameKind(note, listed) ? note : undefined)
  if (!printed || unitsAgree(printed, listed)) return []
  // Between % and fractions the values decide; checkFractions and checkRange look at them.
  if (isDimensionless(printed) && isDimensionless(listed)) return []
  const sheet = own ? value.unitText! : table.unitNote!.text
  const at = tablePlace(table, own ? value.address : table.unitNote!.address)
  const values = { argument: argument.title.zh, list: b.unit, sheet }
  // A heading may be wrong about its own column: then the list is followed, with a reason.
  const fits = (u: Unit): boolean =>
    facts.length > 0 && facts.every((f) => inRange(convert({ ...f.quantity, unit: u }, argument.unit).value, argument))
  const refuted = sameDimensions(printed, listed) && fits(listed) && !fits(printed)
  return [problem(refuted ? 'input.unit-overruled' : 'input.unit-mismatch', values, at)]
}

const inRange = (value: Dec, argument: Argument): boolean =>
  value.gte(argument.range[0]) && value.lte(argument.range[1])

const sameKind = (a: Unit, b: Unit): boolean => sameDimensions(looseUnit(a), looseUnit(b))

function readRow(
  row: TableRow,
  table: Table,
  b: Binding,
  argument: Argument,
  cols: Columns,
  ctx: Context,
  problems: Problem[],
): readonly Fact[] {
  const cell = cellAt(row, table, cols.value)
  const address = `${cols.value.column}${row.row}`
  const here = tablePlace(table, address)
  const keys = [cols.region, cols.class, cols.item, cols.code].filter((h) => h !== undefined)
  if (!cell && keys.length > 0 && keys.every((h) => textAt(row, table, h) === '')) return []

  const year = yearOf(row, table, b, cols, ctx.list)
  if (typeof year !== 'number') return (problems.push(year), [])
  // A table of many years gives prices of all of them and everything else for the accounting year.
  if (typeof b.year === 'object' && !argument.price && !b.fallback && year !== ctx.list.year) return []

  const read = numberOf(cell)
  const region = keyOf('region', b.region, cols.region, row, table, argument, cell, ctx)
  const cls = keyOf('class', b.class, cols.class, row, table, argument, cell, ctx)
  // What land was before is coded like what it is now.
  const crosswalk = b.class && 'crosswalk' in b.class ? b.class.crosswalk : undefined
  const item = b.code
    ? codeOf(row, table, cols.code!)
    : keyOf('item', b.item, cols.item, row, table, argument, cell, ctx, crosswalk)
  const wrong = [region, cls, item].filter((k): k is Problem => typeof k === 'object')
  if (wrong.length > 0) {
    // A line without a number and without its keys says nothing.
    problems.push(...(read === 'missing' ? wrong.filter((p) => p.code !== 'input.empty-key') : wrong))
    return []
  }
  const [r, c, i] = [
    (region as string | undefined) ?? ctx.list.region.code,
    cls as string | undefined,
    item as string | undefined,
  ]
  if (read === 'missing') {
    const where = [r, c, i].filter((x) => x !== undefined).join(' ')
    problems.push(problem('input.missing-value', { argument: argument.title.zh, where }, here))
    return []
  }
  if ('severity' in read) return (problems.push(read), [])
  const rowUnit = printedUnit(textAt(row, table, cols.unit))
  const listed = unit(b.unit)
  if (rowUnit && !cols.value.unitText && !unitsAgree(rowUnit, listed)) {
    const values = { argument: argument.title.zh, list: b.unit, sheet: textAt(row, table, cols.unit) }
    problems.push(problem('input.unit-mismatch', values, tablePlace(table, `${cols.unit!.column}${row.row}`)))
    return []
  }
  if (read.percent && !isDimensionless(listed)) {
    problems.push(
      problem('input.percent-format', { shown: cell!.text, argument: argument.title.zh, unit: b.unit }, here),
    )
    return []
  }
  const mark = markOf(row, table, b, cols)
  if (typeof mark === 'object') return (problems.push(mark), [])
  // 35 % means the same whether the list says % or 1: what the cell shows decides.
  const value = read.percent ? convert(quantity(read.value, '1'), listed).value : read.value
  const source = typeof b.source === 'object' ? textAt(row, table, cols.source) : b.source
  const stands = b.fallback ? ctx.list.year : year
  const fact: Fact = {
    id: [argument.id, r, c ?? '-', i ?? '-', String(stands)].map((s) => s.replaceAll('|', '¦')).join('|'),
    argument: argument.id,
    region: r,
    ...(c === undefined ? {} : { class: c }),
    ...(i === undefined ? {} : { item: i }),
    year: stands,
    quantity: quantity(value, listed),
    typed: cell!.text,
    origin: {
      file: table.file,
      sha256: ctx.sources.open(b.file).source!.sha256,
      ...(table.sheet === '' ? {} : { sheet: table.sheet }),
      cell: address,
    },
    mark,
    ...(source ? { source } : {}),
    ...(b.fallback ? { fallback: b.fallback } : {}),
  }
  problems.push(...checkRange(fact, argument, table))
  return [fact]
}

/** The item of a value that belongs to a pixel code: `code.201`. */
function codeOf(row: TableRow, table: Table, heading: Heading): string | Problem {
  const typed = textAt(row, table, heading)
  return /^-?\d{1,9}$/.test(typed)
    ? codeItem(Number(typed))
    : problem('input.bad-code', { text: typed }, tablePlace(table, `${heading.column}${row.row}`))
}

export const codeItem = (code: number): string => `code.${code}`

function keyOf(
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

function yearOf(row: TableRow, table: Table, b: Binding, cols: Columns, list: InputList): number | Problem {
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

function markOf(row: TableRow, table: Table, b: Binding, cols: Columns): Fact['mark'] | Problem {
  if (typeof b.mark !== 'object') return b.mark ?? 'reported'
  const typed = textAt(row, table, cols.mark)
  return (
    MARKS[plainName(typed)] ??
    problem('input.bad-mark', { text: typed }, tablePlace(table, `${cols.mark!.column}${row.row}`))
  )
}

function checkRange(fact: Fact, argument: Argument, table: Table): readonly Problem[] {
  const value = convert(fact.quantity, argument.unit).value
  const [low, high] = argument.range
  if (inRange(value, argument)) return []
  const at = tablePlace(table, fact.origin.cell)
  const typed = sameUnit(fact.quantity.unit, unit('1'))
  // A cover factor of 35 is a percentage in a column of fractions.
  if (
    typed &&
    isDimensionless(unit(argument.unit)) &&
    dec(high).lte(argument.unit === '%' ? 100 : 1) &&
    fact.quantity.value.gt(1)
  )
    return [problem('input.percent-as-fraction', { argument: argument.title.zh, value: fact.typed }, at)]
  const values = {
    argument: argument.title.zh,
    value: `${fact.typed} ${fact.quantity.unit.text}`,
    low,
    high,
    unit: argument.unit,
  }
  return [problem('input.out-of-range', values, at)]
}

/** Percentages that are small by nature: all of them below 1 is a question, not an error. */
const OFTEN_SMALL = new Set(['soil-organic-carbon', 'amenity-premium', 'amenity-yield'])

function checkFractions(facts: readonly Fact[], b: Binding, argument: Argument, table: Table): readonly Problem[] {
  if (argument.unit !== '%' || findUnit(b.unit)?.den !== 100n || facts.length === 0) return []
  const plain = facts.filter((f) => !/[%％]/.test(f.typed))
  if (plain.length === 0) return []
  const top = plain.reduce((a, f) => (f.quantity.value.gt(a.quantity.value) ? f : a))
  if (top.quantity.value.gt(1) || top.quantity.value.lte(0)) return []
  const code = OFTEN_SMALL.has(argument.id) ? 'input.maybe-fraction' : 'input.fraction-as-percent'
  return [problem(code, { argument: argument.title.zh, max: top.typed }, tablePlace(table, top.origin.cell))]
}

/** A total line of the table is no data, but it must be the sum of what was read. */
function checkTotal(
  facts: readonly Fact[],
  table: Table,
  b: Binding,
  argument: Argument,
  cols: Columns,
): readonly Problem[] {
  const total = table.totals[0]
  if (!argument.extensive || b.where || table.totals.length !== 1 || !total || typeof b.year === 'object') return []
  const read = numberOf(cellAt(total, table, cols.value))
  if (read === 'missing' || 'severity' in read || facts.length < 2) return []
  const sum = facts.reduce((s, f) => s.plus(f.quantity.value), dec(0))
  const slack = facts.reduce((s, f) => s.plus(halfStep(f.quantity.value)), halfStep(read.value))
  if (sum.minus(read.value).abs().lte(slack)) return []
  const values = { argument: argument.title.zh, total: decText(read.value), sum: decText(sum) }
  return [problem('input.total-differs', values, tablePlace(table, `${cols.value.column}${total.row}`))]
}

const FALLBACK_WORDS: Readonly<Record<FallbackKind, string>> = {
  'neighbour-year': '邻近年份 neighbour year',
  'neighbour-region': '邻近地区 neighbour region',
  'provincial-mean': '全省平均 provincial mean',
  literature: '文献 literature',
}

function fallbackNote(b: Binding, accountYear: number, table: Table, value: Heading): Problem {
  const { kind, year, reason } = b.fallback!
  const values = { argument: b.argument, year, kind: FALLBACK_WORDS[kind], age: accountYear - year, reason }
  return problem('input.fallback', values, tablePlace(table, value.address))
}

const placeName = (f: Fact): string => [f.origin.file, f.origin.sheet, f.origin.cell].filter((x) => x).join(' › ')

/** Two numbers for one thing: both cells are named, neither is taken. */
function dropRepeats(facts: readonly Fact[], problems: Problem[]): readonly Fact[] {
  const byId = new Map<string, Fact[]>()
  for (const f of facts) byId.set(f.id, [...(byId.get(f.id) ?? []), f])
  return [...byId.values()].flatMap((all) => {
    const [first, second] = all
    if (!second) return [first!]
    const { file, sheet, cell } = second.origin
    problems.push(
      problem(
        'input.duplicate',
        {
          argument: findArgument(second.argument)!.title.zh,
          where: [second.region, second.class, second.item, second.year].filter((x) => x !== undefined).join(' '),
          first: placeName(first!),
          second: placeName(second),
        },
        { file, ...(sheet ? { sheet } : {}), ...(cell ? { cell } : {}) },
      ),
    )
    return []
  })
}

/** One file bound ten times tells its problems once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter((p) => {
    const key = JSON.stringify([p.code, p.at, p.values])
    return seen.has(key) ? false : (seen.add(key), true)
  })
}
