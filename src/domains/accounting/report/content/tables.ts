// Building wide tables so that no sheet of paper clips them: more columns than fit are set in several tables,
// each repeating the columns that name the row, and wide tables stand on landscape pages.

import type { Block, Column, Cell, Row, TableBlock } from '../document.ts'
import type { Page } from './page.ts'

export interface WideColumn {
  readonly column: Column
  readonly cell: (row: number) => Cell
}

export interface WideTable {
  readonly caption: string
  /** Columns that name the row, repeated in every part. */
  readonly heads: readonly WideColumn[]
  readonly columns: readonly WideColumn[]
  /** Columns kept together at the end of the last part, such as a total. */
  readonly tail?: readonly WideColumn[]
  readonly rows: readonly Pick<Row, 'kind' | 'depth'>[]
  readonly most: number
  readonly note?: string
}

/** One table, or several of at most `most` columns beside the naming ones. */
export function wideTable(page: Page, wide: WideTable): readonly TableBlock[] {
  const all = [...wide.columns, ...(wide.tail ?? [])]
  const parts = Math.max(1, Math.ceil(all.length / wide.most))
  const size = Math.ceil(all.length / parts)
  return Array.from({ length: parts }, (_, k): TableBlock => {
    const columns = [...wide.heads, ...all.slice(k * size, (k + 1) * size)]
    const part = parts === 1 ? '' : page.say(`（${k + 1}/${parts}）`, ` (${k + 1} of ${parts})`)
    return {
      kind: 'table',
      caption: wide.caption + part,
      codes: 'below',
      rowHeads: wide.heads.length,
      columns: columns.map((c) => c.column),
      rows: wide.rows.map((r, i) => ({ ...r, cells: columns.map((c) => c.cell(i)) })),
      ...(wide.note !== undefined && k === parts - 1 ? { note: wide.note } : {}),
    }
  })
}

export const landscape = (blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0
    ? []
    : [{ kind: 'page-break', next: 'landscape' }, ...blocks, { kind: 'page-break', next: 'portrait' }]

/** Of page breaks that follow each other only the last counts, and one at the very end is dropped. */
export function tidyBreaks(blocks: readonly Block[]): readonly Block[] {
  return blocks.filter(
    (b, i) => b.kind !== 'page-break' || (i + 1 < blocks.length && blocks[i + 1]!.kind !== 'page-break'),
  )
}
