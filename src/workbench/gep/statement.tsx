// The statement of one region: every service with its physical quantity and its value on both bases; a service opens into its
// items and ecosystem types. What is missing says so and why.

import { useState } from 'react'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { usePart, useWord } from './ask.ts'
import { BlockFoot, Figure, FOOT } from './figure.tsx'
import type { Head, Statement, StatementRow } from '../../server/told/index.ts'

export function StatementTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [region = head.region, setRegion] = useWord('region')
  const asked = usePart<Statement>(id, 'statement', { region })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows, money, name } = asked.data
  const services = rows.filter((r) => (r.parts ?? []).length > 0).map((r) => r.id)
  const toggle = (row: string): void => {
    const next = new Set(open)
    if (!next.delete(row)) next.add(row)
    setOpen(next)
  }
  return (
    <section className="part">
      <div className="page-head">
        <h2>
          {t(name)} {t({ zh: '价值量与实物量', en: 'values and quantities' })}
        </h2>
        <div className="actions">
          <RegionChoice head={head} region={region} choose={setRegion} />
          <button
            type="button"
            className="button"
            onClick={() => setOpen(open.size > 0 ? new Set() : new Set(services))}
          >
            {open.size > 0 ? t({ zh: '全部收起', en: 'Close all' }) : t({ zh: '全部展开', en: 'Open all' })}
          </button>
        </div>
      </div>
      <div
        className="table-box"
        role="region"
        aria-label={t({ zh: '价值量与实物量', en: 'Values and quantities' })}
        tabIndex={0}
      >
        <table className="rows-table statement">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '服务', en: 'Service' })}</th>
              <th scope="col" className="number">
                {t({ zh: '实物量', en: 'Quantity' })}
              </th>
              {head.bases.map((b) => (
                <th key={b.id} scope="col" className="number">
                  {t(b.title)}
                  <br />
                  <small>
                    {b.id === 'constant' ? head.priceYear : head.year} · {t(money)}
                  </small>
                </th>
              ))}
              <th scope="col" className="number">
                {t({ zh: '占比 %', en: 'Share %' })}
              </th>
              <th scope="col">{t({ zh: '方法与状态', en: 'Method and state' })}</th>
            </tr>
          </thead>
          <tbody>
            {rows.flatMap((row) => [
              <RowShown key={row.id} row={row} head={head} isOpen={open.has(row.id)} toggle={toggle} />,
              ...(open.has(row.id)
                ? (row.parts ?? []).map((part) => <RowShown key={part.id} row={part} head={head} />)
                : []),
            ])}
          </tbody>
        </table>
      </div>
      <BlockFoot
        parts={[
          [FOOT.unit, t({ zh: `价值 ${money.zh}；实物量见各行`, en: `values in ${money.en}; quantities as written` })],
          [FOOT.year, String(head.year)],
          [FOOT.status, t(head.statusTitle)],
          [FOOT.source, t(head.set)],
        ]}
      />
    </section>
  )
}

function RowShown(p: {
  readonly row: StatementRow
  readonly head: Head
  readonly isOpen?: boolean
  readonly toggle?: (id: string) => void
}) {
  const { t } = useLanguage()
  const { row, toggle } = p
  const opens = toggle !== undefined && (row.parts ?? []).length > 0
  return (
    <tr className={`kind-row-${row.kind}`}>
      <th scope="row">
        {opens ? (
          <button type="button" className="opener" aria-expanded={p.isOpen} onClick={() => toggle(row.id)}>
            <span aria-hidden="true">{p.isOpen ? '▾' : '▸'}</span> {t(row.title)}
          </button>
        ) : (
          t(row.title)
        )}
        {row.memo && <span className="kind">{t({ zh: '不计入合计', en: 'in no total' })}</span>}
      </th>
      <td className="number">{row.quantity ? <Figure cell={row.quantity} unit /> : <span className="none">—</span>}</td>
      {p.head.bases.map((b) => (
        <td key={b.id} className="number">
          <Figure cell={row[b.id]} />
        </td>
      ))}
      <td className="number">{row.memo ? '' : (row.share ?? '')}</td>
      <td className="method" title={row.reason && t(row.reason)}>
        {row.state && row.state.zh !== '已核算' && <strong className="warn">{t(row.state)} </strong>}
        {row.reason ? t(row.reason) : row.method ? t(row.method) : ''}
      </td>
    </tr>
  )
}

export function RegionChoice(p: {
  readonly head: Head
  readonly region: string
  readonly choose: (region: string | undefined) => void
}) {
  const { t } = useLanguage()
  return (
    <label className="inline-label">
      {t({ zh: '地区', en: 'Region' })}{' '}
      <select
        className="native"
        value={p.region}
        onChange={(e) => p.choose(e.target.value === p.head.region ? undefined : e.target.value)}
      >
        {p.head.regions.map((r) => (
          <option key={r.code} value={r.code}>
            {'　'.repeat(r.depth)}
            {t(r.name)}
          </option>
        ))}
      </select>
    </label>
  )
}
