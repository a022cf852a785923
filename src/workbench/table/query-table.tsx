// Any query as a table: search, sort, choice of columns (kept on this computer), pages, export, and a drawer for one row
// with its three threads. Serves the page of any query and the tables inside other pages.

import { Button, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { keep, kept, keptWords } from '../kept.ts'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { ColumnChoice } from './column-choice.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { RowDrawer } from './row-drawer.tsx'
import { RowsTable, type RowsTableProps } from './rows-table.tsx'
import { ACT_QUERIES, type ChoiceTitles, type Column, type Row } from './rows.ts'
import { useRows, type Asking } from './use-rows.ts'

export interface QueryTableProps {
  /** `doneByMe` */
  readonly query: string
  readonly title: Text
  readonly input?: Readonly<Record<string, string | undefined>>
  readonly choices?: ChoiceTitles
  /** Not shown until chosen. */
  readonly hidden?: readonly string[]
  readonly empty?: Text
  /** Buttons for the open row. */
  readonly actions?: (row: Row) => ReactNode
  readonly struck?: RowsTableProps['struck']
  /** A column before the first, as for choosing rows. */
  readonly before?: RowsTableProps['before']
  /** Rows a page where a whole table is wanted on paper. */
  readonly rows?: number
}

const PAGE_SIZES = [20, 50, 100, 200]
/** Both languages of one text stand in two columns; the reader wants one. */
const otherLanguage = (lang: string): string => (lang === 'zh' ? 'en' : 'zh')

export function QueryTable({
  query,
  title,
  input = {},
  choices = {},
  hidden = [],
  empty,
  actions,
  struck,
  before,
  rows,
}: QueryTableProps) {
  const { t, lang } = useLanguage()
  const { me } = useSession()
  const [search, setSearch] = useState('')
  const [typed, setTyped] = useState('')
  const [sort, setSort] = useState<string>()
  const [page, setPage] = useState(0)
  const [size, setSize] = useState(() => rows ?? (Number(kept('page-size')) || PAGE_SIZES[0]!))
  const key = `columns.${me.person.login}.${query}`
  const [chosen, choose] = useState(() => keptWords(key))
  const [open, setOpen] = useState<Row>()
  const asking: Asking = { input, search, sort, limit: size, offset: page * size }
  const answered = useRows(query, asking)
  const all = linked(query, answered.data?.columns ?? [])
  const shown = shownColumns(all, chosen, [
    ...hidden,
    ...(all.some((c) => c.name === 'zh') ? [otherLanguage(lang)] : []),
  ])
  const total = answered.data?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <div className="query-table">
      <form
        className="tools"
        role="search"
        onSubmit={(e) => {
          e.preventDefault()
          setSearch(typed.trim())
          setPage(0)
        }}
      >
        <Input
          className="search"
          allowClear
          aria-label={t({ zh: '在表中查找', en: 'Search the table' })}
          placeholder={t({ zh: '在表中查找', en: 'Search the table' })}
          value={typed}
          onChange={(e) => {
            setTyped(e.target.value)
            if (e.target.value === '') setSearch('')
          }}
        />
        <Button htmlType="submit">{t({ zh: '查找', en: 'Search' })}</Button>
        <span className="fill" />
        <ColumnChoice
          columns={all}
          shown={shown}
          choose={(names) => {
            choose(names)
            keep(key, JSON.stringify(names))
          }}
        />
        <ExportButtons query={query} asking={asking} columns={shown} />
        <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>
      </form>
      {answered.isPending ? (
        <Waiting />
      ) : answered.isError ? (
        <Failed error={answered.error} again={() => void answered.refetch()} />
      ) : total === 0 ? (
        <Nothing what={empty ?? NO_ROWS} />
      ) : (
        <>
          <RowsTable
            label={t(title)}
            columns={shown}
            rows={answered.data.rows}
            choices={choices}
            sort={sort}
            onSort={(to) => {
              setSort(to)
              setPage(0)
            }}
            onOpen={setOpen}
            {...(struck ? { struck } : {})}
            {...(before ? { before } : {})}
          />
          <div className="pager">
            <span role="status">
              {t({
                zh: `共 ${total} 行，第 ${page + 1} / ${pages} 页`,
                en: `${total} rows, page ${page + 1} of ${pages}`,
              })}
            </span>
            <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>
              {t({ zh: '上一页', en: 'Back' })}
            </Button>
            <Button size="small" disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>
              {t({ zh: '下一页', en: 'Next' })}
            </Button>
            <label>
              {t({ zh: '每页', en: 'Rows a page' })}{' '}
              <select
                className="native"
                value={size}
                onChange={(e) => {
                  setSize(Number(e.target.value))
                  setPage(0)
                  keep('page-size', e.target.value)
                }}
              >
                {PAGE_SIZES.map((n) => (
                  <option key={n}>{n}</option>
                ))}
              </select>
            </label>
          </div>
        </>
      )}
      {open && (
        <RowDrawer
          query={query}
          title={title}
          row={open}
          columns={all}
          choices={choices}
          close={() => setOpen(undefined)}
          actions={actions?.(open)}
        />
      )}
    </div>
  )
}

const NO_ROWS: Text = { zh: '没有符合条件的记录。', en: 'No record fits.' }

/** Rows that are acts lead to them by their id. */
const linked = (query: string, columns: readonly Column[]): readonly Column[] =>
  ACT_QUERIES.has(query) ? columns.map((c) => (c.name === 'id' ? { ...c, kind: 'act-id' } : c)) : columns

function shownColumns(
  all: readonly Column[],
  chosen: readonly string[] | undefined,
  hidden: readonly string[],
): readonly Column[] {
  const known = all.filter((c) => (chosen ? chosen.includes(c.name) : !hidden.includes(c.name)))
  return known.length > 0 ? known : all
}
