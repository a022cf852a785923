// What can be wrong with rows that come in, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

const mendFile = { zh: '请在文件中改正后重新导入。', en: 'Correct it in the file and import it again.' }

export const importsProblem = defineProblems({
  'imports.unknown': {
    severity: 'red',
    zh: '没有名为“{name}”的导入；有：{names}。',
    en: 'There is no import "{name}"; there are: {names}.',
    hint: { zh: '请从中选择。', en: 'Choose one of them.' },
  },
  'imports.which-sheet': {
    severity: 'red',
    zh: '文件里有几个有数据的表：{sheets}。',
    en: 'The file has several sheets with data: {sheets}.',
    hint: { zh: '请写明导入哪一个。', en: 'Say which of them comes in.' },
  },
  'imports.no-sheet': {
    severity: 'red',
    zh: '没有名为“{sheet}”的表；有：{sheets}。',
    en: 'There is no sheet "{sheet}"; there are: {sheets}.',
    hint: { zh: '请核对表名。', en: 'Check its name.' },
  },
  'imports.no-rows': {
    severity: 'red',
    zh: '没有找到数据行。',
    en: 'No rows were found.',
    hint: { zh: '请检查是否拿错了文件或表。', en: 'Check whether this is the right file and sheet.' },
  },
  'imports.no-headings': {
    severity: 'red',
    zh: '没有找到列名。',
    en: 'No headings were found.',
    hint: { zh: '请让数据上面有一行列名。', en: 'Let a row of headings stand above the data.' },
  },
  'imports.maps-not-taken': {
    severity: 'red',
    zh: '“{title}”不收地图文件。',
    en: '"{titleEn}" takes no maps.',
    hint: { zh: '请用 .xlsx 或 .csv。', en: 'Use .xlsx or .csv.' },
  },
  'imports.column-missing': {
    severity: 'red',
    zh: '没有“{column}”这一列。',
    en: 'The column "{columnEn}" is missing.',
    hint: {
      zh: '请补上这一列，或指明它对应文件里的哪个列名。文件里的列名：{headings}',
      en: 'Add it, or say which heading of the file it is. Headings of the file: {headings}',
    },
  },
  'imports.heading-unknown': {
    severity: 'red',
    zh: '文件里没有列名“{heading}”。',
    en: 'The file has no heading "{heading}".',
    hint: { zh: '文件里的列名：{headings}', en: 'Headings of the file: {headings}' },
  },
  'imports.no-such-column': {
    severity: 'red',
    zh: '没有名为“{column}”的列；有：{columns}。',
    en: 'There is no column "{column}"; there are: {columns}.',
    hint: { zh: '请核对列的名称。', en: 'Check the name of the column.' },
  },
  'imports.heading-twice': {
    severity: 'red',
    zh: '列名“{heading}”出现在 {columns} 几列，不知用哪一列。',
    en: 'The heading "{heading}" stands over columns {columns}; which of them counts is not known.',
    hint: {
      zh: '请改成不同的列名，或用列号指明（例如 #C）。',
      en: 'Give them different names, or name the column by its letter (such as #C).',
    },
  },
  'imports.mapped-twice': {
    severity: 'red',
    zh: '列名“{heading}”对应了两列：{columns}。',
    en: 'The heading "{heading}" is mapped to two columns: {columns}.',
    hint: { zh: '请只对应一列。', en: 'Map it to one of them.' },
  },
  'imports.columns-left-out': {
    severity: 'yellow',
    zh: '有 {count} 列没有导入：{headings}。',
    en: '{count} columns do not come in: {headings}.',
    hint: { zh: '请确认它们不需要。', en: 'Make sure that they are not needed.' },
  },
  'imports.totals-left-out': {
    severity: 'yellow',
    zh: '有 {count} 行是合计（首个在第 {first} 行），没有导入。',
    en: '{count} rows are totals (first: row {first}) and do not come in.',
    hint: { zh: '请确认它们是合计，不是数据。', en: 'Make sure that they are totals and no data.' },
  },
  'imports.notes-left-out': {
    severity: 'yellow',
    zh: '有 {count} 行是说明（首个在第 {first} 行），没有导入。',
    en: '{count} rows are notes (first: row {first}) and do not come in.',
    hint: { zh: '请确认它们是说明，不是数据。', en: 'Make sure that they are notes and no data.' },
  },
  'imports.merged-cells': {
    severity: 'yellow',
    zh: '有 {count} 处合并单元格（首个 {first}），合并的内容按每一行都有计。',
    en: '{count} merged cells (first: {first}); each row under one takes its content.',
    hint: { zh: '请核对；最好取消合并，逐行填写。', en: 'Check them; better, unmerge them and fill every row.' },
  },
  'imports.merged-across': {
    severity: 'red',
    zh: '单元格横向合并了 {range}，分不清属于哪一列。',
    en: 'The cell is merged over {range}; which column it belongs to is not known.',
    hint: { zh: '请取消合并，每列各填各的。', en: 'Unmerge it and fill every column.' },
  },
  'imports.digits-lost': {
    severity: 'red',
    zh: '长编号被存成了数值，后几位已经丢失。',
    en: 'A long number was stored as a numeric value and has lost its last digits.',
    hint: {
      zh: '请把这一列设为“文本”格式，重新填入完整的号码。',
      en: 'Set the column to the format "Text" and enter the whole number again.',
    },
  },
  'imports.not-a-date': {
    severity: 'red',
    zh: '日期写法读不懂。',
    en: 'The date cannot be read.',
    hint: { zh: '请写成 2026-01-31 或设为日期格式。', en: 'Write 2026-01-31, or use the format for dates.' },
  },
  'imports.row-twice': {
    severity: 'red',
    zh: '{columns}与第 {line} 行重复。',
    en: '{columnsEn}: the same as in row {line}.',
    hint: mendFile,
  },
  'imports.region-unknown': {
    severity: 'red',
    zh: '没有代码为 {region} 的现行区划。',
    en: 'No region {region} is in force.',
    hint: mendFile,
  },
  'imports.region-outside': {
    severity: 'red',
    zh: '区划 {region} 不在 {place} 之内。',
    en: 'The region {region} does not lie within {place}.',
    hint: { zh: '请核对，或由上一级导入。', en: 'Check it, or let the level above import it.' },
  },
  'imports.file-missing': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的文件。',
    en: 'No file with the hash {file} was received.',
    hint: { zh: '请先上传文件。', en: 'Upload the file first.' },
  },
  'imports.done-already': {
    severity: 'red',
    zh: '这份文件（{name}）已按同样的对应关系导入过，没有重复导入。',
    en: 'This file ({name}) came in with the same mapping before; nothing was doubled.',
    hint: { zh: '要重新导入，先更正原来的导入。', en: 'To bring it in again, correct the earlier import first.' },
  },
  'imports.not-staged': {
    severity: 'red',
    zh: '文件的内容还没有读入，或读入以后有变化。',
    en: 'The content of the file was not read in, or changed since.',
    hint: { zh: '请重新预览后再提交。', en: 'Look at the preview again and submit.' },
  },
  'imports.reason-missing': {
    severity: 'red',
    zh: '提示“{code}”还没有说明理由。',
    en: 'The finding "{code}" has no reason yet.',
    hint: { zh: '请改正文件，或写明理由。', en: 'Correct the file, or give a reason.' },
  },
  'imports.rows-in-use': {
    severity: 'red',
    zh: '导入的内容中有 {count} 项以后又办过业务，不能整批撤回。',
    en: '{count} things of this import were changed by later acts; it cannot be taken back as a whole.',
    hint: { zh: '请先更正以后的业务，或逐项办理。', en: 'Correct the later acts first, or deal with each.' },
  },
  'imports.digest-differs': {
    severity: 'red',
    zh: '导入批次 {batch}（{name}）的数据与其行为所记的校验值不符。',
    en: 'The rows of import {batch} ({name}) are not those of the digest in its act.',
    hint: {
      zh: '数据被改动过：请从备份恢复，或请系统管理员按文件重新读入。',
      en: 'They were changed: restore a backup, or let the administrator read the file in again.',
    },
  },
  'imports.rows-missing': {
    severity: 'red',
    zh: '导入批次 {batch}（{name}）的数据不在库里，文件 {file} 也读不出来。',
    en: 'The rows of import {batch} ({name}) are not in the database, and its file {file} cannot be read.',
    hint: {
      zh: '请从备份恢复文件和密钥后重新打开。',
      en: 'Restore the file and the key from a backup and open it again.',
    },
  },
  'imports.personal-differs': {
    severity: 'red',
    zh: '导入批次 {batch} 有 {count} 个个人信息的值缺少或多出。',
    en: 'Import {batch}: {count} personal values are missing or extra.',
    hint: { zh: '请从备份恢复。', en: 'Restore a backup.' },
  },
})
