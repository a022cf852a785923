// One pass over a file: headings found, every line checked, sealed and turned into rows, everything counted. The preview, filling in
// and reading again after a loss are this one pass; they differ in what becomes of the rows.
// Always holds: a line at a time is held; a file with anything red brings nothing.

import {
  canonicalJson,
  check,
  decode,
  uuidFrom,
  type Field,
  type Fields,
  type Form,
  type Json,
  type JsonObject,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import type { AnyRow, Reader, Table } from '../store/index.ts'
import { cellGiven } from './cell-given.ts'
import { rowDigest } from './digest.ts'
import { findings, type Finding } from './findings.ts'
import { mapHeadings } from './headings.ts'
import type { AnyImport, BroughtRow, Given, Import, ImportRow } from './model.ts'
import { keyedHash, sealLine, type BroughtValue } from './personal.ts'
import { importsProblem } from './problems.ts'
import { regionsOf } from './regions.ts'
import type { Source, SourceLine } from './source.ts'

/** Lines between two chances for others, and between two reports of progress. */
const TURN = 500
/** Rows handed on at a time. */
const FLUSH = 2_000

export interface ReadWish {
  readonly source: Source
  /** As somebody says it, and as it was last time. */
  readonly mapping: {
    readonly said?: Readonly<Record<string, string>>
    readonly remembered?: Readonly<Record<string, string>>
  }
  readonly version: number
  readonly place: string
  readonly file: string
  /** As submitted; checked here. */
  readonly options: unknown
  readonly key: Uint8Array
}

/** Where the rows go. */
export interface Sink {
  readonly rows: (table: Table, rows: readonly AnyRow[]) => Promise<void>
  readonly personal: (values: readonly BroughtValue[]) => Promise<void>
}

export type ImportProgress = (done: number, about: number) => void | Promise<void>

export interface Reading {
  readonly batch: Uuid
  readonly mapping: Readonly<Record<string, string>>
  /** Canonical. */
  readonly options: JsonObject
  /** Headings that are no column. */
  readonly unmapped: readonly string[]
  readonly counts: { readonly lines: number; readonly red: number; readonly yellow: number; readonly leftOut: number }
  readonly findings: readonly Finding[]
  readonly digest: string
}

/** The id of what comes in: made of everything its rows follow from. */
export const batchId = (parts: {
  readonly import: string
  readonly version: number
  readonly file: string
  readonly place: string
  readonly sheet: string | undefined
  readonly mapping: Readonly<Record<string, string>>
  readonly options: Json
}): Uuid => uuidFrom('import', canonicalJson(parts as unknown as Json))

type Loose = Import<Fields, Fields, unknown>

/** @param sink asked for the batch once it is known, before the first row; undefined where nothing is to be kept
 *  @throws ProblemError whatever keeps the file from being read on */
export async function readImport(
  declared: AnyImport,
  reader: Reader,
  wish: ReadWish,
  how: {
    readonly sink?: (batch: Uuid) => Promise<Sink | undefined>
    readonly progress?: ImportProgress
  } = {},
): Promise<Reading> {
  const def = declared as unknown as Loose
  const { source, key, place } = wish
  const told = findings()
  source.problems.forEach(told.add)
  const mapped = mapHeadings(declared, source.headings, wish.mapping)
  mapped.problems.forEach(told.add)
  const checkedOptions = check(def.options, wish.options)
  if (!checkedOptions.ok) checkedOptions.problems.forEach(told.add)
  const options = checkedOptions.ok ? checkedOptions.json : {}
  const batch = batchId({
    import: def.name,
    version: wish.version,
    file: wish.file,
    place,
    sheet: source.sheet,
    mapping: mapped.mapping,
    options: options as Json,
  })
  const empty = {
    batch,
    mapping: mapped.mapping,
    options,
    unmapped: mapped.unmapped.map((h) => h.text || `#${h.column}`),
  }
  if (told.reds > 0)
    return {
      ...empty,
      counts: { lines: 0, red: told.reds, yellow: yellowOf(told.all()), leftOut: 0 },
      findings: told.all(),
      digest: '',
    }

  const given: Given = {
    version: wish.version,
    batch,
    place,
    options: decode(def.options, options as Json),
    ...(source.crs ? { crs: source.crs } : {}),
    id: ({ line }, item = 0) => uuidFrom(batch, `${line} ${item}`),
    keyedHash: (kind, text) => keyedHash(key, kind, text),
  }
  const lookups = await def.lookups?.(reader, given)
  const regions = def.region ? await regionsOf(reader, place) : undefined
  const sink = await how.sink?.(batch)
  const digest = rowDigest(def.tables)
  const seen = (def.unique ?? []).map((columns) => ({ columns, lines: new Map<string, number>() }))
  const waiting = new Map<string, AnyRow[]>(def.tables.map((t) => [t.name, []]))
  const tables = new Map(def.tables.map((t) => [t.name, t]))
  let values: BroughtValue[] = []
  let held = 0
  let lines = 0
  const flush = async (): Promise<void> => {
    if (sink && told.reds === 0) {
      if (values.length > 0) await sink.personal(values)
      for (const [t, rows] of waiting) if (rows.length > 0) await sink.rows(tables.get(t)!, rows)
    }
    for (const rows of waiting.values()) rows.length = 0
    values = []
    held = 0
  }
  const columns = [...mapped.found].map(([name, h]) => ({
    name,
    col: h.col,
    field: def.columns.fields[name]!,
    exact: source.exact,
    ...(h.unitText === undefined ? {} : { unitText: h.unitText }),
  }))
  const colOf = new Map(columns.map((c) => [c.name, c.col]))

  const take = (line: SourceLine): void => {
    const read = readLine(def, columns, line)
    if (!read.ok) {
      read.problems.forEach(told.add)
      return
    }
    const { json } = read
    const sealed = sealLine(def.columns, json, { key, batch, line: line.line })
    const row: ImportRow = {
      line: line.line,
      at: (column) => line.at(column === undefined ? undefined : colOf.get(column)),
      values: decode(def.columns, sealed.json as Json),
      plain: json,
      ...(line.geometry ? { geometry: line.geometry } : {}),
    }
    const before = told.reds
    for (const { columns: named, lines: known } of seen) {
      const parts = named.map((c) => json[c])
      if (parts.some((p) => p === undefined)) continue
      const k = parts.length === 1 ? String(parts[0] as string) : canonicalJson(parts as Json)
      const first = known.get(k)
      if (first === undefined) known.set(k, line.line)
      else told.add(twice(def, named, first, row))
    }
    const region = regions && def.region?.(row)
    if (region !== undefined && regions) {
      const where = regions(region)
      if (where !== 'inside')
        told.add(importsProblem(`imports.region-${where}`, { region, place }, row.at(regionColumn(def))))
    }
    for (const { column, problem } of def.check?.(row, lookups, given) ?? [])
      told.add(problem.at ? problem : { ...problem, at: row.at(column) })
    if (told.reds > before) return
    const named = keep(line.line, def.rows(row, given))
    // A personal value that no row names is not kept.
    if (sink) values.push(...sealed.values.filter((v) => named.has(v.commitment)))
  }

  /** Takes rows on. @returns what stands in them */
  const keep = (line: number, rows: readonly BroughtRow[]): ReadonlySet<unknown> => {
    const items = new Map<string, number>()
    const named = new Set<unknown>()
    for (const { table, row: brought } of rows) {
      const item = items.get(table.name) ?? 0
      items.set(table.name, item + 1)
      const whole: AnyRow = { batch, line, item, ...brought }
      digest.add(table, whole)
      for (const cell of Object.values(brought)) named.add(cell)
      if (sink) waiting.get(table.name)!.push(whole)
      held++
    }
    return named
  }

  const onTheWay: Problem[] = []
  const stream = source.lines(onTheWay)
  let leftOut = 0
  for (;;) {
    const next = stream.next()
    if (next.done) {
      leftOut = next.value
      break
    }
    lines++
    take(next.value)
    if (held >= FLUSH) await flush()
    if (lines % TURN === 0) await how.progress?.(lines, Math.max(lines, source.about))
  }
  onTheWay.forEach(told.add)
  if (lines === 0) told.add(importsProblem('imports.no-rows'))
  for (const problem of def.finish?.(lookups, given) ?? []) told.add(problem)
  if (told.reds === 0)
    for (const { line, rows } of def.gathered?.(given) ?? []) {
      keep(line, rows)
      if (held >= FLUSH) await flush()
    }
  await flush()
  await how.progress?.(lines, lines)
  const all = told.all()
  return {
    ...empty,
    counts: { lines, red: told.reds, yellow: yellowOf(all), leftOut },
    findings: all,
    digest: told.reds > 0 ? '' : digest.end(),
  }
}

const yellowOf = (all: readonly Finding[]): number =>
  all.filter((f) => f.severity === 'yellow').reduce((n, f) => n + f.count, 0)

interface FileColumn {
  readonly name: string
  readonly col: number
  readonly field: Field
  readonly exact: boolean
  readonly unitText?: string
}

/** The line in the form of the columns, or everything that is wrong with its cells, each at its cell. */
function readLine(
  def: { readonly columns: Form },
  columns: readonly FileColumn[],
  line: SourceLine,
): { readonly ok: true; readonly json: JsonObject } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const given: Record<string, unknown> = {}
  const wrong = new Set<string>()
  for (const column of columns) {
    const found = cellGiven(column, line.cell(column.col))
    if (!found) continue
    if ('given' in found) given[column.name] = found.given
    else {
      wrong.add(column.name)
      problems.push({ ...found.problem, at: line.at(column.col) })
    }
  }
  const checked = check(def.columns, given)
  if (checked.ok && problems.length === 0) return checked
  if (!checked.ok)
    for (const p of checked.problems) {
      const name = (p.at?.field ?? '').split('.')[0]!
      if (wrong.has(name)) continue
      const col = columns.find((c) => c.name === name)?.col
      problems.push({ ...p, at: line.at(col) })
    }
  return { ok: false, problems }
}

function twice(def: Loose, columns: readonly string[], line: number, row: ImportRow): Problem {
  const titles = columns.map((c) => def.columns.fields[c]!.title)
  return importsProblem(
    'imports.row-twice',
    { columns: titles.map((t) => t.zh).join('、'), columnsEn: titles.map((t) => t.en).join(', '), line },
    row.at(columns[0]),
  )
}

/** The column that holds regions, for the place of a problem. */
const regionColumn = (def: Loose): string | undefined =>
  Object.entries<Field>(def.columns.fields).find(([, f]) => f.kind === 'region')?.[0]
