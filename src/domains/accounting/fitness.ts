// What an account or a figure is fit for, and why not. The rules and their limits are data one can read; no standard sets
// them, they are this project's own proposal, and the text of each says so where it is printed.
// Also the gate of the status: what keeps an account from being 初步 or 正式.

import { assert, dec, defineProblems, text, type Dec, type Fen, type Problem, type Text } from '../../kernel/index.ts'
import { isOpen, refuseStockPhrase } from './checks/explain.ts'
import { lineFen, serviceOfParameter, viewAccount } from './checks/select.ts'
import type { Rests } from './engine/kept-figures.ts'
import { leavesOf, refsOf } from './engine/recipe.ts'
import { figureTable } from './figure-table.ts'
import type { InputList } from './input-list.ts'
import {
  STATUS_TEXT,
  type Account,
  type Basis,
  type Fitness,
  type Line,
  type Ref,
  type Status,
  type Use,
} from './model.ts'

export const USES: Readonly<Record<Use, Text>> = {
  assessment: text('考核', 'Assessment'),
  compensation: text('补偿参考', 'Compensation reference'),
  trade: text('交易参考', 'Trade reference'),
  credit: text('信贷参考', 'Credit reference'),
  damage: text('损害参考', 'Damage reference'),
  research: text('研究', 'Research'),
}
export const ALL_USES = Object.keys(USES) as readonly Use[]

/** What the rules judge: measured from the lines under a figure, or under the whole account. */
export interface Measured {
  readonly status: Status
  readonly set: string
  readonly sample: boolean
  readonly scope: 'total' | 'service'
  readonly bases: readonly Basis[]
  /** At most this part of the value rests on unconfirmed numbers, 0 to 1. */
  readonly unconfirmed: Dec
  /** Age in years of the oldest fall-back. */
  readonly fallbackAge: number
  readonly openRed: number
  readonly openYellow: number
  /** Lines of counted services that are missing or unpriced. */
  readonly gaps: number
}

export interface FitnessRule {
  readonly id: string
  /** The rule as a person reads it, by use; a use that is not here is not bound by it. */
  readonly text: Partial<Readonly<Record<Use, Text>>>
  /** Why a measured thing fails the rule for a use. */
  readonly fails: (use: Use, m: Measured) => Text | undefined
}

function rule<L>(
  id: string,
  limits: Partial<Readonly<Record<Use, L>>>,
  says: (limit: L) => Text,
  fails: (m: Measured, limit: L) => Text | undefined,
): FitnessRule {
  const bound = Object.entries(limits) as readonly (readonly [Use, L])[]
  return {
    id,
    text: Object.fromEntries(bound.map(([use, limit]) => [use, says(limit)])),
    fails: (use, m) => {
      const limit = limits[use]
      return limit === undefined ? undefined : fails(m, limit)
    },
  }
}

const every = <L>(limit: L, ...uses: readonly Use[]): Partial<Readonly<Record<Use, L>>> =>
  Object.fromEntries(uses.map((u) => [u, limit]))

const RANK: Readonly<Record<Status, number>> = { trial: 0, preliminary: 1, official: 2 }
const percent = (d: Dec): string => `${d.times(100).toSignificantDigits(3).toFixed()} %`
const PROPOSED = text('（本项目建议值）', ' (proposed by this project)')

