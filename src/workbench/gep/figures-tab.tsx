// All figures of an account as a table: search, choice of columns, order, export; a row opens the figure's reason.

import { Button } from 'antd'
import { useLanguage } from '../language.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf } from '../table/rows.ts'
import { useWord } from './ask.ts'

export function FiguresTab({ id }: { readonly id: string }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  return (
    <QueryTable
      query="accountFigures"
      title={{ zh: '全部数字', en: 'All figures' }}
      input={{ account: id }}
      hidden={['key', lang === 'zh' ? 'titleEn' : 'titleZh', 'measure', 'item']}
      actions={(row) => (
        <Button type="primary" onClick={() => open(textOf(row, 'code'))}>
          {t({ zh: '为什么 / 凭证 / 历史', en: 'Why / proof / history' })}
        </Button>
      )}
    />
  )
}
