// Dated rules: what documents say, read strictly from YAML, chosen by legal date and region, calculated with reasons.

export type * from './model.ts'
export { loadRuleBook, parseRuleBook, ruleBookSteps, type RuleBookReading } from './read-rules.ts'
export type { KeptBooks } from './kept-book.ts'
export type { FileText } from './read-file.ts'
export { isName, parseExpression } from './parse-expression.ts'
export { checkUnits } from './check-units.ts'
export { evaluateRule, rangeProblems, type EvaluateOptions } from './evaluate.ts'
export { codesAbove, evaluateExample, runExamples } from './run-examples.ts'
export { parametersFrom, selfAndAbove } from './select.ts'
export {
  exprForPeople,
  exprSource,
  formulaText,
  legend,
  shortDec,
  shortQuantity,
  type FormulaWriting,
  type LegendLine,
} from './render-formula.ts'
export { readAmount, type Amount, type AmountFault } from './amount.ts'
export {
  checkText,
  findById,
  KIND_TEXT,
  listBook,
  listText,
  MARK_TEXT,
  outcomeJson,
  outcomeText,
  type ListLine,
} from './describe.ts'
