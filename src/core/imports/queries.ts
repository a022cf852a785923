// What came in: which files, how they were read, who answers for it.

import { field, form, text, type Json } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../record/index.ts'
import { sql } from '../store/index.ts'

const EXAMPLE = '0198c3a4-0000-7000-8000-000000000001'
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const words = (zh: string, en: string, example: string) => field.text({ title: text(zh, en), example })

const importName = field.code({
  title: text('导入', 'Import'),
  pattern: /^[a-z][A-Za-z0-9]{0,60}$/,
  expects: text('导入的名称，例如 households', 'the name of an import such as households'),
  example: 'households',
})

export const importBatches: AnyQuery = query({
  name: 'importBatches',
  title: text('导入批次', 'Imports'),
  groups: ['imports'],
  input: form({
    import: field.optional(importName),
    file: field.optional(field.fileHash({ title: text('文件', 'File'), example: HASH })),
  }),
  row: form({
    batch: field.id({ title: text('批次', 'Batch'), example: EXAMPLE }),
    import: importName,
    place: field.region({ title: text('行政区', 'Region'), example: '430725' }),
    file: field.fileHash({ title: text('文件', 'File'), example: HASH }),
    fileName: words('文件名', 'Name of the file', '农户.xlsx'),
    sheet: field.optional(words('工作表', 'Sheet', 'Sheet1')),
    lines: field.integer({ title: text('行数', 'Rows'), example: 120 }),
    leftOut: field.integer({ title: text('未导入的行', 'Rows left out'), example: 0 }),
    digest: field.fileHash({ title: text('数据校验值', 'Digest'), example: HASH }),
    inForce: field.flag({ title: text('有效', 'In force'), example: true }),
    act: field.actId({ title: text('行为', 'Act'), example: '019e2f6a-7c00-7000-8000-000000000001' }),
    recorded: field.instant({ title: text('导入时间', 'Recorded'), example: '2026-01-31T08:00:00.000Z' }),
  }),
  run: async (reader, i, scope) => {
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select b.id::text as batch, b.import, b.place, b.file, b.file_name as "fileName", b.sheet, b.lines,
            b.left_out as "leftOut", b.digest, b.in_force as "inForce", b.act::text as act, a.recorded_at as recorded
          from import_batch b join act a on a.id = b.act
          where ${scope.within(sql`b.place`)} and (${i.import ?? null}::text is null or b.import = ${i.import ?? null}::text)
            and (${i.file ?? null}::text is null or b.file = ${i.file ?? null}::text)
          order by a.recorded_at desc, b.id limit 1000`,
    )
    return rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))
  },
})
