// What a person can meet at the ledger, each with what to do about it.
// Always holds: amounts in a sentence are written at the asset's scale with its unit; accounts are named by owner,
// purpose and asset, so that a screen can put names in place of codes.

import { defineProblems } from '../../kernel/index.ts'

export const ledgerProblem = defineProblems({
  // ---- the entry itself
  'ledger.amount-not-positive': {
    severity: 'red',
    zh: '记账数量必须大于零（{amount}）。',
    en: 'An amount must be above zero ({amount}).',
    hint: {
      zh: '请填写大于零的数量；要退回已记的数量，请作更正。',
      en: 'Give an amount above zero; to take one back, correct the act.',
    },
  },
  'ledger.overflow': {
    severity: 'red',
    zh: '数量超出账户能容纳的范围：{owner}的{purposeZh}账户（{asset}）。',
    en: 'The amount does not fit the account {purpose} of {owner} ({asset}).',
    hint: {
      zh: '请核对数量和单位，或登记一种精度较低的资产。',
      en: 'Check amount and unit, or register a coarser asset.',
    },
  },
  'ledger.bad-id': {
    severity: 'red',
    zh: '编号“{id}”不是 UUID。',
    en: '"{id}" is not a UUID.',
    hint: { zh: '请由程序生成编号，不要手写。', en: 'Have the program make the id.' },
  },
  'ledger.posting-exists': {
    severity: 'red',
    zh: '记账“{id}”已经存在。',
    en: 'Posting {id} exists already.',
    hint: {
      zh: '不要再次提交；先查看已有的这一笔，确需另记的用新的编号。',
      en: 'Do not send it again; look at the one that exists, and use a new id for another.',
    },
  },
  'ledger.same-account': {
    severity: 'red',
    zh: '付出和收入是同一个账户：{owner}的{purposeZh}账户（{asset}）。',
    en: 'Debit and credit are one account: {purpose} of {owner} ({asset}).',
    hint: { zh: '请选择另一个账户。', en: 'Choose another account.' },
  },
  'ledger.wrong-asset': {
    severity: 'red',
    zh: '两个账户的资产不同：{debit} 与 {credit}。',
    en: 'The two accounts hold different assets: {debit} and {credit}.',
    hint: {
      zh: '一笔记账只动一种资产；交换请分两笔记，并放在同一个组里。',
      en: 'One posting moves one asset; write an exchange as two postings of one group.',
    },
  },

  // ---- assets and accounts
  'ledger.bad-asset': {
    severity: 'red',
    zh: '资产“{asset}”的登记内容有误：{detail}。',
    en: 'Asset "{asset}" cannot be registered: {detailEn}.',
    hint: { zh: '请改正后再登记。', en: 'Mend it and register again.' },
  },
  'ledger.asset-differs': {
    severity: 'red',
    zh: '资产“{asset}”已经登记，内容不同。',
    en: 'Asset "{asset}" is registered already, with other content.',
    hint: { zh: '请换一个代码，或按已登记的内容使用。', en: 'Take another code, or use it as registered.' },
  },
  'ledger.unknown-asset': {
    severity: 'red',
    zh: '没有登记名为“{asset}”的资产。',
    en: 'There is no asset "{asset}".',
    hint: { zh: '请先登记资产，或核对代码。', en: 'Register the asset first, or check the code.' },
  },
  'ledger.bad-account': {
    severity: 'red',
    zh: '账户名称有误：{owner}的“{purpose}”账户（{asset}）。',
    en: 'This is no account name: "{purpose}" of "{owner}" ({asset}).',
    hint: { zh: '用途须是：{known}；归属不能为空。', en: 'Purposes are: {known}; the owner may not be empty.' },
  },
  'ledger.unknown-account': {
    severity: 'red',
    zh: '没有这个账户：{account}。',
    en: 'There is no such account: {account}.',
    hint: { zh: '请用资产、归属和用途写出账户。', en: 'Name the account by asset, owner and purpose.' },
  },

  // ---- what an account can give
  'ledger.insufficient': {
    severity: 'red',
    zh: '余额不足：{owner}的{purposeZh}账户可用 {has}，需要 {needs}（{asset}）。',
    en: 'Not enough: the account {purpose} of {owner} has {has} available and needs {needs} ({asset}).',
    hint: {
      zh: '请减少数量，或先解除质押、冻结等占用（占用 {pending}）。',
      en: 'Lower the amount, or first release what is pledged or frozen ({pending}).',
    },
  },
  'ledger.more-returned-than-issued': {
    severity: 'red',
    zh: '退回的数量多于已核发的数量：{owner}（{asset}）在外 {has}，要退回 {needs}。',
    en: 'More would come back than was issued: {owner} ({asset}) has {has} out and {needs} would return.',
    hint: { zh: '请核对核发单位和数量。', en: 'Check issuer and amount.' },
  },
  'ledger.never-leaves': {
    severity: 'red',
    zh: '已{purposeZh}的数量不能再转出：{owner}的{purposeZh}账户（{asset}）。',
    en: 'What is {purpose} never leaves: account of {owner} ({asset}).',
    hint: {
      zh: '注销、清缴、过期都不可撤销；确有错误的，由核发单位另行核发。',
      en: 'Retirement, surrender and expiry stand; where it was a mistake, the issuer issues again.',
    },
  },

  // ---- pendings
  'ledger.unknown-pending': {
    severity: 'red',
    zh: '没有编号为“{id}”的待定记账。',
    en: 'There is no pending posting {id}.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'ledger.pending-ended': {
    severity: 'red',
    zh: '待定记账“{id}”已经结束（{end}）。',
    en: 'Pending posting {id} has ended already ({end}).',
    hint: { zh: '一笔待定只能结束一次；请查看结束它的那一笔。', en: 'A pending ends once; look at what ended it.' },
  },
  'ledger.post-exceeds-pending': {
    severity: 'red',
    zh: '过账数量 {needs} 多于待定的数量 {has}。',
    en: 'The amount to post, {needs}, exceeds the {has} that is pending.',
    hint: { zh: '请填写不大于待定数量的数。', en: 'Give at most what is pending.' },
  },
  'ledger.pending-past-timeout': {
    severity: 'red',
    zh: '待定记账“{id}”的期限 {timeout} 已过，不能再过账。',
    en: 'Pending posting {id} stood until {timeout} and can no longer be posted.',
    hint: { zh: '请让它到期解除，需要时重新办理。', en: 'Let it expire and, where needed, begin anew.' },
  },
  'ledger.pending-not-due': {
    severity: 'red',
    zh: '待定记账“{id}”还没有到期（{timeout}）。',
    en: 'Pending posting {id} is not past its timeout ({timeout}).',
    hint: { zh: '要提前解除，请作撤销而不是到期。', en: 'To release it early, void it.' },
  },
  'ledger.group-apart': {
    severity: 'red',
    zh: '同组的待定记账须在一次办理中一同结束：还有“{missing}”。',
    en: 'Pendings of one group end together in one act; "{missing}" is left.',
    hint: { zh: '请一并过账，或一并解除。', en: 'Post all of them or release all of them.' },
  },

  // ---- lots
  'ledger.lots-unfit': {
    severity: 'red',
    zh: '资产“{asset}”的这一笔不能指定批次或编号段。',
    en: 'Lots or serials cannot be named for this posting of "{asset}".',
    hint: {
      zh: '只有按批次管理的资产可以指定；核发时只给批次，转移时只给编号段。',
      en: 'Only assets with lots take them: a lot when issued, serials when moved.',
    },
  },
  'ledger.lot-issue-pending': {
    severity: 'red',
    zh: '按批次管理的资产“{asset}”不能待定核发。',
    en: 'Units of "{asset}", which has lots, cannot be issued as pending.',
    hint: { zh: '请在批准后直接核发。', en: 'Issue them at once when approved.' },
  },
  'ledger.lot-prefix-taken': {
    severity: 'red',
    zh: '资产“{asset}”已有编号前缀相同的批次（{prefix}）。',
    en: 'Asset "{asset}" has a lot with the prefix {prefix} already.',
    hint: { zh: '请换一个前缀。', en: 'Take another prefix.' },
  },
  'ledger.picks-sum': {
    severity: 'red',
    zh: '所选编号段共 {has}，与数量 {needs} 不符，或有重叠、空段。',
    en: 'The serials chosen make {has}, not {needs}, or overlap or are empty.',
    hint: { zh: '请核对编号段。', en: 'Check the serials.' },
  },
  'ledger.units-moved-on': {
    severity: 'red',
    zh: '{serials} 不在{owner}的{purposeZh}账户中可用（{asset}）：已转出或被占用。',
    en: '{serials} are not free in the account {purpose} of {owner} ({asset}): moved on or reserved.',
    hint: {
      zh: '请先更正其后的转移，或解除占用，或另选编号段。',
      en: 'First correct what moved them on, release them, or choose other serials.',
    },
  },
  'ledger.units-expired': {
    severity: 'red',
    zh: '{serials} 已于 {expires} 到期，只能转入过期账户。',
    en: '{serials} expired on {expires} and can only move to an account of expired units.',
    hint: { zh: '请另选未到期的单位。', en: 'Choose units that are still good.' },
  },
  'ledger.units-not-expired': {
    severity: 'red',
    zh: '{owner}的{purposeZh}账户中已到期的只有 {has}，不足 {needs}（{asset}）。',
    en: 'Only {has} of the account {purpose} of {owner} have expired, not {needs} ({asset}).',
    hint: { zh: '未到期的单位不能转入过期账户。', en: 'Units that are still good cannot be written off as expired.' },
  },
  'ledger.too-many-pieces': {
    severity: 'red',
    zh: '{owner}的{purposeZh}账户（{asset}）的单位分散在太多编号段里，一次办不完。',
    en: 'The units of the account {purpose} of {owner} ({asset}) lie in too many pieces for one act.',
    hint: { zh: '请分几次办理，每次少一些。', en: 'Move them in several acts of less.' },
  },

  // ---- taking back
  'ledger.unknown-posting': {
    severity: 'red',
    zh: '没有编号为“{id}”的记账。',
    en: 'There is no posting {id}.',
    hint: { zh: '请核对编号。', en: 'Check the id.' },
  },
  'ledger.already-reversed': {
    severity: 'red',
    zh: '记账“{id}”已经冲销过（{by}）。',
    en: 'Posting {id} has been taken back already ({by}).',
    hint: { zh: '一笔只冲销一次；请查看冲销它的那一笔。', en: 'A posting is taken back once; look at what did it.' },
  },
})
