// Something one may do on a page, shut until it is wanted; opened, its form is drawn.

import { useState, type ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'

export function Folded({
  title,
  begin = false,
  children,
}: {
  readonly title: Text
  readonly begin?: boolean
  /** @param shut closes it when it is done */
  readonly children: (shut: () => void) => ReactNode
}) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(begin)
  return (
    <details className="folded" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t(title)}</summary>
      {open && children(() => setOpen(false))}
    </details>
  )
}
