// The SEEA EA tables as blocks of a report, each cell with its passport code.

import type { Lang } from '../../kernel/index.ts'
import { indexFigures } from './figure-key.ts'
import type { Account } from './model.ts'
import { shownText, type TableBlock } from './report/index.ts'
import { seeaTables } from './seea/index.ts'

/** Money in 元 keeps two decimals; areas and quantities at most four significant groups. */
const DECIMALS = 2

export function seeaBlocks(account: Account, lang: Lang): readonly TableBlock[] {
  const index = indexFigures(account)
  return seeaTables(account)
    .filter((t) => t.rows.length > 0)
    .map((t) => ({
      kind: 'table',
      caption: t.title[lang],
      columns: [
        { title: lang === 'zh' ? '项目' : 'Item', align: 'left', width: 3 },
        { title: lang === 'zh' ? '单位' : 'Unit', align: 'center', width: 1 },
        ...t.columns.map((c) => ({ title: c[lang], align: 'right', width: 2 }) as const),
      ],
      rows: t.rows.map((r) => ({
        cells: [
          { text: r.head[lang] },
          { text: r.unit },
          ...r.cells.map((key) => {
            const f = key === undefined ? undefined : index.find(key)
            return f ? { text: shownText(f.quantity.value, DECIMALS), code: f.code } : { text: '—' }
          }),
        ],
      })),
      codes: 'below',
      rowHeads: 1,
      ...(t.notes.length > 0 ? { note: t.notes.map((n) => n[lang]).join(lang === 'zh' ? '；' : '; ') } : {}),
    }))
}
