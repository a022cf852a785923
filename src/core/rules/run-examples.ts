// Runs the worked examples of a rule book: published numbers and hand calculations that every rule must reproduce.
// Always holds: a result is compared at the precision it is printed with, or within the relative tolerance the example names.

import {
  civilDate,
  convert,
  dec,
  decText,
  ProblemError,
  sameDimensions,
  type CivilDate,
  type Dec,
  type Problem,
} from '../../kernel/index.ts'
import { evaluateRule } from './evaluate.ts'
import type { Example, Outcome, Rule, RuleBook, RuleContext } from './model.ts'
import { problem } from './problems.ts'
import { parametersFrom } from './select.ts'

/** Every example that does not come out, with what it wants and what came. */
export function runExamples(book: RuleBook): readonly Problem[] {
  const newest = newestBeginning(book)
  return book.rules.flatMap((rule) => rule.examples.flatMap((e) => runExample(book, rule, e, newest)))
}

function newestBeginning(book: RuleBook): CivilDate {
  const begins = [...book.rules, ...book.parameters, ...book.overrides].map((h) => h.force.from)
  return begins.reduce((a, b) => (b > a ? b : a), civilDate('2000-01-01'))
}

function contextOf(rule: Rule, example: Example, newest: CivilDate): RuleContext {
  const date = example.date ?? rule.force.to ?? (newest > rule.force.from ? newest : rule.force.from)
  return { date, regions: rule.region === undefined ? [] : codesAbove(rule.region) }
}

/** A GB/T 2260 code with its prefecture and province; an own code stands alone. */
export function codesAbove(code: string): readonly string[] {
  if (!/^\d{6}$/.test(code)) return [code]
  return [...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])]
}

/** What a rule makes of its worked example. @throws ProblemError as `evaluateRule` */
export const evaluateExample = (
  book: RuleBook,
  rule: Rule,
  example: Example,
  newest: CivilDate = newestBeginning(book),
): Outcome =>
  evaluateRule(rule, example.given, {
    parameter: parametersFrom(book, contextOf(rule, example, newest)),
    keys: example.keys,
    params: example.params,
  })

function runExample(book: RuleBook, rule: Rule, example: Example, newest: CivilDate): readonly Problem[] {
  const at = { file: rule.file, line: example.line }
  try {
    const outcome = evaluateExample(book, rule, example, newest)
    return Object.entries(example.gives).flatMap(([name, want]) => {
      const value = outcome.values[name]!
      const wanted = `${decText(want.quantity.value)} ${want.quantity.unit.text}`
      if (!sameDimensions(value.unit, want.quantity.unit))
        return [problem('rules.example-fails', { rule: rule.id, name, want: wanted, have: value.unit.text }, at)]
      const have = convert(value, want.quantity.unit)
      if (comesOut(have.value, want.quantity.value, want.decimals, example.within)) return []
      const values = { rule: rule.id, name, want: wanted, have: `${decText(have.value)} ${have.unit.text}` }
      return [problem('rules.example-fails', values, at)]
    })
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    return e.problems.map((p) => ({ ...p, at }))
  }
}

/** Half a unit of the last digit printed, or the relative tolerance named. */
function comesOut(have: Dec, want: Dec, decimals: number, within: Dec | undefined): boolean {
  const tolerance = within ? want.abs().times(within) : dec(`5e${-decimals - 1}`)
  return have.minus(want).abs().lte(tolerance)
}
