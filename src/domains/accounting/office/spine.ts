// What of an account enters the statistical spine: the values of the whole region by service and group, its physical totals,
// its ratios, and the totals of its parts. Every figure has its row beside it (`gep_figure`); these are the ones other chapters
// may cite. Always holds: the status of a value is that of the record, and what it is fit for is judged under that status.

import { decText, text, type Json, type Text } from '../../../kernel/index.ts'
import { dimsText, type IndicatorCard, type IndicatorValue, type UseOfValue } from '../../../core/indicators/index.ts'
import { sha256Hex } from '../../../core/record/index.ts'
import { judgeAccount } from '../fitness.ts'
import type { Account, Figure, Status } from '../model.ts'
import { GROUPS, SERVICES, type Group } from '../services.ts'

/** Account as it stands under a status of the record. */
export const under = (account: Account, status: Status): Account => ({ ...account, head: { ...account.head, status } })

/** The figures that enter. */
function entering(account: Account): readonly Figure[] {
  const root = account.head.region
  return account.figures.filter((f) => {
    if (f.measure === 'ratio') return f.region === root
    if (f.class !== '*') return false
    if (f.measure === 'value') return f.item === '*' && (f.region === root || f.service === '*')
    return f.measure === 'quantity' && f.region === root && KNOWN.has(f.service) && isWhole(f.item)
  })
}
/** Neither a split by user (`use.…`) nor a factor of a formula on the way. */
export const isWhole = (item: string): boolean => !/^(use|factor|part)\./.test(item)

const KNOWN = new Set<string>(SERVICES.map((s) => s.id))

/** Signs that an id of an indicator may have; others are hashed. */
const slug = (s: string): string => (/^[A-Za-z0-9.-]{1,30}$/.test(s) ? s : sha256Hex(s).slice(0, 8))

function indicatorOf(f: Figure): string {
  const unit = f.quantity.unit.text
  if (f.measure === 'value') return f.service === '*' ? 'gep' : `gep.${f.service}`
  return f.measure === 'ratio'
    ? `gep.ratio.${slug(f.service)}.${slug(unit)}`
    : `gep.${f.service}.quantity.${slug(unit)}`
}

function titleOf(f: Figure): Text {
  if (f.measure === 'ratio') return f.title
  const whole = text('生态产品总值', 'gross ecosystem product')
  const own = SERVICES.find((s) => s.id === f.service)?.title ?? GROUPS[f.service as Group] ?? whole
  if (f.measure === 'value') return f.service === '*' ? whole : text(`${own.zh}价值`, `value of ${own.en}`)
  return text(`${own.zh}实物量`, `quantity of ${own.en}`)
}

/** One card an indicator. */
export function spineCards(account: Account): readonly IndicatorCard[] {
  const cards = new Map<string, IndicatorCard>()
  for (const f of entering(account)) {
    const id = indicatorOf(f)
    if (cards.has(id)) continue
    const title = titleOf(f)
    const group = f.service in GROUPS
    cards.set(id, {
      id,
      title,
      definition: text(`${title.zh}，按核算包所载规则计算`, `${title.en}, computed by the rules in the package`),
      unit: f.quantity.unit.text,
      boundary: text(
        '按所用指标集的服务范围；口径见基准',
        'the services of the indicator set; the basis says at which prices',
      ),
      clause: 'A1',
      overlaps: f.measure === 'value' && f.service !== '*' ? (group ? ['gep'] : ['gep', `gep.${f.service[0]}`]) : [],
      custodian: '统计部门',
      grade: 'internal',
    })
  }
  return [...cards.values()]
}

const dimension = (s: string): string => s.replace(/[=,]/g, ' ')

/** @param pack hash of the package in the file store and the account it was registered as */
export function spineValues(
  account: Account,
  status: Status,
  pack: { readonly hash: string; readonly id: string; readonly account: string },
): readonly IndicatorValue[] {
  const judged = under(account, status)
  const judge = judgeAccount(judged)
  const { region, year, priceYear, legalDate } = account.head
  return entering(account).map((f): IndicatorValue => {
    const fitness = judge.figure(f.key)
    const dims = {
      ...(f.item === '*' ? {} : { item: dimension(f.item) }),
      ...(f.region === region ? {} : { region: dimension(f.region) }),
      ...(f.measure === 'ratio' ? { ratio: dimension(f.service) } : {}),
    }
    return {
      indicator: indicatorOf(f),
      place: region,
      period: String(year),
      dims: dimsText(dims),
      basis: f.basis === '-' ? '' : f.basis === 'constant' ? `constant-${priceYear}` : 'current',
      value: decText(f.quantity.value),
      unit: f.quantity.unit.text,
      status,
      fit: fitness.filter((x) => x.fit).map((x): UseOfValue => x.use),
      unfit: fitness
        .filter((x) => !x.fit)
        .map((x) => ({
          use: x.use,
          why: text(x.why.map((w) => w.zh).join('；'), x.why.map((w) => w.en).join('; ')),
        })),
      recipe: { package: pack.hash, packageId: pack.id, account: pack.account, code: f.code, key: f.key } as Json,
      legalDate,
    }
  })
}
