// Statement, holdings and zero sum as tables.

import { civilDate, type CivilDate, type JsonObject } from '../../kernel/index.ts'
import { textTable, type Align } from '../terminal.ts'
import { atDesk, type DeskOptions, type RecordEnv } from './desk.ts'
import type { StatementOptions } from './ledger-commands.ts'
import { localTime, rowsText } from './rows-text.ts'

const DAY_MS = 86_400_000

const KINDS: Readonly<Record<string, string>> = {
  opening: '期初',
  closing: '期末',
  continued: '接下页',
  plain: '',
  pending: '预留',
  post: '兑现预留',
  void: '撤销预留',
  expire: '预留过期',
}

export function statement(o: StatementOptions, env: RecordEnv): Promise<void> {
  const day = (value: string | undefined): CivilDate | undefined => (value === undefined ? undefined : civilDate(value))
  const [from, to] = [day(o.from), day(o.at ?? o.to)]
  return atDesk(o, async ({ house, ask }) => {
    const { zone } = house.settings
    const startOf = (d: CivilDate, days = 0): string =>
      new Date(Date.parse(`${d}T00:00:00.000${zone}`) + days * DAY_MS).toISOString()
    const period =
      o.by === 'effective'
        ? { ...(from ? { from } : {}), ...(to ? { to } : {}) }
        : { ...(from ? { recordedFrom: startOf(from) } : {}), ...(to ? { recordedBefore: startOf(to, 1) } : {}) }
    const rows = await ask('statement', { owner: o.owner, asset: o.asset, purpose: o.purpose, by: o.by, ...period })
    if (o.json) return env.out(JSON.stringify(rows, null, 2))
    const [holding] = await ask('holdings', { owner: o.owner })
    env.out(
      `账户明细 / statement　${String(holding?.['owner'] ?? o.owner)}　${o.asset}　${o.purpose}　按${o.by === 'effective' ? '法定日期' : '记录时间'}`,
    )
    if (rows.length === 0) return env.out('（没有这个账户，或不在您的范围内 / no such account, or outside your reach）')
    const unit = String(rows[0]!['unit'])
    const head = [
      '行',
      o.by === 'effective' ? '法定日期' : '记录时间',
      '摘要',
      '对方',
      `收（${unit}）`,
      `付（${unit}）`,
      `余额（${unit}）`,
      '可用',
      '分录编号',
    ]
    const align: Align[] = ['right', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'left']
    const cell = (r: JsonObject, key: string): string => String(r[key] ?? '')
    const lines = rows.map((r) => {
      const kind = KINDS[cell(r, 'kind')] ?? cell(r, 'kind')
      const when =
        o.by === 'effective'
          ? cell(r, 'effective')
          : r['recorded'] === undefined
            ? ''
            : localTime(cell(r, 'recorded'), zone)
      return [
        cell(r, 'line'),
        when,
        [kind, cell(r, 'why')].filter((t) => t !== '').join(' '),
        cell(r, 'other'),
        cell(r, 'in'),
        cell(r, 'out'),
        cell(r, 'balance'),
        r['available'] === r['balance'] ? '' : cell(r, 'available'),
        cell(r, 'posting'),
      ]
    })
    env.out(`\n${textTable(head, lines, align)}`)
    env.out('\n一行的来历 / why a line: qingshan why posting 分录编号')
  })
}

export const holdings = (o: DeskOptions & { readonly owner: string }, env: RecordEnv): Promise<void> =>
  atDesk(o, async ({ house, ask }) => {
    const rows = await ask('holdings', { owner: o.owner })
    if (o.json) return env.out(JSON.stringify(rows, null, 2))
    env.out(`持有 / holdings　${String(rows[0]?.['owner'] ?? o.owner)}\n`)
    const { asset, zh, purpose, held, available, reserved, unit, serials } =
      house.registry.getQuery('holdings').row.fields
    env.out(
      rowsText(
        { fields: { asset, zh, purpose, held, available, reserved, unit, serials } as never },
        rows,
        house.settings.zone,
      ),
    )
  })

export const zeroSum = (o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async ({ house, ask }) => {
    const rows = await ask('zeroSum', {})
    const fits = rows.every((r) => String(r['fits']).startsWith('是'))
    if (!fits) process.exitCode = 1
    if (o.json) return env.out(JSON.stringify(rows, null, 2))
    env.out(
      `零和报告 / zero-sum report\n\n${rowsText(house.registry.getQuery('zeroSum').row, rows, house.settings.zone)}`,
    )
    env.out(fits ? '✓ 全部平衡 / everything fits' : '✗ 有不平衡 / something does not fit')
  })
