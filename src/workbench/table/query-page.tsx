// The page of any query, `/w/ask/permits`: its own search form over its table. What is searched for stands in the address,
// so that the page can be sent to a colleague; where a condition is personal it stands nowhere but in the page.

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useId, useState, type SyntheticEvent } from 'react'
import { useParams, useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { Fields } from '../form/field.tsx'
import type { GroupSchema, QueryFormSchema } from '../form/schema.ts'
import { emptyOf, presetOf, setAt, type Group, type Value } from '../form/values.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { QueryTable } from './query-table.tsx'
import { choicesOf } from './rows.ts'
import { usePosted } from './use-rows.ts'

/** Paging and size are the table's own business. */
const OWN = new Set(['limit', 'before', 'afterLine', 'afterDate'])

export function useQueryForm(query: string) {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['form', 'query', query, role?.role],
    queryFn: () => ask<QueryFormSchema>(`/api/v1/forms/query/${query}`),
    staleTime: Infinity,
  })
}

const ASK: Text = { zh: '查询', en: 'Ask' }

export function QueryPage() {
  const { query } = useParams<{ query: string }>()
  const form = useQueryForm(query)
  if (form.isPending) return <Waiting />
  if (form.isError)
    return (
      <Page title={ASK}>
        <Failed error={form.error} again={() => void form.refetch()} />
      </Page>
    )
  return <Asked key={query} form={form.data} />
}

function Asked({ form }: { readonly form: QueryFormSchema }) {
  const [words, setWords] = useSearchParams()
  const { posted } = usePosted(form.name)
  const [kept, keep] = useState<Readonly<Record<string, string>>>({})
  const asked = posted ? kept : Object.fromEntries(words)
  const search = posted ? keep : (to: Record<string, string>) => setWords(to)
  const key = JSON.stringify(asked)
  const schema = searchOf(form.input)
  // A query that is bounded gives few rows unless it is asked for more; the table turns the pages.
  const most = form.input.properties['limit']?.['x-most']
  const ready = (schema.required ?? []).every((name) => (asked[name] ?? '') !== '')
  return (
    <Page title={form.title}>
      {Object.keys(schema.properties).length > 0 && (
        <SearchForm key={key} schema={schema} asked={asked} search={search} />
      )}
      {ready ? (
        <QueryTable
          key={key}
          query={form.name}
          title={form.title}
          input={{ ...(most === undefined ? {} : { limit: most }), ...asked }}
          choices={choicesOf(form.row.properties)}
          hidden={HIDDEN}
          struck={(row) => row['correctedBy'] !== undefined}
        />
      ) : (
        <Nothing what={{ zh: '填好上面的条件，再查询。', en: 'Fill in the conditions above, then search.' }} />
      )}
    </Page>
  )
}

/** Seldom wanted at first sight; the choice of columns brings them back. */
const HIDDEN = ['clause', 'request', 'standInFor', 'kind', 'corrects']

const searchOf = ({ properties, required = [] }: GroupSchema): GroupSchema => ({
  properties: Object.fromEntries(
    Object.entries(properties).filter(
      ([name, f]) => !OWN.has(name) && f['x-kind'] !== 'list' && f['x-kind'] !== 'group',
    ),
  ),
  required,
})

function SearchForm(p: {
  readonly schema: GroupSchema
  readonly asked: Readonly<Record<string, string>>
  readonly search: (words: Record<string, string>) => void
}) {
  const { t } = useLanguage()
  const prefix = useId()
  const [value, setValue] = useState<Value>(() => presetOf(p.schema, p.asked, emptyOf(p.schema)))
  const search = (e: SyntheticEvent): void => {
    e.preventDefault()
    const given = Object.entries(value as Group).filter(
      (e): e is [string, string] => typeof e[1] === 'string' && e[1] !== '',
    )
    p.search(Object.fromEntries(given))
  }
  return (
    <form className="search-form" onSubmit={search} aria-label={t({ zh: '查询条件', en: 'Conditions' })}>
      <Fields
        schema={p.schema}
        value={value}
        path={[]}
        problems={[]}
        prefix={prefix}
        change={(path, v) => setValue((whole) => setAt(whole, path, v))}
      />
      <p className="buttons">
        <Button type="primary" htmlType="submit">
          {t(ASK)}
        </Button>
        <Button onClick={() => p.search({})}>{t({ zh: '清空', en: 'Clear' })}</Button>
      </p>
    </form>
  )
}
