// What the public reads of a notice: its text, the masked list, until when and whom to ask. Serves the page of a notice and the look
// at one before it is posted.

import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'

export interface Shown {
  readonly title: string
  readonly body: string
  readonly contact: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Hash of the list as a document. */
  readonly listDocument?: string | undefined
  /** From when to when, as far as it is known. */
  readonly days?: Text | undefined
}

export function NoticeShown({ title, body, contact, columns, rows, listDocument, days }: Shown) {
  const { t } = useLanguage()
  const { role } = useSession()
  return (
    <div className="notice-shown" lang="zh-CN">
      <p className="notice-title">{title === '' ? '—' : title}</p>
      <p className="notice-text">{body}</p>
      {rows.length > 0 && <MaskedList columns={columns} rows={rows} />}
      {listDocument !== undefined && (
        <p>
          <a href={address(`/api/v1/files/${listDocument}`, { _role: role?.role })} target="_blank" rel="noreferrer">
            {t({ zh: '名单文件', en: 'the list as a document' })}
          </a>
        </p>
      )}
      {days && <p>{t(days)}</p>}
      {contact !== '' && (
        <p>
          {t({ zh: '联系：', en: 'Contact: ' })}
          {contact}
        </p>
      )}
    </div>
  )
}

export function MaskedList({ columns, rows }: Pick<Shown, 'columns' | 'rows'>) {
  const { t } = useLanguage()
  return (
    <div className="table-box" role="region" tabIndex={0} aria-label={t({ zh: '名单', en: 'The list' })}>
      <table className="rows-table">
        <thead>
          <tr>
            {columns.map((c, k) => (
              <th scope="col" key={k} lang="zh-CN">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, k) => (
                <td key={k}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
