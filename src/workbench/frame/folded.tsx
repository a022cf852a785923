// A part that is opened when it is wanted: a small form inside a page. What is in it is drawn only then.

import { useState, type ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'

export function Folded({ title, children }: { readonly title: Text; readonly children: ReactNode }) {
  const { t } = useLanguage()
  const [open, setOpen] = useState(false)
  return (
    <details className="screen-only" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{t(title)}</summary>
      {open && children}
    </details>
  )
}
