// The SEEA EA tables as blocks of a report, each cell with its passport code. Money on constant prices only; the workbook
// holds both statements. A row is scaled as a whole (万, 亿), never cell by cell.

import { convert, unit, type Lang, type Text } from '../../kernel/index.ts'
import { indexFigures } from './figure-key.ts'
import type { Account, Figure } from './model.ts'
import { displayUnit, displayUnitLabel, quantityCellText, type TableBlock } from './report/index.ts'
import { seeaTables } from './seea/index.ts'

export function seeaBlocks(account: Account, lang: Lang, classTitle: (code: string) => Text): readonly TableBlock[] {
  const index = indexFigures(account)
  return seeaTables(account, { classTitle })
    .filter((t) => t.rows.length > 0 && t.basis !== 'current')
    .map((t): TableBlock => {
      const rows = t.rows.map((r) => {
        const figures = r.cells.map((key): Figure | undefined => (key === undefined ? undefined : index.find(key)))
        const base = figures.find((f) => f !== undefined)?.quantity.unit ?? unit('1')
        const values = figures.flatMap((f) => (f ? [convert(f.quantity, base).value] : []))
        const scale = displayUnit(base.text, values)
        return {
          cells: [
            { text: r.head[lang] },
            { text: displayUnitLabel(scale, lang) },
            ...figures.map((f) => (f ? { text: quantityCellText(f.quantity, scale), code: f.code } : { text: '—' })),
          ],
        }
      })
      return {
        kind: 'table',
        caption: t.title[lang],
        columns: [
          { title: lang === 'zh' ? '项目' : 'Item', align: 'left', width: 3 },
          { title: lang === 'zh' ? '单位' : 'Unit', align: 'center', width: 1 },
          ...t.columns.map((c) => ({ title: c[lang], align: 'right', width: 2 }) as const),
        ],
        rows,
        codes: 'below',
        rowHeads: 1,
        ...(t.notes.length > 0 ? { note: t.notes.map((n) => n[lang]).join(lang === 'zh' ? '；' : '; ') } : {}),
      }
    })
}
