// Saving a table as a workbook or as CSV: the server writes it, with the same search and columns, all pages of it.

import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'
import { save } from '../save.ts'
import type { Column } from './rows.ts'
import { questionOf, usePosted, type Asking } from './use-rows.ts'

export function ExportButtons(p: {
  readonly query: string
  readonly asking: Asking
  readonly columns: readonly Column[]
}) {
  const { lang } = useLanguage()
  const { askFile } = useSession()
  const { posted } = usePosted(p.query)
  const fetching = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const { limit, offset, ...asking } = p.asking
      const file = { columns: p.columns.map((c) => c.name), format, lang }
      const { path, options } = questionOf(p.query, asking, posted, file)
      save(await askFile(path, options), `${p.query}.${format}`)
    },
  })
  return (
    <>
      <Button onClick={() => fetching.mutate('xlsx')} loading={fetching.isPending}>
        Excel
      </Button>
      <Button onClick={() => fetching.mutate('csv')}>CSV</Button>
      {fetching.isError && <Problems problems={saidOf(fetching.error)} />}
    </>
  )
}
