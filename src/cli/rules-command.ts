// `qingshan rules list|show|check|eval`: the rule book on the command line, Chinese first, English second.
// Always holds: what is wrong is printed as problems with what to do next, and the exit code is 1 when something is red.

import type { Command } from 'commander'
import { civilDate, defineProblems, ProblemError, problemText, type Problem, type Quantity } from '../kernel/index.ts'
import {
  checkText,
  codesAbove,
  evaluateRule,
  findById,
  listBook,
  listText,
  loadRuleBook,
  outcomeJson,
  outcomeText,
  parametersFrom,
  readAmount,
  runExamples,
  type Given,
  type RowsSpec,
  type Rule,
  type RuleBook,
  type RuleContext,
  type Rows,
} from '../core/rules/index.ts'

const problem = defineProblems({
  'rules-command.not-found': {
    severity: 'red',
    zh: '没有找到“{id}”。',
    en: '"{id}" was not found.',
    hint: { zh: '用 rules list 查看全部编号。', en: 'See all ids with rules list.' },
  },
  'rules-command.pair': {
    severity: 'red',
    zh: '“{value}”应写成 名称=值。',
    en: '"{value}" should read name=value.',
    hint: { zh: '例如 --input "降水量=1400 mm"。', en: 'For example --input "降水量=1400 mm".' },
  },
  'rules-command.amount': {
    severity: 'red',
    zh: '“{name}={value}”不是数值加单位。',
    en: '"{name}={value}" is not a number with a unit.',
    hint: {
      zh: '例如 "1400 mm"；表写成 [{"雨量":"10 mm"}]。',
      en: 'For example "1400 mm"; a table is [{"雨量":"10 mm"}].',
    },
  },
})

export interface RulesEnv {
  /** The folder that is read where the command names none. */
  readonly rulesDir: string
  readonly out: (s: string) => void
}

export function addRulesCommand(program: Command, env: RulesEnv): void {
  const rules = program.command('rules').description('规则、参数与价格 / rules, parameters and prices')
  /** Prints problems instead of a stack, and says so in the exit code. */
  const telling =
    <A extends unknown[]>(run: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      try {
        await run(...args)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        for (const p of e.problems) env.out(`✗ ${problemText(p, 'zh')} / ${p.en} ${p.hint.en}`)
        process.exitCode = 1
      }
    }

  rules
    .command('list')
    .description('列出规则库的内容 / list what the rule book holds')
    .option('--kind <kind>', '只列一种：rule、parameters、prices… / one kind only')
    .option('--json', '输出 JSON / print JSON')
    .action(
      telling(async (options: { kind?: string; json?: boolean }) => {
        const { book } = await loadRuleBook(env.rulesDir)
        const lines = listBook(book, options.kind)
        env.out(options.json ? JSON.stringify(lines, null, 2) : listText(lines))
      }),
    )

  rules
    .command('show <id>')
    .description('显示一条规则、一份参数或一个依据 / show a rule, a parameter file or an instrument')
    .option('--date <date>', '法定日期，如 2024-12-31 / legal date')
    .option('--region <code>', '地区代码 / region code')
    .action(
      telling(async (id: string, options: { date?: string; region?: string }) => {
        const { book } = await loadRuleBook(env.rulesDir)
        const ctx = options.date === undefined ? undefined : context(options.date, options.region)
        const found = findById(book, id, ctx)
        if (found.length === 0) throw new ProblemError(problem('rules-command.not-found', { id }))
        env.out(found.join('\n\n'))
      }),
    )

  rules
    .command('check [dir]')
    .description('检查规则文件：格式、单位、算例 / check rule files: form, units, worked examples')
    .action(
      telling(async (dir: string | undefined) => {
        const { book, problems } = await loadRuleBook(dir ?? env.rulesDir)
        const all = [...problems, ...runExamples(book)]
        env.out(checkText(book, all))
        if (all.some((p) => p.severity === 'red')) process.exitCode = 1
      }),
    )

  rules
    .command('eval <rule>')
    .description('计算一条规则并说明理由 / calculate a rule and say why')
    .requiredOption('--date <date>', '法定日期，如 2024-12-31 / legal date')
    .option('--input <name=value...>', '输入，如 "降水量=1400 mm"，可重复 / inputs, repeatable')
    .option('--key <name=key...>', '参数取值键，如 class=forest，可重复 / keys of parameters, repeatable')
    .option('--param <name=value...>', '代替参数的值，可重复 / values in place of parameters, repeatable')
    .option('--region <code>', '地区代码 / region code')
    .option('--json', '输出 JSON / print JSON')
    .action(
      telling(async (id: string, options: EvalOptions) => {
        const { book } = await loadRuleBook(env.rulesDir)
        const ctx = context(options.date, options.region)
        const rule = getRule(book, id, ctx)
        const outcome = evaluateRule(rule, readInputs(rule, pairs(options.input)), {
          parameter: parametersFrom(book, ctx),
          keys: Object.fromEntries(pairs(options.key)),
          params: Object.fromEntries(
            pairs(options.param).map(([name, value]) => [name, amount(name, value, paramUnit(rule, name))]),
          ),
        })
        env.out(options.json ? JSON.stringify(outcomeJson(outcome), null, 2) : outcomeText(outcome))
      }),
    )
}

