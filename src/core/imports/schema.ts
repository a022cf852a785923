// Tables of what came in from files. A batch is written by its act; the stage is what was read and counted before the act and
// can be made again from the file; a mapping is what an office chose last.

import { text } from '../../kernel/index.ts'
import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const importBatchTable = table({
  name: 'import_batch',
  key: ['id'],
  columns: {
    /** Of the file, mapping, options and place: the same for the same. */
    id: 'uuid',
    /** Name of the import. */
    import: 'text',
    version: 'int4',
    place: 'text',
    /** SHA-256. */
    file: 'text',
    file_name: 'text',
    sheet: optional('text'),
    /** Heading by column. */
    mapping: 'jsonb',
    options: 'jsonb',
    /** Lines taken. */
    lines: 'int4',
    /** Lines of totals and notes, which were not. */
    left_out: 'int4',
    /** SHA-256 over all rows brought. */
    digest: 'text',
    /** Reason by code of what was yellow. */
    reasons: 'jsonb',
    in_force: 'bool',
    act: 'uuid',
  },
})
export type ImportBatchRow = RowOf<typeof importBatchTable>

export const importMappingTable = table({
  name: 'import_mapping',
  key: ['import', 'place'],
  columns: { import: 'text', place: 'text', mapping: 'jsonb' },
})

export const importStageTable = table({
  name: 'import_stage',
  key: ['batch'],
  columns: {
    batch: 'uuid',
    complete: 'bool',
    lines: 'int4',
    left_out: 'int4',
    digest: 'text',
    /** Codes of problems that want a reason. */
    yellow: 'jsonb',
  },
})

export const importTables = [importBatchTable, importMappingTable] as const

export const STAGED_WHY = text(
  '由文件导入，行为只引用文件和校验值',
  'brought by files, which acts cite by hash and digest',
)

export const importsMigrations: readonly Migration[] = [
  {
    id: 'imports-0001-batches',
    up: [
      `create table import_batch (
        id uuid primary key, import text not null, version int4 not null, place text not null,
        file text not null check (file ~ '^[0-9a-f]{64}$'), file_name text not null, sheet text, mapping jsonb not null,
        options jsonb not null, lines int4 not null check (lines > 0), left_out int4 not null check (left_out >= 0),
        digest text not null check (digest ~ '^[0-9a-f]{64}$'), reasons jsonb not null, in_force boolean not null,
        act uuid not null)`,
      `create index import_batch_place on import_batch (place)`,
      `create table import_mapping (import text not null, place text not null, mapping jsonb not null, primary key (import, place))`,
      `create table import_stage (
        batch uuid primary key, complete boolean not null, lines int4 not null, left_out int4 not null, digest text not null,
        yellow jsonb not null)`,
    ],
    check: `select to_regclass('import_batch') is not null and to_regclass('import_stage') is not null`,
  },
]
