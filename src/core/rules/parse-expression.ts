// The formula language: numbers, names, + - * /, comparisons inside if(), and a dozen functions; nothing else.
// Chosen: npm jsep with its operators and literals taken away, then a white-list of what it returns. Rejected: an own
// parser, because the library's is well tested; JavaScript's own, because a formula must not be a program.
// Always holds: the text of a number is kept, and what is refused is refused with its place.

import jsep from 'jsep'
import { ProblemError, type Place } from '../../kernel/index.ts'
import type { Expr } from './model.ts'
import { problem } from './problems.ts'

// jsep keeps its settings in one global object. This is the only file that imports it (a test holds that),
// so it is set once here and nothing is ever put back.
jsep.removeAllBinaryOps()
jsep.removeAllUnaryOps()
jsep.removeAllLiterals()
jsep.removeIdentifierChar('$')
const PRECEDENCE = { '==': 1, '!=': 1, '<': 2, '<=': 2, '>': 2, '>=': 2, '+': 3, '-': 3, '*': 4, '/': 4 } as const
for (const [op, precedence] of Object.entries(PRECEDENCE)) jsep.addBinaryOp(op, precedence)
jsep.addUnaryOp('-')

export type BinaryOp = keyof typeof PRECEDENCE
export const isBinaryOp = (op: string): op is BinaryOp => Object.hasOwn(PRECEDENCE, op)
export const precedenceOf = (op: BinaryOp): number => PRECEDENCE[op]
export const isComparison = (op: string): boolean => isBinaryOp(op) && PRECEDENCE[op] <= 2

/** Function names with the least and the greatest number of arguments. */
export const FUNCTIONS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['min', [2, 99]],
  ['max', [2, 99]],
  ['clamp', [3, 3]],
  ['if', [3, 3]],
  ['pow', [2, 2]],
  ['exp', [1, 1]],
  ['ln', [1, 1]],
  ['sqrt', [1, 1]],
  ['round', [1, 2]],
  ['lookup', [2, 2]],
  ['sum', [2, 2]],
  ['count', [1, 1]],
])

/** A formula a person can still read; also keeps the recursion below shallow. */
const MAX_LENGTH = 2000
const MAX_DEPTH = 60

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
const FULL_WIDTH = /[\uFF00-\uFFEF]/

/** Whether a text can name an input, parameter, table or step. */
export const isName = (s: string): boolean =>
  NAME.test(s) && !FULL_WIDTH.test(s) && !FUNCTIONS.has(s) && !(s in Object.prototype) && s !== 'this'

/** Reads a formula. @throws ProblemError `rules.formula-…` at the place given */
export function parseExpression(source: string, at: Place): Expr {
  const formula = source.length > 120 ? `${source.slice(0, 120)}…` : source
  const syntax = (column: number, detail: string): never => {
    throw new ProblemError(problem('rules.formula-syntax', { formula, column, detail }, at))
  }
  if (source.length > MAX_LENGTH) syntax(MAX_LENGTH, `长于 ${MAX_LENGTH} 个字符 / longer than ${MAX_LENGTH} characters`)
  refuseSigns(source, formula, at)
  refuseCommas(source, syntax)

  let tree: jsep.Expression
  try {
    tree = jsep(source)
  } catch (e) {
    const fault = e as { index?: number; description?: string }
    return syntax((fault.index ?? 0) + 1, fault.description ?? 'unreadable')
  }
  if (tree.type === 'Compound' && (tree as jsep.Compound).body.length === 0) syntax(1, '空的公式 / nothing stands here')
  const expr = convert(tree, { formula, at, depth: 0, condition: false })
  if (commasOf(expr) !== source.split(',').length - 1) syntax(source.length, '参数之间缺逗号 / a comma is missing')
  return expr
}

/** Every sign outside the language, so that `^`, `&&`, `=`, `×`, a quote or a bracket has its own clear refusal. */
function refuseSigns(source: string, formula: string, at: Place): void {
  const other =
    /\*\*|===|!==|<<|>>|=>|(?<![<>=!])=(?!=)|!(?!=)|[^\p{L}\p{M}\p{N}_.\s+\-*/<>=!(),]|[\uFF00-\uFFEF]/u.exec(source)
  if (other)
    throw new ProblemError(problem('rules.formula-sign', { formula, sign: other[0], column: other.index + 1 }, at))
}

/** jsep forgives stray commas; we do not. */
function refuseCommas(source: string, syntax: (column: number, detail: string) => never): void {
  const stray = /(^|[(,])\s*,|,\s*([),]|$)/.exec(source)
  if (stray) syntax(stray.index + 1, '多余的逗号 / a stray comma')
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '(') depth++
    if (source[i] === ')') depth--
    if (depth > MAX_DEPTH) syntax(i + 1, `括号套得太深 / brackets nest deeper than ${MAX_DEPTH}`)
  }
}

