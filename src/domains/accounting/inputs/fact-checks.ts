// What speaks against numbers once they are read: units printed otherwise, values out of range, fractions taken for
// percentages, totals that differ, two numbers for one thing.

import { numberOf, type Heading, type Table } from '../../../core/exchange-formats/index.ts'
import {
  convert,
  dec,
  decText,
  findUnit,
  isDimensionless,
  sameDimensions,
  sameUnit,
  unit,
  type Dec,
  type Problem,
  type Unit,
} from '../../../kernel/index.ts'
import { findArgument, type Argument } from '../arguments.ts'
import type { Binding } from '../input-list.ts'
import type { Fact, FallbackKind } from '../model.ts'
import { type Columns, cellAt } from './bound-columns.ts'
import { looseUnit, printedUnit, tablePlace, unitsAgree } from './columns.ts'
import { halfStep } from './parents.ts'
import { problem } from './problems.ts'

/** The unit in the heading, or above the table where it is of the same kind, must be the one listed. */
export function checkPrintedUnit(
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

export function checkRange(fact: Fact, argument: Argument, table: Table): readonly Problem[] {
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

export function checkFractions(
  facts: readonly Fact[],
  b: Binding,
  argument: Argument,
  table: Table,
): readonly Problem[] {
  if (argument.unit !== '%' || findUnit(b.unit)?.den !== 100n || facts.length === 0) return []
  const plain = facts.filter((f) => !/[%％]/.test(f.typed))
  if (plain.length === 0) return []
  const top = plain.reduce((a, f) => (f.quantity.value.gt(a.quantity.value) ? f : a))
  if (top.quantity.value.gt(1) || top.quantity.value.lte(0)) return []
  const code = OFTEN_SMALL.has(argument.id) ? 'input.maybe-fraction' : 'input.fraction-as-percent'
  return [problem(code, { argument: argument.title.zh, max: top.typed }, tablePlace(table, top.origin.cell))]
}

/** A total line of the table is no data, but it must be the sum of what was read. */
export function checkTotal(
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

export function fallbackNote(b: Binding, accountYear: number, table: Table, value: Heading): Problem {
  const { kind, year, reason } = b.fallback!
  const values = { argument: b.argument, year, kind: FALLBACK_WORDS[kind], age: accountYear - year, reason }
  return problem('input.fallback', values, tablePlace(table, value.address))
}

const placeName = (f: Fact): string => [f.origin.file, f.origin.sheet, f.origin.cell].filter((x) => x).join(' › ')

/** Two numbers for one thing: both cells are named, neither is taken. */
export function dropRepeats(facts: readonly Fact[], problems: Problem[]): readonly Fact[] {
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
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter((p) => {
    const key = JSON.stringify([p.code, p.at, p.values])
    return seen.has(key) ? false : (seen.add(key), true)
  })
}
