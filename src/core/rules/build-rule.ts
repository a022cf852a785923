// Turns a rule file into a rule: formulas become trees, every name is accounted for, examples become quantities.
// Always holds: a name in a formula is an input, a parameter, a table or an earlier step; nothing declared is left unused;
// there is at least one worked example.

import {
  civilDate,
  dec,
  ONE_UNIT,
  ProblemError,
  unit,
  type Place,
  type Quantity,
  type Unit,
} from '../../kernel/index.ts'
import { isFault, readAmount, type Amount } from './amount.ts'
import type { Content } from './file-schemas.ts'
import type {
  Example,
  Expr,
  FieldSpec,
  InputSpec,
  ParameterFile,
  ParamSpec,
  RangeTable,
  Rows,
  Rule,
  Step,
} from './model.ts'
import { isName, parseExpression } from './parse-expression.ts'
import { problem } from './problems.ts'
import type { ReadFileOf } from './read-file.ts'
import type { Path } from './yaml-source.ts'

type RuleFile = ReadFileOf<'rule'>
type RuleContent = Content<'rule'>
/** The parameter files of an id, all layers and periods. */
export type Books = (id: string) => readonly ParameterFile[]

export function buildRule(file: RuleFile, books: Books): Rule {
  const { content, head } = file
  const inputs = mapValues(content.inputs ?? {}, (spec, name) => buildInput(file, name, spec))
  const params = mapValues(content.params ?? {}, (spec, name) => buildParam(file, name, spec, books))
  const tables = mapValues(content.tables ?? {}, (t, name) => buildTable(file, name, t))
  checkNames(file)
  const steps = buildSteps(file)
  const gives = mapValues(content.gives, (spec, name) => buildField(name, spec))
  const round = mapValues(content.round ?? {}, (r) => ({ to: dec(r.to), mode: r.mode }))
  checkUses(file, steps)
  const rule = { ...head, inputs, params, tables, steps, gives, round, examples: [] }
  return { ...rule, examples: buildExamples(file, rule) }
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, make: (t: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, t]) => [name, make(t, name)]))

// ---- inputs, parameters, tables

type FieldContent = {
  readonly unit: string
  readonly plain?: boolean | undefined
  readonly symbol?: string | undefined
  readonly range?: readonly [string, string] | undefined
  readonly title?: FieldSpec['title'] | undefined
}

const buildField = (name: string, f: FieldContent): FieldSpec => ({
  unit: unit(f.unit),
  plain: f.plain ?? false,
  title: f.title ?? { zh: name, en: name },
  ...(f.symbol === undefined ? {} : { symbol: f.symbol }),
  ...(f.range === undefined ? {} : { range: [dec(f.range[0]), dec(f.range[1])] as const }),
})

function buildInput(file: RuleFile, name: string, spec: NonNullable<RuleContent['inputs']>[string]): InputSpec {
  const at = (key: string): Place => file.at(['inputs', name, key])
  const { rows, ...field } = spec
  if (rows) {
    for (const key of Object.keys(field).filter((k) => k !== 'title' && field[k as keyof typeof field] !== undefined))
      file.problems.push(problem('rules.unknown-key', { key }, at(key)))
    for (const column of Object.keys(rows))
      if (!isName(column))
        file.problems.push(problem('rules.wrong-name', { name: column }, file.at(['inputs', name, 'rows', column])))
    return { rows: mapValues(rows, (f, column) => buildField(column, f)), title: spec.title ?? { zh: name, en: name } }
  }
  if (spec.unit === undefined) file.problems.push(problem('rules.missing-unit', { name }, at('unit')))
  if (spec.title === undefined) file.problems.push(problem('rules.missing-key', { key: `${name}.title` }, at('title')))
  return buildField(name, { ...field, unit: spec.unit ?? '1' })
}