interface EvalOptions {
  readonly date: string
  readonly input?: readonly string[]
  readonly key?: readonly string[]
  readonly param?: readonly string[]
  readonly region?: string
  readonly json?: boolean
}

const context = (date: string, region: string | undefined): RuleContext => ({
  date: civilDate(date),
  regions: region === undefined ? [] : codesAbove(region),
})

function getRule(book: RuleBook, id: string, ctx: RuleContext): Rule {
  const found: Rule | Problem = book.findRule(id, ctx)
  if ('severity' in found) throw new ProblemError(found)
  return found
}

/** `a=1 mm` in one argument or in two: a word without `=` belongs to the one before it. */
function pairs(words: readonly string[] = []): readonly (readonly [name: string, value: string])[] {
  const joined: string[] = []
  for (const word of words) {
    const last = joined.length - 1
    if (!word.includes('=') && last >= 0) joined[last] += ` ${word}`
    else joined.push(word)
  }
  return joined.map((word) => {
    const i = word.indexOf('=')
    if (i <= 0 || i === word.length - 1) throw new ProblemError(problem('rules-command.pair', { value: word }))
    return [word.slice(0, i).trim(), word.slice(i + 1).trim()]
  })
}

function amount(name: string, value: string, unit: Quantity['unit']): Quantity {
  const read = readAmount(value, unit)
  if ('code' in read) throw new ProblemError(problem('rules-command.amount', { name, value }))
  return read.quantity
}

function paramUnit(rule: Rule, name: string): Quantity['unit'] {
  const spec = Object.hasOwn(rule.params, name) ? rule.params[name] : undefined
  const declared = spec && ('inline' in spec ? spec.inline.quantity.unit : spec.unit)
  return declared ?? Object.values(rule.gives)[0]!.unit
}

/** An input the rule does not know goes on with any unit, so that the rule itself refuses it by name. */
function readInputs(rule: Rule, given: readonly (readonly [string, string])[]): Given {
  return Object.fromEntries(
    given.map(([name, value]): [string, Quantity | Rows] => {
      const spec = Object.hasOwn(rule.inputs, name) ? rule.inputs[name] : undefined
      if (spec && 'rows' in spec) return [name, readTable(name, value, spec)]
      return [name, amount(name, value, spec?.unit ?? Object.values(rule.gives)[0]!.unit)]
    }),
  )
}

function readTable(name: string, value: string, spec: RowsSpec): Readonly<Record<string, Quantity>>[] {
  const wrong = (): never => {
    throw new ProblemError(problem('rules-command.amount', { name, value }))
  }
  let rows: unknown
  try {
    rows = JSON.parse(value)
  } catch {
    return wrong()
  }
  if (!Array.isArray(rows)) return wrong()
  return (rows as readonly unknown[]).map((row) => {
    if (typeof row !== 'object' || row === null) return wrong()
    return Object.fromEntries(
      Object.entries(row).map(([column, cell]) => {
        const unit = Object.hasOwn(spec.rows, column) ? spec.rows[column]!.unit : Object.values(spec.rows)[0]!.unit
        return [column, amount(`${name}.${column}`, String(cell), unit)]
      }),
    )
  })
}
