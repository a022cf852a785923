// What the check of the record can find. Every finding names the act or the row, and what was expected where.

import { defineProblems } from '../../../kernel/index.ts'

const KEEP = {
  zh: '请停止写入并保留数据，与最近的备份和已公布的日志对照；不要手工改回。',
  en: 'Stop writing and keep the data; compare with the last backup and the published log. Do not mend it by hand.',
}

export const checkProblem = defineProblems({
  'check.leaf-missing': {
    severity: 'red',
    zh: '日志第 {leaf} 条缺失，下一条是第 {found} 条。',
    en: 'Leaf {leaf} of the log is missing; the next is {found}.',
    hint: KEEP,
  },
  'check.act-missing': {
    severity: 'red',
    zh: '日志第 {leaf} 条所指的行为 {act} 不在库中。',
    en: 'The act {act} that leaf {leaf} of the log names is not in the database.',
    hint: KEEP,
  },
  'check.act-without-leaf': {
    severity: 'red',
    zh: '行为 {act} 不在日志中。',
    en: 'The act {act} has no leaf in the log.',
    hint: KEEP,
  },
  'check.content-not-canonical': {
    severity: 'red',
    zh: '行为 {act}（日志第 {leaf} 条）的正文不是规范写法，已被改动。',
    en: 'The content of act {act} (leaf {leaf}) is not canonical; it was changed.',
    hint: KEEP,
  },
  'check.column-differs': {
    severity: 'red',
    zh: '行为 {act}（日志第 {leaf} 条）的“{column}”栏为“{stored}”，正文中是“{expected}”。',
    en: 'Column "{column}" of act {act} (leaf {leaf}) holds "{stored}", its content says "{expected}".',
    hint: KEEP,
  },
  'check.effects-differ': {
    severity: 'red',
    zh: '行为 {act}（日志第 {leaf} 条）的写入内容与正文中的摘要不符：表 act 的 effects 栏已被改动。',
    en: 'What act {act} (leaf {leaf}) wrote is not what its digest says: column effects of table act was changed.',
    hint: KEEP,
  },
  'check.leaf-differs': {
    severity: 'red',
    zh: '日志第 {leaf} 条不是行为 {act} 的凭据：表 act 的 content 或 salt，或表 log_leaf 的 entry 已被改动。',
    en: 'Leaf {leaf} is not that of act {act}: content or salt of table act, or entry of table log_leaf, was changed.',
    hint: KEEP,
  },
  'check.head-differs': {
    severity: 'red',
    zh: '日志头（表 log_head）的“{column}”栏为“{stored}”，由行为重算得到“{expected}”。',
    en: 'Column "{column}" of the log head (table log_head) holds "{stored}"; computed again from the acts it is "{expected}".',
    hint: KEEP,
  },
  'check.table-unknown': {
    severity: 'red',
    zh: '行为 {act}（日志第 {leaf} 条）写入了未知的表“{table}”。',
    en: 'Act {act} (leaf {leaf}) wrote to the unknown table "{table}".',
    hint: {
      zh: '请用包含该业务的版本检查。',
      en: 'Check with a version of the program that has this domain.',
    },
  },
  'check.command-unknown': {
    severity: 'yellow',
    zh: '行为 {act}（日志第 {leaf} 条）的业务“{command}”第 {version} 版不在本程序中，其个人信息无从核对。',
    en: 'Command "{command}" version {version} of act {act} (leaf {leaf}) is not in this program; its personal values were not checked.',
    hint: {
      zh: '请用包含该业务的版本检查。',
      en: 'Check with a version of the program that has it.',
    },
  },
  'check.cell-differs': {
    severity: 'red',
    zh: '表 {table} 的 {key} 行，“{column}”栏为“{stored}”，按行为 {act} 应为“{expected}”。',
    en: 'Table {table}, row {key}: column "{column}" holds "{stored}"; act {act} wrote "{expected}".',
    hint: KEEP,
  },
  'check.row-extra': {
    severity: 'red',
    zh: '表 {table} 的 {key} 行没有任何行为写入过。',
    en: 'Table {table}, row {key}: no act wrote it.',
    hint: KEEP,
  },
  'check.row-missing': {
    severity: 'red',
    zh: '表 {table} 缺少 {key} 行，它由行为 {act} 写入。',
    en: 'Table {table} lacks row {key}, which act {act} wrote.',
    hint: KEEP,
  },
  'check.personal-value': {
    severity: 'red',
    zh: '个人信息 {commitment}（行为 {act} 的 {path}）与承诺不符，或只有值、盐之一。',
    en: 'The personal value {commitment} ({path} of act {act}) does not open its commitment, or only one of value and salt is there.',
    hint: KEEP,
  },
  'check.personal-gone': {
    severity: 'red',
    zh: '个人信息 {commitment}（行为 {act} 的 {path}）已不在，但没有行为删除过它。',
    en: 'The personal value {commitment} ({path} of act {act}) is gone, and no act erased it.',
    hint: KEEP,
  },
  'check.personal-stands': {
    severity: 'red',
    zh: '个人信息 {commitment}（行为 {act} 的 {path}）已由行为删除，却还在。',
    en: 'The personal value {commitment} ({path} of act {act}) was erased by an act and still stands.',
    hint: KEEP,
  },
  'check.not-zero-sum': {
    severity: 'red',
    zh: '资产 {asset} 借贷不平：借 {debits}，贷 {credits}（含待定）。',
    en: 'Asset {asset} does not sum to zero: debits {debits}, credits {credits} (pending included).',
    hint: KEEP,
  },
  'check.flag-broken': {
    severity: 'red',
    zh: '账户 {account}（{owner}，{purpose}）违反其限制“{flag}”。',
    en: 'Account {account} ({owner}, {purpose}) breaks its limit "{flag}".',
    hint: KEEP,
  },
  'check.units-differ': {
    severity: 'red',
    zh: '账户 {account}（{owner}，{purpose}）的编号单位为 {units}（预留 {reserved}），与余额不符。',
    en: 'Account {account} ({owner}, {purpose}) has {units} serial units ({reserved} reserved), which is not its balance.',
    hint: KEEP,
  },
  'check.balance-differs': {
    severity: 'red',
    zh: '账户 {account} 的“{column}”为 {stored}，由分录累计为 {expected}。',
    en: 'Account {account}: "{column}" is {stored}, its postings add up to {expected}.',
    hint: KEEP,
  },
  'check.line-differs': {
    severity: 'red',
    zh: '账户 {account} 第 {line} 行（分录 {posting}）的余额不等于上一行加本行。',
    en: 'Line {line} of account {account} (posting {posting}): its balance is not that of the line before plus this one.',
    hint: KEEP,
  },
  'check.lot-not-covered': {
    severity: 'red',
    zh: '批次 {lot} 共 {size} 个单位，现有各段合计 {found}，或各段重叠。',
    en: 'Lot {lot} has {size} units; its pieces make {found}, or overlap.',
    hint: KEEP,
  },
  'check.move-differs': {
    severity: 'red',
    zh: '分录 {posting} 的数量为 {amount}，其编号单位合计 {found}。',
    en: 'Posting {posting} moves {amount}; its serial units make {found}.',
    hint: KEEP,
  },
  'check.journal-differs': {
    severity: 'red',
    zh: '操作日志文件第 {n} 条与数据库不一致：日志第 {leaf} 条（{part}）。',
    en: 'Entry {n} of the journal and the database differ at leaf {leaf} ({part}).',
    hint: KEEP,
  },
  'check.journal-short': {
    severity: 'red',
    zh: '操作日志文件到第 {journal} 条、共 {acts} 个行为；数据库记载到第 {database} 条、共 {stored} 个行为。',
    en: 'The journal ends at entry {journal} with {acts} acts; the database stands at {database} with {stored} acts.',
    hint: KEEP,
  },
})
