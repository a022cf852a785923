// A table of rows: headings that sort when asked, amounts aligned, a row that opens. A plain table of the document, so
// that it reads, prints and copies into a spreadsheet as one.

import type { ReactNode } from 'react'
import { Button } from 'antd'
import { useLanguage } from '../language.tsx'
import { CellShown, isNumber } from './cell.tsx'
import { cellText, type ChoiceTitles, type Column, type Row } from './rows.ts'

export interface RowsTableProps {
  /** Says what the table holds, to who does not see it. */
  readonly label: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly choices?: ChoiceTitles
  /** `-amount`: by amount, largest first. */
  readonly sort?: string | undefined
  readonly onSort?: ((sort: string | undefined) => void) | undefined
  readonly onOpen?: (row: Row) => void
  /** A column before the first, as for choosing rows. */
  readonly before?: (row: Row) => ReactNode
  /** Rows that no longer count, struck through. */
  readonly struck?: (row: Row) => boolean
}

const NO_CHOICES: ChoiceTitles = {}

/** Sentences may break; codes are shown short. */
const isLong = (text: string): boolean => text.length > 30 && !/^[0-9a-f-]+$/.test(text)

export function RowsTable(p: RowsTableProps) {
  const { t } = useLanguage()
  const { columns, rows, choices = NO_CHOICES, onOpen } = p
  return (
    <div className="table-box" role="region" aria-label={p.label} tabIndex={0}>
      <table className="rows-table">
        <thead>
          <tr>
            {p.before && (
              <th scope="col">
                <span className="unseen">{t({ zh: '选择', en: 'Choose' })}</span>
              </th>
            )}
            {columns.map((c) => (
              <Heading key={c.name} column={c} sort={p.sort} onSort={p.onSort} />
            ))}
            {onOpen && (
              <th scope="col">
                <span className="unseen">{t({ zh: '打开', en: 'Open' })}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i} {...(p.struck?.(row) ? { className: 'struck' } : {})}>
              {p.before && <td>{p.before(row)}</td>}
              {columns.map((c) => (
                <td key={c.name} className={isNumber(c) ? 'number' : isLong(cellText(row[c.name])) ? 'long' : ''}>
                  <CellShown value={row[c.name]} column={c} choices={choices} />
                </td>
              ))}
              {onOpen && (
                <td className="open">
                  <Button
                    size="small"
                    onClick={() => onOpen(row)}
                    aria-label={t({ zh: `打开第 ${i + 1} 行`, en: `Open row ${i + 1}` })}
                  >
                    {t({ zh: '打开', en: 'Open' })}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Heading({ column, sort, onSort }: { readonly column: Column } & Pick<RowsTableProps, 'sort' | 'onSort'>) {
  const { t } = useLanguage()
  const up = sort === column.name
  const down = sort === `-${column.name}`
  const title = t(column.title)
  return (
    <th
      scope="col"
      {...(isNumber(column) ? { className: 'number' } : {})}
      {...(up || down ? { 'aria-sort': up ? ('ascending' as const) : ('descending' as const) } : {})}
    >
      {onSort ? (
        <button
          type="button"
          className="sort"
          onClick={() => onSort(up ? `-${column.name}` : down ? undefined : column.name)}
        >
          {title}
          <span aria-hidden="true">{up ? ' ↑' : down ? ' ↓' : ''}</span>
        </button>
      ) : (
        title
      )}
    </th>
  )
}
