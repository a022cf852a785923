// What can be wrong with what the office does with an account, and what to do next.

import { defineProblems } from '../../../kernel/index.ts'

export const officeProblem = defineProblems({
  'office.reason': {
    severity: 'red',
    zh: '理由太短，至少 {least} 个字。',
    en: 'The reason is too short; at least {least} characters.',
    hint: { zh: '请写明依据和原因。', en: 'Say on what ground, and why.' },
  },
  'override.no-parameter': {
    severity: 'red',
    zh: '规则库里没有参数“{parameter}”。',
    en: 'The rule book has no parameter "{parameter}".',
    hint: { zh: '请在参数表里选择，或核对编号。', en: 'Choose it from the list of parameters, or check the id.' },
  },
  'override.no-key': {
    severity: 'red',
    zh: '参数“{parameter}”没有条目“{key}”。可用的条目：{known}。',
    en: 'Parameter "{parameter}" has no entry "{key}". Known: {known}.',
    hint: { zh: '请填写其中一个条目。', en: 'Give one of these entries.' },
  },
  'override.unit': {
    severity: 'red',
    zh: '参数“{parameter}”的单位是 {unit}，给出的 {given} 不能换算成它。',
    en: 'Parameter "{parameter}" is in {unit}; {given} cannot be converted to it.',
    hint: { zh: '请按参数表里的单位填写。', en: 'Give the value in the unit of the list.' },
  },
  'override.years': {
    severity: 'red',
    zh: '止年 {to} 早于起年 {from}。',
    en: 'The last year, {to}, lies before the first, {from}.',
    hint: { zh: '请核对年份。', en: 'Check the years.' },
  },
  'override.same': {
    severity: 'red',
    zh: '该地区已有相同的改动 {number}，数值和年份都一样。',
    en: 'The same change is in force there already: {number}, with the same value and years.',
    hint: { zh: '无需再报。', en: 'Nothing needs to be done.' },
  },
  'override.inside': {
    severity: 'red',
    zh: '改动 {number} 的年份（{from} 至 {to}）在前后都超出本次的年份，不能只替换中间一段。',
    en: 'Change {number} ({from} to {to}) goes on after these years; its middle cannot be replaced alone.',
    hint: {
      zh: '请先撤销 {number}，再分段报批。',
      en: 'Withdraw {number} first, then propose the parts one by one.',
    },
  },
  'override.no-source': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的依据文件。',
    en: 'No document with the hash {file} was received.',
    hint: {
      zh: '请先上传依据文件；没有文件的只写出处。',
      en: 'Upload it first; without a file give the citation only.',
    },
  },
  'override.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的参数改动。',
    en: 'There is no change of a parameter with the id {id}.',
    hint: { zh: '请在参数改动清单里核对编号。', en: 'Check the id in the list of changes.' },
  },
  'override.not-in-force': {
    severity: 'red',
    zh: '参数改动 {number} 已经不在有效状态。',
    en: 'Change {number} is no longer in force.',
    hint: { zh: '无需处理。', en: 'Nothing needs to be done.' },
  },
  'gep.no-package': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的核算包。',
    en: 'No package with the hash {file} was received.',
    hint: {
      zh: '请先上传 account run 写出的 account.zip，再登记。',
      en: 'Upload the account.zip that account run wrote, then register it.',
    },
  },
  'gep.not-a-package': {
    severity: 'red',
    zh: '文件 {file} 不是核算包，或已损坏。',
    en: 'File {file} is no package, or it is damaged.',
    hint: { zh: '请上传 account run 写出的 account.zip。', en: 'Upload the account.zip that account run wrote.' },
  },
  'gep.other-place': {
    severity: 'red',
    zh: '核算包是 {has} 的，登记的地区是 {place}。',
    en: 'The package is of {has}, the region given is {place}.',
    hint: { zh: '请核对地区代码和核算包。', en: 'Check the code of the region and the package.' },
  },
  'gep.same-package': {
    severity: 'red',
    zh: '同一核算包已登记为 {number}。',
    en: 'The same package is registered already as {number}.',
    hint: { zh: '无需再登记。', en: 'Nothing needs to be done.' },
  },
  'gep.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的核算。',
    en: 'There is no account {id}.',
    hint: { zh: '请在核算清单里核对编号。', en: 'Check the id in the list of accounts.' },
  },
  'gep.superseded': {
    severity: 'red',
    zh: '核算 {number} 已有新版本。',
    en: 'Account {number} has a later version.',
    hint: { zh: '请办理新版本。', en: 'Work on the later version.' },
  },
  'gep.ladder': {
    severity: 'red',
    zh: '核算 {number} 现为{status}，不能转为{to}。',
    en: 'Account {number} is {statusEn}; it cannot become {toEn}.',
    hint: {
      zh: '次序是试算、初步、正式，一步一步办。',
      en: 'The order is trial, preliminary, official, one step at a time.',
    },
  },
  'gep.registrar-approves': {
    severity: 'red',
    zh: '核算 {number} 是您登记的，不能由您批准。',
    en: 'You registered account {number}; somebody else has to approve it.',
    hint: { zh: '请由没有登记过它的人审批。', en: 'Let a person approve it who did not register it.' },
  },
  'gep.same-signer': {
    severity: 'red',
    zh: '核算 {number} 转为初步是您批准的，转为正式须由另一人批准。',
    en: 'You approved account {number} as preliminary; another person has to approve it as official.',
    hint: { zh: '请由另一人审批。', en: 'Let another person approve it.' },
  },
  'gep.open-comments': {
    severity: 'red',
    zh: '还有 {count} 条批注没有办结，不能转为正式。',
    en: '{count} comments are not resolved yet, so the account cannot be official.',
    hint: {
      zh: '请先答复并办结批注；旧版本上的批注同样要办结。',
      en: 'Answer and resolve them first; those on earlier versions count as well.',
    },
  },
  'comment.no-figure': {
    severity: 'red',
    zh: '核算 {number} 没有编码为 {code} 的数。',
    en: 'Account {number} has no figure with the code {code}.',
    hint: { zh: '请核对数旁边印的编码。', en: 'Check the code printed beside the figure.' },
  },
  'comment.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的批注。',
    en: 'There is no comment {id}.',
    hint: { zh: '请在批注清单里核对编号。', en: 'Check the id in the list of comments.' },
  },
  'comment.resolved': {
    severity: 'red',
    zh: '这条批注已经办结。',
    en: 'The comment is resolved already.',
    hint: { zh: '有新的问题请另写一条批注。', en: 'Write a new comment for a new question.' },
  },
  'comment.not-yours': {
    severity: 'red',
    zh: '批注由写的人或审核专家办结。',
    en: 'A comment is resolved by who wrote it or by a reviewer.',
    hint: { zh: '请他们办结；您可以答复。', en: 'Ask them to; you may answer it.' },
  },
  'comment.office-answers': {
    severity: 'red',
    zh: '问题由编制和审核核算的人答复。',
    en: 'A question is answered by those who make and review the account.',
    hint: { zh: '您可以对同一个数另提问题。', en: 'You may ask a question of your own about the same figure.' },
  },
  'hand-over.no-file': {
    severity: 'red',
    zh: '没有收到校验值为 {file} 的文件。',
    en: 'No file with the hash {file} was received.',
    hint: { zh: '请先上传文件，再移交。', en: 'Upload the file, then hand it over.' },
  },
  'hand-over.same': {
    severity: 'red',
    zh: '同一份文件已经移交，交接单 {number}。',
    en: 'The same file was handed over already: {number}.',
    hint: {
      zh: '无需再交；有改动的请上传改后的文件。',
      en: 'Nothing needs to be done; upload the changed file if it changed.',
    },
  },
  'publish.not-official': {
    severity: 'red',
    zh: '核算 {number} 现为{status}，正式以后才能公布。',
    en: 'Account {number} is {statusEn}; only an official one can be published.',
    hint: { zh: '请先审定为正式。', en: 'Have it signed off as official first.' },
  },
  'publish.already': {
    severity: 'red',
    zh: '核算 {number} 已经公布。',
    en: 'Account {number} is published already.',
    hint: { zh: '要改标题或地图，请先撤回再公布。', en: 'To change title or map, withdraw it and publish again.' },
  },
  'publish.map-number': {
    severity: 'red',
    zh: '带行政区界线的地图没有审图号，不能公布。',
    en: 'A map with boundaries cannot be published without its review number (审图号).',
    hint: {
      zh: '请填写审图号；没有的不要带地图，公布表和图形。',
      en: 'Give the number; without one publish tables and bars only.',
    },
  },
  'publish.no-boundaries': {
    severity: 'red',
    zh: '核算 {number} 没有边界，画不出地图。',
    en: 'Account {number} has no boundaries to draw a map from.',
    hint: {
      zh: '请不要带地图，或补边界后重新核算。',
      en: 'Publish it without a map, or add boundaries and compute again.',
    },
  },
  'publish.not-found': {
    severity: 'red',
    zh: '没有编号为 {id} 的公布。',
    en: 'There is no publication {id}.',
    hint: { zh: '请在公布清单里核对编号。', en: 'Check the id in the list of publications.' },
  },
  'publish.withdrawn': {
    severity: 'red',
    zh: '这次公布已经撤回。',
    en: 'The publication is withdrawn already.',
    hint: { zh: '无需处理。', en: 'Nothing needs to be done.' },
  },
})
