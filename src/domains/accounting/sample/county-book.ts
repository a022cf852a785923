// A department's workbook of the sample county: its sheets beside the entries of the input list that read them, so that the
// two cannot drift apart.

import type { SheetSpec } from '../../../core/exchange-formats/index.ts'
import type { Binding } from '../input-list.ts'
import type { YearOfLand } from './county-cover.ts'
import type { Dice } from './county-dice.ts'
import { TOWNSHIPS, type Township } from './county-place.ts'
import type { Cell } from './tables.ts'

/** What every department's figures are drawn from. */
export interface CountyYear {
  readonly year: number
  /** Constant prices are of this year: 2020, and 2010 for the years before it. */
  readonly priceYear: number
  readonly dice: Dice
  readonly land: ReadonlyMap<string, YearOfLand>
}

export interface DepartmentBook {
  readonly file: string
  readonly sheets: readonly SheetSpec[]
  readonly bindings: readonly Binding[]
}

export const BY_CODE = { region: { column: '乡镇代码' } } as const
export const BY_NAME = { region: { column: '所在乡镇' } } as const
export const BY_TYPE = { class: { column: '生态系统类型' } } as const

/** One row per township, code and name first. */
export const perTownship = (cells: (t: Township) => readonly Cell[]): readonly (readonly Cell[])[] =>
  TOWNSHIPS.map((t) => [t.code, t.name, ...cells(t)])

/** Entries for one sheet. */
export const bind =
  (file: string, sheet: string) =>
  (argument: string, column: string, unit: string, more: Partial<Binding> = {}): Binding => ({
    argument,
    file,
    sheet,
    column,
    unit,
    ...more,
  })

/** An entry for one row of a sheet of the form 指标 | 数值 | 单位. */
export const rowOf = (key: string, is: string): Pick<Binding, 'where'> => ({ where: { column: key, is } })

/** A first column whose label stands once, merged over `size` rows, as people draw such tables. */
export function mergedLabels(sheet: SheetSpec, size: number): SheetSpec {
  const head = sheet.frozenRows ?? 0
  return {
    ...sheet,
    rows: sheet.rows.map((row, i) => {
      const [label, ...rest] = row
      return i >= head && label && rest.length > 0 && label.span === undefined && (i - head) % size === 0
        ? [{ ...label, span: { rows: size } }, ...rest]
        : row
    }),
  }
}
