// Puts a rule book together from the files of a rules folder: every file is read strictly, then the files are checked
// against each other (sources, instruments, overlapping ids, units, classes).
// Always holds: a file with a red problem is left out of the book and every problem is reported; the order of the files
// does not change the book.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { atOnce, sameDimensions, type Period, type Problem, type Steps } from '../../kernel/index.ts'
import { buildOverride, buildParameters } from './build-parameters.ts'
import { buildRegisters, buildClassification, buildIndicatorSet } from './build-registers.ts'
import { buildRule } from './build-rule.ts'
import { checkUnits } from './check-units.ts'
import { bookData, bookOf, type KeptBooks } from './kept-book.ts'
import type { Head, Layer, OverrideFile, ParameterFile, Rule, RuleBook } from './model.ts'
import { problem } from './problems.ts'
import { readFile, type FileReading, type FileText, type ReadFile, type ReadFileOf } from './read-file.ts'
import { ruleBook } from './select.ts'

export interface RuleBookReading {
  readonly book: RuleBook
  readonly problems: readonly Problem[]
}

/** Reads a set of rule files. Pure: the same texts give the same book. */
export const parseRuleBook = (files: readonly FileText[]): RuleBookReading => atOnce(ruleBookSteps(files))

/** The same in steps of a file or a kind of thing: a whole book takes about a second. */
export function* ruleBookSteps(files: readonly FileText[]): Steps<RuleBookReading> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const readings: FileReading[] = []
  for (const file of sorted) {
    readings.push(readFile(file))
    yield
  }
  const good = readings.flatMap((r) => (r.file ? [r.file] : []))
  const registers = buildRegisters(readings, ofKind(good, 'instruments'), ofKind(good, 'sources'))
  for (const f of good) checkCitations(f, registers.knownSources, registers.knownInstruments)
  checkOverlaps(good)
  yield

  const classifications = ofKind(good, 'classification').map(buildClassification)
  const sets = ofKind(good, 'indicator-set').map(buildIndicatorSet)
  // National files first: they say the unit and the key of a parameter, and lower layers must agree with them.
  const parameterFiles = good
    .flatMap((f) => (f.kind === 'parameters' || f.kind === 'prices' ? [f] : []))
    .sort((a, b) => LAYERS.indexOf(a.head.layer) - LAYERS.indexOf(b.head.layer))
  const parameters = new Map<ReadFile, ParameterFile>()
  for (const f of parameterFiles) {
    parameters.set(f, buildParameters(f))
    yield
  }
  checkDimensions(parameters)
  checkClasses(parameters, new Set(classifications.flatMap((c) => c.classes.map((k) => k.code))))

  const books = groupBooks([...parameters].filter(([f]) => isClean(f)).map(([, p]) => p))
  const overrides = new Map<ReadFile, OverrideFile>()
  for (const f of ofKind(good, 'override')) {
    const built = buildOverride(f, books(f.content.of))
    if (built) overrides.set(f, built)
  }
  const rules = new Map<ReadFile, Rule>()
  for (const f of ofKind(good, 'rule')) {
    const rule = buildRule(f, books)
    if (isClean(f)) f.problems.push(...checkUnits(rule))
    rules.set(f, rule)
    yield
  }

  const clean = new Set(good.filter(isClean).map((f) => f.head.file))
  const kept = <T extends Head>(all: Iterable<T>): readonly T[] => [...all].filter((t) => clean.has(t.file))
  return {
    book: ruleBook({
      rules: kept(rules.values()),
      parameters: kept(parameters.values()),
      overrides: kept(overrides.values()),
      classifications: kept(classifications),
      sets: kept(sets),
      instruments: registers.instruments,
      sources: registers.sources,
    }),
    problems: readings.flatMap((r) => r.problems),
  }
}

/** Reads every `*.yaml` below a folder, in sorted order.
 *  @param kept where a book without problems is looked for by the content of its files, and kept */
