// One row in a drawer at the right: every field of it, its three threads, and what may be done with it.

import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { CellShown } from './cell.tsx'
import { Pairs } from './pairs.tsx'
import { threadsOf, type ChoiceTitles, type Column, type Row } from './rows.ts'
import { ThreadLinks } from './threads-links.tsx'

export function RowDrawer(p: {
  readonly query: string
  readonly title: Text
  readonly row: Row
  readonly columns: readonly Column[]
  readonly choices: ChoiceTitles
  readonly close: () => void
  readonly actions?: ReactNode
}) {
  const { t } = useLanguage()
  return (
    <Drawer open title={t(p.title)} onClose={p.close} size={480}>
      <ThreadLinks {...threadsOf(p.query, p.row)} />
      <Pairs
        pairs={p.columns
          .filter((c) => p.row[c.name] !== undefined)
          .map(
            (c) => [c.title, <CellShown key={c.name} value={p.row[c.name]} column={c} choices={p.choices} />] as const,
          )}
      />
      {p.actions && <p className="buttons">{p.actions}</p>}
    </Drawer>
  )
}
