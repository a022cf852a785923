// Which columns of a table are shown, ticked in a small box that opens under its button.

import { Button, Checkbox } from 'antd'
import { useLanguage } from '../language.tsx'
import type { Column } from './rows.ts'

export function ColumnChoice(p: {
  readonly columns: readonly Column[]
  readonly shown: readonly Column[]
  readonly choose: (names: readonly string[]) => void
}) {
  const { t } = useLanguage()
  const names = p.shown.map((c) => c.name)
  return (
    <details
      className="choice"
      onKeyDown={(e) => {
        if (e.key === 'Escape') e.currentTarget.open = false
      }}
    >
      <summary className="button">{t({ zh: '选列', en: 'Columns' })}</summary>
      <div className="choice-box">
        {p.columns.map((c) => (
          <Checkbox
            key={c.name}
            checked={names.includes(c.name)}
            // The last one stays: a table has a column.
            disabled={names.length === 1 && names[0] === c.name}
            onChange={(e) => p.choose(e.target.checked ? [...names, c.name] : names.filter((name) => name !== c.name))}
          >
            {t(c.title)}
          </Checkbox>
        ))}
        <Button size="small" onClick={() => p.choose(p.columns.map((c) => c.name))}>
          {t({ zh: '全部', en: 'All' })}
        </Button>
      </div>
    </details>
  )
}
