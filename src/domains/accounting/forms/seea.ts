// The tables of SEEA EA as sheets of the workbook.

import { text } from '../../../kernel/index.ts'
import { seeaTables, type SeeaTable } from '../seea/index.ts'
import {
  figureCell,
  form,
  MONEY,
  NUMBER,
  totalCell,
  words,
  type Form,
  type FormColumn,
  type FormContext,
  type FormRow,
} from './layout.ts'

const NAMES: Readonly<Record<SeeaTable['id'], string>> = {
  extent: 'SEEA 范围',
  'supply-physical': 'SEEA 供给 实物',
  'supply-monetary': 'SEEA 供给 价值',
  'use-physical': 'SEEA 使用 实物',
  'use-monetary': 'SEEA 使用 价值',
}
const NAMES_EN: Readonly<Record<SeeaTable['id'], string>> = {
  extent: 'SEEA extent',
  'supply-physical': 'SEEA supply physical',
  'supply-monetary': 'SEEA supply money',
  'use-physical': 'SEEA use physical',
  'use-monetary': 'SEEA use money',
}

export function seeaForms(ctx: FormContext): readonly Form[] {
  return seeaTables(ctx.account, { classTitle: ctx.classTitle }).map((t) => {
    const basis =
      t.basis === undefined
        ? text('', '')
        : t.basis === 'constant'
          ? text(' 不变价', ' constant')
          : text(' 现价', ' current')
    const format = t.basis === undefined ? NUMBER : MONEY
    const rows = t.rows.map((r, i): FormRow => {
      const figures = r.cells.map((key) => (key === undefined ? undefined : ctx.figures.get(key)))
      const parts = figures.slice(0, -1)
      const first = 2
      return [
        words(r.head[ctx.lang]),
        words(r.unit),
        ...parts.map((f) => figureCell(f, format)),
        totalCell(figures.at(-1), parts, (at) => `SUM(${at(i, first)}:${at(i, first + parts.length - 1)})`, format),
      ]
    })
    return form(
      {
        id: 'SEEA',
        name: text(`${NAMES[t.id]}${basis.zh}`, `${NAMES_EN[t.id]}${basis.en}`),
        title: t.title,
        columns: [
          { title: text('项目', 'Entry'), width: 30 },
          { title: text('单位', 'Unit'), width: 10 },
          ...t.columns.map((title): FormColumn => ({ title, coded: true, width: 18 })),
        ],
        rows,
        notes: t.notes,
        source: text('本核算包计算', 'computed in this account package'),
      },
      ctx,
    )
  })
}