export const FITNESS_RULES: readonly FitnessRule[] = [
  rule<true>(
    'real-data',
    every(true, ...ALL_USES),
    () => text('不是示范数据', 'made of real data, not sample data'),
    (m) => (m.sample ? text('这是示范数据', 'this is sample data') : undefined),
  ),
  rule<Status>(
    'status',
    {
      ...every<Status>('official', 'assessment', 'trade'),
      ...every<Status>('preliminary', 'compensation', 'credit', 'damage'),
    },
    (limit) => text(`状态至少为${STATUS_TEXT[limit].zh}`, `status is at least ${STATUS_TEXT[limit].en.toLowerCase()}`),
    (m, limit) =>
      RANK[m.status] >= RANK[limit]
        ? undefined
        : text(
            `状态为${STATUS_TEXT[m.status].zh}，要求${STATUS_TEXT[limit].zh}`,
            `status is ${STATUS_TEXT[m.status].en.toLowerCase()}, ${STATUS_TEXT[limit].en.toLowerCase()} is required`,
          ),
  ),
  rule<Dec>(
    'unconfirmed-share',
    { ...every(dec('0.10'), 'assessment', 'trade'), ...every(dec('0.20'), 'compensation', 'credit', 'damage') },
    (limit) =>
      text(
        `建立在未证实数值上的价值不超过 ${percent(limit)}${PROPOSED.zh}`,
        `at most ${percent(limit)} of the value rests on unconfirmed numbers${PROPOSED.en}`,
      ),
    (m, limit) =>
      m.unconfirmed.lte(limit)
        ? undefined
        : text(
            `最多 ${percent(m.unconfirmed)} 的价值建立在未证实数值上，限 ${percent(limit)}`,
            `up to ${percent(m.unconfirmed)} of the value rests on unconfirmed numbers, the limit is ${percent(limit)}`,
          ),
  ),
  rule<number>(
    'fallback-age',
    { ...every(1, 'assessment', 'trade', 'damage'), ...every(2, 'compensation', 'credit') },
    (limit) =>
      text(`替代数据不早于 ${limit} 年${PROPOSED.zh}`, `fall-backs are at most ${limit} year(s) old${PROPOSED.en}`),
    (m, limit) =>
      m.fallbackAge <= limit
        ? undefined
        : text(
            `最旧的替代数据已有 ${m.fallbackAge} 年，限 ${limit} 年`,
            `the oldest fall-back is ${m.fallbackAge} years old, the limit is ${limit}`,
          ),
  ),
  rule<readonly string[]>(
    'indicator-set',
    every(['481-2022', 'gb46869-2025'], 'assessment'),
    (limit) =>
      text(
        `按全国可比的指标体系（${limit.join('、')}）`,
        `of a nationally comparable indicator set (${limit.join(', ')})`,
      ),
    (m, limit) =>
      limit.includes(m.set)
        ? undefined
        : text(`指标体系 ${m.set} 与其他地区不可比`, `indicator set ${m.set} is not comparable with other places`),
  ),
  rule<number>(
    'open-red',
    every(0, 'assessment', 'compensation', 'trade', 'credit', 'damage'),
    () => text('没有红色问题', 'no red finding is open'),
    (m, limit) =>
      m.openRed <= limit ? undefined : text(`有 ${m.openRed} 个红色问题`, `${m.openRed} red finding(s) are open`),
  ),
  rule<number>(
    'open-yellow',
    every(0, 'assessment', 'compensation', 'trade', 'credit', 'damage'),
    () => text('黄色问题都有说明', 'every yellow finding has a reason'),
    (m, limit) =>
      m.openYellow <= limit
        ? undefined
        : text(`有 ${m.openYellow} 个黄色问题没有说明`, `${m.openYellow} yellow finding(s) have no reason`),
  ),
  rule<number>(
    'gaps',
    every(0, 'assessment', 'compensation', 'trade', 'credit', 'damage'),
    () => text('没有缺项和未定价项', 'no line is missing or unpriced'),
    (m, limit) =>
      m.gaps <= limit ? undefined : text(`有 ${m.gaps} 项缺失或未定价`, `${m.gaps} line(s) are missing or unpriced`),
  ),
  rule<Basis>(
    'basis',
    { ...every<Basis>('constant', 'assessment'), ...every<Basis>('current', 'trade', 'credit', 'damage') },
    (limit) => (limit === 'constant' ? text('用不变价', 'at constant prices') : text('用现价', 'at current prices')),
    (m, limit) =>
      m.bases.length === 0 || m.bases.includes(limit)
        ? undefined
        : limit === 'constant'
          ? text('没有不变价，年际不可比', 'no constant prices, so years do not compare')
          : text('不是现价', 'not at current prices'),
  ),
  rule<'service'>(
    'single-service',
    every('service', 'trade', 'credit', 'damage'),
    () => text('只针对一项服务，不用总值', 'about one service, not a total'),
    (m, limit) =>
      m.scope === limit
        ? undefined
        : text(
            'GEP 总值是统计数，不能交易、抵押或作为损害额；请用单项服务，或做特定地域单元（VEP）核算',
            'a GEP total is a statistic and cannot be traded, pledged or claimed; use one service, or account for the unit (VEP)',
          ),
  ),
]

