// The one way for rows to come in, as one act with the hash of its file, and the one way out.

export {
  actName,
  commandName,
  importOf,
  type AnyImport,
  type BroughtRow,
  type Fault,
  type Given,
  type Import,
  type ImportRow,
  type StagedTable,
  type Wish,
} from './model.ts'
export {
  broughtBatches,
  broughtInForce,
  broughtReads,
  findBrought,
  inForce,
  stagedTable,
  type Staged,
} from './staged.ts'
export { getImport, importsBeside, importsDomain } from './domain.ts'
export { importBatchTable, importsMigrations, type ImportBatchRow } from './schema.ts'
export { dropStage, previewImport, restageImports, stageImport, type ImportWorld, type Preview } from './run-import.ts'
export type { ImportProgress } from './read-import.ts'
export { FIRST_TOLD, type Finding } from './findings.ts'
export { broughtBatchIds, checkImports, importedFiles, type ImportsChecked } from './check-imports.ts'
export { HOUSE_KEY_BYTES, keyedHash } from './personal.ts'
export { exportRows, XLSX_TYPE, type ExportColumn, type ExportedFile, type ExportFormat } from './export-rows.ts'
