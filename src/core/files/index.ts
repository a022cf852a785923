// Documents: their content by hash, and the acts that say what they belong to and who may see them.

export {
  FILE_LIMIT_BYTES,
  openFileStore,
  type FilesReport,
  type FileStore,
  type Look,
  type StoredFile,
} from './file-store.ts'
export { FILE_TYPES, fileType, HEAD_BYTES, type FileType } from './file-type.ts'
export { filesProblem } from './problems.ts'
export { openS3FileStore } from './s3-file-store.ts'
export type { S3Keys, S3Settings } from './s3-exchange.ts'
export { takeIn, type LookThrough, type TakenIn } from './take-in.ts'
export { pdfFacts, type PdfFacts } from './pdf-look.ts'
export type { PhotoFacts } from './photo.ts'
export { eraseDisposed, findDisposed } from './disposal.ts'
export { filesDomain, type FindFile } from './domain.ts'
export { documentTable, filesMigrations, recordedHashes, type DocumentRow } from './schema.ts'
