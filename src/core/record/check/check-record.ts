// `qingshan db check`: whether the database says what its acts say. Serves "one byte changed anywhere in history is found and
// named". Reads everything once, in one unchanging view, a page at a time; writes nothing.
// Always holds: a cell that an act decided and that was changed by any other way is told by table, row and column.

import type { Problem, Text } from '../../../kernel/index.ts'
import { sql, type Store, type Table } from '../../store/index.ts'
import type { Registry } from '../registry.ts'
import { actTable, draftTable, jobTable, logHeadTable, logLeafTable, subjectTable } from '../schema.ts'
import { checkActs } from './acts.ts'
import type { Checking, CheckProgress } from './checking.ts'
import { journalAgrees, type JournalToCheck } from './journal.ts'
import { checkLedger } from './ledger.ts'
import { checkPersonal } from './personal.ts'
import { rowFold } from './row-fold.ts'
import { checkRows } from './rows.ts'
import { decided } from './rows-of-act.ts'
import { fixTexts } from './text-rows.ts'

export interface CheckOptions {
  /** Told each finding as soon as it is made. */
  readonly tell: (problem: Problem) => void
  readonly progress?: (at: CheckProgress) => void
  readonly journal?: JournalToCheck
  /** Tables of domains that are written beside the acts, each with why: sessions, what a file brought. */
  readonly beside?: readonly { readonly tables: readonly Table[]; readonly why: Text }[]
  /** What files brought: their personal values are no act's, and are looked at by whoever checks the files' rows. */
  readonly brought?: ReadonlySet<string>
}

export interface CheckReport {
  readonly acts: number
  /** Rows compared with what acts wrote, by table. */
  readonly rows: ReadonlyMap<string, number>
  readonly personal: { readonly kept: number; readonly erased: number }
  /** What was not compared, and why. */
  readonly leftOut: readonly { readonly table: string; readonly why: Text }[]
  readonly problems: number
}

const OWN_BESIDE: readonly { readonly tables: readonly Table[]; readonly why: Text }[] = [
  { tables: [draftTable], why: { zh: '草稿不是行为', en: 'drafts are no acts' } },
  { tables: [jobTable], why: { zh: '任务的进度在行为之外', en: 'jobs move on beside the acts' } },
  { tables: [subjectTable], why: { zh: '只作加锁之用', en: 'only there to be locked' } },
]
const JOURNAL: Text = {
  zh: '操作日志文件的条数，只有与日志文件一起才能核对',
  en: 'entries of the journal, compared only where the journal is at hand',
}
const UNDECLARED: Text = { zh: '没有业务声明它', en: 'no domain declares it' }
/** Checked by what they are, not as rows that acts wrote. */
const OF_THE_LOG = [actTable.name, logHeadTable.name, logLeafTable.name]

export async function checkRecord(store: Store, registry: Registry, options: CheckOptions): Promise<CheckReport> {
  const beside = [...OWN_BESIDE, ...(options.beside ?? [])].flatMap(({ tables, why }) =>
    tables.map((t) => ({ table: t.name, why })),
  )
  const names = new Set(beside.map((b) => b.table))
  let problems = 0
  const work: Checking = {
    registry,
    tables: new Map(registry.tables.map((t) => [t.name, t])),
    beside: names,
    brought: options.brought ?? new Set(),
    fold: rowFold(),
    erased: new Set(),
    tell: (p) => {
      problems++
      options.tell(p)
    },
    progress: (at) => options.progress?.(at),
  }
  const compared = registry.tables.filter((t) => !OF_THE_LOG.includes(t.name) && !names.has(t.name)).map(decided)
  return store.transaction(
    async (tx) => {
      await fixTexts(tx)
      const { acts } = await checkActs(tx, work)
      const rows = await checkRows(tx, work, compared)
      const personal = await checkPersonal(tx, work)
      await checkLedger(tx, work)
      if (options.journal) await journalAgrees(tx, work, options.journal)
      const all = await tx.query<{ t: string }>(
        sql`select table_name::text as t from information_schema.tables
            where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1`,
      )
      const leftOut = [
        ...beside,
        ...(options.journal ? [] : [{ table: 'log_head.journal', why: JOURNAL }]),
        ...all
          .filter(({ t }) => !work.tables.has(t) && !names.has(t))
          .map(({ t }) => ({ table: t, why: t === 'migration' ? MIGRATIONS : UNDECLARED })),
      ]
      return { acts, rows, personal, leftOut, problems }
    },
    { snapshot: true },
  )
}
const MIGRATIONS: Text = { zh: '升级记录，启动时核对', en: 'the list of migrations, checked at every start' }
