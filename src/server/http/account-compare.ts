// Two accounts side by side for the screen: totals, what moved them, and every kind of difference, the largest first. Pure.
// Always holds: where the two count different services, the totals are not compared as they stand but over what both count.

import { fenText, type Fen, type Text } from '../../kernel/index.ts'
import {
  BASIS_TEXT,
  changeBetween,
  diffAccounts,
  getService,
  reduceToCommonSet,
  STATUS_TEXT,
  type Account,
} from '../../domains/accounting/index.ts'
import { BASES } from './account-views.ts'
import type { Comparison } from '../told/index.ts'
import type { Shelved } from './account-shelf.ts'

/** A screen shows so many rows of a kind; the terminal's `account diff` prints all. */
const MOST_ROWS = 200

const size = (fen: Fen | undefined): Fen => (fen === undefined ? 0n : fen < 0n ? -fen : fen)

export function compareView(a: Shelved, b: Shelved): Comparison {
  const diff = diffAccounts(a.account, b.account)
  const common = reduceToCommonSet(a.account, b.account)
  const change = changeBetween(a.account, b.account)
  const figures = [...diff.figures]
    .filter((f) => f.onTotal !== undefined)
    .sort((x, y) => {
      const [m, n] = [size(x.onTotal!.constant ?? x.onTotal!.current), size(y.onTotal!.constant ?? y.onTotal!.current)]
      return m > n ? -1 : m < n ? 1 : 0
    })
  return {
    sides: [sideOf(a.account), sideOf(b.account)],
    same: diff.same,
    head: diff.head,
    totals: diff.totals.map((t) => ({ basis: BASIS_TEXT[t.basis], old: yuan(t.old), new: yuan(t.new) })),
    /** Only where the two count different services. */
    ...(common.a.dropped.length + common.b.dropped.length === 0
      ? {}
      : {
          common: {
            services: common.services.map((s) => getService(s).title),
            totals: BASES.map((basis) => ({
              basis: BASIS_TEXT[basis],
              old: yuan(common.a.after[basis]),
              new: yuan(common.b.after[basis]),
            })),
            dropped: [...common.a.dropped, ...common.b.dropped].slice(0, MOST_ROWS).map((d) => d.title),
          },
        }),
    changes: change.bases.map((c) => ({
      basis: BASIS_TEXT[c.basis],
      before: fenText(c.before),
      after: fenText(c.after),
      growth: c.growth?.times(100).toSignificantDigits(4).toFixed(),
      refused: c.refused.map((p): Text => ({ zh: p.zh, en: p.en })),
      effects: Object.entries(c.effects)
        .filter(([, fen]) => fen !== 0n)
        .map(([effect, fen]) => ({ effect, yuan: fenText(fen) })),
    })),
    counts: {
      figures: diff.figures.length,
      facts: diff.facts.length,
      parameters: diff.parameters.length,
      prices: diff.prices.length,
      methods: diff.methods.length,
    },
    figures: figures.slice(0, MOST_ROWS).map(({ onTotal, ...f }) => ({
      ...f,
      onTotal: { constant: yuan(onTotal?.constant), current: yuan(onTotal?.current) },
    })),
    facts: diff.facts.slice(0, MOST_ROWS),
    parameters: diff.parameters.slice(0, MOST_ROWS),
    prices: diff.prices.slice(0, MOST_ROWS).map((p) => ({ ...p, basis: BASIS_TEXT[p.basis] })),
    methods: diff.methods,
  }
}

const yuan = (fen: Fen | undefined): string | undefined => (fen === undefined ? undefined : fenText(fen))

const sideOf = ({ head }: Account) => ({
  title: head.title,
  year: head.year,
  status: STATUS_TEXT[head.status],
  set: head.setTitle,
  engine: head.engine,
})
