// What can be wrong with a backup and with the place it is restored to, and what the office does next.

import { defineProblems } from '../../../kernel/index.ts'

const otherCopy = {
  zh: '请换用另一份备份，或从原处重新拷贝这一份后再试；没有向数据库写入任何内容。',
  en: 'Use another backup, or copy this one again from where it came; nothing was written to the database.',
}
const tellMaintainers = {
  zh: '没有向数据库写入任何内容；请把这条信息告诉维护者。',
  en: 'Nothing was written to the database; tell the maintainers this message.',
}

export const problem = defineProblems({
  'archive.unreadable': {
    severity: 'red',
    zh: '备份文件读不出来（{reason}）。',
    en: 'The backup cannot be read ({reason}).',
    hint: { zh: '请检查文件名、权限和磁盘。', en: 'Check the name of the file, the permissions and the disk.' },
  },
  'archive.not-a-backup': {
    severity: 'red',
    zh: '这个文件不是青山的备份。',
    en: 'This file is not a Qingshan backup.',
    hint: { zh: '请选择 qingshan db backup 生成的文件。', en: 'Choose a file that qingshan db backup wrote.' },
  },
  'archive.newer': {
    severity: 'red',
    zh: '备份格式为第 {version} 版，本程序只认识到第 {known} 版。',
    en: 'The backup has format version {version}; this program knows up to {known}.',
    hint: {
      zh: '请用写出这份备份的版本或更新的版本恢复。',
      en: 'Restore with the version that wrote it, or a newer one.',
    },
  },
  'archive.cut': {
    severity: 'red',
    zh: '备份不完整：到{whereZh}为止，后面缺失。',
    en: 'The backup is incomplete: it ends at {whereEn}.',
    hint: otherCopy,
  },
  'archive.damaged': {
    severity: 'red',
    zh: '备份已损坏：{whereZh}与校验值不符。',
    en: 'The backup is damaged: {whereEn} does not agree with its check sum.',
    hint: otherCopy,
  },
  'archive.packing-damaged': {
    severity: 'red',
    zh: '备份文件的压缩外壳有字节被改动（内容本身读出来是完整的）。',
    en: 'A byte of the packing of the backup was changed (what it holds reads whole).',
    hint: otherCopy,
  },
  'archive.exists': {
    severity: 'red',
    zh: '“{name}”已经存在，备份不会覆盖它。',
    en: '"{name}" exists already; a backup does not overwrite it.',
    hint: { zh: '请换一个文件名。', en: 'Give another name.' },
  },
  'archive.write-failed': {
    severity: 'red',
    zh: '备份写不下去（{reason}），没有留下不完整的文件。',
    en: 'The backup could not be written ({reason}); no half-written file was left.',
    hint: {
      zh: '请检查目标磁盘的空间和权限后重新备份。',
      en: 'Check room and rights on the target disk and back up again.',
    },
  },
  'archive.document-damaged': {
    severity: 'yellow',
    zh: '附件 {file} 在备份之前就已损坏，不会被恢复。',
    en: 'Document {file} was damaged before the backup was made and will not be restored.',
    hint: {
      zh: '请从更早的备份或原件找回这个附件。',
      en: 'Recover this document from an earlier backup or from its original.',
    },
  },
  'archive.tables-differ': {
    severity: 'red',
    zh: '数据库的表与本程序的声明不一致（{difference}），备份会漏掉内容，因此没有开始。',
    en: 'The tables of the database are not those this program declares ({difference}); the backup would miss something and was not begun.',
    hint: {
      zh: '如果是有人在这个数据库里另建了表，请移到别的数据库；否则请告诉维护者。',
      en: 'If somebody made other tables in this database, move them to another one; otherwise tell the maintainers.',
    },
  },
  'archive.target-not-empty': {
    severity: 'red',
    zh: '要恢复到的数据库不是空的：表 {table} 里已有数据。',
    en: 'The database to restore into is not empty: table {table} holds rows.',
    hint: {
      zh: '请恢复到一个新的数据文件夹或新建的数据库；已有数据不会被覆盖。',
      en: 'Restore into a new data folder or a new database; what is there is never overwritten.',
    },
  },
  'archive.target-differs': {
    severity: 'red',
    zh: '要恢复到的数据库的结构版本（{stands}）与备份的（{wanted}）不同。',
    en: 'The schema of the database to restore into ({stands}) is not that of the backup ({wanted}).',
    hint: {
      zh: '请用不旧于备份的程序，恢复到一个新的数据文件夹或新建的数据库。',
      en: 'Use a program not older than the backup and a new data folder or a new database.',
    },
  },
  'archive.refused': {
    severity: 'red',
    zh: '数据库拒绝了备份里{whereZh}的内容（{why}），已全部撤销。',
    en: 'The database refused what the backup holds at {whereEn} ({why}); everything was undone.',
    hint: tellMaintainers,
  },
  'archive.restored-differs': {
    severity: 'red',
    zh: '恢复后核对不符：表 {table} 与备份不一致，已全部撤销。',
    en: 'The restored copy is not the backup: table {table} differs; everything was undone.',
    hint: tellMaintainers,
  },
})