interface LineSize {
  readonly value: Fen
  /** A fact, price or weight of the line itself is unconfirmed. */
  readonly rests: boolean
  /** Of its oldest fall-back, years. */
  readonly age: number
}

const NOTHING: Rests = { unconfirmed: false, age: 0, named: [] }
const both = (a: Rests, b: Rests): Rests =>
  a === NOTHING
    ? b
    : b === NOTHING
      ? a
      : {
          unconfirmed: a.unconfirmed || b.unconfirmed,
          age: Math.max(a.age, b.age),
          named: a.named.length === 0 ? b.named : [...new Set([...a.named, ...b.named])],
        }

export interface Judge {
  readonly account: readonly Fitness[]
  /** @throws Error where the account holds no such figure */
  figure(key: string): readonly Fitness[]
  measure(key?: string): Measured
  /** What a figure rests on, through other figures. */
  rests(key: string): Rests
}

function push<T>(map: Map<string, T[]>, at: string, value: T): void {
  const list = map.get(at)
  if (list) list.push(value)
  else map.set(at, [value])
}

const judge = (m: Measured): readonly Fitness[] =>
  ALL_USES.map((use) => {
    const failed = FITNESS_RULES.flatMap((r) => r.fails(use, m) ?? [])
    const held = FITNESS_RULES.flatMap((r) => r.text[use] ?? [])
    return { use, fit: failed.length === 0, why: failed.length === 0 ? held : failed }
  })

export const fitnessOf = (account: Account): readonly Fitness[] => judgeAccount(account).account
export const fitnessOfFigure = (account: Account, key: string): readonly Fitness[] => judgeAccount(account).figure(key)

