// The language of the screens, Chinese first: texts stand as {zh, en} where they are used, and `t` picks one. The choice
// is kept on this computer, and the document says which language it speaks.

import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Lang, Text } from '../kernel/index.ts'
import { kept, keep } from './kept.ts'

interface Language {
  readonly lang: Lang
  readonly change: (lang: Lang) => void
  readonly t: (text: Text) => string
}

const Context = createContext<Language>({ lang: 'zh', change: () => {}, t: (text) => text.zh })

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(() => (kept('language') === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  }, [lang])
  const language = useMemo<Language>(
    () => ({
      lang,
      change: (to) => {
        keep('language', to)
        setLang(to)
      },
      t: (text) => text[lang] || text.zh,
    }),
    [lang],
  )
  return <Context value={language}>{children}</Context>
}

export const useLanguage = (): Language => useContext(Context)

/** The page's title, as the window and the history of the browser show it. */
export function useTitle(title: string): void {
  const { t } = useLanguage()
  const house = t({ zh: '青山', en: 'Qingshan' })
  useEffect(() => {
    document.title = title ? `${title} · ${house}` : house
  }, [title, house])
}
