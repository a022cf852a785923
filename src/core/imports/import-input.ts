// What the act of an import holds: hash of the file, mapping, counts, digest of the rows, reasons for what was yellow.

import { field, form, type Fields, type Form, type JsonObject } from '../../kernel/index.ts'
import type { Wish } from './model.ts'
import type { Reading } from './read-import.ts'

const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const parts = {
  file: field.fileHash({ title: { zh: '文件', en: 'file' }, example: HASH }),
  fileName: field.text({
    title: { zh: '文件名', en: 'name of the file' },
    hint: { zh: '文件名里不要写个人信息', en: 'no personal data in the name' },
    example: '农户.xlsx',
  }),
  place: field.region({ title: { zh: '行政区', en: 'place' }, example: '430725' }),
  sheet: field.optional(field.text({ title: { zh: '工作表', en: 'sheet' }, example: 'Sheet1' })),
  mapping: field.list(
    field.group(
      {
        column: field.text({ title: { zh: '列', en: 'column' }, example: 'name' }),
        heading: field.text({ title: { zh: '文件里的列名', en: 'heading in the file' }, example: '户主姓名' }),
      },
      { title: { zh: '一列', en: 'one column' } },
    ),
    { title: { zh: '列的对应', en: 'mapping of columns' }, min: 1 },
  ),
  lines: field.integer({ title: { zh: '行数', en: 'rows' }, min: 1, example: 120 }),
  leftOut: field.integer({ title: { zh: '未导入的行', en: 'rows left out' }, min: 0, example: 1 }),
  digest: field.fileHash({ title: { zh: '数据校验值', en: 'digest of the rows' }, example: HASH }),
  reasons: field.optional(
    field.list(
      field.group(
        {
          code: field.text({ title: { zh: '提示', en: 'finding' }, example: 'imports.columns-left-out' }),
          reason: field.text({ title: { zh: '理由', en: 'reason' }, example: '这几列是内部备注' }),
        },
        { title: { zh: '一条说明', en: 'one reason' } },
      ),
      { title: { zh: '对提示的说明', en: 'reasons for findings' } },
    ),
  ),
} as const

/** @param options of the import */
export const importForm = (options: Form) =>
  form({
    ...parts,
    options: field.group(options.fields as Fields, { title: { zh: '选项', en: 'options' } }),
  })

export type ImportInput = JsonObject

export const inputOf = (reading: Reading, wish: Wish, sheet: string | undefined): ImportInput => ({
  file: wish.file,
  fileName: wish.fileName,
  place: wish.place,
  ...(sheet === undefined ? {} : { sheet }),
  mapping: Object.entries(reading.mapping).map(([column, heading]) => ({ column, heading })),
  options: reading.options,
  lines: reading.counts.lines,
  leftOut: reading.counts.leftOut,
  digest: reading.digest,
})
