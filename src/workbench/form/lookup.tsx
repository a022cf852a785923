// Regions, organisations and people are looked up by name, not typed by code: the words go to the query that the role may
// ask, and its first answers are offered. Who may not ask for the list of people finds one by the whole login name, as far as the
// role may know of them; for anything else that it may not ask, a role types the code it was given.

import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { calledOf, levelOf, type NamedRow } from '../api/names.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import type { ControlProps } from './field.tsx'

export type LookupKind = 'region' | 'organisation' | 'person'

interface Source {
  readonly query: string
  /** The word of the query that filters by name, where it has one; else the search over its rows. */
  readonly word: string
  readonly code: string
  readonly label: (row: Readonly<Record<string, unknown>>) => string
}

const said = (v: unknown): string => (typeof v === 'string' ? v : '')

const SOURCES: Record<LookupKind, Source> = {
  region: { query: 'regions', word: 'name', code: 'code', label: (r) => `${said(r['name'])}（${said(r['code'])}）` },
  organisation: {
    query: 'organisations',
    word: '_search',
    code: 'organisation',
    label: (r) => `${said(r['name'])}${r['code'] ? `（${said(r['code'])}）` : ''}`,
  },
  person: {
    query: 'people',
    word: '_search',
    code: 'person',
    label: (r) => `${said(r['name'])}（${said(r['login'])}）`,
  },
}

/** For who may not ask for the list: one person, by the whole login name. */
const ONE_PERSON: Source = { query: 'names', word: 'who', code: 'id', label: (r) => calledOf(r as NamedRow) ?? '' }

const sourceOf = (kind: LookupKind, mayAsk: (query: string) => boolean): Source =>
  kind === 'person' && !mayAsk('people') ? ONE_PERSON : SOURCES[kind]

const OFFERED = 20

export interface Offer {
  readonly value: string
  readonly label: string
}

/** What is offered for these words; of regions the role's own places before anything is typed. */
export function useOffers(
  kind: LookupKind,
  words: string,
): { readonly offers: readonly Offer[]; readonly isPending: boolean } {
  const { ask, role } = useSession()
  const { mayAsk } = useMenu()
  const source = sourceOf(kind, mayAsk)
  const own =
    kind === 'region' ? (role?.places ?? []).map((p) => ({ value: p.code, label: `${p.name}（${p.code}）` })) : []
  const enabled = mayAsk(source.query) && (words !== '' || (kind !== 'region' && source !== ONE_PERSON))
  // A code is asked for as a code: what was preset or pasted finds its name.
  const level = kind === 'region' ? levelOf(words) : undefined
  const asked = useQuery({
    queryKey: ['offers', kind, words, role?.role, source.query],
    queryFn: ({ signal }) =>
      ask<{ rows: readonly Readonly<Record<string, unknown>>[] }>(
        address(`/api/v1/queries/${source.query}`, {
          ...(level === undefined ? { [source.word]: words } : { within: words, level }),
          _limit: OFFERED,
        }),
        { signal },
      ),
    enabled,
    staleTime: 60_000,
  })
  const rows = (enabled ? asked.data?.rows : undefined) ?? []
  const found = rows
    // The answer for one name may be an organisation's.
    .filter((r) => source !== ONE_PERSON || r['login'] !== undefined)
    .map((r) => ({ value: said(r[source.code]), label: source.label(r) }))
  return { offers: words === '' && kind === 'region' ? own : found, isPending: enabled && asked.isFetching }
}

export function Lookup(
  p: ControlProps & { readonly kind: LookupKind; readonly value: string; readonly change: (v: string) => void },
) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const { role } = useSession()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<Offer>()
  const { offers, isPending } = useOffers(p.kind, useDeferredValue(words.trim()))
  // A value that came along with a link is called by its name too.
  const found = useOffers(p.kind, chosen?.value === p.value ? '' : p.value)
  const tied = {
    id: p.id,
    'aria-required': p.required,
    'aria-invalid': p.invalid,
    ...(p.describedBy ? { 'aria-describedby': p.describedBy } : {}),
  }
  const look = p.invalid ? ({ status: 'error' } as const) : {}
  const source = sourceOf(p.kind, mayAsk)
  const byName: Text =
    source === ONE_PERSON
      ? { zh: '输入完整的登录名查找', en: 'Type the whole login name' }
      : { zh: '输入名称查找', en: 'Type a name' }
  if (!mayAsk(source.query))
    return (
      <Input
        {...tied}
        {...look}
        value={p.value}
        placeholder={t({ zh: '填编号', en: 'its id' })}
        onChange={(e) => p.change(e.target.value.trim())}
      />
    )
  const named = role?.places.find((place) => place.code === p.value)
  const known = chosen?.value === p.value ? chosen : found.offers.find((offer) => offer.value === p.value)
  const shown: Offer | undefined =
    p.value === ''
      ? undefined
      : (known ?? { value: p.value, label: named ? `${named.name}（${named.code}）` : p.value })
  return (
    <Select
      {...tied}
      {...look}
      className="lookup"
      allowClear
      labelInValue
      showSearch={{ filterOption: false, onSearch: setWords }}
      value={shown ?? null}
      // While nothing is found yet, Enter chooses nothing and submits nothing.
      onInputKeyDown={(e) => {
        if (e.key === 'Enter') e.preventDefault()
      }}
      loading={isPending}
      options={[...offers]}
      placeholder={t(byName)}
      notFoundContent={
        isPending
          ? t({ zh: '正在查找…', en: 'Looking…' })
          : words === ''
            ? t(byName)
            : t({ zh: '没有找到', en: 'Nothing found' })
      }
      onChange={(offer: Offer | null | undefined) => {
        setChosen(offer ?? undefined)
        p.change(offer?.value ?? '')
        setWords('')
      }}
    />
  )
}
