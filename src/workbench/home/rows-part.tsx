// The first rows of a query as a part of a page, with the way to all of them.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import type { ChoiceTitles, Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

export interface RowsPartProps {
  readonly query: string
  readonly title: Text
  readonly columns: readonly string[]
  readonly empty: Text
  readonly input?: Readonly<Record<string, string>>
  readonly choices?: ChoiceTitles
  /** A column before the first. */
  readonly before?: (row: Row) => ReactNode
}

const FEW = 6

/** Nothing where the role may not ask. */
export function RowsPart({ query, title, columns: names, empty, input = {}, choices, before }: RowsPartProps) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const asked = useRows(query, { input, limit: FEW }, mayAsk(query))
  if (!mayAsk(query)) return null
  const columns = (asked.data?.columns ?? []).filter((c) => names.includes(c.name))
  const total = asked.data?.total ?? 0
  return (
    <Part
      title={{
        zh: total > FEW ? `${title.zh}（${total}）` : title.zh,
        en: total > FEW ? `${title.en} (${total})` : title.en,
      }}
      actions={<Link href={address(`/w/ask/${kebab(query)}`, input)}>{t({ zh: '全部', en: 'All' })}</Link>}
    >
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : total === 0 ? (
        <Nothing what={empty} />
      ) : (
        <RowsTable
          label={t(title)}
          columns={names.flatMap((name) => columns.find((c) => c.name === name) ?? [])}
          rows={asked.data.rows}
          {...(choices ? { choices } : {})}
          {...(before ? { before } : {})}
        />
      )}
    </Part>
  )
}