function buildParam(
  file: RuleFile,
  name: string,
  spec: NonNullable<RuleContent['params']>[string],
  books: Books,
): ParamSpec {
  const { problems, head } = file
  const at = (key: string): Place => file.at(['params', name, key])
  const common = {
    plain: spec.plain ?? false,
    title: spec.title,
    ...(spec.symbol === undefined ? {} : { symbol: spec.symbol }),
  }
  if (spec.book !== undefined) {
    for (const key of ['value', 'unit', 'basis', 'year', 'range', 'source', 'mark', 'note'] as const)
      if (spec[key] !== undefined) problems.push(problem('rules.unknown-key', { key }, at(key)))
    const bookUnit = checkBook(file, name, { ...spec, book: spec.book }, books(spec.book))
    return {
      ...common,
      book: spec.book,
      ...(spec.by === undefined ? {} : { by: spec.by }),
      ...(spec.key === undefined ? {} : { key: spec.key }),
      ...(bookUnit === undefined ? {} : { unit: bookUnit }),
    }
  }
  for (const key of ['by', 'key'] as const)
    if (spec[key] !== undefined) problems.push(problem('rules.unknown-key', { key }, at(key)))
  if (spec.value === undefined) problems.push(problem('rules.missing-key', { key: `${name}.value` }, at('value')))
  if (spec.unit === undefined) problems.push(problem('rules.missing-unit', { name }, at('unit')))
  return {
    ...common,
    inline: {
      id: `${head.id}/${name}`,
      key: '',
      version: head.version,
      quantity: { value: dec(spec.value ?? '0'), unit: unit(spec.unit ?? '1') },
      title: spec.title,
      mark: spec.mark ?? head.mark,
      source: spec.source ?? head.source,
      ...(spec.basis === undefined ? {} : { basis: spec.basis }),
      ...(spec.year === undefined ? {} : { year: Number(spec.year) }),
      ...(head.region === undefined ? {} : { region: head.region }),
      ...(spec.range === undefined ? {} : { range: [dec(spec.range[0]), dec(spec.range[1])] as const }),
      ...(spec.note === undefined ? {} : { note: spec.note }),
      layer: head.layer,
      file: head.file,
      line: file.at(['params', name]).line ?? 1,
    },
  }
}

/** Whether the file a parameter is taken from exists and is keyed the way the rule asks. @returns the file's unit */
function checkBook(
  file: RuleFile,
  name: string,
  spec: { readonly book: string; readonly by?: string | undefined; readonly key?: string | undefined },
  found: readonly ParameterFile[],
): Unit | undefined {
  const at = file.at(['params', name, 'book'])
  const first = found[0]
  if (!first) {
    file.problems.push(problem('rules.unknown-book', { id: spec.book }, at))
    return undefined
  }
  const wrong = (detail: string): void => {
    file.problems.push(problem('rules.wrong-key-kind', { name, id: spec.book, detail }, at))
  }
  if (spec.by !== undefined && spec.key !== undefined) wrong('by + key')
  else if (first.by === undefined && (spec.by !== undefined || spec.key !== undefined)) wrong('一个值 / one value')
  else if (first.by !== undefined && spec.by === undefined && spec.key === undefined) wrong(`by: ${first.by}`)
  else if (spec.key !== undefined && !found.some((f) => f.values.some((v) => v.key === spec.key)))
    wrong(`没有 / no key ${spec.key}`)
  return first.unit
}

function buildTable(file: RuleFile, name: string, t: NonNullable<RuleContent['tables']>[string]): RangeTable {
  const { content, problems } = file
  const wrong = (path: Path, detail: string): void => {
    problems.push(problem('rules.wrong-table', { table: name, detail }, file.at(['tables', name, ...path])))
  }
  const of = t.of?.[0]
  if (of !== undefined && ![content.inputs, content.params, content.gives].some((r) => r && Object.hasOwn(r, of)))
    wrong(['of'], `of: ${of}`)
  t.steps.forEach((s, i) => {
    const before = t.steps[i - 1]?.below
    if (s.below === undefined && i < t.steps.length - 1) wrong(['steps', i], '缺 below / below is missing')
    if (s.below !== undefined && before !== undefined && !dec(s.below).gt(before))
      wrong(['steps', i], `${before} ≥ ${s.below}`)
  })
  return {
    ...(of === undefined ? {} : { of }),
    unit: t.unit === undefined ? ONE_UNIT : unit(t.unit),
    steps: t.steps.map((s) => ({ gives: dec(s.gives), ...(s.below === undefined ? {} : { below: dec(s.below) }) })),
  }
}

// ---- names and formulas