/** Measures each line once; use it where many figures are judged. */
export function judgeAccount(account: Account): Judge {
  const view = viewAccount(account)
  const marks = new Map(account.parameters.map((p) => [`${p.id}|${p.key}`, p.mark]))
  const sizes = new Map<Line, LineSize>()
  const known = new Map<string, Rests>()
  const table = figureTable(account)
  /** Walked once for each figure. */
  const rests = (key: string): Rests => {
    const hit = known.get(key) ?? table.rests(key)
    if (hit) return hit
    // Who comes back here on the way finds nothing more.
    known.set(key, NOTHING)
    const recipe = view.figures.get(key)?.recipe
    const made = leavesOf(recipe ? refsOf(recipe) : []).reduce<Rests>(
      (sum, ref) => both(sum, 'figure' in ref ? rests(ref.figure) : ofLeaf(ref)),
      NOTHING,
    )
    known.set(key, made)
    return made
  }
  const ofLeaf = (ref: Exclude<Ref, { figure: string } | { rows: unknown } | { sum: unknown }>): Rests => {
    if ('parameter' in ref) return { ...NOTHING, named: [`${ref.parameter}|${ref.key}`] }
    const f = view.facts.get(ref.fact)
    if (!f || (f.mark !== 'unconfirmed' && !f.fallback)) return NOTHING
    const age = f.fallback ? Math.abs(account.head.year - f.fallback.year) : 0
    return { unconfirmed: f.mark === 'unconfirmed', age, named: [] }
  }
  /** Walked once for each line. A parameter the account does not list counts as unconfirmed. */
  const sizeOf = (l: Line): LineSize => {
    const hit = sizes.get(l)
    if (hit) return hit
    const under = [l.quantity, l.constant, l.current].reduce<Rests>(
      (sum, key) => (key === undefined ? sum : both(sum, rests(key))),
      NOTHING,
    )
    const made: LineSize = {
      value: lineFen(view, l, 'constant') ?? lineFen(view, l, 'current') ?? 0n,
      rests: under.unconfirmed || under.named.some((p) => (marks.get(p) ?? 'unconfirmed') === 'unconfirmed'),
      age: under.age,
    }
    sizes.set(l, made)
    return made
  }
  const touched = new Map<string, Dec>()
  for (const p of account.parameters)
    if (p.mark === 'unconfirmed' && !p.isPrice) {
      const s = serviceOfParameter(p) ?? '*'
      touched.set(s, (touched.get(s) ?? dec(0)).plus(p.touches))
    }

  const measure = (key?: string): Measured => {
    const figure = key === undefined ? undefined : view.figures.get(key)
    assert(key === undefined || figure, `figure ${key ?? ''} is in the account`)
    const all = { region: account.head.region, class: '*', service: '*', item: '*' }
    const part = figure?.item.startsWith('use.') ? '*' : (figure?.item ?? '*')
    const known = figure && ['value', 'quantity'].includes(figure.measure)
    const under = known ? { region: figure.region, class: figure.class, service: figure.service, item: part } : all
    const lines = linesFor(under)
    const open = account.findings.filter((f) => isOpen(f) && (key === undefined || concerns(f.figure, lines, key)))
    return {
      status: account.head.status,
      set: account.head.set,
      sample: account.head.sample,
      scope: known && figure.service.length > 1 ? 'service' : 'total',
      bases: figure ? (figure.basis === '-' ? [] : [figure.basis]) : basesOf(lines),
      unconfirmed: unconfirmedShare(lines),
      fallbackAge: lines.reduce((age, l) => Math.max(age, sizeOf(l).age), 0),
      openRed: open.filter((f) => f.severity === 'red').length,
      openYellow: open.filter((f) => f.severity === 'yellow').length,
      gaps: lines.filter((l) => l.state === 'missing' || l.state === 'unpriced').length,
    }
  }

  /** A finding without a figure (about an input) weighs on everything; else on the totals above its line. */
  const concerns = (of: string | undefined, lines: readonly Line[], key: string): boolean =>
    of === undefined || of === key || lines.some((l) => l.quantity === of || l.constant === of || l.current === of)

  const byRegion = new Map<string, Line[]>()
  for (const l of account.lines) push(byRegion, l.region, l)

  /** Lines under a scope; a level-one class holds its finer types, and a memo line counts for its own figures. */
  function linesFor(scope: { region: string; class: string; service: string; item: string }): readonly Line[] {
    return [...view.below(scope.region)].flatMap((region) =>
      (byRegion.get(region) ?? []).filter(
        (l) =>
          (scope.class === '*' || l.class === scope.class || l.class.startsWith(`${scope.class}.`)) &&
          (l.memo ? scope.service === l.service : ['*', l.service, l.service[0]].includes(scope.service)) &&
          (scope.item === '*' || l.item === '*' || l.item === scope.item),
      ),
    )
  }

  const basesOf = (lines: readonly Line[]): readonly Basis[] =>
    (['constant', 'current'] as const).filter((b) => lines.some((l) => l[b] !== undefined))

  /** An upper bound: within a service no more than its value, and parameters of one service may touch the same lines. */
  function unconfirmedShare(lines: readonly Line[]): Dec {
    const services = new Map<string, { total: Fen; named: Fen }>()
    for (const l of lines) {
      const s = services.get(l.service) ?? { total: 0n, named: 0n }
      const { value: v, rests } = sizeOf(l)
      services.set(l.service, { total: s.total + v, named: s.named + (rests ? v : 0n) })
    }
    let total = dec(0)
    let bound = touched.get('*') ?? dec(0)
    for (const [service, s] of services) {
      const [all, own] = [dec(s.total).div(100), dec(s.named).div(100)]
      const most = own.plus(touched.get(service) ?? 0)
      total = total.plus(all)
      bound = bound.plus(most.lt(all) ? most : all)
    }
    if (total.isZero()) return lines.some((l) => sizeOf(l).rests) ? dec(1) : dec(0)
    return bound.lt(total) ? bound.div(total) : dec(1)
  }

  return { account: judge(measure()), figure: (key) => judge(measure(key)), measure, rests }
}

