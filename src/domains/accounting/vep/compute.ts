// Units read from a folder → their values, what-ifs, facts and coded figures. Pure: the same file, rules and day give
// the same digits. Always holds: a unit with a red problem has no figures, and the others are valued all the same.

import { ProblemError, type CivilDate, type Problem, type Quantity } from '../../../kernel/index.ts'
import { rangeProblems, type Given, type Rule, type RuleBook } from '../../../core/rules/index.ts'
import { assignCodes } from '../figure-key.ts'
import type { Fact, Figure } from '../model.ts'
import { bench, type Bench, type BenchFigure } from './bench.ts'
import { checkUnit } from './check.ts'
import { valueUnit } from './methods.ts'
import { figureKeyOf, MEASURED, type UnitResult, type VepFile, type VepResult, type VepUnit } from './model.ts'
import { problem } from './problems.ts'
import { whatIfs } from './what-if.ts'

export interface VepOptions {
  readonly book: RuleBook
  readonly engine: string
  /** The day the results are to be used; the valuation date where left out. */
  readonly on?: CivilDate
}

interface Valued {
  readonly result: UnitResult
  readonly facts: readonly Fact[]
  readonly figures: readonly BenchFigure[]
}

export function computeVep(file: VepFile, options: VepOptions): VepResult {
  const valued = file.units.map((u) => valueOne(u, file.head.date, options))
  const figures = valued.flatMap((v) => v.figures)
  const codes = assignCodes(figures.map((f) => f.key))
  return {
    head: file.head,
    engine: options.engine,
    units: valued.map((v) => v.result),
    facts: valued.flatMap((v) => v.facts),
    figures: figures.map((f): Figure => ({ ...f, code: codes.get(f.key)! })),
    sources: file.sources,
    problems: file.problems,
  }
}

function valueOne(unit: VepUnit, date: CivilDate, options: VepOptions): Valued {
  const found = checkUnit(unit, date, options.on ?? date)
  const refused = (problems: readonly Problem[]): Valued => ({
    result: { unit, status: 'refused', problems, figures: [], whatIfs: [] },
    facts: [],
    figures: [],
  })
  if (found.some((p) => p.severity === 'red')) return refused(found)
  const b = bench(options.book, date, unit.id, unit.region.code)
  try {
    b.add('area', { zh: '单元面积（椭球面）', en: 'area of the unit on the ellipsoid' }, b.asGiven(unit.area), 'extent')
    for (const [i, p] of unit.products.entries())
      b.add(
        `product.${i + 1}`,
        { zh: `${p.name}实物量`, en: `physical quantity of ${p.name}` },
        b.asGiven(p.quantity),
        'quantity',
      )
    valueUnit(b, unit)
    const steps = whatIfs(b, unit, date)
    const problems = [...found, ...usualRanges(b, unit), ...shrinking(b, unit)]
    return {
      result: {
        unit,
        status: 'computed',
        problems,
        value: figureKeyOf(unit.id, 'value'),
        figures: [...b.figures.keys()],
        whatIfs: steps,
      },
      facts: [...b.facts.values()],
      figures: [...b.figures.values()],
    }
  } catch (e) {
    if (e instanceof ProblemError) return refused([...found, ...e.problems.map((p) => placed(p, unit))])
    throw e
  }
}

/** A problem met while calculating stands at its unit where it has no better place. */
const placed = (p: Problem, unit: VepUnit): Problem => (p.at ? p : { ...p, at: { file: 'vep.yaml', line: unit.line } })

/** Inputs of service rules outside what the rule calls usual. */
function usualRanges(b: Bench, unit: VepUnit): readonly Problem[] {
  if (unit.inputs.method !== 'value-change') return []
  return unit.inputs.services.flatMap((s) => {
    if (!s.rule) return []
    const { rule } = b.rule(s.rule.id)
    return [s.with, s.without].flatMap((state) => rangeProblems(rule, givenOf(rule, state)))
  })
}

const givenOf = (rule: Rule, state: Readonly<Record<string, Fact>>): Given =>
  Object.fromEntries(
    Object.keys(rule.inputs).flatMap((n): [string, Quantity][] => (state[n] ? [[n, state[n].quantity]] : [])),
  )

function shrinking(b: Bench, unit: VepUnit): readonly Problem[] {
  if (unit.inputs.method !== 'value-change') return []
  return unit.inputs.services
    .filter((s) => !b.quantityOf(`${s.name}.gain`).value.gt(0))
    .map((s) => {
      const fact = s.with[MEASURED] ?? Object.values(s.with)[0]
      const o = fact?.origin
      return problem(
        'vep.no-change',
        { unit: unit.id, service: s.name },
        o && { file: o.file, ...(o.sheet ? { sheet: o.sheet } : {}), ...(o.cell ? { cell: o.cell } : {}) },
      )
    })
}
