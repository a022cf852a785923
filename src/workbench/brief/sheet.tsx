// One of the four pages: a heading with its number, then what stands on it.

import type { ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'

export function Sheet(p: { readonly n: number; readonly title: Text; readonly children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <section className="brief-sheet">
      <h2>
        {t(p.title)} <span className="brief-n">{p.n} / 4</span>
      </h2>
      {p.children}
    </section>
  )
}

/** So many characters of what people wrote fit on a page; the rest is read in the system. */
export const short = (said: string, most: number): string =>
  [...said].length > most ? `${[...said].slice(0, most).join('')}…` : said
