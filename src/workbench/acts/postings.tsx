// Postings as a table: how much of what went from whom to whom, the balances after it, the serials, and why.

import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { grouped } from '../words.ts'
import type { PostingSaid, Side } from './explained.ts'

export function PostingsShown({
  postings,
  struck,
}: {
  readonly postings: readonly PostingSaid[]
  readonly struck: boolean
}) {
  const { t } = useLanguage()
  const title = { zh: '分录', en: 'Postings' }
  return (
    <Part title={title}>
      <div className="table-box" role="region" aria-label={t(title)} tabIndex={0}>
        <table className="rows-table">
          <thead>
            <tr>
              <th scope="col">{t({ zh: '资产', en: 'Asset' })}</th>
              <th scope="col" className="number">
                {t({ zh: '数量', en: 'Amount' })}
              </th>
              <th scope="col">{t({ zh: '单位', en: 'Unit' })}</th>
              <th scope="col">{t({ zh: '付方', en: 'From' })}</th>
              <th scope="col">{t({ zh: '收方', en: 'To' })}</th>
              <th scope="col">{t({ zh: '编号段', en: 'Serials' })}</th>
              <th scope="col">{t({ zh: '摘要', en: 'Why' })}</th>
            </tr>
          </thead>
          <tbody>
            {postings.map((p) => (
              <tr key={p.id} {...(struck ? { className: 'struck' } : {})}>
                <td>{t(p)}</td>
                <td className="number">{grouped(p.amount)}</td>
                <td>{p.unit}</td>
                <td>
                  <SideShown side={p.from} unit={p.unit} />
                </td>
                <td>
                  <SideShown side={p.to} unit={p.unit} />
                </td>
                <td className="long">{p.serials.join('，')}</td>
                <td className="long">{t({ zh: p.whyZh ?? '—', en: p.whyEn ?? '—' })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  )
}

function SideShown({ side: s, unit }: { readonly side: Side; readonly unit: string }) {
  const { t } = useLanguage()
  return (
    <>
      {t({ zh: `${s.owner}（${s.purpose}）`, en: `${s.owner} (${s.purposeEn})` })}
      {s.after !== undefined && (
        <>
          <br />
          <span className="hint">
            {t({ zh: '此后', en: 'after:' })} {grouped(s.after)} {unit}
          </span>
        </>
      )}
    </>
  )
}
