// The door of the backup archive.

export type { ArchivePart } from './archive-order.ts'
export type { ArchiveHeader, ArchiveMeta, ArchiveSummary } from './format.ts'
export { checkArchive, readArchive, readArchiveHeader } from './read-archive.ts'
export { type ArchiveFilesTarget, type ArchiveTarget, restoreArchive } from './restore-archive.ts'
export { hashTables, type TableHash } from './table-text.ts'
export { type ArchiveFiles, type ArchiveProgress, type ArchiveSource, writeArchive } from './write-archive.ts'
