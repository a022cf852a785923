// What a request will do, or an act did, line by line in the language of the reader.

import { useLanguage } from '../language.tsx'

interface Told {
  readonly outcome?: readonly string[]
  readonly outcomeEn?: readonly string[]
}

export function OutcomeShown({ of }: { readonly of: Told }) {
  const { lang } = useLanguage()
  const lines = (lang === 'en' ? of.outcomeEn : undefined) ?? of.outcome ?? []
  return (
    <ul className="outcome">
      {lines.map((line, i) => (
        <li key={i}>{line}</li>
      ))}
    </ul>
  )
}
