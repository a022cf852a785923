// The door of the act journal.

export { checkJournal, type JournalReport } from './check.ts'
export { folderDisk, type JournalDisk, type JournalFile } from './disk.ts'
export { type JournalEntry, type JournalHead, NO_ENTRY, type Personal } from './entry-line.ts'
export { type Journal, type JournalOptions, openJournal, type PutLine } from './journal.ts'
