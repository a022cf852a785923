// What the work of a role turns about, on its first screen: one table or list. A role whose chapter is not built has none yet.

import { lazy, type ComponentType } from 'react'
import { Link, useLocation } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { Outliers } from '../gep/outliers.tsx'
import { Progress } from '../gep/progress.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

interface OwnRows {
  readonly query: string
  readonly title: Text
  readonly columns: readonly string[]
  readonly empty: Text
  /** Page of all of them; below it by its id stands the page of one. */
  readonly page?: string
  /** Where one is, if not below the page of all. */
  readonly one?: string
}

const ROWS: Readonly<Record<string, OwnRows>> = {
  registrar: {
    query: 'certificates',
    title: { zh: '证书', en: 'Certificates' },
    columns: ['number', 'titleZh', 'holderName', 'status', 'issuedOn'],
    empty: { zh: '还没有发过证书。', en: 'No certificate was issued yet.' },
    page: '/w/certificates',
  },
  'objection-officer': {
    query: 'objections',
    title: { zh: '公示异议', en: 'Objections to notices' },
    columns: ['number', 'noticeNumber', 'receivedOn', 'objector', 'way', 'status'],
    empty: { zh: '没有异议。', en: 'There are no objections.' },
    page: '/w/notices',
    one: '/w/objections',
  },
  'village-accountant': {
    query: 'publicNotices',
    title: { zh: '正在公示', en: 'Public notices' },
    columns: ['number', 'title', 'fromOn', 'dueOn', 'open', 'status'],
    empty: { zh: '没有公示。', en: 'There are no notices.' },
    page: '/w/notices',
  },
  'county-clerk': {
    query: 'deadlines',
    title: { zh: '期限', en: 'Deadlines' },
    columns: ['title', 'subject', 'fromOn', 'dueOn', 'status'],
    empty: { zh: '没有在走的期限。', en: 'No deadline runs.' },
  },
}

const KEEPERS = lazy(async () => ({ default: (await import('./keepers.tsx')).Keepers }))

/** With what the role must be allowed to ask. */
const PARTS: Readonly<Record<string, readonly [asks: string, part: ComponentType]>> = {
  'provincial-office': ['accounts', Progress],
  auditor: ['accounts', lazy(async () => ({ default: (await import('../term/term-part.tsx')).TermPart }))],
  deputy: ['accounts', lazy(async () => ({ default: (await import('../brief/deputy-part.tsx')).DeputyPart }))],
  'department-contact': [
    'owedTables',
    lazy(async () => ({ default: (await import('../handover/handover-page.tsx')).OwedTables })),
  ],
  reviewer: ['accounts', Outliers],
  'firm-manager': ['holdings', lazy(async () => ({ default: (await import('./holdings.tsx')).Holdings }))],
  'finance-officer': ['zeroSum', lazy(async () => ({ default: (await import('./books.tsx')).Books }))],
  'bank-officer': ['lookUpRight', lazy(async () => ({ default: (await import('./right-look-up.tsx')).RightLookUp }))],
  'exchange-operator': [
    'lookUpRight',
    lazy(async () => ({ default: (await import('./right-look-up.tsx')).ListingCheck })),
  ],
  'security-officer': ['keepingActs', KEEPERS],
  administrator: ['keepingActs', KEEPERS],
}

export function OwnPart() {
  const { role } = useSession()
  const { mayAsk, isPending } = useMenu()
  if (!role || isPending) return null
  const [asks, Own] = PARTS[role.role] ?? []
  if (Own && asks !== undefined) return mayAsk(asks) ? <Own /> : null
  const rows = ROWS[role.role]
  return rows && mayAsk(rows.query) ? <Rows own={rows} /> : null
}

const FEW = 6

function Rows({ own }: { readonly own: OwnRows }) {
  const { t } = useLanguage()
  const [, go] = useLocation()
  const asked = useRows(own.query, { limit: FEW })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const one = own.one ?? own.page
  const columns = own.columns.flatMap((name) => asked.data.columns.find((c) => c.name === name) ?? [])
  return (
    <Part
      title={own.title}
      actions={<Link href={own.page ?? `/w/ask/${kebab(own.query)}`}>{t({ zh: '全部', en: 'All' })}</Link>}
    >
      {asked.data.rows.length === 0 ? (
        <Nothing what={own.empty} />
      ) : (
        <RowsTable
          label={t(own.title)}
          columns={columns}
          rows={asked.data.rows}
          {...(one ? { onOpen: (row: Row) => go(`${one}/${textOf(row, 'id') ?? ''}`) } : {})}
        />
      )}
    </Part>
  )
}
