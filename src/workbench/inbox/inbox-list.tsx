// What waits, one line a matter: what it is, where, at which step, and a link to decide it.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useLanguage } from '../language.tsx'
import { Name } from '../table/cell.tsx'
import { textOf, type Row } from '../table/rows.ts'

/** A row that waits for an approval; the rest are notices. */
export const isRequest = (row: Row): boolean => row['kind'] === 'approval'

export function InboxList({
  rows,
  before,
  beside,
}: {
  readonly rows: readonly Row[]
  readonly before?: (row: Row) => ReactNode
  readonly beside?: (row: Row) => ReactNode
}) {
  const { t } = useLanguage()
  return (
    <ul className="inbox">
      {rows.map((row) => {
        const id = textOf(row, 'id') ?? ''
        const title = t({ zh: textOf(row, 'zh') ?? '', en: textOf(row, 'en') ?? '' })
        const subject = textOf(row, 'about')
        const place = textOf(row, 'place')
        return (
          <li key={id}>
            {before?.(row)}
            <span className="kind">
              {isRequest(row) ? t({ zh: '待审批', en: 'To approve' }) : t({ zh: '通知', en: 'Notice' })}
            </span>
            {isRequest(row) ? (
              <Link href={`/w/requests/${id}`}>{title}</Link>
            ) : subject === undefined ? (
              <span>{title}</span>
            ) : (
              <Link href={noticeLink(subject)}>{title}</Link>
            )}
            <span className="hint">
              {place !== undefined && <Name kind="region" id={place} />}
              {row['step'] !== undefined &&
                t({ zh: ` 第 ${textOf(row, 'step')} 步`, en: ` step ${textOf(row, 'step')}` })}
            </span>
            {beside?.(row)}
          </li>
        )
      })}
    </ul>
  )
}

/** Where a notice leads: what has a page of its own to that page, anything else to its history. */
function noticeLink(about: string): string {
  const [kind, id = ''] = about.split(':')
  if (kind === 'request') return `/w/requests/${id}`
  if (kind === 'act') return `/w/acts/${id}`
  if (kind === 'notice') return `/w/notices/${id}`
  if (kind === 'objection') return `/w/objections/${id}`
  return `/w/history?subject=${encodeURIComponent(about)}`
}
