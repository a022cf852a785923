// Indicator sets: which services a total counts. Totals of different sets are never added or compared; they are first
// reduced to the services both have. Always holds: what a reduction drops is listed line by line, with its value.

import { defineProblems, fenText, text, type Fen, type Problem, type Text } from '../../kernel/index.ts'
import type { IndicatorSet } from '../../core/rules/index.ts'
import { lineFen, linesFen, viewAccount, type AccountView } from './checks/select.ts'
import type { Account, Basis, Line } from './model.ts'
import { DOUBLE_COUNTING, findService, getService, SERVICES, type ServiceId } from './services.ts'

const problem = defineProblems({
  'set.double-counting': {
    severity: 'red',
    zh: '指标体系“{set}”同时含有 {a} {aName} 和 {b} {bName}：{why}。',
    en: 'Indicator set "{set}" holds both {a} {aNameEn} and {b} {bNameEn}: {whyEn}.',
    hint: text(
      '请去掉其中一项，或写明两项不重复的依据。',
      'Take one out, or state the ground why they do not overlap.',
    ),
  },
  'set.empty-ground': {
    severity: 'red',
    zh: '指标体系“{set}”接受 {a} 与 {b} 并列，却没有写依据。',
    en: 'Indicator set "{set}" accepts {a} beside {b} without a ground.',
    hint: text('请写明依据。', 'State the ground.'),
  },
  'set.unknown-service': {
    severity: 'red',
    zh: '指标体系“{set}”里的服务“{service}”不存在。',
    en: 'Indicator set "{set}" names a service "{service}" that does not exist.',
    hint: text('请按服务编码表填写，例如 R1。', 'Use the codes of the list of services, such as R1.'),
  },
  'set.mixed': {
    severity: 'red',
    zh: '“{a}”按指标体系 {setA}，“{b}”按 {setB}，不能相加或比较。',
    en: '"{aEn}" is of indicator set {setA} and "{bEn}" of {setB}; they cannot be added or compared.',
    hint: text('请先归并到共有的服务再比较。', 'Reduce both to their common services first.'),
  },
})

export type DoubleCounting = (typeof DOUBLE_COUNTING)[number]

/** The double-counting pairs a set holds. */
export const pairsOf = (set: { readonly services: readonly string[] }): readonly DoubleCounting[] =>
  DOUBLE_COUNTING.filter(({ pair }) => pair.every((s) => set.services.includes(s)))

/** Refuses pairs without a ground, and services that do not exist. */
export function setProblems(set: Pick<IndicatorSet, 'id' | 'services' | 'accepts'>): readonly Problem[] {
  const unknown = set.services.filter((s) => !findService(s))
  const doubled = pairsOf(set).flatMap(({ pair: [a, b], why }) => {
    const accepted = set.accepts.find((x) => x.pair.includes(a) && x.pair.includes(b))
    if (!accepted) {
      const [sa, sb] = [getService(a).title, getService(b).title]
      const said = { aName: sa.zh, aNameEn: sa.en, bName: sb.zh, bNameEn: sb.en, why: why.zh, whyEn: why.en }
      return [problem('set.double-counting', { set: set.id, a, b, ...said })]
    }
    return accepted.ground.zh.trim() === '' ? [problem('set.empty-ground', { set: set.id, a, b })] : []
  })
  return [...unknown.map((service) => problem('set.unknown-service', { set: set.id, service })), ...doubled]
}

/** The problem with putting two accounts side by side as they stand. */
export const sameSetProblems = (a: Account, b: Account): readonly Problem[] =>
  a.head.set === b.head.set
    ? []
    : [
        problem('set.mixed', {
          a: a.head.title.zh,
          aEn: a.head.title.en,
          b: b.head.title.zh,
          bEn: b.head.title.en,
          setA: a.head.set,
          setB: b.head.set,
        }),
      ]

export interface SetTotal {
  readonly services: readonly ServiceId[]
  readonly byService: readonly {
    readonly service: ServiceId
    readonly title: Text
    readonly constant: Fen
    readonly current: Fen
  }[]
  readonly constant: Fen
  readonly current: Fen
  /** Services wanted that have no value here. */
  readonly without: readonly ServiceId[]
}

/** The total of some services of an account, from its lines (memo lines too, since the set is the caller's).
 *  `region`: the account's own where left out. Fen. */
export function totalOfSet(account: Account, services: readonly string[], region = account.head.region): SetTotal {
  const view = viewAccount(account)
  const wanted = SERVICES.filter((s) => services.includes(s.id))
  const regions = view.below(region)
  const linesOf = (id: ServiceId): readonly Line[] =>
    account.lines.filter((l) => l.service === id && regions.has(l.region))
  const byService = wanted.map((s) => ({
    service: s.id,
    title: s.title,
    constant: linesFen(view, linesOf(s.id), 'constant'),
    current: linesFen(view, linesOf(s.id), 'current'),
  }))
  const add = (basis: Basis): Fen => byService.reduce((sum, s) => sum + s[basis], 0n)
  return {
    services: wanted.map((s) => s.id),
    byService,
    constant: add('constant'),
    current: add('current'),
    without: wanted.filter((s) => !linesOf(s.id).some((l) => hasValue(view, l))).map((s) => s.id),
  }
}

