// Fields that commands and queries of parties share.

import { field, text } from '../../kernel/index.ts'
import { MATTERS, PARTY_KINDS, PARTY_STATUS, SUCCESSIONS } from './model.ts'

export const EXAMPLE_ID = '0198c3a4-0000-7000-8000-000000000001'

export const partyField = field.id({ title: text('主体', 'Party'), example: EXAMPLE_ID })
export const partyOf = (zh: string, en: string) => field.id({ title: text(zh, en), example: EXAMPLE_ID })
export const placeField = field.region({ title: text('行政区', 'Region'), example: '430725' })
export const organisationField = field.organisation({
  title: text('所属单位', 'Organisation it belongs to'),
  hint: text('农户填所在村集体', 'the village of a household'),
  example: EXAMPLE_ID,
})
export const day = (zh: string, en: string) => field.civilDate({ title: text(zh, en), example: '2026-01-01' })
export const reasonField = field.text({ title: text('理由', 'Reason'), example: '重复登记' })
export const groundField = field.text({ title: text('依据', 'Ground'), example: '示范政发〔2026〕1 号' })

/** For queries too: a row's kind and status are no secret. */
export const kindField = field.choice({
  title: text('类型', 'Kind'),
  choices: PARTY_KINDS,
  grade: 'public',
  example: 'household',
})
export const statusField = field.choice({
  title: text('状态', 'Status'),
  choices: PARTY_STATUS,
  grade: 'public',
  example: 'standing',
})
export const matterField = field.choice({ title: text('事项', 'Matter'), choices: MATTERS, example: 'object' })
export const howField = field.choice({ title: text('方式', 'How'), choices: SUCCESSIONS, example: 'merger' })

export const bodyName = field.text({ title: text('名称', 'Name'), max: 120, example: '示范村股份经济合作社' })
export const personName = field.text({
  title: text('姓名', 'Name'),
  grade: 'personal',
  max: 60,
  example: '示范户甲',
})
export const headName = field.text({ title: text('户主姓名', 'Head'), grade: 'personal', max: 60, example: '示范户甲' })
export const householdCode = field.text({
  title: text('户号', 'Number of the household'),
  max: 40,
  example: '430725001001001',
})
export const people = field.integer({ title: text('人口', 'People'), min: 0, max: 200, example: 4 })
/** Judged by its check digit where it is open. */
export const idNumber = field.text({
  title: text('身份证号', 'Identity number'),
  grade: 'personal',
  max: 40,
  example: '11010519491231002X',
})
export const passport = field.text({
  title: text('护照号', 'Passport number'),
  grade: 'personal',
  max: 20,
  example: 'E12345678',
})
export const phone = field.code({
  title: text('电话', 'Telephone'),
  grade: 'personal',
  pattern: /^[0-9+][0-9 -]{4,24}$/,
  expects: text('电话号码，例如 0736-6622000', 'a telephone number such as 0736-6622000'),
  example: '0736-6622000',
})
export const bankName = field.text({ title: text('开户行', 'Bank'), max: 120, example: '示范农商行' })
export const bankKind = field.choice({
  title: text('账户类别', 'Kind of account'),
  choices: [
    { value: 'card', title: text('银行卡', 'Card') },
    { value: 'account', title: text('存折或对公账户', 'Passbook or account of a firm') },
  ],
  example: 'card',
})
export const bankNumber = field.text({
  title: text('账号', 'Number'),
  grade: 'personal',
  max: 40,
  example: '6222021234567890128',
})