function checkNames({ content, problems, at }: RuleFile): void {
  const seen = new Set<string>()
  for (const group of ['inputs', 'params', 'tables', 'formula'] as const)
    for (const name of Object.keys(content[group] ?? {})) {
      if (!isName(name)) problems.push(problem('rules.wrong-name', { name }, at([group, name])))
      if (seen.has(name)) problems.push(problem('rules.name-taken', { name }, at([group, name])))
      seen.add(name)
    }
  for (const group of ['gives', 'round'] as const)
    for (const name of Object.keys(content[group] ?? {}))
      if (!Object.hasOwn(content.formula, name))
        problems.push(problem('rules.not-a-step', { where: group, name }, at([group, name])))
  for (const [name, r] of Object.entries(content.round ?? {}))
    if (!dec(r.to).gt(0))
      problems.push(problem('rules.wrong-value', { key: 'to', detail: r.to }, at(['round', name, 'to'])))
  for (const group of ['formula', 'gives'] as const)
    if (Object.keys(content[group]).length === 0)
      problems.push(problem('rules.missing-key', { key: group }, at([group])))
}

function buildSteps({ content, problems, at }: RuleFile): readonly Step[] {
  const steps: Step[] = []
  const known = new Set<string>()
  for (const [name, source] of Object.entries(content.formula)) {
    const place = at(['formula', name])
    try {
      const expr = parseExpression(source, place)
      for (const missing of unknownNames(expr, content, known))
        problems.push(problem('rules.unknown-name', { name: missing, formula: source }, place))
      steps.push({ name, source, expr, line: place.line ?? 1 })
    } catch (e) {
      if (!(e instanceof ProblemError)) throw e
      problems.push(...e.problems)
    }
    known.add(name)
  }
  return steps
}

/** Calls `see` on every name and field below, saying what kind of thing stands there. */
function eachName(
  e: Expr,
  see: (name: string, as: 'value' | 'rows' | 'table' | 'field', within: readonly string[]) => void,
): void {
  const walk = (e: Expr, within: readonly string[]): void => {
    if (e.op === 'name') see(e.name, 'value', within)
    else if (e.op === 'field') see(`${e.rows}.${e.field}`, 'field', within)
    else if (e.op === 'neg') walk(e.of, within)
    else if (e.op === 'call') {
      const first = e.args[0]!
      const named = first.op === 'name' ? first.name : ''
      if (e.fn === 'sum' || e.fn === 'count') see(named, 'rows', within)
      else if (e.fn === 'lookup') see(named, 'table', within)
      else walk(first, within)
      for (const a of e.args.slice(1)) walk(a, e.fn === 'sum' ? [...within, named] : within)
    } else if ('left' in e) {
      walk(e.left, within)
      walk(e.right, within)
    }
  }
  walk(e, [])
}

function unknownNames(expr: Expr, content: RuleContent, earlier: ReadonlySet<string>): readonly string[] {
  const unknown = new Set<string>()
  const rowsOf = (name: string): Readonly<Record<string, unknown>> | undefined =>
    Object.hasOwn(content.inputs ?? {}, name) ? content.inputs![name]!.rows : undefined
  eachName(expr, (name, as, within) => {
    if (as === 'rows') {
      if (!rowsOf(name) || within.includes(name)) unknown.add(name)
    } else if (as === 'table') {
      if (!Object.hasOwn(content.tables ?? {}, name)) unknown.add(name)
    } else if (as === 'field') {
      const [rows, field] = name.split('.') as [string, string]
      if (!within.includes(rows) || !Object.hasOwn(rowsOf(rows) ?? {}, field)) unknown.add(name)
    } else if (
      !earlier.has(name) &&
      !Object.hasOwn(content.params ?? {}, name) &&
      !(Object.hasOwn(content.inputs ?? {}, name) && !rowsOf(name))
    )
      unknown.add(name)
  })
  return [...unknown]
}