const hasValue = (view: AccountView, l: Line): boolean =>
  lineFen(view, l, 'constant') !== undefined || lineFen(view, l, 'current') !== undefined

export interface DroppedLine {
  readonly service: ServiceId
  readonly title: Text
  readonly region: string
  readonly class: string
  readonly item: string
  readonly constant?: Fen
  readonly current?: Fen
}

export interface Reduced {
  /** Total of the account as it stands. */
  readonly before: SetTotal
  /** Total of the common services. */
  readonly after: SetTotal
  readonly dropped: readonly DroppedLine[]
}

export interface CommonSet {
  readonly services: readonly ServiceId[]
  readonly a: Reduced
  readonly b: Reduced
  /** Common services that one side has without a value, or that stand on different items: compare with care. */
  readonly uneven: readonly { readonly service: ServiceId; readonly why: Text }[]
}

/** Reduces an account to some services; every line left out is listed. */
export function reduceTo(account: Account, services: readonly string[]): Reduced {
  const view = viewAccount(account)
  const counted = servicesCounted(account)
  const dropped = account.lines
    .filter((l) => !l.memo && !services.includes(l.service) && hasValue(view, l))
    .map((l): DroppedLine => {
      const [constant, current] = [lineFen(view, l, 'constant'), lineFen(view, l, 'current')]
      const { region, item, service } = l
      const s = getService(service).title
      return {
        service,
        title: text(`${s.zh}·${l.itemTitle.zh}`, `${s.en}, ${l.itemTitle.en}`),
        region,
        class: l.class,
        item,
        ...(constant === undefined ? {} : { constant }),
        ...(current === undefined ? {} : { current }),
      }
    })
  const kept = counted.filter((s) => services.includes(s))
  return { before: totalOfSet(account, counted), after: totalOfSet(account, kept), dropped }
}

/** The services two accounts both count, and both totals over these alone. */
export function reduceToCommonSet(a: Account, b: Account): CommonSet {
  const [inA, inB] = [servicesCounted(a), servicesCounted(b)]
  const services = inA.filter((s) => inB.includes(s))
  return {
    services,
    a: reduceTo(a, services),
    b: reduceTo(b, services),
    uneven: services.flatMap((s) => unevenness(a, b, s)),
  }
}

/** Services with a line that counts in the account's total, whatever its state. */
const servicesCounted = (account: Account): readonly ServiceId[] => {
  const some = new Set(account.lines.filter((l) => !l.memo).map((l) => l.service))
  return SERVICES.filter((s) => some.has(s.id)).map((s) => s.id)
}

function unevenness(a: Account, b: Account, service: ServiceId): CommonSet['uneven'] {
  const items = (account: Account): readonly string[] => {
    const view = viewAccount(account)
    const own = account.lines.filter((l) => l.service === service && !l.memo && hasValue(view, l))
    return [...new Set(own.map((l) => l.item))].sort()
  }
  const [ia, ib] = [items(a), items(b)]
  if ((ia.length === 0) !== (ib.length === 0))
    return [{ service, why: text('只有一方有价值量', 'only one side has a value') }]
  const one = (list: readonly string[], other: readonly string[]): string =>
    list.filter((x) => !other.includes(x)).join('、')
  const [onlyA, onlyB] = [one(ia, ib), one(ib, ia)]
  if (onlyA === '' && onlyB === '') return []
  return [
    {
      service,
      why: text(
        `组成不同：前者独有 ${onlyA || '无'}，后者独有 ${onlyB || '无'}`,
        `made of different items: only the first has ${onlyA || 'none'}, only the second ${onlyB || 'none'}`,
      ),
    },
  ]
}

/** A reduction as rows of text: what was dropped and both totals, 元. */
export function reducedRows(r: Reduced, basis: Basis): readonly { readonly title: Text; readonly yuan: string }[] {
  return [
    { title: text('原总值', 'Total as it stands'), yuan: fenText(r.before[basis]) },
    ...r.dropped.flatMap((d) =>
      d[basis] === undefined
        ? []
        : [
            {
              title: text(`减：${d.title.zh}（${d.class}）`, `less ${d.title.en} (${d.class})`),
              yuan: fenText(-d[basis]),
            },
          ],
    ),
    { title: text('共有服务总值', 'Total of the common services'), yuan: fenText(r.after[basis]) },
  ]
}
