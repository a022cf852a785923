// The figures a reviewer should look at first: much of the value on weak ground. Pure over an account and last year's values.
// Always holds: the weights below are this project's own proposal, and each figure says what made it weak.

import { convert, dec, decText, roundTo, text, type Dec, type Text } from '../../../kernel/index.ts'
import { judgeAccount } from '../fitness.ts'
import { valueKey } from '../figure-key.ts'
import type { Account, Figure } from '../model.ts'
import { serviceOfParameter } from '../checks/select.ts'

export interface WeakFigure {
  readonly figure: Figure
  /** Part of the account's value, 0 to 1. */
  readonly share: Dec
  /** 0: firm; 1: as weak as can be. */
  readonly weakness: Dec
  readonly why: readonly Text[]
}

const MOST = 20
const ONE = dec(1)
/** A change to last year beyond this part wants a look. */
const CHANGE_LIMIT = dec('0.20')
const WEIGHT = {
  /** Times the part that rests on unconfirmed numbers. */
  unconfirmed: dec('0.6'),
  backSolved: dec('0.2'),
  fallback: dec('0.2'),
  /** For every year of its age. */
  fallbackYear: dec('0.1'),
  explained: dec('0.2'),
  open: dec('0.4'),
  change: dec('0.3'),
} as const

const percent = (d: Dec): string => decText(roundTo(d.times(100), dec('0.1'), 'half-even'))

/** @param lastYear values in 元 of last year's account by figure key */
export function weakestFigures(account: Account, lastYear: ReadonlyMap<string, string>): readonly WeakFigure[] {
  const root = account.head.region
  const total = account.figures.find((f) => f.key === valueKey('constant', root))
  if (!total) return []
  const whole = yuan(total)
  if (whole.isZero()) return []
  const judge = judgeAccount(account)
  const about = noticed(account)
  return candidates(account, root)
    .map((figure): WeakFigure => {
      const grounds = groundsOf(figure, judge.measure(figure.key), about, lastYear)
      const sum = grounds.reduce((s, g) => s.plus(g.weight), dec(0))
      return {
        figure,
        share: yuan(figure).div(whole),
        weakness: sum.gt(ONE) ? ONE : sum,
        why: grounds.map((g) => g.why),
      }
    })
    .filter((w) => w.weakness.gt(0) && w.share.gt(0))
    .sort((a, b) => b.share.times(b.weakness).cmp(a.share.times(a.weakness)) || (a.figure.key < b.figure.key ? -1 : 1))
    .slice(0, MOST)
}

/** Services by type of ecosystem where they are booked on types, else the service. */
function candidates(account: Account, root: string): readonly Figure[] {
  const values = account.figures.filter(
    (f) =>
      f.measure === 'value' &&
      f.basis === 'constant' &&
      f.region === root &&
      /^[MRC]\d/.test(f.service) &&
      f.item === '*',
  )
  // A finer type lies within its level-one class, which is there as well.
  const byType = values.filter((f) => f.class !== '*' && f.class !== '-' && !f.class.includes('.'))
  const split = new Set(byType.map((f) => f.service))
  return [...byType, ...values.filter((f) => f.class === '*' && !split.has(f.service))]
}

interface Ground {
  readonly weight: Dec
  readonly why: Text
}

/** By service: whether back-solved numbers stand under it, and what the checks had to say. */
function noticed(account: Account) {
  const services = new Map<string, { readonly explained: number; readonly open: number }>()
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  for (const f of account.findings) {
    if (f.severity !== 'yellow' || f.figure === undefined) continue
    const service = figures.get(f.figure)?.service
    if (service === undefined) continue
    const s = services.get(service) ?? { explained: 0, open: 0 }
    services.set(service, f.explained ? { ...s, explained: s.explained + 1 } : { ...s, open: s.open + 1 })
  }
  const backSolved = new Set(
    account.parameters.filter((p) => p.mark === 'back-solved').flatMap((p) => serviceOfParameter(p) ?? []),
  )
  return { services, backSolved }
}

function groundsOf(
  f: Figure,
  m: { readonly unconfirmed: Dec; readonly fallbackAge: number },
  about: ReturnType<typeof noticed>,
  lastYear: ReadonlyMap<string, string>,
): readonly Ground[] {
  const out: Ground[] = []
  const add = (weight: Dec, zh: string, en: string): void => void out.push({ weight, why: text(zh, en) })
  if (m.unconfirmed.gt(0)) {
    const share = percent(m.unconfirmed)
    add(
      WEIGHT.unconfirmed.times(m.unconfirmed),
      `至多 ${share} % 建立在未证实的数上`,
      `up to ${share} % rests on unconfirmed numbers`,
    )
  }
  if (about.backSolved.has(f.service)) add(WEIGHT.backSolved, '用了反算的参数', 'uses back-solved parameters')
  if (m.fallbackAge > 0)
    add(
      WEIGHT.fallback.plus(WEIGHT.fallbackYear.times(m.fallbackAge)),
      `用了 ${m.fallbackAge} 年前的替代数据`,
      `uses fall-backs of ${m.fallbackAge} year(s) ago`,
    )
  const found = about.services.get(f.service)
  if (found && found.explained > 0)
    add(
      WEIGHT.explained,
      `${found.explained} 条黄色问题由填报人说明`,
      `${found.explained} yellow finding(s) explained by the office itself`,
    )
  if (found && found.open > 0)
    add(WEIGHT.open, `${found.open} 条黄色问题没有说明`, `${found.open} yellow finding(s) without a reason`)
  const before = lastYear.get(f.key)
  if (before !== undefined && !dec(before).isZero()) {
    const change = yuan(f).minus(before).div(before)
    if (change.abs().gt(CHANGE_LIMIT)) {
      const by = `${change.gt(0) ? '+' : ''}${percent(change)}`
      add(WEIGHT.change, `比上年 ${by} %`, `${by} % against last year`)
    }
  }
  return out
}

const yuan = (f: Figure): Dec => convert(f.quantity, '元').value
