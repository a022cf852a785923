// The screen before the workbench, and a labelled line of its forms: signing in and changing a password look and read alike.

import { Input, type InputProps } from 'antd'
import type { ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { LanguageButton } from '../frame/frame.tsx'
import { useLanguage, useTitle } from '../language.tsx'

export function Door({ title, children }: { readonly title: Text; readonly children: ReactNode }) {
  const { t } = useLanguage()
  useTitle(t(title))
  return (
    <main className="door">
      <div className="door-card">
        <div className="page-head">
          <p className="brand">
            青山 <span lang="en">Qingshan</span>
          </p>
          <LanguageButton />
        </div>
        <h1>{t(title)}</h1>
        {children}
      </div>
    </main>
  )
}

interface LineProps extends Omit<InputProps, 'id' | 'onChange'> {
  readonly id: string
  readonly label: Text
  readonly value: string
  readonly set: (value: string) => void
}

export function Line({ id, label, set, ...input }: LineProps) {
  const { t } = useLanguage()
  return (
    <>
      <label htmlFor={id}>{t(label)}</label>
      <Input id={id} {...input} onChange={(e) => set(e.target.value)} />
    </>
  )
}
