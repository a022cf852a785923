// The hand-over sheet (交接单) on one A4: what was handed over with its hash, by whom, to whom, when; room for both signatures; and
// whatever was handed over for the same table before and after, so that a later change is seen.

import { Link } from 'wouter'
import { useNameOf } from '../api/names.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { useSession } from '../api/session.tsx'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { DEPARTMENTS } from './words.ts'

export function HandOverSheet({ id }: { readonly id: string }) {
  const asked = useRows('handOvers', { input: { handOver: id }, limit: 200 })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const row = asked.data.rows.find((r) => textOf(r, 'id') === id)
  if (!row)
    return <Nothing what={{ zh: '没有这张交接单，或不在您的地区。', en: 'No such sheet, or not of your place.' }} />
  return <Sheet row={row} all={asked.data.rows} />
}

function Sheet({ row, all }: { readonly row: Row; readonly all: readonly Row[] }) {
  const { t } = useLanguage()
  const { me } = useSession()
  const roleTitle = useRoleTitle()
  const place = textOf(row, 'place') ?? ''
  const name = useNameOf('region', place) ?? place
  const department = textOf(row, 'department') ?? ''
  const said = (column: string) => textOf(row, column) ?? '—'
  const later = all.filter((r) => Number(r['version']) > Number(row['version']))
  return (
    <div className="sheet hand-over-sheet">
      <p className="sheet-code">
        {t({ zh: '交接单号', en: 'Number' })} <strong>{said('number')}</strong>
      </p>
      {later.length > 0 && (
        <p className="corrected" role="note">
          {t({
            zh: `这份之后又交过 ${later.length} 份，最新的是 ${textOf(later.at(-1)!, 'number') ?? ''}。`,
            en: `${later.length} later ones were handed over; the latest is ${textOf(later.at(-1)!, 'number') ?? ''}.`,
          })}
        </p>
      )}
      <Pairs
        pairs={[
          [{ zh: '地区和年份', en: 'Place and year' }, `${name} ${place} · ${String(row['year'])}`],
          [{ zh: '部门', en: 'Department' }, t(DEPARTMENTS[department] ?? { zh: department, en: department })],
          [{ zh: '应交的表', en: 'Table owed' }, said('sheet')],
          [{ zh: '文件名', en: 'Name of the file' }, said('name')],
          [{ zh: '大小', en: 'Size' }, `${grouped(String(row['size']))} ${t({ zh: '字节', en: 'bytes' })}`],
          [{ zh: '数据行数', en: 'Rows of data' }, row['rows'] === undefined ? '—' : String(row['rows'])],
          [{ zh: '校验值 SHA-256', en: 'SHA-256' }, <code className="code">{said('hash')}</code>],
          [
            { zh: '移交人', en: 'Handed over by' },
            <>
              {said('by') === me.person.login ? me.person.name : <NameOf who={said('by')} />}（
              {t(roleTitle(said('role')))}）
            </>,
          ],
          [{ zh: '接收人', en: 'Received by' }, said('receiver')],
          [{ zh: '交接日期', en: 'Date' }, said('handedOn')],
          [{ zh: '说明', en: 'Note' }, said('note')],
        ]}
      />
      <p className="hint">
        {t({
          zh: '校验值由文件内容算出，改动一个字就不同；双方各自用 certutil -hashfile 文件 SHA256 或 sha256sum 核对。',
          en: 'The hash follows from the content: one changed character gives another. Either side checks it with certutil -hashfile FILE SHA256 or sha256sum.',
        })}
      </p>
      {all.length > 1 && (
        <>
          <h2>{t({ zh: '这张表历次移交', en: 'All hand-overs of this table' })}</h2>
          <table className="rows-table">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '第几份', en: 'Version' })}</th>
                <th scope="col">{t({ zh: '交接单号', en: 'Number' })}</th>
                <th scope="col">{t({ zh: '日期', en: 'Date' })}</th>
                <th scope="col">{t({ zh: '文件名', en: 'File' })}</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {all.map((r) => (
                <tr key={textOf(r, 'id')} className={r['status'] === 'replaced' ? 'struck' : ''}>
                  <td>{String(r['version'])}</td>
                  <td>
                    <Link href={`/w/handover?sheet=${textOf(r, 'id')}`}>{textOf(r, 'number')}</Link>
                  </td>
                  <td>{textOf(r, 'handedOn')}</td>
                  <td>{textOf(r, 'name')}</td>
                  <td>
                    <code className="code" title={textOf(r, 'hash')}>
                      {(textOf(r, 'hash') ?? '').slice(0, 16)}…
                    </code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className="signature">
        {t({ zh: '移交人签字', en: 'Handed over by' })}：____________ {t({ zh: '接收人签字', en: 'Received by' })}
        ：____________ {t({ zh: '日期', en: 'Date' })}：____________
      </p>
    </div>
  )
}
