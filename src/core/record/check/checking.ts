// What the parts of the check share, and how a value is shown in a finding.

import type { Problem } from '../../../kernel/index.ts'
import type { Cells, Table } from '../../store/index.ts'
import type { Registry } from '../registry.ts'
import type { RowFold } from './row-fold.ts'

export interface CheckProgress {
  readonly stage: 'acts' | 'rows' | 'personal' | 'ledger' | 'journal'
  readonly table?: string
  readonly done: number
  readonly of: number
}

export interface Checking {
  readonly registry: Registry
  readonly tables: ReadonlyMap<string, Table>
  /** Names of tables that no act writes. */
  readonly beside: ReadonlySet<string>
  /** Ids that personal values of files stand under instead of an act's. */
  readonly brought: ReadonlySet<string>
  readonly fold: RowFold
  /** Commitments that acts erased. */
  readonly erased: Set<string>
  readonly tell: (problem: Problem) => void
  readonly progress: (at: CheckProgress) => void
}

const MOST_SHOWN = 160

/** A cell in a finding: short, and what is empty is seen to be. */
export const shown = (cell: string | null | undefined): string =>
  cell === null || cell === undefined
    ? '（空 / null）'
    : cell.length > MOST_SHOWN
      ? `${cell.slice(0, MOST_SHOWN)}…`
      : cell

/** `id=019e…, version=3` */
export const keyShown = (t: Table, cells: Cells): string => t.key.map((k) => `${k}=${shown(cells[k])}`).join(', ')