const problem = defineProblems({
  'status.unaccepted-parameter': {
    severity: 'red',
    zh: '参数 {name}（{what}）未证实，尚未逐项接受，不能定为正式。',
    en: 'Parameter {nameEn} ({what}) is unconfirmed and not accepted by name, so the account cannot be official.',
    hint: text(
      '请用实测或标准值代替，或在输入清单的 accepts 里写明 what: {what}、理由和接受人。',
      'Replace it, or accept it in the input list with what: {what}, a reason and a name.',
    ),
  },
  'status.unaccepted-fact': {
    severity: 'red',
    zh: '数据 {what} 未证实，尚未逐项接受，不能定为正式。',
    en: 'Input {what} is unconfirmed and not accepted by name, so the account cannot be official.',
    hint: text(
      '请补充来源，或在输入清单的 accepts 里写明 what: {what}、理由和接受人。',
      'Give its source, or accept it in the input list with what: {what}, a reason and a name.',
    ),
  },
  'status.unaccepted-fallback': {
    severity: 'red',
    zh: '数据 {what} 用的是 {year} 年的替代值（{age} 年前），尚未逐项接受，不能定为正式。',
    en: 'Input {what} is a fall-back of {year} ({age} years old) not accepted by name, so the account cannot be official.',
    hint: text(
      '请补当年数据，或在输入清单的 accepts 里写明 what: {what}、理由和接受人。',
      'Give the data of the year, or accept it in the input list with what: {what}, a reason and a name.',
    ),
  },
  'status.unexplained': {
    severity: 'red',
    zh: '{check} 的黄色问题还没有说明，不能定为{status}：{finding}',
    en: 'A yellow finding of {check} has no reason, so the account cannot be {statusEn}: {findingEn}',
    hint: text(
      '请在输入清单的 explained 里写明具体原因和填写人。',
      'Give the actual reason and a name under explained in the input list.',
    ),
  },
  'status.red': {
    severity: 'red',
    zh: '还有红色问题，不能定为{status}：{finding}',
    en: 'A red finding is open, so the account cannot be {statusEn}: {findingEn}',
    hint: text('请先改正。', 'Mend it first.'),
  },
})

/** What keeps the account from the status its list asks for; empty where it may have it. */
export function statusGate(account: Account, list: Pick<InputList, 'status' | 'accepts'>): readonly Problem[] {
  if (list.status === 'trial') return []
  const name = STATUS_TEXT[list.status]
  const said = { status: name.zh, statusEn: name.en.toLowerCase() }
  const findings = account.findings
    .filter(isOpen)
    .map((f) =>
      f.severity === 'red'
        ? problem('status.red', { ...said, finding: f.zh, findingEn: f.en }, f.at)
        : problem('status.unexplained', { ...said, check: f.check ?? f.code, finding: f.zh, findingEn: f.en }, f.at),
    )
  return list.status === 'official' ? [...findings, ...unaccepted(account, list.accepts ?? [])] : findings
}

function unaccepted(account: Account, accepts: NonNullable<InputList['accepts']>): readonly Problem[] {
  const refused = accepts.flatMap((a) => refuseStockPhrase(a.reason) ?? [])
  const accepted = new Set(accepts.filter((a) => !refuseStockPhrase(a.reason) && a.by.trim() !== '').map((a) => a.what))
  const has = (...names: readonly string[]): boolean => names.some((n) => accepted.has(n))
  const parameters = account.parameters.flatMap((p) => {
    if (p.mark !== 'unconfirmed' || has(p.id, `${p.id}|${p.key}`)) return []
    const what = p.key === '' ? p.id : `${p.id}|${p.key}`
    return [
      problem(
        'status.unaccepted-parameter',
        { name: p.title.zh, nameEn: p.title.en, what },
        { file: p.file, line: p.line },
      ),
    ]
  })
  const facts = account.facts.flatMap((f) => {
    if (has(f.argument, f.id)) return []
    const { file, sheet, cell } = f.origin
    const at = { file, ...(sheet === undefined ? {} : { sheet }), ...(cell === undefined ? {} : { cell }) }
    if (f.fallback)
      return [
        problem(
          'status.unaccepted-fallback',
          { what: f.id, year: f.fallback.year, age: Math.abs(account.head.year - f.fallback.year) },
          at,
        ),
      ]
    return f.mark === 'unconfirmed' ? [problem('status.unaccepted-fact', { what: f.id }, at)] : []
  })
  return [...refused, ...parameters, ...facts]
}
