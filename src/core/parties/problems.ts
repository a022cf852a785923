// What can be wrong with parties, and what the office does next. No sentence repeats a personal value.

import { defineProblems } from '../../kernel/index.ts'

export const partiesProblem = defineProblems({
  'parties.unknown': {
    severity: 'red',
    zh: '没有这个主体，或已终止、已并入另一主体。',
    en: 'There is no such party, or it has ended or was merged into another.',
    hint: { zh: '请重新查找后选择。', en: 'Look it up again and choose.' },
  },
  'parties.wrong-kind': {
    severity: 'red',
    zh: '这项业务不适用于“{kind}”。',
    en: 'This cannot be done with a party of the kind "{kindEn}".',
    hint: { zh: '请核对选中的主体。', en: 'Check which party you chose.' },
  },
  'parties.id-number': {
    severity: 'red',
    zh: '身份证号码不对：{what}。',
    en: 'The identity number is wrong: {whatEn}.',
    hint: { zh: '请对照证件逐位核对，共 18 位。', en: 'Compare it with the card, sign by sign: 18 in all.' },
  },
  'parties.passport': {
    severity: 'red',
    zh: '护照号码不对。',
    en: 'The passport number is wrong.',
    hint: {
      zh: '请对照护照首页核对；也可以填机读码第二行的前 10 位。',
      en: 'Compare the passport; the first ten signs of the second machine-readable line will do too.',
    },
  },
  'parties.bank-number': {
    severity: 'red',
    zh: '银行账号不对。',
    en: 'The bank number is wrong.',
    hint: { zh: '请对照银行卡或存折核对。', en: 'Compare the card or the passbook.' },
  },
  'parties.code': {
    severity: 'red',
    zh: '“{code}”不是正确的统一社会信用代码。',
    en: '"{code}" is not a right unified social credit code.',
    hint: { zh: '请对照证书核对，共 18 位。', en: 'Compare the certificate: 18 characters.' },
  },
  'parties.code-taken': {
    severity: 'red',
    zh: '这个号码已登记在另一个主体名下。',
    en: 'Another party is registered with this number.',
    hint: {
      zh: '请直接使用已登记的主体；确是重复登记的，请办理并档。',
      en: 'Use the party that stands; doubles are merged by an act.',
    },
  },
  'parties.code-known': {
    severity: 'yellow',
    zh: '这个号码已登记在另一个主体名下。',
    en: 'Another party is registered with this number.',
    hint: { zh: '请核对；导入后可以并档。', en: 'Check it; doubles can be merged afterwards.' },
  },
  'parties.period': {
    severity: 'red',
    zh: '止日 {to} 早于起日 {from}。',
    en: 'It ends on {to}, before it begins on {from}.',
    hint: { zh: '请改正日期。', en: 'Correct the dates.' },
  },
  'parties.agent': {
    severity: 'red',
    zh: '代理人要写明一个：另一主体，或一个账号。',
    en: 'Name one agent: another party, or an account.',
    hint: { zh: '请只填一个，且不能是委托人本人。', en: 'Fill in one of them, and not the principal.' },
  },
  'parties.no-paper': {
    severity: 'red',
    zh: '没有收到这份委托书扫描件。',
    en: 'The scan of the mandate was not received.',
    hint: { zh: '请先上传，再填校验值。', en: 'Upload it first, then fill in its hash.' },
  },
  'parties.mandate-unknown': {
    severity: 'red',
    zh: '没有这项委托，或已终止。',
    en: 'There is no such mandate, or it has ended.',
    hint: { zh: '请在委托清单中选择。', en: 'Choose one from the list of mandates.' },
  },
  'parties.same-twice': {
    severity: 'red',
    zh: '同一个主体选了两次。',
    en: 'The same party was chosen twice.',
    hint: { zh: '请选择不同的主体。', en: 'Choose different ones.' },
  },
  'parties.people-differ': {
    severity: 'red',
    zh: '分户后共 {after} 人，原户 {before} 人。',
    en: 'After the split there are {after} people, before it {before}.',
    hint: {
      zh: '请核对各户人数；有增减的先更新原户。',
      en: 'Check the numbers; update the household first where it changed.',
    },
  },
  'parties.date-before': {
    severity: 'red',
    zh: '日期 {date} 早于主体的起始日 {since}。',
    en: 'The day {date} is before the party began, on {since}.',
    hint: { zh: '请改正日期。', en: 'Correct the date.' },
  },
  'parties.merge-kinds': {
    severity: 'red',
    zh: '两个主体类型不同，不能并档。',
    en: 'Parties of different kinds are not merged.',
    hint: { zh: '请核对选中的主体。', en: 'Check which parties you chose.' },
  },
  'parties.account-unknown': {
    severity: 'red',
    zh: '没有这个银行账户，或已停用。',
    en: 'There is no such bank account, or it is closed.',
    hint: { zh: '请在账户清单中选择。', en: 'Choose one from the list.' },
  },
})
