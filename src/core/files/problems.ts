// What can go wrong with stored documents, and what the office does next.

import { defineProblems } from '../../kernel/index.ts'

export const filesProblem = defineProblems({
  'files.empty': {
    severity: 'red',
    zh: '文件是空的。',
    en: 'The file is empty.',
    hint: { zh: '请核对选中的文件后重新上传。', en: 'Check which file you chose and upload it again.' },
  },
  'files.too-large': {
    severity: 'red',
    zh: '文件超过 {limitMb} MB。',
    en: 'The file is larger than {limitMb} MB.',
    hint: { zh: '请压缩或拆分后再上传。', en: 'Make it smaller or split it, then upload again.' },
  },
  'files.write-failed': {
    severity: 'red',
    zh: '文件没有存下（{reason}）。',
    en: 'The file was not stored ({reason}).',
    hint: {
      zh: '请检查数据文件夹所在磁盘的空间和权限后重新上传；没有留下不完整的文件。',
      en: 'Check room and rights on the disk of the data folder and upload again; no half-written file was left.',
    },
  },
  'files.unreadable': {
    severity: 'red',
    zh: '文件 {file} 读不出来（{reason}）。',
    en: 'File {file} cannot be read ({reason}).',
    hint: { zh: '请检查磁盘；必要时从备份恢复。', en: 'Check the disk; restore from a backup if needed.' },
  },
  'files.missing': {
    severity: 'red',
    zh: '缺少文件 {file}。',
    en: 'File {file} is missing.',
    hint: {
      zh: '请从备份恢复，或请当初上传的人重新上传原件。',
      en: 'Restore it from a backup, or upload the original again.',
    },
  },
  'files.changed': {
    severity: 'red',
    zh: '文件 {file} 的内容与其校验值不符。',
    en: 'The content of file {file} is not what its hash says.',
    hint: {
      zh: '请从备份恢复，或请当初上传的人重新上传原件。',
      en: 'Restore it from a backup, or upload the original again.',
    },
  },
  'files.stray': {
    severity: 'yellow',
    zh: '文件夹 {folder} 里有不属于本系统的“{name}”。',
    en: 'Folder {folder} holds "{name}", which is none of ours.',
    hint: { zh: '请移走它。', en: 'Move it away.' },
  },
  'files.not-stored': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的文件。',
    en: 'No file with the hash {file} was received.',
    hint: { zh: '请先上传文件，再登记。', en: 'Upload the file first, then attach it.' },
  },
})
