// Folder + input list → the facts of an account. Every bound file is opened once; every fact keeps its cell, the text as
// typed and the unit as listed; nothing is filled in. What is wrong comes back as problems that name file, sheet and cell.

import {
  digestOfFile,
  digestsOfFiles,
  findFile,
  numberOf,
  type FolderFile,
  type HashFiles,
  type Heading,
  type KnownDigests,
  type Table,
  type TableRow,
} from '../../../core/exchange-formats/index.ts'
import {
  convert,
  isDimensionless,
  ProblemError,
  quantity,
  unit,
  type Problem,
  type Region,
} from '../../../kernel/index.ts'
import { findArgument, type Argument } from '../arguments.ts'
import type { Binding, DaySeries, InputList } from '../input-list.ts'
import { once } from '../maps/once.ts'
import type { WorkingCache } from '../maps/working-cache.ts'
import type { BoundaryFeature, Fact, SourceFile } from '../model.ts'
import { type Columns, findColumns, cellAt, textAt, matches, inColumns } from './bound-columns.ts'
import { printedUnit, tablePlace, unitsAgree } from './columns.ts'
import { readDays } from './day-series.ts'
import {
  checkFractions,
  checkPrintedUnit,
  checkRange,
  checkTotal,
  fallbackNote,
  dropRepeats,
  distinct,
} from './fact-checks.ts'
import { classNames, regionNames, type ClassSource } from './names.ts'
import { monthProblems } from './months.ts'
import { settleParents } from './parents.ts'
import { problem } from './problems.ts'
import { readBoundaries, readRegions, type BoundaryCrs } from './read-regions.ts'
import { type Context, keyOf, codeOf, yearOf, markOf } from './row-keys.ts'
import { isMap, openSources } from './sources.ts'
import { isShapes, waterFacts } from './water-bodies.ts'

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

/** Reads everything a list names. Never throws for bad input; the digest of a map, which is taken when it is asked for, throws
 *  ProblemError `folder.unreadable`. */
export function readFacts(
  folder: string,
  list: InputList,
  given: {
    readonly classification: ClassSource
    readonly digests?: KnownDigests | undefined
    /** Takes digests of maps together. */
    readonly hash?: HashFiles | undefined
    /** Where shapes are kept as they were cut. */
    readonly cache?: WorkingCache | undefined
  },
): ReadFacts {
  const sources = openSources(folder, digestsOfMaps(folder, list, given))
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
    const read = isShapes(b)
      ? waterFacts(b, { sources, list, regions: tree.regions, edges, cache: given.cache })
      : readBinding(b, ctx)
    found.push(...read.facts)
    problems.push(...read.problems)
  }
  const { facts, problems: clashes } = settleParents(dropRepeats(found, problems), tree.regions)
  return {
    facts: [...facts].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    problems: distinct([...problems, ...clashes, ...monthProblems(facts, maps, list)]),
    sources: sources.used(),
    regions: tree.regions,
    boundaries: edges.boundaries,
    ...(edges.boundaryCrs ? { boundaryCrs: edges.boundaryCrs } : {}),
    mapBindings: maps,
  }
}

/** Takes the digest of a map; where threads take them together, the first that is asked for takes those of all maps. */
function digestsOfMaps(
  folder: string,
  list: InputList,
  { digests, hash }: { readonly digests?: KnownDigests | undefined; readonly hash?: HashFiles | undefined },
): (map: FolderFile) => string {
  if (!hash) return (map) => digestOfFile(map, digests)
  const all = once((): ReadonlyMap<string, string> => {
    try {
      const names = new Set(list.arguments.flatMap((b) => [b.file, ...(b.code ? [b.code.map] : [])]).filter(isMap))
      const files = [...new Map([...names].map((n) => findFile(folder, n)).map((f) => [f.name, f])).values()]
      const taken = digestsOfFiles(files, digests, hash)
      return new Map(files.map((f, k) => [f.name, taken[k]!]))
    } catch (e) {
      // A file that is missing or cannot be read is told where it is opened.
      if (e instanceof ProblemError) return new Map()
      throw e
    }
  })
  return (map) => all().get(map.name) ?? digestOfFile(map, digests)
}

interface ReadBinding {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
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
