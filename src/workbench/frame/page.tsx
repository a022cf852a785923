// One page: a heading, a sentence on what it is for, buttons at the upper right, the content. Opening a page moves the
// focus to its heading, so that who cannot see the screen hears where they are.

import { useEffect, useRef, type ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage, useTitle } from '../language.tsx'

let opened = 0

export interface PageProps {
  readonly title: Text
  readonly about?: Text | undefined
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, about, actions, children }: PageProps) {
  const { t } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(t(title))
  useEffect(() => {
    // The first page keeps the focus where the browser puts it: at the top, before the skip link.
    if (opened++ > 0) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <article className="page">
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {t(title)}
        </h1>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {about && <p className="about">{t(about)}</p>}
      {children}
    </article>
  )
}

/** A part of a page under a heading of its own. */
export function Part({ title, actions, children }: Omit<PageProps, 'about'>) {
  const { t } = useLanguage()
  return (
    <section className="part">
      <div className="page-head">
        <h2>{t(title)}</h2>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