function checkUses({ content, problems, at }: RuleFile, steps: readonly Step[]): void {
  // A formula that could not be read hides what it uses; its own problem comes first.
  if (steps.length < Object.keys(content.formula).length) return
  const used = new Set<string>()
  for (const s of steps) eachName(s.expr, (name) => used.add(name))
  for (const t of Object.values(content.tables ?? {})) if (t.of) used.add(t.of[0])
  for (const group of ['inputs', 'params', 'tables', 'formula'] as const)
    for (const name of Object.keys(content[group] ?? {}))
      if (!used.has(name) && !(group === 'formula' && Object.hasOwn(content.gives, name)))
        problems.push(problem('rules.unused', { name }, at([group, name])))
  for (const [name, input] of Object.entries(content.inputs ?? {}))
    for (const column of Object.keys(input.rows ?? {}))
      if (used.has(name) && !used.has(`${name}.${column}`))
        problems.push(problem('rules.unused', { name: `${name}.${column}` }, at(['inputs', name, 'rows', column])))
}

// ---- examples

function buildExamples(file: RuleFile, rule: Rule): readonly Example[] {
  const { content, problems, at } = file
  const examples = content.examples ?? []
  if (examples.length === 0) problems.push(problem('rules.no-example', {}, at(['examples'])))
  const keyNames = new Set(
    Object.entries(rule.params).flatMap(([name, p]) => ('book' in p && p.by !== undefined ? [p.by, name] : [])),
  )
  return examples.map((e, i) => {
    const path: Path = ['examples', i]
    const amount = (source: string, declared: Unit, place: Path): Amount => {
      const read = readAmount(source, declared)
      if (!isFault(read)) return read
      problems.push(problem(read.code, { value: read.value }, at([...path, ...place])))
      return { quantity: { value: dec(0), unit: declared }, decimals: 0 }
    }
    const unknown = (where: string, name: string, what: string, whatEn: string): void => {
      problems.push(problem('rules.example-name', { where, name, what, whatEn }, at([...path, where, name])))
    }
    const given: Record<string, Quantity | Rows> = {}
    for (const [name, value] of Object.entries(e.given)) {
      const spec = Object.hasOwn(rule.inputs, name) ? rule.inputs[name] : undefined
      if (!spec) unknown('given', name, '输入', 'an input')
      else if ('rows' in spec && typeof value !== 'string')
        given[name] = value.map((row, n) => {
          for (const column of Object.keys(row).filter((c) => !Object.hasOwn(spec.rows, c)))
            unknown('given', `${name}.${column}`, '输入', 'an input')
          return mapValues(
            row,
            (v, column) => amount(v, spec.rows[column]?.unit ?? ONE_UNIT, ['given', name, n, column]).quantity,
          )
        })
      else if (!('rows' in spec) && typeof value === 'string')
        given[name] = amount(value, spec.unit, ['given', name]).quantity
      else
        problems.push(
          problem('rules.wrong-value', { key: name, detail: '表 / table ≠ 数 / number' }, at([...path, 'given', name])),
        )
    }
    const params: Record<string, Quantity> = {}
    for (const [name, value] of Object.entries(e.params ?? {})) {
      const spec = Object.hasOwn(rule.params, name) ? rule.params[name] : undefined
      const declared = spec && ('inline' in spec ? spec.inline.quantity.unit : spec.unit)
      if (!spec) unknown('params', name, '参数', 'a parameter')
      else params[name] = amount(value, declared ?? ONE_UNIT, ['params', name]).quantity
    }
    for (const name of Object.keys(e.keys ?? {})) if (!keyNames.has(name)) unknown('keys', name, '取值键', 'a key')
    const gives: Record<string, Amount> = {}
    for (const [name, value] of Object.entries(e.gives)) {
      const spec = Object.hasOwn(rule.gives, name) ? rule.gives[name] : undefined
      if (!spec) unknown('gives', name, '结果', 'an output')
      else gives[name] = amount(value, spec.unit, ['gives', name])
    }
    if (Object.keys(e.gives).length === 0)
      problems.push(problem('rules.missing-key', { key: 'gives' }, at([...path, 'gives'])))
    return {
      given,
      keys: e.keys ?? {},
      params,
      gives,
      ...(e.within === undefined ? {} : { within: dec(e.within) }),
      ...(e.cite === undefined ? {} : { cite: e.cite }),
      ...(e.date === undefined ? {} : { date: civilDate(e.date) }),
      line: at(path).line ?? 1,
    }
  })
}
