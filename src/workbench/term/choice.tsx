// Which place, and which two years of it; the choice stands in the address, so that the page can be sent and printed again.

import { useId } from 'react'
import { useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useNameOf } from '../api/names.ts'
import { useLanguage } from '../language.tsx'
import { statusWords } from '../table/cell.tsx'
import { useRows } from '../table/use-rows.ts'
import { placesOf, usualPlace, type YearOf } from './places.ts'

/** As many accounts as are looked through. */
const MOST = 1_000

export interface Term {
  readonly place: string
  readonly years: readonly YearOf[]
  readonly opening: YearOf
  readonly closing: YearOf
}

export function useTerm() {
  const [words, setWords] = useSearchParams()
  const asked = useRows('accounts', { limit: MOST })
  const places = placesOf(asked.data?.rows ?? [])
  const wanted = words.get('place') ?? ''
  const place = places.has(wanted) ? wanted : usualPlace(places)
  const years = (place === undefined ? undefined : places.get(place)) ?? []
  const one = (word: string, usual: YearOf | undefined) => years.find((y) => y.year === words.get(word)) ?? usual
  const [opening, closing] = [one('opening', years[0]), one('closing', years.at(-1))]
  const term: Term | undefined =
    place !== undefined && opening && closing ? { place, years, opening, closing } : undefined
  const choose = (name: string, to: string): void =>
    setWords((before) => {
      const after = new URLSearchParams(before)
      after.set(name, to)
      if (name === 'place') for (const other of ['opening', 'closing', 'from', 'to']) after.delete(other)
      return after
    })
  return { asked, places: [...places.keys()], term, words, choose }
}

export function Choice(p: {
  readonly term: Term
  readonly places: readonly string[]
  readonly choose: (name: string, to: string) => void
}) {
  const id = useId()
  const { t } = useLanguage()
  return (
    <div className="search-form tools">
      <span className="inline-label">
        <label htmlFor={`${id}place`}>{t({ zh: '地区', en: 'Place' })}</label>{' '}
        <select
          id={`${id}place`}
          className="native"
          value={p.term.place}
          onChange={(e) => p.choose('place', e.target.value)}
        >
          {p.places.map((code) => (
            <Place key={code} code={code} />
          ))}
        </select>
      </span>
      <Year name="opening" label={{ zh: '期初', en: 'Opening' }} term={p.term} choose={p.choose} />
      <Year name="closing" label={{ zh: '期末', en: 'Closing' }} term={p.term} choose={p.choose} />
    </div>
  )
}

function Place({ code }: { readonly code: string }) {
  const name = useNameOf('region', code)
  return (
    <option value={code}>
      {name ?? ''} {code}
    </option>
  )
}

function Year(p: {
  readonly name: 'opening' | 'closing'
  readonly label: Text
  readonly term: Term
  readonly choose: (name: string, to: string) => void
}) {
  const { t } = useLanguage()
  return (
    <label className="inline-label">
      {t(p.label)}{' '}
      <select className="native" value={p.term[p.name].year} onChange={(e) => p.choose(p.name, e.target.value)}>
        {p.term.years.map((y) => (
          <option key={y.year} value={y.year}>
            {y.year} · {t(statusWords(y.status))}
          </option>
        ))}
      </select>
    </label>
  )
}
