// Names and values in two columns: a receipt, one row of a table, the head of an act.

import type { ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'

export type Pair = readonly [name: Text, value: ReactNode]

export function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  const { t } = useLanguage()
  return (
    <dl className="pairs">
      {pairs.map(([name, value], i) => (
        <div key={i}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
