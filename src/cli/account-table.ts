// The account as a table for the terminal: physical quantity and value of every service on both bases, with codes.

import { convert, type Quantity } from '../kernel/index.ts'
import {
  GROUPS,
  indexFigures,
  quantityKey,
  SERVICES,
  STATUS_TEXT,
  valueKey,
  type Account,
  type Group,
} from '../domains/accounting/index.ts'
import { textTable } from './terminal.ts'

const SCALES = [
  ['亿', '100000000'],
  ['万', '10000'],
] as const

/** `12.3456 亿m3`; what is not there is `—`. */
function amount(q: Quantity | undefined): string {
  if (!q) return '—'
  const unit = q.unit.text
  if (/^[万亿]/.test(unit)) return `${q.value.toDecimalPlaces(4).toFixed()} ${unit}`
  for (const [name, size] of SCALES)
    if (q.value.abs().gte(size)) return `${q.value.div(size).toDecimalPlaces(4).toFixed()} ${name}${unit}`
  return `${q.value.toDecimalPlaces(4).toFixed()} ${unit}`
}

const yi = (q: Quantity | undefined): string => (q ? convert(q, '亿元').value.toFixed(4) : '—')

export function accountTable(account: Account): string {
  const { head } = account
  const index = indexFigures(account)
  const value = (basis: 'constant' | 'current', service: string): Quantity | undefined =>
    index.find(valueKey(basis, head.region, '*', service))?.quantity
  const code = (service: string): string => index.find(valueKey('constant', head.region, '*', service))?.code ?? ''
  const rows: string[][] = []
  for (const g of ['M', 'R', 'C'] as const satisfies readonly Group[]) {
    for (const s of SERVICES.filter((x) => x.group === g)) {
      const lines = account.lines.filter((l) => l.service === s.id)
      if (lines.length === 0) continue
      const items = [...new Set(lines.map((l) => l.item))]
      const quantity =
        items.length === 1 ? index.find(quantityKey(head.region, '*', s.id, items[0]!))?.quantity : undefined
      const state = lines.every((l) => l.state === 'not-applicable')
        ? '不适用'
        : lines.every((l) => l.state === 'missing')
          ? '缺'
          : ''
      const several = items.length > 1 ? `${items.length} 项` : amount(quantity)
      rows.push([
        s.id,
        lines.some((l) => l.memo) ? `${s.title.zh}（线下，不计入）` : s.title.zh,
        state || several,
        state ? '' : yi(value('constant', s.id)),
        state ? '' : yi(value('current', s.id)),
        code(s.id),
      ])
    }
    rows.push(['', `${GROUPS[g].zh}合计`, '', yi(value('constant', g)), yi(value('current', g)), code(g)])
  }
  rows.push(['', 'GEP', '', yi(value('constant', '*')), yi(value('current', '*')), code('*')])
  const place = head.regions.find((r) => r.code === head.region)?.name.zh ?? head.region
  const title = `${place} ${head.year} 年 GEP（${head.setTitle.zh}，${STATUS_TEXT[head.status].zh}${head.sample ? '，示范数据' : ''}）`
  const table = textTable(
    [
      '代码',
      '服务 Service',
      '实物量 Quantity',
      `不变价 ${head.priceYear}（亿元）`,
      `现价 ${head.year}（亿元）`,
      '编码 Code',
    ],
    rows,
    ['left', 'left', 'right', 'right', 'right', 'left'],
  )
  return `${title}\n${table}`
}
