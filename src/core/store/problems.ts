// What a person can meet at the database: it is gone, full, in use, too old or not as the program left it.

import { defineProblems } from '../../kernel/index.ts'

export const storeProblem = defineProblems({
  'store.unreachable': {
    severity: 'red',
    zh: '连接不上数据库（{why}）。',
    en: 'The database cannot be reached ({why}).',
    hint: {
      zh: '请检查数据库服务和 DATABASE_URL；恢复后重新提交，同一编号不会重复入账。',
      en: 'Check the database server and DATABASE_URL, then submit again; the same id is never booked twice.',
    },
  },
  'store.full': {
    severity: 'red',
    zh: '磁盘空间不足，没有写入任何内容（{why}）。',
    en: 'The disk is full; nothing was written ({why}).',
    hint: { zh: '请腾出空间后重新提交。', en: 'Free some space and submit again.' },
  },
  'store.too-old': {
    severity: 'red',
    zh: '数据库版本为 {version}，需要 PostgreSQL 15 或更新。',
    en: 'The database is version {version}; PostgreSQL 15 or newer is needed.',
    hint: { zh: '请先升级数据库。', en: 'Upgrade the database first.' },
  },
  'store.migration-changed': {
    severity: 'red',
    zh: '迁移“{id}”在应用之后被改动过。',
    en: 'Migration "{id}" was changed after it had been applied.',
    hint: {
      zh: '请使用未被改动的程序；迁移只增不改。',
      en: 'Use the program as it was published; migrations are only added.',
    },
  },
  'store.migration-unknown': {
    severity: 'red',
    zh: '数据库含有本程序不认识的迁移“{id}”，它由更新的版本写入。',
    en: 'The database holds migration "{id}" that this program does not know: a newer version wrote it.',
    hint: { zh: '请使用不低于该版本的程序。', en: 'Use that version of the program or a newer one.' },
  },
  'store.migration-check': {
    severity: 'red',
    zh: '迁移“{id}”{when}的检查没有通过，未作任何改动。',
    en: 'The check {whenEn} migration "{id}" failed; nothing was changed.',
    hint: {
      zh: '请先备份，再用 qingshan db check 查看数据库，并把结果告诉维护者。',
      en: 'Make a backup, look at the database with qingshan db check, and tell the maintainers.',
    },
  },
  'store.migration-failed': {
    severity: 'red',
    zh: '迁移“{id}”失败，已全部回滚（{why}）。',
    en: 'Migration "{id}" failed and was rolled back ({why}).',
    hint: {
      zh: '数据库仍是迁移前的样子；请把这条信息告诉维护者。',
      en: 'The database is as it was before; tell the maintainers this message.',
    },
  },
})
