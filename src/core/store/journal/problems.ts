// What can be wrong with the act journal and with the lock of the data folder, and what the office does next.
// Red: nothing is written and nothing is acknowledged. Yellow: it was set right, and the reader is told.

import { defineProblems } from '../../../kernel/index.ts'

const restore = {
  zh: '请不要修改任何文件。先把整个数据文件夹另存一份，再用最近的备份和备份里的日志恢复（qingshan db restore）。',
  en: 'Change no file. Copy the whole data folder first, then restore from the latest backup and its journal (qingshan db restore).',
}

export const problem = defineProblems({
  'journal.torn-line': {
    severity: 'yellow',
    zh: '操作日志的最后一行没有写完（第 {n} 条，断电或强制结束时常见）。这一条从未答复成功，不计入。',
    en: 'The last line of the act journal was not written to its end (entry {n}; usual after a power cut). It was never acknowledged and does not count.',
    hint: {
      zh: '残行会移到“{aside}”；请核对最后一笔操作，没有生效的重新办理。',
      en: 'The rest of the line is moved to "{aside}"; look at the last thing you did and do it again if it is not there.',
    },
  },
  'journal.damaged': {
    severity: 'red',
    zh: '操作日志这一行已损坏：第 {from} 至 {to} 字节（{partZh}）与校验值不符。',
    en: 'This line of the act journal is damaged: bytes {from} to {to} ({partEn}) do not agree with their check sum.',
    hint: restore,
  },
  'journal.entries-missing': {
    severity: 'red',
    zh: '操作日志缺第 {from} 至 {to} 条。',
    en: 'Entries {from} to {to} of the act journal are missing.',
    hint: restore,
  },
  'journal.chain-broken': {
    severity: 'red',
    zh: '操作日志第 {n} 条接不上它前面的一条：两者之一被改写过。',
    en: 'Entry {n} of the act journal does not follow from the entry before it: one of the two was rewritten.',
    hint: restore,
  },
  'journal.more-faults': {
    severity: 'red',
    zh: '操作日志的损坏超过 {limit} 处，其余未列出。',
    en: 'The act journal is damaged in more than {limit} places; the rest are not listed.',
    hint: restore,
  },
  'journal.unreadable': {
    severity: 'red',
    zh: '操作日志读不出来（{reason}）。',
    en: 'The act journal cannot be read ({reason}).',
    hint: {
      zh: '请检查磁盘，以及运行本程序的用户对数据文件夹的权限。',
      en: 'Check the disk, and what the user that runs this program may do in the data folder.',
    },
  },
  'journal.disk-full': {
    severity: 'red',
    zh: '磁盘已满，操作没有记下，也没有生效。',
    en: 'The disk is full: the act was not recorded and has no effect.',
    hint: { zh: '请腾出磁盘空间后重新提交。', en: 'Make room on the disk and submit again.' },
  },
  'journal.write-failed': {
    severity: 'red',
    zh: '操作日志写不进去（{reason}），操作没有确认。',
    en: 'The act journal could not be written ({reason}); the act is not confirmed.',
    hint: {
      zh: '请检查磁盘和文件夹权限，重启本程序后核对最后一笔操作，再重新提交。',
      en: 'Check the disk and the rights of the folder, start this program again, look at the last act and submit again.',
    },
  },
  'journal.unusable': {
    severity: 'red',
    zh: '操作日志此前写入失败（{reason}），重启之前不再受理任何操作。',
    en: 'Writing the act journal failed before ({reason}); nothing is accepted until this program is started again.',
    hint: {
      zh: '请检查磁盘后重启本程序，启动时会自动修复。',
      en: 'Check the disk and start this program again; it mends the journal at its start.',
    },
  },
  'journal.entry-too-large': {
    severity: 'red',
    zh: '一次提交有 {size} MB，超过一条日志可记的 {limit} MB。',
    en: 'One submission is {size} MB; an entry of the journal holds {limit} MB at most.',
    hint: { zh: '请分成几次提交。', en: 'Submit it in several parts.' },
  },
  'journal.erase-failed': {
    severity: 'red',
    zh: '个人信息没有全部从操作日志中删除（{reason}）；日志本身完好。',
    en: 'Not all personal values were erased from the act journal ({reason}); the journal itself is whole.',
    hint: { zh: '请检查磁盘空间后再次执行删除。', en: 'Make room on the disk and erase again.' },
  },

  'store.folder-in-use': {
    severity: 'red',
    zh: '数据文件夹正被另一个程序使用：进程 {pid}（{host}，{startedAt} 启动）。',
    en: 'The data folder is in use by another program: process {pid} (on {host}, started {startedAt}).',
    hint: {
      zh: '请先退出那个程序。确认它已不在运行（例如它在另一台已停用的机器上），才可删除“{lock}”后重试。',
      en: 'End that program first. Only when it surely runs no more (say, on a machine out of use) delete "{lock}" and try again.',
    },
  },
  'store.lock-unreadable': {
    severity: 'red',
    zh: '数据文件夹的锁文件内容无法识别，不能判断是否有程序正在使用。',
    en: 'The lock file of the data folder cannot be understood, so it is unknown whether a program uses the folder.',
    hint: {
      zh: '请确认没有其他青山程序在运行，然后删除“{lock}”后重试。',
      en: 'Make sure that no other Qingshan program is running, then delete "{lock}" and try again.',
    },
  },
  'store.lock-failed': {
    severity: 'red',
    zh: '数据文件夹无法加锁（{reason}）。',
    en: 'The data folder cannot be locked ({reason}).',
    hint: {
      zh: '请检查磁盘空间和文件夹权限；数据文件夹应放在本机磁盘上，不要放在网络共享里。',
      en: 'Check disk space and rights; the data folder belongs on a disk of this machine, not on a network share.',
    },
  },
})
