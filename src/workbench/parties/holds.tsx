// What a party has to do with: its certificates, the land they are about, notices about it.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { useUnit } from '../land/units.ts'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows, type Asking } from '../table/use-rows.ts'
import { shortId } from '../words.ts'

export function Holds({ id }: { readonly id: string }) {
  const { mayAsk } = useMenu()
  return (
    <>
      {mayAsk('certificates') && <Certificates id={id} />}
      {mayAsk('publicNotices') && (
        <Few
          title={{ zh: '公示', en: 'Notices' }}
          query="publicNotices"
          asking={{ input: { about: `party:${id}` } }}
          columns={['number', 'title', 'fromOn', 'dueOn', 'status']}
          empty={{ zh: '没有以本主体为对象的公示。', en: 'No notice is about it.' }}
        />
      )}
    </>
  )
}

/** Certificates are searched by the id of their holder; the units they are about are the party's land. */
function Certificates({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const asked = useRows('certificates', { search: id, limit: 200 })
  const own = (row: Row): boolean => textOf(row, 'holderParty') === id
  const units = [
    ...new Set(
      (asked.data?.rows ?? []).filter(own).flatMap((row) => /^unit:(.+)$/.exec(textOf(row, 'about') ?? '')?.[1] ?? []),
    ),
  ]
  return (
    <>
      <Few
        title={{ zh: '证书', en: 'Certificates' }}
        query="certificates"
        asking={{ search: id }}
        only={own}
        columns={['number', 'titleZh', 'issuedOn', 'validTo', 'status']}
        empty={{ zh: '没有证书。', en: 'It holds no certificate.' }}
      />
      {units.length > 0 && (
        <p>
          {t({ zh: '证书所载的空间单元：', en: 'Units its certificates are about: ' })}
          {units.map((unit) => (
            <UnitLink key={unit} id={unit} />
          ))}
        </p>
      )}
    </>
  )
}

function UnitLink({ id }: { readonly id: string }) {
  const { row } = useUnit(id)
  return (
    <>
      <Link href={`/w/units/${id}`}>{(row && textOf(row, 'name')) ?? shortId(id)}</Link>{' '}
    </>
  )
}

const PAGES_OF: Readonly<Record<string, (row: Row) => string>> = {
  certificates: (row) => `/w/certificates/${textOf(row, 'id') ?? ''}`,
  publicNotices: (row) => `/w/notices/${textOf(row, 'id') ?? ''}`,
}

function Few(p: {
  readonly title: Text
  readonly query: string
  readonly asking: Asking
  readonly columns: readonly string[]
  readonly empty: Text
  readonly only?: (row: Row) => boolean
}) {
  const { t } = useLanguage()
  const asked = useRows(p.query, { limit: 200, ...p.asking })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const rows = asked.data.rows.filter(p.only ?? (() => true))
  const page = PAGES_OF[p.query]
  return (
    <Part title={p.title}>
      {rows.length === 0 ? (
        <Nothing what={p.empty} />
      ) : (
        <RowsTable
          label={t(p.title)}
          columns={p.columns.flatMap((name) => asked.data.columns.find((c) => c.name === name) ?? [])}
          rows={rows}
          {...(page ? { before: (row: Row) => <Link href={page(row)}>{t({ zh: '打开', en: 'Open' })}</Link> } : {})}
        />
      )}
    </Part>
  )
}