function commasOf(e: Expr): number {
  if (e.op === 'call') return e.args.length - 1 + e.args.reduce((n, a) => n + commasOf(a), 0)
  if (e.op === 'neg') return commasOf(e.of)
  return 'left' in e ? commasOf(e.left) + commasOf(e.right) : 0
}

interface Spot {
  readonly formula: string
  readonly at: Place
  readonly depth: number
  /** Whether a comparison may stand here: only as the condition of if(). */
  readonly condition: boolean
}

function convert(node: jsep.Expression, spot: Spot): Expr {
  const refuse = (what: string, whatEn: string): never => {
    throw new ProblemError(problem('rules.formula-part', { formula: spot.formula, what, whatEn }, spot.at))
  }
  if (spot.depth > MAX_LENGTH / 2) refuse('过长的算式', 'an expression nested too deeply')
  const inner: Spot = { ...spot, depth: spot.depth + 1, condition: false }
  if (spot.condition && !(node.type === 'BinaryExpression' && isComparison((node as jsep.BinaryExpression).operator)))
    refuse('不是比较的条件', 'a condition that is no comparison')
  switch (node.type) {
    case 'Literal': {
      const { raw } = node as jsep.Literal
      if (!/^\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(raw)) refuse(`“${raw}”这样的数`, `a number written "${raw}"`)
      return { op: 'number', text: raw }
    }
    case 'Identifier': {
      const { name } = node as jsep.Identifier
      if (!isName(name)) refuse(`“${name}”这样的名称`, `the name "${name}"`)
      return { op: 'name', name }
    }
    case 'MemberExpression': {
      const { object, property, computed, optional } = node as jsep.MemberExpression
      if (computed || optional || object.type !== 'Identifier' || property.type !== 'Identifier')
        return refuse('这样的取值', 'this kind of member')
      const [rows, field] = [(object as jsep.Identifier).name, (property as jsep.Identifier).name]
      if (!isName(rows) || !isName(field)) refuse(`“${rows}.${field}”这样的名称`, `the name "${rows}.${field}"`)
      return { op: 'field', rows, field }
    }
    case 'UnaryExpression':
      return { op: 'neg', of: convert((node as jsep.UnaryExpression).argument, inner) }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression
      if (!isBinaryOp(operator)) return refuse(`“${operator}”`, `"${operator}"`)
      if (isComparison(operator) && !spot.condition)
        refuse('if 条件以外的比较', 'a comparison outside the condition of if')
      return { op: operator, left: convert(left, inner), right: convert(right, inner) }
    }
    case 'CallExpression':
      return convertCall(node as jsep.CallExpression, inner, refuse)
    default:
      return refuse(NODE_NAMES[node.type]?.zh ?? '这样的写法', NODE_NAMES[node.type]?.en ?? 'this construct')
  }
}

function convertCall(node: jsep.CallExpression, inner: Spot, refuse: (what: string, whatEn: string) => never): Expr {
  if (node.callee.type !== 'Identifier') return refuse('这样的调用', 'this kind of call')
  const { name } = node.callee as jsep.Identifier
  const arity = FUNCTIONS.get(name)
  const { formula } = inner
  if (!arity) throw new ProblemError(problem('rules.formula-function', { formula, name }, inner.at))
  const have = node.arguments.length
  if (have < arity[0] || have > arity[1]) {
    const want = arity[0] === arity[1] ? `${arity[0]}` : arity[1] === 99 ? `≥ ${arity[0]}` : `${arity[0]}–${arity[1]}`
    throw new ProblemError(problem('rules.formula-arity', { formula, name, want, have }, inner.at))
  }
  const args = node.arguments.map((a, i) => convert(a, { ...inner, condition: name === 'if' && i === 0 }))
  if ((name === 'lookup' || name === 'sum' || name === 'count') && args[0]!.op !== 'name')
    refuse(`不以表名开头的 ${name}`, `${name} without the name of a table`)
  return { op: 'call', fn: name, args }
}

const NODE_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  Compound: { zh: '几个并列的式子', en: 'several expressions side by side' },
  SequenceExpression: { zh: '括号里并列的式子', en: 'several expressions in brackets' },
  ConditionalExpression: { zh: '问号条件', en: 'a question-mark condition' },
  ArrayExpression: { zh: '数组', en: 'an array' },
  ThisExpression: { zh: 'this', en: 'this' },
}