export async function loadRuleBook(
  dir: string,
  kept?: KeptBooks,
): Promise<RuleBookReading & { readonly files: readonly FileText[] }> {
  const found = await readdir(dir, { recursive: true })
  const paths = found.map((p) => p.replaceAll('\\', '/')).filter((p) => /\.ya?ml$/.test(p))
  paths.sort()
  // Hundreds of small files: asked for one by one they cost a tenth of what as many promises do.
  const files = paths.map((path) => ({ path, text: readFileSync(join(dir, path), 'utf8') }))
  if (!kept) return { ...parseRuleBook(files), files }
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex')
  const name = `rule-book-${digest}`
  const known = kept.find(name)
  if (known !== undefined) return { book: { ...bookOf(known), digest }, problems: [], files }
  const { book, problems } = parseRuleBook(files)
  if (problems.length === 0) kept.keep(name, bookData(book))
  return { book: { ...book, digest }, problems, files }
}

const ofKind = <K extends ReadFile['kind']>(files: readonly ReadFile[], kind: K): readonly ReadFileOf<K>[] =>
  files.filter((f): f is ReadFileOf<K> => f.kind === kind)

const LAYERS: readonly Layer[] = ['national', 'province', 'county']

const isClean = (f: Pick<FileReading, 'problems'>): boolean => f.problems.every((p) => p.severity !== 'red')

function groupBooks(files: readonly ParameterFile[]): (id: string) => readonly ParameterFile[] {
  const byId = new Map<string, ParameterFile[]>()
  for (const f of files) byId.set(f.id, [...(byId.get(f.id) ?? []), f])
  return (id) => byId.get(id) ?? []
}

// ---- checks between files

function checkCitations(f: ReadFile, sources: ReadonlySet<string>, instruments: ReadonlySet<string>): void {
  const { head, problems, at } = f
  if (head.instrument !== undefined && !instruments.has(head.instrument))
    problems.push(problem('rules.unknown-instrument', { instrument: head.instrument }, at(['instrument'])))
  const check = (keys: readonly string[] | undefined, path: readonly PropertyKey[]): void => {
    for (const source of keys ?? [])
      if (!sources.has(source)) problems.push(problem('rules.unknown-source', { source }, at(path)))
  }
  check(head.source, ['source'])
  if (f.kind === 'parameters' || f.kind === 'prices' || f.kind === 'override')
    f.content.values.forEach((v, i) => check(v.source, ['values', i, 'source']))
  if (f.kind === 'rule')
    for (const [name, p] of Object.entries(f.content.params ?? {})) check(p.source, ['params', name, 'source'])
}

const overlap = (a: Period, b: Period): boolean => a.from <= (b.to ?? '9999-12-31') && b.from <= (a.to ?? '9999-12-31')

function checkOverlaps(files: readonly ReadFile[]): void {
  const seen = new Map<string, ReadFile[]>()
  for (const f of files) {
    const key = JSON.stringify([f.head.id, f.head.layer, f.head.region ?? ''])
    const others = seen.get(key) ?? []
    for (const other of others)
      if (overlap(f.head.force, other.head.force))
        f.problems.push(problem('rules.duplicate-id', { id: f.head.id, other: other.head.file }, f.at(['id'])))
    seen.set(key, [...others, f])
  }
}

/** All files of one parameter id share one dimension and one way of keying, so that a layer can replace another. */
function checkDimensions(parameters: ReadonlyMap<ReadFile, ParameterFile>): void {
  const first = new Map<string, ParameterFile>()
  for (const [f, p] of parameters) {
    const other = first.get(p.id)
    if (!other) {
      first.set(p.id, p)
      continue
    }
    if (!sameDimensions(p.unit, other.unit))
      f.problems.push(
        problem('rules.unit-differs', { id: p.id, have: p.unit.text, want: other.unit.text }, f.at(['unit'])),
      )
    if (p.by !== other.by)
      f.problems.push(
        problem('rules.wrong-value', { key: 'by', detail: `${p.by ?? '—'} ≠ ${other.by ?? '—'}` }, f.at(['by'])),
      )
  }
}

function checkClasses(parameters: ReadonlyMap<ReadFile, ParameterFile>, classes: ReadonlySet<string>): void {
  if (classes.size === 0) return
  for (const [f, p] of parameters) {
    if (p.by !== 'class') continue
    p.values.forEach((v, i) => {
      if (v.key !== '' && !classes.has(v.key))
        f.problems.push(problem('rules.unknown-class', { key: v.key }, f.at(['values', i])))
    })
  }
}
