// The check of the record against itself: `qingshan db check`.

export { checkRecord, type CheckOptions, type CheckReport } from './check-record.ts'
export type { CheckProgress } from './checking.ts'
export type { JournalToCheck } from './journal.ts'
