// One figure through the accounts of its region: every year and version it was registered in, the versions that were replaced
// struck through, and the acts on the account it was opened from.

import { Link } from 'wouter'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { CellShown } from '../table/cell.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'
import { digits, unitIn } from './digits.ts'

const STATUS = { name: 'status', title: { zh: '状态', en: 'Status' }, kind: 'choice' } as const

export function FigureHistory({ id, code }: { readonly id: string; readonly code: string }) {
  const { t, lang } = useLanguage()
  const asked = useRows('accountFigure', { input: { account: id, figure: code }, limit: 200 })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows } = asked.data
  return (
    <>
      {rows.length === 0 ? (
        <Nothing what={{ zh: '没有别的年份或版本。', en: 'No other year or version.' }} />
      ) : (
        <div
          className="table-box"
          role="region"
          aria-label={t({ zh: '历年与各版本', en: 'Years and versions' })}
          tabIndex={0}
        >
          <table className="rows-table">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '年份', en: 'Year' })}</th>
                <th scope="col">{t({ zh: '版本', en: 'Version' })}</th>
                <th scope="col">{t({ zh: '状态', en: 'Status' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '数值', en: 'Value' })}
                </th>
                <th scope="col">{t({ zh: '登记', en: 'Registered' })}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={textOf(r, 'account')} {...(r['supersededBy'] === undefined ? {} : { className: 'struck' })}>
                  <td>
                    <Link href={`/w/gep/${textOf(r, 'account') ?? ''}?why=${code}`}>{String(r['year'])}</Link>
                  </td>
                  <td>{textOf(r, 'version')}</td>
                  <td>
                    <CellShown value={r['status']} column={STATUS} choices={{}} />
                  </td>
                  <td className="number">
                    {digits(textOf(r, 'value') ?? '')} {unitIn(textOf(r, 'unit'), lang)}
                  </td>
                  <td>{momentText(textOf(r, 'registered'), lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="links">
        <Link href={`/w/history?subject=${encodeURIComponent(`gep-account:${id}`)}`}>
          {t({ zh: '这份核算办过的全部事', en: 'All acts on this account' })}
        </Link>
      </p>
    </>
  )
}
