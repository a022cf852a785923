// What can be wrong with a public notice, with an objection to it, and with what waits for both.

import { defineProblems } from '../../kernel/index.ts'

export const noticesProblem = defineProblems({
  'public-notice.not-published': {
    severity: 'red',
    zh: '还没有公示。',
    en: 'No public notice was posted.',
    hint: { zh: '请先发布公示，期满后再办理。', en: 'Post a notice first, and go on when its days are over.' },
  },
  'public-notice.running': {
    severity: 'red',
    zh: '公示 {number} 尚未期满。',
    en: 'Public notice {number} is still running.',
    hint: { zh: '请在公示期满后再办理。', en: 'Go on when its days are over.' },
  },
  'public-notice.objections-open': {
    severity: 'red',
    zh: '有 {count} 件异议没有办结：{numbers}。',
    en: '{count} objection(s) are not closed: {numbers}.',
    hint: { zh: '请先答复并办结异议。', en: 'Answer and close them first.' },
  },
  'public-notice.not-found': {
    severity: 'red',
    zh: '没有编号为“{id}”的公示。',
    en: 'There is no public notice "{id}".',
    hint: { zh: '请核对公示的编号。', en: 'Check the id of the notice.' },
  },
  'public-notice.unmasked': {
    severity: 'red',
    zh: '{where}里有没有遮盖的个人信息：{what}。',
    en: '{where} shows personal data that is not masked: {what}.',
    hint: {
      zh: '公示只写遮盖后的姓名和号码，例如“王＊明”、“138＊＊＊＊5678”。',
      en: 'A notice shows masked names and numbers only, such as 王＊明 and 138＊＊＊＊5678.',
    },
  },
  'public-notice.ragged-list': {
    severity: 'red',
    zh: '名单第 {row} 行有 {cells} 格，表头有 {columns} 格。',
    en: 'Row {row} of the list has {cells} cells, its heading has {columns}.',
    hint: { zh: '请补齐或删去多余的格。', en: 'Fill in or remove cells.' },
  },
  'public-notice.list-twice': {
    severity: 'red',
    zh: '名单用了不止一种办法填写。',
    en: 'The list is given in more than one way.',
    hint: { zh: '请只用一种：各行、粘贴或文件。', en: 'Use one: rows, pasted text or a document.' },
  },
  'public-notice.from': {
    severity: 'red',
    zh: '公示起始日 {from} 不在今天（{today}）到 {latest} 之间。',
    en: 'The first day {from} is not between today ({today}) and {latest}.',
    hint: {
      zh: '公示从发布之日起算，不能倒填日期。',
      en: 'Days count from the day it is posted; a notice is not dated back.',
    },
  },
  'public-notice.not-running': {
    severity: 'red',
    zh: '这件公示不在公示期内。',
    en: 'This notice is not running.',
    hint: { zh: '请刷新后查看它的状态。', en: 'Reload and look at its status.' },
  },
  'public-notice.list-file': {
    severity: 'red',
    zh: '名单文件只能是 PDF、Excel 工作簿或 CSV，收到的是{type}。',
    en: 'The list may be a PDF, a workbook or CSV; this is {type}.',
    hint: { zh: '请转换格式后再上传。', en: 'Convert it and upload it again.' },
  },
  'public-notice.file-not-received': {
    severity: 'red',
    zh: '没有收到校验值为 {hash} 的文件。',
    en: 'No file with the hash {hash} was received.',
    hint: { zh: '请先上传文件，再填写显示的校验值。', en: 'Upload the file first and enter the hash that is shown.' },
  },
  'public-notice.objection-not-in-time': {
    severity: 'red',
    zh: '异议收到日期 {received} 不在公示期（{from} 至 {to}）内。',
    en: 'The objection was received on {received}, outside the days of the notice ({from} to {to}).',
    hint: {
      zh: '过期的意见请告知本人另行反映，例如申请更正或行政复议。',
      en: 'Tell the person of other ways, such as a request for correction or administrative reconsideration.',
    },
  },
  'public-notice.objection-in-future': {
    severity: 'red',
    zh: '收到日期 {received} 晚于今天。',
    en: 'The day of receipt {received} is after today.',
    hint: { zh: '请核对收到日期。', en: 'Check the day of receipt.' },
  },
  'public-notice.objection-elsewhere': {
    severity: 'red',
    zh: '行政区 {place} 不在公示的行政区 {within} 之内。',
    en: 'The place {place} is not within that of the notice, {within}.',
    hint: { zh: '请填写提出异议的人所在的村或乡镇。', en: 'Enter the village or township of who objects.' },
  },
  'public-notice.day-before': {
    severity: 'red',
    zh: '日期 {day} 早于 {earliest}。',
    en: 'The day {day} is before {earliest}.',
    hint: { zh: '请核对日期。', en: 'Check the day.' },
  },
  'public-notice.no-objection': {
    severity: 'red',
    zh: '没有编号为“{id}”的异议。',
    en: 'There is no objection "{id}".',
    hint: { zh: '请核对异议的编号。', en: 'Check the id of the objection.' },
  },
  'public-notice.not-open': {
    severity: 'red',
    zh: '这件异议已经办结。',
    en: 'This objection is closed.',
    hint: { zh: '请刷新后查看。', en: 'Reload and look again.' },
  },
  'public-notice.not-answered': {
    severity: 'red',
    zh: '这件异议还没有答复，不能办结。',
    en: 'This objection is not answered and cannot be closed.',
    hint: { zh: '请先答复，再办结。', en: 'Answer it first.' },
  },
  'public-notice.online-full': {
    severity: 'red',
    zh: '这件公示的网上异议已满 {limit} 件。',
    en: 'This notice has taken {limit} objections online and takes no more.',
    hint: {
      zh: '请到公示写明的地点书面提出，收到后同样登记。',
      en: 'Hand it in on paper at the address in the notice; it is entered in the same way.',
    },
  },
})
