// What a firm holds and owes, on the first screen of whoever answers for it: the position by asset, the lots with their serials and last
// days, the permits behind them, what was retired with its certificate, what moved last.

import { Link } from 'wouter'
import type { Lang, Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { LinkButton } from '../link-button.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { textOf, type Column, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { daysUntil, positionsOf, type Position } from './position.ts'
import { RowsPart } from './rows-part.tsx'

/** More accounts and lots than a firm has; the statement shows all. */
const MOST = 500

export function Holdings() {
  const { role } = useSession()
  const owners = [...new Set((role?.places ?? []).flatMap((p) => p.organisation ?? []))]
  if (owners.length === 0)
    return (
      <Nothing
        what={{
          zh: '您的角色没有绑定单位，看不到持有。请联系安全管理员。',
          en: 'Your role is not bound to an organisation. Ask the security officer.',
        }}
      />
    )
  return owners.map((owner) => <OfFirm key={owner} owner={owner} />)
}

function OfFirm({ owner }: { readonly owner: string }) {
  const { lang } = useLanguage()
  const held = useRows('holdings', { input: { owner }, limit: MOST })
  const lots = useRows('heldLots', { input: { owner }, limit: MOST })
  if (held.isPending || lots.isPending) return <Waiting />
  if (held.isError) return <Failed error={held.error} again={() => void held.refetch()} />
  if (lots.isError) return <Failed error={lots.error} again={() => void lots.refetch()} />
  const positions = positionsOf(held.data.rows, lots.data.rows)
  return (
    <>
      <PositionPart owner={owner} positions={positions} />
      <LotsPart columns={lots.data.columns} rows={lots.data.rows.filter((r) => r['account'] === 'holding')} />
      <RowsPart
        query="permits"
        title={{ zh: '排污权证', en: 'Permits' }}
        input={{ firm: owner }}
        columns={['number', 'pollutant', 'amountKg', 'validFrom', 'validTo', 'basis', 'status']}
        empty={{ zh: '没有排污权证。', en: 'There is no permit.' }}
      />
      {positions
        .filter((p) => p.hasRetired)
        .map((p) => (
          <RetiredPart key={p.asset} owner={owner} position={p} />
        ))}
      <RowsPart
        query="postings"
        title={{ zh: '最近的往来', en: 'What moved last' }}
        input={{ owner }}
        columns={['effective', 'asset', 'amount', 'unit', 'from', 'to', lang === 'zh' ? 'why' : 'whyEn']}
        empty={{ zh: '还没有往来。', en: 'Nothing moved yet.' }}
        before={(row) => <ActLink row={row} />}
      />
    </>
  )
}

function ActLink({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  return <Link href={`/w/acts/${textOf(row, 'act')}`}>{t({ zh: '为什么', en: 'Why' })}</Link>
}

const TITLE: Text = { zh: '我的持有与义务', en: 'What we hold and owe' }

function PositionPart({ owner, positions }: { readonly owner: string; readonly positions: readonly Position[] }) {
  const { t } = useLanguage()
  const { mayAsk, mayRun } = useMenu()
  if (positions.length === 0)
    return (
      <Part title={TITLE}>
        <Nothing what={{ zh: '账上还没有任何持有。', en: 'Nothing is held yet.' }} />
      </Part>
    )
  const number = (value: string, unit: string) => `${grouped(value)} ${unit}`
  return (
    <Part title={TITLE}>
      <div className="table-box" role="region" aria-label={t(TITLE)} tabIndex={0}>
        <table className="rows-table">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '资产', en: 'Asset' })}</th>
              <th scope="col" className="number">
                {t({ zh: '持有', en: 'Held' })}
              </th>
              <th scope="col" className="number">
                {t({ zh: '可用', en: 'Available' })}
              </th>
              <th scope="col" className="number">
                {t({ zh: '占用', en: 'Reserved' })}
              </th>
              <th scope="col" className="number">
                {t({ zh: '已注销', en: 'Retired' })}
              </th>
              <th scope="col">{t({ zh: '最早到期', en: 'First to expire' })}</th>
              <th scope="col" className="screen-only">
                {t({ zh: '办理', en: 'Do' })}
              </th>
            </tr>
          </thead>
          <tbody>
            {positions.map((p) => (
              <tr key={p.asset}>
                <th scope="row">{t(p.title)}</th>
                <td className="number">{number(p.held, p.unit)}</td>
                <td className="number">{number(p.available, p.unit)}</td>
                <td className="number">{number(p.reserved, p.unit)}</td>
                <td className="number">{number(p.retired, p.unit)}</td>
                <td>{p.expires === undefined ? '—' : <Due day={p.expires} />}</td>
                <td className="screen-only">
                  {mayAsk('statement') && (
                    <Link href={address('/w/ledger', { owner, asset: p.asset })}>
                      {t({ zh: '明细', en: 'Statement' })}
                    </Link>
                  )}{' '}
                  {p.pollutant !== undefined && mayRun('retirePermit') && (
                    <LinkButton
                      size="small"
                      to={address('/w/do/retire-permit', { firm: owner, pollutant: p.pollutant })}
                    >
                      {t({ zh: '注销', en: 'Retire' })}
                    </LinkButton>
                  )}
                  {p.pollutant !== undefined && mayRun('transferPermit') && (
                    <LinkButton
                      size="small"
                      to={address('/w/do/transfer-permit', { seller: owner, pollutant: p.pollutant })}
                    >
                      {t({ zh: '转让', en: 'Transfer' })}
                    </LinkButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  )
}

/** The last day with how far away it is. */
function Due({ day }: { readonly day: string }) {
  const { t } = useLanguage()
  const days = daysUntil(day)
  return (
    <>
      {day}{' '}
      <span className="hint">
        {days < 0
          ? t({ zh: `已过 ${-days} 天`, en: `${-days} days ago` })
          : t({ zh: `还有 ${days} 天`, en: `in ${days} days` })}
      </span>
    </>
  )
}

const LOT_COLUMNS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['zh', 'serials', 'amount', 'unit', 'issued', 'expires', 'reserved'],
  en: ['en', 'serials', 'amount', 'unit', 'issued', 'expires', 'reserved'],
}

function LotsPart({ columns, rows }: { readonly columns: readonly Column[]; readonly rows: readonly Row[] }) {
  const { t, lang } = useLanguage()
  const title: Text = { zh: '批次、编号段与到期日', en: 'Lots, serials and last days' }
  if (rows.length === 0) return null
  const last = (row: Row): string => textOf(row, 'expires') ?? '9999'
  const sorted = [...rows].sort((a, b) => (last(a) < last(b) ? -1 : last(a) > last(b) ? 1 : 0))
  return (
    <Part title={title}>
      <RowsTable
        label={t(title)}
        columns={LOT_COLUMNS[lang].flatMap((name) => columns.find((c) => c.name === name) ?? [])}
        rows={sorted}
      />
    </Part>
  )
}

const RETIRED_COLUMNS = ['effective', 'in', 'unit', 'why', 'balance']

/** Each retirement with the certificate of it. */
function RetiredPart({ owner, position }: { readonly owner: string; readonly position: Position }) {
  const { t } = useLanguage()
  const title: Text = {
    zh: `已注销：${position.title.zh}`,
    en: `Retired: ${position.title.en}`,
  }
  const lines = useRows('statement', { input: { owner, asset: position.asset, purpose: 'retired' }, limit: MOST })
  if (lines.isPending) return <Waiting />
  if (lines.isError) return <Failed error={lines.error} again={() => void lines.refetch()} />
  return (
    <Part title={title}>
      <RowsTable
        label={t(title)}
        columns={RETIRED_COLUMNS.flatMap((name) => lines.data.columns.find((c) => c.name === name) ?? [])}
        rows={lines.data.rows.filter((r) => textOf(r, 'act') !== undefined)}
        before={(row) => (
          <Link href={`/w/retirements/${textOf(row, 'act')}`}>{t({ zh: '注销证明', en: 'Certificate' })}</Link>
        )}
      />
    </Part>
  )
}
