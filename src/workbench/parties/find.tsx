// Finding a party by a whole code, a person's whole name or a part of a body's name.
// Always holds: what is typed goes to the house in a body and stands in no address, no history and no draft.

import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { useMutation } from '@tanstack/react-query'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'
import { textOf, type Answered, type Row } from '../table/rows.ts'
import { calledIn, isKind, KINDS, STATUS } from './words.ts'

const WAYS = {
  name: { zh: '姓名或单位名称', en: 'Name' },
  'household-code': { zh: '户号', en: 'Number of the household' },
  'id-number': { zh: '身份证号', en: 'Identity number' },
  passport: { zh: '护照号', en: 'Passport' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  bank: { zh: '银行账号', en: 'Bank number' },
} as const satisfies Readonly<Record<string, Text>>
type Way = keyof typeof WAYS

const HINTS: Partial<Readonly<Record<Way, Text>>> = {
  name: {
    zh: '个人填全名；单位可以只填一部分。',
    en: 'Of a person the whole name, of a body any part of it.',
  },
}

/** The parties found, each once. */
export function useFind() {
  const { ask } = useSession()
  const post = async (query: string, input: unknown): Promise<readonly Row[]> =>
    (await ask<Answered>(`/api/v1/queries/${query}`, { method: 'POST', body: { input, limit: 50 } })).rows
  return useMutation({
    mutationFn: async ({ way, value }: { readonly way: Way; readonly value: string }): Promise<readonly Row[]> => {
      if (way === 'household-code') return post('parties', { householdCode: value })
      const found = await post('find-parties', { by: way, value })
      const bodies = way === 'name' ? await post('parties', { name: value }) : []
      return [...new Map([...found, ...bodies].map((row) => [textOf(row, 'party'), row])).values()]
    },
  })
}

/** @param choose told which one was meant @param words on the button beside each */
export function FindParty(p: {
  readonly choose: (row: Row) => void
  readonly words: Text
  /** Not offered: the party one is at, those chosen before. */
  readonly without?: readonly string[]
}) {
  const { t } = useLanguage()
  const id = useId()
  const find = useFind()
  const [way, setWay] = useState<Way>('name')
  const [value, setValue] = useState('')
  const rows = (find.data ?? []).filter((row) => !p.without?.includes(textOf(row, 'party') ?? ''))
  return (
    <div className="find-party">
      <form
        className="tools"
        role="search"
        autoComplete="off"
        onSubmit={(e) => {
          e.preventDefault()
          if (value.trim() !== '') find.mutate({ way, value: value.trim() })
        }}
      >
        <label htmlFor={`${id}-by`}>{t({ zh: '按', en: 'By' })}</label>
        <select
          id={`${id}-by`}
          className="native"
          value={way}
          onChange={(e) => {
            setWay(e.target.value as Way)
            find.reset()
          }}
        >
          {Object.entries(WAYS).map(([name, title]) => (
            <option key={name} value={name}>
              {t(title)}
            </option>
          ))}
        </select>
        <Input
          className="search"
          aria-label={t(WAYS[way])}
          autoComplete="off"
          spellCheck={false}
          maxLength={120}
          value={value}
          onChange={(e) => setValue(e.target.value)}
        />
        <Button htmlType="submit" loading={find.isPending}>
          {t({ zh: '查找主体', en: 'Find' })}
        </Button>
        <span className="hint">{t(HINTS[way] ?? { zh: '填全号。', en: 'The whole number.' })}</span>
      </form>
      {find.isError && <Problems problems={saidOf(find.error)} />}
      {find.isSuccess && (
        <div role="status">
          {rows.length === 0 ? (
            <p className="nothing">{t({ zh: '没有找到。', en: 'Nothing was found.' })}</p>
          ) : (
            <ul className="found-parties">
              {rows.map((row) => (
                <Found key={textOf(row, 'party')} row={row} words={p.words} choose={() => p.choose(row)} />
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}

function Found({ row, words, choose }: { readonly row: Row; readonly words: Text; readonly choose: () => void }) {
  const { t } = useLanguage()
  const kind = textOf(row, 'kind')
  const called = t(calledIn(row))
  const more = [
    isKind(kind) ? t(KINDS[kind]) : kind,
    textOf(row, 'place'),
    textOf(row, 'code') ?? textOf(row, 'householdCode'),
    t(STATUS[textOf(row, 'status') ?? ''] ?? { zh: '', en: '' }),
  ]
  return (
    <li>
      <strong>{called}</strong> <span className="hint">{more.filter(Boolean).join(' · ')}</span>{' '}
      <Button size="small" aria-label={`${t(words)} ${called}`} onClick={choose}>
        {t(words)}
      </Button>
    </li>
  )
}
